"""The words of all articles as columns of numbers.

Everything that compares texts works on these columns; a Python loop over words would cost ten times as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.normalise import normal_form, split_words

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def sum_by(key: Ints, values: Ints | Floats, count: int) -> Floats:
    """Sum `values` for each key from 0 to `count` - 1."""
    return np.bincount(key, weights=values, minlength=count).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a list of texts, one after the other; text i has words [starts[i], starts[i + 1])."""

    starts: Ints
    form: NDArray[np.int32]  # number of the normal form
    is_capital: Flags  # starts with a capital where it stands
    character: NDArray[np.int32]  # where it begins in its text
    form_hash: Hashes  # by form: a hash of its letters, the same in every corpus
    is_number: Flags  # by form: has a digit

    def lengths(self) -> Ints:
        return np.diff(self.starts)


class Lexicon(dict[str, int]):
    """Surface word to form number * 2 + capital; -1 for words that take no part."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, int] = {}

    def __missing__(self, surface: str) -> int:
        form = normal_form(surface)
        code = self.forms.setdefault(form, len(self.forms)) * 2 + surface[0].isupper() if form else -1
        self[surface] = code
        return code


def read_words(texts: Sequence[str], lexicon: Lexicon) -> Words:
    """Number the words of `texts`, new words in `lexicon` too. Memory: nine bytes a word and the vocabulary."""
    parts = [_codes(text, lexicon) for text in texts]
    starts = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(codes) for codes, _ in parts], out=starts[1:])
    codes = np.concatenate([codes for codes, _ in parts]) if parts else np.zeros(0, np.int32)
    character = np.concatenate([begins for _, begins in parts]) if parts else np.zeros(0, np.int32)
    hashes = b"".join(blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest() for form in lexicon.forms)
    return Words(
        starts=starts,
        form=codes >> 1,
        is_capital=(codes & 1).astype(bool),
        character=character,
        form_hash=np.frombuffer(hashes, np.uint64),
        is_number=np.array([any(map(str.isdigit, form)) for form in lexicon.forms], dtype=bool),
    )


def _codes(text: str, lexicon: Lexicon) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Codes and first characters of the words that take part."""
    pieces = split_words(text)
    ends = np.cumsum(np.fromiter(map(len, pieces), np.int32, len(pieces)), dtype=np.int32)
    codes = np.fromiter(map(lexicon.__getitem__, pieces[1::2]), np.int32, len(pieces) // 2)
    takes_part = codes >= 0
    return codes[takes_part], ends[0:-1:2][takes_part]
