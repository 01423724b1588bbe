"""Publication dates: known, consistent with what is known of them, and not in the future."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders
from expectations.stock import gxe

SOURCES = [
    *("input", "json-ld", "meta", "time-element", "visible-text", "url", "title-element", "script", "modified"),
    *("text-date", "weekday", "fetch-time", "duplicate", "story", "unknown"),
]

PUBLICATION = (
    Check(
        name="publication-sources-are-known",
        table="articles",
        expectation=gxe.ExpectColumnValuesToBeInSet(column="published_source", value_set=SOURCES),
        description="The source of every day of publication is one of the documented ones: " + ", ".join(SOURCES) + ".",
        severity=CRITICAL,
        why="People weigh a day by its source.",
        breaks="A new way to find a day that the audit does not know yet.",
        id_column="article_id",
    ),
    Check(
        name="publication-sources-are-present",
        table="articles",
        expectation=gxe.ExpectColumnValuesToNotBeNull(column="published_source"),
        description="Every article says how its day of publication is known, or that it is not.",
        severity=CRITICAL,
        why="Every inferred value says how.",
        breaks="A new way to find a date that forgets to name itself.",
        id_column="article_id",
    ),
    Check(
        name="unknown-publication-means-no-day",
        table="articles",
        expectation=ExpectNoOffenders(
            query="""
select article_id, document_id, published_source, published_on
from articles
where (published_source = 'unknown') <> (published_on is null) or (published_on is null and published_at is not null)"""
        ),
        description="The source is `unknown` exactly where there is no day of publication; a time has its day.",
        severity=CRITICAL,
        why="A day without a source is invented; a source without a day is lost.",
        breaks="A date that was rejected after its source was written.",
        id_column="article_id",
    ),
    Check(
        name="publication-lies-in-its-bounds",
        table="articles",
        expectation=ExpectNoOffenders(
            query="""
select article_id, document_id, published_earliest_on, published_on, published_latest_on
from articles
where published_on < published_earliest_on
    or published_on > published_latest_on
    or published_earliest_on > published_latest_on"""
        ),
        description="The day of publication lies between the earliest and the latest day that the evidence allows.",
        severity=CRITICAL,
        why="The bounds are the evidence.",
        breaks="A day taken from a copy or a story against the article's own words.",
        id_column="article_id",
        set_aside="document",
    ),
    Check(
        name="publication-time-is-of-its-day",
        table="articles",
        expectation=ExpectNoOffenders(
            query="""
select article_id, document_id, published_on, published_at
from articles
where abs(published_on - published_at::date) > 1"""
        ),
        description="The time of publication (UTC) lies within a day of the day of publication (local).",
        severity=CRITICAL,
        why="No place on earth is more than 14 hours from UTC.",
        breaks="Two different dates of the page: published and modified.",
        id_column="article_id",
        set_aside="document",
    ),
    Check(
        name="publication-is-not-in-the-future",
        table="articles",
        expectation=ExpectNoOffenders(
            query="""
select article_id, document_id, published_on
from articles
where published_on > current_date + 2"""
        ),
        description="No article was published more than two days from now.",
        severity=CRITICAL,
        why="Two days cover time zones and clocks that are wrong; later is a date read wrongly.",
        breaks="Day and month in the wrong order, or an event's date taken for the publication's.",
        id_column="article_id",
        set_aside="document",
    ),
    Check(
        name="publication-is-not-before-the-web",
        table="articles",
        expectation=gxe.ExpectColumnValuesToBeBetween(column="published_on", min_value="1980-01-01"),
        description="No article was published before 1980.",
        severity=WARNING,
        why="The oldest electronic news archives begin about then; an archive of scans may be older, so this only "
        "reports.",
        breaks="Time stamps of 0 (1970-01-01), or a year of two digits.",
        id_column="article_id",
    ),
    Check(
        name="publication-is-mostly-known",
        table="articles",
        expectation=ExpectNoOffenders(
            query="""
with undated as (
    select article_id, count(*) over () as undated_count from articles where published_on is null
)
select article_id, undated_count
from undated
where undated_count > 3 and undated_count > 0.2 * (select count(*) from articles)"""
        ),
        description="At most 20 % of the articles have no day of publication (three are always allowed).",
        severity=WARNING,
        why="Relative dates count from it. Pages without any date exist, but most are dated by their copies or story.",
        breaks="A source that changed where it writes its date.",
        id_column="article_id",
    ),
)
