"""Series: articles of one form that tell of different happenings, such as the market reports of two days.

They name the same companies in the same words, so the more alike two of them are, the more they look like one story.
But articles on one happening that are no copies share few runs of words, and where they do, numbers with them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.corpus import Corpus
from tasks.dedupe.lexicon import Flags, Floats, Ints
from tasks.dedupe.passages import gather

#: Words from the start of a text that show its form.
FORM_WORDS = 150
#: Share of the runs of three words, numbers left out, that two articles of one form have in common, from so many.
#: Of two tellings without a sentence in common, 95 % share less than 0.17; of two forms filled in, all 0.68 and more.
LEAST_SHARED, LEAST_RUNS = 0.3, 20
#: Articles that agree in this share of their numbers are of one happening all the same, if they have so many.
MOST_AGREEMENT, LEAST_NUMBERS = 0.5, 3
#: Pairs that are compared at once; bounds the memory.
CHUNK_PAIRS = 5_000
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


@dataclass(frozen=True, slots=True)
class _Sets:
    """A set of numbers for each article: [starts[i], starts[i + 1]), ascending."""

    starts: Ints
    value: Ints


def are_series(corpus: Corpus, first: Ints, other: Ints) -> Flags:
    """Say for each pair of article numbers whether it is one form, filled in with other numbers."""
    involved, place = np.unique(np.concatenate([first, other]), return_inverse=True)
    one, two = place[: len(first)], place[len(first) :]
    runs, numbers = _runs(corpus, involved), _numbers(corpus, involved)
    flags = [
        _is_form(runs, numbers, one[begin : begin + CHUNK_PAIRS], two[begin : begin + CHUNK_PAIRS])
        for begin in range(0, len(first), CHUNK_PAIRS)
    ]
    return np.concatenate([np.zeros(0, bool), *flags])


def _is_form(runs: _Sets, numbers: _Sets, first: Ints, other: Ints) -> Flags:
    shared, fewest = _shared(runs, first, other)
    agreed, fewest_numbers = _shared(numbers, first, other)
    is_alike = (shared >= LEAST_SHARED * fewest) & (fewest >= LEAST_RUNS)
    return is_alike & (agreed < MOST_AGREEMENT * fewest_numbers) & (fewest_numbers >= LEAST_NUMBERS)


def _first_words(corpus: Corpus, articles: Ints) -> tuple[Ints, Ints]:
    owner, place = gather(corpus.words.starts, articles)
    early = place - corpus.words.starts[articles[owner]] < FORM_WORDS
    return owner[early], corpus.words.form[place[early]].astype(np.int64)


def _runs(corpus: Corpus, articles: Ints) -> _Sets:
    owner, form = _first_words(corpus, articles)
    is_word = ~corpus.words.is_number[form]
    owner, form = owner[is_word], form[is_word]
    whole = owner[2:] == owner[:-2]
    hashed = [corpus.words.form_hash[form[at : len(form) - 2 + at]] * factor for at, factor in enumerate(_FACTORS)]
    return _distinct(owner[: len(whole)][whole], sum(hashed, np.zeros(len(whole), np.uint64))[whole], len(articles))


def _numbers(corpus: Corpus, articles: Ints) -> _Sets:
    owner, form = _first_words(corpus, articles)
    is_number = corpus.words.is_number[form]
    return _distinct(owner[is_number], form[is_number].astype(np.uint64), len(articles))


def _distinct(owner: Ints, value: np.ndarray[tuple[int], np.dtype[np.uint64]], articles: int) -> _Sets:
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
