"""Sketches as the index of copies keeps them, fetched by key."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from tasks.dedupe.fingerprints import Fingerprints
from tasks.dedupe.lexicon import Ints
from tasks.dedupe.sketches import Sketches
from tasks.dedupe.words import WordCodes
from tasks.stages.blob_columns import from_blobs, from_steps
from warehouse.build_file import Connection


def fetch_fingerprints(connection: Connection, keys: Ints) -> Fingerprints:
    """Fetch the fingerprints of articles, in the order of their keys (ascending, distinct)."""
    rows = _fetch_articles(connection, keys, "level, fingerprints")
    starts, value = from_blobs(rows, "fingerprints", np.uint64)
    return Fingerprints(starts, value, rows["level"].to_numpy().astype(np.int64))


def fetch_sketches(connection: Connection, keys: Ints) -> Sketches:
    """Fetch the sketches of articles, in the order of their keys (ascending, distinct)."""
    rows = _fetch_articles(connection, keys, "level, fingerprints, codes, steps, title_codes, is_digest")
    starts, value = from_blobs(rows, "fingerprints", np.uint64)
    word_starts, code = from_blobs(rows, "codes", np.uint32)
    return Sketches(
        words=WordCodes(word_starts, code),
        begin=from_steps(rows, "steps"),
        titles=WordCodes(*from_blobs(rows, "title_codes", np.uint32)),
        fingerprints=Fingerprints(starts, value, rows["level"].to_numpy().astype(np.int64)),
        is_digest=rows["is_digest"].to_numpy(zero_copy_only=False).astype(bool),
    )


def _fetch_articles(connection: Connection, keys: Ints, columns: str) -> pa.Table:
    connection.register("wanted_keys", pa.table({"article_key": keys}))
    rows = connection.sql(
        f"select {columns} from copies.articles semi join wanted_keys using (article_key) order by article_key"
    ).to_arrow_table()
    connection.unregister("wanted_keys")
    if rows.num_rows != len(keys):
        raise LookupError(f"{len(keys)} articles were asked of the index of copies, and {rows.num_rows} are in it")
    return rows
