"""Choose the day and time of publication among all that a page states.

The order of the sources is that of their accuracy on labelled pages. Two things are settled between them: on which
side of midnight a time in UTC was published, and whether figures such as 03/04/2026 put the day or the month first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from selectolax.lexbor import LexborHTMLParser

from tasks.parse.header_elements import Piece, read_dates
from tasks.parse.page_head import PageHead
from tasks.parse.publication_dates import (
    could_be_day,
    in_local_time,
    instant_of,
    most_precise,
    of_address,
    of_pieces,
    of_scripts,
    of_title,
    stated_in_head,
    texts_in_head,
)
from tasks.parse.relative_times import before_fetch
from tasks.parse.rendering import Rendering
from tasks.parse.stated_dates import day_of, with_month_and_day_swapped
from tasks.parse.structured_data import StructuredData
from tasks.parse.visible_dates import SOURCE_OF_CHANGE, beside_headline, elsewhere, lines_near_headline
from tasks.records import Stated

#: A day stored as an instant is the midnight of some clock: a full hour in UTC.
FULL_HOUR_IN_UTC = ":00:00+00:00"
AMERICAN, BRITISH = "en-us", "en-gb"


@dataclass(frozen=True, slots=True)
class DatedPage:
    """What of a page can tell its day of publication."""

    tree: LexborHTMLParser
    rendering: Rendering
    head: PageHead
    data: StructuredData
    headline_place: int | None  # of the headline's block
    address: str | None
    fetched: str | None  # ISO time


def choose_published(page: DatedPage, order: str | None) -> Stated | None:
    """Choose the time of publication, best evidence first; `order` is the language tag whose order figures follow."""
    pieces: list[Piece] = []
    found = next(_not_after_fetch(_candidates(page, order, pieces), page.fetched), None)
    other = with_month_and_day_swapped(found.value) if found is not None else None
    if found is None or other is None:
        return found
    reverse = BRITISH if (order or "").lower().startswith(AMERICAN) else AMERICAN
    reread = next(_candidates(page, reverse, pieces), None)
    if reread is None or reread.value != other:
        return found  # not written in figures that can be read both ways
    return reread if _is_confirmed(page, other, found.value, order, reverse) else found


def _candidates(page: DatedPage, order: str | None, pieces: list[Piece]) -> Iterator[Stated]:
    """Yield what each source states, in the order of their trust. `pieces` keeps the time elements between calls."""
    stated = most_precise(stated_in_head(page.head, page.data, "published", order))
    if stated is not None:
        texts = (text for text, _ in texts_in_head(page.head, page.data, "published"))
        local = in_local_time(stated, texts, page.address)
        yield _as_shown(page, local, order) if local.value.endswith(FULL_HOUR_IN_UTC) else local
    if not pieces:
        pieces.extend(read_dates(page.tree))
    marked = most_precise(of_pieces(pieces, order, marked=True))
    in_address = of_address(page.address)
    if marked is not None and (in_address is None or _agree(marked, in_address)):
        yield marked
    shown = beside_headline(page.rendering, page.headline_place, order)
    others = list(of_pieces(pieces, order, marked=False))
    for day in (in_address, shown if shown and shown.source != SOURCE_OF_CHANGE else None):
        if day is not None:
            yield next((other for other in others if "T" in other.value and day_of(other.value) == day.value), day)
    for later in (
        before_fetch(lines_near_headline(page.rendering, page.headline_place), page.fetched),
        of_title(page.head.title, order),
        of_scripts(script.text() for script in page.tree.css("script:not([src])")),
        most_precise(others),
        *elsewhere(page.rendering, page.headline_place, order),
        shown,
    ):
        if later is not None:
            yield later
    changed = most_precise(stated_in_head(page.head, page.data, "modified", order))
    if changed is not None:
        yield Stated(day_of(changed.value), SOURCE_OF_CHANGE)


def _as_shown(page: DatedPage, stated: Stated, order: str | None) -> Stated:
    """Take the day that the page shows where the stated time is that day's midnight on another clock."""
    shown = beside_headline(page.rendering, page.headline_place, order)
    instant = instant_of(stated.value)
    if shown is None or instant is None or shown.source == SOURCE_OF_CHANGE or instant.hour in (0, *range(3, 21)):
        return stated
    return shown if shown.value != day_of(stated.value) and could_be_day(instant, shown.value) else stated


def _agree(marked: Stated, in_address: Stated) -> bool:
    """Tell whether a time element and the address mean the same day, were it on either side of midnight."""
    if day_of(marked.value) == in_address.value:
        return True
    instant = instant_of(marked.value)
    return instant is not None and could_be_day(instant, in_address.value)


def _not_after_fetch(candidates: Iterator[Stated], fetched: str | None) -> Iterator[Stated]:
    """Leave out the days that lay ahead when the page was fetched; a day of grace for the zones of the clocks."""
    limit = (date.fromisoformat(day_of(fetched)) + timedelta(1)).isoformat() if fetched else "9999"
    return (candidate for candidate in candidates if day_of(candidate.value) <= limit)


def _is_confirmed(page: DatedPage, other: str, found: str, order: str | None, reverse: str) -> bool:
    """Tell whether the page's unmistakable dates say that a day in figures is to be read in the other order."""
    sure = {day_of(stated.value) for stated in _unmistakable(page, order, reverse)}
    if other in sure or found in sure:
        return found not in sure
    changed = {
        day_of(stated.value)
        for stated in stated_in_head(page.head, page.data, "modified", order)
        if with_month_and_day_swapped(stated.value) is None
    }
    return bool(changed) and found > max(changed) >= other


def _unmistakable(page: DatedPage, order: str | None, reverse: str) -> Iterator[Stated]:
    """Yield the days of other sources that read the same in either order."""
    if (in_address := of_address(page.address)) is not None:
        yield in_address
    shown = [beside_headline(page.rendering, page.headline_place, either) for either in (order, reverse)]
    shown += [next(elsewhere(page.rendering, page.headline_place, either), None) for either in (order, reverse)]
    for first, second in (shown[:2], shown[2:]):
        if first is not None and first == second:
            yield first
