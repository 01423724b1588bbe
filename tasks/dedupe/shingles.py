"""Word shingles: overlapping runs of four words, hashed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Hashes, Ints, order_by_hash, order_by_number
from tasks.dedupe.words import FORM_SHIFT, WordCodes

#: Words in a shingle. Four after normalising: long enough that unrelated articles share few, short enough to
#: survive a changed word every dozen (three to five tried on the development sets).
SHINGLE_WORDS = 4
#: Multipliers of the polynomial hash and of its last mixing, odd (the 64-bit golden ratio, as in Fibonacci hashing,
#: and a constant of the SplitMix64 generator).
_MULTIPLIER, _MIXER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class Shingles:
    """All shingles of a list of texts, in order of text and place. A text shorter than a shingle is one shingle."""

    value: Hashes
    article: Ints
    place: Ints  # of its first word in the text


@dataclass(frozen=True, slots=True)
class ShingleIndex:
    """Which article of a batch has which shingle where. Only shingles of two or more articles are listed.

    Article i has the entries [starts[i], starts[i + 1]), sorted by shingle, each shingle once, at its first place.
    """

    starts: Ints
    shingle: Ints  # rank of the shingle among the batch's shared ones, by hash
    position: Ints  # its first word's place in the article
    shingle_hash: Hashes  # by shingle
    own_count: Ints  # by article: distinct shingles, shared or not


def hash_shingles(words: WordCodes) -> Shingles:
    """Hash the shingles of each text. The hash depends on the four words alone."""
    lengths = words.lengths()
    count = np.where(lengths > 0, np.maximum(1, lengths - SHINGLE_WORDS + 1), 0)
    article = np.repeat(np.arange(len(lengths)), count)
    place = np.arange(len(article)) - np.repeat(np.cumsum(count) - count, count)
    forms = np.zeros(len(words.code) + SHINGLE_WORDS, np.uint64)
    forms[: len(words.code)] = words.code >> np.uint32(FORM_SHIFT)
    hashes = _hash_runs(forms)[words.starts[article] + place]
    short = np.flatnonzero((lengths > 0) & (lengths < SHINGLE_WORDS))
    if len(short):  # what follows a text that is shorter than a shingle is not its own
        own = forms[words.starts[short][:, None] + np.arange(2 * SHINGLE_WORDS - 1).clip(max=SHINGLE_WORDS - 1)]
        own[np.arange(own.shape[1]) >= lengths[short][:, None]] = 0
        hashes[(np.cumsum(count) - count)[short]] = _hash_runs(own.T)[0]
    return Shingles(hashes, article, place)


def _hash_runs(forms: Hashes) -> Hashes:
    """Hash each run of SHINGLE_WORDS forms along the first axis."""
    total = len(forms) - SHINGLE_WORDS + 1
    hashes = np.zeros((total, *forms.shape[1:]), np.uint64)
    for step in range(SHINGLE_WORDS):
        hashes ^= forms[step : step + total]
        hashes *= _MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
    hashes *= _MIXER
    hashes ^= hashes >> np.uint64(32)
    return hashes


def index_shingles(words: WordCodes) -> ShingleIndex:
    """Hash all shingles of a batch of articles and list the shared ones."""
    shingles, total = hash_shingles(words), len(words.starts) - 1
    order = order_by_hash(shingles.value)  # articles and places stay ascending within a hash
    hashes, article = shingles.value[order], shingles.article[order]
    is_new_hash = np.ones(len(hashes), bool)
    is_new_hash[1:] = hashes[1:] != hashes[:-1]
    is_first = is_new_hash.copy()
    is_first[1:] |= article[1:] != article[:-1]
    rank = (np.cumsum(is_new_hash) - 1)[is_first]
    is_shared = np.bincount(rank) >= 2
    keep = is_shared[rank] if len(rank) else np.zeros(0, bool)
    shingle = (np.cumsum(is_shared) - 1)[rank[keep]]
    own = article[is_first]
    by_article = order_by_number(own[keep], total)
    return ShingleIndex(
        starts=np.searchsorted(own[keep][by_article], np.arange(total + 1)),
        shingle=shingle[by_article],
        position=shingles.place[order][is_first][keep][by_article],
        shingle_hash=hashes[is_new_hash][is_shared],
        own_count=np.bincount(own, minlength=total),
    )
