"""Plots of recent runs as coordinates: the page draws them, so that nothing here knows of markup.

The drawings are stretched to the width of the page; their labels therefore stand outside of them, as text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from expectations.reports.quality import TrendPoint

CHART_WIDTH = 640
CHART_HEIGHT = 120
SHOWN_RUNS = 40
#: The widest that a bar becomes: one bar across the page would show nothing.
WIDEST_BAR = 60.0
#: Space above and below a line, so that its dots are not cut at the edge.
MARGIN = 8

SERIES: tuple[tuple[str, Callable[[TrendPoint], int | None]], ...] = (
    ("documents", lambda point: point.document_count),
    ("articles", lambda point: point.article_count),
    ("canonical", lambda point: point.canonical_article_count),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One run in the chart: where it stands and how high each part is, in the units of the drawing."""

    x: float
    width: float
    segments: tuple[tuple[str, float, float], ...]  # outcome, y, height
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One figure over the runs that have it: its places in the drawing, and its newest value."""

    name: str
    points: tuple[tuple[float, float], ...]
    newest: int


@dataclass(frozen=True, slots=True)
class Plots:
    """The plots with what their axes say. `first` and `last` are the times of the oldest and the newest run.

    `has_gap` says that there is a run of which nothing was evaluated, so that it has no bar.
    """

    bars: tuple[Bar, ...]
    most_expectations: int
    lines: tuple[Line, ...]
    most_things: int
    first: str
    last: str
    run_count: int

    @property
    def has_gap(self) -> bool:
        return any(not bar.segments for bar in self.bars)


def plot_trend(trend: tuple[TrendPoint, ...]) -> Plots:
    """Lay out the last runs: a stacked bar each for the outcomes, and a line for each count of `SERIES`."""
    points = trend[-SHOWN_RUNS:]
    times = [f"{point.started_at:%Y-%m-%d %H:%M}" for point in points] or [""]
    highest = max((_total(point) for point in points), default=0)
    most = max((read(point) or 0 for point in points for _, read in SERIES), default=0)
    return Plots(draw_bars(points, highest), highest, draw_lines(points, most), most, times[0], times[-1], len(points))


def draw_bars(points: tuple[TrendPoint, ...], highest: int) -> tuple[Bar, ...]:
    """Stack passed, warnings, critical failures and errors of each run, where `highest` fills the drawing."""
    if not highest:
        return ()
    step = _step(points)
    width = min(step * 0.8, WIDEST_BAR)
    return tuple(_bar(point, (number + 0.5) * step - width / 2, width, highest) for number, point in enumerate(points))


def draw_lines(points: tuple[TrendPoint, ...], highest: int) -> tuple[Line, ...]:
    """Draw each count of `SERIES` over the runs that have it, those that stopped before it left out."""
    if not highest:
        return ()
    step = _step(points)
    lines = []
    for name, read in SERIES:
        values = [(number, value) for number, point in enumerate(points) if (value := read(point)) is not None]
        if values:
            places = tuple((round((number + 0.5) * step, 1), _height(value, highest)) for number, value in values)
            lines.append(Line(name, places, values[-1][1]))
    return tuple(lines)


def _step(points: tuple[TrendPoint, ...]) -> float:
    return CHART_WIDTH / len(points)


def _height(value: int, highest: int) -> float:
    return round(CHART_HEIGHT - MARGIN - value / highest * (CHART_HEIGHT - 2 * MARGIN), 1)


def _total(point: TrendPoint) -> int:
    return point.pass_count + point.warning_fail_count + point.critical_fail_count + point.error_count


def _bar(point: TrendPoint, x: float, width: float, highest: int) -> Bar:
    counts = (
        ("pass", point.pass_count),
        ("warning", point.warning_fail_count),
        ("fail", point.critical_fail_count),
        ("error", point.error_count),
    )
    bottom = float(CHART_HEIGHT)
    segments = []
    for outcome, count in counts:
        # what did not pass must be visible beside a hundred that did
        height = max(count / highest * CHART_HEIGHT, 6.0) if count else 0.0
        bottom = max(0.0, bottom - height)
        if count:
            segments.append((outcome, round(bottom, 1), round(height, 1)))
    label = (
        f"{point.started_at:%Y-%m-%d %H:%M} UTC, {point.status}: {point.pass_count} passed, "
        f"{point.warning_fail_count} warnings, {point.critical_fail_count} critical failures, "
        f"{point.error_count} errors"
    )
    return Bar(round(x, 1), round(width, 1), tuple(segments), label)
