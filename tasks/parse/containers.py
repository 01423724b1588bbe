"""Files that hold many records as JSON: a line each, or as values; one document a record.

Records are read one after the other; a record that cannot be read is refused with its number, the others live.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from tasks.parse.compression import DamagedStream, damage_of
from tasks.parse.json_values import NotJson, load_value, split_values
from tasks.parse.stated_fields import CONTENT_FIELDS, document_of_record, refuse, text_of
from tasks.records import RawDocument, Refused
from warehouse.vocabulary import Refusal

#: A line longer than the limit is skipped to its end, but the file is given up when it goes on this many times as long.
GIVE_UP_AFTER = 20
#: Values of a file that are no objects are refused one by one up to this many, and those behind them together.
MAX_STRAY_VALUES = 1000
KINDS = {"NoneType": "null", "bool": "boolean", "int": "number", "float": "number", "str": "string", "list": "array"}


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


def read_json_record(
    uri: str, number: int, line: bytes, max_document_bytes: int, part: str = "line"
) -> RawDocument | Refused:
    """Read the record of one line or object (`part` says which, for messages)."""
    try:
        record, repaired = load_value(line)
    except NotJson as problem:
        return refuse(uri, Refusal.MALFORMED_RECORD, f"{part} {number} is not JSON: {problem}", line)
    if not isinstance(record, dict):
        return refuse(uri, Refusal.MALFORMED_RECORD, _no_object(f"{part} {number}", record), line)
    return document_of_record(uri, record, max_document_bytes, repaired)


def read_json(stream: BinaryIO, uri: str, max_document_bytes: int) -> Iterator[RawDocument | Refused]:
    """Read one document an object: those of an array, or that stand one after the other; other values are refused."""
    number = strays = 0
    values = split_values(stream, 2 * max_document_bytes)
    while True:
        number += 1
        here = f"{uri}#{number}"
        try:
            value = next(values, None)
        except DamagedStream as damage:
            yield damaged(here, damage)
            return
        if value is None:
            break
        strays += not value.startswith(b"{")
        if len(value) > 2 * max_document_bytes:
            yield refuse(
                here, Refusal.TOO_LARGE, f"value {number} is longer than {2 * max_document_bytes} bytes", value
            )
        elif not value.startswith(b"{") and strays > MAX_STRAY_VALUES:
            continue
        elif (wrapped := _wrapped_records(value)) is not None:
            for place, record in enumerate(wrapped, start=1):
                yield _wrapped_record(f"{here}.{place}", f"value {number}.{place}", record, max_document_bytes)
        else:
            yield read_json_record(here, number, value, max_document_bytes, "value")
    if strays > MAX_STRAY_VALUES:
        detail = f"{strays - MAX_STRAY_VALUES} more values are no objects; objects are needed"
        yield refuse(f"{uri}#{number}", Refusal.MALFORMED_RECORD, detail)


def _wrapped_record(uri: str, place: str, record: Any, max_document_bytes: int) -> RawDocument | Refused:
    if isinstance(record, dict):
        return document_of_record(uri, record, max_document_bytes)
    content = (text_of(record) or "null").encode("utf-8", "replace")
    return refuse(uri, Refusal.MALFORMED_RECORD, _no_object(place, record), content)


def _no_object(place: str, value: Any) -> str:
    return f"{place} is a JSON {KINDS.get(type(value).__name__, 'value')}; an object is needed"


def _wrapped_records(value: bytes) -> list[Any] | None:
    """Return the records of an answer of a web service: an object that holds them in a list, and no text itself."""
    try:
        record, _ = load_value(value)
    except NotJson:
        return None
    if not isinstance(record, dict) or any(record.get(name) for name in CONTENT_FIELDS):
        return None
    lists = [
        items for items in record.values() if isinstance(items, list) and any(isinstance(item, dict) for item in items)
    ]
    return lists[0] if len(lists) == 1 else None


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


def damaged(uri: str, damage: DamagedStream, content: bytes = b"") -> Refused:
    """Refuse what lies behind the damage of a compressed file."""
    return refuse(uri, Refusal.TRUNCATED if damage.is_truncated else Refusal.UNREADABLE, str(damage), content)
