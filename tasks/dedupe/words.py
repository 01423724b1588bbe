"""The words of texts as codes: what a comparison needs to know of a word, in 32 bits.

A code depends on the word alone, never on other texts, so codes are kept and compared across runs. Everything that
compares texts works on columns of codes; a Python loop over words would cost ten times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.lexicon import Flags, Ints
from tasks.dedupe.normalise import normal_form, split_words

Codes = NDArray[np.uint32]

#: Layout of a code, from the lowest bit: has a capital where it stands, begins a sentence with it, has a digit,
#: letters (three bits, 7 for seven and more), 26 bits of a hash of the normal form. Zero: the word takes no part.
CAPITAL_BIT, OPENING_BIT, NUMBER_BIT, LENGTH_SHIFT, MOST_LETTERS, HASH_SHIFT, HASH_BITS = 1, 2, 4, 3, 7, 6, 26
#: A form is a code without what depends on the place; forms are smaller than this.
FORM_SHIFT = 2
FORM_KINDS = 1 << (32 - FORM_SHIFT)
#: Marks between words after which a sentence begins. A full stop belongs to the word before it.
SENTENCE_MARKS = frozenset("\n!?:•|")
#: A word with a full stop ends a sentence if it is longer than this: "Mr.", "Sen." and "U.S." do not.
ABBREVIATION_LETTERS = 4
_ENDS_SENTENCE = 1 << 32
#: Surface words remembered before the memory is emptied: bounds the memory of a worker that reads for days.
REMEMBERED_WORDS = 1_000_000


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


class _RememberedWords(dict[str, int]):
    """Surface words and their codes, with a bit above them for those that end a sentence."""

    def __missing__(self, surface: str) -> int:
        if len(self) >= REMEMBERED_WORDS:
            self.clear()
        ends = surface.endswith(".") and len(surface.replace(".", "")) >= ABBREVIATION_LETTERS
        code = self[surface] = word_code(surface) | ends * _ENDS_SENTENCE
        return code


class _RememberedGaps(dict[str, bool]):
    """What stands between words, and whether a sentence begins after it."""

    def __missing__(self, gap: str) -> bool:
        if len(self) >= REMEMBERED_WORDS:
            self.clear()
        opens = self[gap] = not SENTENCE_MARKS.isdisjoint(gap)
        return opens


_WORDS, _GAPS = _RememberedWords(), _RememberedGaps()


def read_words(texts: Iterable[str]) -> tuple[WordCodes, Ints]:
    """Encode the words of `texts`, and say where in its text each begins."""
    pieces: list[str] = []  # what lies before a word and the word, by turns
    ends = [0]
    for text in texts:
        pieces += split_words(text)
        del pieces[-1]  # what lies after the last word
        ends.append(len(pieces) // 2)
    coded = np.fromiter(map(_WORDS.__getitem__, pieces[1::2]), np.uint64, ends[-1])
    letters = np.fromiter(map(len, pieces), np.int64, len(pieces))
    reached = np.concatenate([[0], np.cumsum(letters)])
    first = np.array(ends)
    begin = reached[1::2] - np.repeat(reached[2 * first[:-1]], np.diff(first))
    code = coded.astype(np.uint32)
    capital = np.flatnonzero(code & np.uint32(CAPITAL_BIT))  # only of these it matters whether they open a sentence
    opens = np.zeros(len(code), bool)
    opens[capital] = [_GAPS[pieces[2 * place]] for place in capital.tolist()]
    opens[1:] |= coded[:-1] >= np.uint64(_ENDS_SENTENCE)
    opens[first[:-1][first[:-1] < len(code)]] = True
    takes_part = code != 0
    code[opens & (code & np.uint32(CAPITAL_BIT) > 0)] |= np.uint32(OPENING_BIT)
    kept_before = np.concatenate([[0], np.cumsum(takes_part)])
    return WordCodes(starts=kept_before[first], code=code[takes_part]), begin[takes_part]


def join_codes(texts: Sequence[Codes]) -> WordCodes:
    """Put texts that were read before one after the other."""
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(codes) for codes in texts], out=starts[1:])
    return WordCodes(starts, np.concatenate(texts) if texts else np.zeros(0, np.uint32))
