"""Labelled pages: a set is a file of gzipped JSON Lines with `id`, `html` and, where known, `url` and the gold.

The gold of a page is any of `gold_text`, `gold_title` and `gold_date`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup

SUFFIX = ".jsonl.gz"
NOT_TEXT = ("script", "style", "noscript", "template")
PAGE, FLATTENED = "page", "flattened"


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page as extractors get it (its markup, or its flattened text), and what is right about it."""

    page_id: str
    url: str | None
    content: str
    shape: str
    gold_text: str | None
    gold_title: str | None
    gold_date: str | None


def set_names(folder: Path) -> list[str]:
    """List the sets of a folder."""
    return sorted(path.name.removesuffix(SUFFIX) for path in folder.glob(f"*{SUFFIX}"))


def read_set(folder: Path, name: str, shape: str = PAGE, limit: int | None = None) -> list[LabelledPage]:
    """Read the first `limit` pages of a set, in the shape asked for."""
    with gzip.open(folder / f"{name}{SUFFIX}", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(limit or 10**9), strict=False)]
    return [
        LabelledPage(
            page_id=row["id"],
            url=row.get("url"),
            content=row["html"] if shape == PAGE else flatten(row["html"]),
            shape=shape,
            gold_text=row.get("gold_text"),
            gold_title=row.get("gold_title"),
            gold_date=row.get("gold_date"),
        )
        for row in rows
    ]


def flatten(markup: str) -> str:
    """Return a page's text with everything in it, one piece a line."""
    soup = BeautifulSoup(markup, "lxml")
    for element in soup(NOT_TEXT):
        element.decompose()
    return soup.get_text("\n", strip=True)


def every(pages: Sequence[LabelledPage], most: int) -> list[LabelledPage]:
    """Take at most `most` pages, evenly spread."""
    step = max(1, -(-len(pages) // most))
    return list(pages[::step])
