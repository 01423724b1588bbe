"""What one article of a verified pair is to the other."""

from __future__ import annotations

from tasks.records import ArticleText
from warehouse.vocabulary import Relation

#: Share of the smaller text inside matched passages for "the larger contains it".
CONTAINED_SHARE = 0.8
#: How many times longer the containing text is; below, the two are near-duplicates.
LENGTH_RATIO = 1.3
#: Agreement of two titles that makes them one family: a headline edited, not a new one.
TITLE_FAMILY = 0.5


def relate(
    article: ArticleText,
    other: ArticleText,
    has_same_shingles: bool,
    covered: float,
    other_covered: float,
    length_ratio: float,
    title_agreement: float,
) -> str:
    """Name what `article` is to `other`; `length_ratio` is its words for each word of `other`.

    A revision is a later version on the same site: the publisher is the same, and so is the URL or the title's family.
    """
    if has_same_shingles and article.text.split() == other.text.split():
        return Relation.EXACT
    if is_revision(article, other, title_agreement):
        return Relation.REVISION
    if length_ratio >= LENGTH_RATIO and other_covered >= CONTAINED_SHARE:
        return Relation.CONTAINS
    if length_ratio <= 1 / LENGTH_RATIO and covered >= CONTAINED_SHARE:
        return Relation.CONTAINED
    return Relation.NEAR


def is_revision(article: ArticleText, other: ArticleText, title_agreement: float) -> bool:
    """Whether the two, known to be copies, are versions of one article on one site."""
    if not article.publisher or article.publisher != other.publisher:
        return False
    return bool(article.url and article.url == other.url) or title_agreement >= TITLE_FAMILY
