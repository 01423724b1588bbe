"""Resolve the names of one article: which mentions are one person, organisation or place, and of which kind.

A surname alone stands for the person whose full name the article gives; where it gives several of one surname, the
title or the nearest mention decides, and where neither does the surname stays a name of its own. Names that the
article says too little about keep no kind; linking over all articles may know them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tasks.enrich.candidates import Sentence
from tasks.enrich.entities.lexicons import gender_of, is_known_place
from tasks.enrich.entities.model_names import add_model_names
from tasks.enrich.entities.name_spans import ORGANISATION, PERSON, PLACE, Span, find_spans
from tasks.enrich.entities.people import PersonName, can_be_one, read_person, surname_key
from tasks.enrich.names import city_of, country_of
from tasks.enrich.words import Tag
from tasks.records import NamedEntity, NameMention

_HEADINGS = frozenset(("headline", "heading"))
_KINDS = (PERSON, ORGANISATION, PLACE)
#: Sentences within which the one person named of those who share a surname is the one it stands for.
_RECENT = 3
_SMALL_WORDS = frozenset(("of", "the", "and", "for", "on", "&"))


@dataclass(slots=True)
class Found:
    """A span in its sentence, and the entity it is resolved to."""

    sentence: Sentence
    span: Span
    cut: tuple[int, int] | None = None  # a part of its one word that is the name: offset and length
    entity: int = -1

    @property
    def start(self) -> int:
        """The name's first character in documents.text."""
        words = self.sentence.words
        return words.starts[self.span.start] + self._shift + (self.cut[0] if self.cut else 0)

    @property
    def end(self) -> int:
        """One past the name's last character in documents.text."""
        return self.start + self.cut[1] if self.cut else self.sentence.words.ends[self.span.end - 1] + self._shift

    @property
    def _shift(self) -> int:
        return self.sentence.start - self.sentence.words.starts[0]


@dataclass(slots=True)
class Local:
    """An entity of the article."""

    name: str
    kind: str | None
    is_sure: bool = False
    gender: str | None = None
    acronym: str | None = None
    is_ambiguous: bool = False
    person: PersonName | None = None
    last_sentence: int = field(default=-(10**6))


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """The entities of an article and their mentions, in order of place."""

    entities: tuple[NamedEntity, ...]
    mentions: tuple[NameMention, ...]


@dataclass(slots=True)
class _Votes:
    """What all mentions of one text say about its kind."""

    weights: Counter[str] = field(default_factory=Counter)
    sure: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    count: int = 0
    is_only_initial: bool = True


def resolve_names(sentences: Sequence[Sentence], model: Any = None) -> ArticleNames:
    """Return the named entities of an article; `sentences` are in order, `model` a spaCy pipeline that adds names."""
    found = [Found(sentence, span) for sentence in sentences for span in _spans_of(sentence, model)]
    body = [item for item in found if item.sentence.kind not in _HEADINGS]
    votes = _count_votes(body)
    found = _known_only(found, votes)
    locals_ = _Locals(votes)
    for item in found:
        item.entity = locals_.resolve(item)
    locals_.join_acronyms(found)
    return _as_records(found, locals_.entities)


def _spans_of(sentence: Sentence, model: Any) -> list[Span]:
    spans = find_spans(sentence.words)
    if model is None or not len(sentence.words):
        return spans
    return add_model_names(spans, sentence.words, sentence.text, sentence.words.starts[0], model)


def _count_votes(body: Iterable[Found]) -> dict[str, _Votes]:
    votes: dict[str, _Votes] = defaultdict(_Votes)
    for item in body:
        vote, span = votes[item.span.text], item.span
        vote.count += 1
        vote.is_only_initial = vote.is_only_initial and span.is_initial
        if span.gender:
            vote.genders.add(span.gender)
        if span.kind is not None:
            vote.weights[span.kind] += 10 if span.is_sure else 1
            if span.is_sure:
                vote.sure.add(span.kind)
    for text, vote in votes.items():
        if vote.is_only_initial and " " not in text and not vote.sure and not text.isupper():
            vote.weights.clear()  # any word that begins a sentence can say something
    return votes


def _known_only(found: Sequence[Found], votes: dict[str, _Votes]) -> list[Found]:
    """Leave out words that owe their capital to their place, find in headings what the text names, part pairs."""
    surnames = {text.split()[-1] for text, vote in votes.items() if " " in text and vote.weights[PERSON]}
    companies = {text.split()[0] for text, vote in votes.items() if " " in text and vote.weights[ORGANISATION]}
    kept: list[Found] = []
    for item in found:
        span = item.span
        parts = _parts_of_pair(item, votes, surnames)
        if parts:
            kept += parts
        elif item.sentence.kind in _HEADINGS:
            kept += _within_heading(item, votes, surnames)
        elif not _is_capital_only(votes[span.text]) or span.text in surnames or span.text in companies:
            kept.append(item)
    return kept


def _is_capital_only(vote: _Votes) -> bool:
    return vote.is_only_initial and not vote.weights


def _parts_of_pair(item: Found, votes: dict[str, _Votes], surnames: set[str]) -> list[Found]:
    """Part "Doe-Roe talks" and "Russia-Ukraine" where both sides are known; offsets follow."""
    text = item.span.text
    if "-" not in text or item.span.end - item.span.start != 1:
        return []
    pieces = text.split("-")
    kinds = [_piece_kind(piece, votes, surnames) for piece in pieces]
    if not all(kind or piece.islower() for kind, piece in zip(kinds, pieces, strict=True)):
        return []
    parts, offset = [], 0
    for piece, kind in zip(pieces, kinds, strict=True):
        if kind is not None and kind != "adjective":
            span = Span(item.span.start, item.span.end, piece, kind if kind in _KINDS else None)
            parts.append(Found(item.sentence, span, (offset, len(piece))))
        offset += len(piece) + 1
    return parts


def _piece_kind(piece: str, votes: dict[str, _Votes], surnames: set[str]) -> str | None:
    country = country_of(piece) or country_of(f"{piece}.")
    if country is not None:
        return PLACE if country == piece or piece.isupper() else "adjective"
    if piece.islower():
        return None
    if piece in surnames:
        return PERSON
    known = votes.get(piece)
    return _heaviest(known) or "known" if known is not None and known.count else None


def _within_heading(item: Found, votes: dict[str, _Votes], surnames: set[str]) -> list[Found]:
    """Return the parts of a heading's run of capitals that the text names."""
    span, words = item.span, item.sentence.words
    kept, index = [], span.start
    while index < span.end:
        for end in range(span.end, index, -1):
            text = " ".join(word for word in words.texts[index:end] if word != ".")
            known = votes.get(text)
            if (known is not None and not _is_capital_only(known)) or text in surnames or is_known_place(text):
                kind = PLACE if known is None and text not in surnames else None
                kept.append(Found(item.sentence, Span(index, end, text, kind)))
                index = end
                break
        else:
            index += 1
    return kept


def _heaviest(vote: _Votes | None) -> str | None:
    if vote is None or not vote.weights:
        return None
    return min(vote.weights, key=lambda kind: (-vote.weights[kind], _KINDS.index(kind)))


class _Locals:
    """The entities of an article as they come to light."""

    def __init__(self, votes: dict[str, _Votes]) -> None:
        self.entities: list[Local] = []
        self._votes = votes
        self._by_text: dict[tuple[str, str | None], int] = {}
        self._people: dict[str, list[int]] = defaultdict(list)  # surname key -> entities with a full name
        self._by_given: dict[str, list[int]] = defaultdict(list)
        self._by_end: dict[str, set[int]] = defaultdict(set)  # first and last words of organisations
        self._gather_people()

    def _gather_people(self) -> None:
        """Take in the full names first, the longest first, so that shorter forms find them."""
        singles = {text for text in self._votes if " " not in text}
        full = [text for text in self._votes if " " in text and self._is_person(text, singles)]
        for text in sorted(full, key=lambda text: (-len(text.split()), text)):
            person = read_person(text)
            matches = [at for at in self._people[person.surname] if _fits(self.entities[at], person)]
            if len(matches) == 1:
                self._by_text[text, None] = matches[0]
                continue
            vote = self._votes[text]
            gender = min(vote.genders) if len(vote.genders) == 1 else gender_of(text.split()[0])
            local = Local(text, PERSON, PERSON in vote.sure, gender if gender in ("m", "f") else None, person=person)
            self.entities.append(local)
            self._by_text[text, None] = len(self.entities) - 1
            self._people[person.surname].append(len(self.entities) - 1)
            self._by_given[text.split()[0]].append(len(self.entities) - 1)

    def _is_person(self, text: str, singles: set[str]) -> bool:
        kind = _heaviest(self._votes[text])
        if kind is not None:
            return kind == PERSON
        words = text.split()
        last = words[-1]
        if len(words) > 3 or last not in singles or last.isupper() or _SMALL_WORDS & set(words):
            return False
        return _heaviest(self._votes[last]) == PERSON

    def resolve(self, item: Found) -> int:
        """Return the entity of a mention, making it where it is new."""
        entity = self._find(item)
        self.entities[entity].last_sentence = item.sentence.ordinal
        return entity

    def _find(self, item: Found) -> int:
        span = item.span
        text = span.text
        if (text, None) in self._by_text and " " in text:
            return self._by_text[text, None]
        if " " not in text and not (span.kind == PLACE and span.is_sure and not self._is_named_here(text)):
            person = self._person_of(text, item)
            if person is not None:
                return person
        gender = span.gender if self._shares_surname(text) else None
        known = self._by_text.get((text, gender))
        if known is None and " " not in text and (short := self._organisation_called(item)) is not None:
            return short
        return known if known is not None else self._add(text, gender)

    def _organisation_called(self, item: Found) -> int | None:
        """Return the one organisation whose name a word begins or ends: "Tolbert", "Rovers"."""
        text, before = item.span.text, item.sentence.words.tag(item.span.start - 1)
        if is_known_place(text) or country_of(text) is not None or before is Tag.DETERMINER:
            return None
        if text in self._votes and self._votes[text].weights[PLACE]:
            return None
        found = self._by_end[text]
        return next(iter(found)) if len(found) == 1 else None

    def _is_named_here(self, text: str) -> bool:
        """Tell whether a place's name is more often a surname in this article."""
        return bool(self._people.get(surname_key(text))) and _heaviest(self._votes.get(text)) == PERSON

    def _shares_surname(self, text: str) -> bool:
        return " " not in text and len(self._people.get(surname_key(text), ())) > 0

    def _person_of(self, text: str, item: Found) -> int | None:
        people = self._people.get(surname_key(text), [])
        gender = item.span.gender
        fitting = [at for at in people if not gender or self.entities[at].gender in (None, gender)]
        if len(people) > 1 and gender and len(certain := [at for at in fitting if self.entities[at].gender]) == 1:
            return certain[0]
        if len(fitting) == 1:
            return fitting[0]
        if len(fitting) > 1:
            near = [at for at in fitting if item.sentence.ordinal - self.entities[at].last_sentence <= _RECENT]
            return near[0] if len(near) == 1 else None
        given = self._by_given.get(text, [])
        return given[0] if not people and len(given) == 1 and not is_known_place(text) else None

    def _add(self, text: str, gender: str | None) -> int:
        vote = self._votes.get(text)
        kind = _heaviest(vote)
        if kind is None and is_known_place(text):
            kind = PLACE
        is_sure = vote is not None and kind in vote.sure
        canonical = _canonical_place(text) if kind == PLACE else text
        known = self._by_text.get((canonical, gender))
        if known is not None and self.entities[known].kind == kind:
            self._by_text[text, gender] = known
            return known
        is_ambiguous = kind == PERSON and self._shares_surname(text)
        titled = vote.genders if vote is not None and len(vote.genders) == 1 else set()
        local = Local(canonical, kind, is_sure, gender or next(iter(titled), None), is_ambiguous=is_ambiguous)
        self.entities.append(local)
        number = len(self.entities) - 1
        self._by_text[text, gender] = self._by_text[canonical, gender] = number
        if kind == ORGANISATION and " " in text:
            for word in (text.split()[0], text.split()[-1]):
                self._by_end[word].add(number)
        return number

    def join_acronyms(self, found: list[Found]) -> None:
        """Join "Institute of Marine Science (IMS)" with its acronym."""
        joined: dict[int, int] = {}
        for before, item in pairwise(found):
            words, span = item.sentence.words, item.span
            if before.sentence is not item.sentence or words.lower(span.start - 1) != "(":
                continue
            if before.span.end != span.start - 1 or words.lower(span.end) != ")" or " " in span.text:
                continue
            full, short = self.entities[before.entity], item.entity
            if short != before.entity and _is_acronym_of(span.text, before.span.text):
                full.acronym, full.kind = span.text, full.kind or ORGANISATION
                joined[short] = before.entity
        for item in found:
            item.entity = joined.get(item.entity, item.entity)


def _fits(local: Local, person: PersonName) -> bool:
    """Tell whether a full name can be that of a person already named; "Robert Kennedy" can be the only junior's."""
    known = local.person
    if known is None:
        return False
    if known.suffix and not person.suffix:
        known = PersonName(known.given, known.middle, known.surname, "")
    return can_be_one(known, person)


def _canonical_place(text: str) -> str:
    return country_of(text) or city_of(text) or text


def _is_acronym_of(short: str, full: str) -> bool:
    initials = [word[0] for word in full.replace("-", " ").split() if word.lower() not in _SMALL_WORDS]
    every = [word[0] for word in full.replace("-", " ").split()]
    letters = short.replace(".", "").upper()
    return letters in ("".join(initials).upper(), "".join(every).upper())


def _as_records(found: Sequence[Found], entities: Sequence[Local]) -> ArticleNames:
    order: dict[int, int] = {}
    mentions: list[NameMention] = []
    for item in sorted(found, key=lambda item: item.start):
        number = order.setdefault(item.entity, len(order))
        sentence, start, end = item.sentence, item.start, item.end
        text = sentence.text[start - sentence.start : end - sentence.start]
        mentions.append(NameMention(number, start, end, sentence.start, sentence.end, text, sentence.text))
    records = [
        NamedEntity(number, local.kind, local.is_sure, local.name, local.gender, local.acronym, local.is_ambiguous)
        for number, local in ((order[at], entities[at]) for at in order)
    ]
    return ArticleNames(tuple(records), tuple(mentions))
