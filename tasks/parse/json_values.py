"""Records written as JSON: one a line, an array of them, or one after the other; strict or not quite.

What strict JSON refuses and writers produce all the same (NaN, halves of surrogate pairs, raw control characters, bytes
that are no UTF-8) is read leniently, and the record says so: one such character must not lose an article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from tasks.parse.compression import damage_of
from tasks.parse.decoding import Decoded, decode

CHUNK = 1 << 20
#: What decides where an object ends: strings and brackets; and where a value between objects does.
MARK = re.compile(rb'[{}\[\]"]|\\.', re.DOTALL)
IN_STRING = re.compile(rb'"|\\.', re.DOTALL)
BETWEEN = re.compile(rb'[{}\[\],\n"]|\\.', re.DOTALL)
IN_STRING_BETWEEN = re.compile(rb'["\n]|\\.', re.DOTALL)
#: What stands between values without being one: white space, the byte order mark, and the mark of JSON text sequences.
NO_VALUE = b" \t\r\n\xef\xbb\xbf\x1e"
SURROGATE = re.compile("[\ud800-\udfff]")


class NotJson(Exception):
    """Bytes are no JSON value, however leniently read."""


def load_value(line: bytes) -> tuple[Any, str | None]:
    """Read one JSON value; returns it with what had to be read leniently, None where nothing had to.

    Raises:
        NotJson: the bytes are no JSON value; the message says where they stop being one.
    """
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        return orjson.loads(line), None
    except orjson.JSONDecodeError as problem:
        detail = f"{problem.msg} at column {problem.colno}"
    repairs: list[str] = []
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        found = decode(line)
        if not isinstance(found, Decoded):
            raise NotJson(found.detail) from None
        text = found.text
        repairs.append(f"encoding {found.encoding}")
    try:
        value = json.loads(text, strict=False)
        found_halves = _count_halves(value)
        value = _without_halves(value) if found_halves else value
    except (ValueError, RecursionError):
        raise NotJson(detail) from None
    if found_halves:
        repairs.append(f"{found_halves} halves of surrogate pairs replaced")
    return value, "; ".join(repairs) or "not strict JSON"


def _count_halves(value: Any) -> int:
    if isinstance(value, str):
        return len(SURROGATE.findall(value)) if not value.isascii() else 0
    if isinstance(value, dict):
        return sum(_count_halves(name) + _count_halves(item) for name, item in value.items())
    return sum(map(_count_halves, value)) if isinstance(value, list) else 0


def _without_halves(value: Any) -> Any:
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_without_halves(name): _without_halves(item) for name, item in value.items()}
    return [_without_halves(item) for item in value] if isinstance(value, list) else value


def split_values(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """Split a stream into the values of its outermost array, or that stand one after the other.

    Arrays are looked into, so that the values are objects, and whatever stands between objects. One longer than `limit`
    comes back cut, at `limit` + 1 bytes. The last one may be without its end.

    Raises:
        DamagedStream: the stream is damaged; a value that the damage cuts is not returned.
    """
    value = bytearray()  # of the object that is open, or what stands between two
    depth, in_string = 0, False
    rest = b""
    while chunk := stream.read(CHUNK):
        chunk = rest + chunk
        slashes = len(chunk) - len(chunk.rstrip(b"\\"))
        cut = len(chunk) - slashes % 2  # what the last one escapes comes with the next chunk
        chunk, rest = chunk[:cut], chunk[cut:]
        taken = position = 0
        while (mark := _next_mark(depth, in_string).search(chunk, position)) is not None:
            position = mark.end()
            sign = mark.group()
            if sign == b'"':
                in_string = not in_string
            elif sign[:1] == b"\\" or (in_string and sign != b"\n"):
                continue
            elif depth == 0:
                _extend(value, chunk[taken : mark.start()], limit)
                if value.strip(NO_VALUE):
                    yield bytes(value)
                value.clear()
                in_string = False  # no string goes on after its line
                depth = 1 if sign == b"{" else 0
                taken = mark.start() if depth else position
            elif sign in b"{[":
                depth += 1
            else:
                depth -= 1
                if depth == 0:
                    _extend(value, chunk[taken:position], limit)
                    yield bytes(value)
                    value.clear()
                    taken = position
        _extend(value, chunk[taken:], limit)
    if (damage := damage_of(stream)) is not None:
        raise damage
    if (last := bytes(value + rest)).strip(NO_VALUE):
        yield last


def _next_mark(depth: int, in_string: bool) -> re.Pattern[bytes]:
    if depth:
        return IN_STRING if in_string else MARK
    return IN_STRING_BETWEEN if in_string else BETWEEN


def _extend(value: bytearray, more: bytes, limit: int) -> None:
    value += more[: max(0, limit + 1 - len(value))]
