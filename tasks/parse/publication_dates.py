"""Find the day and time of publication that a page states, best evidence first.

JSON-LD of the article, then meta elements, then time elements, then a date line beside the headline, then a date in
the address. Nothing is inferred: a page without any of them has no stated date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from tasks.parse.header_elements import Piece
from tasks.parse.page_head import PageHead
from tasks.parse.rendering import Rendering
from tasks.parse.stated_dates import day, day_of, find_dates, read_date
from tasks.parse.structured_data import Node, StructuredData
from tasks.records import Block, Stated

URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-]?)(0?[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]|[1-9](?=/))(?!\d)")
MONTHS_IN_URL = re.compile(r"/((?:19|20)\d{2})/([a-z]{3,9})/(\d{1,2})(?!\d)")

#: Labels of elements that hold the date of an article, and of those that hold other dates.
DATE_LABEL = re.compile(
    r"date|time|publish|posted|byline|meta|info|dateline|stamp|author|datum|fecha|data\b|submitted|details",
    re.IGNORECASE,
)
OTHER_LABEL = re.compile(
    r"comment|related|teaser|sidebar|widget|footer|recent|archive|calendar|breadcrumb|copyright|popular|modif"
    r"|latest|most-?read|trending|promo|recommend|more-",
    re.IGNORECASE,
)
PUBLISHED_WORD = re.compile(
    r"publi|posted|veröffentlicht|erstellt|geschrieben|written|created|gepubliceerd|publicado|pubblicato|eingestellt|on\b|am\b|vom\b",
    re.IGNORECASE,
)
MODIFIED_WORD = re.compile(
    r"updat|modif|aktualisiert|geändert|stand:|actualiz|mis à jour|aggiorn|bijgewerkt|uppdater|opdater|oppdater|last\b",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)

LINES_BEFORE, LINES_AFTER = 8, 14
MAX_DATE_LINE = 180
DATE_OPENING = 36  # characters of a paragraph in which its opening date stands, with the place before it


def stated_in_head(head: PageHead, data: StructuredData, field: str, lang: str | None) -> Iterator[Stated]:
    """Yield the dates that JSON-LD and the meta elements state: `field` is published or modified."""
    names = ("datePublished", "dateCreated", "uploadDate") if field == "published" else ("dateModified",)
    yield from _of_node(data.article, names, lang)
    for text in head.stated(field):
        if (value := read_date(text, lang)) is not None:
            yield Stated(value, "meta")
    yield from _of_node(data.page, names, lang)


def _of_node(node: Node, names: Iterable[str], lang: str | None) -> Iterator[Stated]:
    for name in names:
        text = node.get(name)
        text = text[0] if isinstance(text, list) and text else text
        text = text.get("@value") if isinstance(text, dict) else text
        if isinstance(text, str | int) and (value := read_date(str(text), lang)) is not None:
            yield Stated(value, "json-ld")


def most_precise(found: Iterable[Stated]) -> Stated | None:
    """Take the first value, or a later one that says the same more precisely.

    That is a time of the same day where the first is a bare day, and the same instant in local time where the first is
    in UTC: the day of publication is the local one.
    """
    values = list(found)
    if not values:
        return None
    first = values[0]
    if "T" not in first.value:
        return next((other for other in values if "T" in other.value and day_of(other.value) == first.value), first)
    if first.value.endswith("+00:00"):
        return next((other for other in values if _is_same_instant_elsewhere(first.value, other.value)), first)
    return first


def _is_same_instant_elsewhere(utc: str, other: str) -> bool:
    if "T" not in other or other.endswith("+00:00"):
        return False
    return abs((datetime.fromisoformat(other) - datetime.fromisoformat(utc)).total_seconds()) < 60


def of_pieces(pieces: Iterable[Piece], lang: str | None, *, marked: bool) -> Iterator[Stated]:
    """Yield the dates of time elements: of those marked as the time of publication, or of the others."""
    for piece in pieces:
        if (_rank(piece) == 0) is not marked or OTHER_LABEL.search(piece.label):
            continue
        if MODIFIED_WORD.search(piece.text) and not PUBLISHED_WORD.search(piece.text):
            continue
        for text in (*piece.values, piece.text[:MAX_DATE_LINE]):
            if (value := read_date(text, lang)) is not None:
                yield Stated(value, "time-element")
                break


def _rank(piece: Piece) -> int:
    if re.search(r"datepublished|published|pubdate|entry-date", piece.label) or "pubdate" in piece.values:
        return 0
    return 2 if re.search(r"modified|updated", piece.label) else 1


def of_visible_text(rendering: Rendering, title: str | None, lang: str | None) -> Stated | None:
    """Find the date line beside the headline: the nearest short line that holds a date.

    Where no line near the headline has one, the first line anywhere that is marked up as a date.
    """
    blocks = rendering.blocks
    place = headline_place(rendering, title)
    best: tuple[int, str] | None = None
    if place is not None:
        for index in range(max(0, place - LINES_BEFORE), min(len(blocks), place + LINES_AFTER)):
            value = date_of_line(rendering, blocks[index], lang, is_close=0 <= index - place <= 3)
            if value is None:
                continue
            distance = (index - place if index >= place else 3 * (place - index)) * 2 - _label_bonus(blocks[index])
            if best is None or distance < best[0]:
                best = (distance, value)
    if best is None:
        labelled = (block for block in blocks if _label_bonus(block) > 0)
        best = next(((0, value) for block in labelled if (value := date_of_line(rendering, block, lang))), None)
    return Stated(best[1], "visible-text") if best else None


def lines_near_headline(rendering: Rendering, title: str | None) -> list[str]:
    """List the short lines after the headline, nearest first, then those before it."""
    place = headline_place(rendering, title)
    if place is None:
        return []
    after = rendering.blocks[place + 1 : place + LINES_AFTER]
    before = rendering.blocks[max(0, place - LINES_BEFORE) : place]
    blocks = (*after, *reversed(before))
    return [
        line.strip()
        for block in blocks
        if block.char_end - block.char_start <= MAX_DATE_LINE and not block.signals.hidden
        for line in rendering.text[block.char_start : block.char_end].splitlines()
    ]


def headline_place(rendering: Rendering, title: str | None) -> int | None:
    """Find the block of the headline: the one whose text is the title, else the first h1, else the first h2."""
    blocks = rendering.blocks
    wanted = " ".join((title or "").split()).lower()
    equal = [index for index, block in enumerate(blocks) if wanted and _is_text(rendering, block, wanted)]
    for index in equal:
        if blocks[index].signals.tag in ("h1", "h2", "h3"):
            return index
    if equal and not blocks[equal[0]].signals.link_chars:
        return equal[0]
    for tags in (("h1",), ("h2",)):
        for index, block in enumerate(blocks):
            if block.signals.tag in tags and not block.signals.hidden:
                return index
    return None


def _is_text(rendering: Rendering, block: Block, wanted: str) -> bool:
    if not len(wanted) <= block.char_end - block.char_start <= len(wanted) + 10:
        return False
    return " ".join(rendering.text[block.char_start : block.char_end].split()).lower() == wanted


def date_of_line(rendering: Rendering, block: Block, lang: str | None, *, is_close: bool = False) -> str | None:
    """Read the date of a short line; None for running text, other stories' lines, copyright notices.

    A line close to the headline may belong to a "teaser" by its class, and may be a paragraph that opens with its date.
    """
    if block.signals.hidden or block.char_end - block.char_start < 6:
        return None
    text = rendering.text[block.char_start : block.char_end]
    labels = " ".join(block.signals.ancestors[-4:])
    if COPYRIGHT.search(text[:MAX_DATE_LINE]) or (not is_close and OTHER_LABEL.search(labels)):
        return None
    if len(text) > MAX_DATE_LINE:
        return next((found for _, found in find_dates(text[:DATE_OPENING], lang)), None) if is_close else None
    dates = list(find_dates(text, lang))
    if not dates:
        return None
    if len(dates) > 1 and (match := MODIFIED_WORD.search(text)) is not None and match.start() < dates[0][0]:
        between = text[dates[0][0] : dates[1][0]]
        return dates[1][1] if PUBLISHED_WORD.search(between) else dates[0][1]
    return dates[0][1]


def _label_bonus(block: Block) -> int:
    return 6 if DATE_LABEL.search(" ".join(block.signals.ancestors[-2:])) or block.signals.tag == "time" else 0


def of_address(url: str | None) -> Stated | None:
    """Read the day in an address: /2026/03/04/, 2026-03-04 or 20260304."""
    match = URL_DAY.search(url or "")
    if match is not None and (found := day(match[1], match[3], match[4])) is not None:
        return Stated(found, "url")
    return None
