"""Annotate the passages of an article with its time expressions, tracking the day that the text speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tasks.records import Passage, Publication, TimeExpression


def find_time_expressions(
    text: str, *, char_start: int, anchor: date | None, reference_day: date | None, lang: str | None
) -> list[TimeExpression]:
    """Return the time expressions of one passage, sorted by where they begin."""
    return []


def annotate_times(
    passages: Sequence[Passage], publication: Publication, lang: str | None
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of an article's passages, sorted by where they begin."""
    found: list[TimeExpression] = []
    for passage in passages:
        found += find_time_expressions(
            passage.text,
            char_start=passage.char_start,
            anchor=publication.published_on,
            reference_day=None,
            lang=lang,
        )
    return tuple(found)
