"""One HTML page that needs nothing but itself: no network, no script, light and dark, narrow and wide."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

from expectations.reports.flow import lay_out_flow
from expectations.reports.plots import CHART_HEIGHT, CHART_WIDTH, plot_trend
from expectations.reports.quality import QualityReport
from expectations.reports.removed import total_by_publisher, total_by_rule
from expectations.reports.texts import collect_texts, failing_anchor, glimpse, other_failing
from expectations.validations import Validation

#: Failing identifiers shown for one expectation; all of them are in `validations.failing_ids`.
SHOWN_IDS = 1000
#: Rules and publishers shown, and publishers shown for one rule and rules for one publisher.
SHOWN_TOTALS, SHOWN_PARTS = 40, 50
#: What `Check.notes` puts before the query that lists the offenders, which is long and for few readers.
QUERY_MARK = "\nOffenders: "


def render_html(report: QualityReport) -> str:
    """Render the report as one self-contained page."""
    plots, texts, rules = plot_trend(report.trend), collect_texts(report), total_by_rule(report.removed)
    sections = (
        ("flow", "What went through", bool(report.stage_counts)),
        ("failed", "What does not hold", bool(report.not_passed)),
        ("all", "Every expectation", True),
        ("trend", "Recent runs", bool(plots.bars or plots.lines)),
        ("quarantine", "Quarantine", bool(report.refusals)),
        ("removed", "Removed text", bool(rules)),
        ("texts", "The text of what fails", bool(texts)),
    )
    return _template().render(
        report=report,
        sections=sections,
        flow=lay_out_flow(report),
        texts=texts,
        plots=plots,
        chart_width=CHART_WIDTH,
        chart_height=CHART_HEIGHT,
        shown_ids=SHOWN_IDS,
        shown_totals=SHOWN_TOTALS,
        shown_parts=SHOWN_PARTS,
        rules=rules,
        publishers=total_by_publisher(report.removed),
    )


def split_code(text: str) -> list[tuple[bool, str]]:
    """Split text at its pairs of backticks into (whether it is code, the piece).

    >>> split_code("see `dateline runs`, or not")
    [(False, 'see '), (True, 'dateline runs'), (False, ', or not')]
    """
    pieces = text.split("`")
    if len(pieces) % 2 == 0:  # the last backtick has no partner
        pieces[-2:] = ["`".join(pieces[-2:])]
    return [(number % 2 == 1, piece) for number, piece in enumerate(pieces) if piece]


def split_notes(validation: Validation) -> tuple[list[tuple[str, str]], str]:
    """Split the notes into labelled lines for the reader, and the query that lists the offenders."""
    reasons, _, query = (validation.notes or "").partition(QUERY_MARK)
    labelled = []
    for line in filter(None, reasons.split("\n")):
        label, mark, rest = line.partition(": ")
        labelled.append((label, rest) if mark and label in ("Why", "Usually broken by") else ("Note", line))
    return labelled, query


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
    environment.filters["split_code"] = split_code
    environment.filters["split_notes"] = split_notes
    environment.filters["glimpse"] = glimpse
    environment.globals.update(other_failing=other_failing, failing_anchor=failing_anchor)
    return environment.get_template("quality_report.html")
