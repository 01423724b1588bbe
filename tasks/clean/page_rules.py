"""Removal rules for pages: what elements and class names say outright, and better names for what was removed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import Line
from tasks.clean.page_features import class_word_groups, groups_of_label, tag_of
from tasks.clean.phrases import rule_of_phrase
from tasks.clean.pieces import Piece

#: Prose this long does not stand twice in one article: the second copy is another layout's.
COPY_LETTERS = 100
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
#: The rule that names a removal, by the nearest group of class names; groups not listed say too little.
RULE_OF_GROUP = {
    "nav": "navigation",
    "footer": "navigation",
    "header": "navigation",
    "related": "related-articles",
    "teaser": "teaser",
    "comments": "comments",
    "share": "share-bar",
    "newsletter": "newsletter-box",
    "advert": "advertisement",
    "author": "author-biography",
    "legal": "legal-notice",
    "player": "player-furniture",
    "tags": "navigation",
    "embed": "social-embed",
}
RULE_OF_TAG = {"nav": "navigation", "footer": "navigation", "button": "navigation", "header": "navigation"}
#: Class names further up than this are the page's frame.
NEAR = 8


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


def name_page_removals(
    pieces: Sequence[Piece], lines: Sequence[Line], rules: Sequence[str], forced: Sequence[str | None]
) -> list[str]:
    """Name removals by the elements they stand in, where no rule of the text named them."""
    named: list[str] = []
    rule_of: dict[tuple[str, ...], str | None] = {}
    for piece, line, rule, own in zip(pieces, lines, rules, forced, strict=True):
        if own is not None:
            named.append(own)
        elif piece.signals.hidden:
            named.append("hidden-text")
        else:
            ancestors = piece.signals.ancestors
            if ancestors not in rule_of:
                rule_of[ancestors] = rule_of_ancestors(ancestors)
            found = rule_of[ancestors]
            if found == "author-biography" and not line.shape.is_prose:
                found = None
            named.append(found or rule)
    return named


def rule_of_ancestors(ancestors: Sequence[str]) -> str | None:
    """Return the rule that the nearest telling ancestor speaks for."""
    names, _, _ = class_word_groups()
    for label in reversed(ancestors[-NEAR:]):
        for group in groups_of_label(label):
            rule = RULE_OF_GROUP.get(names[group])
            if rule:
                return rule
        rule = RULE_OF_TAG.get(tag_of(label))
        if rule:
            return rule
    return None
