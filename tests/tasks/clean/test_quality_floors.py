"""Quality floors on labelled pages: word 4-gram F1 of the lead article's text, on small samples of the sets.

The floors lie slightly under what was measured when they were set; only an explicit change lowers one. The models were
fitted on these sets, so the floors guard against regressions; what quality is on unseen pages is measured elsewhere.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tasks.clean import clean_document
from tasks.parse import parse_document
from tasks.records import CleanedDocument, ParsedDocument, RawDocument
from warehouse.vocabulary import TEXT_KINDS

SETS = Path(__file__).parents[3] / "../shared/bench/extraction"
pytestmark = pytest.mark.skipif(not SETS.is_dir(), reason="the labelled pages (../shared/bench) are absent")
SAMPLE = 12


def sample(name: str) -> list[dict[str, Any]]:
    pages = []
    with gzip.open(SETS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            pages.append(json.loads(line))
            if len(pages) == SAMPLE:
                break
    return pages


def flatten(markup: str) -> str:
    soup = BeautifulSoup(markup, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    return soup.get_text("\n", strip=True)


def lead_text(content: str, media_type: str) -> str:
    parsed = parse_document(RawDocument("d" * 20, "memory:", None, media_type, content.encode("utf-8", "replace")))
    assert isinstance(parsed, ParsedDocument)
    cleaned = clean_document(parsed)
    if not isinstance(cleaned, CleanedDocument):
        return ""
    own = [block for block in cleaned.blocks if block.article_ordinal == 0 and block.kind in TEXT_KINDS]
    return "\n\n".join(parsed.text[block.char_start : block.char_end].strip() for block in own)


def four_grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[place : place + 4]) for place in range(max(1, len(words) - 3))) if words else Counter()


def f1(texts: list[str], gold: list[str]) -> float:
    precisions, recalls = [], []
    for text, wanted_text in zip(texts, gold, strict=True):
        found, wanted = four_grams(text), four_grams(wanted_text)
        shared = sum((found & wanted).values())
        recalls.append(shared / max(1, sum(wanted.values())))
        if found:
            precisions.append(shared / sum(found.values()))
    precision, recall = mean(precisions), mean(recalls)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(("name", "floor"), [("fundus_en", 0.932), ("zyte", 0.982), ("fundus_other", 0.945)])
def test_text_of_flattened_pages_stays_above_its_floor(name: str, floor: float) -> None:
    pages = sample(name)
    texts = [lead_text(flatten(page["html"]), "text/plain") for page in pages]
    assert f1(texts, [page["gold_text"] for page in pages]) >= floor


@pytest.mark.parametrize(("name", "floor"), [("fundus_en", 0.975), ("zyte", 0.99), ("fundus_other", 0.97)])
def test_text_of_html_pages_stays_above_its_floor(name: str, floor: float) -> None:
    pages = sample(name)
    texts = [lead_text(page["html"], "text/html") for page in pages]
    assert f1(texts, [page["gold_text"] for page in pages]) >= floor
