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
#: What decides where a value ends: strings and brackets.
MARK = re.compile(rb'[{}\[\]"]|\\.', re.DOTALL)
IN_STRING = re.compile(rb'"|\\.', re.DOTALL)
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
    """Split a stream into the objects of its outermost array, or that stand one after the other.

    An object longer than `limit` comes back cut, at `limit` + 1 bytes. The last one may be without its end.

    Raises:
        DamagedStream: the stream is damaged; an object that the damage cuts is not returned.
    """
    value = bytearray()  # of the object that is open
    depth, in_string = 0, False
    rest = b""
    while chunk := stream.read(CHUNK):
        chunk = rest + chunk
        slashes = len(chunk) - len(chunk.rstrip(b"\\"))
        cut = len(chunk) - slashes % 2  # what the last one escapes comes with the next chunk
        chunk, rest = chunk[:cut], chunk[cut:]
        taken = position = 0
        while (mark := (IN_STRING if in_string else MARK).search(chunk, position)) is not None:
            position = mark.end()
            sign = mark.group()
            if sign == b'"':
                in_string = depth > 0 and not in_string
            elif in_string or sign[:1] == b"\\":
                continue
            elif sign in b"{[":
                if depth == 0 and sign == b"{":
                    taken = mark.start()
                depth += 1 if depth or sign == b"{" else 0
            elif depth:
                depth -= 1
                if depth == 0:
                    _extend(value, chunk[taken:position], limit)
                    yield bytes(value)
                    value.clear()
        if depth:
            _extend(value, chunk[taken:], limit)
    if (damage := damage_of(stream)) is not None:
        raise damage
    if value:
        yield bytes(value)


def _extend(value: bytearray, more: bytes, limit: int) -> None:
    value += more[: max(0, limit + 1 - len(value))]
