"""Articles as dedupe sees them, fetched by key."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time
from typing import Any

import pyarrow as pa

from tasks.dedupe.lexicon import Ints
from tasks.records import ArticleText
from warehouse.build_file import Connection

#: What comparing reads of an article, but for its text.
FACTS = ("article_id", "document_id", "role", "title", "publisher", "url", "byline", "lang")

#: Characters of a removed block that may say something of the article: a link to another correction has fewer.
LEAST_REMOVED = 40
#: Times as the page and the input state them.
TIMES = ("published", "modified", "fetched")


def name_source(connection: Connection) -> str:
    """Create the temporary view of the staged articles with what their pages state, and return its name."""
    columns = ", ".join(f"articles.{name}" for name in FACTS)
    connection.execute(
        f"""
        create or replace temp view article_texts_stated as
        select
            {columns},
            stated.published,
            stated.modified,
            json_extract_string(inputs.stated, '$.fetched_at') as fetched,
            articles.text,
            articles.rowid as text_row,
            hash({columns}, stated.published, stated.modified, fetched, articles.text) as content_key
        from staging.articles as articles
        join page.articles as stated using (article_id)
        left join ledger.inputs as inputs on inputs.document_id = articles.document_id
        """
    )
    return "article_texts_stated"


def fetch_texts(connection: Connection, source: str, keys: Ints, *, with_text: bool = True) -> list[ArticleText]:
    """Fetch articles in the order of their keys (ascending, distinct); their texts are empty if they are not wanted."""
    connection.register("text_keys", pa.table({"article_key": keys}))
    rows = connection.execute(
        f"""
        with known as (
            select article_key, article_id from copies.articles semi join text_keys using (article_key)
        )
        select {", ".join(f"source.{name}" for name in (*FACTS, *TIMES))}, {"source.text" if with_text else "''"}
        from {source} as source
        join known using (article_id)
        order by known.article_key
        """
    ).fetchall()
    connection.unregister("text_keys")
    return [as_article(row) for row in rows]


def fetch_removed(connection: Connection, documents: Collection[str]) -> dict[str, str]:
    """Fetch by document what cleaning took out of it, a line a block; labels and links are left out."""
    if not documents:
        return {}
    connection.register("asked_documents", pa.table({"document_id": pa.array(sorted(documents), pa.string())}))
    rows = connection.execute(
        f"""
        select document_id, string_agg(text, chr(10) order by ordinal)
        from staging.blocks
        semi join asked_documents using (document_id)
        where not is_kept and length(text) >= {LEAST_REMOVED}
        group by document_id
        """
    ).fetchall()
    connection.unregister("asked_documents")
    return dict(rows)


def update_articles(connection: Connection, table: str, columns: Sequence[str]) -> None:
    """Set columns of the staged articles to those of `table`, which has at most one row for each article_id.

    Articles that `table` does not have, and values that are NULL in it, stay as they are.
    """
    connection.execute(articles_update(table, columns))


def articles_update(table: str, columns: Sequence[str]) -> str:
    """Write the statement of `update_articles`.

    Its subqueries leave the articles in the order in which they lie in their table. The join of an `update … from`
    may hand them over in any order, and then each row costs the reading of the two thousand around it.
    """
    values = ", ".join(
        f"{name} = coalesce((select changed.{name} from {table} as changed where changed.article_id = "
        f"articles.article_id), articles.{name})"
        for name in columns
    )
    return f"update staging.articles as articles set {values}"


def as_article(row: tuple[Any, ...]) -> ArticleText:
    """Turn a row of FACTS, TIMES and text into a record."""
    facts = dict(zip((*FACTS, *TIMES, "text"), row[: len(FACTS) + len(TIMES) + 1], strict=True))
    return ArticleText(**facts | {name: stated_time(facts[name]) for name in TIMES})


def stated_time(value: str | None) -> datetime | None:
    """Read a stated ISO day or time as a UTC time; a day without a time of day counts as its noon.

    What an input states beside a document may be anything; what is no time tells none.

    >>> stated_time("2026-03-04T23:30:00-05:00")
    datetime.datetime(2026, 3, 5, 4, 30, tzinfo=datetime.timezone.utc)
    """
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if len(value) <= len("2026-03-04"):
        moment = datetime.combine(moment.date(), time(12))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
