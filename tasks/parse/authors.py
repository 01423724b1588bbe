"""Read the names of an article's authors: people, not addresses, roles, dates or the organisation's own name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from tasks.parse.header_elements import Piece
from tasks.parse.page_head import META_NAMES, PageHead
from tasks.parse.stated_dates import month_numbers
from tasks.parse.structured_data import StructuredData

MAX_NAME = 80
MAX_AUTHORS = 30
MAX_BYLINE = 120

OTHER_PERSON = re.compile(
    r"comment|bio\b|related|photo|credit|recirc|teaser|avatar|img|image|follow|social", re.IGNORECASE
)

LEAD_IN = re.compile(
    r"^\W*(?:(?:written|reported|posted|published|edited|story|words|text|analysis|opinion|report)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|autor(?:in|a|es)?|author|auteur|texte?|przez|od|tekst|testo|foto)\b\s*[:|]?\s+",
    re.IGNORECASE,
)
CONJUNCTION = re.compile(r"\s*(?:[,;|/•·&]|\s(?:and|und|et|y|e|en|och|og|with|mit|i|ja)\s)\s*")
ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|html?)\b|^/")
DATE_OR_TIME = re.compile(r"\d{4}|\d{1,2}[:.]\d{2}|\bago\b|\bupdated\b|\bpublished\b", re.IGNORECASE)
BRACKETED = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
INSTRUCTION = re.compile(
    r"\b(?:subscribe|read more|view all|sign in|log in|written by|(?:posts?|articles?) by|more (?:from|by)|follow|about"
    r"|updates)\b",
    re.IGNORECASE,
)
CREDENTIAL = re.compile(r"(?:[A-Z][A-Za-z]{0,2}\.?){1,4}[®™]?|[A-Z]{2,6}[®™]?")  # MD, Ph.D., CFP®
NAME = re.compile(r"[^\W\d_]")
CAPITAL = re.compile(
    r"^[^\w]*(?:[A-Z\u00c0-\u00de\u0100-\u024f\u0370-\u1fff\u3000-\uffdc]|d[’'e]|v[ao]n\b|de\b|al\b|el\b)"
)


def _load_phrases(name: str) -> frozenset[str]:
    lines = files("tasks.parse").joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


NOT_AUTHORS = _load_phrases("not_authors.txt")
AGENCIES = _load_phrases("agencies.txt")


@dataclass(frozen=True, slots=True)
class Authors:
    """The names of an article's authors and where they come from."""

    names: tuple[str, ...]
    source: str

    def are_people(self, site: str | None) -> bool:
        """Tell whether a name among them is not merely the site's own."""
        own = _squeeze(site or "")
        return any(not own or (_squeeze(name) not in own and own not in _squeeze(name)) for name in self.names)


def choose_authors(candidates: Iterable[Authors], site: str | None) -> Authors | None:
    """Choose the first source that names people; where none does, the first that names anyone."""
    organisation: Authors | None = None
    for candidate in candidates:
        if candidate.names and candidate.are_people(site):
            return candidate
        if candidate.names and organisation is None:
            organisation = candidate
    return organisation


def stated_authors(head: PageHead, data: StructuredData) -> Iterator[Authors]:
    """Yield the authors that JSON-LD and the meta elements state."""
    for name in ("author", "creator"):
        yield Authors(clean_names(structured_names(data, data.article.get(name))), "json-ld")
    for name in META_NAMES["author"]:
        yield Authors(clean_names(head.metas.get(name, ())), "meta")
    yield Authors(clean_names(structured_names(data, data.page.get("author"))), "json-ld")


def authors_of_pieces(pieces: Iterable[Piece]) -> Authors:
    """Read the authors off the elements that are marked as bylines; the first that names any decides."""
    for piece in pieces:
        if len(piece.text) > 200 or OTHER_PERSON.search(piece.label):
            continue
        names = clean_names(piece.values) or clean_names(piece.links) or clean_names([piece.text])
        if names:
            return Authors(names, "byline-element")
    return Authors((), "byline-element")


def authors_of_lines(lines: Iterable[str]) -> Authors:
    """Read the authors off the first short line that begins as a byline does ("By ...")."""
    for line in lines:
        if len(line) <= MAX_BYLINE and (match := LEAD_IN.match(line)) is not None:
            names = clean_names([line[match.end() :]])
            if names and all(len(name.split()) > 1 for name in names):
                return Authors(names, "visible-text")
    return Authors((), "visible-text")


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

    >>> clean_names(["By Ann Lee and Bo Ek, MD", "https://example.org/ann"])
    ('Ann Lee', 'Bo Ek')
    """
    names: dict[str, str] = {}
    for value in values:
        text = " ".join(re.sub(r"<[^<>]{1,300}>", " ", html.unescape(value[:1000])).split())
        if ADDRESS.search(text) and " " not in text:
            continue
        text = LEAD_IN.sub("", BRACKETED.sub(" ", text))
        for part in CONJUNCTION.split(text):
            name = _without_date(LEAD_IN.sub("", part)).strip(' \t-–—.:|()[]•*"“”')
            if is_name(name) and not (names and CREDENTIAL.fullmatch(name) and name.lower() not in AGENCIES):
                names.setdefault(name.lower(), name)
    return tuple(list(names.values())[:MAX_AUTHORS])


def _without_date(text: str) -> str:
    """Cut a byline where its date begins."""
    words = text.split()
    place = next((index for index, word in enumerate(words) if any(letter.isdigit() for letter in word)), len(words))
    kept = words[:place]
    while kept and place < len(words) and (kept[-1].lower().strip(".,") in month_numbers() or len(kept[-1]) < 2):
        kept.pop()
    while kept and kept[-1].lower() in ("am", "on", "at", "le", "el", "|", "-", "–", "published", "updated"):
        kept.pop()
    return " ".join(kept)


def is_name(text: str) -> bool:
    """Tell whether a text can be an author's name."""
    if text.lower() in AGENCIES:
        return True
    if not 2 <= len(text) <= MAX_NAME or not NAME.search(text) or not CAPITAL.match(text):
        return False
    if ADDRESS.search(text) or DATE_OR_TIME.search(text) or INSTRUCTION.search(text) or text.lower() in NOT_AUTHORS:
        return False
    return len(text.split()) <= 5 and text.lower().strip(".") not in month_numbers()


def _squeeze(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
