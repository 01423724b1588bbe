"""Parse: raw bytes to the document's text, the blocks that tile it, and what the page states about itself."""

from __future__ import annotations

from tasks.parse.decoding import NotDecoded, decode
from tasks.parse.html import NoText, read_page
from tasks.parse.metadata import apply_stated
from tasks.parse.plain_text import split_lines
from tasks.parse.stated_dates import read_date
from tasks.parse.stated_fields import REPAIRED
from tasks.records import PageMetadata, ParsedDocument, RawDocument, Refused
from warehouse.vocabulary import Refusal

__all__ = ["parse_document"]

MARKUP_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPES = frozenset({"text/plain", "text/markdown"})


def parse_document(raw: RawDocument) -> ParsedDocument | Refused:
    """Parse one document; a document that cannot be parsed is refused with its reason, never raised."""
    is_markup = raw.media_type in MARKUP_TYPES
    if not is_markup and raw.media_type not in TEXT_TYPES:
        return refuse(raw, Refusal.UNSUPPORTED, f"media type {raw.media_type}; read are plain text, Markdown and HTML")
    decoded = decode(raw.content, http_charset=raw.stated.get("charset"), is_markup=is_markup)
    if isinstance(decoded, NotDecoded):
        return refuse(raw, decoded.reason, decoded.detail)
    if is_markup:
        page = read_page(decoded.text, raw.stated.get("url"), read_date(raw.stated.get("fetched_at", "")))
        if isinstance(page, NoText):
            return refuse(raw, page.reason, page.detail)
        text, blocks, metadata = page.rendering.text, page.rendering.blocks, page.metadata
    else:
        text = decoded.text
        blocks = split_lines(text, is_markdown=raw.media_type == "text/markdown")
        metadata = PageMetadata()
    source = "repaired" if REPAIRED in raw.stated else decoded.source
    return ParsedDocument(
        document_id=raw.document_id, uri=raw.uri, record_id=raw.record_id, media_type=raw.media_type,
        encoding=decoded.encoding, encoding_source=source, byte_length=len(raw.content), text=text,
        blocks=blocks, metadata=apply_stated(metadata, raw.stated), stated=raw.stated,
    )  # fmt: skip


def refuse(raw: RawDocument, reason: Refusal, detail: str) -> Refused:
    """Refuse a document at this stage."""
    return Refused(raw.document_id, raw.uri, "parse", reason, detail)
