"""How far each fingerprint has spread among the articles of the index, and which of them stand for the others."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from tasks.dedupe.candidates import FULL_GROUP, PIVOTS
from tasks.dedupe.commonness import MOST_COUNTED, SILENT_COMMONNESS, Spread, measure_commonness
from tasks.dedupe.fingerprints import Fingerprints
from tasks.dedupe.lexicon import Hashes, Ints
from tasks.stages.copy_columns import fetch_fingerprints
from tasks.stages.portions import cut_fingerprints, portion_bytes
from warehouse.build_file import Connection

#: Bytes that measuring how common a fingerprint is takes: its pivots' fingerprints and their comparison.
WEIGHING_BYTES = 20_000


def update_spread(connection: Connection) -> None:
    """Bring the counts and pivots of the fingerprints of fresh and departed articles up to date.

    Fills the temporary table `changed`: known fingerprints that now weigh otherwise.
    """
    _count_spread(connection)
    _silence(connection)
    _note_changes(connection)
    connection.execute(
        """
        delete from copies.spread
        where fingerprint in (select fingerprint from fresh_postings) or fingerprint in (from departed)
        """
    )
    connection.execute("insert into copies.spread by name from spread_now")


def _count_spread(connection: Connection) -> None:
    """Count the holders of each fingerprint that came or went, adding to known counts where none went: `spread_now`.

    Done for one range of fingerprints after the other: lists of pivots are what DuckDB cannot move to disk.
    """
    connection.execute("create or replace temp table spread_now as from copies.spread limit 0")
    ((count,),) = connection.execute("select count(*) from fresh_postings").fetchall()
    for in_range in cut_fingerprints(connection, count):
        _add_to_known(connection, in_range)
        _count_unknown(connection, in_range)


def _add_to_known(connection: Connection, in_range: str) -> None:
    connection.execute(
        f"""
        insert into spread_now by name
        with known as (
            select fingerprint, article_count, pivots
            from copies.spread
            anti join departed using (fingerprint)
            where {in_range}
        ),
        added as (
            select fingerprint, count(*) as added_count, min(article_key, {PIVOTS}) as first_keys
            from fresh_postings
            semi join known using (fingerprint)
            where {in_range}
            group by fingerprint
        )
        select
            fingerprint,
            (article_count + added_count)::integer as article_count,
            list_sort(list_concat(pivots, first_keys))[1:{PIVOTS}] as pivots,
            false as is_silent
        from known
        join added using (fingerprint)
        """
    )


def _count_unknown(connection: Connection, in_range: str) -> None:
    connection.execute(
        f"""
        insert into spread_now by name
        with unknown as (
            select fingerprint from fresh_postings anti join copies.spread using (fingerprint) where {in_range}
            union all
            select fingerprint from departed where {in_range}
        ),
        spread as (
            select fingerprint
            from copies.postings
            semi join unknown using (fingerprint)
            where {in_range}
            group by fingerprint
            having count(*) > 1
        )
        select
            fingerprint,
            count(*)::integer as article_count,
            min(article_key, {PIVOTS}) as pivots,
            false as is_silent
        from copies.postings
        semi join spread using (fingerprint)
        where {in_range}
        group by fingerprint
        """
    )


def _note_changes(connection: Connection) -> None:
    """List the known fingerprints that now weigh otherwise, and whether they bring new pairs together: `changed`.

    A pivot whose text changed keeps its key, and yet shares other text with the other pivots.
    """
    connection.execute(
        f"""
        create or replace temp table changed as
        with rewritten as (
            select distinct fingerprint
            from (
                select fingerprint, unnest(pivots) as article_key
                from copies.spread
                semi join departed using (fingerprint)
            )
            semi join gone using (article_key)
        )
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
        where (fingerprint in (select fingerprint from fresh_postings) or fingerprint in (from departed))
          and (
              now.article_count is null
              or now.pivots <> before.pivots
              or fingerprint in (from rewritten)
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
    at_once = max(1, portion_bytes(connection) // WEIGHING_BYTES)
    for start in range(0, len(many), at_once):
        wanted = np.asarray(many[start : start + at_once], np.uint64)
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
