"""The published sample corpus, scored against its labels. Floors are a little below what was measured."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

Rows = Callable[..., list[tuple[Any, ...]]]
Label = dict[str, Any]
Key = tuple[str, int]

ROOT = Path(__file__).parents[2]
INBOX = ROOT / "seeds" / "inbox"
LABELS = ROOT / "seeds" / "labels"


def read_labels(name: str) -> list[Label]:
    return [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text("utf-8").splitlines()]


def four_grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def f1(wanted: int, found: int, shared: int) -> float:
    return 2 * shared / (wanted + found) if wanted + found else 1.0


@pytest.fixture(scope="module")
def labelled() -> dict[Key, Label]:
    return {(label["uri"], label["ordinal"]): label for label in read_labels("articles")}


@pytest.fixture(scope="module")
def found(sample_warehouse: Path) -> dict[Key, Label]:
    import duckdb

    with duckdb.connect(str(sample_warehouse / "news.duckdb"), read_only=True) as connection:
        cursor = connection.execute(
            "select documents.uri, articles.* from articles join documents using (document_id) order by uri, ordinal"
        )
        names = [column[0] for column in cursor.description]
        articles = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    prefix = INBOX.as_uri() + "/"
    return {(article["uri"].removeprefix(prefix), article["ordinal"]): article for article in articles}


def share_right(labelled: dict[Key, Label], found: dict[Key, Label], field: str) -> tuple[float, list[str]]:
    wrong = [
        f"{key[0]}[{key[1]}]: expected {label[field]!r}, found {found[key][field]!r}"
        for key, label in labelled.items()
        if key in found and (found[key][field] or None) != (label[field] or None)
    ]
    return 1 - len(wrong) / len(labelled), wrong


def test_every_labelled_article_is_found_and_no_other(labelled: dict[Key, Label], found: dict[Key, Label]) -> None:
    assert sorted(labelled.keys() - found.keys()) == []
    assert sorted(found.keys() - labelled.keys()) == []


def test_the_text_is_the_article(labelled: dict[Key, Label], found: dict[Key, Label]) -> None:
    scores = {}
    for key, label in labelled.items():
        wanted, text = four_grams(label["text"]), four_grams(found[key]["text"])
        scores[key] = f1(wanted.total(), text.total(), (wanted & text).total())
    worst = sorted(scores.items(), key=lambda item: item[1])[:5]
    assert sum(scores.values()) / len(scores) >= 0.97, worst


@pytest.mark.parametrize(
    ("field", "floor"), [("title", 0.95), ("role", 1.0), ("lang", 1.0), ("publisher", 0.9), ("byline", 0.85)]
)
def test_metadata_is_what_the_pages_state(
    labelled: dict[Key, Label], found: dict[Key, Label], field: str, floor: float
) -> None:
    share, wrong = share_right(labelled, found, field)
    assert share >= floor, wrong


def test_publication_days_are_right(labelled: dict[Key, Label], found: dict[Key, Label]) -> None:
    wrong = []
    for key, label in labelled.items():
        published = found[key]["published_on"]
        expected = label["published_on"] and date.fromisoformat(label["published_on"])
        if published is None or expected is None:
            if published != expected:
                wrong.append(f"{key}: expected {expected}, found {published}")
        elif abs((published - expected).days) > label["published_tolerance_days"]:
            wrong.append(f"{key}: expected {expected}, found {published} by {found[key]['published_source']}")
    assert len(wrong) <= 0.08 * len(labelled), wrong


def pairs(groups: dict[Key, str]) -> set[tuple[Key, Key]]:
    return {(one, other) for one, other in combinations(sorted(groups), 2) if groups[one] == groups[other]}


@pytest.mark.parametrize(
    ("label_field", "column", "floor"), [("cluster", "cluster_id", 0.98), ("story", "story_id", 0.85)]
)
def test_copies_and_stories_are_grouped_as_labelled(
    labelled: dict[Key, Label], found: dict[Key, Label], label_field: str, column: str, floor: float
) -> None:
    wanted = pairs({key: label[label_field] for key, label in labelled.items()})
    got = pairs({key: found[key][column] for key in labelled})
    score = f1(len(wanted), len(got), len(wanted & got))
    assert score >= floor, {"missed": sorted(wanted - got), "wrong": sorted(got - wanted)}


def test_the_canonical_articles_are_those_labelled(labelled: dict[Key, Label], found: dict[Key, Label]) -> None:
    share, wrong = share_right(labelled, found, "is_canonical")
    assert share >= 0.98, wrong


def test_what_is_broken_is_quarantined_with_its_reason(sample_warehouse: Path, rows: Rows) -> None:
    prefix = INBOX.as_uri() + "/"
    refused = {
        uri.removeprefix(prefix): reason for uri, reason in rows(sample_warehouse, "select uri, reason from quarantine")
    }
    expected = {label["uri"]: label["reason"] for label in read_labels("quarantine")}
    assert refused.keys() == expected.keys()
    for uri, reasons in expected.items():
        assert refused[uri] in (reasons if isinstance(reasons, list) else [reasons]), uri


def test_events_are_found_and_dated(sample_warehouse: Path, rows: Rows) -> None:
    prefix = INBOX.as_uri() + "/"
    mentions: dict[Key, list[tuple[Any, ...]]] = {}
    for uri, ordinal, *mention in rows(
        sample_warehouse,
        "select documents.uri, articles.ordinal, event_mentions.text, sentence, event_mentions.value, event_mentions.status, event_id "
        "from event_mentions join articles using (article_id) join documents on documents.document_id = articles.document_id",
    ):
        mentions.setdefault((uri.removeprefix(prefix), ordinal), []).append(tuple(mention))
    labels = read_labels("events")
    answers = [best_answer(label, mentions.get((label["uri"], label["ordinal"]), [])) for label in labels]
    answered = [(label, answer) for label, answer in zip(labels, answers, strict=True) if answer]
    exact = sum(day_of(answer[2]) == label["value"] for label, answer in answered)
    status = sum(answer[3] == label["status"] for label, answer in answered)
    missed = [
        f"{label['uri']}: {label['event_text']}" for label, answer in zip(labels, answers, strict=True) if not answer
    ]
    wrong = [
        f"{label['event_text']}: {label['value']} / {answer[2]}"
        for label, answer in answered
        if answer[2] != label["value"]
    ]
    assert len(answered) / len(labels) >= 0.78, missed
    assert exact / len(labels) >= 0.7, wrong
    assert status / len(labels) >= 0.75


def day_of(value: str) -> str:
    """Leave out parts of days, which the labels do not give: 2026-03-09TEV is 2026-03-09."""
    return re.sub(r"T[A-Z0-9:]+", "", value)


def best_answer(label: Label, mentions: list[tuple[Any, ...]]) -> tuple[Any, ...] | None:
    """Return the mention in the labelled sentence that shares most words with the labelled phrase."""
    wanted = set(label["event_text"].lower().split())
    same = [mention for mention in mentions if mention[1] in label["sentence"] or label["sentence"] in mention[1]]
    scored = [(len(wanted & set(mention[0].lower().split())), mention) for mention in same]
    best = max(scored, key=lambda item: item[0], default=(0, None))
    return best[1] if best[0] else None
