"""Quality reports gathered: of the last run that was audited, and of the published file as a check found it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

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
from expectations.validations import Passage, Validation
from warehouse.errors import QueryError
from warehouse.layout import WarehouseLayout
from warehouse.reading import open_history, open_published, query

if TYPE_CHECKING:
    from expectations.gate import AuditResult

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

AUDITED_RUNS = """
select run_id, started_at, finished_at, status, detail, release
from runs
where run_id in (select run_id from validations)
order by started_at desc
limit ?
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

OFFENDERS = "select * from offenders where run_id = ? order by stage, expectation, ordinal"

REFUSALS = "select stage, reason, count(*) as count from quarantine group by all order by all"

PUBLISHED_RUN = """
select run_id, started_at, finished_at, status, detail, release
from runs
where status = 'published'
order by started_at desc
limit 1
"""

REMOVED = """
select removed_by as rule, publisher, count(*) as block_count, sum(char_end - char_start)::bigint as char_count
from removed_text
where document_id in (select document_id from articles)
group by removed_by, publisher
order by char_count desc, rule, publisher
"""


def gather_report(layout: WarehouseLayout) -> QualityReport:
    """Read everything that a quality report of the last audited run tells.

    Raises:
        NothingPublishedError: nothing has run in that warehouse yet.
    """
    return replace(gather_run(layout), removed=_removed(layout))


def gather_run(layout: WarehouseLayout) -> QualityReport:
    """Read what the history tells of the last audited run: all but what was removed, which takes all blocks to count.

    Raises:
        NothingPublishedError: nothing has run in that warehouse yet.
    """
    with open_history(layout) as connection:
        runs = query(connection, LAST_AUDITED_RUN).as_dicts() or query(connection, _ANY_RUN).as_dicts()
        run = RunSummary(**runs[0])
        return QualityReport(
            run=run,
            validations=tuple(_validation(row) for row in query(connection, VALIDATIONS, [run.run_id]).as_dicts()),
            stage_counts=tuple(StageCount(**row) for row in query(connection, STAGE_COUNTS, [run.run_id]).as_dicts()),
            trend=tuple(TrendPoint(**row) for row in query(connection, TREND).as_dicts()),
            refusals=tuple(Refusals(**row) for row in query(connection, REFUSALS).as_dicts()),
            passages=_passages(connection, run.run_id),
        )


def gather_audited_runs(layout: WarehouseLayout, most: int) -> list[QualityReport]:
    """Read the gate results of the last audited runs, the newest first.

    Raises:
        NothingPublishedError: nothing has run in that warehouse yet.
    """
    with open_history(layout) as connection:
        runs = [RunSummary(**row) for row in query(connection, AUDITED_RUNS, [most]).as_dicts()]
        return [
            QualityReport(
                run, tuple(_validation(row) for row in query(connection, VALIDATIONS, [run.run_id]).as_dicts())
            )
            for run in runs
        ]


def gather_check(layout: WarehouseLayout, result: AuditResult) -> QualityReport:
    """Put the results of a check into a report of the published file: its run, its counts, what was removed from it.

    A table that the check found broken may not be there to be read: the report then goes without it.
    """
    checked_at = datetime.now(UTC).replace(tzinfo=None)
    with open_published(layout) as connection:
        runs = _readable(connection, PUBLISHED_RUN) or [
            {"run_id": "unknown", "started_at": checked_at, "finished_at": None, "status": "unknown"}
        ]
        run = RunSummary(**runs[0])
        return QualityReport(
            run=run,
            validations=result.results,
            stage_counts=tuple(StageCount(**row) for row in _readable(connection, STAGE_COUNTS, run.run_id)),
            trend=tuple(TrendPoint(**row) for row in _readable(connection, TREND)),
            removed=tuple(RemovedText(**row) for row in _readable(connection, REMOVED)),
            refusals=tuple(Refusals(**row) for row in _readable(connection, REFUSALS)),
            passages=result.passages,
            checked_at=checked_at,
        )


def _readable(connection: duckdb.DuckDBPyConnection, sql: str, *parameters: str) -> list[dict[str, Any]]:
    """Run a query of a file that may be broken; what is broken in it is among the results of the check."""
    try:
        return query(connection, sql, parameters).as_dicts()
    except QueryError:
        return []


def _removed(layout: WarehouseLayout) -> tuple[RemovedText, ...]:
    if not layout.published.exists():
        return ()
    with open_published(layout) as connection:
        return tuple(RemovedText(**row) for row in query(connection, REMOVED).as_dicts())


_ANY_RUN = "select run_id, started_at, finished_at, status, detail, release from runs order by started_at desc limit 1"


def _passages(connection: duckdb.DuckDBPyConnection, run_id: str) -> tuple[Passage, ...]:
    """Read the text of failing rows; a history that an older version wrote has none."""
    if not query(connection, "select 1 from duckdb_tables() where table_name = 'offenders'").rows:
        return ()
    rows = query(connection, OFFENDERS, [run_id]).as_dicts()
    return tuple(Passage(**row) for row in rows)


def _validation(row: dict[str, Any]) -> Validation:
    return Validation(**(row | {"failing_ids": tuple(row["failing_ids"])}))


def write_quality_report(layout: WarehouseLayout, folder: Path) -> list[Path]:
    """Write the report as HTML, JUnit XML and Markdown; returns the files."""
    return write_reports(gather_report(layout), folder)


def summarise_run(layout: WarehouseLayout) -> str:
    """Return the report as Markdown, for the orchestrator's artifacts."""
    return render_markdown(gather_run(layout))
