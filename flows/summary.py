"""What a run did, as rows and as a table: read from the history, so that failed runs are told too."""

from __future__ import annotations

from warehouse.layout import WarehouseLayout
from warehouse.reading import QueryResult, open_history, open_published, query

LAST_RUN = """
select run_id, status, started_at, finished_at, detail, release
from runs
order by started_at desc
limit 1
"""

LAST_COUNTS = """
select
    stage_counts.stage,
    stage_counts.unit,
    stage_counts.in_count as "in",
    stage_counts.kept_count as kept,
    stage_counts.duplicate_count as duplicate,
    stage_counts.quarantined_count as quarantined,
    round(stage_counts.seconds, 2) as seconds,
    coalesce(gates.verdict, 'no gate') as gate
from stage_counts
left join (
    select
        run_id,
        stage,
        count(*) filter (where outcome = 'pass') || ' of ' || count(*) || ' pass'
            || case when bool_or(outcome = 'error') then ', errors' else '' end as verdict
    from validations
    group by run_id, stage
) as gates using (run_id, stage)
where run_id = ?
order by list_position(['discover', 'parse', 'clean', 'dedupe', 'enrich'], stage)
"""


def last_run(layout: WarehouseLayout) -> QueryResult:
    """Return the row of the last run, published or not."""
    with open_history(layout) as connection:
        return query(connection, LAST_RUN)


def last_counts(layout: WarehouseLayout, run_id: str) -> QueryResult:
    """Return the counts and the gate of each stage of a run."""
    with open_history(layout) as connection:
        return query(connection, LAST_COUNTS, [run_id])


def summary_table(layout: WarehouseLayout) -> str:
    """Return the last run's counts as a table, its verdict, and where the warehouse is."""
    from flows.rendering import render

    run = last_run(layout).as_dicts()[0]
    lines = []
    if run["status"] != "unchanged":
        lines.append(render(last_counts(layout, run["run_id"]), "table").rsplit("(", 1)[0].rstrip())
    lines.append(f"Run {run['run_id']}: {_verdict(run['status'])}")
    lines += not_passed(layout, run["run_id"])
    if layout.published.exists():
        lines.append(published_line(layout))
        lines.append(f"Warehouse: {layout.published}")
    elif run["status"] == "unchanged":
        lines.append("Nothing has been published yet: the inputs hold no documents.")
    return "\n".join(lines)


def not_passed(layout: WarehouseLayout, run_id: str) -> list[str]:
    """Return a line for each expectation of a run that failed or could not be evaluated."""
    with open_history(layout) as connection:
        rows = query(
            connection,
            "select stage, severity, outcome, description, observed from validations "
            "where run_id = ? and outcome <> 'pass' order by stage, ordinal",
            [run_id],
        ).rows
    return [
        f"{outcome} ({severity}, {stage}): {text} Observed: {seen}." for stage, severity, outcome, text, seen in rows
    ]


def _verdict(status: str) -> str:
    words = {
        "published": "published",
        "unchanged": "nothing new; what is published stands as it is",
        "gate-failed": "a gate failed; nothing was published",
    }
    return words.get(status, status)


def published_line(layout: WarehouseLayout) -> str:
    """Return one line with how much is published."""
    with open_published(layout) as connection:
        row = connection.execute(
            """
            select
                (select count(*) from documents),
                (select count(*) from canonical_articles),
                (select count(*) from articles),
                (select count(*) from events),
                (select count(*) from quarantine)
            """
        ).fetchone()
    assert row is not None
    return "Published: {} documents, {} canonical of {} articles, {} events; {} refusals in quarantine.".format(*row)
