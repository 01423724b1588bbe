"""WARC files: one document for each successful response that is a page or plain text."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from tasks.parse.compression import damage_of
from tasks.parse.containers import damaged
from tasks.parse.sniffing import SAMPLE_BYTES, Content, sniff
from tasks.parse.stated_fields import make_document, refuse
from tasks.records import RawDocument, Refused
from warehouse.vocabulary import Refusal

#: Records that describe the crawl and hold no document.
NOT_DOCUMENTS = frozenset({"warcinfo", "request", "metadata", "continuation"})
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})


def read_web_archive(stream: BinaryIO, uri: str, max_document_bytes: int) -> Iterator[RawDocument | Refused]:
    """Read the responses of an archive; those before a damaged place live, what follows it is one refusal."""
    number = 0
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type in NOT_DOCUMENTS:
                continue
            number += 1
            found = read_record(f"{uri}#{number}", record, max_document_bytes)
            yield found
            if isinstance(found, Refused) and found.reason == Refusal.TRUNCATED:
                return
        if (damage := damage_of(stream)) is not None:
            yield damaged(f"{uri}#{number + 1}", damage)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, OSError, zlib.error) as problem:
        detail = f"not readable as WARC after document {number}: {type(problem).__name__}"
        yield refuse(f"{uri}#{number + 1}", Refusal.TRUNCATED if number else Refusal.UNREADABLE, detail)


def read_record(uri: str, record: Any, max_document_bytes: int) -> RawDocument | Refused:
    """Make a document of one response, with its address, time and charset as the archive states them."""
    headers = record.rec_headers
    stated = {"url": headers.get_header("WARC-Target-URI"), "fetched_at": headers.get_header("WARC-Date"),
              "id": headers.get_header("WARC-Record-ID")}  # fmt: skip
    fields = {name: value.strip().strip("<>") for name, value in stated.items() if value}
    if not record.rec_type:
        return refuse(uri, Refusal.UNREADABLE, "a WARC record without a type")
    if record.rec_type not in ("response", "resource", "conversion"):
        return refuse(uri, Refusal.UNSUPPORTED, f"a WARC record of type {record.rec_type}", repr(fields).encode())
    content = read_payload(record.content_stream(), max_document_bytes)
    if len(content) > max_document_bytes:
        return refuse(uri, Refusal.TOO_LARGE, f"more than {max_document_bytes} bytes", content)
    if getattr(record.raw_stream, "limit", 0) > 0:
        return refuse(uri, Refusal.TRUNCATED, "the archive ends inside this record", content)
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not status.startswith("2"):
        return refuse(uri, Refusal.NO_ARTICLE_FOUND, f"not a page but the answer of HTTP status {status}", content)
    stated_type = (record.http_headers or headers).get_header("Content-Type") or ""
    media_type, charset = split_content_type(stated_type)
    if not media_type:
        kind = sniff("page", content[:SAMPLE_BYTES])
        media_type = "text/html" if kind is Content.HTML else "text/plain"
    if media_type not in PAGE_TYPES:
        return refuse(uri, Refusal.NOT_TEXT, f"media type {media_type}; pages and plain text are read", content)
    if charset:
        fields["charset"] = charset
    return make_document(uri, media_type, content, fields, fields.get("id"))


def read_payload(stream: BinaryIO, limit: int) -> bytes:
    """Read at most `limit` + 1 bytes of a record's payload."""
    chunks: list[bytes] = []
    remaining = limit + 1
    while remaining > 0 and (chunk := stream.read(min(remaining, 1 << 20))):
        chunks.append(chunk)
        remaining -= len(chunk)
    return b"".join(chunks)


def split_content_type(value: str) -> tuple[str, str | None]:
    """Split a Content-Type header into media type and charset.

    >>> split_content_type('Text/HTML; charset="ISO-8859-1"')
    ('text/html', 'ISO-8859-1')
    """
    media_type, *parameters = value.split(";")
    for parameter in parameters:
        name, _, text = parameter.partition("=")
        if name.strip().lower() == "charset" and text.strip():
            return media_type.strip().lower(), text.strip().strip("\"'")
    return media_type.strip().lower(), None
