"""How common a fingerprint is among unlike articles: what tells a template's words from a wire story's.

A wire story on forty sites has fingerprints of forty articles, and so has a disclaimer. But the sites' articles share
most of their text, and those with the disclaimer little else. How much is measured between the fingerprint's pivots.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tasks.dedupe.candidates import FEW_FINGERPRINTS, FULL_GROUP, LEAST_MEETINGS, PIVOTS
from tasks.dedupe.fingerprints import Fingerprints, SharedFingerprints, share_fingerprints
from tasks.dedupe.lexicon import Flags, Floats, Hashes, Ints, sum_by

#: A fingerprint of more articles than this is no commoner: the verdict would not be another one.
MOST_COUNTED = 1024
#: A fingerprint of many articles brings none together any more when it is this common: about a hundred unlike ones.
SILENT_COMMONNESS = 2.0
#: Weight that the shared fingerprints of a pair must have in all to make it worth comparing; 1 is one of two articles.
LEAST_WEIGHT = 1.5
#: Of a short text, this share of its fingerprints is enough: it has no room for more.
SHORT_SHARE = 0.3
#: Share of the smaller article's fingerprints that must be shared; below, the pair cannot be a copy.
LEAST_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Spread:
    """How far each fingerprint has spread, for the fingerprints that two or more articles have."""

    value: Hashes  # ascending
    article_count: Ints
    pivots: Ints  # a table, PIVOTS wide: numbers of the articles with the smallest keys, then -1
    is_silent: Flags  # brings no articles together

    def last_pivots(self) -> Ints:
        """Give the largest number among each fingerprint's pivots."""
        return np.asarray(self.pivots.max(axis=1, initial=-1), np.int64)


def round_count(count: Ints) -> Ints:
    """Round a count of articles down to a step of the scale on which commonness is measured.

    The steps are the powers of the square root of two, so that a fingerprint that spreads from ten articles to a
    thousand changes what was found about a pair a dozen times, not a thousand.
    """
    limited = np.clip(count, 1, MOST_COUNTED)
    steps: Ints = np.floor(2 * np.log2(limited) + 1e-9).astype(np.int64)
    return steps


def measure_commonness(spread: Spread, fingerprints: Fingerprints) -> Floats:
    """Say how common each fingerprint is among unlike articles, from 0 up; 1 is about ten of them.

    An article counts by how little it shares otherwise, squared, so that the copies of a wire story on a hundred
    sites do not make the story's own words look like a template's. `fingerprints` are those of the pivots.
    """
    count = 2.0 ** (round_count(spread.article_count) / 2)
    return np.asarray(np.log10(1 + (count - 1) * (1 - _fellowship(spread, fingerprints)) ** 2).round(9))


def _fellowship(spread: Spread, fingerprints: Fingerprints) -> Floats:
    """Average the shares of text that neighbouring pivots of each fingerprint have in common."""
    kind, step = np.nonzero(spread.pivots[:, 1:] >= 0)
    near, far = spread.pivots[kind, step], spread.pivots[kind, step + 1]
    total = max(1, len(fingerprints.level))
    pairs, place = np.unique(near * total + far, return_inverse=True)
    shares = share_fingerprints(fingerprints, pairs // total, pairs % total).shares()
    shares = np.round(shares * 256) / 256  # sums of these are exact, in any order
    count = np.bincount(kind, minlength=len(spread.value))
    return sum_by(kind, shares[place], len(spread.value)) / np.maximum(1, count)


def find_spread(fingerprints: Fingerprints, wanted: Hashes) -> Spread:
    """Count the articles of each fingerprint in `wanted` (ascending, distinct), numbered in the order of their keys."""
    article = np.repeat(np.arange(len(fingerprints.level)), np.diff(fingerprints.starts))
    at = np.minimum(np.searchsorted(wanted, fingerprints.value), max(0, len(wanted) - 1))
    hit = wanted[at] == fingerprints.value if len(wanted) else np.zeros(len(at), bool)
    kind, article = at[hit], article[hit]
    order = np.lexsort((article, kind))
    kind, article = kind[order], article[order]
    place = np.arange(len(kind)) - np.searchsorted(kind, kind)
    pivots = np.full((len(wanted), PIVOTS), -1, np.int64)
    first = place < PIVOTS
    pivots[kind[first], place[first]] = article[first]
    spread = Spread(wanted, np.bincount(kind, minlength=len(wanted)), pivots, np.zeros(len(wanted), bool))
    return replace(spread, is_silent=are_silent(spread, measure_commonness(spread, fingerprints)))


def are_silent(spread: Spread, common: Floats) -> Flags:
    """Find the fingerprints that bring no one together."""
    return np.asarray((spread.article_count > FULL_GROUP) & (common >= SILENT_COMMONNESS))


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which pairs met often enough, and which of those share enough to be compared."""

    met: Flags
    worth_comparing: Flags


def judge_pairs(
    shared: SharedFingerprints, smaller: Ints, spread: Spread, last_pivot: Ints, common: Floats
) -> Judgement:
    """Judge pairs by the fingerprints they share.

    `smaller` numbers the article with the smaller key of each pair, and `last_pivot` the last pivot of each
    fingerprint, in one order of keys: where an article of many meets another, the one with the smaller key is a pivot.
    """
    kind = np.searchsorted(spread.value, shared.value)
    is_met = (spread.article_count[kind] <= FULL_GROUP) | (
        ~spread.is_silent[kind] & (smaller[shared.pair] <= last_pivot[kind])
    )
    meetings = np.bincount(shared.pair[is_met], minlength=len(shared.smaller))
    met = (meetings >= LEAST_MEETINGS) | ((meetings > 0) & (shared.smaller <= FEW_FINGERPRINTS))
    weight = 10.0 ** -common[kind]
    weights = np.bincount(shared.pair, weights=weight, minlength=len(shared.smaller)).round(6)
    least = np.minimum(LEAST_WEIGHT, SHORT_SHARE * shared.smaller)
    return Judgement(met, met & (weights >= least) & (weights >= LEAST_SHARE * shared.smaller))
