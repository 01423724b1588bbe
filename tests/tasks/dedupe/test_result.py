"""What holds of every result, whatever the articles and their order."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.dedupe import DedupeResult, dedupe_articles
from tasks.records import ArticleText
from warehouse.identifiers import identify

SENTENCES = [
    "The council voted 7 to 2 on Monday to close the Tollgate Bridge to all motor traffic.",
    "Engineer Farid Nassiri told the council that corrosion in the hangers had advanced faster than predicted.",
    "The detour over the Mill Road crossing will add about 14 minutes to a trip across the river.",
    "A ferry with 212 people aboard ran aground on a sandbank outside Port Calder overnight.",
    "Fourteen people were treated for cuts, bruises and cold, and two remained at Calder General Hospital.",
    "Skerry Line's chief executive, Paul Ansgar, said the company would pay for hotels and lost luggage.",
    "Foggy at first with highs of 11 and lows of 1.",
    "Share this article on social media and sign up for our newsletter to get stories delivered.",
    "東京で地震がありました。",
]
MORNING = datetime(2026, 3, 4, 6, tzinfo=UTC)


@st.composite
def collections(draw: st.DrawFn) -> list[ArticleText]:
    texts = draw(st.lists(st.lists(st.sampled_from(SENTENCES), max_size=9), max_size=9))
    return [
        ArticleText(
            f"{number:02}",
            f"doc-{number}",
            "lead",
            draw(st.sampled_from([None, "Bridge to close", "Ferry aground", "Morning briefing: ferry and more"])),
            draw(st.sampled_from([None, "Tribune", "Courier"])),
            draw(st.sampled_from([None, "https://t.example/1"])),
            None,
            "en",
            draw(st.sampled_from([None, MORNING, MORNING + timedelta(hours=5)])),
            draw(st.sampled_from(["\n\n", " "])).join(sentences),
        )
        for number, sentences in enumerate(texts)
    ]


def check_tables(articles: list[ArticleText], result: DedupeResult) -> None:
    members: dict[str, list[str]] = {}
    stories: dict[str, list[str]] = {}
    for article_id, place in result.assignments.items():
        members.setdefault(place.cluster_id, []).append(article_id)
        stories.setdefault(place.story_id, []).append(article_id)
    assert sorted(result.assignments) == sorted(article.article_id for article in articles)
    assert {identify("cluster", *sorted(ids)) for ids in members.values()} == members.keys()
    assert {identify("story", *sorted(ids)) for ids in stories.values()} == stories.keys()
    assert {cluster.cluster_id: cluster.article_count for cluster in result.clusters} == {
        cluster_id: len(ids) for cluster_id, ids in members.items()
    }
    assert {story.story_id: story.article_count for story in result.stories} == {
        story_id: len(ids) for story_id, ids in stories.items()
    }
    canonical = sorted(article_id for article_id, place in result.assignments.items() if place.is_canonical)
    assert canonical == sorted(cluster.canonical_article_id for cluster in result.clusters)


def check_evidence(articles: list[ArticleText], result: DedupeResult) -> None:
    text_of = {article.article_id: article.text for article in articles}
    for pair in result.pairs:
        assert pair.article_id < pair.other_article_id
        passages = json.loads(pair.evidence)
        assert passages
        for start, end, other_start, other_end in passages:
            assert 0 <= start < end <= len(text_of[pair.article_id])
            assert 0 <= other_start < other_end <= len(text_of[pair.other_article_id])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(collections(), st.randoms(use_true_random=False))
def test_the_result_is_whole_and_does_not_depend_on_the_order(articles: list[ArticleText], chance: object) -> None:
    result = dedupe_articles(articles)
    shuffled = articles.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert dedupe_articles(shuffled) == result
    check_tables(articles, result)
    check_evidence(articles, result)


def test_evidence_gives_the_same_words_in_both_texts() -> None:
    head, tail = " ".join(SENTENCES[:3]), " ".join(SENTENCES[3:6])
    articles = [
        ArticleText("a", "a", "lead", None, None, None, None, None, None, f"Updated. {head}\n\n{tail}"),
        ArticleText("b", "b", "lead", None, None, None, None, None, None, head),
    ]
    (pair,) = dedupe_articles(articles).pairs
    ((start, end, other_start, other_end),) = json.loads(pair.evidence)
    assert articles[0].text[start:end] == articles[1].text[other_start:other_end] == head.rstrip(".")
