"""The small elements around a headline: time elements, bylines, author links.

The fast parser locates them; BeautifulSoup reads the located pieces, where its tolerance and its text rules are worth
their cost (a whole page costs it 28 ms, these pieces well under one). Pages whose JSON-LD or meta elements already
state the date and the authors do not need them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Tag
from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_PIECES = 12
MAX_LOOKED_AT = 40
MAX_PIECE_CHARS = 6_000

DATES = (
    'time,[itemprop="datePublished"],[itemprop="dateCreated"],[property="article:published_time"],abbr.published,'
    "abbr.date,[data-datetime],[data-timestamp],[data-published],[data-publish-date],[pubdate]"
)
AUTHORS = (
    '[rel~="author"],[itemprop="author"],[itemprop~="creator"],[class*="byline" i],[class*="author" i],'
    '[class*="autor" i],[class*="auteur" i],[data-author],[class*="forfatter" i]'
)


@dataclass(frozen=True, slots=True)
class Piece:
    """An element near the headline, as BeautifulSoup reads it."""

    tag: str
    label: str  # classes, id, itemprop and rel, lower-case, parted by spaces
    text: str
    values: tuple[str, ...]  # of the attributes that hold machine-readable values
    links: tuple[str, ...]  # texts of the links inside
    lines: tuple[str, ...] = ()  # texts of the elements inside, in order


def read_dates(tree: LexborHTMLParser) -> list[Piece]:
    """Read the elements that give a date in machine-readable form, in the page's order."""
    return _read(_located(tree.css(DATES)), ("datetime", "content", "title", "data-datetime", "data-timestamp",
                                             "data-published", "data-publish-date", "pubdate"))  # fmt: skip


def read_authors(tree: LexborHTMLParser) -> Iterator[Piece]:
    """Read the elements that name the authors, in the page's order; mostly the first of them decides."""
    markup = _located(tree.css(AUTHORS))
    for some in (markup[:1], markup[1:3], markup[3:]):
        yield from _read(some, ("data-author", "content"))


def _located(elements: Iterable[LexborNode]) -> list[str]:
    """Return the markup of the elements that can be a date or a byline."""
    markup: list[str] = []
    for element in islice(elements, MAX_LOOKED_AT):
        if element.tag in ("html", "body", "main", "article", "script", "meta", "form", "input", "img", "svg"):
            continue
        source = element.html or ""
        if len(source) <= MAX_PIECE_CHARS:
            markup.append(source)
        if len(markup) == MAX_PIECES:
            break
    return markup


def _read(markup: list[str], attributes: tuple[str, ...]) -> list[Piece]:
    if not markup:
        return []
    soup = BeautifulSoup("\n".join(markup), "html.parser")
    return [_piece(child, attributes) for child in soup.children if isinstance(child, Tag)]


def _piece(element: Tag, attributes: tuple[str, ...]) -> Piece:
    for hidden in element.find_all(["script", "style", "noscript", "svg", "template"]):
        hidden.decompose()
    label: list[str] = []
    for name in ("class", "id", "itemprop", "rel"):
        value = element.get(name)
        if value:
            label.extend([value] if isinstance(value, str) else value)
    values = [element.get(name) for name in attributes]
    return Piece(
        tag=element.name,
        label=" ".join(label).lower(),
        text=" ".join(element.get_text(" ").split()),
        values=tuple(value for value in values if isinstance(value, str) and value.strip()),
        links=tuple(" ".join(link.get_text(" ").split()) for link in element.find_all("a")[:10]),
        lines=tuple(" ".join(text.split()) for text in element.stripped_strings),
    )
