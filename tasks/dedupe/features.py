"""What is measured about a pair of articles before the verdict."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from tasks.dedupe.columns import Batch, title_weight
from tasks.dedupe.lexicon import Flags, Floats, Ints, distinct, sum_by
from tasks.dedupe.passages import Passages, gather, match_passages
from tasks.dedupe.words import FORM_KINDS

#: Words that count as an article's head: about the first three paragraphs, where a news text says what it is about.
HEAD_WORDS = 90


@dataclass(frozen=True, slots=True)
class Features:
    """Figures of a batch of pairs, an array each. Shares lie between 0 and 1, NaN where nothing is measurable."""

    containment: Floats  # of the text with fewer shingles, in shingles
    resemblance: Floats
    covered: Floats  # share of the first's words inside matched passages
    other_covered: Floats
    head: Floats  # the same of its head
    other_head: Floats
    head_containment: Floats  # share of the shorter text found within the longer one's opening of equal length
    commonness: Floats  # mean commonness of the matched shingles: high for templates
    matched_words: Floats
    number_agreement: Floats
    name_agreement: Floats
    title_agreement: Floats
    hours_apart: Floats
    same_address: Flags
    digest_count: Ints  # how many of the two are digests of several stories
    length: Floats
    other_length: Floats

    def take(self, rows: Ints) -> Features:
        """Keep the pairs `rows`."""
        return Features(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class _Aligned:
    """The passages of a batch of pairs, with the lengths of the two texts of each pair."""

    passages: Passages
    end: Floats  # within the text, which may be shorter than a shingle
    other_end: Floats
    length: Floats
    other_length: Floats

    def total(self, values: Ints | Floats) -> Floats:
        """Sum a figure of the passages for each pair."""
        return sum_by(self.passages.pair, values, len(self.length))


def measure(batch: Batch, first: Ints, other: Ints) -> tuple[Features, Passages]:
    """Compare each pair of article numbers."""
    passages = match_passages(batch.index, batch.common, batch.facts.level, first, other)
    aligned = _align(batch, passages, first, other)
    length, other_length = aligned.length, aligned.other_length
    span, other_span = aligned.end - passages.start, aligned.other_end - passages.other_start
    matched, other_matched = aligned.total(span), aligned.total(other_span)
    shared = aligned.total(passages.shingle_count)
    own, other_own = batch.index.own_count[first], batch.index.own_count[other]
    features = Features(
        containment=shared / np.maximum(1, np.minimum(own, other_own)),
        resemblance=shared / np.maximum(1, own + other_own - shared),
        covered=np.minimum(1, matched / np.maximum(1, length)),
        other_covered=np.minimum(1, other_matched / np.maximum(1, other_length)),
        head=_head_share(aligned, passages.start, aligned.end, length),
        other_head=_head_share(aligned, passages.other_start, aligned.other_end, other_length),
        head_containment=_opening_share(aligned),
        commonness=aligned.total(passages.commonness) / np.maximum(1, aligned.total(passages.voting_count)),
        matched_words=np.minimum(matched, other_matched),
        number_agreement=_agreement(
            batch, batch.number_places, np.ones(len(batch.number_places), bool), passages, first, other
        ),
        name_agreement=_agreement(batch, batch.capital_places, batch.is_name, passages, first, other),
        title_agreement=_title_agreement(batch, first, other),
        hours_apart=np.abs(batch.facts.published_hours[first] - batch.facts.published_hours[other]),
        same_address=(batch.facts.address[first] == batch.facts.address[other]) & (batch.facts.address[first] >= 0),
        digest_count=batch.facts.is_digest[first].astype(np.int64) + batch.facts.is_digest[other],
        length=length,
        other_length=other_length,
    )
    return features, passages


def _align(batch: Batch, passages: Passages, first: Ints, other: Ints) -> _Aligned:
    lengths = batch.lengths().astype(np.float64)
    length, other_length = lengths[first], lengths[other]
    end = np.minimum(passages.end, length[passages.pair])
    return _Aligned(passages, end, np.minimum(passages.other_end, other_length[passages.pair]), length, other_length)


def _head_share(aligned: _Aligned, start: Ints, end: Floats, length: Floats) -> Floats:
    """Share of each text's head inside passages."""
    inside = np.clip(np.minimum(end, HEAD_WORDS) - start, 0, None)
    return np.minimum(1, aligned.total(inside) / np.maximum(1, np.minimum(HEAD_WORDS, length)))


def _opening_share(aligned: _Aligned) -> Floats:
    """Share of the shorter text inside passages that lie in the longer one's opening.

    The opening is half as long again as the shorter text, and half a head: room for what the copy left out.
    """
    passages, shorter = aligned.passages, np.minimum(aligned.length, aligned.other_length)
    reach = (1.5 * shorter + HEAD_WORDS / 2)[passages.pair]
    first_is_longer = (aligned.length >= aligned.other_length)[passages.pair]
    start = np.where(first_is_longer, passages.start, passages.other_start)
    end = np.where(first_is_longer, aligned.end, aligned.other_end)
    inside = np.clip(np.minimum(end, reach) - start, 0, None)
    return np.minimum(1, aligned.total(inside) / np.maximum(1, shorter))


def _agreement(batch: Batch, possible: Ints, is_chosen: Flags, passages: Passages, first: Ints, other: Ints) -> Floats:
    """Share of the chosen words inside the passages that both sides have, chosen on one side and possible on the other.

    `possible` are places of words, ascending, and `is_chosen` says which of those count.
    """
    base, other_base = batch.starts[first[passages.pair]], batch.starts[other[passages.pair]]
    left, left_chosen = _forms_inside(batch, possible, is_chosen, base, passages.start, passages.end, passages.pair)
    right, right_chosen = _forms_inside(
        batch, possible, is_chosen, other_base, passages.other_start, passages.other_end, passages.pair
    )
    either = distinct(np.concatenate([left_chosen, right_chosen]))
    both = np.intersect1d(either, np.intersect1d(left, right, assume_unique=True), assume_unique=True)
    count, total = (np.bincount(keys // FORM_KINDS, minlength=len(first)) for keys in (both, either))
    return np.where(total > 0, count / np.maximum(1, total), np.nan)


def _forms_inside(
    batch: Batch, places: Ints, is_chosen: Flags, base: Ints, start: Ints, end: Ints, pair: Ints
) -> tuple[Ints, Ints]:
    """List the distinct words of each pair at `places` inside its passages, and those of them that are chosen."""
    low, high = np.searchsorted(places, base + start), np.searchsorted(places, base + end)
    lengths = np.maximum(0, high - low)
    owner = np.repeat(pair * FORM_KINDS, lengths)
    entry = np.arange(len(owner)) + np.repeat(low - np.cumsum(lengths) + lengths, lengths)
    keys = owner + batch.form[places[entry]]
    return distinct(keys), keys[is_chosen[entry]]


def _title_agreement(batch: Batch, first: Ints, other: Ints) -> Floats:
    """Weighted Jaccard similarity of the words of the two titles; NaN where one has none."""
    pair, entry = gather(batch.title_starts, first)
    other_pair, other_entry = gather(batch.title_starts, other)
    keys, other_keys = (
        pair * FORM_KINDS + batch.title_form[entry],
        other_pair * FORM_KINDS + batch.title_form[other_entry],
    )
    both = np.intersect1d(keys, other_keys, assume_unique=True)
    shared = sum_by(both // FORM_KINDS, title_weight(both % FORM_KINDS), len(first))
    left = sum_by(pair, title_weight(batch.title_form[entry]), len(first))
    right = sum_by(other_pair, title_weight(batch.title_form[other_entry]), len(first))
    return np.where((left > 0) & (right > 0), shared / np.maximum(1e-9, left + right - shared), np.nan)
