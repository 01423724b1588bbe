"""The later stages fill in the columns of the staged articles that they find out."""

from __future__ import annotations

import duckdb

from tasks.stages.article_texts import articles_update, update_articles
from warehouse.build_file import CONFIGURATION, Connection, migrate


def stage(connection: Connection, article_ids: list[str]) -> None:
    for place, article_id in enumerate(article_ids):
        connection.execute(
            """
            insert into staging.articles by name
            select
                ? as article_id, 'd' as document_id, ?::integer as ordinal, 'lead' as "role", 0 as char_start,
                1 as char_end, 'unknown' as published_source, 'A' as text, 1 as word_count, 'none' as cluster_id,
                true as is_canonical, 'none' as story_id
            """,
            [article_id, place],
        )


def test_articles_that_a_table_does_not_have_stay_as_they_are() -> None:
    with duckdb.connect(config=CONFIGURATION) as connection:
        migrate(connection)
        stage(connection, ["c", "a", "b"])
        connection.execute(
            "create temp table placed as from (values ('b', 'k', false), ('c', 'l', true)) "
            "as placed(article_id, cluster_id, is_canonical)"
        )
        update_articles(connection, "placed", ("cluster_id", "is_canonical"))
        rows = connection.execute(
            "select article_id, cluster_id, is_canonical, story_id from staging.articles order by article_id"
        ).fetchall()
    assert rows == [("a", "none", True, "none"), ("b", "k", False, "none"), ("c", "l", True, "none")]


def test_articles_are_updated_in_the_order_in_which_they_lie() -> None:
    """Updates in another order read two thousand rows for each; only a single join keeps to it whatever the sizes."""
    with duckdb.connect(config=CONFIGURATION) as connection:
        migrate(connection)
        stage(connection, ["a", "b"])
        connection.execute("create temp table placed as select 'a' as article_id, 'k' as cluster_id from range(1)")
        ((_, plan),) = connection.execute(f"explain {articles_update('placed', ['cluster_id'])}").fetchall()
    assert "SINGLE" in plan and "INNER" not in plan
