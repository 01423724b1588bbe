"""The day that a flattened page shows beside its headline, in a line that cleaning left out of the article.

The lines around the headline of a flattened page are menus, players and shares as often as bylines, so the line with
the date may be taken for one of them; where it stands, it says when the article was published all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tasks.parse.relative_times import before_fetch
from tasks.parse.rendering import Rendering
from tasks.parse.stated_dates import day_of, with_month_and_day_swapped
from tasks.parse.visible_dates import beside_headline, lines_near_headline
from tasks.records import Block, CleanBlock, ParsedDocument, Stated
from warehouse.vocabulary import TEXT_KINDS, BlockKind

#: Figures that put the month first in the United States and the day first elsewhere.
_SLASHED = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}/\d{2,4}(?!\d)")


def day_beside_headline(parsed: ParsedDocument, own: Sequence[CleanBlock], lang: str | None) -> Stated | None:
    """Return the day that a line beside the lead's headline shows, or what its age there gives with the fetch time.

    `own` are the blocks of the lead; `lang` its language, which says how figures are read. In English "03/04/2026" is
    read only where the day of the fetch leaves one reading.
    """
    lines = [block for block in parsed.blocks if block.kind != BlockKind.WHITESPACE]
    place = _place_of_headline(lines, own)
    if place is None:
        return None
    rendering = Rendering(parsed.text, tuple(lines))
    fetched = parsed.metadata.fetched
    shown = beside_headline(rendering, place, lang)
    if shown is not None:
        near = parsed.text[lines[max(0, place - 8)].char_start : lines[min(len(lines) - 1, place + 14)].char_end]
        return _sure(shown, near, lang, last_day(fetched))
    return before_fetch(lines_near_headline(rendering, place), fetched.value if fetched else None)


def _place_of_headline(lines: Sequence[Block], own: Sequence[CleanBlock]) -> int | None:
    """Find the line of the kept headline, else the one above the first kept text."""
    kept = [block for block in own if block.is_kept]
    headline = next((block for block in kept if block.kind == BlockKind.HEADLINE), None)
    first = headline or next((block for block in kept if block.kind in TEXT_KINDS), None)
    if first is None:
        return None
    place = next((index for index, line in enumerate(lines) if line.char_end > first.char_start), None)
    return place if headline is not None or not place else place - 1


def last_day(fetched: Stated | None) -> str:
    """Return the last ISO day on which a page can have been published: a zone's clock after its fetch."""
    return (date.fromisoformat(day_of(fetched.value)) + timedelta(1)).isoformat() if fetched else "9999-12-31"


def _sure(shown: Stated, near: str, lang: str | None, limit: str) -> Stated | None:
    """Refuse a day after the `limit`, and one in figures that could as well be another day."""
    other = with_month_and_day_swapped(shown.value)
    is_english = lang is None or lang.partition("-")[0] == "en"
    if other is None or not is_english or not _SLASHED.search(near):
        return shown if day_of(shown.value) <= limit else None
    possible = [day for day in (shown.value, other) if day <= limit]
    return Stated(possible[0], shown.source) if len(possible) == 1 else None
