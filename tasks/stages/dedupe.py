"""Dedupe, over all articles: verified pairs, clusters with their canonical article, and stories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from tasks.fingerprints import code_fingerprint
from tasks.stages.article_texts import name_source, update_articles
from tasks.stages.copy_clusters import update_clusters
from tasks.stages.copy_index import clear_index, find_changes, update_index
from tasks.stages.copy_pairs import find_pairs, judge_due
from tasks.stages.story_groups import describe_stories, group_touched
from tasks.stages.story_index import clear_stories, update_story_index
from tasks.stages.story_pairs import compare_due, find_story_pairs, mark_listed
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
STORY_TEMPORARY = (
    *("canonical", "told_fresh", "told_gone", "departed_seats", "fresh_seats", "cells_due", "cells_now"),
    *("cells_changed", "stories_due", "refreshed", "seats", "compared", "pairs_due", "replaced", "relisted"),
    *("stories_touched", "told_touched", "paired", "described_now", "undescribed"),
)
#: The same of the index of stories.
STORIES_CODE = "stories-code"
STORY_SOURCES = (*COPY_SOURCES, *(f"stages/story_{n}.py" for n in ("index", "pairs", "groups")))


def dedupe_all(connection: Connection) -> None:
    """Fill `staging.duplicates`, `clusters` and `stories`, and the articles' columns that name them."""
    source = name_source(connection)
    update_copies(connection, source)
    stage_copies(connection)
    update_stories(connection, source)
    stage_stories(connection)


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


def update_stories(connection: Connection, source: str) -> int:
    """Bring the index of stories in line with that of copies; returns how many pairs were compared."""
    code = code_fingerprint(STORY_SOURCES)
    if connection.execute("select value from ledger.state where key = ?", [STORIES_CODE]).fetchall() != [(code,)]:
        clear_stories(connection)
        connection.execute("delete from ledger.state where key = ?", [STORIES_CODE])
        connection.execute("insert into ledger.state values (?, ?)", [STORIES_CODE, code])
    update_story_index(connection, source)
    find_story_pairs(connection)
    compared = compare_due(connection)
    mark_listed(connection)
    group_touched(connection)
    describe_stories(connection, source)
    for table in STORY_TEMPORARY:
        connection.execute(f"drop table if exists temp.{table}")
    return compared


def stage_stories(connection: Connection) -> None:
    """Copy what the index knows of stories into the staging tables."""
    connection.execute("delete from staging.stories")
    connection.execute(
        "insert into staging.stories by name select * exclude (centre_key, content_key) from stories.stories "
        "order by story_id"
    )
    connection.execute(
        """
        create or replace temp table placed_in_stories as
        select article_id, story_id from tellers join stories.stories using (centre_key)
        """
    )
    update_articles(connection, "placed_in_stories", ("story_id",))


def replace_rows(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Replace the rows of a staging table."""
    connection.execute(f"delete from staging.{table}")
    if rows:
        connection.register("fresh_rows", pa.Table.from_pylist(list(rows)))
        connection.execute(f"insert into staging.{table} by name select * from fresh_rows")
        connection.unregister("fresh_rows")
