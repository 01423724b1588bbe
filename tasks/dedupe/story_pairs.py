"""Which articles may tell of one happening: those that share several of their weightiest terms.

A term that few articles have brings all of them together; one that many have, each with its neighbours in time. So
the pairs grow with the articles, not with their square.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Flags, Floats, Ints, sum_by
from tasks.dedupe.passages import gather
from tasks.dedupe.story_vectors import Vectors

#: Terms of an article by which it meets others: the weightiest of those that any other article has.
MEETING_TERMS = 24
#: Articles up to which a term brings together all pairs; above, each with its neighbours in time.
FULL_GROUP = 16
NEIGHBOURS = 6
#: Terms by which two articles must meet to be compared.
LEAST_MEETINGS = 2
#: Entries of vectors that are compared at once; bounds the memory.
CHUNK_ENTRIES = 4_000_000


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the articles of each pair agree."""

    cosine: Floats  # of the two vectors
    lead: Floats  # rarity of the terms that both have in their leads, summed
    lead_names: Floats  # the same of names
    name_share: Floats  # share of the names of one article, the English one if one is, that the other has
    is_bilingual: Flags  # one is in English and the other is not


def find_meetings(vectors: Vectors, hours: Floats) -> tuple[Ints, Ints]:
    """Pair articles that meet by enough terms; the smaller number first, pairs ascending."""
    total = max(1, len(vectors.starts) - 1)
    owner, term = _meeting_terms(vectors)
    order = np.lexsort((owner, np.nan_to_num(hours, nan=np.inf)[owner], term))
    owner, term = owner[order], term[order]
    is_small = np.bincount(term, minlength=len(vectors.spread))[term] <= FULL_GROUP
    keys = [np.zeros(0, np.int64)]
    for distance in range(1, min(FULL_GROUP, len(owner))):
        meet = term[:-distance] == term[distance:]
        if distance > NEIGHBOURS:
            meet &= is_small[:-distance]
        one, two = owner[:-distance][meet], owner[distance:][meet]
        keys.append(np.minimum(one, two) * total + np.maximum(one, two))
    met = np.concatenate(keys)
    met.sort()
    found = _repeated(met)
    return found // total, found % total


def _meeting_terms(vectors: Vectors) -> tuple[Ints, Ints]:
    """Give the articles and the terms by which they meet."""
    owner = vectors.owners()
    shared = np.flatnonzero(vectors.spread[vectors.term] > 1)
    owner, weight = owner[shared], vectors.weight[shared]
    order = np.lexsort((vectors.term[shared], -weight, owner))
    first = np.searchsorted(owner, owner)
    chosen = order[np.arange(len(order)) - first < MEETING_TERMS]
    return owner[chosen], vectors.term[shared[chosen]].astype(np.int64)


def _repeated(keys: Ints) -> Ints:
    """List the values that a sorted list holds often enough."""
    opens = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.zeros(0, np.int64)
    count = np.diff(np.append(opens, len(keys)))
    return keys[opens[count >= LEAST_MEETINGS]]


def compare_terms(vectors: Vectors, first: Ints, other: Ints) -> Agreement:
    """Compare the pairs, so many at a time."""
    most = max(1, int(np.diff(vectors.starts).max(initial=1)))
    step = max(1, CHUNK_ENTRIES // most)
    parts = [
        _compare(vectors, first[begin : begin + step], other[begin : begin + step])
        for begin in range(0, max(1, len(first)), step)
    ]
    return _join(parts)


def _join(parts: Sequence[Agreement]) -> Agreement:
    return Agreement(
        cosine=np.concatenate([part.cosine for part in parts]),
        lead=np.concatenate([part.lead for part in parts]),
        lead_names=np.concatenate([part.lead_names for part in parts]),
        name_share=np.concatenate([part.name_share for part in parts]),
        is_bilingual=np.concatenate([part.is_bilingual for part in parts]),
    )


def _compare(vectors: Vectors, first: Ints, other: Ints) -> Agreement:
    # in a pair of two languages, the names of the English article are those of the other's that can agree
    swap = ~vectors.is_english[first] & vectors.is_english[other]
    first, other = np.where(swap, other, first), np.where(swap, first, other)
    kinds = len(vectors.rarity)
    pair, entry = gather(vectors.starts, first)
    other_pair, other_entry = gather(vectors.starts, other)
    key, other_key = pair * kinds + vectors.term[entry], other_pair * kinds + vectors.term[other_entry]
    at = np.searchsorted(other_key, key)
    at[at == len(other_key)] = 0
    hit = other_key[at] == key if len(other_key) else np.zeros(len(key), bool)
    pair, entry, other_entry = pair[hit], entry[hit], other_entry[at[hit]] if len(other_key) else entry[hit]
    weight = vectors.weight[entry].astype(np.float64)
    lead = vectors.rarity[vectors.term[entry]] * (vectors.in_lead[entry] & vectors.in_lead[other_entry])
    is_name, count = vectors.is_name[entry], len(first)
    return Agreement(
        cosine=sum_by(pair, weight * vectors.weight[other_entry], count),
        lead=sum_by(pair, lead, count),
        lead_names=sum_by(pair, lead * is_name, count),
        name_share=sum_by(pair, weight**2 * is_name, count) / np.maximum(1e-9, vectors.name_weight[first]),
        is_bilingual=vectors.is_english[first] != vectors.is_english[other],
    )
