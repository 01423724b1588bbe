"""Parquet files: one document a row, whatever the types of the columns."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.parse.compression import SUFFIXES, DamagedStream, damage_of
from tasks.parse.containers import damaged
from tasks.parse.stated_fields import document_of_record, refuse
from tasks.records import RawDocument, Refused
from warehouse.vocabulary import Refusal

BATCH_ROWS = 64
#: A compressed Parquet file is spooled to disk (the format needs seeking) up to this many times the document limit.
SPOOL_FACTOR = 40


def read_parquet(path: Path, stream: BinaryIO, uri: str, max_document_bytes: int) -> Iterator[RawDocument | Refused]:
    """Read one document a row, a few rows at a time; a compressed file is spooled to disk first."""
    with tempfile.TemporaryFile() as spool:
        source: Any = path
        if path.suffix.lower() in SUFFIXES:
            try:
                _spool(stream, spool, SPOOL_FACTOR * max_document_bytes)
            except DamagedStream as damage:
                yield damaged(uri, damage)
                return
            spool.seek(0)
            source = spool
        number = 0
        try:
            for batch in pq.ParquetFile(source).iter_batches(batch_size=BATCH_ROWS):
                for record in _records(batch):
                    number += 1
                    yield document_of_record(f"{uri}#{number}", record, max_document_bytes)
        except (pa.ArrowException, OSError, ValueError) as problem:
            detail = f"not readable as Parquet after record {number}: {type(problem).__name__}"
            yield refuse(f"{uri}#{number + 1}", Refusal.UNREADABLE, detail)


def _records(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    columns = [_values(column) for column in batch.columns]
    for values in zip(*columns, strict=True):
        yield dict(zip(batch.schema.names, values, strict=True))


def _values(column: pa.Array) -> list[Any]:
    """Return a column's values as Python has them: text that is no UTF-8 as bytes, impossible times as text."""
    try:
        return list(column.to_pylist())
    except (pa.ArrowException, ValueError, OverflowError):
        kind = pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary()
        is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        return list(column.cast(kind if is_text else pa.string()).to_pylist())


def _spool(stream: BinaryIO, spool: BinaryIO, limit: int) -> None:
    while chunk := stream.read(1 << 20):
        limit -= len(chunk)
        if limit < 0:
            raise DamagedStream("the decompressed file is larger than the limit", is_truncated=False)
        spool.write(chunk)
    if (damage := damage_of(stream)) is not None:
        raise damage
