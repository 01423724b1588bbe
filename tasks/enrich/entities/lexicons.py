"""The gazetteers and word lists that tell what a name names, read once from the files beside this module."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from tasks.enrich.entities.spellings import spelling_key
from tasks.enrich.names import city_of, country_of
from tasks.enrich.word_lists import read_sections
from tasks.enrich.words import lemma_of

_FOLDER = Path(__file__).parent


@cache
def name_words(section: str) -> frozenset[str]:
    """Return the words of a section of `name_words.txt`."""
    return frozenset(read_sections("entities/name_words.txt")[section])


def _rows(name: str) -> list[list[str]]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _cities() -> frozenset[str]:
    return frozenset(name for name, _ in _rows("cities.tsv"))


def known_places() -> frozenset[str]:
    """Return the names of the large cities and the states of the gazetteer."""
    return _cities()


@cache
def _genders() -> dict[str, str]:
    """Return the gender of each given name: m, f, or u."""
    return {row[0]: row[1] for row in _rows("given_names.tsv")}


@cache
def _genders_by_sound() -> dict[str, str]:
    """Return the genders by spelling key, so that other romanisations are known; u where they differ."""
    genders: dict[str, str] = {}
    for name, gender in _genders().items():
        key = spelling_key(name)
        genders[key] = gender if genders.get(key, gender) == gender else "u"
    return genders


@lru_cache(maxsize=1 << 15)
def gender_of(given: str) -> str | None:
    """Return m, f or u for a known given name, None for an unknown one.

    >>> gender_of("Dmitry"), gender_of("Karoline"), gender_of("Tariff")
    ('m', 'f', None)
    """
    plain = given.casefold().rstrip(".")
    if len(plain) < 2 or plain in name_words("no-given-name"):
        return None
    known = _genders().get(plain)
    return known if known is not None or len(plain) < 5 else _genders_by_sound().get(spelling_key(plain))


@cache
def _common_words() -> frozenset[str]:
    lines = (_FOLDER.parents[1] / "dedupe" / "common_words.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(line.partition("\t")[0] for line in lines if not line.startswith("#"))


@lru_cache(maxsize=1 << 15)
def is_common(word: str) -> bool:
    """Tell a lower-case word, in either number, that at least one in a hundred English news articles has, no name.

    The table is that of dedupe, which says how it was counted.

    >>> is_common("holidays"), is_common("orlowska")
    (True, False)
    """
    return word in _common_words() or (word.endswith("s") and word[:-1] in _common_words())


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    return {short: frozenset(names.split()) for short, names in _rows("short_forms.tsv")}


def full_names(short: str) -> tuple[str, ...]:
    """Return the given names, in lower case, that a short form stands for."""
    return tuple(sorted(_short_forms().get(short, ())))


def is_short_form(short: str, name: str) -> bool:
    """Tell whether `short` is a short form of the given name `name`, both in lower case.

    >>> is_short_form("joe", "joseph")
    True
    """
    return name in _short_forms().get(short, ())


@lru_cache(maxsize=1 << 15)
def is_known_place(text: str) -> bool:
    """Tell whether a country, a state or a large city has this name."""
    return country_of(text) == text or text in _cities() or city_of(text) is not None


@cache
def _speech_verbs() -> dict[str, frozenset[str]]:
    return {section: frozenset(verbs) for section, verbs in read_sections("entities/speech_verbs.txt").items()}


@lru_cache(maxsize=1 << 14)
def is_speech_verb(word: str) -> bool:
    """Tell whether a lower-case word is a form of a verb that introduces speech; base forms that are nouns too are not.

    >>> is_speech_verb("said"), is_speech_verb("noting"), is_speech_verb("met"), is_speech_verb("state")
    (True, True, False, False)
    """
    lemma = lemma_of(word)
    return lemma in _speech_verbs()["speech"] and (word != lemma or word in _speech_verbs()["verb-only"])


def is_addressing_verb(word: str) -> bool:
    """Tell whether the object of a verb of speech is who was spoken to: "told reporters"."""
    return lemma_of(word) in _speech_verbs()["addressing"]
