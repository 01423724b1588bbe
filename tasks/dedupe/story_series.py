"""Series: articles of one form that tell of different happenings, such as the market reports of two days.

They name the same companies in the same words, so the more alike two of them are, the more they look like one story.
But articles on one happening that are no copies share few runs of words, and where they do, the numbers
between them too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Flags, Floats, Hashes, Ints
from tasks.dedupe.passages import gather
from tasks.dedupe.words import FORM_SHIFT, NUMBER_BIT, Codes, WordCodes

#: Words from the start of a text that show its form.
FORM_WORDS = 150
#: Share of the runs of three words, numbers left out, that two articles of one form have in common, from so many.
#: Of two tellings without a sentence in common, 95 % share less than 0.17; of two forms filled in, all 0.68 and more.
LEAST_SHARED, LEAST_RUNS = 0.3, 20
#: A blank is a number after two words. Two articles that fill this share of their common blanks alike tell of one
#: happening all the same, as a report and its update do, if they have so many: of forms, half agree in less than 0.2.
MOST_AGREEMENT, LEAST_BLANKS = 0.75, 2
#: Pairs that are compared at once; bounds the memory.
CHUNK_PAIRS = 5_000
#: Multiplier of the polynomial hash, odd: the 64-bit golden ratio, as in Fibonacci hashing.
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class _Sets:
    """A set of numbers for each article: [starts[i], starts[i + 1]), ascending."""

    starts: Ints
    value: Ints


def are_series(words: WordCodes, first: Ints, other: Ints) -> Flags:
    """Say for each pair of article numbers whether it is one form, filled in with other numbers."""
    involved, place = np.unique(np.concatenate([first, other]), return_inverse=True)
    one, two = place[: len(first)], place[len(first) :]
    owner, code = _first_words(words, involved)
    runs, (blanks, filled) = _runs(owner, code, len(involved)), _blanks(owner, code, len(involved))
    flags = [
        _is_form(runs, blanks, filled, one[begin : begin + CHUNK_PAIRS], two[begin : begin + CHUNK_PAIRS])
        for begin in range(0, len(first), CHUNK_PAIRS)
    ]
    return np.concatenate([np.zeros(0, bool), *flags])


def _is_form(runs: _Sets, blanks: _Sets, filled: _Sets, first: Ints, other: Ints) -> Flags:
    shared, fewest = _shared(runs, first, other)
    common, _ = _shared(blanks, first, other)
    agreed, _ = _shared(filled, first, other)
    is_alike = (shared >= LEAST_SHARED * fewest) & (fewest >= LEAST_RUNS)
    return is_alike & (agreed < MOST_AGREEMENT * common) & (common >= LEAST_BLANKS)


def _first_words(words: WordCodes, articles: Ints) -> tuple[Ints, Codes]:
    """Give the owner and the code of each word."""
    owner, place = gather(words.starts, articles)
    early = place - words.starts[articles[owner]] < FORM_WORDS
    return owner[early], words.code[place[early]]


def _runs(owner: Ints, code: Codes, articles: int) -> _Sets:
    plain = code & np.uint32(NUMBER_BIT) == 0
    owner, form = owner[plain], _form(code[plain])
    whole = owner[2:] == owner[:-2]
    return _distinct(owner[2:][whole], _hash(form[:-2], form[1:-1], form[2:])[whole], articles)


def _blanks(owner: Ints, code: Codes, articles: int) -> tuple[_Sets, _Sets]:
    """Give the blanks of each article, and its blanks with what fills them."""
    fills = code & np.uint32(NUMBER_BIT) > 0
    form = _form(code)
    masked = np.where(fills, np.uint64(0), form)
    at = np.flatnonzero(fills[2:] & (owner[2:] == owner[:-2])) + 2
    blank = _hash(masked[at - 2], masked[at - 1])
    return _distinct(owner[at], blank, articles), _distinct(owner[at], blank ^ _hash(form[at]), articles)


def _form(code: Codes) -> Hashes:
    return code.astype(np.uint64) >> np.uint64(FORM_SHIFT)


def _hash(*columns: Hashes) -> Hashes:
    hashed = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        hashed = (hashed + column + np.uint64(1)) * _MULTIPLIER
        hashed ^= hashed >> np.uint64(29)
    return hashed


def _distinct(owner: Ints, value: Hashes, articles: int) -> _Sets:
    kinds, number = np.unique(value, return_inverse=True)
    total = max(1, len(kinds))
    keys = np.unique(owner * total + number)
    return _Sets(np.searchsorted(keys // total, np.arange(articles + 1)), keys % total)


def _shared(sets: _Sets, first: Ints, other: Ints) -> tuple[Ints, Floats]:
    """Give how many values both of a pair have, and how many the one with fewer has."""
    pair, entry = gather(sets.starts, first)
    other_pair, other_entry = gather(sets.starts, other)
    total = int(sets.value.max(initial=0)) + 1
    key, other_key = pair * total + sets.value[entry], other_pair * total + sets.value[other_entry]  # both ascend
    at = np.searchsorted(other_key, key)
    at[at == len(other_key)] = 0
    hit = other_key[at] == key if len(other_key) else np.zeros(len(key), bool)
    size = np.diff(sets.starts)
    return np.bincount(pair[hit], minlength=len(first)), np.minimum(size[first], size[other]).astype(np.float64)
