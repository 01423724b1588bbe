"""Tell what a file holds, by its name and by its first bytes; where they disagree, the bytes win."""

from __future__ import annotations

import re
from enum import StrEnum

SAMPLE_BYTES = 4096


class Content(StrEnum):
    """What a file holds."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    XHTML = "xhtml"
    JSON_LINES = "json-lines"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    WARC = "warc"
    FEED = "feed"
    UNKNOWN = "unknown"


CONTENT_OF_EXTENSION = {
    "txt": Content.TEXT, "text": Content.TEXT, "md": Content.MARKDOWN, "markdown": Content.MARKDOWN,
    "html": Content.HTML, "htm": Content.HTML, "xhtml": Content.XHTML, "jsonl": Content.JSON_LINES,
    "ndjson": Content.JSON_LINES, "json": Content.JSON, "csv": Content.CSV,
    "tsv": Content.CSV, "parquet": Content.PARQUET, "warc": Content.WARC,
    "rss": Content.FEED, "atom": Content.FEED,
}  # fmt: skip

#: Archives and compressions that are not read; their files are, once they are unpacked.
ARCHIVES = (
    (b"PK\x03\x04", "ZIP archive"), (b"PK\x05\x06", "ZIP archive"), (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!\x1a\x07", "RAR archive"), (b"BZh", "bzip2 file"), (b"\xfd7zXZ\x00", "xz file"),
    (b"\x1f\x8b", "gzip file inside another"), (b"\x28\xb5\x2f\xfd", "Zstandard file inside another"),
)  # fmt: skip

#: For messages about files of other kinds.
READABLE = (
    ".txt .md .html .htm .xhtml .jsonl .ndjson .json .csv .tsv .parquet .warc .xml .rss .atom, plain, .gz or .zst"
)

MEDIA_TYPES = {
    Content.TEXT: "text/plain",
    Content.MARKDOWN: "text/markdown",
    Content.HTML: "text/html",
    Content.XHTML: "application/xhtml+xml",
}

PROLOGUE = rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*){0,5}"
MARKUP_START = re.compile(
    PROLOGUE
    + rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|article|main|section|div|p|h1|table)\b[^<>]{0,2000}>)",
    re.IGNORECASE,
)
#: A document type with the entities it declares, if any.
DOCTYPE = rb"<!doctype[^>\[]{0,500}(?:\[[^\]]{0,4000}\]\s{0,20})?>"
FEED_START = re.compile(
    PROLOGUE + rb"(?:<\?xml-stylesheet[^>]{0,500}>\s*|" + DOCTYPE + rb"\s*|<!--[^>]{0,2000}-->\s*){0,5}"
    rb"<(?:rss|(?:\w{1,10}:)?feed|rdf:RDF)\b",
    re.IGNORECASE,
)
#: JSON that is no JSON Lines: an array of records, or an object that goes on after its first line.
VALUES_START = re.compile(rb"\s*(?:\[\s*[{\]]|\{\s*\n)")
BYTE_ORDER_MARK = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
ANY_TAG = re.compile(rb"<[a-zA-Z!/?]")
FRAGMENT_TAG = re.compile(
    r"</?(?:p|br|div|a|img|b|i|em|strong|ul|ol|li|h[1-6]|figure|blockquote|span)\b[^<>]{0,2000}>", re.I
)


def sniff(name: str, sample: bytes) -> Content:
    """Tell what a file named `name` (without compression suffix) that begins with `sample` holds."""
    extension = name.rpartition(".")[2] if "." in name.strip(".") else ""
    named = CONTENT_OF_EXTENSION.get(extension, Content.UNKNOWN)
    if sample.startswith(b"PAR1"):
        return Content.PARQUET
    if sample.startswith(b"WARC/"):
        return Content.WARC
    plain = BYTE_ORDER_MARK.sub(b"", sample).replace(b"\x00", b"")
    if named is Content.JSON_LINES and VALUES_START.match(plain):
        return Content.JSON
    if named in (Content.JSON_LINES, Content.JSON, Content.CSV):
        return named
    if FEED_START.match(plain):
        return Content.FEED
    if MARKUP_START.match(plain) and named not in (Content.XHTML, Content.HTML):
        return Content.HTML
    if named in (Content.HTML, Content.XHTML) and sample and len(sample) < SAMPLE_BYTES and not ANY_TAG.search(plain):
        return Content.TEXT
    if named is Content.UNKNOWN and not extension:
        if VALUES_START.match(plain):
            return Content.JSON
        return Content.JSON_LINES if plain.lstrip().startswith((b'{"', b"{ ")) else Content.TEXT
    return named


def archive_format(sample: bytes) -> str | None:
    """Name the kind of archive or compression that a file is, where it is one that is not read."""
    if sample[257:262] == b"ustar":
        return "tar archive"
    return next((name for signature, name in ARCHIVES if sample.startswith(signature)), None)


def is_markup(text: str) -> bool:
    """Tell whether a text that came without a media type is a page of HTML."""
    return MARKUP_START.match(text[:SAMPLE_BYTES].encode("utf-8", "replace")) is not None


def is_fragment(text: str) -> bool:
    """Tell whether a piece of a feed is HTML."""
    return FRAGMENT_TAG.search(text) is not None
