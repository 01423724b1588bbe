"""Matched passages: where two articles have the same words in the same order, small changes aside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Flags, Floats, Ints
from tasks.dedupe.shingles import SHINGLE_WORDS, ShingleIndex

#: Words between two shared shingles, on either side, that do not end a passage: a clause rewritten, a few words
#: misspelt.
GAP_WORDS = 14
#: How much longer the one side of such a gap may be than the other.
GAP_DIFFERENCE = 8


@dataclass(frozen=True, slots=True)
class Passages:
    """Matched passages of a batch of pairs, sorted by pair and place; places count words, ends are exclusive."""

    pair: Ints  # which pair of the batch
    start: Ints
    end: Ints
    other_start: Ints
    other_end: Ints
    shingle_count: Ints  # shared shingles in it
    voting_count: Ints  # those of them whose commonness is known
    commonness: Floats  # sum of the known ones

    def take(self, rows: Ints, pair: Ints) -> Passages:
        """Keep `rows`, as passages of the pairs `pair`."""
        return Passages(
            pair=pair,
            start=self.start[rows],
            end=self.end[rows],
            other_start=self.other_start[rows],
            other_end=self.other_end[rows],
            shingle_count=self.shingle_count[rows],
            voting_count=self.voting_count[rows],
            commonness=self.commonness[rows],
        )


def match_passages(index: ShingleIndex, common: Floats, level: Ints, first: Ints, other: Ints) -> Passages:
    """Join the shared shingles of each pair into passages.

    `common` is known of fingerprints; for a pair, those that both have count, by the `level` of each article.
    """
    pair, place, other_place, shingle = _shared_shingles(index, first, other)
    order = np.lexsort((place, pair))
    pair, place, other_place, shingle = pair[order], place[order], other_place[order], shingle[order]
    step, other_step = np.diff(place), np.diff(other_place)
    opens = np.ones(len(pair), bool)
    opens[1:] = (
        (pair[1:] != pair[:-1])
        | (step > GAP_WORDS)
        | (other_step <= 0)
        | (other_step > GAP_WORDS)
        | (np.abs(step - other_step) > GAP_DIFFERENCE)
    )
    starts = np.flatnonzero(opens)
    ends = np.append(starts[1:], len(pair)) - 1 if len(starts) else starts
    mask = (1 << np.maximum(level[first], level[other])[pair]) - 1
    is_fingerprint = index.shingle_hash[shingle] & mask.astype(np.uint64) == 0
    known = np.where(is_fingerprint, common[shingle], np.nan)
    return Passages(
        pair=pair[starts],
        start=place[starts],
        end=place[ends] + SHINGLE_WORDS,
        other_start=other_place[starts],
        other_end=other_place[ends] + SHINGLE_WORDS,
        shingle_count=ends - starts + 1,
        voting_count=_sum_runs(~np.isnan(known), starts).astype(np.int64),
        commonness=_sum_runs(np.nan_to_num(known), starts),
    )


def _sum_runs(values: Floats | Flags, starts: Ints) -> Floats:
    return np.add.reduceat(values.astype(np.float64), starts) if len(starts) else np.zeros(0)


def _shared_shingles(index: ShingleIndex, first: Ints, other: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Pair, place in the first, place in the other, and shingle, for each shingle that both of a pair have."""
    pair, entry = gather(index.starts, first)
    other_pair, other_entry = gather(index.starts, other)
    total = max(1, len(index.shingle_hash))
    # both are sorted: the pairs ascend, and so do the shingles within an article
    key = pair * total + index.shingle[entry]
    other_key = other_pair * total + index.shingle[other_entry]
    at = np.searchsorted(other_key, key)
    at[at == len(other_key)] = 0
    hit = other_key[at] == key if len(other_key) else np.zeros(len(key), bool)
    return pair[hit], index.position[entry[hit]], index.position[other_entry[at[hit]]], index.shingle[entry[hit]]


def gather(starts: Ints, which: Ints) -> tuple[Ints, Ints]:
    """List the entries [starts[i], starts[i + 1]) for each i of `which`: the place in `which`, and the entry."""
    lengths = starts[which + 1] - starts[which]
    owner = np.repeat(np.arange(len(which)), lengths)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return owner, np.repeat(starts[which], lengths) + offset
