"""Floors of accuracy on labelled articles: the sample corpus, and the development sets where they are present."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.dedupe import dedupe_articles
from tasks.records import ArticleText

CHECKOUT = Path(__file__).parents[3]
BENCH = CHECKOUT / "../shared/bench/dedupe"
LABELS = CHECKOUT / "seeds/labels/articles.jsonl"

#: Every fifth cluster of a set; the floors lie two points below what was measured on that part.
PART = 5
FLOORS = {"dev": 0.97, "hard_dev": 0.94}


def read_rows(path: Path) -> list[dict[str, Any]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.splitlines()]


def pair_scores(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> tuple[float, float]:
    """Precision and recall of the pairs of articles that are together."""

    def pairs(counts: Counter[Any]) -> int:
        return sum(count * (count - 1) // 2 for count in counts.values())

    both = pairs(Counter((gold[key], found[key]) for key in gold))
    return both / max(1, pairs(Counter(found[key] for key in gold))), both / max(1, pairs(Counter(gold.values())))


def f1(scores: tuple[float, float]) -> float:
    return 2 * scores[0] * scores[1] / (scores[0] + scores[1])


@pytest.mark.skipif(not BENCH.is_dir(), reason="needs the development sets in ../shared/bench")
@pytest.mark.parametrize("name", FLOORS)
def test_duplicate_clusters_reach_the_floor_on_a_development_set(name: str) -> None:
    rows = [row for row in read_rows(BENCH / f"{name}.jsonl.gz") if int(row["cluster_id"][2:]) % PART == 0]
    articles = [
        ArticleText(
            row["id"],
            row["id"],
            "lead",
            row["title"],
            row["source"],
            None,
            None,
            None,
            datetime.fromisoformat(row["published"]) if row["published"] else None,
            row["text"],
        )
        for row in rows
    ]
    found = {article_id: place.cluster_id for article_id, place in dedupe_articles(articles).assignments.items()}
    assert f1(pair_scores({row["id"]: row["cluster_id"] for row in rows}, found)) >= FLOORS[name]


@pytest.fixture(scope="module")
def labelled() -> dict[str, dict[str, Any]]:
    if not LABELS.exists():
        pytest.skip("needs the labels of the sample corpus")
    return {f"{number:03}": row for number, row in enumerate(read_rows(LABELS))}


@pytest.fixture(scope="module")
def places(labelled: dict[str, dict[str, Any]]) -> Mapping[str, Any]:
    def published(row: dict[str, Any]) -> datetime | None:
        stated = row["published_on"] if row["published_stated"] else None
        return datetime.fromisoformat(stated).replace(tzinfo=UTC) if stated else None

    articles = [
        ArticleText(
            key, key, row["role"], row["title"], row["publisher"], None, row["byline"], row["lang"], published(row),
            row["text"],
        )
        for key, row in labelled.items()
    ]  # fmt: skip
    return dedupe_articles(articles).assignments


def test_the_clusters_of_the_sample_corpus_are_found_exactly(
    labelled: dict[str, dict[str, Any]], places: Mapping[str, Any]
) -> None:
    gold = {key: row["cluster"] for key, row in labelled.items()}
    assert pair_scores(gold, {key: places[key].cluster_id for key in gold}) == (1.0, 1.0)


def test_the_canonical_copies_of_the_sample_corpus_are_chosen(
    labelled: dict[str, dict[str, Any]], places: Mapping[str, Any]
) -> None:
    wanted = {key for key, row in labelled.items() if row["is_canonical"]}
    assert {key for key in labelled if places[key].is_canonical} == wanted


def test_the_stories_of_the_sample_corpus_reach_their_floor(
    labelled: dict[str, dict[str, Any]], places: Mapping[str, Any]
) -> None:
    gold = {key: row["story"] for key, row in labelled.items()}
    assert f1(pair_scores(gold, {key: places[key].story_id for key in gold})) >= 0.85
