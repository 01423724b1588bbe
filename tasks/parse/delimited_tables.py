"""CSV files: one document a row under a header line, parted by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from tasks.parse.compression import DamagedStream
from tasks.parse.containers import EndlessLine, bounded_lines, damaged
from tasks.parse.decoding import Decoded, decode
from tasks.parse.stated_fields import CONTENT_FIELDS, document_of_record, name_of, refuse
from tasks.records import RawDocument, Refused
from warehouse.vocabulary import Refusal

DELIMITERS = ",;\t|"
#: How often reading begins anew behind a quote that is never closed, before the rest of the file is given up.
MAX_RESTARTS = 20


def read_csv(stream: BinaryIO, uri: str, max_document_bytes: int) -> Iterator[RawDocument | Refused]:
    """Read one document a row; a row that cannot be read is refused with its number, the others live."""
    csv.field_size_limit(max(1, min(2 * max_document_bytes, 2**31 - 1)))
    header = stream.readline(65_536)
    text = header.decode("utf-8-sig", "replace")
    delimiter = max(DELIMITERS, key=text.count)
    try:
        names = [name_of(name) for name in next(csv.reader([text], delimiter=delimiter), [])]
    except csv.Error as problem:
        yield refuse(uri, Refusal.MALFORMED_RECORD, f"the header is not readable as CSV: {problem}", header)
        return
    names = [name.lower() if name.lower() in CONTENT_FIELDS else name for name in names]
    if names and not set(CONTENT_FIELDS) & set(names):
        detail = f"the header line has no column `html` or `text`; it has {', '.join(names[:20])[:500]}"
        yield refuse(uri, Refusal.MALFORMED_RECORD, detail, header)
        return
    yield from _read_rows(_Lines(stream, max_document_bytes), names, delimiter, uri, max_document_bytes)


def _read_rows(
    lines: _Lines, names: list[str], delimiter: str, uri: str, max_document_bytes: int
) -> Iterator[RawDocument | Refused]:
    rows = csv.reader(lines, delimiter=delimiter)
    number = restarts = 0
    while True:
        number += 1
        here = f"{uri}#{number}"
        lines.begin_row()
        try:
            row = next(rows, None)
        except DamagedStream as damage:
            yield damaged(here, damage)
            return
        except EndlessLine:
            yield refuse(here, Refusal.TOO_LARGE, f"record {number} has no end within the limit; the rest is not read")
            return
        except csv.Error as problem:
            detail = f"record {number}, line {lines.first_number}: {problem}"
            yield refuse(here, Refusal.MALFORMED_RECORD, detail, lines.first_line())
            restarts += 1
            if not lines.can_begin_again(restarts):
                return
            rows = csv.reader(lines, delimiter=delimiter)
            continue
        if row is None:
            return
        if lines.ends_inside_quotes():
            detail = f"record {number}, line {lines.first_number}: a quote that is opened there is never closed"
            yield refuse(here, Refusal.MALFORMED_RECORD, detail, lines.first_line())
            restarts += 1
            if not lines.can_begin_again(restarts):
                return
            rows = csv.reader(lines, delimiter=delimiter)
        elif row and len(row) != len(names):
            detail = f"record {number}, line {lines.first_number} has {len(row)} fields; the header has {len(names)}"
            yield refuse(here, Refusal.MALFORMED_RECORD, detail, "\x1f".join(row).encode("utf-8", "replace"))
        elif row:
            yield document_of_record(here, dict(zip(names, row, strict=True)), max_document_bytes)


class _Lines:
    """The decoded lines of a file, which can be read again from the line after the one that a row began with."""

    def __init__(self, stream: BinaryIO, max_document_bytes: int) -> None:
        self._source = decoded_lines(stream, max_document_bytes)
        self._waiting: list[str] = []  # to be read again; the next one is the last
        self._row: list[str] = []  # of the row that is being read
        self._number = 1  # of the line read last; the header was the first
        self._is_at_end = False
        self.first_number = 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._waiting:
            line = self._waiting.pop()
        else:
            try:
                line = next(self._source)
            except StopIteration:
                self._is_at_end = True
                raise
        self._number += 1
        self._row.append(line)
        return line

    def begin_row(self) -> None:
        self._row.clear()
        self.first_number = self._number + 1

    def first_line(self) -> bytes:
        return self._row[0].encode("utf-8", "replace") if self._row else b""

    def ends_inside_quotes(self) -> bool:
        """Tell whether the row took all that was left because one of its quotes has no end."""
        return len(self._row) > 1 and self._is_at_end and sum(line.count('"') for line in self._row) % 2 == 1

    def can_begin_again(self, restarts: int) -> bool:
        """Go back to the second line of the row; False after too many times."""
        if restarts > MAX_RESTARTS:
            return False
        self._waiting.extend(reversed(self._row[1:]))
        self._number -= len(self._row) - 1
        self._is_at_end = False
        return True


def decoded_lines(stream: BinaryIO, max_document_bytes: int) -> Iterator[str]:
    """Decode a stream line by line: UTF-8, and the encoding that the letters of a line show where it is not."""
    for line in bounded_lines(stream, 2 * max_document_bytes):
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            found = decode(line)
            yield found.text if isinstance(found, Decoded) else line.decode("cp1252", "replace")
