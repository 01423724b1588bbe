"""Rules for financial comparisons: "a year earlier", "the year-ago quarter", "the latest period".

A report that speaks of a quarter compares it with the same quarter of the year before, so these lean on the first
quarter that the text named.
"""

from __future__ import annotations

from datetime import timedelta

from tasks.enrich.calendar import quarter_of
from tasks.enrich.temporal.context import Context, Found, dated
from tasks.enrich.temporal.days import date_within
from tasks.enrich.temporal.lexicon import DASHES
from tasks.enrich.temporal.tokens import Tokens

_SAME = ("same", "corresponding", "comparable")
_PERIODS = ("quarter", "period")


def comparison_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read a comparison around "year", "quarter" or "period"; None where the words are none."""
    word = tokens.words[index]
    if word == "year":
        return _year_ago(tokens, index, floor, context)
    if word in _PERIODS:
        return _the_quarter(tokens, index, floor, context)
    return None


def _year_ago(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    hyphen = tokens.word(index + 1) in DASHES
    after = index + 2 if hyphen else index + 1
    if tokens.word(after) not in ("ago", "earlier"):
        return None
    article = tokens.word(index - 1) in ("a", "one", "the") and index - 1 >= floor
    if not hyphen and not (article and tokens.word(index - 1) == "a"):
        return None
    last = after + 1
    first = index - 1 if article else index
    if hyphen and tokens.word(last) in _PERIODS:
        last += 1
    elif not article or tokens.word(index - 1) == "the":
        first = index
    return _year_before(first, last, context)


def _year_before(first: int, last: int, context: Context) -> Found:
    if context.quarter is not None:
        year, quarter = context.quarter
        return dated(first, last, f"{year - 1:04d}-Q{quarter}", anchor_on=context.anchor, source="reference-day")
    if context.anchor is None:
        return Found(first, last, "PAST_REF")
    return dated(first, last, f"{context.anchor.year - 1:04d}", anchor_on=context.anchor, source="published")


def _the_quarter(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    before = tokens.word(index - 1) if index - 1 >= floor else ""
    year = tokens.number(index - 1) if before else None
    ended = _ended_quarter(tokens, index, floor, context) if before in ("the", "a", "its") else None
    if ended is not None:
        return ended
    if year is not None and 1900 <= year <= 2100:  # "the 1988 period"
        first = index - 2 if tokens.word(index - 2) == "the" and index - 2 >= floor else index - 1
        value = f"{year:04d}-Q{context.quarter[1]}" if context.quarter else f"{year:04d}"
        return dated(first, index + 1, value)
    if before not in ("the", "latest", "current", "this", "that", *_SAME) or context.quarter is None:
        return None
    last = index + 1
    following = tuple(tokens.words[last : last + 3])
    steps = 0
    if following[:2] == ("last", "year"):
        steps, last = -1, last + 2
    elif following in (("a", "year", "ago"), ("a", "year", "earlier")):
        steps, last = -1, last + 3
    if tokens.words[index] == "period" and before != "latest" and not steps:
        return None
    if before in _SAME and not steps:
        return None
    first = index - 1
    if tokens.word(first - 1) == "the" and first - 1 >= floor:
        first -= 1
    named, quarter = context.quarter
    return dated(first, last, f"{named + steps:04d}-Q{quarter}", anchor_on=context.anchor, source="reference-day")


def _ended_quarter(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "the quarter ended Sept. 30": the calendar quarter that holds most of those three months."""
    if tokens.words[index] != "quarter" or tokens.word(index + 1) not in ("ended", "ending"):
        return None
    target = date_within(tokens, index + 2, context, 1)
    if target is None or target.begin_on is None:
        return None
    middle = target.begin_on - timedelta(45)
    value = f"{middle.year:04d}-Q{quarter_of(middle)}"
    source = "published" if context.anchor else "explicit"
    return dated(index - 1, index + 1, value, anchor_on=context.anchor, source=source)
