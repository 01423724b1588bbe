"""Look up what words tell about happenings: their kind, the role of a verb, the force of a word before "to"."""

from __future__ import annotations

from functools import cache, lru_cache

from tasks.enrich.word_lists import read_sections
from tasks.enrich.words import event_classes, irregular_bases


@cache
def _verb_kinds() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for name, words in event_classes().items():
        for verb in words["verbs"]:
            kinds.setdefault(verb, name)
    return kinds


@cache
def _noun_kinds() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for name, words in event_classes().items():
        for noun in words["nouns"]:
            kinds.setdefault(noun, name)
    return kinds


@cache
def _lasting_nouns() -> frozenset[str]:
    return frozenset(noun for words in event_classes().values() for noun in words.get("lasting", ()))


def is_singular(kind: str | None) -> bool:
    """Tell whether a kind of happening happens at most once a day in a story."""
    return kind is not None and bool(event_classes()[kind].get("singular", False))


@cache
def _roles() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_sections("verb_roles.txt").items()}


@cache
def _controls() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_sections("control_words.txt").items()}


def has_role(lemma: str, role: str) -> bool:
    """Tell whether a verb has a role of `verb_roles.txt`."""
    return lemma in _roles()[role]


def is_listed(word: str, section: str) -> bool:
    """Tell whether a word stands in a section of `control_words.txt`."""
    return word in _controls()[section]


def listed(section: str) -> frozenset[str]:
    """Return the words of a section of `control_words.txt`."""
    return _controls()[section]


def control_of(word: str) -> str | None:
    """Return the status that a word before "to" gives the verb after it, or None."""
    return _statuses().get(word)


@cache
def _statuses() -> dict[str, str]:
    statuses: dict[str, str] = {}
    for status in ("scheduled", "hypothetical", "occurred"):
        for word in _controls()[status]:
            statuses.setdefault(word, status)
    return statuses


def verb_kind(lemma: str) -> str | None:
    """Return the kind of happening that a verb names, or None."""
    return _verb_kinds().get(lemma)


def is_known_verb(word: str) -> bool:
    """Tell whether a lower-case word is the base form of a verb of the lists."""
    return word in _known_verbs()


@cache
def _known_verbs() -> frozenset[str]:
    return frozenset((*_verb_kinds(), *irregular_bases(), *(verb for verbs in _roles().values() for verb in verbs)))


@lru_cache(maxsize=1 << 14)
def noun_kind(noun: str) -> str | None:
    """Return the kind of happening that a noun, in either number, names, or None."""
    kinds = _noun_kinds()
    return kinds.get(noun) or kinds.get(singular(noun))


def is_lasting(noun: str) -> bool:
    """Tell whether a noun names a state of affairs of years rather than a happening of a day."""
    return singular(noun) in _lasting_nouns()


@lru_cache(maxsize=1 << 14)
def singular(noun: str) -> str:
    """Return the singular of a lower-case noun of one or more words, by rule.

    >>> singular("air strikes"), singular("penalties"), singular("talks")
    ('air strike', 'penalty', 'talks')
    """
    if noun in _noun_kinds() or not noun.endswith("s") or noun.endswith("ss"):
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun[:-1]


@cache
def _noun_lengths() -> dict[str, int]:
    """Return how many words the longest noun has that begins with a word, of those of several words."""
    lengths: dict[str, int] = {}
    for noun in _noun_kinds():
        first, *rest = noun.split(" ")
        if rest:
            lengths[first] = max(lengths.get(first, 1), len(rest) + 1)
    return lengths


def longest_noun(lowers: list[str], first: int) -> int:
    """Return how many words from `first` make up an event noun, 0 for none."""
    word = lowers[first]
    for count in range(min(_noun_lengths().get(word, 1), len(lowers) - first), 1, -1):
        if noun_kind(" ".join(lowers[first : first + count])) is not None:
            return count
    return 1 if noun_kind(word) is not None else 0
