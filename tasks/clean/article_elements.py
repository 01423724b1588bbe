"""Pages of several articles, by their elements: <article>s side by side, each with a headline and full prose.

Teasers, comments and the posts of a live blog stand in such elements, too. A teaser has no prose; a comment and a post
have no byline or day of their own, or share the page's one headline; a part of an article has neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.clean.article_labels import is_title, parse_label
from tasks.clean.bylines import is_byline
from tasks.clean.datelines import stated_date
from tasks.clean.line_features import Line
from tasks.clean.pieces import Piece
from warehouse.vocabulary import BlockKind

#: Letters of whole sentences outside links that a full article has, and the paragraphs they are in.
STORY_LETTERS, STORY_PARAGRAPHS = 600, 3
#: Headline, byline and day stand among the first pieces of their article.
HEAD_PIECES = 8
ARTICLE_STEP = "/article["
#: Elements whose labels hold one of these words hold readers' comments, or the posts of a live blog.
NO_ARTICLE = re.compile(
    r"comment|disqus|reply|live-?blog|liveticker|live-?ticker|live-?update|timeline|related|teaser|promo"
)


@dataclass(frozen=True, slots=True)
class ArticleElement:
    """One full article of a page: its pieces, half-open, and its headline."""

    first: int
    last: int
    title: int


def find_article_elements(pieces: Sequence[Piece], lines: Sequence[Line]) -> list[ArticleElement]:
    """Find the elements that hold a full article each; fewer than two are none."""
    found = [
        element
        for first, last in element_ranges(pieces)
        if (element := read_element(pieces, lines, first, last)) is not None
    ]
    titles = {lines[element.title].key for element in found}
    tags = {pieces[element.title].signals.tag for element in found}
    return found if len(found) > 1 and len(titles) == len(found) and len(tags) == 1 else []


def element_ranges(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return the ranges of pieces that share their outermost <article>."""
    ranges: list[tuple[int, int]] = []
    open_path, first = "", 0
    for place, piece in enumerate(pieces):
        path = article_above(piece.element_path)
        if path != open_path:
            if open_path:
                ranges.append((first, place))
            open_path, first = path, place
    return [*ranges, (first, len(pieces))] if open_path else ranges


def article_above(path: str) -> str:
    """Return the path of the outermost <article> on an element's path; empty where there is none.

    >>> article_above("/html[1]/body[1]/article[2]/div[1]/article[1]/p[3]")
    '/html[1]/body[1]/article[2]'
    """
    start = path.find(ARTICLE_STEP)
    return path[: path.index("]", start) + 1] if start >= 0 else ""


def read_element(pieces: Sequence[Piece], lines: Sequence[Line], first: int, last: int) -> ArticleElement | None:
    """Read one element as an article: a headline, a byline or a day, and whole sentences; None if one is missing."""
    if any(NO_ARTICLE.search(label) for label in pieces[first].signals.ancestors[2:]):
        return None
    head = range(first, min(last, first + HEAD_PIECES))
    titles = [place for place in head if pieces[place].kind in (BlockKind.HEADLINE, BlockKind.HEADING)]
    if not titles or not is_title(lines[titles[0]]):
        return None
    prose = [
        lines[place].shape.width for place in range(titles[0] + 1, last) if is_story_prose(pieces[place], lines[place])
    ]
    if sum(prose) < STORY_LETTERS or len(prose) < STORY_PARAGRAPHS:
        return None
    if not any(names_writer_or_day(lines[place]) for place in head):
        return None
    return ArticleElement(first, last, titles[0])


def is_story_prose(piece: Piece, line: Line) -> bool:
    """Tell whether a piece is whole sentences that are no link."""
    is_link = piece.signals.link_chars * 2 > len(piece.text)
    return line.shape.is_prose and line.shape.end in ("sentence", "quote") and not is_link and line.phrase is None


def names_writer_or_day(line: Line) -> bool:
    """Tell whether a line is a byline, a day or a label of publisher and time."""
    if line.shape.width > 160:
        return False
    return is_byline(line.text) or stated_date(line.text) is not None or parse_label(line) is not None
