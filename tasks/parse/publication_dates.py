"""Find the day and time of publication that a page states, best evidence first.

JSON-LD of the article, then meta elements, then time elements, then a date line beside the headline, then a date in
the address. Nothing is inferred: a page without any of them has no stated date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
    r"comment|related|teaser|sidebar|widget|footer|recent|archive|calendar|breadcrumb|copyright|event|popular|update|modif"
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
    """Take the first value; where it is a bare day, a later value of the same day that has the time."""
    values = list(found)
    if not values:
        return None
    first = values[0]
    if "T" in first.value:
        return first
    return next((other for other in values if "T" in other.value and day_of(other.value) == first.value), first)


def of_pieces(pieces: Iterable[Piece], lang: str | None) -> Iterator[Stated]:
    """Yield the dates of time elements, those marked as published first."""
    ranked = sorted(pieces, key=_rank)
    for piece in ranked:
        if OTHER_LABEL.search(piece.label) and "published" not in piece.label:
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
    """Find the date line beside the headline: the nearest short line that holds a date."""
    blocks = rendering.blocks
    place = headline_place(rendering, title)
    near = range(max(0, place - LINES_BEFORE), min(len(blocks), place + LINES_AFTER)) if place is not None else range(0)
    best: tuple[int, str] | None = None
    for index in near:
        assert place is not None
        value = date_of_line(rendering, blocks[index], lang)
        if value is None:
            continue
        distance = (index - place if index >= place else 3 * (place - index)) * 2 - _label_bonus(blocks[index])
        if best is None or distance < best[0]:
            best = (distance, value)
    if best is None:
        labelled = (block for block in blocks if _label_bonus(block) > 0)
        best = next(((0, value) for block in labelled if (value := date_of_line(rendering, block, lang))), None)
    return Stated(best[1], "visible-text") if best else None


def headline_place(rendering: Rendering, title: str | None) -> int | None:
    """Find the block of the headline: the one that is the title, else the first h1, else the first heading."""
    blocks = rendering.blocks
    wanted = " ".join((title or "").split()).lower()
    if wanted:
        for index, block in enumerate(blocks):
            if block.char_end - block.char_start <= len(wanted) + 10:
                text = " ".join(rendering.text[block.char_start : block.char_end].split()).lower()
                if text == wanted and block.signals.tag in ("h1", "h2", "h3"):
                    return index
    for tags in (("h1",), ("h2",)):
        for index, block in enumerate(blocks):
            if block.signals.tag in tags and not block.signals.hidden:
                return index
    return None


def date_of_line(rendering: Rendering, block: Block, lang: str | None) -> str | None:
    """Read the date of a short line; None for lines of running text, of links, of copyright notices."""
    length = block.char_end - block.char_start
    if length > MAX_DATE_LINE or block.signals.hidden or length < 6:
        return None
    labels = " ".join(block.signals.ancestors[-4:])
    text = rendering.text[block.char_start : block.char_end]
    if OTHER_LABEL.search(labels) or COPYRIGHT.search(text):
        return None
    dates = list(find_dates(text, lang))
    if not dates:
        return None
    if len(dates) > 1 and (match := MODIFIED_WORD.search(text)) is not None and match.start() < dates[0][0]:
        before_second = text[dates[0][0] : dates[1][0]]
        return dates[1][1] if PUBLISHED_WORD.search(before_second) else dates[0][1]
    return dates[0][1]


def _label_bonus(block: Block) -> int:
    return 6 if DATE_LABEL.search(" ".join(block.signals.ancestors[-2:])) or block.signals.tag == "time" else 0


def of_address(url: str | None) -> Stated | None:
    """Read the day in an address: /2026/03/04/, 2026-03-04 or 20260304."""
    match = URL_DAY.search(url or "")
    if match is not None and (found := day(match[1], match[3], match[4])) is not None:
        return Stated(found, "url")
    return None
