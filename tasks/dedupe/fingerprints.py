"""Fingerprints: the shingles that stand for an article in the search for copies.

A shingle is a fingerprint when its hash ends in so many zero bits, the same for all articles of a length class. So
two articles that share a passage share the fingerprints in it, and a long article costs an eighth of its words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Flags, Floats, Hashes, Ints, order_by_hash, order_by_number, rank_hashes
from tasks.dedupe.passages import gather
from tasks.dedupe.shingles import Shingles

#: Shingles from which only every second, fourth and eighth is a fingerprint: a short article needs all of its own, or
#: chance would decide about it.
LEVEL_SHINGLES = (64, 128, 256)
LEVELS = len(LEVEL_SHINGLES) + 1


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Article i has the distinct fingerprints [starts[i], starts[i + 1]), ascending."""

    starts: Ints
    value: Hashes
    level: Ints  # by article: the zero bits that its fingerprints end in

    def counts_by_level(self) -> Ints:
        """Count each article's fingerprints at each level or above, in a table of articles by levels."""
        article = np.repeat(np.arange(len(self.level)), np.diff(self.starts))
        kinds = len(self.level)
        columns = [np.bincount(article[_is_at(self.value, level)], minlength=kinds) for level in range(LEVELS)]
        return np.stack(columns, axis=1)


def _is_at(value: Hashes, level: int) -> Flags:
    return np.asarray(value & np.uint64((1 << level) - 1) == 0)


def choose_fingerprints(shingles: Shingles, article_count: int) -> Fingerprints:
    """Choose the fingerprints among all shingles of `article_count` texts."""
    length = np.bincount(shingles.article, minlength=article_count)
    level = np.searchsorted(np.array(LEVEL_SHINGLES), length, side="right")
    mask = ((1 << level) - 1).astype(np.uint64)
    chosen = np.flatnonzero(shingles.value & mask[shingles.article] == 0)
    value, article = shingles.value[chosen], shingles.article[chosen]
    order = order_by_hash(value)
    order = order[order_by_number(article[order], article_count)]
    value, article = value[order], article[order]
    is_new = np.ones(len(value), bool)
    is_new[1:] = (value[1:] != value[:-1]) | (article[1:] != article[:-1])
    value, article = value[is_new], article[is_new]
    return Fingerprints(np.searchsorted(article, np.arange(article_count + 1)), value, level)


@dataclass(frozen=True, slots=True)
class SharedFingerprints:
    """The fingerprints that both articles of each pair have, sorted by pair."""

    pair: Ints
    value: Hashes
    smaller: Ints  # by pair: fingerprints that the smaller article could share with the larger

    def shares(self) -> Floats:
        """Estimate which share of the smaller article's shingles each pair shares."""
        count = np.bincount(self.pair, minlength=len(self.smaller))
        return np.asarray(np.minimum(1.0, count / np.maximum(1, self.smaller)))


def share_fingerprints(fingerprints: Fingerprints, first: Ints, other: Ints) -> SharedFingerprints:
    """Intersect the fingerprints of each pair of article numbers."""
    rank, total = rank_hashes(fingerprints.value)
    pair, entry = gather(fingerprints.starts, first)
    other_pair, other_entry = gather(fingerprints.starts, other)
    key, other_key = pair * total + rank[entry], other_pair * total + rank[other_entry]
    at = np.searchsorted(other_key, key)
    at[at == len(other_key)] = 0
    hit = other_key[at] == key if len(other_key) else np.zeros(len(key), bool)
    level = np.maximum(fingerprints.level[first], fingerprints.level[other])
    counts = fingerprints.counts_by_level()
    return SharedFingerprints(
        pair=pair[hit],
        value=fingerprints.value[entry[hit]],
        smaller=np.minimum(counts[first, level], counts[other, level]),
    )
