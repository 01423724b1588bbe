"""HTML pages: parse once with a fast parser, render the visible text, read what the page states about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from tasks.parse.metadata import read_page_metadata
from tasks.parse.nesting import without_endless_nesting
from tasks.parse.rendering import Rendering, render
from tasks.records import PageMetadata
from warehouse.vocabulary import Refusal


@dataclass(frozen=True, slots=True)
class Page:
    """A page as rendered, with what it states about itself."""

    rendering: Rendering
    metadata: PageMetadata


@dataclass(frozen=True, slots=True)
class NoText:
    """Why a page shows no text."""

    reason: Refusal
    detail: str


def read_page(markup: str, url: str | None, fetched: str | None = None) -> Page | NoText:
    """Parse a page's markup; `url` is the address it was fetched from and `fetched` the ISO time when, where known."""
    markup = without_endless_nesting(without_endless_tags(markup))
    tree = LexborHTMLParser(markup, options=LexborDocumentOptions.WO_EVENTS)
    body = tree.body
    if body is None:
        return NoText(Refusal.NO_ARTICLE_FOUND, "the page has no body")
    rendering = render(body)
    if not rendering.blocks:
        if body.css_first("script") is not None:
            return NoText(Refusal.NO_ARTICLE_FOUND, "the page is scripts only: its text is written by the browser")
        return NoText(Refusal.NO_ARTICLE_FOUND, "the page shows no text")
    return Page(rendering, read_page_metadata(tree, rendering, url, fetched))


#: A tag longer than this is looked at more closely. Tags of news pages that are longer hold one long value, not many.
LONG_TAG = 4_000
MAX_ATTRIBUTES = 500
ATTRIBUTE = re.compile(r"""[\s/]++[^\s=>/"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?+""")


def without_endless_tags(markup: str) -> str:
    """Empty the tags that have thousands of attributes: the parser's time grows with the square of their number."""
    pieces: list[str] = []
    taken = position = 0
    while position + LONG_TAG < len(markup):
        last = markup.rfind("<", position, position + LONG_TAG + 1)  # far fewer steps than there are tags
        if last >= 0:
            position = last + 1
            continue
        following = markup.find("<", position)
        end = following if following >= 0 else len(markup)
        piece = markup[position:end]
        if position and piece[0].isalpha() and (emptied := _emptied(piece)) is not piece:
            pieces += (markup[taken:position], emptied)
            taken = end
        position = end + 1
    return "".join([*pieces, markup[taken:]]) if pieces else markup


def _emptied(piece: str) -> str:
    """Drop the attributes of the tag that `piece` begins with, if it has too many."""
    name = re.match(r"[^\s/>]*+", piece)
    position = start = name.end() if name else 0
    count = 0
    while (match := ATTRIBUTE.match(piece, position)) is not None:
        position = match.end()
        count += 1
    return piece[:start] + " " + piece[position:] if count > MAX_ATTRIBUTES else piece
