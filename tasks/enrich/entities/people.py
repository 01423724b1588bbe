"""Tell whether two names can be one person's: the parts of a name, and when they agree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tasks.enrich.entities.lexicons import full_names, gender_of, is_short_form, name_words
from tasks.enrich.entities.spellings import consonants, spelling_key
from tasks.enrich.word_lists import read_sections

_PARTICLES = frozenset(read_sections("titles.txt")["particle"])
_SUFFIX = name_words("suffix")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts, in lower case; `surname` is a spelling key, with its particles."""

    given: str  # empty where only the surname is given
    middle: tuple[str, ...]  # initials
    surname: str
    suffix: str

    @property
    def key(self) -> str:
        """Return what equal names share, whatever their spelling."""
        given = self.given if len(self.given) < 2 else spelling_key(self.given)
        return "|".join((given, ".".join(self.middle), self.surname, self.suffix))


@lru_cache(maxsize=1 << 15)
def read_person(name: str) -> PersonName:
    """Cut a name into its parts.

    >>> read_person("George W Bush").key
    'georg|w|bus|'
    """
    words = [word for word in name.replace(".", " ").split() if word]
    suffix = ""
    if len(words) > 1 and words[-1].casefold() in _SUFFIX:
        suffix = words.pop().casefold()
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    surname = "".join(spelling_key(word) for word in words[first:])
    given = words[0].casefold() if first > 0 else ""
    middle = tuple(word[0].casefold() for word in words[1:first])
    return PersonName(given, middle, surname, suffix)


def surname_key(text: str) -> str:
    """Return the spelling key of a surname that stands alone."""
    return "".join(spelling_key(word) for word in text.split())


def can_be_one(left: PersonName, right: PersonName) -> bool:
    """Tell whether two full names can be one person's: surname, given name, middle initials and suffix agree."""
    return (
        left.surname == right.surname
        and left.suffix == right.suffix
        and given_names_agree(left.given, right.given)
        and _middles_agree(left.middle, right.middle)
    )


@lru_cache(maxsize=1 << 15)
def given_traits(given: str) -> tuple[str, ...]:
    """Return what a given name shares with every one that it agrees with: spelling, consonants, names in full."""
    if len(given) < 2:
        return (given,)
    sound = consonants(given)
    return (spelling_key(given), *((f"={sound}",) if sound else ()), *map(spelling_key, full_names(given)))


def _middles_agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return not left or not right or left == right or (left[0] == right[0] and 1 in (len(left), len(right)))


@lru_cache(maxsize=1 << 15)
def given_names_agree(left: str, right: str) -> bool:
    """Tell whether two given names, in lower case, can be one person's: spellings, initials, short forms.

    >>> given_names_agree("volodymyr", "vladimir"), given_names_agree("j", "jane"), given_names_agree("joe", "joseph")
    (True, True, True)
    >>> given_names_agree("christian", "christine"), given_names_agree("maria", "mario")
    (False, False)
    """
    if left == right or not left or not right:
        return True
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    if spelling_key(left) == spelling_key(right):
        return True
    if {gender_of(left), gender_of(right)} >= {"m", "f"}:
        return False
    if left[-1] == right[-1] and consonants(left) is not None and consonants(left) == consonants(right):
        return True
    return is_short_form(left, right) or is_short_form(right, left)
