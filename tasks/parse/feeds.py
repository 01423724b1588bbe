"""RSS and Atom files: one document an entry.

An entry's full content is an HTML document; where the feed only carries a summary, the summary is the document.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser

from tasks.parse.decoding import NotDecoded, decode
from tasks.parse.sniffing import is_fragment
from tasks.parse.stated_fields import make_document, refuse, state, text_of
from tasks.records import RawDocument, Refused
from warehouse.vocabulary import Refusal

#: What an entry may state, under the name that feedparser gives it and under ours.
ENTRY_FIELDS = {"id": "id", "title": "title", "link": "url", "published": "published", "updated": "modified",
                "author": "byline", "language": "lang"}  # fmt: skip

XML_ENCODING = re.compile(r"""(\A<\?xml[^>]{0,100}?encoding\s*=\s*["'])[a-zA-Z0-9_:.-]{1,40}(["'])""")

#: What follows the publisher's name in the title of a feed ("The Example: Top stories", "The Example | World").
SECTION_OF_FEED = re.compile(r"(?<=\w)(?:\s+[|»›·–—-]\s+|:\s+).{1,60}$")


def read_feed(content: bytes, uri: str, max_document_bytes: int) -> Iterator[RawDocument | Refused]:
    """Read the entries of a feed; a feed that stops making sense yields those before that place."""
    decoded = decode(content, is_markup=True)
    if isinstance(decoded, NotDecoded):
        yield refuse(uri, decoded.reason, decoded.detail, content)
        return
    markup = XML_ENCODING.sub(r"\1utf-8\2", decoded.text.lstrip(), count=1)  # as it is from here on, whatever it said
    try:
        feed = feedparser.parse(io.BytesIO(markup.encode("utf-8")))
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as failure:
        yield refuse(uri, Refusal.UNREADABLE, f"not readable as a feed: {type(failure).__name__}", content)
        return
    for number, entry in enumerate(feed.entries, start=1):
        yield document_of_entry(f"{uri}#{number}", entry, feed.feed, max_document_bytes)
    problem = feed.get("bozo_exception")
    if problem is not None and type(problem).__name__.startswith("SAX"):
        detail = f"the feed is not well-formed after entry {len(feed.entries)}"
        yield refuse(f"{uri}#{len(feed.entries) + 1}", Refusal.MALFORMED_RECORD, detail, content)
    elif not feed.entries:
        yield refuse(uri, Refusal.EMPTY, "a feed without entries", content)


def document_of_entry(
    uri: str, entry: Mapping[str, Any], feed: Mapping[str, Any], max_document_bytes: int
) -> RawDocument | Refused:
    """Make a document of one entry, with what entry and feed state about it."""
    fields = {
        ours: text for theirs, ours in ENTRY_FIELDS.items() if (text := text_of(dict(entry).get(theirs))) is not None
    }
    if "published" not in fields and "modified" in fields:
        fields["published"] = fields["modified"]  # Dublin Core has one date, and so have many Atom feeds
    publisher = (entry.get("source") or {}).get("title") or feed.get("title")
    if publisher:
        fields["publisher"] = SECTION_OF_FEED.sub("", str(publisher).strip())
    if "lang" not in fields and feed.get("language"):
        fields["lang"] = str(feed["language"])
    if entry.get("tags"):
        fields["section"] = str(entry["tags"][0].get("term") or "")
    bodies = [str(part.get("value") or "") for part in entry.get("content", ())]
    text = max(bodies, key=len, default="") or str(entry.get("summary") or "")
    if not is_fragment(text) and is_fragment(unescaped := html.unescape(text)):
        text = unescaped  # escaped twice by the feed's writer
    stated = state({name: value for name, value in fields.items() if value})
    content = text.encode("utf-8", "replace")
    if not text.strip():
        detail = "an entry without content or summary"
        return refuse(uri, Refusal.MALFORMED_RECORD, detail, repr(sorted(fields.items())).encode("utf-8", "replace"))
    if len(content) > max_document_bytes:
        return refuse(uri, Refusal.TOO_LARGE, f"{len(content)} bytes; the limit is {max_document_bytes}", content)
    media_type = "text/html" if is_fragment(text) else "text/plain"
    return make_document(uri, media_type, content, stated, fields.get("id"))
