"""Clusters of the index: those that an update touched are made anew, all others stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace

import numpy as np
import pyarrow as pa

from tasks.dedupe.clustering import cluster_pairs
from tasks.dedupe.lexicon import Floats, Ints
from tasks.dedupe.pipeline import make_cluster
from tasks.dedupe.records import Cluster
from tasks.dedupe.verdict import LEAST_SCORE
from tasks.dedupe.versions import describe_versions
from tasks.records import ArticleText
from tasks.stages.article_texts import fetch_removed, fetch_texts
from tasks.stages.blob_columns import insert_rows
from tasks.stages.portions import cut_rows
from warehouse.build_file import Connection

#: Bytes that clustering takes for an article, besides and for each of its words.
CLUSTERING_BYTES, CLUSTERING_WORD_BYTES = 2_000, 16


def update_clusters(connection: Connection, source: str) -> None:
    """Cluster the articles that an update touched, with all that hang together with them."""
    _find_touched(connection)
    connection.execute(
        "delete from copies.clusters where cluster_id in (select cluster_id from copies.members semi join touched "
        "using (article_key)) or cluster_id not in (select cluster_id from copies.members)"
    )
    connection.execute("delete from copies.members where article_key in (from touched)")
    connection.execute("delete from copies.versions where cluster_id not in (select cluster_id from copies.clusters)")
    _label_components(connection)
    for number in _cut_into_portions(connection):
        keys = _fetch_keys(connection, number)
        articles = fetch_texts(connection, source, keys)
        clusters = _cluster(articles, *_fetch_bonds(connection, number, keys))
        _write(connection, keys, clusters)
        _write_versions(connection, articles, clusters)
    for number in _cut_single_articles(connection):
        keys = _fetch_keys(connection, number)
        articles = fetch_texts(connection, source, keys, with_text=False)
        _write(connection, keys, [(make_cluster([article]), [place]) for place, article in enumerate(articles)])


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


def _label_components(connection: Connection) -> None:
    """Label the touched articles that verified pairs tie to others by the smallest key that hangs together with them.

    Each round takes the smallest label among an article's neighbours and then that label's own label, so the rounds
    grow with the logarithm of the longest chain.
    """
    connection.execute(
        f"""
        create or replace temp table ties as
        with verified as (
            select article_key, other_key
            from copies.pairs
            semi join touched using (article_key)
            where score >= {LEAST_SCORE} and other_key in (from touched)
        )
        select article_key, other_key from verified
        union all
        select other_key, article_key from verified
        """
    )
    connection.execute(
        "create or replace temp table labels as select article_key, min(least(article_key, other_key)) as label "
        "from ties group by article_key"
    )
    changed = True
    while changed:
        connection.execute(
            """
            create or replace temp table relabelled as
            with lowest as (
                select ties.article_key, min(labels.label) as label
                from ties
                join labels on labels.article_key = ties.other_key
                group by ties.article_key
            )
            select labels.article_key, least(lowest.label, jumped.label) as label, labels.label as before
            from labels
            join lowest using (article_key)
            join labels as jumped on jumped.article_key = labels.label
            """
        )
        ((changed,),) = connection.execute("select bool_or(label <> before) from relabelled").fetchall()
        connection.execute("create or replace temp table labels as select article_key, label from relabelled")


def _cut_into_portions(connection: Connection) -> list[int]:
    """Cut the labelled articles into portions, between components: `portions`, and `bonds`, the pairs in each.

    One group of articles that hang together is one portion, however large.
    """
    found = cut_rows(
        connection,
        "portions",
        "select label, article_key, word_count from labels join copies.articles using (article_key)",
        weight=f"{CLUSTERING_BYTES} + {CLUSTERING_WORD_BYTES} * word_count",
        order="label, article_key",
        together="label",
    )
    connection.execute(
        """
        create or replace temp table bonds as
        select one.portion, pairs.article_key, pairs.other_key, pairs.score
        from copies.pairs as pairs
        join portions as one using (article_key)
        join portions as two on two.article_key = pairs.other_key and two.label = one.label
        where pairs.score is not null
        order by one.portion, pairs.article_key, pairs.other_key
        """
    )
    return found


def _cut_single_articles(connection: Connection) -> list[int]:
    """Cut the touched articles without ties into portions."""
    return cut_rows(
        connection,
        "portions",
        "select article_key from touched anti join labels using (article_key)",
        weight=str(CLUSTERING_BYTES),
        order="article_key",
    )


def _fetch_keys(connection: Connection, number: int) -> Ints:
    rows = connection.execute("select article_key from portions where portion = ? order by article_key", [number])
    return np.asarray(rows.fetchnumpy()["article_key"])


def _fetch_bonds(connection: Connection, number: int, keys: Ints) -> tuple[Ints, Ints, Floats]:
    """Fetch the compared pairs within the components of a portion, as places in `keys`, and their scores."""
    rows = connection.execute(
        "select article_key, other_key, score from bonds where portion = ? order by article_key, other_key", [number]
    ).fetchnumpy()
    one, two = np.searchsorted(keys, rows["article_key"]), np.searchsorted(keys, rows["other_key"])
    return one, two, np.asarray(rows["score"], np.float64)


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
    rows: dict[str, list[object]] = {}
    for field in fields(Cluster):
        rows[field.name] = [getattr(cluster, field.name) for cluster, _ in clusters]
    size = np.array([len(members) for _, members in clusters], np.int64)
    member_keys = keys[[number for _, members in clusters for number in members]]
    member_clusters = np.repeat(np.array(rows["cluster_id"], dtype=object), size)
    for table, columns in (
        ("clusters", rows),
        ("members", {"article_key": member_keys, "cluster_id": pa.array(member_clusters, pa.string())}),
    ):
        insert_rows(connection, f"copies.{table}", pa.table(columns))


def _write_versions(
    connection: Connection, articles: Sequence[ArticleText], clusters: Sequence[tuple[Cluster, list[int]]]
) -> None:
    several = [(cluster.cluster_id, [articles[number] for number in members]) for cluster, members in clusters]
    several = [(cluster_id, members) for cluster_id, members in several if len(members) > 1]
    removed = fetch_removed(connection, {article.document_id for _, members in several for article in members})
    rows = [
        asdict(version)
        for cluster_id, members in several
        for version in describe_versions(
            cluster_id, [replace(article, removed=removed.get(article.document_id, "")) for article in members]
        )
    ]
    if rows:
        insert_rows(connection, "copies.versions", pa.Table.from_pylist(rows))
