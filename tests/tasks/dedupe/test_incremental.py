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

from tasks.dedupe import DedupeResult, candidates, commonness, dedupe_articles
from tasks.records import ArticleText
from tasks.stages import copy_pairs, copy_spread, portions
from tasks.stages.article_texts import name_source
from tasks.stages.copy_index import clear_index
from tasks.stages.dedupe import dedupe_all, update_copies
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
            connection.execute(f"insert into {target} by name select * exclude (fetched, {left_out}) from arriving")
            connection.unregister("arriving")
    if and_stage:
        dedupe_all(connection)
    else:
        update_copies(connection, name_source(connection))


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
        patch.setattr(portions, "LEAST_BYTES", 20_000)
        patch.setattr(portions, "MOST_BYTES", 20_000)
        patch.setattr(portions, "MOST_QUERY_BYTES", 5_000)
        yield


@pytest.mark.slow
@pytest.mark.timeout(1500)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(collections(), st.data())
def test_any_order_and_any_split_give_what_a_rebuild_gives(
    connection: Connection, articles: list[ArticleText], data: st.DataObject
) -> None:
    wanted = as_rows(dedupe_articles(articles))
    arriving = data.draw(st.permutations(articles))
    cuts = sorted(data.draw(st.lists(st.integers(1, len(articles)), max_size=2)))
    clear_index(connection)
    for cut in cuts:
        bring(connection, arriving[:cut], and_stage=False)
    bring(connection, arriving)
    assert staged(connection) == wanted


@pytest.mark.slow
@pytest.mark.timeout(1500)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(collections(), st.data())
def test_articles_that_change_or_go_leave_nothing_behind(
    connection: Connection, articles: list[ArticleText], data: st.DataObject
) -> None:
    changed = [
        replace(
            article, text=data.draw(st.sampled_from([article.text, SENTENCES[0], f"{article.text}\n\n{SENTENCES[3]}"]))
        )
        for article in articles
        if data.draw(st.booleans())
    ]
    clear_index(connection)
    bring(connection, articles, and_stage=False)
    bring(connection, changed)
    assert staged(connection) == as_rows(dedupe_articles(changed))
