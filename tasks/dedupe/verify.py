"""Verify pairs: measure, judge, name the relation, keep the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.dedupe.candidates import Candidates
from tasks.dedupe.columns import Batch
from tasks.dedupe.evidence import longest_passages, passage_evidence
from tasks.dedupe.features import Features, measure
from tasks.dedupe.lexicon import Flags, Floats
from tasks.dedupe.records import DuplicatePair
from tasks.dedupe.relations import relate
from tasks.dedupe.sketches import Sketches
from tasks.dedupe.verdict import LEAST_SCORE, is_reported, is_series, score_pairs
from tasks.records import ArticleText


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of comparing pairs."""

    score: Floats  # by pair
    is_series: Flags  # by pair: one form filled anew
    pairs: list[DuplicatePair]  # those that share their text, in the order of the pairs


def compare_pairs(batch: Batch, articles: Sequence[ArticleText], sketches: Sketches, pairs: Candidates) -> Verified:
    """Score pairs of the batch's article numbers, and describe those that share their text.

    The first of each pair must be the one with the smaller article_id.
    """
    measured, matched = measure(batch, pairs.first, pairs.other)
    score = score_pairs(measured)
    rows = np.flatnonzero(is_reported(measured, score))
    first, other = pairs.first[rows], pairs.other[rows]
    evidence = passage_evidence(articles, sketches, first, other, longest_passages(matched, rows))
    sides = [articles[number] for number in first.tolist()], [articles[number] for number in other.tolist()]
    return Verified(score, is_series(measured, score), _records(*sides, measured.take(rows), score[rows], evidence))


def _records(
    first: Sequence[ArticleText],
    other: Sequence[ArticleText],
    features: Features,
    score: Floats,
    evidence: Sequence[str],
) -> list[DuplicatePair]:
    is_same_copy = (score >= LEAST_SCORE).tolist()
    ratio = features.length / np.maximum(1, features.other_length)
    identical = (features.resemblance > 0.999).tolist()
    relations = map(
        relate,
        first,
        other,
        identical,
        features.covered.tolist(),
        features.other_covered.tolist(),
        ratio.tolist(),
        is_same_copy,
    )
    containment, resemblance, scores = _rounded(features.containment), _rounded(features.resemblance), _rounded(score)
    head, hours = _optional(features.head_containment), _optional(features.hours_apart)
    numbers, names = _optional(features.number_agreement), _optional(features.name_agreement)
    return [
        DuplicatePair(
            article_id=first[row].article_id,
            other_article_id=other[row].article_id,
            relation=relation,
            is_same_copy=is_same_copy[row],
            containment=containment[row],
            resemblance=resemblance[row],
            head_containment=head[row],
            number_agreement=numbers[row],
            name_agreement=names[row],
            hours_apart=hours[row],
            score=scores[row],
            evidence=evidence[row],
        )
        for row, relation in enumerate(relations)
    ]


def _rounded(values: Floats) -> list[float]:
    return [round(value, 4) for value in values.tolist()]


def _optional(values: Floats) -> list[float | None]:
    return [None if value != value else round(value, 4) for value in values.tolist()]
