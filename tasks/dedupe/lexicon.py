"""Words numbered by their form, and the kinds of columns that dedupe computes on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    form_hash: Hashes  # by form: a hash of its letters
    is_number: Flags  # by form: has a digit

    def lengths(self) -> Ints:
        return np.diff(self.starts)
