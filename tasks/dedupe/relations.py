"""What one article of a verified pair is to the other."""

from __future__ import annotations

from tasks.dedupe.versions import are_versions
from tasks.records import ArticleText
from warehouse.vocabulary import Relation

#: Share of the smaller text inside matched passages for "the larger contains it".
CONTAINED_SHARE = 0.8
#: How many times longer the containing text is; below, the two are near-duplicates.
LENGTH_RATIO = 1.1


def relate(
    article: ArticleText,
    other: ArticleText,
    has_same_shingles: bool,
    covered: float,
    other_covered: float,
    length_ratio: float,
    is_same_copy: bool,
) -> str:
    """Name what `article` is to `other`; `length_ratio` is its words for each word of `other`.

    Exact has the same words throughout; a revision is another version of one article on one site, and needs no
    likeness of lengths; contains and contained have most of the smaller text in a text that is longer by a paragraph or
    more (a trim and its original; a round-up and what it retells, which are no copies); near is every other pair.
    """
    if has_same_shingles and article.text.split() == other.text.split():
        return Relation.EXACT
    if is_same_copy and are_versions(article, other):
        return Relation.REVISION
    if length_ratio >= LENGTH_RATIO and other_covered >= CONTAINED_SHARE:
        return Relation.CONTAINS
    if length_ratio <= 1 / LENGTH_RATIO and covered >= CONTAINED_SHARE:
        return Relation.CONTAINED
    return Relation.NEAR
