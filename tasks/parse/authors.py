"""Read the names of an article's authors: people, not addresses, roles, dates or the organisation's own name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from tasks.parse.header_elements import Piece
from tasks.parse.page_head import PageHead
from tasks.parse.structured_data import StructuredData

MAX_NAME = 80
MAX_AUTHORS = 30

LEAD_IN = re.compile(
    r"^\W*(?:(?:written|reported|posted|published|edited|story|words|text|analysis|opinion|report)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|autor(?:in|a|es)?|author|auteur|texte?|przez|od|tekst|testo|foto)\b\s*[:|]?\s+",
    re.IGNORECASE,
)
CONJUNCTION = re.compile(r"\s*(?:[,;|/•·&]|\s(?:and|und|et|y|e|en|och|og|with|mit|i|ja)\s)\s*")
ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|html?)\b|^/")
DATE_OR_TIME = re.compile(r"\d{4}|\d{1,2}[:.]\d{2}|\bago\b|\bupdated\b|\bpublished\b", re.IGNORECASE)
NAME = re.compile(r"[^\W\d_]")
CAPITAL = re.compile(
    r"^[^\w]*(?:[A-Z\u00c0-\u00de\u0100-\u024f\u0370-\u1fff\u3000-\uffdc]|d[’'e]|v[ao]n\b|de\b|al\b|el\b)"
)


def _load_phrases(name: str) -> frozenset[str]:
    lines = files("tasks.parse").joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


NOT_AUTHORS = _load_phrases("not_authors.txt")


def choose_authors(head: PageHead, data: StructuredData) -> tuple[tuple[str, ...], str | None]:
    """Return the authors that JSON-LD or the meta elements state, and which of the two; none where neither does."""
    names = clean_names(structured_names(data, data.article.get("author") or data.article.get("creator")))
    if names:
        return names, "json-ld"
    for key_values in ([value] for value in head.stated("author")):
        if names := clean_names(key_values):
            every = clean_names(head.metas.get("article:author_name", ()) or key_values)
            return every or names, "meta"
    names = clean_names(structured_names(data, data.page.get("author")))
    return names, "json-ld" if names else None


def authors_of_pieces(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """Read the authors off the elements that are marked as bylines; the first that names any decides."""
    for piece in pieces:
        if len(piece.text) > 200 or re.search(r"comment|bio|related|photo|credit", piece.label):
            continue
        names = clean_names(piece.values) or clean_names(link for link in piece.links if link)
        if names := names or clean_names([piece.text]):
            return names
    return ()


def structured_names(data: StructuredData, value: Any) -> list[str]:
    """List the names of an author property: texts, persons, lists of them, references to them."""
    names: list[str] = []
    waiting = [value]
    while waiting and len(names) < MAX_AUTHORS:
        item = data.follow(waiting.pop(0))
        if isinstance(item, list):
            waiting = item[:MAX_AUTHORS] + waiting
        elif isinstance(item, str):
            names.append(item)
        elif isinstance(item, dict):
            name = item.get("name") or " ".join(
                str(item[part]) for part in ("givenName", "familyName") if isinstance(item.get(part), str)
            )
            waiting = ([name] if isinstance(name, list | str) else []) + waiting
    return names


def clean_names(values: Iterable[str]) -> tuple[str, ...]:
    """Part, strip and filter names; each is kept once.

    >>> clean_names(["By Ann Lee and Bo Ek", "https://example.org/ann"])
    ('Ann Lee', 'Bo Ek')
    """
    names: dict[str, str] = {}
    for value in values:
        text = " ".join(re.sub(r"<[^<>]{1,300}>", " ", html.unescape(value[:1000])).split())
        text = LEAD_IN.sub("", text)
        for part in CONJUNCTION.split(text):
            name = LEAD_IN.sub("", part).strip(' \t-–—.:|()[]•*"“”')
            if is_name(name):
                names.setdefault(name.lower(), name)
    return tuple(list(names.values())[:MAX_AUTHORS])


def is_name(text: str) -> bool:
    """Tell whether a text can be an author's name."""
    if not 2 <= len(text) <= MAX_NAME or not NAME.search(text) or not CAPITAL.match(text):
        return False
    if ADDRESS.search(text) or DATE_OR_TIME.search(text) or text.lower() in NOT_AUTHORS:
        return False
    return len(text.split()) <= 6
