"""Verify candidate pairs: measure, judge, name the relation, keep the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.dedupe.candidates import Candidates
from tasks.dedupe.corpus import Corpus
from tasks.dedupe.evidence import longest_passages, passage_evidence
from tasks.dedupe.features import Features, join_features, measure
from tasks.dedupe.lexicon import Flags, Floats
from tasks.dedupe.passages import join_passages
from tasks.dedupe.records import DuplicatePair
from tasks.dedupe.relations import relate
from tasks.dedupe.verdict import LEAST_SCORE, is_reported, is_series, score_pairs
from tasks.records import ArticleText

#: Pairs compared at once; bounds the memory of a comparison to some hundred megabytes.
BATCH_PAIRS = 2000


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of comparing candidates."""

    score: Floats  # by candidate
    is_series: Flags  # by candidate: one form filled anew
    pairs: list[DuplicatePair]  # those that share their text, sorted like the candidates


def verify_candidates(articles: Sequence[ArticleText], corpus: Corpus, candidates: Candidates) -> Verified:
    """Score every candidate, and describe those that share their text."""
    series: list[Flags] = [np.zeros(0, bool)]
    scores: list[Floats] = [np.zeros(0)]
    reported, features, passages = [], [], []
    for start in range(0, len(candidates), BATCH_PAIRS):
        first, other = candidates.first[start : start + BATCH_PAIRS], candidates.other[start : start + BATCH_PAIRS]
        measured, matched = measure(corpus, first, other)
        scores.append(score_pairs(measured))
        series.append(is_series(measured, scores[-1]))
        rows = np.flatnonzero(is_reported(measured, scores[-1]))
        reported.append(rows + start)
        features.append(measured.take(rows))
        passages.append(longest_passages(matched, rows))
    score = np.concatenate(scores)
    if not reported:
        return Verified(score, np.concatenate(series), [])
    rows = np.concatenate(reported)
    joined = join_passages(passages, [len(part) for part in reported])
    first, other = candidates.first[rows], candidates.other[rows]
    evidence = passage_evidence(articles, corpus.words, first, other, joined)
    sides = [articles[number] for number in first.tolist()], [articles[number] for number in other.tolist()]
    return Verified(score, np.concatenate(series), _records(*sides, join_features(features), score[rows], evidence))


def _records(
    first: Sequence[ArticleText],
    other: Sequence[ArticleText],
    features: Features,
    score: Floats,
    evidence: Sequence[str],
) -> list[DuplicatePair]:
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
        features.title_agreement.tolist(),
    )
    containment, resemblance, scores = _rounded(features.containment), _rounded(features.resemblance), _rounded(score)
    head, hours = _optional(features.head_containment), _optional(features.hours_apart)
    numbers, names = _optional(features.number_agreement), _optional(features.name_agreement)
    is_same_copy = (score >= LEAST_SCORE).tolist()
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
