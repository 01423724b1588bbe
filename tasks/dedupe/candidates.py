"""Pairs of articles worth comparing, found through the fingerprints they share, in near-linear time.

A fingerprint of few articles brings all of them together; one of many (boilerplate, or a wire story on hundreds of
sites) brings each only together with the fingerprint's pivots, its articles with the smallest keys, so that meetings
grow with the number of articles and not with its square. Keys are hashes of article ids: which articles are pivots
depends on the set of articles and not on the order of arrival.

`tasks/stages/copy_index.py` asks the same of tables in SQL, for the articles that are new.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.fingerprints import Fingerprints
from tasks.dedupe.lexicon import Flags, Hashes, Ints

#: Articles up to which a fingerprint brings all of its articles together. A cluster of this size is compared whole.
FULL_GROUP = 16
#: Above that, the articles with the smallest keys that each one meets.
PIVOTS = 6
#: Meetings that make a pair worth a look: one chance phrase is not enough,
LEAST_MEETINGS = 2
#: but a text of so few fingerprints has no room for two.
FEW_FINGERPRINTS = 3


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of article numbers, first < other, sorted."""

    first: Ints
    other: Ints

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: Ints | Flags) -> Candidates:
        """Keep the pairs `rows`."""
        return Candidates(self.first[rows], self.other[rows])


@dataclass(frozen=True, slots=True)
class Postings:
    """Which articles have each fingerprint; articles are numbered in the order of their keys."""

    value: Ints  # by entry: rank of the fingerprint
    article: Ints  # by entry; ascending within a fingerprint
    starts: Ints  # by fingerprint: its first entry; one more at the end
    kinds: Hashes  # by fingerprint

    def counts(self) -> Ints:
        return np.diff(self.starts)


def list_postings(fingerprints: Fingerprints) -> Postings:
    """Turn articles with fingerprints into fingerprints with articles."""
    article = np.repeat(np.arange(len(fingerprints.level)), np.diff(fingerprints.starts))
    order = np.lexsort((article, fingerprints.value))
    value = fingerprints.value[order]
    is_new = np.ones(len(value), bool)
    is_new[1:] = value[1:] != value[:-1]
    starts = np.append(np.flatnonzero(is_new), len(value))
    return Postings(np.cumsum(is_new) - 1, article[order], starts, value[is_new])


def find_candidates(fingerprints: Fingerprints, silent: Hashes) -> Candidates:
    """Let the articles meet, except at the `silent` fingerprints, and keep the pairs that meet often enough."""
    total = max(1, len(fingerprints.level))
    postings = list_postings(fingerprints)
    speaks = ~np.isin(postings.kinds, silent)
    found, meetings = np.unique(_meetings(postings, speaks, total), return_counts=True)
    first, other = found // total, found % total
    level = np.maximum(fingerprints.level[first], fingerprints.level[other])
    counts = fingerprints.counts_by_level()
    smaller = np.minimum(counts[first, level], counts[other, level])
    enough = (meetings >= LEAST_MEETINGS) | (smaller <= FEW_FINGERPRINTS)
    return Candidates(first[enough], other[enough])


def _meetings(postings: Postings, speaks: Flags, total: int) -> Ints:
    size = postings.counts()[postings.value]
    place = np.arange(len(postings.value)) - postings.starts[postings.value]
    keys = [np.zeros(0, np.int64)]
    for distance in range(1, min(FULL_GROUP, len(size))):
        later = np.flatnonzero((size <= FULL_GROUP) & (place >= distance))
        keys.append(postings.article[later - distance] * total + postings.article[later])
    for pivot in range(PIVOTS):
        later = np.flatnonzero((size > FULL_GROUP) & (place > pivot) & speaks[postings.value])
        keys.append(postings.article[postings.starts[postings.value[later]] + pivot] * total + postings.article[later])
    return np.concatenate(keys)
