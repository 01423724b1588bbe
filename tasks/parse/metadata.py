"""What a page or its input states about its lead article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from tasks.parse.rendering import Rendering
from tasks.records import PageMetadata, Stated


def read_page_metadata(tree: LexborHTMLParser, rendering: Rendering, url: str | None) -> PageMetadata:
    """Read what the page states about its lead article."""
    return PageMetadata(url=Stated(url, "input") if url else None)


def apply_stated(metadata: PageMetadata, stated: Mapping[str, str]) -> PageMetadata:
    """Let what the input stated overrule what the page states."""
    names = {"title": "title", "publisher": "publisher", "byline": "byline", "section": "section", "url": "url",
             "lang": "lang", "published": "published", "modified": "modified", "fetched_at": "fetched"}  # fmt: skip
    values: dict[str, Any] = {field: Stated(stated[name], "input") for name, field in names.items() if stated.get(name)}
    return replace(metadata, **values)
