"""Verify candidate pairs: measure, judge, name the relation, keep the evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tasks.dedupe.candidates import Candidates
from tasks.dedupe.evidence import longest_passages, passage_evidence
from tasks.dedupe.features import Corpus, Features, join_features, measure
from tasks.dedupe.lexicon import Floats, Lexicon
from tasks.dedupe.passages import Passages, join_passages
from tasks.dedupe.records import DuplicatePair
from tasks.dedupe.relations import relate
from tasks.dedupe.verdict import LEAST_SCORE, is_reported, score_pairs
from tasks.records import ArticleText

#: Pairs compared at once; bounds the memory of a comparison to some hundred megabytes.
BATCH_PAIRS = 2000


def verify_candidates(
    articles: Sequence[ArticleText], corpus: Corpus, candidates: Candidates, lexicon: Lexicon
) -> tuple[Floats, list[DuplicatePair]]:
    """Score every candidate; give the scores, and the pairs that share their text, sorted like the candidates."""
    scores: list[Floats] = [np.zeros(0)]
    reported, features, passages = [], [], []
    for start in range(0, len(candidates), BATCH_PAIRS):
        first, other = candidates.first[start : start + BATCH_PAIRS], candidates.other[start : start + BATCH_PAIRS]
        measured, matched = measure(corpus, first, other)
        scores.append(score_pairs(measured))
        rows = np.flatnonzero(is_reported(measured, scores[-1]))
        reported.append(rows + start)
        features.append(measured.take(rows))
        passages.append(longest_passages(matched, rows))
    score = np.concatenate(scores)
    if not reported:
        return score, []
    rows = np.concatenate(reported)
    joined = join_passages(passages, [len(part) for part in reported])
    evidence = passage_evidence(articles, lexicon, corpus.words, candidates.first[rows], candidates.other[rows], joined)
    pairs = [articles[a] for a in candidates.first[rows].tolist()], [articles[b] for b in candidates.other[rows].tolist()]
    return score, _records(*pairs, join_features(features), score[rows], evidence)


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
    columns = (
        _rounded(features.containment),
        _rounded(features.resemblance),
        _optional(features.head_containment),
        _optional(features.number_agreement),
        _optional(features.name_agreement),
        _optional(features.hours_apart),
        _rounded(score),
    )
    return [
        DuplicatePair(article.article_id, twin.article_id, relation, is_copy, *figures, passages)
        for article, twin, relation, is_copy, *figures, passages in zip(
            first, other, relations, (score >= LEAST_SCORE).tolist(), *columns, evidence, strict=True
        )
    ]


def _rounded(values: Floats) -> list[float]:
    return np.round(values, 4).tolist()


def _optional(values: Floats) -> list[float | None]:
    return [None if value != value else value for value in np.round(values, 4).tolist()]
