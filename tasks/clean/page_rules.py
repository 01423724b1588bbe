"""Removal rules for pages: what elements and class names say outright, and the second copies of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import Line
from tasks.clean.page_features import tag_of
from tasks.clean.phrases import rule_of_phrase
from tasks.clean.pieces import Piece
from warehouse.vocabulary import BlockKind

#: Prose this long does not stand twice in one article: the second copy is another layout's.
COPY_LETTERS = 100
#: A pull quote has at most this many letters, and enough to be told from a label.
QUOTE_LETTERS, QUOTE_MINIMUM = 400, 25
PULL_QUOTE = re.compile(r"pull-?_?quote|quote")
QUOTATION = re.compile("[\"'“”„‟«»‘’]")
#: A block headed by the label of an advert is one whole when it is this short.
ADVERT_LETTERS = 300
#: What marks one reader's comment, as opposed to an article that can be commented on. Of the development pages' words
#: under such elements, three in a thousand belong to an article.
READER_COMMENT = re.compile(
    r"(?:\A|[.#])(?:comment(?:list|[-_]+(?:body|text|content|item|list|meta|author|thread|\d+)|__\w+)?)(?=[.#]|\Z)"
)
#: Elements that hold the whole page, whatever their class names say.
WHOLE_PAGE = frozenset({"html", "body", "main"})
#: Phrases that speak for the small box that they stand in.
BOX_RULES = frozenset(
    {"newsletter-box", "advertisement", "author-biography", "comments", "share-bar", "legal-notice", "player-furniture"}
)
#: A box has at most this many blocks and letters, and less than this share of the page's letters outside links.
BOX_BLOCKS, BOX_LETTERS, BOX_SHARE = 20, 1_500, 0.25
#: A short line that asks readers to register, as it heads the list of what they would get.
OFFER = re.compile(
    r"\A(?:subscribe|register|sign (?:in|up)|log in|create an account|become a (?:member|subscriber)"
    r"|this (?:content|article) is (?:reserved|for subscribers)|already (?:a|have))\b",
    re.IGNORECASE,
)
OFFER_LETTERS = 200
NOT_BOX_HEADS = frozenset({"li", "td", "th", "tr", "dt", "dd", "button", "label", "option"})


def force_page_removals(pieces: Sequence[Piece], forced: Sequence[str | None]) -> list[str | None]:
    """Add the removals that a page's elements settle: buttons, labels of forms, readers' comments, boxes of offers."""
    rules = list(forced)
    for places, rule in furniture_boxes(pieces, forced):
        for place in places:
            rules[place] = rules[place] or rule
    in_comment: dict[tuple[str, ...], bool] = {}
    for place, piece in enumerate(pieces):
        if rules[place] is not None:
            continue
        signals = piece.signals
        if signals.ancestors not in in_comment:
            in_comment[signals.ancestors] = any(map(is_reader_comment, signals.ancestors))
        if signals.tag in ("button", "option", "label"):
            rules[place] = "navigation"
        elif in_comment[signals.ancestors]:
            rules[place] = "comments"
        elif "\n" in piece.text[:60] and len(piece.text) < ADVERT_LETTERS:
            first = rule_of_phrase(piece.text.partition("\n")[0].strip())
            rules[place] = first if first in ("advertisement", "newsletter-box") else None
    return rules


@lru_cache(maxsize=20_000)
def is_reader_comment(label: str) -> bool:
    """Tell whether an element's class names or id mark a reader's comment."""
    return "comment" in label and tag_of(label) not in WHOLE_PAGE and READER_COMMENT.search(label) is not None


def furniture_boxes(pieces: Sequence[Piece], forced: Sequence[str | None]) -> Iterator[tuple[range, str]]:
    """Yield the small elements of which a line is an offer or another label of furniture, with the rule it names.

    An offer of a subscription goes on with what it gives; those lines read like any list.
    """
    seen: set[str] = set()
    total = sum(len(piece.text) for piece in pieces if piece.signals.link_chars * 3 < len(piece.text))
    for place, piece in enumerate(pieces):
        rule = forced[place] if forced[place] in BOX_RULES else None
        if rule is None and len(piece.text) < OFFER_LETTERS and OFFER.match(piece.text):
            rule = "newsletter-box"
        if rule is None or piece.signals.tag in NOT_BOX_HEADS:
            continue
        box = piece.element_path.rpartition("/")[0] + "/"
        if box in seen:
            continue
        seen.add(box)
        places = blocks_inside(pieces, place, box)
        letters = sum(len(pieces[inside].text) for inside in places)
        has_title = any(pieces[inside].signals.tag == "h1" for inside in places)
        if len(places) <= BOX_BLOCKS and letters < min(BOX_LETTERS, BOX_SHARE * total) and not has_title:
            yield places, rule


def blocks_inside(pieces: Sequence[Piece], place: int, box: str) -> range:
    """Return the places around `place` whose elements are inside the element `box`, one more than a box may have."""
    first = last = place
    while first > 0 and last - first < BOX_BLOCKS and pieces[first - 1].element_path.startswith(box):
        first -= 1
    while last + 1 < len(pieces) and last - first < BOX_BLOCKS and pieces[last + 1].element_path.startswith(box):
        last += 1
    return range(first, last + 1)


def repeated_text(lines: Sequence[Line], keep: NDArray[np.bool_]) -> list[int]:
    """Return the places of kept long lines that stand earlier among the kept lines, word for word."""
    seen: set[str] = set()
    repeats: list[int] = []
    for place, line in enumerate(lines):
        if keep[place] and line.shape.width >= COPY_LETTERS:
            if line.text in seen:
                repeats.append(place)
            seen.add(line.text)
    return repeats


def repeated_quotes(pieces: Sequence[Piece], lines: Sequence[Line], keep: NDArray[np.bool_]) -> list[int]:
    """Return the places of kept pull quotes: short quotes or asides whose words a kept paragraph has as well."""
    quotes = [
        place
        for place, piece in enumerate(pieces)
        if keep[place] and len(piece.text) <= QUOTE_LETTERS and is_quote(piece)
    ]
    if not quotes:
        return []
    body = [lines[place].key for place in range(len(lines)) if keep[place] and place not in set(quotes)]
    return [
        place
        for place in quotes
        if len(key := unquoted(lines[place].key)) >= QUOTE_MINIMUM and any(key in unquoted(text) for text in body)
    ]


def is_quote(piece: Piece) -> bool:
    """Tell whether a block stands in an element of a quotation, or beside the text."""
    return piece.kind == BlockKind.QUOTE or any(
        tag_of(label) in ("aside", "blockquote") or PULL_QUOTE.search(label) for label in piece.signals.ancestors[-4:]
    )


def unquoted(key: str) -> str:
    """Drop quotation marks, which a pull quote has more or fewer of than its sentence."""
    return QUOTATION.sub("", key)
