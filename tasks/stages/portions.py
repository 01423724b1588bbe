"""Portions: work on many rows cut so that what is in memory at once has a bound, whatever the number of rows.

The bound follows from what DuckDB may take (its `memory_limit`, of which `DATELINE_MEMORY_LIMIT` decides): a quarter of
that for what Python holds of one portion, half for what one query gathers. Weights are estimates in bytes, measured
on articles of 400 words. One row that weighs more than the bound is a portion by itself.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from tasks.dedupe.lexicon import Ints
from warehouse.build_file import Connection

#: Bytes of a portion, at least and at most: smaller ones cost more than they save, larger ones gain no speed.
LEAST_BYTES, MOST_BYTES = 24 << 20, 256 << 20
#: Bytes that one query gathers, at most.
MOST_QUERY_BYTES = 2 << 30
_UNITS = {"bytes": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}


def database_bytes(connection: Connection) -> int:
    """Return how much memory the database may take."""
    ((stated,),) = connection.execute("select current_setting('memory_limit')").fetchall()
    amount, unit = stated.split()
    return int(float(amount) * _UNITS[unit])


def portion_bytes(connection: Connection) -> int:
    """Return how much memory the work on one portion may take."""
    return min(MOST_BYTES, max(LEAST_BYTES, database_bytes(connection) // 4))


def cut_rows(
    connection: Connection, table: str, rows: str, *, weight: str, order: str, together: str = ""
) -> list[int]:
    """Create the temporary table `table`: the rows of a query and the `portion` of each; returns the portions.

    Args:
        connection: The build file.
        table: Name of the table.
        rows: The query.
        weight: Expression for the bytes that a row will take.
        order: Columns by which the rows are cut, and lie in the table.
        together: Column whose equal values are not parted; it must come first in `order`.
    """
    reached = f"sum({weight}) over (order by {order} rows unbounded preceding) - ({weight})"
    begun = f"min(reached) over (partition by {together})" if together else "reached"
    connection.execute(
        f"""
        create or replace temp table {table} as
        with weighed as (select *, {reached} as reached from ({rows}))
        select * exclude (reached), ({begun} // {portion_bytes(connection)})::bigint as portion
        from weighed
        order by {order}
        """
    )
    return [number for (number,) in connection.execute(f"select distinct portion from {table} order by all").fetchall()]


def cut_places(weight: Ints, most: int) -> list[Ints]:
    """Cut places 0 to n - 1 into ranges of about `most` in weight."""
    reached: Ints = np.cumsum(weight) - weight
    bounds = np.flatnonzero(np.diff(reached // most, prepend=-1)).tolist()
    return [np.arange(start, end) for start, end in pairwise([*bounds, len(weight)])]


def cut_fingerprints(connection: Connection, posting_count: int) -> list[str]:
    """Write conditions that part the fingerprints into ranges, so that a query over one range of postings fits.

    A posting takes some hundred bytes where it is counted or joined. Fingerprints are spread evenly over 64 bits.
    """
    most = min(MOST_QUERY_BYTES, database_bytes(connection) // 2)
    count = max(1, -(-posting_count * 100 // most))
    bounds = [number * (1 << 64) // count for number in range(count + 1)]
    return [f"fingerprint between {low} and {high - 1}" for low, high in pairwise(bounds)]
