"""Stories of the index: those that an update touched are grouped anew, all others stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa

from tasks.dedupe.lexicon import Flags, Ints
from tasks.dedupe.pipeline import Member, make_story, member_of
from tasks.dedupe.stories import LEAST_FORMS, LEAST_ODDS, StoryPairs, group_articles
from tasks.stages.article_texts import fetch_texts
from warehouse.build_file import Connection

#: Articles that are grouped, and articles whose stories are described, at once: bounds the memory.
GROUPED_AT_ONCE, DESCRIBED_AT_ONCE = 20_000, 20_000
#: The condition that a pair can join two stories.
IS_TIE = f"odds >= {int(1000 * LEAST_ODDS)} and not is_series and not is_listed"


def group_touched(connection: Connection) -> None:
    """Group the articles that an update touched, with all that hang together with them."""
    _find_touched(connection)
    connection.execute("delete from stories.members where article_key in (from told_touched)")
    connection.execute(
        """
        create or replace temp table paired as
        from stories.pairs semi join told_touched using (article_key)
        """
    )
    connection.execute(
        """
        insert into stories.members
        select article_key, article_key
        from told_touched
        where article_key not in (select article_key from paired union select other_key from paired)
        """
    )
    keys = connection.execute(
        "select article_key from told_touched where article_key not in (select article_key from stories.members) "
        "order by article_key"
    ).fetchnumpy()["article_key"]
    known = _fetch_pairs(connection, np.asarray(keys))
    is_form = _find_forms(connection, np.asarray(keys))
    for articles in _portions(len(keys), known):
        _group(connection, keys[articles], is_form[articles], _keep(known, articles))


def _find_touched(connection: Connection) -> None:
    connection.execute(
        """
        create or replace temp table told_touched as
        with begun as (
            from told_fresh union select article_key from stories_touched
        )
        select article_key from begun semi join stories.articles using (article_key)
        union
        select article_key
        from stories.members
        where centre_key in (select centre_key from stories.members semi join begun using (article_key))
        """
    )
    added = 1
    while added:
        ((added,),) = connection.execute(
            f"""
            insert into told_touched
            with ties as (
                select article_key, other_key from stories.pairs where {IS_TIE}
                union all
                select other_key, article_key from stories.pairs where {IS_TIE}
            )
            select distinct other_key from ties semi join told_touched using (article_key)
            where other_key not in (from told_touched)
            """
        ).fetchall()


@dataclass(frozen=True, slots=True)
class _Known:
    """Pairs of article numbers, and which of them the search for copies knows to be of one form."""

    pairs: StoryPairs
    is_listed: Flags


def _fetch_pairs(connection: Connection, keys: Ints) -> _Known:
    rows = connection.execute(
        """
        select article_key, other_key, odds, is_series, is_listed
        from paired
        where other_key in (from told_touched)
        order by article_key, other_key
        """
    ).fetchnumpy()
    first, other = np.searchsorted(keys, rows["article_key"]), np.searchsorted(keys, rows["other_key"])
    pairs = StoryPairs(first, other, np.asarray(rows["odds"], np.int64), np.asarray(rows["is_series"], bool))
    return _Known(pairs, np.asarray(rows["is_listed"], bool))


def _find_forms(connection: Connection, keys: Ints) -> Flags:
    """Find the articles that are of one form with many others."""
    forms = connection.execute(
        f"""
        with sides as (
            select article_key from stories.pairs where is_series
            union all
            select other_key from stories.pairs where is_series
        )
        select article_key
        from sides
        semi join told_touched using (article_key)
        group by article_key
        having count(*) >= {LEAST_FORMS}
        """
    ).fetchnumpy()["article_key"]
    return np.isin(keys, forms)


def _portions(count: int, known: _Known) -> Iterator[Ints]:
    """Cut articles into portions of about GROUPED_AT_ONCE, between those that hang together by pairs that can join."""
    pairs = known.pairs
    joins = (pairs.odds >= 1000 * LEAST_ODDS) & ~pairs.is_series & ~known.is_listed
    root = list(range(count))

    def find(article: int) -> int:
        while root[article] != article:
            root[article] = root[root[article]]
            article = root[article]
        return article

    for left, right in zip(pairs.first[joins].tolist(), pairs.other[joins].tolist(), strict=True):
        left, right = find(left), find(right)
        root[max(left, right)] = min(left, right)
    component = np.array([find(article) for article in range(count)], np.int64)
    order = np.argsort(component, kind="stable")
    component, start = component[order], 0
    while start < count:
        end = min(start + GROUPED_AT_ONCE, count)
        end = int(np.searchsorted(component, component[end - 1], side="right"))
        yield np.sort(order[start:end])
        start = end


def _keep(known: _Known, articles: Ints) -> _Known:
    """Keep the pairs among `articles` (ascending), by their places there."""
    pairs = known.pairs
    rows = np.flatnonzero(np.isin(pairs.first, articles) & np.isin(pairs.other, articles))
    first, other = np.searchsorted(articles, pairs.first[rows]), np.searchsorted(articles, pairs.other[rows])
    return _Known(StoryPairs(first, other, pairs.odds[rows], pairs.is_series[rows]), known.is_listed[rows])


def _group(connection: Connection, keys: Ints, is_form: Flags, known: _Known) -> None:
    groups = group_articles(len(keys), known.pairs, known.is_listed, is_form)
    member = np.array([place for _, members in groups for place in members], np.int64)
    centre = np.array([centre for centre, members in groups for _ in members], np.int64)
    connection.register("grouped", pa.table({"article_key": keys[member], "centre_key": keys[centre]}))
    connection.execute("insert into stories.members by name from grouped")
    connection.unregister("grouped")


def describe_stories(connection: Connection, source: str) -> None:
    """Describe anew the stories of which anything changed, and forget those that are no more."""
    connection.execute(
        """
        create or replace temp table tellers as
        select story.centre_key, clusters.cluster_id, articles.article_key, articles.article_id, articles.content_key
        from stories.members as story
        join copies.articles as canonical using (article_key)
        join copies.clusters as clusters on clusters.canonical_article_id = canonical.article_id
        join copies.members as members using (cluster_id)
        join copies.articles as articles on articles.article_key = members.article_key
        """
    )
    connection.execute(
        """
        create or replace temp table described_now as
        select
            centre_key,
            bit_xor(hash(article_id, content_key, cluster_id)) as content_key,
            count(*) as article_count
        from tellers
        group by centre_key
        """
    )
    connection.execute(
        "delete from stories.stories where (centre_key, content_key) not in "
        "(select (centre_key, content_key) from described_now)"
    )
    connection.execute(
        f"""
        create or replace temp table undescribed as
        select
            centre_key,
            content_key,
            sum(article_count) over (order by centre_key) // {DESCRIBED_AT_ONCE} as portion
        from described_now
        anti join stories.stories using (centre_key)
        """
    )
    for (portion,) in connection.execute("select distinct portion from undescribed order by portion").fetchall():
        _describe(connection, source, int(portion))


def _describe(connection: Connection, source: str, portion: int) -> None:
    told = connection.execute(
        """
        select undescribed.centre_key, undescribed.content_key, cluster_id, article_key
        from undescribed
        join tellers using (centre_key)
        where portion = ?
        order by centre_key, cluster_id, article_key
        """,
        [portion],
    ).fetchall()
    keys = np.unique(np.array([row[3] for row in told], np.int64))
    article = dict(zip(keys.tolist(), fetch_texts(connection, source, keys, with_text=False), strict=True))
    clusters: dict[tuple[int, int], dict[str, list[Member]]] = defaultdict(lambda: defaultdict(list))
    for centre, content_key, cluster_id, key in told:
        clusters[centre, content_key][cluster_id].append(member_of(article[key]))
    rows = [
        {"centre_key": centre, "content_key": content_key}
        | asdict(make_story(article[centre].title, list(telling.values()))[0])
        for (centre, content_key), telling in clusters.items()
    ]
    kinds = [
        ("centre_key", pa.int64()),
        ("content_key", pa.uint64()),
        ("story_id", pa.string()),
        ("title", pa.string()),
    ]
    kinds += [(name, pa.int32()) for name in ("article_count", "cluster_count", "publisher_count")]
    kinds += [(name, pa.date32()) for name in ("first_published_on", "last_published_on")]
    connection.register("rows", pa.Table.from_pylist(rows, pa.schema(kinds)))
    connection.execute("insert into stories.stories by name from rows")
    connection.unregister("rows")
