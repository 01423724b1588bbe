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
from tasks.parse.stated_dates import find_dates, month_numbers
from tasks.parse.structured_data import StructuredData

MAX_NAME = 80
MAX_AUTHORS = 30
MAX_BYLINE = 120

OTHER_PERSON = re.compile(
    r"comment|bio\b|related|photo|credit|recirc|teaser|avatar|img|image|follow|social", re.IGNORECASE
)

LEAD_IN = re.compile(
    r"^\W*(?:(?:written|reported|reviewed|posted|published|edited|story|words|text|analysis|opinion|report|article|geschrieben"
    r"|ein bericht|escrito|scritto|écrit|skrevet|skriven|napisane)\s+)?"
    r"(?:(?:by|von|par|por|di|da|door|av|af|przez|od|tekst|testo|texte?|autor(?:in|a|es)?(?:/autor(?:in)?)?|authors?|auteur"
    r"|автор|текст|írta|napsala?|بقلم|نوشته|كتب|کاتب)\b\s*[:|]?\s+"
    r"|(?:作者|記者|记者|撰文|文)\s?[:：/／]\s?|(?:by|von|par|por)(?=[A-ZÀ-Þ][a-zà-ÿ]))",
    re.IGNORECASE,
)
#: A label that nothing but an author's name follows.
LABEL = re.compile(
    r"^\W*(?:(?:written|article)\s+by|autor(?:in|a|es)?(?:/autor(?:in)?)?|authors?|auteur|autore|автор|作者|نویسنده|كاتب)\s*[:：]?\s+",
    re.IGNORECASE,
)
PHOTO_CREDIT = re.compile(r"^\W*(?:bild|foto|photo|image|picture|credit|quelle|source)s?\b", re.IGNORECASE)
#: Words of professions and desks: a part of a byline that has one is no name where another part is.
ROLE = re.compile(
    r"\b(?:editor|reporter|writer|correspondent|founder|director|manager|coordinator|consultant|engineer|attorney|analyst"
    r"|marketer|specialist|educators?|journalist|redakteur(?:in)?|korrespondent(?:in)?|rédact(?:eur|rice)|journaliste|periodista"
    r"|redactora?|giornalista|officer|president|producer|strategist)\b",
    re.IGNORECASE,
)
PROFESSION_BEHIND = re.compile(r"(?<=[\uac00-\ud7a3])\s?(?:기자|특파원|논설위원)$")
DOMAIN = re.compile(r"[a-z0-9-]{2,30}\.[a-z]{2,6}", re.IGNORECASE)
DOMAIN_END = re.compile(r"\.(?:com|org|net|html?|[a-z]{2})$", re.IGNORECASE)
ACCOUNT = re.compile(r"(?=.{3,25}$)[^\W\d_A-Z]\w*(?:\.\w+){0,2}")
WRITTEN_BY = re.compile(
    r"written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|geschreven door", re.IGNORECASE
)
PERSON = re.compile(r"(?:[A-ZÀ-ÞĀ-Ž][\w’'.-]+\s)+[A-ZÀ-ÞĀ-Ž][\w’'-]+")
BAR = re.compile(r"[|•·⋅]")
NUMBER = re.compile(r"\W*\d[\d.,:/-]*(?:st|nd|rd|th|er|h)?\W*", re.IGNORECASE)
#: White space is looked through from its beginning only, or a long run of it would be once for each of its characters.
CONJUNCTION = re.compile(r"(?:(?<!\s)\s++)?[,;|/•·⋅&]\s*+|(?<!\s)\s++(?:and|und|et|y|e|en|och|og|with|mit|i|ja)\s++")
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

    def are_people(self, site: Site) -> bool:
        """Tell whether a name among them is neither the site's own nor that of an account."""
        return any(not site.is_own(name) and not is_account(name) for name in self.names)

    def without_site(self, site: Site) -> Authors:
        """Leave out the site's own names where people are named; those of its desks stay where they are stated."""
        is_printed = self.source == "byline-element"
        people = tuple(name for name in self.names if not (site.is_own(name) or (is_printed and site.is_desk(name))))
        return Authors(people, self.source) if any(" " in name for name in people) else self


@dataclass(frozen=True, slots=True)
class Site:
    """The names that a site goes by: its publisher's name, and the label of its domain."""

    name: str | None
    domain: str | None = None  # "example" of www.example.org

    def is_own(self, name: str) -> bool:
        """Tell whether a name is the site's: equal to it or a part of it, its domain, or spelt by it in initials."""
        squeezed, own = _squeeze(name), _squeeze(self.name or "")
        if own and (squeezed in own or own in squeezed):
            return True
        if not self.domain:
            return False
        initials = "".join(word[0] for word in name.lower().split())
        plain_domain = name.lower().partition(".")[0] == self.domain and " " not in name
        return plain_domain or squeezed == self.domain or (len(initials) > 1 and initials == self.domain)

    def is_desk(self, name: str) -> bool:
        """Tell whether a name begins with that of the domain: "EX Sport" of ex.org."""
        return name.lower().split()[0] == self.domain


def site_of(name: str | None, address: str | None) -> Site:
    """Name the site of an address.

    >>> site_of("The Example", "https://www.example.co.uk/a").domain
    'example'
    """
    host = (address or "").partition("://")[2].partition("/")[0].lower().removeprefix("www.")
    labels = host.split(".")[:-1]
    if len(labels) > 1 and len(labels[-1]) <= 3 and labels[-1] in ("co", "com", "org", "net", "ac", "gov"):
        labels.pop()
    return Site(name, labels[-1] if labels else None)


def choose_authors(candidates: Iterable[Authors], site: Site) -> Authors | None:
    """Choose the first source that names people; where none does, the first that names anyone."""
    organisation: Authors | None = None
    for candidate in candidates:
        if candidate.names and candidate.are_people(site):
            return candidate.without_site(site)
        if candidate.names and organisation is None:
            organisation = candidate
    return organisation


def stated_authors(head: PageHead, data: StructuredData) -> Iterator[Authors]:
    """Yield the authors that JSON-LD and the meta elements state."""
    for name in ("author", "creator"):
        names = structured_names(data, data.article.get(name))
        yield Authors(clean_names(names, is_stated=True) or _domains(names), "json-ld")
    for name in META_NAMES["author"]:
        yield Authors(clean_names(head.metas.get(name, ()), is_stated=True), "meta")
    for label, value in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if any(WRITTEN_BY.search(text) for text in head.metas.get(label, ())):
            yield Authors(clean_names(head.metas.get(value, ()), is_stated=True), "meta")
    yield Authors(clean_names(structured_names(data, data.page.get("author")), is_stated=True), "json-ld")


def _domains(names: Iterable[str]) -> tuple[str, ...]:
    """List the names that are domains: a site that signs with its own."""
    return tuple(dict.fromkeys(name for name in names if DOMAIN.fullmatch(name)))


def authors_of_pieces(pieces: Iterable[Piece]) -> Authors:
    """Read the authors off the elements that are marked as bylines; the first that names any decides."""
    for piece in pieces:
        if len(piece.text) > 200 or OTHER_PERSON.search(piece.label) or PHOTO_CREDIT.search(piece.text):
            continue
        names = clean_names(piece.values) or clean_names(piece.links) or clean_names([piece.text])
        if any(len(name.split()) > 3 or ROLE.search(name) for name in names):
            names = next((found for line in piece.lines if (found := clean_names([line]))), names)
        if names:
            return Authors(names, "byline-element")
    return Authors((), "byline-element")


def authors_of_lines(lines: Iterable[str], lead_in: re.Pattern[str] = LEAD_IN) -> Authors:
    """Read the authors off the first short line that begins as a byline does ("By ...")."""
    for line in lines:
        if len(line) <= MAX_BYLINE and (match := lead_in.match(line)) is not None:
            names = clean_names([line[match.end() :]])
            if names and all(1 < len(name.split()) <= 4 or not name.isascii() for name in names):
                return Authors(names, "visible-text")
    return Authors((), "visible-text")


def authors_beside_date(lines: Iterable[str]) -> Authors:
    """Read the author off a line that has a name, a bar and a date: "Ana Ruiz | 4 March 2026"."""
    for line in lines:
        name, bar, rest = BAR.sub("|", line, count=1).partition("|")
        words = name.split()
        if not bar or not 2 <= len(words) <= 4 or not all(word[0].isupper() for word in words):
            continue
        if is_name(name.strip()) and any(find_dates(rest)):
            return Authors((name.strip(),), "visible-text")
    return Authors((), "visible-text")


def authors_of_bold_lines(lines: Iterable[str]) -> Authors:
    """Read the authors off the first line in bold that is nothing but names of two to four words each."""
    for line in lines:
        parts = CONJUNCTION.split(line)
        if all(2 <= len(part.split()) <= 4 and PERSON.fullmatch(part) and is_name(part) for part in parts):
            return Authors(tuple(dict.fromkeys(parts)), "visible-text")
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


def clean_names(values: Iterable[str], *, is_stated: bool = False) -> tuple[str, ...]:
    """Part, strip and filter names; each is kept once. Where names are stated as such they may be those of accounts.

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
            name = _without_date(LEAD_IN.sub("", part)).strip(' \t-–—.:|()[]•*"“”⋅')
            name = PROFESSION_BEHIND.sub("", name)
            if names and ROLE.search(name):
                continue
            if names and CREDENTIAL.fullmatch(name) and name.lower() not in AGENCIES:
                continue
            if is_name(name) or (is_stated and is_account(name)):
                names.setdefault(name.lower(), name)
    return tuple(list(names.values())[:MAX_AUTHORS])


def _without_date(text: str) -> str:
    """Cut a byline where its date begins."""
    words = text.split()
    place = next((index for index, word in enumerate(words) if NUMBER.fullmatch(word)), len(words))
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


def is_account(text: str) -> bool:
    """Tell whether a text can be the name of a writer's account: one lower-case word.

    >>> is_account("ana.ruiz"), is_account("admin"), is_account("example.org/ana")
    (True, False, False)
    """
    return ACCOUNT.fullmatch(text) is not None and text.lower() not in NOT_AUTHORS and not DOMAIN_END.search(text)


def _squeeze(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
