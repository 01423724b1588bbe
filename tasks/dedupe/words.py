"""The words of texts as codes: what a comparison needs to know of a word, in 32 bits.

A code depends on the word alone, never on other texts, so codes are kept and compared across runs. Everything that
compares texts works on columns of codes; a Python loop over words would cost ten times as much.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.lexicon import Flags, Hashes, Ints
from tasks.dedupe.normalise import normal_form
from tasks.dedupe.word_places import WordPlaces, chunk_texts, find_words

Codes = NDArray[np.uint32]

#: Layout of a code, from the lowest bit: has a capital where it stands, begins a sentence with it, has a digit,
#: letters (three bits, 7 for seven and more), 26 bits of a hash of the normal form. Zero: the word takes no part.
CAPITAL_BIT, OPENING_BIT, NUMBER_BIT, LENGTH_SHIFT, MOST_LETTERS, HASH_SHIFT, HASH_BITS = 1, 2, 4, 3, 7, 6, 26
#: A form is a code without what depends on the place; forms are smaller than this.
FORM_SHIFT = 2
FORM_KINDS = 1 << (32 - FORM_SHIFT)
#: Surface words remembered before the memory is emptied, and the places for them (a power of two): 24 MB.
REMEMBERED_WORDS, PLACES_BITS = 1_000_000, 21
#: Spreads hashes over the places: the constant of the SplitMix64 generator.
_MIXER = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class WordCodes:
    """The words of a list of texts, one after the other; text i has words [starts[i], starts[i + 1])."""

    starts: Ints
    code: Codes

    def lengths(self) -> Ints:
        return np.diff(self.starts)

    def form(self) -> Ints:
        """Give the words without regard to where they stand."""
        return (self.code >> np.uint32(FORM_SHIFT)).astype(np.int64)

    def has(self, bit: int) -> Flags:
        """Say for each word whether its code has a bit."""
        return (self.code & np.uint32(bit)).astype(bool)


def word_code(surface: str) -> int:
    """Encode one word; 0 where it takes no part in comparisons."""
    form = normal_form(surface)
    if not form:
        return 0
    digest = blake2b(form.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    hashed = int.from_bytes(digest, "little") & ((1 << HASH_BITS) - 1)
    has_digit = any(map(str.isdigit, form))
    place_free = hashed << HASH_SHIFT | min(len(form), MOST_LETTERS) << LENGTH_SHIFT | has_digit * NUMBER_BIT
    return place_free | surface[0].isupper() * CAPITAL_BIT


class _RememberedWords:
    """The codes of surface words by their hash, in a table with open addressing that is asked for many at once.

    Two words of one hash would count as one; among ten million, the chance of any two is 3e-6.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._empty()

    def _empty(self) -> None:
        self._count = 0
        self._surface = np.zeros(1 << PLACES_BITS, np.uint64)  # 0: a free place
        self._code = np.zeros(1 << PLACES_BITS, np.uint32)

    def codes(self, places: WordPlaces) -> Codes:
        """Give the code of each word, encoding those that were not seen before."""
        surface = places.surface
        with self._lock:
            slot, missing = self._find(surface)
            code = self._code[slot]
            if len(missing):
                fresh, example, number = np.unique(surface[missing], return_index=True, return_inverse=True)
                rows = missing[example]
                ends = zip(places.begin[rows].tolist(), places.end[rows].tolist(), strict=True)
                fresh_code = np.array([word_code(places.joined[begin:end]) for begin, end in ends], np.uint32)
                code[missing] = fresh_code[number]
                self._add(fresh, fresh_code)
        return code

    def _find(self, surface: Hashes) -> tuple[Ints, Ints]:
        """Find the place of each word, and the words that have none."""
        slot = (surface * _MIXER >> np.uint64(64 - PLACES_BITS)).astype(np.int64)
        unsure = np.flatnonzero(self._surface[slot] != surface)
        missing = [np.zeros(0, np.int64)]
        while len(unsure):
            is_free = self._surface[slot[unsure]] == 0
            missing.append(unsure[is_free])
            unsure = unsure[~is_free]
            slot[unsure] = (slot[unsure] + 1) % len(self._surface)
            unsure = unsure[self._surface[slot[unsure]] != surface[unsure]]
        return slot, np.concatenate(missing)

    def _add(self, surface: Hashes, code: Codes) -> None:
        surface, code = surface[:REMEMBERED_WORDS], code[:REMEMBERED_WORDS]
        if self._count + len(surface) > REMEMBERED_WORDS:
            self._empty()
        self._count += len(surface)
        while len(surface):
            slot, _ = self._find(surface)  # of words that want one place, the last gets it
            self._surface[slot], self._code[slot] = surface, code
            is_left = self._surface[slot] != surface
            surface, code = surface[is_left], code[is_left]


_WORDS = _RememberedWords()


def read_words(texts: Iterable[str]) -> tuple[WordCodes, Ints]:
    """Encode the words of `texts`, and say where in its text each begins."""
    codes, begins, counts = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)], [np.zeros(1, np.int64)]
    for chunk in chunk_texts(list(texts)):
        places = find_words(chunk)
        code = _WORDS.codes(places)
        code[places.opens & (code & np.uint32(CAPITAL_BIT) > 0)] |= np.uint32(OPENING_BIT)
        takes_part = code != 0
        begin = places.begin[takes_part]
        first = np.searchsorted(begin, places.offsets)
        counts.append(np.diff(first, append=len(begin)))
        codes.append(code[takes_part])
        begins.append(begin - np.repeat(places.offsets, counts[-1]))
    return WordCodes(np.cumsum(np.concatenate(counts)), np.concatenate(codes)), np.concatenate(begins)
