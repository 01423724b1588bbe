"""The published file: every stage's suite again over what readers see, and the views that they use."""

from __future__ import annotations

from expectations.checks import CRITICAL, Check, Suite
from expectations.offenders import ExpectNoOffenders
from expectations.suites import clean, dedupe, enrich, parse
from expectations.suites.ledger_checks import LEDGER
from expectations.suites.required_values import required_values

VIEWS = (
    Check(
        name="canonical-articles-show-every-cluster",
        table="canonical_articles",
        expectation=ExpectNoOffenders(
            query="""
select coalesce(clusters.cluster_id, canonical_articles.cluster_id) as cluster_id
from clusters
full join canonical_articles using (cluster_id)
group by 1
having count(clusters.cluster_id) <> 1 or count(canonical_articles.article_id) <> 1"""
        ),
        description="The view canonical_articles shows each cluster once.",
        severity=CRITICAL,
        why="It is the first thing that an analyst opens.",
        breaks="A cluster without a canonical article, or with two.",
        id_column="cluster_id",
    ),
    Check(
        name="timeline-shows-every-event",
        table="timeline",
        expectation=ExpectNoOffenders(
            query="""
select coalesce(events.event_id, timeline.event_id) as event_id
from events
full join timeline using (event_id)
group by 1
having count(events.event_id) <> 1 or count(timeline.event_id) <> 1"""
        ),
        description="The view timeline shows each event once.",
        severity=CRITICAL,
        why="A missing event is not seen to be missing.",
        breaks="A mention whose article is gone.",
        id_column="event_id",
    ),
    Check(
        name="removed-text-shows-every-removal",
        table="removed_text",
        expectation=ExpectNoOffenders(
            query="""
with counts as (
    select
        (select count(*) from blocks where not is_kept and kind <> 'whitespace') as removed_count,
        (select count(*) from removed_text) as shown_count
)
select 'removed_text' as view_name, removed_count, shown_count from counts where removed_count <> shown_count"""
        ),
        description="The view removed_text shows every block that was removed, white space apart.",
        severity=CRITICAL,
        why="Nothing is removed in secret.",
        breaks="A block whose document is gone.",
        id_column="view_name",
    ),
    Check(
        name="quality-trend-shows-every-run",
        table="quality_trend",
        expectation=ExpectNoOffenders(
            query="""
select coalesce(runs.run_id, quality_trend.run_id) as run_id
from runs
full join quality_trend using (run_id)
group by 1
having count(runs.run_id) <> 1 or count(quality_trend.run_id) <> 1"""
        ),
        description="The view quality_trend shows each run once.",
        severity=CRITICAL,
        why="A run that is missing from the trend is one whose failures nobody sees.",
        breaks="A run without its row, or a view that was not made.",
        id_column="run_id",
    ),
    Check(
        name="everything-is-documented",
        table="documents",
        expectation=ExpectNoOffenders(
            query="""
with described as (
    select table_name as name, comment, database_name, schema_name from duckdb_tables()
    union all
    select table_name || '.' || column_name, comment, database_name, schema_name
    from duckdb_columns()
    where (database_name, schema_name, table_name) in (
        select (database_name, schema_name, table_name) from duckdb_tables()
    )
)
select name
from described
where database_name = current_database()
    and schema_name = (select schema_name from audited_schema)
    and comment is null"""
        ),
        description="Every table and every column of the published schema carries a comment.",
        severity=CRITICAL,
        why="The schema page and every database client show it.",
        breaks="A new column without its `comment on`.",
        id_column="name",
    ),
)


def _everything() -> tuple[Check, ...]:
    """Collect every stage's checks once: a check that several stages run has the same name in each."""
    by_name: dict[str, Check] = {}
    for suite in (parse.SUITE, clean.SUITE, dedupe.SUITE, enrich.SUITE):
        for check in suite.checks:
            by_name.setdefault(check.name, check)
    return tuple(by_name.values())


REQUIRED = tuple(map(required_values, ("stage_counts", "runs", "validations")))

SUITE = Suite("published", (*_everything(), *REQUIRED, *LEDGER, *VIEWS))
