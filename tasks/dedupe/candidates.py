"""Pairs of articles worth comparing, found through the shingles they share, in near-linear time.

Half of the shingles, chosen by hash, vote. A shingle of few articles votes for all their pairs; one of many articles
(boilerplate, or a wire story on hundreds of sites) only for neighbours in a fixed order, so that its votes grow with
the number of articles and not with its square. Votes weigh less the more articles have the shingle.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Floats, Ints
from tasks.dedupe.shingles import ShingleIndex

#: Articles up to which a shingle votes for every pair. A cluster of this size is compared completely.
FULL_GROUP = 16
#: Above that, how many following articles each one is paired with.
NEIGHBOURS = 3
#: One shingle in this many votes.
SAMPLE = 2
#: Votes that make a candidate: two rare shingles, so one chance phrase is not enough.
LEAST_VOTES = 1.5
#: Share of the smaller article's voting shingles that must be shared; below, the pair cannot be a copy.
LEAST_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of article numbers, first < other, sorted."""

    first: Ints
    other: Ints

    def __len__(self) -> int:
        return len(self.first)


def find_candidates(index: ShingleIndex) -> Candidates:
    """Find the pairs that share enough shingles. At most FULL_GROUP / 2 votes a voting shingle and article."""
    total = len(index.own_count)
    article = np.repeat(np.arange(total), np.diff(index.starts))
    votes_at_all = index.shingle_hash % np.uint64(SAMPLE) == 0
    voting = votes_at_all[index.shingle]
    shingle, article = index.shingle[voting], article[voting]
    order = np.argsort(shingle, kind="stable")  # articles stay ascending within a shingle
    shingle, article = shingle[order], article[order]
    keys, votes = _count_votes(shingle, article, index, total)
    first, other = np.divmod(keys, max(1, total))
    smaller = np.minimum(index.own_count[first], index.own_count[other]) / SAMPLE
    # a text of a handful of words has no room for two voting shingles
    enough = (votes >= np.minimum(LEAST_VOTES, 0.3 * smaller)) & (votes >= LEAST_SHARE * smaller)
    return Candidates(first[enough], other[enough])


def _count_votes(shingle: Ints, article: Ints, index: ShingleIndex, total: int) -> tuple[Ints, Floats]:
    weight = index.weight()
    size = index.article_count[shingle]
    keys: list[Ints] = []
    weights: list[Floats] = []
    for distance in range(1, FULL_GROUP):
        reach = np.flatnonzero(shingle[:-distance] == shingle[distance:]) if len(shingle) > distance else np.zeros(0, int)
        if distance > NEIGHBOURS:
            reach = reach[size[reach] <= FULL_GROUP]
        keys.append(article[reach] * total + article[reach + distance])
        weights.append(weight[shingle[reach]])
    return _sum_by_key(np.concatenate(keys), np.concatenate(weights))


def _sum_by_key(keys: Ints, weights: Floats) -> tuple[Ints, Floats]:
    order = np.argsort(keys, kind="stable")
    keys, weights = keys[order], weights[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[starts], np.add.reduceat(weights, starts) if len(starts) else weights
