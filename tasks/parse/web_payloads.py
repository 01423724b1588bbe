"""The body of an HTTP answer as an archive keeps it: chunked and compressed as it was sent, or not any more.

The reader of archives expands a block at a time, however large it becomes; here expansion stops at the limit.
"""

from __future__ import annotations

import importlib
import zlib
from typing import Any, BinaryIO

import zstandard
from warcio.bufferedreaders import ChunkedDataReader

GZIP = frozenset({"gzip", "x-gzip"})


class UnknownEncoding(Exception):
    """A body is compressed in a way that is not read here."""


def read_body(record: Any, limit: int) -> bytes:
    """Read at most `limit` + 1 bytes of a record's body, without the encodings it was sent in.

    A body whose header names a compression that its bytes do not have is taken as it is: many crawlers keep the header
    and store the page. One that ends early comes back as far as it goes.

    Raises:
        UnknownEncoding: the body is compressed in a way that is not read here; the message says how.
    """
    stream, encodings = record.raw_stream, []
    if record.http_headers:
        if (record.http_headers.get_header("transfer-encoding") or "").strip().lower() == "chunked":
            stream = ChunkedDataReader(stream)
        stated = record.http_headers.get_header("content-encoding") or ""
        encodings = [name.strip().lower() for name in stated.split(",")]
    body = read_bytes(stream, limit)
    for encoding in reversed(encodings):
        if encoding not in ("", "identity", "none"):
            body = expand(body, encoding, limit)
    return body


def read_bytes(stream: BinaryIO, limit: int) -> bytes:
    """Read at most `limit` + 1 bytes."""
    chunks: list[bytes] = []
    remaining = limit + 1
    while remaining > 0 and (chunk := stream.read(min(remaining, 1 << 20))):
        chunks.append(chunk)
        remaining -= len(chunk)
    return b"".join(chunks)


def expand(body: bytes, encoding: str, limit: int) -> bytes:
    """Undo one content encoding, up to `limit` + 1 bytes; a body that is not in it comes back unchanged."""
    if encoding in GZIP:
        return _inflate(body, zlib.MAX_WBITS | 16, limit) if body.startswith(b"\x1f\x8b") else body
    if encoding == "deflate":
        return _inflate(body, zlib.MAX_WBITS, limit) or _inflate(body, -zlib.MAX_WBITS, limit) or body
    if encoding == "zstd":
        return _expand_zstandard(body, limit) if body.startswith(b"\x28\xb5\x2f\xfd") else body
    if encoding == "br":
        return _expand_brotli(body, limit)
    if body.lstrip()[:1] == b"<":
        return body
    raise UnknownEncoding(f"content encoding {encoding[:40]!r}; read are gzip, deflate, zstd and br")


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    try:
        return zlib.decompressobj(window).decompress(body, limit + 1)
    except zlib.error:
        return b""


def _expand_zstandard(body: bytes, limit: int) -> bytes:
    reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(body)
    try:
        return read_bytes(reader, limit)
    except zstandard.ZstdError:
        return body


def _expand_brotli(body: bytes, limit: int) -> bytes:
    """Expand Brotli where the library for it is installed; it has no signature, so what fails is taken as it is."""
    if body.lstrip()[:1] == b"<":
        return body
    try:
        brotli = importlib.import_module("brotli")
    except ImportError:
        raise UnknownEncoding("content encoding br; `pip install 'dateline[brotli]'` lets it be read") from None
    reader = brotli.Decompressor()
    expanded = bytearray()
    try:
        expanded += reader.process(body, output_buffer_limit=1 << 20)
        while len(expanded) <= limit and not reader.is_finished():
            more = reader.process(b"", output_buffer_limit=1 << 20)
            if not more:
                break
            expanded += more
    except TypeError:
        raise UnknownEncoding("content encoding br; the library installed for it is too old") from None
    except brotli.error:
        return bytes(expanded) or body
    return bytes(expanded[: limit + 1])
