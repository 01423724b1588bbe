from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from tasks.dedupe import canonical
from tasks.dedupe.canonical import choose_canonical
from tasks.records import ArticleText

Article = Callable[..., ArticleText]
TEXT = "The council voted seven to two on Monday to close the old bridge to all motor traffic from April. " * 5
SHORT = TEXT[:200]


def test_the_only_copy_stands_for_itself(article: Article) -> None:
    assert choose_canonical([article("a", TEXT)]) == ("a", "only-copy")


def test_the_latest_of_a_sites_versions_stands(article: Article) -> None:
    versions = [
        article("a", TEXT, publisher="Tribune", url="https://t.example/1", published="2026-03-01T08:00:00+00:00"),
        article("b", TEXT[:300], publisher="Tribune", url="https://t.example/1", published="2026-03-01T09:00:00+00:00"),
        article("c", TEXT, publisher="Courier", published="2026-03-01T07:00:00+00:00"),
    ]
    assert choose_canonical(versions) == ("b", "latest-revision")


def test_a_later_stub_does_not_replace_the_article(article: Article) -> None:
    versions = [
        article("a", TEXT, publisher="Tribune", url="https://t.example/1", published="2026-03-01T08:00:00+00:00"),
        article("b", TEXT[:90], publisher="Tribune", url="https://t.example/1", published="2026-03-01T09:00:00+00:00"),
    ]
    assert choose_canonical(versions) == ("a", "most-complete")


def test_the_publisher_that_a_copy_credits_stands_before_a_longer_copy(article: Article) -> None:
    copies = [
        article("a", TEXT + " One more line was added here.", publisher="Courier", byline="Meridian Wire"),
        article("b", TEXT, publisher="Meridian Wire", byline="Nora Tveit"),
    ]
    assert choose_canonical(copies) == ("b", "original-publisher")


def test_the_most_complete_copy_stands_before_an_earlier_one(article: Article) -> None:
    copies = [article("a", SHORT, published="2026-03-01T08:00:00+00:00"), article("b", TEXT)]
    assert choose_canonical(copies) == ("b", "most-complete")


def test_of_equally_complete_copies_the_earliest_stands(article: Article) -> None:
    copies = [
        article("a", TEXT, published="2026-03-01T08:00:00+00:00"),
        article("b", TEXT, published="2026-03-01T07:00:00+00:00"),
        article("c", TEXT),
    ]
    assert choose_canonical(copies) == ("b", "earliest")


def test_nothing_else_decides_but_the_smallest_id(article: Article) -> None:
    assert choose_canonical([article("b", TEXT), article("a", TEXT)]) == ("a", "smallest-id")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_choice_does_not_depend_on_the_order_of_the_copies(article: Article, order: tuple[int, ...]) -> None:
    copies = [
        article("a", SHORT, publisher="Courier", byline="Meridian Wire"),
        article("b", TEXT, publisher="Meridian Wire", published="2026-03-01T07:00:00+00:00"),
        article("c", TEXT, publisher="Prospect", published="2026-03-01T06:00:00+00:00"),
    ]
    assert choose_canonical([copies[number] for number in order]) == ("b", "original-publisher")


def test_the_named_original_stands_before_another_publishers_revision(article: Article) -> None:
    copies = [
        article("a", TEXT, publisher="Meridian Wire", published="2026-03-01T07:00:00+00:00"),
        article("b", TEXT, publisher="Courier", url="https://c.example/1", published="2026-03-01T08:00:00+00:00"),
        article(
            "c",
            "(Meridian Wire) – " + TEXT,
            publisher="Courier",
            url="https://c.example/1",
            published="2026-03-01T09:00:00+00:00",
        ),
    ]
    assert choose_canonical(copies) == ("a", "original-publisher")


def test_versions_that_no_time_tells_apart_leave_the_choice_to_the_next_rule(article: Article) -> None:
    versions = [
        article("a", TEXT, publisher="Tribune", url="https://t.example/1"),
        article("b", SHORT, publisher="Tribune", url="https://t.example/1"),
    ]
    assert choose_canonical(versions) == ("a", "most-complete")


def test_every_reason_is_one_that_the_architecture_page_lists_in_this_order() -> None:
    page = (Path(__file__).parents[3] / "docs" / "architecture.md").read_text("utf-8")
    listed = re.findall(r"^\d\. `([a-z-]+)`", page, flags=re.MULTILINE)
    stated = ["only-copy", "original-publisher", "latest-revision", "most-complete", "earliest", "smallest-id"]
    assert listed == stated
    assert re.findall(r'"([a-z]+-[a-z]+|earliest)"', inspect.getsource(canonical)) == stated
