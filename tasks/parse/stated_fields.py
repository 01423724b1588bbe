"""Make a document of a record: which of its fields is the text, and what the rest states.

Identity is over what the record states, in canonical form, so that neither the order of its fields, nor white space,
nor the container's format, nor its path makes a different document of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import orjson

from tasks.parse.sniffing import is_markup
from tasks.records import RawDocument, Refused
from warehouse.identifiers import identify
from warehouse.vocabulary import Refusal

CONTENT_FIELDS = ("html", "text")
#: The field in which a document says what of it had to be read leniently.
REPAIRED = "repaired"


def document_of_record(
    uri: str, record: Mapping[str, Any], max_document_bytes: int, repaired: str | None = None
) -> RawDocument | Refused:
    """Make a document of a record with `html` or `text`; its other fields become what the input stated.

    `repaired` says what of the record had to be read leniently. Content that is bytes and not UTF-8 is kept as it is,
    for the parse stage to find its encoding.
    """
    fields = {name_of(name): text for name, value in record.items() if (text := text_of(value)) is not None}
    source = next((name for name in CONTENT_FIELDS if fields.get(name, "").strip()), None)
    if source is None:
        names = ", ".join(sorted(fields)[:20]) or "no fields"
        detail = f"a record needs `html` or `text`; this one has {names}"
        return refuse(uri, Refusal.MALFORMED_RECORD, detail, orjson.dumps(fields, option=orjson.OPT_SORT_KEYS))
    text = fields.pop(source)
    if repaired is not None:
        fields[REPAIRED] = repaired
    media_type = "text/html" if source == "html" or is_markup(text) else "text/plain"
    content, stated = text.encode("utf-8"), state(fields)
    given = record.get(source)
    if isinstance(given, bytes) and given != content:
        content, stated = given, {name: value for name, value in stated.items() if name != "charset"}
        if "charset" in fields:
            stated["charset"] = fields["charset"]
    if len(content) > max_document_bytes:
        return refuse(uri, Refusal.TOO_LARGE, f"{len(content)} bytes; the limit is {max_document_bytes}", content)
    return make_document(uri, media_type, content, stated, fields.get("id"))


def name_of(name: object) -> str:
    """Write a field's name as text: without the white space and the byte order mark that writers leave around it."""
    text = name if isinstance(name, str) else str(name)
    return text.strip().removeprefix("\ufeff") if text.isascii() else (text_of(text) or "").strip().strip("\ufeff")


def state(fields: Mapping[str, str]) -> dict[str, str]:
    """Complete what a record states: its text is UTF-8, and `source` names the publisher where nothing else does."""
    stated = dict(fields)
    stated["charset"] = "utf-8"
    if "publisher" not in stated and "source" in stated:
        stated["publisher"] = stated["source"]
    return stated


def make_document(
    uri: str, media_type: str, content: bytes, stated: Mapping[str, str] | None = None, record_id: str | None = None
) -> RawDocument:
    """Make a document whose identifier is that of its bytes, their type, and what the input states."""
    canonical = orjson.dumps(dict(stated or {}), option=orjson.OPT_SORT_KEYS)
    document_id = identify("document", media_type, content, canonical)
    return RawDocument(document_id, uri, record_id, media_type, content, dict(stated or {}))


def refuse(uri: str, reason: Refusal, detail: str, content: bytes = b"") -> Refused:
    """Refuse an input; its identifier is that of the bytes at hand, or of its place where there are none."""
    document_id = identify("refused", reason, content) if content else identify("refused", reason, uri.encode())
    return Refused(document_id, uri, "discover", reason, detail, len(content))


def text_of(value: Any) -> str | None:
    """Write a field's value as text; None for missing and empty ones. Lone surrogates are replaced."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8") if not value.isascii() else value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, bool | int | float):
        return orjson.dumps(value).decode() if abs(value) < 2**63 else str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:  # deeper than it writes, or with integers beyond 64 bits
        return str(value).encode("utf-8", "replace").decode("utf-8")
