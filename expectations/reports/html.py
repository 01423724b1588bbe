"""One HTML page that needs nothing but itself: no network, no script, light and dark, narrow and wide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from expectations.reports.quality import QualityReport, TrendPoint

CHART_WIDTH = 640
CHART_HEIGHT = 120
SHOWN_RUNS = 40
SHOWN_IDS = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """One run in the chart: where it stands and how high each part is, in the units of the drawing."""

    x: float
    width: float
    segments: tuple[tuple[str, float, float], ...]  # outcome, y, height
    label: str


def render_html(report: QualityReport) -> str:
    """Render the report as one self-contained page."""
    return _template().render(
        report=report,
        bars=draw_trend(report.trend),
        chart_width=CHART_WIDTH,
        chart_height=CHART_HEIGHT,
        shown_ids=SHOWN_IDS,
        removed=sorted(report.removed, key=lambda group: (-group.char_count, group.rule, group.publisher or "")),
    )


def draw_trend(trend: tuple[TrendPoint, ...]) -> tuple[Bar, ...]:
    """Lay out a stacked bar for each of the last runs: passed, warnings, critical failures, errors."""
    points = trend[-SHOWN_RUNS:]
    highest = max((_total(point) for point in points), default=0)
    if not highest:
        return ()
    step = CHART_WIDTH / max(len(points), 8)
    return tuple(_bar(point, number * step, step * 0.8, highest) for number, point in enumerate(points))


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
        height = max(count / highest * CHART_HEIGHT, 3.0) if count else 0.0
        bottom = max(0.0, bottom - height)
        if count:
            segments.append((outcome, round(bottom, 1), round(height, 1)))
    label = (
        f"{point.started_at:%Y-%m-%d %H:%M} UTC, {point.status}: {point.pass_count} passed, "
        f"{point.warning_fail_count} warnings, {point.critical_fail_count} critical failures, "
        f"{point.error_count} errors"
    )
    return Bar(round(x, 1), round(width, 1), tuple(segments), label)


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["thousands"] = lambda number: f"{number:,}"
    return environment.get_template("quality_report.html")
