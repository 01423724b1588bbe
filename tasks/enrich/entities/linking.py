"""Link the entities of all articles: one person, organisation or place, however articles spell the name.

Full names of people merge where all their parts agree. A surname without a full name in its article is the person of
that surname in its story, where there is one; else the one whom several stories know by the surname alone; else
somebody of that story. Organisations merge by their words, places by their usual name or spelling. The result depends
on the set of facts alone.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from tasks.enrich.entities.lexicons import gender_of, is_known_place, known_places, name_words
from tasks.enrich.entities.name_spans import ORGANISATION, PERSON, PLACE
from tasks.enrich.entities.people import PersonName, can_be_one, given_traits, read_person, surname_key
from tasks.enrich.entities.spellings import spelling_key
from tasks.enrich.names import city_of, country_of, usual_cities
from warehouse.identifiers import identify

_KINDS = (PERSON, ORGANISATION, PLACE)
#: Stories that name somebody by surname alone, and articles that give the full name, from which on the one person of
#: that surname in the warehouse is meant elsewhere too: heads of state, not any Smith.
_HOUSEHOLD_STORIES, _HOUSEHOLD_ARTICLES = 2, 3
#: Letters from which on unknown places are told by spelling key rather than letter by letter.
_LONG_PLACE = 6


@dataclass(frozen=True, slots=True, order=True)
class NameFact:
    """A name as the articles of one story use it, with how many do."""

    story_id: str
    name: str
    kind: str | None
    is_sure: bool
    gender: str | None
    acronym: str | None
    is_ambiguous: bool
    article_count: int


def link_names(facts: Iterable[NameFact]) -> dict[NameFact, tuple[str, str] | None]:
    """Return the entity (its id and its kind) of each fact; None where nothing says that it names one."""
    ordered = sorted(facts, key=_sort_key)
    kinds = _settle_kinds(ordered)
    links: dict[NameFact, tuple[str, str] | None] = dict.fromkeys(ordered)
    people = _People([fact for fact in ordered if kinds[_folded(fact.name)] == PERSON and " " in fact.name])
    organisations = _Organisations([fact for fact in ordered if kinds[_folded(fact.name)] == ORGANISATION])
    alone: list[NameFact] = []
    for fact in ordered:
        kind = kinds[_folded(fact.name)]
        if kind == PERSON and " " in fact.name:
            links[fact] = people.entity_of(fact), PERSON
        elif kind == ORGANISATION:
            links[fact] = organisations.entity_of(fact), ORGANISATION
        elif kind == PLACE:
            links[fact] = identify("entity", PLACE, place_key(fact.name)), PLACE
        elif " " not in fact.name:
            alone.append(fact)
    people.count_alone(alone)
    for fact in alone:
        entity = people.find(fact)
        if entity is None and fact.kind == PERSON and (fact.is_sure or fact.is_ambiguous or gender_of(fact.name)):
            entity = identify("entity", PERSON, surname_key(fact.name), fact.gender, fact.story_id)
        links[fact] = (entity, PERSON) if entity is not None else None
    return links


def _sort_key(fact: NameFact) -> tuple[str, ...]:
    return (fact.story_id, fact.name, fact.kind or "", str(fact.is_sure), fact.gender or "", fact.acronym or "",
            str(fact.is_ambiguous), str(fact.article_count))  # fmt: skip


def _folded(name: str) -> str:
    return name.casefold()


def _settle_kinds(facts: Sequence[NameFact]) -> dict[str, str | None]:
    """Return one kind for each name: the one that articles speak for most, those that can be sure ten times."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        counter = votes[_folded(fact.name)]
        if fact.kind is not None:
            counter[fact.kind] += fact.article_count * (10 if fact.is_sure else 1)
    return {
        name: min(counter, key=lambda kind: (-counter[kind], _KINDS.index(kind))) if counter else None
        for name, counter in votes.items()
    }


class _People:
    """The people with full names, grouped."""

    def __init__(self, facts: Sequence[NameFact]) -> None:
        names: Counter[str] = Counter()
        for fact in facts:
            names[fact.name] += fact.article_count
        self._articles: Counter[str] = Counter()
        self._entity: dict[str, str] = {}
        self._by_surname: dict[str, set[str]] = defaultdict(set)
        self._in_story: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._genders: dict[str, set[str]] = defaultdict(set)
        self._alone: dict[str, set[str]] = defaultdict(set)
        by_surname: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            by_surname[read_person(name).surname].append(name)
        for surname, group in by_surname.items():
            for members in group_people(group):
                entity = identify("entity", PERSON, min(read_person(name).key for name in members))
                self._by_surname[surname].add(entity)
                for name in members:
                    self._entity[name] = entity
                    self._articles[entity] += names[name]
        for fact in facts:
            entity = self._entity[fact.name]
            self._in_story[fact.story_id, read_person(fact.name).surname].add(entity)
            if fact.gender:
                self._genders[entity].add(fact.gender)

    def entity_of(self, fact: NameFact) -> str:
        """Return the entity of a full name."""
        return self._entity[fact.name]

    def count_alone(self, facts: Iterable[NameFact]) -> None:
        """Take in which stories use a surname without a full name in the article."""
        for fact in facts:
            self._alone[surname_key(fact.name)].add(fact.story_id)

    def find(self, fact: NameFact) -> str | None:
        """Return the person whom a surname alone means, or None."""
        if fact.is_ambiguous:
            return None
        surname = surname_key(fact.name)
        in_story = self._fitting(self._in_story.get((fact.story_id, surname), set()), fact)
        if in_story:
            return next(iter(in_story)) if len(in_story) == 1 else None
        everywhere = self._by_surname.get(surname, set())
        if len(everywhere) != 1 or len(self._alone[surname]) < _HOUSEHOLD_STORIES:
            return None
        (entity,) = everywhere
        return entity if self._articles[entity] >= _HOUSEHOLD_ARTICLES and self._fitting({entity}, fact) else None

    def _fitting(self, entities: set[str], fact: NameFact) -> set[str]:
        if not fact.gender:
            return entities
        return {entity for entity in entities if self._genders[entity] <= {fact.gender}}


def group_people(names: Sequence[str]) -> list[list[str]]:
    """Group full names of one surname into people.

    Names with the same parts are one person. A less telling name (an initial, no middle name) joins the one person
    whom it can be; where it can be several it stays by itself, so that nobody becomes two people.

    >>> group_people(["Jane Doe", "J. Doe", "Mark Doe"])
    [['Jane Doe', 'J. Doe'], ['Mark Doe']]
    """
    by_key: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_key[read_person(name).key].append(name)
    groups: list[tuple[list[PersonName], list[str]]] = []
    places: dict[str, set[int]] = defaultdict(set)  # what given names can agree by -> groups
    for key in sorted(by_key, key=lambda key: (*_tellingness(read_person(by_key[key][0])), key)):
        person = read_person(by_key[key][0])
        met = sorted(set().union(*(places[trait] for trait in given_traits(person.given))))
        partly = [at for at in met if any(can_be_one(person, other) for other in groups[at][0])]
        if len(partly) == 1 and all(can_be_one(person, other) for other in groups[partly[0]][0]):
            at = partly[0]
            groups[at][0].append(person)
            groups[at][1].extend(by_key[key])
        else:
            at = len(groups)
            groups.append(([person], list(by_key[key])))
        for trait in (*given_traits(person.given), person.given[:1]):
            places[trait].add(at)
    return [members for _, members in groups]


def _tellingness(person: PersonName) -> tuple[bool, int]:
    """Order names from the most telling: a whole given name before an initial, more middle names before fewer."""
    return len(person.given) < 2, -len(person.middle)


class _Organisations:
    """The organisations, by their words; an acronym stands for the one that articles explain it with."""

    def __init__(self, facts: Sequence[NameFact]) -> None:
        self._explained: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            if fact.acronym:
                self._explained[organisation_key(fact.acronym)].add(organisation_key(fact.name))

    def entity_of(self, fact: NameFact) -> str:
        """Return the entity of an organisation's name."""
        key = organisation_key(fact.name)
        explained = self._explained.get(key, set())
        return identify("entity", ORGANISATION, next(iter(explained)) if len(explained) == 1 else key)


def organisation_key(name: str) -> str:
    """Fold an organisation's name: no articles, legal forms, accents or stops.

    >>> organisation_key("Quarry Motors Inc.") == organisation_key("quarry motors")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    words = "".join(letter for letter in plain if letter.isalnum() or letter in " -/").split()
    while len(words) > 1 and words[-1] in name_words("company-form"):
        words.pop()
    while len(words) > 1 and words[0] == "the":
        words.pop(0)
    return " ".join(words)


@cache
def _places_by_sound() -> dict[str, str | None]:
    """Return the known place for each spelling key, a usual name before others; None where several share it."""
    usual = {_sound_of(name): name for name in sorted(usual_cities())}
    places: dict[str, str | None] = {}
    for name in sorted(known_places()):
        if len(name) >= _LONG_PLACE:
            key = _sound_of(name)
            places[key] = name if places.get(key, name) == name else None
    return places | usual


def _sound_of(name: str) -> str:
    return " ".join(spelling_key(word) for word in name.replace("-", " ").split())


def place_key(name: str) -> str:
    """Fold a place's name: the usual name where a gazetteer has it, in any romanisation.

    >>> place_key("Zaporizhzhia") == place_key("Zaporizhzhya"), place_key("UK")
    (True, 'britain')
    """
    usual = country_of(name) or city_of(name)
    if usual is None and len(name) >= _LONG_PLACE:
        usual = _places_by_sound().get(_sound_of(name), name)
        if usual is None and not is_known_place(name):
            return _sound_of(name)
    return (usual or name).casefold()
