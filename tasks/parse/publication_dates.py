"""Find the day and time of publication that a page states, best evidence first.

JSON-LD of the article, then meta elements, then a day in the address, then what the page shows beside its headline,
then other time elements, the page's scripts, and date lines elsewhere. Nothing is inferred: a page without any of them
has no stated date. Where a page states only the day of its last change, that day is given with the source `modified`.

A time is kept with the offset that the page states. A time without an offset is no instant: it gives its day only,
unless the page states the same instant in UTC beside it, which makes the offset known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone

from tasks.parse.header_elements import Piece
from tasks.parse.page_head import PageHead
from tasks.parse.stated_dates import day, day_of, find_dates, naive_time, read_date
from tasks.parse.structured_data import Node, StructuredData
from tasks.parse.visible_dates import MAX_DATE_LINE, OTHER_LABEL, is_of_change
from tasks.records import Stated

URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-]?)(0?[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]|[1-9](?=/))(?!\d)")

#: Names under which the scripts of a page keep the day of publication, with the value that follows.
SCRIPT_DATE = re.compile(
    r"""["'\s,{](?:article|story|content|first|original|page)?_?"""
    r"""(?:date_?published|publi(?:sh|shed|cation|shing)_?(?:date|at|on|time)|date_?of_?publication|pub_?date)"""
    r"""["']?\s*[:=]\s*["'](\d{4}-?\d\d-?\d\d[^"'\\<]{0,30}|\w{3}, \d[^"'\\<]{10,30})["']""",
    re.IGNORECASE,
)
MAX_SCRIPT = 400_000
#: Offsets of the zones in which many people live, hours east of UTC.
WESTMOST, EASTMOST = timedelta(hours=-10), timedelta(hours=13)


def stated_in_head(head: PageHead, data: StructuredData, field: str, lang: str | None) -> Iterator[Stated]:
    """Yield the dates that JSON-LD and the meta elements state: `field` is published or modified."""
    for text, source in texts_in_head(head, data, field):
        if (value := read_date(text, lang)) is not None:
            yield Stated(value, source)


def texts_in_head(head: PageHead, data: StructuredData, field: str) -> Iterator[tuple[str, str]]:
    """Yield the texts that are meant to be dates, with their sources, best evidence first."""
    names = ("datePublished", "dateCreated", "uploadDate") if field == "published" else ("dateModified",)
    yield from _of_node(data.article, names)
    for text in head.stated(field):
        yield text, "meta"
    yield from _of_node(data.page, names)


def _of_node(node: Node, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        text = node.get(name)
        text = text[0] if isinstance(text, list) and text else text
        text = text.get("@value") if isinstance(text, dict) else text
        if isinstance(text, str | int):
            yield str(text), "json-ld"


def in_local_time(first: Stated, texts: Iterable[str], address: str | None) -> Stated:
    """Give a time in UTC the offset of the publisher's clock, or else its day there, where the page tells them.

    The day of publication is the local one. A time without offset that is the same instant on another clock gives the
    offset; a day in the address next to that of the time gives the day.
    """
    if not first.value.endswith("+00:00"):
        return first
    instant = datetime.fromisoformat(first.value)
    for text in texts:
        local = naive_time(text)
        if local is None:
            continue
        offset = local - instant.replace(tzinfo=None)
        if offset and WESTMOST <= offset <= EASTMOST and not offset % timedelta(minutes=15):
            return Stated(local.replace(tzinfo=timezone(offset)).isoformat(), first.source)
    in_address = of_address(address)
    if in_address is not None and in_address.value != day_of(first.value) and could_be_day(instant, in_address.value):
        return in_address
    return first


def instant_of(value: str) -> datetime | None:
    """Return the instant that an ISO value with an offset names; None for a day."""
    return datetime.fromisoformat(value).astimezone(UTC) if "T" in value else None


def could_be_day(instant: datetime, day_there: str) -> bool:
    """Tell whether an instant falls on a day somewhere where many people live."""
    days = {(instant + offset).date().isoformat() for offset in (WESTMOST, timedelta(0), EASTMOST)}
    return day_there in days


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
        if is_of_change(piece.text):
            continue
        for text in (*piece.values, piece.text[:MAX_DATE_LINE]):
            if (value := read_date(text, lang)) is not None:
                yield Stated(value, "time-element")
                break


def _rank(piece: Piece) -> int:
    if re.search(r"datepublished|published|pubdate|entry-date", piece.label) or "pubdate" in piece.values:
        return 0
    return 2 if re.search(r"modified|updated", piece.label) else 1


def of_address(url: str | None) -> Stated | None:
    """Read the day in an address: /2026/03/04/, 2026-03-04 or 20260304."""
    match = URL_DAY.search(url or "")
    if match is not None and (found := day(match[1], match[3], match[4])) is not None:
        return Stated(found, "url")
    return None


def of_title(title: str | None, lang: str | None) -> Stated | None:
    """Read the day at the end of a title element: "Rain stops play | The Example | 04.03.2026"."""
    last = re.split(r"\s[|–—-]\s", title or "")[-1].strip() if title else ""
    dates = list(find_dates(last, lang)) if len(last) <= 20 else []
    return Stated(dates[0][1], "title-element") if dates and dates[0][0] == 0 and last != title else None


def of_scripts(scripts: Iterable[str]) -> Stated | None:
    """Read the day of publication that the page's scripts hold, where they hold only one."""
    days: dict[str, str] = {}
    for script in scripts:
        for match in SCRIPT_DATE.finditer(script, 0, MAX_SCRIPT):
            if (value := read_date(match[1])) is not None:
                days.setdefault(day_of(value), value)
    return Stated(next(iter(days.values())), "script") if len(days) == 1 else None
