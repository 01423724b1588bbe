"""Titles: which line states the title of the article, if any does. A title is never made up."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import Line
from tasks.clean.phrases import line_key
from tasks.clean.pieces import Piece
from warehouse.vocabulary import BlockKind

#: What parts the headline from the site's name in a page's <title>.
#: White space is looked through from its beginning only, or a long run of it would be once for each of its characters.
TITLE_SEPARATOR = re.compile(r"(?<!\s)\s++(?:[|–—·•»:]++|-++)\s+|(?:(?<!\s)\s++)?\|\s*")
#: More parts than any title has; what stands behind them is one.
MAX_SEPARATORS = 20
MINIMUM_WORDS = 3
#: Full stops of several scripts, and marks after which something follows.
TITLES_END_NOT_IN = (".", "…", ":", ",", ";", "。", "۔", "।", "॥", "։", "።", "။", "។")


def title_keys(lines: Sequence[Line], *stated: str | None) -> frozenset[str]:
    """Return the keys under which the title may stand again: the stated ones, and the first line with its parts.

    A page's <title> is the first line of its flattened text, with the site's name at one end.
    """
    keys: set[str] = set()
    sources = [source for source in stated if source] + [line.text for line in lines[:1] if line.shape.width <= 300]
    for source in sources:
        keys.add(line_key(source))
        parts = TITLE_SEPARATOR.split(source, maxsplit=MAX_SEPARATORS)
        keys.update(line_key(part) for part in parts if len(part.split()) >= MINIMUM_WORDS)
        keys.update(line_key(" - ".join(parts[:count])) for count in range(2, len(parts)))
    return frozenset(key for key in keys if key.count(" ") >= MINIMUM_WORDS - 1 or len(key) >= 18)


#: The headline stands within this many lines before the first line of the article's text.
HEAD_REACH = 25
LONGEST_TITLE = 260
#: A headline shares words with this many first paragraphs.
OPENING_LINES = 5


def find_headline(
    pieces: Sequence[Piece], lines: Sequence[Line], keep: NDArray[np.bool_], keys: frozenset[str]
) -> int | None:
    """Return the place of the line that states the title, or None where no line does.

    A line that repeats the stated title or the page's first line wins, the nearest before the text if there are
    several; then what parse takes for a headline; then, of the lines above the text that read like titles (no
    sentence, no date, no label), the one that shares most words with the text.
    """
    first_text = first_sentence(lines, keep)
    repeated = [place for place in range(1, min(first_text + 1, len(lines))) if lines[place].key in keys]
    if repeated:
        return max(repeated, key=lambda place: (len(lines[place].key), place))  # a site's name is a shorter part
    for place in range(first_text):
        if pieces[place].kind == BlockKind.HEADLINE:
            return place
    nearest = range(max(0, first_text - HEAD_REACH), first_text)
    about = vocabulary(lines, keep)
    candidates = [
        place
        for place in nearest
        if reads_like_title(lines, place)
        and (is_long_enough(lines[place]) or (place == first_text - 1 and lines[place].words & about))
    ]
    return max(candidates, key=lambda place: (len(lines[place].words & about), -place), default=None)


def vocabulary(lines: Sequence[Line], keep: NDArray[np.bool_]) -> frozenset[str]:
    """Return the longer words of the first kept lines of the text: what the article is about."""
    kept = [place for place, line in enumerate(lines) if keep[place] and line.shape.is_prose][:OPENING_LINES]
    return frozenset().union(*(lines[place].words for place in kept))


def first_sentence(lines: Sequence[Line], keep: NDArray[np.bool_]) -> int:
    """Return the place of the first kept line that is prose and ends a sentence; the count of lines if none does."""
    for place, line in enumerate(lines):
        if keep[place] and line.shape.is_prose and line.shape.end == "sentence":
            return place
    return len(lines)


def reads_like_title(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line can be a headline: several words, no label, not a sentence that ends in a full stop."""
    line = lines[place]
    shape = line.shape
    if line.phrase or shape.pattern in ("date", "clock", "relative", "byline", "credit", "address", "symbol"):
        return False
    if (
        not (MINIMUM_WORDS <= shape.words <= 40 or (shape.start == "wide" and shape.width >= 24))
        or shape.width > LONGEST_TITLE
    ):
        return False
    return not line.text.endswith(TITLES_END_NOT_IN) and shape.start not in ("lower", "mark", "bullet")


def is_long_enough(line: Line) -> bool:
    """Tell whether a line is more than a label. A shorter one is a title only right above a text that takes it up."""
    shape = line.shape
    return shape.words > MINIMUM_WORDS or shape.function_words > 0 or shape.width >= 24


def repeated_titles(lines: Sequence[Line], headline: int | None) -> list[int]:
    """Return the places where the headline stands again, word for word."""
    if headline is None or not lines[headline].key:
        return []
    return [place for place, line in enumerate(lines) if line.key == lines[headline].key and place != headline]


def title_of(text: str) -> str:
    """Return a headline's text as a title: one line, single spaces."""
    return " ".join(text.split())
