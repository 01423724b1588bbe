"""Pairs of articles worth comparing, found through the shingles they share, in near-linear time.

Half of the shingles, chosen by hash, vote, and all shingles of short articles. A shingle of few articles votes for all
their pairs; one of many articles (boilerplate, or a wire story on hundreds of sites) only for neighbours in a fixed
order, so that its votes grow with the number of articles and not with its square. Votes weigh less the more articles
have the shingle.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Floats, Ints, sum_by
from tasks.dedupe.shingles import ShingleIndex

#: Articles up to which a shingle votes for every pair. A cluster of this size is compared completely.
FULL_GROUP = 16
#: Above that, how many following articles each one is paired with.
NEIGHBOURS = 3
#: One shingle in this many votes.
SAMPLE = 2
#: All shingles of articles with fewer than this many vote, or chance would decide about them.
SHORT_ARTICLE = 40
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


@dataclass(frozen=True, slots=True)
class Votes:
    """Pairs with the voting shingles they share."""

    first: Ints
    other: Ints
    count: Ints
    weight: Floats
    neighbour_shingle: Ints  # a sample of (shingle, pair that shares it): the pairs of neighbours in its articles
    key_of_neighbours: Ints  # the pair's place in the columns above

    def shared_share(self, index: ShingleIndex) -> Floats:
        """Estimate which share of the smaller article's shingles each pair shares."""
        return np.minimum(1.0, self.count / np.maximum(1, voting_count(index, self.first, self.other)))


def voting_count(index: ShingleIndex, first: Ints, other: Ints) -> Floats:
    """Count, about, the voting shingles of the smaller article of each pair."""
    smaller = np.minimum(index.own_count[first], index.own_count[other])
    return np.where(smaller < SHORT_ARTICLE, smaller, smaller / SAMPLE)


def count_votes(index: ShingleIndex) -> Votes:
    """Let the voting shingles vote: at most FULL_GROUP - 1 votes for a voting shingle and article."""
    total = max(1, len(index.own_count))
    article = np.repeat(np.arange(len(index.own_count)), np.diff(index.starts))
    votes_at_all = index.shingle_hash % np.uint64(SAMPLE) == 0
    votes_at_all[index.shingle[index.own_count[article] < SHORT_ARTICLE]] = True
    voting = np.flatnonzero(votes_at_all[index.shingle])
    voting = voting[np.argsort(index.shingle[voting], kind="stable")]  # articles stay ascending within a shingle
    shingle, article = index.shingle[voting], article[voting]
    weight, size = index.weight(), index.article_count[shingle]
    keys, shingles, neighbours = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], 0
    for distance in range(1, min(FULL_GROUP, len(shingle))):
        reach = np.flatnonzero(shingle[:-distance] == shingle[distance:])
        if distance > NEIGHBOURS:
            reach = reach[size[reach] <= FULL_GROUP]
        keys.append(article[reach] * total + article[reach + distance])
        shingles.append(shingle[reach])
        neighbours += len(reach) if distance == 1 else 0
    voter = np.concatenate(shingles)
    found, place, count = np.unique(np.concatenate(keys), return_inverse=True, return_counts=True)
    return Votes(
        first=found // total,
        other=found % total,
        count=count,
        weight=sum_by(place, weight[voter], len(found)),
        neighbour_shingle=voter[:neighbours],
        key_of_neighbours=place[:neighbours],
    )


def find_candidates(index: ShingleIndex, votes: Votes) -> Candidates:
    """Choose the pairs with enough votes to be worth comparing."""
    smaller = voting_count(index, votes.first, votes.other)
    # a text of a handful of words has no room for two voting shingles
    enough = (votes.weight >= np.minimum(LEAST_VOTES, 0.3 * smaller)) & (votes.weight >= LEAST_SHARE * smaller)
    return Candidates(votes.first[enough], votes.other[enough])
