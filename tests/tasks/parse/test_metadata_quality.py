"""Floors for what is read off real pages; only an explicit change here may lower one.

Measured on the development sets beside the checkout (exact day, exact title after folding case and punctuation, names
of authors); the gold of the last two sets takes many dates of change for dates of publication.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tasks.parse import parse_document
from tasks.records import PageMetadata, ParsedDocument, RawDocument

SETS = Path(__file__).parents[3] / "../shared/bench/extraction"
FLOORS = {
    "fundus_en": {"date": 0.99, "title": 0.9, "author_precision": 0.95, "author_recall": 0.95},
    "fundus_other": {"date": 0.96, "title": 0.86, "author_precision": 0.95, "author_recall": 0.93},
    "wcxb_article": {"date": 0.83, "title": 0.85, "author_precision": 0.66, "author_recall": 0.7},
    "htmldate": {"date": 0.89},
}
#: The large sets are sampled, to keep the tests short.
EVERY = {"fundus_en": 1, "fundus_other": 1, "wcxb_article": 5, "htmldate": 5}


def fold(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").lower()))


def read(page: dict[str, Any]) -> PageMetadata:
    content = page["html"].encode("utf-8", "replace")
    found = parse_document(RawDocument(page["id"], "file:///x", None, "text/html", content, {"url": page["url"]}))
    return found.metadata if isinstance(found, ParsedDocument) else PageMetadata()


def score(pages: list[dict[str, Any]]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for page in pages:
        metadata = read(page)
        if isinstance(page.get("gold_date"), str):
            counts["dates"] += 1
            counts["right dates"] += (
                metadata.published is not None and metadata.published.value[:10] == page["gold_date"]
            )
        if page.get("gold_title"):
            counts["titles"] += 1
            counts["right titles"] += fold(metadata.title.value if metadata.title else "") == fold(page["gold_title"])
        if page.get("gold_authors"):
            gold, names = set(map(fold, page["gold_authors"])), set(map(fold, metadata.authors))
            counts.update({"gold names": len(gold), "names": len(names), "right names": len(gold & names)})
    return {
        "date": counts["right dates"] / max(1, counts["dates"]),
        "title": counts["right titles"] / max(1, counts["titles"]),
        "author_precision": counts["right names"] / max(1, counts["names"]),
        "author_recall": counts["right names"] / max(1, counts["gold names"]),
    }


@pytest.mark.parametrize("name", FLOORS)
def test_metadata_of_real_pages_stays_above_its_floor(name: str) -> None:
    path = SETS / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"the labelled pages are not beside the checkout: {path}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in islice(lines, 0, None, EVERY[name])]
    figures = score(pages)
    below = {key: (figures[key], floor) for key, floor in FLOORS[name].items() if figures[key] < floor}
    assert not below
