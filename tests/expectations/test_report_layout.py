"""The flow, the plots and the sums of a report are laid out so that they can be read without knowing the pipeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from expectations.reports import QualityReport, RemovedText, RunSummary, StageCount, TrendPoint, render_html
from expectations.reports.flow import lay_out_flow
from expectations.reports.plots import CHART_HEIGHT, CHART_WIDTH, SHOWN_RUNS, plot_trend
from expectations.reports.removed import total_by_publisher, total_by_rule
from expectations.validations import Validation

NOON = datetime(2025, 8, 7, 12)
HELD = Validation(
    "run-1", "clean", "clean", 0, "articles-have-text", "query", "Text.", "critical", "pass", "0", (), None, NOON
)


def flow_of(*counts: StageCount, validations: tuple[Validation, ...] = ()) -> list[tuple[str, str, bool | None]]:
    report = QualityReport(RunSummary("run-1", NOON, None, "published"), validations, counts)
    return [(step.entry, step.gate, step.is_open) for step in lay_out_flow(report)]


def test_the_flow_says_why_what_comes_in_is_not_what_was_kept() -> None:
    steps = flow_of(
        StageCount("discover", "record", 58, 14, 43, 1),
        StageCount("parse", "document", 53, 49, 0, 4),
        StageCount("clean", "document", 49, 1, 0, 48),
        StageCount("dedupe", "article", 3, 2, 1, 0),
        StageCount("enrich", "article", 3, 3, 0, 0),
    )
    assert [entry for entry, _, _ in steps] == [
        "",
        "those of earlier runs included",
        "",
        "in 1 document",
        "duplicates included",
    ]


def test_a_stage_shows_whether_its_gate_opened() -> None:
    clean, parse = StageCount("clean", "document", 2, 2, 0, 0), StageCount("parse", "document", 2, 2, 0, 0)
    failed = replace(HELD, ordinal=1, outcome="fail")
    warned = replace(failed, severity="warning")
    assert flow_of(parse, clean, validations=(HELD, failed)) == [
        ("", "no gate ran", None),
        ("", "gate closed: 1 of 2 hold", False),
    ]
    assert flow_of(clean, validations=(HELD, warned)) == [("", "gate open: 1 of 2 hold", True)]


@given(*[st.integers(0, 10**9)] * 4)
def test_the_shares_of_a_stage_never_exceed_the_whole(came_in: int, kept: int, duplicate: int, refused: int) -> None:
    count = StageCount("parse", "document", came_in, kept, duplicate, refused)
    (step,) = lay_out_flow(QualityReport(RunSummary("run-1", NOON, None, "published"), (), (count,)))
    assert sum(share for _, _, share in step.outcomes) <= 100.02  # each is rounded to a hundredth
    assert sum(number for _, number, _ in step.outcomes) == kept + duplicate + refused


def points_of(figures: list[tuple[int, int, int | None]]) -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(f"run-{n}", NOON + timedelta(days=n), "published", passed, 0, failed, 0, articles, articles, None)
        for n, (passed, failed, articles) in enumerate(figures)
    )


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500), st.none() | st.integers(0, 10**7)), max_size=60))
def test_plots_stay_inside_their_drawing(figures: list[tuple[int, int, int | None]]) -> None:
    plots = plot_trend(points_of(figures))
    assert plots.run_count == min(len(figures), SHOWN_RUNS)
    for bar in plots.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= CHART_WIDTH + 0.1
        assert all(y >= 0 and y + height <= CHART_HEIGHT + 6.1 for _, y, height in bar.segments)
    for line in plots.lines:
        assert all(0 <= x <= CHART_WIDTH and 0 <= y <= CHART_HEIGHT for x, y in line.points)


def test_a_run_that_stopped_early_leaves_a_gap_in_the_line_and_not_a_zero() -> None:
    plots = plot_trend(points_of([(10, 0, 5), (10, 1, None), (10, 0, 8)]))
    (documents, articles) = plots.lines  # no run has a canonical count
    assert documents.points == articles.points
    assert [x for x, _ in articles.points] == [round(CHART_WIDTH / 6, 1), round(CHART_WIDTH * 5 / 6, 1)]
    assert articles.newest == 8
    assert (plots.first, plots.last) == ("2025-08-07 12:00", "2025-08-09 12:00")
    assert plots.most_things == 8


def test_a_run_that_broke_off_before_its_gates_is_a_gap_that_the_legend_explains() -> None:
    points = points_of([(10, 0, 5), (0, 0, None), (10, 0, 8)])
    assert plot_trend(points).has_gap
    assert not plot_trend(points[:1]).has_gap
    report = QualityReport(RunSummary("run-1", NOON, None, "published"), (HELD,), trend=points)
    assert "a gap: a run that broke off before its gates" in render_html(report)


def test_one_run_is_a_narrow_bar_and_a_dot() -> None:
    plots = plot_trend(points_of([(10, 0, 5)]))
    assert plots.bars[0].width < CHART_WIDTH / 4
    assert [len(line.points) for line in plots.lines] == [1, 1]


def test_nothing_to_plot_is_no_plot() -> None:
    plots = plot_trend(())
    assert (plots.bars, plots.lines, plots.run_count) == ((), (), 0)


def test_removed_text_adds_up_by_rule_and_by_publisher() -> None:
    removed = (
        RemovedText("navigation", "Tribune", 3, 30),
        RemovedText("teaser", "Tribune", 1, 100),
        RemovedText("navigation", None, 2, 50),
    )
    assert [(total.name, total.block_count, total.char_count) for total in total_by_rule(removed)] == [
        ("teaser", 1, 100),
        ("navigation", 5, 80),
    ]
    assert total_by_rule(removed)[1].parts == (("(unknown)", 2, 50), ("Tribune", 3, 30))
    assert [(total.name, total.parts) for total in total_by_publisher(removed)] == [
        ("Tribune", (("teaser", 1, 100), ("navigation", 3, 30))),
        ("(unknown)", (("navigation", 2, 50),)),
    ]
    assert total_by_rule(removed) == total_by_rule(reversed(removed))
