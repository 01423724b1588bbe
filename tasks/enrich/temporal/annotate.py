"""Annotate the passages of an article with its time expressions, tracking the day that the text speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tasks.enrich.calendar import granularity_of
from tasks.enrich.temporal.context import Context, Found
from tasks.enrich.temporal.foreign import scan_foreign
from tasks.enrich.temporal.scan import scan
from tasks.enrich.temporal.tokens import Tokens, tokenize
from tasks.enrich.temporal.wide_script import LANGUAGES as WIDE_LANGUAGES
from tasks.enrich.temporal.wide_script import scan_wide
from tasks.records import Passage, Publication, TimeExpression
from warehouse.vocabulary import Granularity

_FIRST_YEAR, _LAST_YEAR = 1000, 9000


def find_time_expressions(
    text: str, *, char_start: int, anchor: date | None, reference_day: date | None, lang: str | None
) -> list[TimeExpression]:
    """Return the time expressions of one passage, sorted by where they begin, none overlapping.

    `anchor` is the day of publication, from which "Wednesday" and "last week" count; without it they are found with
    TIMEX3 placeholders (XXXX-WXX-3) and no days. `reference_day` is the day that the text before the passage spoke of
    ("earlier that day"). `char_start` is added to all offsets. For a language other than English only explicit dates.
    """
    return _annotate(text, char_start, Context(anchor, reference_day), lang)


def annotate_times(
    passages: Sequence[Passage], publication: Publication, lang: str | None
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of an article's passages, sorted by where they begin."""
    context = Context(publication.published_on)
    found: list[TimeExpression] = []
    for passage in sorted(passages, key=lambda passage: passage.char_start):
        found += _annotate(passage.text, passage.char_start, context, lang)
    return tuple(found)


def _annotate(text: str, char_start: int, context: Context, lang: str | None) -> list[TimeExpression]:
    context.anchor, context.reference_day = _in_range(context.anchor), _in_range(context.reference_day)
    tokens, found = read_passage(text, context, lang)
    return [_record(tokens, expression, char_start) for expression in found]


def read_passage(text: str, context: Context, lang: str | None) -> tuple[Tokens, list[Found]]:
    """Return the tokens and the expressions of a passage by the rules of its language; English if that is unknown."""
    code = lang.partition("-")[0].lower() if lang else "en"
    if code in WIDE_LANGUAGES:
        return scan_wide(text, context.anchor)
    tokens = tokenize(text)
    return tokens, scan(tokens, context) if code == "en" else scan_foreign(tokens, code, context.anchor)


def _in_range(day: date | None) -> date | None:
    """Refuse days at the ends of the calendar, which counting would leave: no news is of them."""
    return day if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _record(tokens: Tokens, found: Found, char_start: int) -> TimeExpression:
    start, end = tokens.starts[found.first], tokens.ends[found.last - 1]
    granularity = Granularity.SET if found.timex_type == "SET" else granularity_of(found.value)
    return TimeExpression(
        char_start=char_start + start,
        char_end=char_start + end,
        text=tokens.text[start:end],
        value=found.value,
        timex_type=found.timex_type,
        granularity=granularity.value,
        begin_on=found.begin_on,
        end_on=found.end_on,
        anchor_on=found.anchor_on,
        anchor_source=found.anchor_source,
        modifier=found.modifier,
    )
