"""HTML pages: parse once with a fast parser, render the visible text, read what the page states about itself."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from tasks.parse.metadata import read_page_metadata
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


def read_page(markup: str, url: str | None) -> Page | NoText:
    """Parse a page's markup; `url` is the address it was fetched from, where known."""
    tree = LexborHTMLParser(markup)
    body = tree.body
    if body is None:
        return NoText(Refusal.NO_ARTICLE_FOUND, "the page has no body")
    rendering = render(body)
    if not rendering.blocks:
        if body.css_first("script") is not None:
            return NoText(Refusal.NOT_TEXT, "the page is scripts only: its text is written by the browser")
        return NoText(Refusal.NO_ARTICLE_FOUND, "the page shows no text")
    return Page(rendering, read_page_metadata(tree, rendering, url))
