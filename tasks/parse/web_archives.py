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
from tasks.parse.web_payloads import UnknownEncoding, read_body
from tasks.records import RawDocument, Refused
from warehouse.vocabulary import Refusal

#: Records that describe the crawl and hold no document.
NOT_DOCUMENTS = frozenset({"warcinfo", "request", "metadata", "continuation"})
STATED_HEADERS = {
    "url": "WARC-Target-URI", "fetched_at": "WARC-Date", "id": "WARC-Record-ID", "truncated": "WARC-Truncated",
}  # fmt: skip
#: What the reader raises where an archive makes no sense: its own errors, and those it does not foresee.
READER_ERRORS = (
    ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, OSError, zlib.error, AttributeError,
    TypeError, LookupError,
)  # fmt: skip
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
    except READER_ERRORS as problem:
        detail = f"not readable as WARC after document {number}: {type(problem).__name__}"
        yield refuse(f"{uri}#{number + 1}", Refusal.TRUNCATED if number else Refusal.UNREADABLE, detail)


def read_record(uri: str, record: Any, max_document_bytes: int) -> RawDocument | Refused:
    """Make a document of one response, with its address, time and charset as the archive states them."""
    headers = record.rec_headers
    stated = {name: headers.get_header(header) for name, header in STATED_HEADERS.items()}
    fields = {name: value.strip().strip("<>") for name, value in stated.items() if value}
    if not record.rec_type:
        return refuse(uri, Refusal.UNREADABLE, "a WARC record without a type")
    if record.rec_type not in ("response", "resource", "conversion"):
        return refuse(
            uri,
            Refusal.UNSUPPORTED,
            f"a WARC record of type {record.rec_type}",
            repr(fields).encode("utf-8", "replace"),
        )
    try:
        content = read_body(record, max_document_bytes)
    except UnknownEncoding as problem:
        return refuse(uri, Refusal.UNSUPPORTED, str(problem), repr(fields).encode("utf-8", "replace"))
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
