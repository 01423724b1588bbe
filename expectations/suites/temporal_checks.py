"""What holds for dates wherever they stand: order, named weekdays, values that say what the days say."""

from __future__ import annotations

from expectations.checks import CRITICAL, Check
from expectations.offenders import ExpectNoOffenders
from expectations.stock import gxe

GRANULARITIES = [
    "instant",
    "day",
    "week",
    "month",
    "quarter",
    "season",
    "year",
    "decade",
    "century",
    "interval",
    "duration",
    "set",
    "vague",
]

WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
DAY_OF_MONTH = "\\d{1,2}(?:st|nd|rd|th)?"

#: An expression that is a weekday and nothing else but a direction, a time of day, or the date itself. Anything richer
#: ("the Monday after the vote", "every Friday", "Friday to Sunday") names a weekday that need not be the date's.
PLAIN_WEEKDAY = (
    "(?i)^(?:(?:on|last|next|this|this past|this coming|past|by|since|until|(?:late|later|early|earlier)(?: on)?) )?"
    f"(?:{WEEKDAYS})"
    "(?:,? (?:morning|afternoon|evening|night|noon|midday))?"
    f"(?:,? (?:the )?(?:(?:{MONTHS})\\.? {DAY_OF_MONTH}|{DAY_OF_MONTH}(?: of)? (?:{MONTHS})\\.?)(?:,? \\d{{4}})?)?$"
)


def ranges_in_order(table: str, id_column: str) -> Check:
    """Say that no range of days ends before it begins."""
    owner = ", document_id, article_id" if table != "events" else ""
    return Check(
        name=f"{table.replace('_', '-')}-end-after-they-begin",
        table=table,
        expectation=ExpectNoOffenders(
            query=f"select {id_column}{owner}, begin_on, end_on from {table} where begin_on > end_on"
        ),
        description=f"In {table} no last day lies before its first day.",
        severity=CRITICAL,
        why="A range that runs backwards is in no timeline.",
        breaks="A range over the turn of a year, or a value read as day and month in the wrong order.",
        id_column=id_column,
    )


def granularity_is_known(table: str, id_column: str) -> Check:
    """Say that the granularity is one of the documented ones."""
    return Check(
        name=f"{table.replace('_', '-')}-granularity-is-known",
        table=table,
        expectation=gxe.ExpectColumnValuesToBeInSet(column="granularity", value_set=GRANULARITIES),
        description=f"Every granularity in {table} is one of the documented ones.",
        severity=CRITICAL,
        why="People filter on it to leave out vague dates.",
        breaks="A new granularity that the audit does not know yet.",
        id_column=id_column,
    )


def value_agrees_with_days(table: str, id_column: str) -> Check:
    """Say that a value written as a calendar day, month or year covers exactly the days of the row."""
    owner = ", document_id, article_id" if table != "events" else ""
    return Check(
        name=f"{table.replace('_', '-')}-value-agrees-with-its-days",
        table=table,
        expectation=ExpectNoOffenders(
            query=rf"""
with stated as (
    select
        {id_column}{owner}, value, granularity, begin_on, end_on,
        case
            when regexp_matches(value, '^\d{{4}}-\d{{2}}-\d{{2}}(T.*)?$') then try_cast(left(value, 10) as date)
            when regexp_matches(value, '^\d{{4}}-\d{{2}}$') then try_cast(value || '-01' as date)
            when regexp_matches(value, '^\d{{4}}$') then try_cast(value || '-01-01' as date)
        end as first_day
    from {table}
    where regexp_matches(value, '^\d{{4}}(-\d{{2}}(-\d{{2}}(T.*)?)?)?$')
)
select *
from stated
where first_day is null
    or (
        case granularity
            when 'interval' then first_day between begin_on and coalesce(end_on, first_day)
            else begin_on between first_day - 1
                and first_day + case length(value) when 4 then 365 when 7 then 30 else 1 end
        end
    ) is distinct from true"""
        ),
        description=f"In {table} a value that is a calendar day, month or year exists in the calendar, and the first "
        "day lies in it (one day of tolerance for times in another zone); of an interval it is one of the days.",
        severity=CRITICAL,
        why="Value and days are two ways to write one date; people use either.",
        breaks="A date that was moved in one column and not in the other, or the thirtieth of February.",
        id_column=id_column,
    )


WEEKDAY_IS_THE_DATES_OWN = Check(
    name="named-weekday-is-the-weekday-of-the-date",
    table="time_expressions",
    expectation=ExpectNoOffenders(
        query=f"""
with named as (
    select
        time_expression_id, document_id, article_id, begin_on,
        lower(regexp_extract(text, '(?i)({WEEKDAYS})', 1)) as weekday
    from time_expressions
    where timex_type in ('DATE', 'TIME')
        and begin_on is not null
        and (end_on is null or end_on - begin_on <= 1)
        and regexp_matches(regexp_replace(text, '\\s+', ' ', 'g'), '{PLAIN_WEEKDAY}')
)
select time_expression_id, document_id, article_id, weekday, begin_on
from named
where weekday <> ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'][
    1 + (((begin_on - date '2001-01-01') % 7) + 7) % 7]"""
    ),
    description="A time expression that is a plain weekday, with or without its date, has that weekday in the "
    "calendar (2001-01-01 was a Monday).",
    severity=CRITICAL,
    why='"On Wednesday" cannot be a Tuesday. Only expressions that are nothing but a weekday are judged.',
    breaks="An anchor that is a day off, or a page that names a wrong weekday itself.",
    id_column="time_expression_id",
    set_aside="document",
)

EVENT_WEEKDAY_IS_THE_DATES_OWN = Check(
    name="weekday-in-the-evidence-is-the-events-weekday",
    table="event_mentions",
    expectation=ExpectNoOffenders(
        query=f"""
with evidence as (
    select
        event_mention_id, event_mentions.document_id, article_id, begin_on,
        regexp_replace(
            substring(documents.text, expression_start + 1, expression_end - expression_start), '\\s+', ' ', 'g'
        ) as expression
    from event_mentions
    join documents using (document_id)
    where expression_start is not null
        and date_source in ('clause', 'sentence')
        and begin_on is not null
        and begin_on = end_on
),
named as (
    select *, lower(regexp_extract(expression, '(?i)({WEEKDAYS})', 1)) as weekday
    from evidence
    where regexp_matches(expression, '{PLAIN_WEEKDAY}')
)
select event_mention_id, document_id, article_id, weekday, begin_on
from named
where weekday <> ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'][
    1 + (((begin_on - date '2001-01-01') % 7) + 7) % 7]"""
    ),
    description="An event dated to one day by an expression in its own sentence that is a plain weekday lies on that "
    "weekday.",
    severity=CRITICAL,
    why="The weekday in the sentence is the strongest evidence that there is.",
    breaks="A mention that was moved to another article's date though its own sentence names the day.",
    id_column="event_mention_id",
    set_aside="document",
)
