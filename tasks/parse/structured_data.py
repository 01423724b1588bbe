"""Read a page's JSON-LD: tolerant of what publishers write, strict about which node is the page's article.

Nodes of other articles (teasers, list items, parts, comments) are left out; references by `@id` are followed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

Node = Mapping[str, Any]

#: Properties whose nodes may be, or may hold, the page's own article.
LEADING_TO_ARTICLE = ("@graph", "mainEntity", "mainEntityOfPage")
MAX_DEPTH = 6
MAX_NODES = 5_000

ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Posting|Report|Review|OpinionPiece|Recipe)$")
PAGE_TYPE = re.compile(r"(?:WebPage|ItemPage|CreativeWork|VideoObject|PodcastEpisode|Event|Product)$")

COMMENT = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|/\*\s*(?:<!\[CDATA\[|\]\]>)?\s*\*/")
TRAILING_COMMA = re.compile(r",(\s{0,200}[}\]])")
#: What of an address does not tell where a page is.
NO_PLACE = re.compile(r"^https?://(?:www\.)?|[?#].*$|(?<!/)/++$", re.DOTALL)
BAD_ESCAPE = re.compile(r'\\(?![\\"/bfnrtu])')


@dataclass(frozen=True, slots=True)
class StructuredData:
    """The page's article node (empty where there is none), its page node, and all nodes by their `@id`."""

    article: Node
    page: Node
    by_id: Mapping[str, Node]

    def follow(self, value: Any) -> Any:
        """Return the node that a reference `{"@id": ...}` names; anything else as it is."""
        if isinstance(value, dict) and len(value) <= 2 and isinstance(value.get("@id"), str) and "name" not in value:
            return self.by_id.get(value["@id"], value)
        return value


def read_structured_data(scripts: Iterable[str], url: str | None = None, title: str | None = None) -> StructuredData:
    """Read the JSON-LD scripts of a page whose address and headline are `url` and `title`, where known."""
    candidates: list[Node] = []
    by_id: dict[str, Node] = {}
    for script in scripts:
        for value in parse_json(script):
            candidates.extend(_walk(value))
            _collect_ids(value, by_id)
    articles = [node for node in candidates if ARTICLE_TYPE.search(type_of(node))]
    pages = [node for node in candidates if PAGE_TYPE.search(type_of(node))]
    article = max(articles, key=lambda node: _relevance(node, url, title), default={})
    page = max(pages, key=lambda node: _relevance(node, url, title), default={})
    return StructuredData(article, page, by_id)


def parse_json(script: str) -> list[Any]:
    """Parse a script as JSON, mending what publishers commonly break; empty where nothing can be made of it.

    >>> parse_json('<!-- {"headline": "One\\ntwo", } -->')
    [{'headline': 'One\\ntwo'}]
    """
    try:
        return [orjson.loads(script)]
    except orjson.JSONDecodeError:
        text = COMMENT.sub(" ", script).strip().strip(";").strip()
    if "&quot;" in text and '"' not in text:
        text = html.unescape(text)
    for mended in (text, BAD_ESCAPE.sub("", TRAILING_COMMA.sub(r"\1", text))):
        if (values := _decode_all(mended)) is not None:
            return values
    return []


def _decode_all(text: str) -> list[Any] | None:
    """Decode one JSON value after another; None where the text is not JSON from its start."""
    decoder = json.JSONDecoder(strict=False)  # allows raw line breaks in strings
    values: list[Any] = []
    position = 0
    while position < len(text) and len(values) < 100:
        try:
            value, position = decoder.raw_decode(text, position)
        except (json.JSONDecodeError, RecursionError):
            return values or None
        values.append(value)
        while position < len(text) and text[position] in " \t\r\n,;":
            position += 1
    return values


def type_of(node: Node) -> str:
    """Return a node's type; of several the one that says it is an article."""
    types = node.get("@type")
    names = [name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)]
    return next((name for name in names if ARTICLE_TYPE.search(name)), names[0] if names else "")


def _walk(value: Any) -> Iterator[Node]:
    """Yield the nodes that may be the page's own article, in document order."""
    waiting = [(value, 0)]
    count = 0
    while waiting and count < MAX_NODES:
        value, depth = waiting.pop()
        count += 1
        if isinstance(value, list):
            waiting.extend((item, depth) for item in reversed(value))
        elif isinstance(value, dict):
            yield value
            if depth < MAX_DEPTH:
                waiting.extend((value[name], depth + 1) for name in reversed(LEADING_TO_ARTICLE) if name in value)


def _collect_ids(value: Any, by_id: dict[str, Node]) -> None:
    waiting = [value]
    count = 0
    while waiting and count < MAX_NODES:
        value = waiting.pop()
        count += 1
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            identifier = value.get("@id")
            if isinstance(identifier, str) and len(value) > 2:
                by_id.setdefault(identifier, value)
            waiting.extend(inner for inner in value.values() if isinstance(inner, dict | list))


def _relevance(node: Node, url: str | None, title: str | None) -> tuple[bool, bool, bool, bool]:
    headline = plain(node.get("headline")) or plain(node.get("name")) or ""
    return (
        bool(title) and bool(headline) and (headline in (title or "") or (title or "") in headline),
        bool(url) and _address(url) in {_address(address) for address in _addresses(node)},
        bool(headline),
        bool(node.get("datePublished")),
    )


def _addresses(node: Node) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        value = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(value, str):
            yield value


def _address(url: str | None) -> str:
    return NO_PLACE.sub("", url or "")


def plain(value: Any) -> str | None:
    """Return the text of a property, without markup; of a list the first; None where it has no text."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    text = value
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = re.sub(r"<[^<>]{1,500}>", "", text)
    return " ".join(text.split()) or None
