"""Dedupe, over all articles: verified pairs, clusters with their canonical article, and stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any

import pyarrow as pa

from tasks.dedupe import dedupe_articles
from tasks.records import ArticleText
from warehouse.build_file import Connection


def dedupe_all(connection: Connection) -> None:
    """Fill `staging.duplicates`, `clusters` and `stories`, and the articles' columns that name them."""
    articles = fetch_articles(connection)
    result = dedupe_articles(articles)
    for table, rows in (("duplicates", result.pairs), ("clusters", result.clusters), ("stories", result.stories)):
        replace_rows(connection, table, [asdict(row) for row in rows])
    assignments = pa.table(
        {
            "article_id": pa.array(result.assignments.keys(), pa.string()),
            "cluster_id": pa.array([place.cluster_id for place in result.assignments.values()], pa.string()),
            "is_canonical": pa.array([place.is_canonical for place in result.assignments.values()], pa.bool_()),
            "story_id": pa.array([place.story_id for place in result.assignments.values()], pa.string()),
        }
    )
    connection.register("assignments", assignments)
    connection.execute(
        """
        update staging.articles
        set cluster_id = assignments.cluster_id,
            is_canonical = assignments.is_canonical,
            story_id = assignments.story_id
        from assignments
        where articles.article_id = assignments.article_id
        """
    )
    connection.unregister("assignments")


def fetch_articles(connection: Connection) -> list[ArticleText]:
    rows = connection.execute(
        """
        select
            articles.article_id,
            articles.document_id,
            articles.role,
            articles.title,
            articles.publisher,
            articles.url,
            articles.byline,
            articles.lang,
            stated.published,
            articles.text
        from staging.articles as articles
        join page.articles as stated using (article_id)
        order by articles.article_id
        """
    ).fetchall()
    names = ("article_id", "document_id", "role", "title", "publisher", "url", "byline", "lang")
    return [
        ArticleText(**dict(zip(names, row[:8], strict=True)), published=stated_time(row[8]), text=row[9])
        for row in rows
    ]


def stated_time(value: str | None) -> datetime | None:
    """Read a stated ISO day or time as a UTC time; a day without a time of day counts as its noon.

    >>> stated_time("2026-03-04T23:30:00-05:00")
    datetime.datetime(2026, 3, 5, 4, 30, tzinfo=datetime.timezone.utc)
    """
    if not value:
        return None
    moment = datetime.fromisoformat(value)
    if len(value) <= len("2026-03-04"):
        moment = datetime.combine(moment.date(), time(12))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def replace_rows(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Replace the rows of a staging table."""
    connection.execute(f"delete from staging.{table}")
    if rows:
        connection.register("fresh_rows", pa.Table.from_pylist(list(rows)))
        connection.execute(f"insert into staging.{table} by name select * from fresh_rows")
        connection.unregister("fresh_rows")
