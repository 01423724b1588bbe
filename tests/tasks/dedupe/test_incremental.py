"""The index of copies holds the same however the articles arrive: in any order, in any number of runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.dedupe import (
    DedupeResult,
    candidates,
    commonness,
    dedupe_articles,
    stories,
    story_cells,
    story_meetings,
    story_pairs,
)
from tasks.records import ArticleText
from tasks.stages import copy_pairs, copy_spread, portions, story_groups, story_index
from tasks.stages import story_pairs as staged_pairs
from tasks.stages.article_texts import name_source
from tasks.stages.copy_index import clear_index
from tasks.stages.dedupe import dedupe_all, update_copies, update_stories
from tasks.stages.story_index import clear_stories
from warehouse.build_file import CONFIGURATION, Connection, migrate

SENTENCES = [
    "The council voted 7 to 2 on Monday to close the Tollgate Bridge to all motor traffic.",
    "Engineer Farid Nassiri told the council that corrosion in the hangers had advanced faster than predicted.",
    "The detour over the Mill Road crossing will add about 14 minutes to a trip across the river.",
    "A ferry with 212 people aboard ran aground on a sandbank outside Port Calder overnight.",
    "Fourteen people were treated for cuts, bruises and cold, and two remained at Calder General Hospital.",
    "Skerry Line's chief executive, Paul Ansgar, said the company would pay for hotels and lost luggage.",
    "Foggy at first with highs of 11 and lows of 1, and winds of up to 40 miles per hour on higher ground.",
    "Foggy at first with highs of 19 and lows of 8, and winds of up to 65 miles per hour on higher ground.",
    "Share this article on social media and sign up for our newsletter to get stories delivered.",
    "東京で地震がありました。",
]
MORNING = datetime(2026, 3, 4, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    with duckdb.connect(config=CONFIGURATION | {"threads": 1}) as connection:
        migrate(connection)
        yield connection


def bring(connection: Connection, articles: Sequence[ArticleText], *, and_stage: bool = True) -> None:
    """Stage `articles` as all there are, as cleaning does, and dedupe.

    Without `and_stage` only the index learns of them: what is staged from it is replaced by the next call anyway.
    """
    rows = [
        asdict(article)
        | {"published": article.published and article.published.isoformat(), "modified": None, "authors": []}
        | {"ordinal": 0, "char_start": 0, "char_end": len(article.text), "published_source": "unknown"}
        | {"word_count": len(article.text.split()), "is_canonical": True}
        | {"cluster_id": article.article_id, "story_id": article.article_id}
        for article in articles
    ]
    kinds = {"authors": pa.list_(pa.string())} | dict.fromkeys(
        ("title", "publisher", "url", "byline", "published", "modified"), pa.string()
    )
    table = pa.table({name: pa.array([row[name] for row in rows], kinds.get(name)) for name in rows[0]} if rows else {})
    for target in ("page.articles", "staging.articles"):
        connection.execute(f"delete from {target}")
        if rows:
            left_out = (
                "text, word_count, is_canonical, cluster_id, story_id"
                if target == "page.articles"
                else "published, modified"
            )
            connection.register("arriving", table)
            connection.execute(
                f"insert into {target} by name select * exclude (fetched, removed, {left_out}) from arriving"
            )
            connection.unregister("arriving")
    if and_stage:
        dedupe_all(connection)
    else:
        source = name_source(connection)
        update_copies(connection, source)
        update_stories(connection, source)


def staged(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Read what would be published."""
    queries = {
        "duplicates": "select * from staging.duplicates order by article_id, other_article_id",
        "clusters": "select * from staging.clusters order by cluster_id",
        "versions": "select * from staging.article_versions order by article_id",
        "stories": "select * from staging.stories order by story_id",
        "articles": "select article_id, cluster_id, is_canonical, story_id from staging.articles order by article_id",
    }
    return {name: connection.execute(query).fetchall() for name, query in queries.items()}


def indexed(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Read what the index of stories knows."""
    tables = ("articles", "postings", "cells", "pairs", "members", "stories")
    return {table: connection.execute(f"from stories.{table} order by all").fetchall() for table in tables}


def check_index_of_stories(connection: Connection) -> None:
    """Hold that the index is what it would be if all articles had come at once."""
    grown = indexed(connection)
    clear_stories(connection)
    update_stories(connection, name_source(connection))
    assert grown == indexed(connection)


def as_rows(result: DedupeResult) -> dict[str, list[tuple[Any, ...]]]:
    pairs = sorted(result.pairs, key=lambda pair: (pair.article_id, pair.other_article_id))
    return {
        "duplicates": [tuple(asdict(pair).values()) for pair in pairs],
        "clusters": [tuple(asdict(cluster).values()) for cluster in result.clusters],
        "versions": [tuple(asdict(version).values()) for version in result.versions],
        "stories": [tuple(asdict(story).values()) for story in result.stories],
        "articles": [(name, *asdict(place).values()) for name, place in result.assignments.items()],
    }


@st.composite
def collections(draw: st.DrawFn) -> list[ArticleText]:
    texts = draw(st.lists(st.lists(st.sampled_from(SENTENCES), max_size=7), min_size=1, max_size=7))
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
            "\n\n".join(sentences),
        )
        for number, sentences in enumerate(texts)
    ]


#: What happened, as the names that a telling of it may drop, in days that lie in the same and in other periods.
HAPPENINGS = (
    ("Tollgate", "Nassiri", "Mill Road", "Halden", "Olund", "Westmark"),
    ("Saint Orla", "Port Calder", "Ansgar", "Rask", "Skerry Line", "Westmark"),
    ("Eastmere", "Vinstra", "Norrow", "Sedal", "Tarn", "Skerry Line"),
)
DAYS = [None, MORNING, MORNING, *(MORNING + timedelta(days=days) for days in (1, 1, 6, 15, 60))]
PHRASES = [
    "{0} was told about {1} and waited for {2}.",
    "Nobody at {2} expected {0} to leave {1} so early.",
    "Between {1} and {0} the talk was of {2} alone.",
    "The index rose {n} points to {m} after {n} million shares of {0} changed hands on the exchange, brokers said.",
]


@st.composite
def tellings(draw: st.DrawFn) -> list[ArticleText]:
    """Draw short articles on few happenings, some mixing two, in several periods, with and without a time."""

    def sentence() -> str:
        names = draw(st.permutations(draw(st.sampled_from(HAPPENINGS))))
        return draw(st.sampled_from(PHRASES)).format(*names, n=draw(st.integers(1, 9)), m=draw(st.integers(100, 999)))

    texts = draw(st.lists(st.lists(st.just(0), min_size=1, max_size=3), min_size=3, max_size=10))
    return [
        ArticleText(
            f"{number:02}",
            f"doc-{number}",
            "lead",
            draw(st.sampled_from([None, "Bridge to close", "Morning briefing: ferry and more"])),
            draw(st.sampled_from([None, "Tribune"])),
            None,
            None,
            "en",
            draw(st.sampled_from(DAYS)),
            "\n\n".join(sentence() for _ in sentences),
        )
        for number, sentences in enumerate(texts)
    ]


@pytest.fixture(scope="module", autouse=True)
def _small_groups() -> Iterator[None]:
    """Let groups of three count as large, and a few articles fill a portion, so that small collections cross the bounds."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (candidates, commonness, copy_spread, copy_pairs):
            patch.setattr(module, "FULL_GROUP", 3)
        for module in (candidates, commonness, copy_spread):
            patch.setattr(module, "PIVOTS", 2)
        for module in (commonness, copy_spread):
            patch.setattr(module, "SILENT_COMMONNESS", 0.4)
        for module in (story_cells, story_meetings, story_pairs, story_index, staged_pairs):
            if hasattr(module, "FULL_GROUP"):
                patch.setattr(module, "FULL_GROUP", 2)
            if hasattr(module, "HOSTS"):
                patch.setattr(module, "HOSTS", 1)
            if hasattr(module, "SILENT_COUNT"):
                patch.setattr(module, "SILENT_COUNT", 8)
            if hasattr(module, "MOST_SPREAD"):
                patch.setattr(module, "MOST_SPREAD", 3)
        for module in (stories, story_groups):
            patch.setattr(module, "LEAST_FORMS", 1)
        patch.setattr(story_index, "DESCRIBED_AT_ONCE", 3)
        patch.setattr(staged_pairs, "MEETING_AT_ONCE", 3)
        patch.setattr(staged_pairs, "COMPARED_AT_ONCE", 5)
        patch.setattr(story_groups, "GROUPED_AT_ONCE", 3)
        patch.setattr(story_groups, "DESCRIBED_AT_ONCE", 3)
        patch.setattr(portions, "LEAST_BYTES", 20_000)
        patch.setattr(portions, "MOST_BYTES", 20_000)
        patch.setattr(portions, "MOST_QUERY_BYTES", 5_000)
        yield


def check_any_order_and_any_split(connection: Connection, articles: list[ArticleText], data: st.DataObject) -> None:
    wanted = as_rows(dedupe_articles(articles))
    arriving = data.draw(st.permutations(articles))
    cuts = sorted(data.draw(st.lists(st.integers(1, len(articles)), max_size=2)))
    clear_index(connection)
    clear_stories(connection)
    for cut in cuts:
        bring(connection, arriving[:cut], and_stage=False)
    bring(connection, arriving)
    assert staged(connection) == wanted
    check_index_of_stories(connection)


def check_changes_and_removals(
    connection: Connection, articles: list[ArticleText], other_texts: list[str], data: st.DataObject
) -> None:
    changed = [
        replace(
            article, text=data.draw(st.sampled_from([article.text, *other_texts, f"{article.text}\n\n{SENTENCES[3]}"]))
        )
        for article in articles
        if data.draw(st.booleans())
    ]
    clear_index(connection)
    clear_stories(connection)
    bring(connection, articles, and_stage=False)
    bring(connection, changed)
    assert staged(connection) == as_rows(dedupe_articles(changed))
    check_index_of_stories(connection)


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_removed_notice_of_correction_is_read_from_its_block(connection: Connection, is_kept: bool) -> None:
    first, second = (
        ArticleText(
            name, f"doc-{name}", "lead", "Bridge to close", "Tribune", "https://t.example/1", None, "en",
            MORNING + timedelta(hours=hours), "\n\n".join([*SENTENCES[:3], told]),
        )
        for name, hours, told in (("a", 0, "The vote was 7 to 2."), ("b", 1, "The vote was 6 to 3."))
    )  # fmt: skip
    clear_index(connection)
    clear_stories(connection)
    notice = "An earlier version of this article misstated how the council voted."
    connection.execute(
        "insert into staging.blocks (block_id, document_id, ordinal, kind, char_start, char_end, is_kept, text) "
        "values ('b', 'doc-b', 9, 'promotion', 0, 67, ?, ?)",
        [is_kept, notice],
    )
    bring(connection, [first, second])
    connection.execute("delete from staging.blocks")
    versions = connection.execute(
        "select version, has_notice from staging.article_versions order by version"
    ).fetchall()
    assert versions == [(1, False), (2, not is_kept)]


def test_a_pivot_whose_text_changes_moves_the_scores_of_older_pairs(connection: Connection) -> None:
    def told(name: str, *sentences: str) -> ArticleText:
        text = "\n\n".join(sentences)
        return ArticleText(name, f"doc-{name}", "lead", None, None, None, None, "en", None, text)

    vote, ferry = SENTENCES[0], SENTENCES[3]
    before = [told("02", vote, vote), told("04", vote), told("05", vote)]
    after = [before[0], told("04", vote, ferry), before[2]]
    clear_index(connection)
    clear_stories(connection)
    bring(connection, before, and_stage=False)
    bring(connection, after)
    assert staged(connection) == as_rows(dedupe_articles(after))


@pytest.mark.slow
@pytest.mark.timeout(1500)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(collections(), st.data())
def test_any_order_and_any_split_give_what_a_rebuild_gives(
    connection: Connection, articles: list[ArticleText], data: st.DataObject
) -> None:
    check_any_order_and_any_split(connection, articles, data)


@pytest.mark.slow
@pytest.mark.timeout(1500)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(collections(), st.data())
def test_articles_that_change_or_go_leave_nothing_behind(
    connection: Connection, articles: list[ArticleText], data: st.DataObject
) -> None:
    check_changes_and_removals(connection, articles, [SENTENCES[0]], data)


@pytest.mark.slow
@pytest.mark.timeout(1500)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tellings(), st.data())
def test_tellings_in_any_order_and_any_split_give_the_stories_that_a_rebuild_gives(
    connection: Connection, articles: list[ArticleText], data: st.DataObject
) -> None:
    check_any_order_and_any_split(connection, articles, data)


@pytest.mark.slow
@pytest.mark.timeout(1500)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tellings(), st.data())
def test_tellings_that_change_or_go_leave_their_stories_as_a_rebuild_gives_them(
    connection: Connection, articles: list[ArticleText], data: st.DataObject
) -> None:
    check_changes_and_removals(connection, articles, [article.text for article in articles[:2]], data)
