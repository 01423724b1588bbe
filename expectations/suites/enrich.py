"""After enrich: every date is possible, says where it comes from, and stands in the text."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check, Suite
from expectations.offenders import ExpectNoOffenders
from expectations.stock import gxe
from expectations.suites.columns import columns_and_types
from expectations.suites.dated_evidence import DATED_EVIDENCE
from expectations.suites.entities import ENTITIES
from expectations.suites.event_counts import EVENT_COUNTS
from expectations.suites.evidence import (
    SENTENCES_HOLD_THEIR_EVENT,
    UNDATED_SENTENCES_HOLD_THEIR_EVENT,
    lies_in_article,
    slice_matches,
)
from expectations.suites.ledger_checks import counts_are_of_the_tables
from expectations.suites.publication import PUBLICATION
from expectations.suites.quotes import QUOTES
from expectations.suites.required_values import required_values
from expectations.suites.stage_counts import stage_count_checks
from expectations.suites.temporal_checks import (
    EVENT_WEEKDAY_IS_THE_DATES_OWN,
    WEEKDAY_IS_THE_DATES_OWN,
    granularity_is_known,
    ranges_in_order,
    value_agrees_with_days,
)

STATUSES = ["occurred", "scheduled", "hypothetical"]
KEYS = {
    "time_expressions": "time_expression_id",
    "event_mentions": "event_mention_id",
    "undated_mentions": "event_mention_id",
    "events": "event_id",
}


def ids_are_unique(table: str) -> Check:
    """Say that no identifier occurs twice."""
    return Check(
        name=f"{table.replace('_', '-')}-ids-are-unique",
        table=table,
        expectation=gxe.ExpectColumnValuesToBeUnique(column=KEYS[table]),
        description=f"No {KEYS[table]} occurs twice in {table}.",
        severity=CRITICAL,
        why="The id is a hash of the content or the place, so a second row is the same thing loaded twice.",
        breaks="A load that inserts where it should replace.",
        id_column=KEYS[table],
    )


def status_is_known(table: str) -> Check:
    """Say that the status is one of the documented ones."""
    return Check(
        name=f"{table.replace('_', '-')}-status-is-known",
        table=table,
        expectation=gxe.ExpectColumnValuesToBeInSet(column="status", value_set=STATUSES),
        description=f"Everything in {table} occurred, is scheduled, or is hypothetical.",
        severity=CRITICAL,
        why="Whoever asks what happened must not be told what was planned.",
        breaks="A new status that the audit does not know yet.",
        id_column=KEYS[table],
    )


SHAPE = (
    Check(
        name="events-are-there",
        table="events",
        expectation=gxe.ExpectTableRowCountToBeBetween(min_value=1),
        description="There is at least one dated event.",
        severity=WARNING,
        why="News tells events; a handful of articles may happen to date none, so this only reports.",
        breaks="A batch in a language that is not annotated.",
    ),
    columns_and_types("articles"),
    columns_and_types("time_expressions"),
    columns_and_types("event_mentions"),
    columns_and_types("events"),
    *map(ids_are_unique, KEYS),
)

VALUES = (
    Check(
        name="mentions-have-a-first-day",
        table="event_mentions",
        expectation=ExpectNoOffenders(
            query="""
select event_mention_id, document_id, article_id, value
from event_mentions
where begin_on is null and end_on is null"""
        ),
        description="Every mention of a dated event has a first or a last day.",
        severity=CRITICAL,
        why="A mention without a day belongs to undated_mentions, with the reason.",
        breaks="A vague expression taken for a date.",
        id_column="event_mention_id",
    ),
    *(ranges_in_order(table, KEYS[table]) for table in ("time_expressions", "event_mentions", "events")),
    *(granularity_is_known(table, KEYS[table]) for table in ("time_expressions", "event_mentions", "events")),
    *(value_agrees_with_days(table, KEYS[table]) for table in ("time_expressions", "event_mentions", "events")),
    *map(status_is_known, ("event_mentions", "undated_mentions", "events")),
    Check(
        name="expression-types-are-known",
        table="time_expressions",
        expectation=gxe.ExpectColumnValuesToBeInSet(column="timex_type", value_set=["DATE", "TIME", "DURATION", "SET"]),
        description="Every time expression is a DATE, TIME, DURATION or SET.",
        severity=CRITICAL,
        why="These are the types of TIMEX3.",
        breaks="A type written in small letters.",
        id_column="time_expression_id",
    ),
    Check(
        name="date-sources-are-known",
        table="event_mentions",
        expectation=gxe.ExpectColumnValuesToBeInSet(
            column="date_source",
            value_set=["clause", "sentence", "reference-day", "published", "duration", "story"],
        ),
        description="Every mention says how it was dated: clause, sentence, reference-day, published, duration, story.",
        severity=CRITICAL,
        why="Every inferred value says how.",
        breaks="A new way to date that the audit does not know yet.",
        id_column="event_mention_id",
    ),
    WEEKDAY_IS_THE_DATES_OWN,
    EVENT_WEEKDAY_IS_THE_DATES_OWN,
)

EVIDENCE = (
    slice_matches("time_expressions", "time_expression_id", "text", "char_start", "char_end"),
    slice_matches("event_mentions", "event_mention_id", "text", "char_start", "char_end"),
    slice_matches("event_mentions", "event_mention_id", "sentence", "sentence_start", "sentence_end"),
    slice_matches("undated_mentions", "event_mention_id", "text", "char_start", "char_end"),
    *(lies_in_article(table, KEYS[table]) for table in ("time_expressions", "event_mentions", "undated_mentions")),
    SENTENCES_HOLD_THEIR_EVENT,
    UNDATED_SENTENCES_HOLD_THEIR_EVENT,
)

HORIZON = (
    Check(
        name="occurred-events-precede-publication",
        table="event_mentions",
        expectation=ExpectNoOffenders(
            query="""
select event_mention_id, event_mentions.document_id, article_id, event_mentions.begin_on, articles.published_on
from event_mentions
join articles using (article_id)
where event_mentions.status = 'occurred'
    and event_mentions.begin_on > coalesce(articles.published_latest_on, articles.published_on) + 1"""
        ),
        description="What an article tells as having occurred began at most one day after its publication.",
        severity=CRITICAL,
        why="One day covers time zones and papers dated ahead; no article reports what has not happened.",
        breaks='A weekday read as the coming one ("on Friday" told of last Friday), or a wrong day of publication.',
        id_column="event_mention_id",
        set_aside="document",
    ),
    Check(
        name="scheduled-events-follow-publication",
        table="event_mentions",
        expectation=ExpectNoOffenders(
            query="""
select event_mention_id, event_mentions.document_id, article_id, event_mentions.end_on, articles.published_on
from event_mentions
join articles using (article_id)
where event_mentions.status = 'scheduled'
    and event_mentions.end_on < coalesce(articles.published_earliest_on, articles.published_on) - 1"""
        ),
        description="What an article tells as scheduled does not end more than one day before its publication.",
        severity=WARNING,
        why="An article may tell of a plan of the past, so this only reports.",
        breaks='A weekday read as the past one ("a Friday deadline"), or a status taken from another clause.',
        id_column="event_mention_id",
    ),
    Check(
        name="events-lie-within-the-horizon",
        table="event_mentions",
        expectation=ExpectNoOffenders(
            query="""
select event_mention_id, event_mentions.document_id, article_id, event_mentions.begin_on, articles.published_on
from event_mentions
join articles using (article_id)
where year(event_mentions.begin_on) < 1000
    or year(event_mentions.begin_on) > year(coalesce(articles.published_on, current_date)) + 100
    or year(event_mentions.end_on) > year(coalesce(articles.published_on, current_date)) + 1000"""
        ),
        description="No event begins before the year 1000 or more than 100 years after its article.",
        severity=CRITICAL,
        why="News looks back centuries and ahead decades; beyond that a number was taken for a year.",
        breaks="A price, a flight number or a page number read as a year.",
        id_column="event_mention_id",
        set_aside="document",
    ),
    Check(
        name="events-are-mostly-near",
        table="event_mentions",
        expectation=ExpectNoOffenders(
            query="""
with shares as (
    select
        count(*) as mention_count,
        count(*) filter (
            where year(event_mentions.begin_on) not between year(published_on) - 150 and year(published_on) + 30
        ) as far_count
    from event_mentions
    join articles using (article_id)
)
select mention_count, far_count, 'event_mentions' as table_name
from shares
where far_count > 3 and far_count > 0.02 * mention_count"""
        ),
        description="At most 2 % of the mentions lie more than 150 years before or 30 years after their article (three "
        "are always allowed).",
        severity=WARNING,
        why="Histories and long plans are told now and then; many at once mean that numbers are read as years.",
        breaks="A source full of numbers, such as results or prices.",
        id_column="table_name",
    ),
)

SUITE = Suite(
    "enrich",
    (
        *SHAPE,
        *VALUES,
        *EVIDENCE,
        *PUBLICATION,
        *HORIZON,
        *EVENT_COUNTS,
        *DATED_EVIDENCE,
        *ENTITIES,
        *QUOTES,
        *map(required_values, ("time_expressions", "event_mentions", "undated_mentions", "events", "disagreements")),
        *map(required_values, ("entities", "entity_mentions", "quotes")),
        *stage_count_checks("enrich"),
        counts_are_of_the_tables("enrich"),
    ),
)
