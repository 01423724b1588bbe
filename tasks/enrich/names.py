"""Names of people, organisations and places: found by their capitals, resolved inside an article, folded for merging.

Surnames are taken for the full name that the article gives elsewhere ("Trump" for "Donald Trump"). For merging across
articles a name is folded so that its transliterations agree (Zelensky, Zelenskyy, Zelenskiy); who is who beyond that
(two people of one surname) is out of scope.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from tasks.enrich.word_lists import read_sections
from tasks.enrich.words import Tag, Words

_FOLDER = Path(__file__).parent
_PLACE_PREPOSITIONS = frozenset(("in", "at", "near", "to", "into", "from", "outside", "across", "on"))
_SURE_PREPOSITIONS = frozenset(("in", "near", "outside"))
_LONGEST_NAME = 6  # words
_SHORTEST_SKELETON = 3  # consonants: below it vowels must agree too
_VOWELS = frozenset("aeiou")
# spellings of one sound in romanised names, longest first
_ROMANISATIONS = (
    ("shch", "sc"), ("sch", "s"), ("tch", "c"), ("zh", "z"), ("kh", "h"), ("sh", "s"), ("ch", "c"), ("ts", "c"),
    ("tz", "c"), ("ph", "f"), ("ck", "k"), ("ks", "x"), ("dj", "j"), ("gh", "g"), ("th", "t"), ("w", "v"), ("y", "i"),
    ("j", "i"), ("q", "k"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence: word indices, half-open, titles left out."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class NameIndex:
    """The names of an article, for resolving surnames."""

    counts: Counter[str] = field(default_factory=Counter)
    _full: dict[str, str] = field(default_factory=dict)

    def add(self, names: Iterable[Name]) -> None:
        """Count the names of a sentence."""
        self.counts.update(name.text for name in names)

    def settle(self) -> None:
        """Choose, for each surname, the full name that the article uses most (the first in the alphabet of several)."""
        best: dict[str, tuple[int, str]] = {}
        for text, count in sorted(self.counts.items()):
            surname = text.rpartition(" ")[2]
            if surname != text and country_of(text) is None and (surname not in best or count > best[surname][0]):
                best[surname] = (count, text)
        self._full = {surname: text for surname, (_, text) in best.items()}

    def resolve(self, text: str) -> str:
        """Return the full name for a surname, or the name itself."""
        return self._full.get(text, text)

    def is_known(self, text: str) -> bool:
        """Tell whether the article has this name by itself, or as a surname."""
        return text in self.counts or text in self._full


@cache
def _titles() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_sections("titles.txt").items()}


@cache
def _gazetteer() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return adjectives and other spellings to countries, capitals and cities to their name, capitals to countries."""
    countries: dict[str, str] = {}
    cities: dict[str, str] = {}
    capitals: dict[str, str] = {}
    section = ""
    for line in (_FOLDER / "places.txt").read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip() if not line.startswith("#") else ""
        if entry.startswith("["):
            section = entry.strip("[]")
        elif entry and section == "city":
            cities[entry] = entry
        elif entry:
            name, adjectives, capital, others = (part.strip() for part in entry.split("|"))
            for form in (name, *adjectives.split(), *(other.strip() for other in others.split(";"))):
                countries.setdefault(form, name)
            for spelling in filter(None, (part.strip() for part in capital.split(";"))):
                cities[spelling] = capital.split(";")[0].strip()
                capitals[spelling] = name
    return countries, cities, capitals


def country_of(text: str) -> str | None:
    """Return the country that a name, an adjective or a people's name stands for, or None."""
    return _gazetteer()[0].get(text)


def city_of(text: str) -> str | None:
    """Return the usual name of a city of the gazetteer under any of its spellings, or None."""
    return _gazetteer()[1].get(text)


def usual_cities() -> frozenset[str]:
    """Return the usual names of the cities of the gazetteer."""
    return frozenset(_gazetteer()[1].values())


def is_place(text: str) -> bool:
    """Tell whether the gazetteer has a place of this name."""
    countries, cities, _ = _gazetteer()
    return countries.get(text) == text or text in cities or canonical_name(text) in _place_keys()


@cache
def _place_keys() -> frozenset[str]:
    return frozenset(canonical_name(city) for city in _gazetteer()[1].values())


def places_agree(left: str, right: str) -> bool:
    """Tell whether two canonical places can be one: the same, or a capital and its country."""
    return left == right or _capital_keys().get(left) == right or _capital_keys().get(right) == left


@cache
def _capital_keys() -> dict[str, str]:
    return {canonical_name(city): country.casefold() for city, country in sorted(_gazetteer()[2].items())}


def find_names(words: Words) -> list[Name]:
    """Return the names of a sentence, without titles, nationalities before titles, and possessive endings."""
    names: list[Name] = []
    index = 0
    while index < len(words):
        if words.tags[index] is not Tag.NAME:
            index += 1
            continue
        end = _run_end(words, index)
        names += _names_of_run(words, index, end)
        index = end
    return names


def _run_end(words: Words, start: int) -> int:
    end = start + 1
    while end < len(words) and end - start < 2 * _LONGEST_NAME:
        resumed = end if words.tags[end] is Tag.NAME else _after_particles(words, end)
        if resumed is None:
            break
        end = resumed + 1
    return end


def _after_particles(words: Words, index: int) -> int | None:
    """Return where a name goes on after "van der", or after the full stop of a title or initial; None where it ends."""
    if words.lowers[index] == "." and _is_abbreviated_title(words, index):
        return index + 1 if words.tag(index + 1) is Tag.NAME else None
    end = index
    while end < index + 2 and words.lower(end) in _titles()["particle"] and words.tag(end) is Tag.WORD:
        end += 1
    return end if end > index and words.tag(end) is Tag.NAME else None


def _is_abbreviated_title(words: Words, stop: int) -> bool:
    before = words.lowers[stop - 1]
    return (before in _titles()["title"] or len(before) == 1) and words.ends[stop - 1] == words.starts[stop]


def _names_of_run(words: Words, start: int, end: int) -> list[Name]:
    """Cut a run of capitals where a title stands: "U.S. President Donald Trump" is one person."""
    titles, nobody = _titles()["title"], _titles()["not-a-name"]
    first, names = start, []
    if end - start > 1 and start > 1 and words.lowers[start - 1] == "of" and words.lowers[start - 2] in titles:
        first = start + 1  # Secretary of State Jane Doe
    for index in range(start, end):
        lower = words.lowers[index].rstrip(".")
        is_title = lower in titles and index + 1 < end  # "Associated Press" ends in no title
        if is_title or lower in nobody or words.texts[index] == ".":
            if words.texts[index] == "." and index - 1 >= first and len(words.lowers[index - 1]) == 1:
                continue  # the initial of "George W. Bush"
            before = " ".join(words.texts[first:index])
            if before and country_of(before) is None:
                names.append(Name(first, index, before))
            first = index + 1
    if first < end:
        names += _without_nationality(words, first, end)
    return [name for name in names if len(name.text) > 1 and name.text.lower() not in titles]


def _without_nationality(words: Words, first: int, end: int) -> list[Name]:
    text = " ".join(words.texts[index] for index in range(first, end) if words.texts[index] != ".")
    head = words.texts[first]
    if end - first > 1 and country_of(text) is None and country_of(head) not in (None, head):
        return [Name(first + 1, end, text[len(head) + 1 :])]
    if country_of(text) is not None:
        text = country_of(text) or text
    return [Name(first, end, text)]


def place_of(words: Words, names: list[Name], start: int, end: int) -> str | None:
    """Return the first place named, after a preposition of place, in the words from `start` to `end`."""
    for name in names:
        if not (start < name.start < end):
            continue
        before = name.start - 1
        while before > start and words.tags[before] in (Tag.DETERMINER, Tag.WORD, Tag.POSSESSIVE, Tag.NAME):
            before -= 1
        preposition = words.lowers[before]
        if preposition not in _PLACE_PREPOSITIONS:
            continue
        follows_directly = before == name.start - 1 or (
            before == name.start - 2 and words.tags[name.start - 1] is Tag.DETERMINER
        )
        if is_place(name.text) or (preposition in _SURE_PREPOSITIONS and follows_directly):
            if words.tag(name.end) is Tag.POSSESSIVE:
                inner = next((other for other in names if name.end < other.start < min(end, name.end + 4)), None)
                return inner.text if inner else name.text
            return name.text
    return None


@lru_cache(maxsize=1 << 15)
def canonical_name(name: str) -> str:
    """Fold a name so that titles, given names and romanisations make no difference.

    >>> len({canonical_name(name) for name in ("Zelensky", "Volodymyr Zelenskyy", "Mr Zelenskiy")})
    1
    """
    countries, cities, _ = _gazetteer()
    if name in countries:
        return countries[name].casefold()
    name = cities.get(name, name)
    words = [word for word in name.replace("-", " ").split() if word.casefold().rstrip(".") not in _titles()["title"]]
    if not words:
        return name.casefold()
    return fold_spelling(words[-1]) if len(words) <= 3 else " ".join(fold_spelling(word) for word in words)


def fold_spelling(word: str) -> str:
    """Reduce a word to the consonants that all its romanisations share; short words keep their vowels."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(character for character in decomposed if character.isalnum())
    for spelling, sound in _ROMANISATIONS:
        letters = letters.replace(spelling, sound)
    single = "".join(letter for index, letter in enumerate(letters) if index == 0 or letter != letters[index - 1])
    skeleton = _skeleton(single)
    if sum(letter != "." for letter in skeleton) < _SHORTEST_SKELETON:
        return single
    return skeleton


def _skeleton(letters: str) -> str:
    """Keep the first letter and the consonants; mark where vowels stand between, not at the end."""
    marked = letters[:1] + "".join("." if letter in _VOWELS else letter for letter in letters[1:])
    pieces = [piece for piece in marked.split(".") if piece]
    joined = ".".join(pieces)
    return "".join(letter for index, letter in enumerate(joined) if index == 0 or letter != joined[index - 1])
