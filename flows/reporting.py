"""The quality report of the last run that was audited, gathered from the history and the published file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from expectations.reports import (
    QualityReport,
    Refusals,
    RemovedText,
    RunSummary,
    StageCount,
    TrendPoint,
    render_markdown,
    write_reports,
)
from expectations.validations import Validation
from warehouse.layout import WarehouseLayout
from warehouse.reading import open_history, open_published, query

#: Runs shown in the trend.
TREND_LENGTH = 30

#: A run with nothing new is not audited: the report is about the last one that was.
LAST_AUDITED_RUN = """
select run_id, started_at, finished_at, status, detail, release
from runs
where status not in ('unchanged', 'running')
order by started_at desc
limit 1
"""

TREND = f"""
select * from (
    select
        run_id, started_at, status, coalesce(pass_count, 0) as pass_count,
        coalesce(warning_fail_count, 0) as warning_fail_count, coalesce(critical_fail_count, 0) as critical_fail_count,
        coalesce(error_count, 0) as error_count, document_count, article_count, canonical_article_count
    from quality_trend
    where status not in ('unchanged', 'running')
    order by started_at desc
    limit {TREND_LENGTH}
)
order by started_at
"""

STAGE_COUNTS = """
select stage, unit, in_count, kept_count, duplicate_count, quarantined_count, seconds
from stage_counts
where run_id = ?
order by list_position(['discover', 'parse', 'clean', 'dedupe', 'enrich'], stage)
"""

VALIDATIONS = """
select * from validations
where run_id = ?
order by list_position(['parse', 'clean', 'dedupe', 'enrich', 'published'], stage), ordinal
"""

REMOVED = """
select removed_by as rule, publisher, count(*) as block_count, sum(char_end - char_start)::bigint as char_count
from removed_text
where document_id in (select document_id from articles)
group by removed_by, publisher
order by char_count desc, rule, publisher
"""


def gather_report(layout: WarehouseLayout) -> QualityReport:
    """Read everything that a quality report tells.

    Raises:
        NothingPublishedError: nothing has run in that warehouse yet.
    """
    with open_history(layout) as connection:
        runs = query(connection, LAST_AUDITED_RUN).as_dicts() or query(connection, _ANY_RUN).as_dicts()
        run = RunSummary(**runs[0])
        validations = [_validation(row) for row in query(connection, VALIDATIONS, [run.run_id]).as_dicts()]
        counts = [StageCount(**row) for row in query(connection, STAGE_COUNTS, [run.run_id]).as_dicts()]
        trend = [TrendPoint(**row) for row in query(connection, TREND).as_dicts()]
        refusals = query(
            connection, "select stage, reason, count(*) as count from quarantine group by all order by all"
        )
    removed: list[RemovedText] = []
    if layout.published.exists():
        with open_published(layout) as connection:
            removed = [RemovedText(**row) for row in query(connection, REMOVED).as_dicts()]
    return QualityReport(
        run=run,
        validations=tuple(validations),
        stage_counts=tuple(counts),
        trend=tuple(trend),
        removed=tuple(removed),
        refusals=tuple(Refusals(**row) for row in refusals.as_dicts()),
    )


_ANY_RUN = "select run_id, started_at, finished_at, status, detail, release from runs order by started_at desc limit 1"


def _validation(row: dict[str, Any]) -> Validation:
    return Validation(**(row | {"failing_ids": tuple(row["failing_ids"])}))


def write_quality_report(layout: WarehouseLayout, folder: Path) -> list[Path]:
    """Write the report as HTML, JUnit XML and Markdown; returns the files."""
    return write_reports(gather_report(layout), folder)


def summarise_run(layout: WarehouseLayout) -> str:
    """Return the report as Markdown, for the orchestrator's artifacts."""
    return render_markdown(gather_report(layout))
