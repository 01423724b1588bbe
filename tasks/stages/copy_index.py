"""The index in which articles find their copies: tables of the build file, kept from run to run.

A new article is compared with those that it meets at its fingerprints, however many articles there are. What was
found about older pairs is looked at again only where a fingerprint that they share has spread so far that it weighs
less, or has other pivots. So the tables hold at any time what they would hold if all articles had come at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from tasks.dedupe.candidates import FULL_GROUP, PIVOTS
from tasks.dedupe.commonness import MOST_COUNTED, SILENT_COMMONNESS, Spread, measure_commonness
from tasks.dedupe.fingerprints import Fingerprints
from tasks.dedupe.lexicon import Hashes, Ints
from tasks.dedupe.sketches import Sketches, article_key, sketch_articles
from tasks.dedupe.words import WordCodes
from tasks.stages.blob_columns import from_blobs, from_steps, to_blobs, to_steps
from warehouse.build_file import Connection

#: Articles sketched, and fingerprints weighed, at once: bounds the memory, whatever the number of articles.
SKETCHED_AT_ONCE, WEIGHED_AT_ONCE = 5_000, 20_000

TABLES = ("articles", "postings", "spread", "pairs", "duplicates", "members", "clusters", "versions")


def clear_index(connection: Connection) -> None:
    """Forget everything."""
    for table in TABLES:
        connection.execute(f"delete from copies.{table}")


def find_changes(connection: Connection, source: str) -> tuple[int, int]:
    """Compare the articles of `source` with the index: returns how many are fresh, and how many are gone.

    `source` has the columns article_id, content_key, text and title. Fills the temporary tables `fresh` (article_id)
    and `gone` (article_key); an article that changed is in both.
    """
    connection.execute(f"create or replace temp table present as select article_id, content_key from {source}")
    connection.execute(
        """
        create or replace temp table fresh as
        select article_id from present anti join copies.articles using (article_id, content_key)
        """
    )
    connection.execute(
        """
        create or replace temp table gone as
        select article_key from copies.articles anti join present using (article_id, content_key)
        """
    )
    ((fresh, gone),) = connection.execute("select (select count(*) from fresh), (select count(*) from gone)").fetchall()
    return fresh, gone


def update_index(connection: Connection, source: str) -> None:
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
    for ids, sketches in _sketch_fresh(connection, source):
        _add_sketches(connection, ids, sketches)
    connection.execute("insert into copies.postings from fresh_postings")
    _update_spread(connection)


def _sketch_fresh(connection: Connection, source: str) -> Iterator[tuple[list[tuple[str, int]], Sketches]]:
    ids = connection.execute("select article_id from fresh order by article_id").fetchall()
    for start in range(0, len(ids), SKETCHED_AT_ONCE):
        chosen = pa.table({"article_id": [name for (name,) in ids[start : start + SKETCHED_AT_ONCE]]})
        connection.register("chosen_ids", chosen)
        rows = connection.execute(
            f"select article_id, content_key, text, title from {source} semi join chosen_ids using (article_id) "
            "order by article_id"
        ).fetchall()
        connection.unregister("chosen_ids")
        yield [row[:2] for row in rows], sketch_articles([row[2] for row in rows], [row[3] for row in rows])


def _add_sketches(connection: Connection, ids: Sequence[tuple[str, int]], sketches: Sketches) -> None:
    keys = np.array([article_key(article_id) for article_id, _ in ids], np.int64)
    fingerprints = sketches.fingerprints
    connection.register(
        "sketched",
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
            }
        ),
    )
    connection.execute("insert into copies.articles by name from sketched")
    connection.execute("insert into fresh_keys select article_key from sketched")
    connection.unregister("sketched")
    owner = np.repeat(keys, np.diff(fingerprints.starts))
    connection.register("posted", pa.table({"fingerprint": fingerprints.value, "article_key": owner}))
    connection.execute("insert into fresh_postings from posted")
    connection.unregister("posted")


def _update_spread(connection: Connection) -> None:
    """Bring the counts and pivots of the fingerprints of fresh and departed articles up to date."""
    _count_spread(connection)
    _silence(connection)
    _note_changes(connection)
    connection.execute(
        """
        delete from copies.spread
        where fingerprint in (select fingerprint from arrived) or fingerprint in (from departed)
        """
    )
    connection.execute("insert into copies.spread by name from spread_now")


def _count_spread(connection: Connection) -> None:
    """Count the holders of each fingerprint that came or went, adding to known counts where none went: `spread_now`."""
    connection.execute(
        f"""
        create or replace temp table arrived as
        select fingerprint, count(*) as added, min(article_key, {PIVOTS}) as first_keys
        from fresh_postings
        group by fingerprint
        """
    )
    connection.execute(
        f"""
        create or replace temp table spread_now as
        with known as (
            select
                fingerprint,
                article_count + added as article_count,
                list_sort(list_concat(pivots, first_keys))[1:{PIVOTS}] as pivots
            from copies.spread
            join arrived using (fingerprint)
            anti join departed using (fingerprint)
        ),
        unknown as (
            select fingerprint from arrived anti join copies.spread using (fingerprint)
            union
            select fingerprint from departed
        ),
        counted as (
            select fingerprint, count(*) as article_count, min(article_key, {PIVOTS}) as pivots
            from copies.postings
            semi join unknown using (fingerprint)
            group by fingerprint
            having count(*) > 1
        )
        select fingerprint, article_count::integer as article_count, pivots, false as is_silent from known
        union all
        select fingerprint, article_count::integer, pivots, false from counted
        """
    )


def _note_changes(connection: Connection) -> None:
    """List the known fingerprints that now weigh otherwise, and whether they bring new pairs together: `changed`."""
    connection.execute(
        f"""
        create or replace temp table changed as
        select
            fingerprint,
            now.article_count is not null and not now.is_silent and (
                before.is_silent
                or before.article_count > {FULL_GROUP} and (
                    now.article_count <= {FULL_GROUP} or fingerprint in (from departed) and now.pivots <> before.pivots
                )
            ) as gains
        from copies.spread as before
        left join spread_now as now using (fingerprint)
        where (fingerprint in (select fingerprint from arrived) or fingerprint in (from departed))
          and (
              now.article_count is null
              or now.pivots <> before.pivots
              or now.is_silent <> before.is_silent
              or (now.article_count <= {FULL_GROUP}) <> (before.article_count <= {FULL_GROUP})
              or {_step("now")} <> {_step("before")}
          )
        """
    )


def _step(table: str) -> str:
    """Write the step of a count, as `round_count` has it."""
    return f"floor(2 * log2(least({table}.article_count, {MOST_COUNTED})) + 1e-9)"


def _silence(connection: Connection) -> None:
    """Find the fingerprints in `spread_now` that bring no one together any more."""
    many = connection.execute(
        f"select fingerprint from spread_now where article_count > {FULL_GROUP} order by fingerprint"
    ).fetchnumpy()["fingerprint"]
    for start in range(0, len(many), WEIGHED_AT_ONCE):
        wanted = np.asarray(many[start : start + WEIGHED_AT_ONCE], np.uint64)
        spread, _, fingerprints = fetch_spread(connection, wanted, "spread_now")
        silent = spread.value[measure_commonness(spread, fingerprints) >= SILENT_COMMONNESS]
        connection.register("silent", pa.table({"fingerprint": silent}))
        connection.execute("update spread_now set is_silent = true where fingerprint in (from silent)")
        connection.unregister("silent")


def fetch_spread(
    connection: Connection, wanted: Hashes, table: str = "copies.spread"
) -> tuple[Spread, Ints, Fingerprints]:
    """Fetch the spread of the fingerprints `wanted` (ascending), and the keys and fingerprints of the pivots."""
    connection.register("wanted", pa.table({"fingerprint": wanted}))
    rows = connection.sql(
        f"""
        select fingerprint, article_count, pivots, is_silent
        from {table} semi join wanted using (fingerprint)
        order by fingerprint
        """
    ).to_arrow_table()
    connection.unregister("wanted")
    value = rows["fingerprint"].to_numpy()
    pivots = rows["pivots"].combine_chunks()
    offsets = pivots.offsets.to_numpy()
    keys, number = np.unique(pivots.values.to_numpy()[offsets[0] : offsets[-1]], return_inverse=True)
    length = np.diff(offsets)
    place = np.arange(len(number)) - np.repeat(offsets[:-1] - offsets[0], length)
    grid = np.full((len(value), PIVOTS), -1, np.int64)
    grid[np.repeat(np.arange(len(value)), length), place] = number
    found = fetch_fingerprints(connection, keys)
    silent = rows["is_silent"].to_numpy(zero_copy_only=False).astype(bool)
    return Spread(value, rows["article_count"].to_numpy().astype(np.int64), grid, silent), keys, found


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
