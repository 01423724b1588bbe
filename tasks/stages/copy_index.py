"""The index in which articles find their copies: tables of the build file, kept from run to run.

A new article is compared with those that it meets at its fingerprints, however many articles there are. What was
found about older pairs is looked at again only where a fingerprint that they share has spread so far that it weighs
less, or has other pivots. So the tables hold at any time what they would hold if all articles had come at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from tasks.dedupe.sketches import Sketches, article_key, sketch_articles
from tasks.stages.blob_columns import insert_rows, to_blobs, to_steps
from tasks.stages.copy_spread import update_spread
from tasks.stages.portions import cut_rows
from warehouse.build_file import Connection

#: Bytes that sketching takes for each byte of a text, and besides.
SKETCHING_FACTOR, SKETCHING_BYTES = 12, 1_000

TABLES = ("articles", "postings", "spread", "pairs", "duplicates", "members", "clusters", "versions")


def clear_index(connection: Connection) -> None:
    """Forget everything."""
    for table in TABLES:
        connection.execute(f"delete from copies.{table}")


def find_changes(connection: Connection, source: str) -> tuple[int, int]:
    """Compare the articles of `source` with the index: returns how many are fresh, and how many are gone.

    `source` is the view that `article_texts.name_source` names. Fills the temporary tables `fresh` (article_id,
    content_key, text_row, text_bytes) and `gone` (article_key); an article that changed is in both.
    """
    connection.execute(
        f"create or replace temp table present as "
        f"select article_id, content_key, text_row, strlen(text) as text_bytes from {source}"
    )
    connection.execute(
        "create or replace temp table fresh as from present anti join copies.articles using (article_id, content_key)"
    )
    connection.execute(
        """
        create or replace temp table gone as
        select article_key from copies.articles anti join present using (article_id, content_key)
        """
    )
    ((fresh, gone),) = connection.execute("select (select count(*) from fresh), (select count(*) from gone)").fetchall()
    return fresh, gone


def update_index(connection: Connection) -> None:
    """Take what is gone out of the index and what is fresh in.

    Fills the temporary tables `fresh_keys`, `changed` (fingerprints whose spread matters to older pairs) and
    `touched_keys` (articles that lost a pair).
    """
    connection.execute(
        """
        create or replace temp table departed as
        select distinct fingerprint from copies.postings semi join gone using (article_key)
        """
    )
    connection.execute(
        """
        create or replace temp table touched_keys as
        select article_key from copies.pairs where other_key in (from gone)
        union
        select other_key from copies.pairs where article_key in (from gone)
        union
        select article_key from copies.members
        where cluster_id in (select cluster_id from copies.members semi join gone using (article_key))
        """
    )
    for table in ("pairs", "duplicates"):
        connection.execute(f"delete from copies.{table} where article_key in (from gone) or other_key in (from gone)")
    for table in ("articles", "postings", "members"):
        connection.execute(f"delete from copies.{table} where article_key in (from gone)")
    connection.execute("create or replace temp table fresh_keys (article_key bigint)")
    connection.execute("create or replace temp table fresh_postings (fingerprint ubigint, article_key bigint)")
    for ids, sketches in _sketch_fresh(connection):
        _add_sketches(connection, ids, sketches)
    connection.execute("insert into copies.postings from fresh_postings")
    update_spread(connection)


def _sketch_fresh(connection: Connection) -> Iterator[tuple[list[tuple[str, int]], Sketches]]:
    """Sketch the fresh articles in portions, in the order in which they are stored."""
    weight = f"{SKETCHING_FACTOR} * text_bytes + {SKETCHING_BYTES}"
    for portion in cut_rows(connection, "fresh_portions", "from fresh", weight=weight, order="text_row"):
        ((first, last),) = connection.execute(
            "select min(text_row), max(text_row) from fresh_portions where portion = ?", [portion]
        ).fetchall()
        rows = connection.execute(
            """
            select chosen.article_id, chosen.content_key, articles.text, articles.title
            from staging.articles as articles
            join (from fresh_portions where portion = $portion) as chosen on chosen.text_row = articles.rowid
            where articles.rowid between $first and $last
            """,
            {"portion": portion, "first": first, "last": last},
        ).fetchall()
        yield [row[:2] for row in rows], sketch_articles([row[2] for row in rows], [row[3] for row in rows])


def _add_sketches(connection: Connection, ids: Sequence[tuple[str, int]], sketches: Sketches) -> None:
    keys = np.array([article_key(article_id) for article_id, _ in ids], np.int64)
    fingerprints = sketches.fingerprints
    insert_rows(
        connection,
        "copies.articles",
        pa.table(
            {
                "article_key": keys,
                "article_id": [article_id for article_id, _ in ids],
                "content_key": pa.array([content_key for _, content_key in ids], pa.uint64()),
                "level": fingerprints.level.astype(np.uint8),
                "codes": to_blobs(sketches.words.starts, sketches.words.code),
                "steps": to_steps(sketches.words.starts, sketches.begin),
                "title_codes": to_blobs(sketches.titles.starts, sketches.titles.code),
                "fingerprints": to_blobs(fingerprints.starts, fingerprints.value),
                "is_digest": sketches.is_digest,
                "word_count": sketches.words.lengths().astype(np.int32),
                "fingerprint_count": np.diff(fingerprints.starts).astype(np.int32),
            }
        ),
    )
    insert_rows(connection, "fresh_keys", pa.table({"article_key": keys}))
    owner = np.repeat(keys, np.diff(fingerprints.starts))
    insert_rows(connection, "fresh_postings", pa.table({"fingerprint": fingerprints.value, "article_key": owner}))
