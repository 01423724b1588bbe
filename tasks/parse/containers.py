"""Files that hold many records: JSON Lines, CSV and Parquet, one document a record.

Records are read one after the other; a record that cannot be read is refused with its number, the others live.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from tasks.parse.compression import DamagedStream, damage_of
from tasks.parse.stated_fields import document_of_record, refuse
from tasks.records import RawDocument, Refused
from warehouse.vocabulary import Refusal

#: A line longer than the limit is skipped to its end, but the file is given up when it goes on this many times as long.
GIVE_UP_AFTER = 20
PARQUET_BATCH_ROWS = 64
#: A compressed Parquet file is spooled to disk (the format needs seeking) up to this many times the document limit.
SPOOL_FACTOR = 40


class EndlessLine(Exception):
    """A line goes on beyond all bounds."""


def read_json_lines(stream: BinaryIO, uri: str, max_document_bytes: int) -> Iterator[RawDocument | Refused]:
    """Read one document a line; blank lines are not counted as records but as lines."""
    number = 0
    lines = bounded_lines(stream, 2 * max_document_bytes)
    while True:
        number += 1
        here = f"{uri}#{number}"
        try:
            line = next(lines, None)
        except DamagedStream as damage:
            yield damaged(here, damage)
            return
        except EndlessLine:
            yield refuse(here, Refusal.TOO_LARGE, f"line {number} has no end within the limit; the rest is not read")
            return
        if line is None:
            return
        if len(line) > 2 * max_document_bytes:
            yield refuse(here, Refusal.TOO_LARGE, f"line {number} is longer than {2 * max_document_bytes} bytes", line)
        elif line.strip():
            yield read_json_record(here, number, line, max_document_bytes)


def read_json_record(uri: str, number: int, line: bytes, max_document_bytes: int) -> RawDocument | Refused:
    """Read the record of one line."""
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as problem:
        detail = f"line {number} is not JSON: {problem.msg} at column {problem.colno}"
        return refuse(uri, Refusal.MALFORMED_RECORD, detail, line)
    if not isinstance(record, dict):
        kind = type(record).__name__
        return refuse(uri, Refusal.MALFORMED_RECORD, f"line {number} is a JSON {kind}; an object is needed", line)
    return document_of_record(uri, record, max_document_bytes)


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """Split a stream into lines; of a longer line, `limit` + 1 bytes are returned and the rest is skipped.

    Raises:
        EndlessLine: a line goes on beyond all bounds.
        DamagedStream: the stream is damaged here; a line that the damage cuts is not returned.
    """
    while line := stream.readline(limit + 1):
        if len(line) > limit and not line.endswith(b"\n"):
            skipped = 0
            while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                skipped += len(rest)
                if skipped > GIVE_UP_AFTER * limit:
                    raise EndlessLine
        elif not line.endswith(b"\n") and (damage := damage_of(stream)) is not None:
            raise damage
        yield line
    if (damage := damage_of(stream)) is not None:
        raise damage


def read_csv(stream: BinaryIO, uri: str, max_document_bytes: int) -> Iterator[RawDocument | Refused]:
    """Read one document a row under a header line; separators are a comma, semicolon or tab."""
    csv.field_size_limit(max(1, min(2 * max_document_bytes, 2**31 - 1)))
    header = stream.readline(65_536)
    text = header.decode("utf-8-sig", "replace")
    delimiter = max(",;\t", key=text.count)
    try:
        names = next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error as problem:
        yield refuse(uri, Refusal.MALFORMED_RECORD, f"the header is not readable as CSV: {problem}", header)
        return
    rows = csv.reader(decoded_lines(stream, max_document_bytes), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        here = f"{uri}#{number}"
        try:
            row = next(rows, None)
        except DamagedStream as damage:
            yield damaged(here, damage)
            return
        except (csv.Error, EndlessLine) as problem:
            detail = f"record {number}, line {rows.line_num + 1}: {problem or 'has no end'}; the rest is not read"
            yield refuse(here, Refusal.MALFORMED_RECORD, detail)
            return
        if row is None:
            return
        if row and len(row) != len(names):
            detail = f"record {number}, line {rows.line_num + 1} has {len(row)} fields; the header has {len(names)}"
            yield refuse(here, Refusal.MALFORMED_RECORD, detail, "\x1f".join(row).encode("utf-8", "replace"))
        elif row:
            yield document_of_record(here, dict(zip(names, row, strict=True)), max_document_bytes)


def decoded_lines(stream: BinaryIO, max_document_bytes: int) -> Iterator[str]:
    """Decode a stream line by line: UTF-8, and windows-1252 for the lines that are not."""
    for line in bounded_lines(stream, 2 * max_document_bytes):
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            yield line.decode("cp1252", "replace")


def read_parquet(path: Path, stream: BinaryIO, uri: str, max_document_bytes: int) -> Iterator[RawDocument | Refused]:
    """Read one document a row, a few rows at a time; a compressed file is spooled to disk first."""
    with tempfile.TemporaryFile() as spool:
        source: Any = path
        if path.suffix.lower() in (".gz", ".zst", ".zstd"):
            try:
                _spool(stream, spool, SPOOL_FACTOR * max_document_bytes)
            except DamagedStream as damage:
                yield damaged(uri, damage)
                return
            spool.seek(0)
            source = spool
        number = 0
        try:
            for batch in pq.ParquetFile(source).iter_batches(batch_size=PARQUET_BATCH_ROWS):
                for record in batch.to_pylist():
                    number += 1
                    yield document_of_record(f"{uri}#{number}", record, max_document_bytes)
        except (pa.ArrowException, OSError, ValueError) as problem:
            detail = f"not readable as Parquet after record {number}: {type(problem).__name__}"
            yield refuse(f"{uri}#{number + 1}", Refusal.UNREADABLE, detail)


def _spool(stream: BinaryIO, spool: BinaryIO, limit: int) -> None:
    while chunk := stream.read(1 << 20):
        limit -= len(chunk)
        if limit < 0:
            raise DamagedStream("the decompressed file is larger than the limit", is_truncated=False)
        spool.write(chunk)
    if (damage := damage_of(stream)) is not None:
        raise damage


def damaged(uri: str, damage: DamagedStream, content: bytes = b"") -> Refused:
    """Refuse what lies behind the damage of a compressed file."""
    return refuse(uri, Refusal.TRUNCATED if damage.is_truncated else Refusal.UNREADABLE, str(damage), content)
