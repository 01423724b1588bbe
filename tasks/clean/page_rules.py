"""Removal rules for pages: what elements and class names say outright, and better names for what was removed."""

from __future__ import annotations

from collections.abc import Sequence

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
    """Add the removals that a page's elements settle: buttons, options and labels of forms."""
    rules = list(forced)
    for place, piece in enumerate(pieces):
        if rules[place] is None and piece.signals.tag in ("button", "option", "label"):
            rules[place] = "navigation"
        elif rules[place] is None and "\n" in piece.text[:60] and len(piece.text) < ADVERT_LETTERS:
            first = rule_of_phrase(piece.text.partition("\n")[0].strip())
            rules[place] = first if first in ("advertisement", "newsletter-box") else None
    return rules


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
    for piece, line, rule, own in zip(pieces, lines, rules, forced, strict=True):
        if own is not None:
            named.append(own)
        elif piece.signals.hidden:
            named.append("hidden-text")
        else:
            found = rule_of_ancestors(piece.signals.ancestors)
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
