"""Dedupe, over all articles: verified pairs, clusters with their canonical article, and stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa

from tasks.dedupe.commonness import measure_commonness
from tasks.dedupe.corpus import LEAST_TEMPLATE_COUNT, TEMPLATE_COMMONNESS
from tasks.dedupe.lexicon import Hashes
from tasks.dedupe.pipeline import Member, group_clusters, member_of
from tasks.fingerprints import code_fingerprint
from tasks.stages.article_texts import fetch_facts, name_source, update_articles
from tasks.stages.copy_clusters import update_clusters
from tasks.stages.copy_columns import fetch_sketches
from tasks.stages.copy_index import clear_index, find_changes, update_index
from tasks.stages.copy_pairs import find_pairs, judge_due
from tasks.stages.copy_spread import fetch_spread
from warehouse.build_file import Connection

#: Where the ledger keeps which code made the index of copies.
CODE = "copies-code"
COPY_MODULES = ("blob_columns", "copy_clusters", "copy_columns", "copy_index", "copy_pairs", "copy_spread", "portions")
COPY_SOURCES = ("records.py", "dedupe", *(f"stages/{name}.py" for name in COPY_MODULES))

#: Tables that an update of the index leaves behind.
TEMPORARY = (
    *("present", "fresh", "gone", "departed", "touched_keys", "fresh_keys", "fresh_postings", "fresh_portions"),
    *("spread_now", "changed", "due", "met", "neighbours", "due_pairs"),
    *("touched", "ties", "labels", "relabelled", "portions", "bonds"),
)


def dedupe_all(connection: Connection) -> None:
    """Fill `staging.duplicates`, `clusters` and `stories`, and the articles' columns that name them."""
    source = name_source(connection)
    update_copies(connection, source)
    stage_copies(connection)
    stage_stories(connection, source)


def update_copies(connection: Connection, source: str) -> None:
    """Bring the index of copies in line with the articles of `source`, comparing only what is new."""
    code = code_fingerprint(COPY_SOURCES)
    if connection.execute("select value from ledger.state where key = ?", [CODE]).fetchall() != [(code,)]:
        clear_index(connection)
        connection.execute("delete from ledger.state where key = ?", [CODE])
        connection.execute("insert into ledger.state values (?, ?)", [CODE, code])
    if find_changes(connection, source) == (0, 0):
        return
    update_index(connection)
    find_pairs(connection)
    judge_due(connection, source)
    update_clusters(connection, source)
    for table in TEMPORARY:
        connection.execute(f"drop table if exists temp.{table}")


def stage_copies(connection: Connection) -> None:
    """Copy what the index knows of duplicates and clusters into the staging tables."""
    for table, found, columns, order in (
        ("duplicates", "duplicates", "* exclude (article_key, other_key)", "article_id, other_article_id"),
        ("clusters", "clusters", "*", "cluster_id"),
        ("article_versions", "versions", "*", "article_id"),
    ):
        connection.execute(f"delete from staging.{table}")
        connection.execute(f"insert into staging.{table} by name select {columns} from copies.{found} order by {order}")
    connection.execute(
        """
        create or replace temp table placed as
        select article_id, cluster_id, canonical_article_id = article_id as is_canonical
        from copies.members
        join copies.articles using (article_key)
        join copies.clusters using (cluster_id)
        """
    )
    update_articles(connection, "placed", ("cluster_id", "is_canonical"))


def stage_stories(connection: Connection, source: str) -> None:
    """Group the clusters into stories, all of them anew."""
    keys, articles = fetch_facts(connection, source)
    by_key = np.argsort(keys)
    sketches = fetch_sketches(connection, keys[by_key]).take(np.argsort(by_key))
    number = {article.article_id: place for place, article in enumerate(articles)}
    of_key = {key: place for place, key in enumerate(keys.tolist())}
    pairs = connection.execute("select article_key, other_key from copies.pairs where is_series").fetchall()
    series = np.array([sorted((of_key[one], of_key[two])) for one, two in pairs], np.int64).reshape(-1, 2)
    members: dict[str, list[Member]] = {}
    for canonical_id, article_id in connection.execute(
        """
        select clusters.canonical_article_id, articles.article_id
        from staging.articles as articles
        join staging.clusters as clusters using (cluster_id)
        order by all
        """
    ).fetchall():
        members.setdefault(canonical_id, []).append(member_of(articles[number[article_id]]))
    canonical = np.array([number[canonical_id] for canonical_id in members], np.int64)
    stories = group_clusters(
        articles,
        sketches,
        fetch_templates(connection),
        canonical,
        (series[:, 0], series[:, 1]),
        list(members.values()),
    )
    replace_rows(connection, "stories", [asdict(story) for story, _ in stories])
    connection.register(
        "placed_in_stories",
        pa.table(
            {
                "article_id": pa.array([name for _, ids in stories for name in ids], pa.string()),
                "story_id": pa.array([story.story_id for story, ids in stories for _ in ids], pa.string()),
            }
        ),
    )
    update_articles(connection, "placed_in_stories", ("story_id",))
    connection.unregister("placed_in_stories")


def fetch_templates(connection: Connection) -> Hashes:
    """Fetch, ascending, the fingerprints of templates."""
    wanted = connection.execute(
        f"select fingerprint from copies.spread where article_count >= {LEAST_TEMPLATE_COUNT} order by fingerprint"
    ).fetchnumpy()["fingerprint"]
    spread, _, pivots = fetch_spread(connection, np.asarray(wanted, np.uint64))
    return spread.value[measure_commonness(spread, pivots) >= TEMPLATE_COMMONNESS]


def replace_rows(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Replace the rows of a staging table."""
    connection.execute(f"delete from staging.{table}")
    if rows:
        connection.register("fresh_rows", pa.Table.from_pylist(list(rows)))
        connection.execute(f"insert into staging.{table} by name select * from fresh_rows")
        connection.unregister("fresh_rows")
