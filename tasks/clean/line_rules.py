"""Removal rules that speak for themselves, and the names of what the scorecard removed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import Line

#: A line this wide that stands twice in a row is a caption (its picture's and its gallery's), not a label.
CAPTION_LETTERS = 40
#: How many lines after the head of a section still belong to it, when nothing else names them.
SECTION_LINES = 25
#: A row of a table of prices: a name, a figure, and its change with a sign.
PRICE_ROW = re.compile(r"\S[^.!?;]{1,40}?[\t ]\D{0,2}\d[\d.,]*[\t ]\(?[+\-−–]\d+(?:[.,]\d+)? ?%\)?\Z")
PRICE_ROW_LETTERS = 80
#: A box or section that a label heads has a sentence within this many lines.
HEAD_REACH = 5
SECTION_RULES = {
    "related-articles": "teaser",
    "comments": "comments",
    "newsletter-box": "newsletter-box",
    "author-biography": "author-biography",
    "legal-notice": "legal-notice",
}


def forced_removals(lines: Sequence[Line]) -> list[str | None]:
    """Name the rule for each line that is furniture whatever stands around it; None for all others.

    A phrase counts only where the line stands alone: the words of a link inside a sentence ("Share", "News") are
    parted from their sentence in flattened text, and stay.
    """
    rules: list[str | None] = []
    has_player = any(line.phrase == "player-furniture" for line in lines)
    for place, line in enumerate(lines):
        if line.phrase and not is_inside_sentence(lines, place):
            rules.append(line.phrase)
        elif place and is_repeated_caption(lines, place):
            rules.append("repeated-caption")
        elif is_price_row(lines, place):
            rules.append("page-furniture")
        elif has_player and is_player_title(lines, place):
            rules.append("player-furniture")
        elif line.shape.pattern == "relative" or (
            line.shape.pattern in ("clock", "symbol") and line.shape.words == 0 and not is_inside_sentence(lines, place)
        ):
            rules.append(
                "stray-date"
                if line.shape.pattern == "relative"
                else "player-furniture"
                if line.shape.pattern == "clock"
                else None
            )
        else:
            rules.append(None)
    return rules


def is_inside_sentence(lines: Sequence[Line], place: int) -> bool:
    """Tell whether the sentence before runs into this line and on into the next."""
    if not 0 < place < len(lines) - 1:
        return False
    before, after = lines[place - 1].shape, lines[place + 1].shape
    runs_in = before.function_words >= 2 and before.end in ("none", "comma")
    runs_on = after.start == "mark" if after.words == 0 else after.start in ("lower", "mark") and after.width >= 20
    return runs_in and runs_on


def is_repeated_caption(lines: Sequence[Line], place: int) -> bool:
    """Tell whether the line repeats the one before it word for word and is long enough for a caption."""
    return lines[place].shape.width >= CAPTION_LETTERS and lines[place].key == lines[place - 1].key


def is_price_row(lines: Sequence[Line], place: int) -> bool:
    """Tell whether the line is one of several rows of prices with their changes, which no prose is made like."""
    return reads_like_price_row(lines[place]) and any(
        reads_like_price_row(line) for line in (*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2])
    )


def reads_like_price_row(line: Line) -> bool:
    """Tell whether a line names something, with a figure and its change in percent."""
    text = line.text
    return text.endswith(("%", "%)")) and len(text) <= PRICE_ROW_LETTERS and PRICE_ROW.match(text) is not None


def is_player_title(lines: Sequence[Line], place: int) -> bool:
    """Tell whether the line is the title of a media player: repeated around the player's own messages."""
    around = [*lines[max(0, place - 2) : place], *lines[place + 1 : place + 3]]
    return any(line.phrase == "player-furniture" for line in around) and any(
        line.key == lines[place].key and line.key for line in around
    )


def name_removals(lines: Sequence[Line], keep: NDArray[np.bool_], forced: Sequence[str | None]) -> list[str]:
    """Name the rule that removes each line: its own phrase, else the section it stands in, else its place."""
    kept_places = [place for place in range(len(lines)) if keep[place]]
    first, last = (kept_places[0], kept_places[-1]) if kept_places else (len(lines), len(lines))
    names: list[str] = []
    section, since = None, SECTION_LINES
    for place, line in enumerate(lines):
        if keep[place]:
            section = None
        elif line.phrase in SECTION_RULES and heads_section(lines, keep, place):
            section, since = SECTION_RULES[line.phrase], 0
        since += 1
        own = forced[place]
        if own is None and section and since <= SECTION_LINES:
            own = section
        names.append(own or name_by_place(line, place, first, last))
    return names


def heads_section(lines: Sequence[Line], keep: NDArray[np.bool_], place: int) -> bool:
    """Tell whether the line heads a section and is not one label of a menu: a removed sentence or date is not far.

    Lists of other stories have headlines, which need be no sentences: such a head counts anyway.
    """
    if lines[place].phrase == "related-articles":
        return True
    near = range(place, min(place + HEAD_REACH, len(lines)))
    return any((lines[other].shape.is_prose or is_dated(lines[other])) and not keep[other] for other in near)


def is_dated(line: Line) -> bool:
    """Tell whether a line is a date or an age, as readers' comments have."""
    return line.shape.pattern in ("date", "relative")


def name_by_place(line: Line, place: int, first: int, last: int) -> str:
    """Name a removal by where the line stands: before and after the article short lines are menus."""
    if line.shape.pattern in ("date", "clock", "relative"):
        return "stray-date"
    if first < place < last:
        return "page-furniture"
    return "outside-article" if line.shape.is_prose else "navigation"
