"""Where the words of texts stand, found over columns of characters.

A word is a letter or digit with what follows up to a space or another mark ("U.S.", "4,603.5", "don't"), without the
marks that it ends in; a character of a script written without spaces is a word by itself. All texts of a chunk are
read at once: a Python step for each word would cost ten times as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.lexicon import Flags, Hashes, Ints
from tasks.dedupe.normalise import TRAILING, UNSPACED

#: Characters read at once, and so the memory of reading: some 50 bytes a character. A longer text is read alone.
CHUNK_CHARACTERS = 1 << 18
#: Marks between words after which a sentence begins. A full stop belongs to the word before it.
SENTENCE_MARKS = frozenset("\n!?:•|")
#: A word with a full stop ends a sentence if it is longer than this: "Mr.", "Sen." and "U.S." do not.
ABBREVIATION_LETTERS = 4
#: What a character is to a word: nothing, part of it, part of it between two parts, a word by itself, a sentence mark.
OUTSIDE, LETTER, JOINER, WHOLE, MARK = range(5)
#: Base of the polynomial hash of a word's characters, odd (so that it has an inverse), and the inverse modulo 2**64.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)

Kinds = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class WordPlaces:
    """The words of some texts that were put one after the other."""

    joined: str
    offsets: Ints  # by text: where it begins in `joined`
    begin: Ints  # by word: its first character in `joined`
    end: Ints  # after its last
    opens: Flags  # by word: whether it begins a sentence
    surface: Hashes  # by word: a hash of its characters, the same in all texts


def chunk_texts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut a list of texts into lists of about CHUNK_CHARACTERS characters."""
    start, characters = 0, 0
    for number, text in enumerate(texts):
        if characters and characters + len(text) > CHUNK_CHARACTERS:
            yield texts[start:number]
            start, characters = number, 0
        characters += len(text) + 1
    if start < len(texts):
        yield texts[start:]


def find_words(texts: Sequence[str]) -> WordPlaces:
    """Find the words of all `texts`."""
    joined = "\n".join(["", *texts, ""])  # a line end parts texts, and a sentence begins after it
    characters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds(joined, characters)
    runs, letters = _edges((kinds == LETTER) | (kinds == JOINER)), _edges(kinds == LETTER)
    begin, end = _first_letters(runs[0], kinds, letters[0]), runs[1]
    is_word = begin < end
    begin, end = begin[is_word], end[is_word]
    ends_sentence = _end_sentences(characters, begin, end)
    end = _last_letters(end, kinds, letters[1])
    whole = np.flatnonzero(kinds == WHOLE)
    if len(whole):
        order = np.argsort(np.concatenate([begin, whole]), kind="stable")
        begin, end = np.concatenate([begin, whole])[order], np.concatenate([end, whole + 1])[order]
        ends_sentence = np.concatenate([ends_sentence, np.zeros(len(whole), bool)])[order]
    opens = np.zeros(len(begin) + 1, bool)
    opens[np.searchsorted(begin, np.flatnonzero(kinds == MARK))] = True
    opens[1:] |= ends_sentence
    offsets = np.array(list(accumulate((len(text) + 1 for text in texts), initial=1))[:-1], np.int64)
    return WordPlaces(joined, offsets, begin, end, opens[:-1], _hash_surfaces(characters, begin, end))


def _edges(inside: Flags) -> tuple[Ints, Ints]:
    """Find where runs begin and end; none begins with the first character or ends with the last."""
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2]


def _first_letters(begin: Ints, kinds: Kinds, letter_begins: Ints) -> Ints:
    """Move what begins with a joining mark to the next letter."""
    rows = np.flatnonzero(kinds[begin] == JOINER)
    at = np.searchsorted(letter_begins, begin[rows])
    begin = begin.copy()
    begin[rows] = np.append(letter_begins, len(kinds))[at]
    return begin


def _last_letters(end: Ints, kinds: Kinds, letter_ends: Ints) -> Ints:
    """Leave out the joining marks that a word ends in."""
    rows = np.flatnonzero(kinds[end - 1] == JOINER)
    end = end.copy()
    end[rows] = letter_ends[np.searchsorted(letter_ends, end[rows], side="right") - 1]
    return end


def _end_sentences(characters: NDArray[np.uint32], begin: Ints, end: Ints) -> Flags:
    """Say which words end a sentence: by a full stop that is no abbreviation's."""
    stops = np.flatnonzero(characters == ord("."))
    rows = np.flatnonzero(characters[end - 1] == ord("."))
    own = np.searchsorted(stops, end[rows]) - np.searchsorted(stops, begin[rows])
    ends = np.zeros(len(begin), bool)
    ends[rows] = end[rows] - begin[rows] - own >= ABBREVIATION_LETTERS
    return ends


def _hash_surfaces(characters: NDArray[np.uint32], begin: Ints, end: Ints) -> Hashes:
    """Hash each word as a polynomial in its characters, from sums over all characters before its ends."""
    powers, inverses = _powers(max(CHUNK_CHARACTERS, len(characters)))
    sums = np.zeros(len(characters) + 1, np.uint64)
    np.cumsum(np.multiply(characters, powers[: len(characters)], dtype=np.uint64), out=sums[1:])
    return np.asarray((sums[end] - sums[begin]) * inverses[begin])


def _powers(count: int) -> tuple[Hashes, Hashes]:
    return _remembered_powers() if count == CHUNK_CHARACTERS else _count_powers(count)


@cache
def _remembered_powers() -> tuple[Hashes, Hashes]:
    return _count_powers(CHUNK_CHARACTERS)


def _count_powers(count: int) -> tuple[Hashes, Hashes]:
    factors = np.full((2, count), [[_BASE], [_INVERSE]], np.uint64)
    factors[:, 0] = 1
    powers = np.multiply.accumulate(factors, axis=1)
    return powers[0], powers[1]


def _kinds(joined: str, characters: NDArray[np.uint32]) -> Kinds:
    """Say of each character what it is to a word."""
    low = characters.astype(np.uint8).tobytes().translate(_kind_table(1 << 8).tobytes())
    kinds = np.frombuffer(low, np.uint8)
    if joined.isascii():
        return kinds
    kinds = kinds.copy()
    high = np.flatnonzero(characters > 0xFF)
    if len(high):
        others = characters[high]
        kinds[high] = _kind_table(1 << 16 if others.max() < 1 << 16 else 0x110000)[others]
    return kinds


@cache
def _kind_table(size: int) -> Kinds:
    """List the kinds of the first `size` characters of Unicode."""
    kinds = np.zeros(size, np.uint8)
    kinds[[number for number in range(size) if chr(number).isalnum()]] = LETTER
    kinds[ord("_")] = LETTER
    for first, last in UNSPACED:
        kinds[ord(first) : ord(last) + 1] = WHOLE
    for marks, kind in ((TRAILING, JOINER), (SENTENCE_MARKS, MARK)):
        kinds[[ord(mark) for mark in marks if ord(mark) < size]] = kind
    return kinds
