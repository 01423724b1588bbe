"""WARC files: one document for each successful response that is a page or plain text."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from tasks.parse.compression import damage_of, resume_after_damage
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
#: How a record begins, behind the blank lines that end the one before.
RECORD_START = b"\nWARC/1."
#: What no page holds, but a record that has lost its end or states a wrong length.
NEXT_RECORD = re.compile(rb"\r\nWARC/1\.\d\r\n(?:WARC-[A-Z]|Content-)")
#: More than the reader reads ahead.
KEPT_BYTES = 65_536
#: Damaged places after which the rest of an archive is given up: each may cost another reading of what follows it.
MOST_DAMAGES = 100
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})


class Rereadable:
    """What the archive reader reads from: it reads ahead, so the last bytes are kept to find the next record in."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._recent = self._pushed = b""
        self._offset = 0  # of what is read next, in the decompressed archive

    def read(self, size: int = -1) -> bytes:
        """Read as a file does."""
        if self._pushed:
            end = len(self._pushed) if size < 0 else size
            data, self._pushed = self._pushed[:end], self._pushed[end:]
        else:
            data = self._stream.read(size)
        self._recent = (self._recent + data)[-KEPT_BYTES:]
        self._offset += len(data)
        return data

    def tell(self) -> int:
        """Return the offset of what is read next."""
        return self._offset

    def find_record(self, behind: int) -> bool:
        """Go on reading at the first record that begins behind an offset; False where none does."""
        start = max(behind, self._offset - len(self._recent))
        if start > behind and self._stream.seekable():  # a record that claimed too much has hidden those after it
            start = self._offset = self._stream.seek(behind)
            self._recent = self._pushed = b""
        data = self._recent[start - self._offset :] if start < self._offset else b""
        while (found := data.find(RECORD_START)) < 0:
            start += max(0, len(data) - len(RECORD_START) + 1)
            data = data[1 - len(RECORD_START) :]
            if more := self.read(KEPT_BYTES):
                data += more
            elif resume_after_damage(self._stream):
                data, start = data + b"\n", start - 1  # a member begins with a record, without a line before it
            else:
                return False
        self._pushed = data[found + 1 :] + self._pushed
        self._offset, self._recent = start + found + 1, b""
        return True


def read_web_archive(stream: BinaryIO, uri: str, max_document_bytes: int) -> Iterator[RawDocument | Refused]:
    """Read the responses of an archive. A damaged place is one refusal, and reading goes on at the next record."""
    source, number = Rereadable(stream), 0
    for _ in range(MOST_DAMAGES):
        archive = ArchiveIterator(source)
        damage: Refused | None = None
        try:
            while damage is None and (record := next_record(archive)) is not None:
                if record.rec_type not in NOT_DOCUMENTS:
                    number += 1
                    found = read_record(f"{uri}#{number}", record, max_document_bytes)
                    damage = found if isinstance(found, Refused) and found.reason == Refusal.TRUNCATED else None
                    yield found
            if damage is None:
                stopped = damage_of(stream)
                if stopped is None:
                    return
                number += 1
                yield damaged(f"{uri}#{number}", stopped)
        except READER_ERRORS as problem:
            detail = f"not readable as WARC after document {number}: {type(problem).__name__}"
            number += 1
            yield refuse(f"{uri}#{number}", Refusal.TRUNCATED if number > 1 else Refusal.UNREADABLE, detail)
        if not source.find_record(archive.offset + 1):
            return
    detail = f"given up after {MOST_DAMAGES} damaged places; what follows was not read"
    yield refuse(f"{uri}#{number + 1}", Refusal.TRUNCATED, detail)


def next_record(archive: ArchiveIterator) -> Any | None:
    """Return the next record, or None at the end; what the reader would print about damage is said by a refusal."""
    with redirect_stderr(io.StringIO()):
        return next(archive, None)


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
    if NEXT_RECORD.search(content):
        return refuse(uri, Refusal.TRUNCATED, "the next record begins inside this one", content)
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
