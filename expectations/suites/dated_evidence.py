"""Dates against the words that state them: a named month is the month of the date, "yesterday" is the day before."""

from __future__ import annotations

from expectations.checks import CRITICAL, Check
from expectations.offenders import ExpectNoOffenders
from expectations.stock import gxe
from expectations.suites.temporal_checks import DAY_OF_MONTH, MONTHS, PLAIN_WEEKDAY

#: A day and a month, the year stated or not, and nothing else.
PLAIN_DATE = f"(?i)^(?:(?:{MONTHS})\\.? {DAY_OF_MONTH}|{DAY_OF_MONTH}(?: of)? (?:{MONTHS})\\.?)(?:,? (\\d{{4}}))?$"
#: A value of TIMEX3: a point of the calendar with X for what is not known, a range of two points, a duration, or a
#: reference to the past, the present or the future.
POINT = (
    "(?:BC)?[0-9X]{2,4}(?:-[0-9X]{2}(?:-[0-9X]{2})?|-W[0-9X]{2}(?:-(?:WE|[1-7]))?|-Q[1-4X]|-H[12X]|-(?:SP|SU|FA|WI))?"
    "(?:T(?:[0-9X]{2}(?::[0-9X]{2}){0,2}Z?|MO|MI|AF|EV|NI|DT))?"
)
AMOUNT = "T?(?:[0-9]+(?:\\.[0-9]+)?|X+)(?:CE|DE|WE|[YMWDHSQC])"
TIMEX3 = f"^(?:{POINT}(?:/(?:{POINT}|\\.\\.))?|\\.\\./{POINT}|P(?:{AMOUNT})+|(?:PAST|PRESENT|FUTURE)_REF)$"

STATED_DATES_ARE_THEIR_WORDS = Check(
    name="stated-dates-are-what-their-words-say",
    table="time_expressions",
    expectation=ExpectNoOffenders(
        query=f"""
with plain as (
    select
        time_expression_id, document_id, article_id, begin_on,
        regexp_replace(text, '\\s+', ' ', 'g') as words,
        regexp_extract(words, '(?i)({MONTHS})', 1) as month_name,
        try_cast(regexp_extract(words, '\\b(\\d{{1,2}})(?:st|nd|rd|th)?\\b', 1) as integer) as day_number,
        try_cast(regexp_extract(words, '\\b(\\d{{4}})\\b', 1) as integer) as year_number
    from time_expressions
    where begin_on is not null and granularity = 'day'
)
select time_expression_id, document_id, article_id, words, begin_on
from plain
where regexp_matches(words, '{PLAIN_DATE}')
    and (
        lower(left(month_name, 3)) <> lower(strftime(begin_on, '%b'))
        or day_number <> day(begin_on)
        or year_number <> year(begin_on)
    )
union all
select time_expression_id, document_id, article_id, text, begin_on
from time_expressions
where begin_on is not null
    and regexp_matches(text, '^(1[0-9]|20)\\d{{2}}$')
    and (year(begin_on) <> text::integer or granularity <> 'year')"""
    ),
    description="An expression that is nothing but a day and a month, with or without the year, has that day, month "
    "and year; one that is a year alone begins in that year and is of its granularity.",
    severity=CRITICAL,
    why="These words leave nothing to interpret.",
    breaks="Day and month in the wrong order, or a date moved by a time zone.",
    id_column="time_expression_id",
    set_aside="document",
)

NEAR_WORDS_ARE_NEAR = Check(
    name="near-words-are-near-their-anchor",
    table="time_expressions",
    expectation=ExpectNoOffenders(
        query=f"""
select time_expression_id, document_id, article_id, text as words, anchor_on, begin_on
from time_expressions
where begin_on is not null and anchor_on is not null
    and (
        begin_on - anchor_on <> case lower(text) when 'today' then 0 when 'yesterday' then -1 when 'tomorrow' then 1 end
        or (
            regexp_matches(text, '{PLAIN_WEEKDAY}') and not regexp_matches(text, '\\d')
            and abs(begin_on - anchor_on) > case when lower(text) like 'next %' then 13 else 9 end
        )
    )"""
    ),
    description="`today`, `yesterday` and `tomorrow` are that many days from the day they are reckoned from, and a "
    "plain weekday lies within 9 days of it (13 where it is the next one).",
    severity=CRITICAL,
    why="A weekday without a date is of this week, the last or the next; two days cover an anchor that is itself "
    "a range.",
    breaks="A text dated by one anchor and reckoned from another.",
    id_column="time_expression_id",
    set_aside="document",
)

MENTIONS_ARE_THEIR_EXPRESSION = Check(
    name="mentions-have-the-days-of-their-expression",
    table="event_mentions",
    expectation=ExpectNoOffenders(
        query="""
select event_mention_id, event_mentions.document_id, event_mentions.article_id, time_expressions.text as words,
    event_mentions.begin_on, time_expressions.begin_on as stated_on
from event_mentions
left join time_expressions
    on time_expressions.article_id = event_mentions.article_id
    and time_expressions.char_start = event_mentions.expression_start
    and time_expressions.char_end = event_mentions.expression_end
where event_mentions.expression_start is not null
    and event_mentions.date_source in ('clause', 'sentence')
    and (
        time_expressions.article_id is null
        or (
            time_expressions.granularity in ('instant', 'day', 'month', 'year')
            and event_mentions.granularity <> 'interval'
            and (
                event_mentions.granularity in ('instant', 'day') <> (time_expressions.granularity in ('instant', 'day'))
                or case event_mentions.begin_on - time_expressions.begin_on
                    when 0 then false
                    when 7 then event_mentions.status <> 'scheduled'
                    when 1 then event_mentions.granularity <> 'instant' and time_expressions.timex_type <> 'TIME'
                    when -1 then event_mentions.granularity <> 'instant' and time_expressions.timex_type <> 'TIME'
                    else true
                end
            )
        )
    )"""
    ),
    description="A mention dated by an expression of its sentence names an expression that is there, and is of its "
    "day, month or year (the weekday of a plan may be read a week on, a time of night a day on; intervals and "
    "durations apart).",
    severity=CRITICAL,
    why="The expression is the mention's evidence.",
    breaks="A mention that was moved without its expression, or a year told as its first day.",
    id_column="event_mention_id",
    set_aside="document",
)


def length_fits_granularity(table: str, id_column: str) -> Check:
    """Say that a day is a day long, a month at most 31, and so on."""
    owner = ", document_id, article_id" if table != "events" else ""
    return Check(
        name=f"{table.replace('_', '-')}-are-as-long-as-their-granularity",
        table=table,
        expectation=ExpectNoOffenders(
            query=f"""
select {id_column}{owner}, value, granularity, begin_on, end_on
from {table}
where end_on - begin_on > case granularity
        when 'instant' then 2 when 'day' then 2 when 'week' then 7 when 'month' then 31 when 'quarter' then 93
        when 'season' then 95 when 'year' then 366
    end"""
        ),
        description=f"In {table} an instant or a day lasts at most three days, a week eight, a month 32, a quarter 94, "
        "a season 96, a year 367.",
        severity=CRITICAL,
        why="People filter on the granularity to leave out vague dates. Parts (early in a month) are shorter; a day "
        'told as "48 hours ago" spans the night.',
        breaks="A year that is claimed to be a day.",
        id_column=id_column,
    )


def values_are_timex3(table: str, id_column: str) -> Check:
    """Say that every value is written as TIMEX3 writes them."""
    owner = ", document_id, article_id" if table != "events" else ""
    return Check(
        name=f"{table.replace('_', '-')}-values-are-timex3",
        table=table,
        expectation=ExpectNoOffenders(
            query=f"""
select {id_column}{owner}, value
from {table}
where not regexp_matches(value, '{TIMEX3}')"""
        ),
        description=f"In {table} every value is a calendar point, a range of two, a duration or a reference, as TIMEX3 "
        "writes them.",
        severity=CRITICAL,
        why="People parse the values.",
        breaks="A value that was cut off or put together of two.",
        id_column=id_column,
    )


def granularity_fits_value(table: str, id_column: str) -> Check:
    """Say that a value that is a day, a month or a year is called so."""
    owner = ", document_id, article_id" if table != "events" else ""
    return Check(
        name=f"{table.replace('_', '-')}-granularity-fits-the-value",
        table=table,
        expectation=ExpectNoOffenders(
            query=f"""
select {id_column}{owner}, value, granularity
from {table}
where case
    when regexp_matches(value, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$') then granularity not in ('day', 'interval')
    when regexp_matches(value, '^[0-9]{{4}}-[0-9]{{2}}$') then granularity not in ('month', 'interval')
    when regexp_matches(value, '^[0-9]{{4}}$') then granularity not in ('year', 'interval')
    when regexp_matches(value, '^[0-9]{{4}}-W[0-9]{{2}}') then granularity not in ('week', 'interval')
    when regexp_matches(value, '_REF$') then granularity in ('day', 'month', 'year', 'week')
end"""
        ),
        description=f"In {table} a value that is a day, a week, a month or a year has that granularity (or is an end "
        "of an interval), and a mere reference has none of them.",
        severity=CRITICAL,
        why="People filter on the granularity to leave out vague dates.",
        breaks="A day that is claimed to be a year.",
        id_column=id_column,
    )


DATED_EVIDENCE = (
    Check(
        name="anchors-are-the-publication",
        table="time_expressions",
        expectation=ExpectNoOffenders(
            query="""
select time_expression_id, time_expressions.document_id, article_id, anchor_on, published_on
from time_expressions
join articles using (article_id)
where anchor_source = 'published' and anchor_on is distinct from published_on"""
        ),
        description="What is reckoned from the publication is reckoned from the article's own day of publication.",
        severity=CRITICAL,
        why="A day of publication that changed after the text was dated leaves every relative date wrong.",
        breaks="Articles dated anew without their annotations, or annotations of another run.",
        id_column="time_expression_id",
    ),
    Check(
        name="undated-reasons-are-words",
        table="undated_mentions",
        expectation=gxe.ExpectColumnValuesToMatchRegex(column="undated_reason", regex="^[a-z][a-z', -]*[a-z]$"),
        description="Every mention without a date says why, in small letters.",
        severity=CRITICAL,
        why="Whoever misses a date must find why there is none.",
        breaks="A new reason that is not written like the others.",
        id_column="event_mention_id",
    ),
    STATED_DATES_ARE_THEIR_WORDS,
    NEAR_WORDS_ARE_NEAR,
    MENTIONS_ARE_THEIR_EXPRESSION,
    *(
        say(table, key)
        for say in (length_fits_granularity, values_are_timex3, granularity_fits_value)
        for table, key in (
            ("time_expressions", "time_expression_id"),
            ("event_mentions", "event_mention_id"),
            ("events", "event_id"),
        )
    ),
    Check(
        name="anchors-and-sources-are-known",
        table="time_expressions",
        expectation=ExpectNoOffenders(
            query="""
select time_expression_id, document_id, article_id, anchor_source, anchor_on
from time_expressions
where anchor_source not in ('published', 'reference-day', 'explicit', 'none')"""
        ),
        description="Every time expression is reckoned from the publication, a reference day, or nothing.",
        severity=CRITICAL,
        why="Every inferred value says how.",
        breaks="A new anchor that the audit does not know yet.",
        id_column="time_expression_id",
    ),
    Check(
        name="event-statuses-come-from-a-mention",
        table="events",
        expectation=ExpectNoOffenders(
            query="""
select event_id, status
from events
anti join event_mentions on event_mentions.event_id = events.event_id and event_mentions.status = events.status"""
        ),
        description="The status of every event is that of one of its mentions.",
        severity=CRITICAL,
        why="Whoever asks what happened must not be told what nobody reported.",
        breaks="A merge that computes a status instead of choosing one.",
        id_column="event_id",
    ),
)
