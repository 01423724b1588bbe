"""Columns of numbers as blobs of the build file: what belongs to one article in one value, as small as it gets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tasks.dedupe.lexicon import Ints
from warehouse.build_file import Connection

#: A byte that says that the step goes on: steps up to 254 take one byte.
GOES_ON = 255


def insert_rows(connection: Connection, table: str, rows: pa.Table) -> None:
    """Append rows to a table, by the names of their columns.

    The statement names the argument: what is registered under a name instead, DuckDB keeps in memory until the
    transaction ends, and so all that a run ever wrote.
    """
    connection.execute(f"insert into {table} by name from rows")


def to_blobs(starts: Ints, values: NDArray[Any]) -> pa.Array:
    """Turn numbers into one blob an article; article i has the numbers [starts[i], starts[i + 1])."""
    width = values.dtype.itemsize
    offsets = pa.py_buffer((starts * width).astype(np.int64))
    blobs = pa.Array.from_buffers(pa.large_binary(), len(starts) - 1, [None, offsets, pa.py_buffer(values.tobytes())])
    return blobs


def from_blobs(rows: pa.Table, name: str, kind: type) -> tuple[Ints, NDArray[Any]]:
    """Turn a column of blobs into numbers; article i has the numbers [starts[i], starts[i + 1])."""
    values = rows[name].cast(pa.large_binary()).combine_chunks()
    if isinstance(values, pa.ChunkedArray):
        values = pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], pa.large_binary())
    _, offsets, content = values.buffers()
    ends = np.frombuffer(offsets, np.int64)[values.offset : values.offset + len(values) + 1]
    if content is None or not len(values):
        return np.zeros(len(values) + 1, np.int64), np.zeros(0, kind)
    joined: NDArray[Any] = np.frombuffer(content, np.uint8)[ends[0] : ends[-1]].copy().view(kind)
    return (ends - ends[0]) // np.dtype(kind).itemsize, joined


def to_steps(starts: Ints, places: Ints) -> pa.Array:
    """Turn ascending places into one blob of steps an article, a byte for each step of a word."""
    step = np.diff(places, prepend=0)
    first = starts[:-1][np.diff(starts) > 0]
    step[first] = places[first]
    more = step // GOES_ON
    content = np.full(len(step) + int(more.sum()), GOES_ON, np.uint8)
    content[np.arange(len(step)) + np.cumsum(more)] = step % GOES_ON
    return to_blobs(starts + np.concatenate([[0], np.cumsum(more)])[starts], content)


def from_steps(rows: pa.Table, name: str) -> Ints:
    """Turn a column of steps into the places of all articles, one after the other."""
    starts, content = from_blobs(rows, name, np.uint8)
    reached = np.concatenate([[0], np.cumsum(content, dtype=np.int64)])
    is_place = content != GOES_ON
    count = np.diff(np.concatenate([[0], np.cumsum(is_place)])[starts])
    return np.asarray(reached[1:][is_place] - np.repeat(reached[starts[:-1]], count))
