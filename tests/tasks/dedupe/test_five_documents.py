"""The five real documents beside the checkout, cut into their articles by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.dedupe import DedupeResult, dedupe_articles
from tasks.records import ArticleText
from warehouse.vocabulary import Relation

DOCUMENTS = Path(__file__).parents[3] / "../shared/seeds"
pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="needs the five real documents in ../shared/seeds")


def lines_of(number: str) -> list[str]:
    text = next(DOCUMENTS.glob(f"{number}_*.txt")).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip()]


def article(article_id: str, title: str | None, lines: list[str], publisher: str | None = None) -> ArticleText:
    role = "embedded" if publisher else "lead"
    return ArticleText(article_id, article_id[:3], role, title, publisher, None, None, "en", None, "\n\n".join(lines))


def cut_articles() -> list[ArticleText]:
    page = lines_of("000")
    stamps = [number for number, line in enumerate(page) if line.endswith(" ago") and line[0].isdigit()]
    ends = [stamp - 1 for stamp in stamps[1:]] + [len(page)]
    embedded = [
        article(f"000-{page[stamp - 1]}", page[stamp + 2], page[stamp + 3 : end], page[stamp - 1])
        for stamp, end in zip(stamps, ends, strict=True)
    ]
    broadcast = lines_of("002")
    opening = next(number for number, line in enumerate(broadcast) if line.startswith("US President Donald Trump said"))
    credit = next(number for number, line in enumerate(broadcast) if line.startswith("With reporting"))
    return [
        article("000", page[0], page[1 : page.index("Hashtags")]),
        *embedded,
        article("001", lines_of("001")[0], lines_of("001")[1:]),
        article("002", broadcast[2], broadcast[opening:credit]),
        article("003", lines_of("003")[0], lines_of("003")[2:]),
        article("004", None, lines_of("004")),
    ]


@pytest.fixture(scope="module")
def result() -> DedupeResult:
    return dedupe_articles(cut_articles())


def test_the_page_holds_three_embedded_articles() -> None:
    assert len(cut_articles()) == 8


def test_the_wire_story_and_its_shortened_copy_are_the_only_cluster(result: DedupeResult) -> None:
    (cluster,) = [cluster for cluster in result.clusters if cluster.article_count > 1]
    assert (cluster.canonical_article_id, cluster.canonical_reason) == ("000", "most-complete")
    assert result.assignments["000"].cluster_id == result.assignments["004"].cluster_id


def test_no_other_pair_is_listed(result: DedupeResult) -> None:
    assert [(pair.article_id, pair.other_article_id, pair.relation) for pair in result.pairs] == [
        ("000", "004", Relation.CONTAINS)
    ]


def test_the_five_articles_are_one_story_and_the_embedded_ones_are_not_in_it(result: DedupeResult) -> None:
    story = result.assignments["000"].story_id
    members = [article_id for article_id, place in result.assignments.items() if place.story_id == story]
    assert members == ["000", "001", "002", "003", "004"]
