"""Two copies side by side: their matched passages, where these stand in the documents, and the words that differ."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import duckdb

from tasks.dedupe.differences import Change, find_changes
from warehouse.reading import query
from warehouse.vocabulary import TEXT_KINDS

Row = dict[str, Any]
#: Where a kept block begins, in the article's text and in documents.text.
Places = Sequence[tuple[int, int]]

#: Marks of words that only the one side has; they tell the sides apart without colours.
ONLY_HERE, ONLY_THERE = ("[-", "-]"), ("{+", "+}")
#: Characters of unchanged text that are shown beside a difference.
CONTEXT = 48


def find_places(connection: duckdb.DuckDBPyConnection, article_id: str) -> Places:
    """Find where the blocks that make up an article's text begin, in that text and in its document's."""
    kinds = ", ".join(f"'{kind}'" for kind in TEXT_KINDS)
    rows = query(
        connection,
        f"select char_start, text from blocks where article_id = ? and is_kept and kind in ({kinds}) order by ordinal",
        [article_id],
    ).rows
    places, length = [], 0
    for char_start, text in rows:
        stripped = text.strip()
        places.append((length, char_start + len(text) - len(text.lstrip())))
        length += len(stripped) + len("\n\n")
    return places


def place_in_document(places: Places, start: int, end: int) -> tuple[int, int]:
    """Turn a range of an article's text into one of documents.text; removed blocks within it lie in the range too."""
    return _place(places, start), _place(places, end - 1) + 1


def _place(places: Places, offset: int) -> int:
    in_text, in_document = places[bisect_right(places, offset, key=lambda place: place[0]) - 1]
    return in_document + offset - in_text


def compare_texts(text: str, other: str) -> list[Row]:
    """List the differences of two texts: added, removed or changed words, with their offsets in both."""
    return [
        {
            "kind": _kind(change),
            "here": text[change.start : change.end],
            "there": other[change.other_start : change.other_end],
            "here_start": change.start,
            "here_end": change.end,
            "there_start": change.other_start,
            "there_end": change.other_end,
        }
        for change in find_changes(text, other)
    ]


def _kind(change: Change) -> str:
    if not change.word_count:
        return "added"
    return "changed" if change.other_word_count else "removed"


def mark_differences(text: str, differences: Sequence[Row], side: str) -> str:
    """Show one side (`here` or `there`) with its own words marked, and of the rest what stands beside them.

    >>> mark_differences("Seven men left.", compare_texts("Seven men left.", "Nine men left."), "here")
    '[-Seven-] men left.'
    """
    opening, closing = ONLY_HERE if side == "here" else ONLY_THERE
    parts, place = [], 0
    for difference in differences:
        start, end = difference[f"{side}_start"], difference[f"{side}_end"]
        parts.append(_shorten(text[place:start], is_first=not place, is_last=False))
        parts.append(f"{opening}{text[start:end]}{closing}" if start < end else "")
        place = end
    parts.append(_shorten(text[place:], is_first=not place, is_last=True))
    return " ".join("".join(parts).split())


def _shorten(text: str, *, is_first: bool, is_last: bool) -> str:
    """Leave out the middle of unchanged text; at the ends of a passage, its outer part."""
    room = CONTEXT * (1 if is_first or is_last else 2)
    if is_first and is_last:
        room = 2 * CONTEXT
    if len(text) <= room + CONTEXT // 2:
        return text
    head = "" if is_first and not is_last else text[:CONTEXT].rpartition(" ")[0]
    tail = "" if is_last else text[-CONTEXT:].partition(" ")[2]
    return f"{head} … {tail}"
