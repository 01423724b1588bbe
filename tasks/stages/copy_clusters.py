"""Clusters of the index: those that an update touched are made anew, all others stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import numpy as np
import pyarrow as pa

from tasks.dedupe.clustering import cluster_pairs
from tasks.dedupe.lexicon import Floats, Ints
from tasks.dedupe.pipeline import make_cluster
from tasks.dedupe.records import Cluster
from tasks.dedupe.verdict import LEAST_SCORE
from tasks.dedupe.versions import describe_versions
from tasks.records import ArticleText
from tasks.stages.article_texts import fetch_texts
from warehouse.build_file import Connection

#: Articles whose clusters are made at once: bounds the memory, but for one group of articles that hang together.
CLUSTERED_AT_ONCE = 20_000


def update_clusters(connection: Connection, source: str) -> None:
    """Cluster the articles that an update touched, with all that hang together with them."""
    _find_touched(connection)
    connection.execute(
        "delete from copies.clusters where cluster_id in (select cluster_id from copies.members semi join touched "
        "using (article_key)) or cluster_id not in (select cluster_id from copies.members)"
    )
    connection.execute("delete from copies.members where article_key in (from touched)")
    connection.execute("delete from copies.versions where cluster_id not in (select cluster_id from copies.clusters)")
    keys = np.asarray(
        connection.execute("select article_key from touched order by article_key").fetchnumpy()["article_key"]
    )
    edges = connection.execute(
        """
        select article_key, other_key, score
        from copies.pairs
        semi join touched using (article_key)
        where score is not null and other_key in (from touched)
        order by article_key, other_key
        """
    ).fetchnumpy()
    one, two = np.searchsorted(keys, edges["article_key"]), np.searchsorted(keys, edges["other_key"])
    score = np.asarray(edges["score"], np.float64)
    component = _components(len(keys), one[score >= LEAST_SCORE], two[score >= LEAST_SCORE])
    inside = component[one] == component[two]
    one, two, score = one[inside], two[inside], score[inside]
    order = np.argsort(component, kind="stable")
    for start, end in _ranges(component[order]):
        chosen = np.sort(order[start:end])
        rows = np.isin(one, chosen)
        local = np.searchsorted(chosen, one[rows]), np.searchsorted(chosen, two[rows])
        articles = fetch_texts(connection, source, keys[chosen])
        clusters = _cluster(articles, *local, score[rows])
        _write(connection, keys[chosen], clusters)
        _write_versions(connection, articles, clusters)


def _find_touched(connection: Connection) -> None:
    """Gather the fresh articles, those of judged and lost pairs, and all that verified pairs tie to them."""
    connection.execute(
        """
        create or replace temp table touched as
        with begun as (
            from fresh_keys
            union
            select article_key from due
            union
            select other_key from due
            union
            from touched_keys
        )
        select article_key from begun semi join copies.articles using (article_key)
        union
        select article_key from copies.members
        where cluster_id in (select cluster_id from copies.members semi join begun using (article_key))
        """
    )
    added = 1
    while added:
        ((added,),) = connection.execute(
            f"""
            insert into touched
            with ties as (
                select article_key, other_key from copies.pairs where score >= {LEAST_SCORE}
                union all
                select other_key, article_key from copies.pairs where score >= {LEAST_SCORE}
            )
            select distinct other_key from ties semi join touched using (article_key)
            where other_key not in (from touched)
            """
        ).fetchall()


def _components(count: int, one: Ints, two: Ints) -> Ints:
    """Number the groups of articles that pairs hold together, by their first article."""
    root = list(range(count))

    def find(article: int) -> int:
        while root[article] != article:
            root[article] = root[root[article]]
            article = root[article]
        return article

    for left, right in zip(one.tolist(), two.tolist(), strict=True):
        left, right = find(left), find(right)
        root[max(left, right)] = min(left, right)
    return np.array([find(article) for article in range(count)], np.int64)


def _ranges(component: Ints) -> Iterator[tuple[int, int]]:
    """Cut sorted components into ranges of about CLUSTERED_AT_ONCE articles, between components."""
    start = 0
    while start < len(component):
        end = min(start + CLUSTERED_AT_ONCE, len(component))
        end = int(np.searchsorted(component, component[end - 1], side="right"))
        yield start, end
        start = end


def _cluster(articles: Sequence[ArticleText], one: Ints, two: Ints, score: Floats) -> list[tuple[Cluster, list[int]]]:
    """Cluster articles by the compared pairs among them; members are given by their numbers."""
    by_id = sorted(range(len(articles)), key=lambda number: articles[number].article_id)
    rank = np.empty(len(by_id), np.int64)
    rank[by_id] = np.arange(len(by_id))
    first, other = np.minimum(rank[one], rank[two]), np.maximum(rank[one], rank[two])
    groups = cluster_pairs(len(articles), first, other, score, LEAST_SCORE)
    members = [[by_id[place] for place in group] for group in groups]
    return [(make_cluster([articles[number] for number in group]), group) for group in members]


def _write(connection: Connection, keys: Ints, clusters: Sequence[tuple[Cluster, list[int]]]) -> None:
    rows: dict[str, list[object]] = defaultdict(list)
    for cluster, members in clusters:
        for name, value in asdict(cluster).items():
            rows[name].append(value)
        rows["size"].append(len(members))
    size = np.array(rows.pop("size"), np.int64)
    member_keys = keys[[number for _, members in clusters for number in members]]
    member_clusters = np.repeat(np.array(rows["cluster_id"], dtype=object), size)
    for table, columns in (
        ("clusters", dict(rows)),
        ("members", {"article_key": member_keys, "cluster_id": pa.array(member_clusters, pa.string())}),
    ):
        connection.register("fresh_rows", pa.table(columns))
        connection.execute(f"insert into copies.{table} by name from fresh_rows")
        connection.unregister("fresh_rows")


def _write_versions(
    connection: Connection, articles: Sequence[ArticleText], clusters: Sequence[tuple[Cluster, list[int]]]
) -> None:
    rows = [
        asdict(version)
        for cluster, members in clusters
        if len(members) > 1
        for version in describe_versions(cluster.cluster_id, [articles[number] for number in members])
    ]
    if rows:
        connection.register("fresh_rows", pa.Table.from_pylist(rows))
        connection.execute("insert into copies.versions by name from fresh_rows")
        connection.unregister("fresh_rows")
