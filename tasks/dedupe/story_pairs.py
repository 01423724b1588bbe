"""Comparing two articles by the words and names they share: whether they meet, and how far they agree."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from tasks.dedupe.lexicon import Flags, Floats, Ints, sum_by
from tasks.dedupe.passages import gather
from tasks.dedupe.story_cells import ALL_PERIODS, NO_PERIOD, SILENT_COUNT, Cells, round_count
from tasks.dedupe.story_terms import IN_LEAD, IS_NAME, IS_RARE, Terms, rate_rarity

#: A rare word of two articles of a period has all of its weight, one of twice as many a tenth less, and so on.
MOST_SPREAD = 10
#: Entries of vectors that are compared at once; bounds the memory.
CHUNK_ENTRIES = 4_000_000


@dataclass(frozen=True, slots=True)
class Tellings:
    """Articles as stories see them: what they tell of, and when."""

    key: Ints
    terms: Terms
    hours: Floats  # of publication, since 1970; NaN where not known
    period: Ints


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the articles of each pair agree."""

    meetings: Ints  # rare words that bring the two together
    cosine: Floats  # of the two vectors
    lead: Floats  # rarity of the terms that both have in their leads, summed
    lead_names: Floats  # the same of names
    name_share: Floats  # share of the names of one article, the English one if one is, that the other has
    is_bilingual: Flags  # one is in English and the other is not


def compare_terms(told: Tellings, cells: Cells, first: Ints, other: Ints) -> Agreement:
    """Compare the pairs, so many at a time. `cells` lists those of the rare words that both of a pair have."""
    terms = told.terms
    step = max(1, CHUNK_ENTRIES // max(1, int(np.diff(terms.starts).max(initial=1))))
    names = terms.has(IS_NAME)
    name_weight = sum_by(terms.owners()[names], terms.weight[names].astype(np.float64) ** 2, len(terms))
    parts = [
        _compare(told, cells, name_weight, first[begin : begin + step], other[begin : begin + step])
        for begin in range(0, max(1, len(first)), step)
    ]
    return Agreement(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Agreement)))


def share_terms(terms: Terms, first: Ints, other: Ints) -> tuple[Ints, Ints, Ints]:
    """List what both of a pair have: the pair, the entry of the first and that of the other; pairs, terms ascending."""
    pair, entry = gather(terms.starts, first)
    other_pair, other_entry = gather(terms.starts, other)
    key = (pair << np.int64(32)) + terms.term[entry]
    other_key = (other_pair << np.int64(32)) + terms.term[other_entry]
    at = np.searchsorted(other_key, key)
    at[at == len(other_key)] = 0
    hit = other_key[at] == key if len(other_key) else np.zeros(len(key), bool)
    return pair[hit], entry[hit], other_entry[at[hit]] if len(other_key) else entry[hit]


def asked_cells(told: Tellings, one: Ints, two: Ints) -> tuple[Ints, Ints]:
    """Give the periods of the cells that count for two articles and a word of both: one for each of the two."""
    is_dated = (told.period[one] != NO_PERIOD) & (told.period[two] != NO_PERIOD)
    return np.where(is_dated, told.period[one], ALL_PERIODS), np.where(is_dated, told.period[two], ALL_PERIODS)


def _compare(told: Tellings, cells: Cells, name_weight: Floats, first: Ints, other: Ints) -> Agreement:
    terms = told.terms
    # in a pair of two languages, the names of the English article are those of the other's that can agree
    swap = ~terms.is_english[first] & terms.is_english[other]
    first, other = np.where(swap, other, first), np.where(swap, first, other)
    pair, entry, other_entry = share_terms(terms, first, other)
    discount, meets = _weigh_cells(told, cells, first[pair], other[pair], entry)
    flags, count = terms.flags[entry], len(first)
    is_name, in_leads = (flags & IS_NAME).astype(bool), (flags & terms.flags[other_entry] & IN_LEAD).astype(bool)
    weight = terms.weight[entry].astype(np.float64) * discount
    is_english = terms.is_english[first[pair]]
    lead = rate_rarity(terms.term[entry], is_name, is_english) * discount * in_leads
    return Agreement(
        meetings=np.bincount(pair[meets], minlength=count),
        cosine=sum_by(pair, weight * terms.weight[other_entry] * discount, count),
        lead=sum_by(pair, lead, count),
        lead_names=sum_by(pair, lead * is_name, count),
        name_share=sum_by(pair, weight**2 * is_name, count) / np.maximum(1e-9, name_weight[first]),
        is_bilingual=terms.is_english[first] != terms.is_english[other],
    )


def _weigh_cells(told: Tellings, cells: Cells, first: Ints, other: Ints, entry: Ints) -> tuple[Floats, Flags]:
    """Say for each shared term how much its spread leaves of its weight, and whether it brings the two together."""
    discount, meets = np.ones(len(entry)), np.zeros(len(entry), bool)
    rare = np.flatnonzero(told.terms.flags[entry] & IS_RARE)
    term, one, two = told.terms.term[entry[rare]].astype(np.int64), first[rare], other[rare]
    near, far = asked_cells(told, one, two)
    count, last_host = cells.look_up(term, near)
    other_count, other_last = cells.look_up(term, far)
    spread = np.maximum(count, other_count)
    discount[rare] = 1 - np.clip(round_count(spread) - 1, 0, MOST_SPREAD) / MOST_SPREAD
    meets[rare] = (spread < SILENT_COUNT) & ((told.key[one] <= last_host) | (told.key[two] <= other_last))
    return discount, meets
