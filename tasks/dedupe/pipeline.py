"""The whole stage: words, candidates, verdicts, clusters, canonical copies, stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tasks.dedupe.candidates import Candidates, find_candidates
from tasks.dedupe.canonical import choose_canonical
from tasks.dedupe.clustering import cluster_pairs
from tasks.dedupe.evidence import passage_evidence
from tasks.dedupe.features import Corpus, Features, build_corpus, measure
from tasks.dedupe.lexicon import Floats, Ints, Lexicon, read_words, word_spans
from tasks.dedupe.passages import Passages
from tasks.dedupe.records import Assignment, Cluster, DedupeResult, DuplicatePair, Story
from tasks.dedupe.relations import relate
from tasks.dedupe.shingles import index_shingles
from tasks.dedupe.stories import group_stories
from tasks.dedupe.verdict import LEAST_SCORE, score_pairs
from tasks.records import ArticleText
from warehouse.identifiers import identify

#: Pairs compared at once; bounds the memory of a comparison to a few hundred megabytes.
BATCH_PAIRS = 2000


def dedupe_articles(articles: Sequence[ArticleText]) -> DedupeResult:
    """Find duplicate pairs, clusters, canonical copies and stories among `articles`.

    The result is a function of the set of articles: their order plays no part. Raises ValueError for an article_id
    that occurs twice. Time and memory grow linearly with the words.
    """
    ordered = sorted(articles, key=lambda article: article.article_id)
    for article, following in zip(ordered, ordered[1:], strict=False):
        if article.article_id == following.article_id:
            raise ValueError(f"article {article.article_id} was given twice; article ids must be unique")
    lexicon = Lexicon()
    words = read_words([article.text for article in ordered], lexicon)
    titles = read_words([article.title or "" for article in ordered], Lexicon())
    index = index_shingles(words)
    corpus = build_corpus(ordered, words, titles, index)
    candidates = find_candidates(index)
    scores, pairs = _verify(ordered, corpus, candidates, lexicon)
    groups = cluster_pairs(len(ordered), candidates.first, candidates.other, scores, LEAST_SCORE)
    clusters = [_cluster([ordered[member] for member in group]) for group in groups]
    stories, assignments = _stories(ordered, corpus, groups, clusters)
    return DedupeResult(
        pairs=tuple(pairs),
        clusters=tuple(sorted(clusters, key=lambda cluster: cluster.cluster_id)),
        stories=tuple(sorted(stories, key=lambda story: story.story_id)),
        assignments=assignments,
    )


def _verify(
    articles: Sequence[ArticleText], corpus: Corpus, candidates: Candidates, lexicon: Lexicon
) -> tuple[Floats, list[DuplicatePair]]:
    spans_of = lru_cache(maxsize=512)(lambda article: word_spans(articles[article].text, lexicon))
    scores: list[Floats] = [np.zeros(0)]
    pairs: list[DuplicatePair] = []
    for start in range(0, len(candidates), BATCH_PAIRS):
        first, other = candidates.first[start : start + BATCH_PAIRS], candidates.other[start : start + BATCH_PAIRS]
        features, passages = measure(corpus, first, other)
        score = score_pairs(features)
        scores.append(score)
        for row in np.flatnonzero(score >= LEAST_SCORE).tolist():
            left, right = int(first[row]), int(other[row])
            evidence = passage_evidence(_ranges(passages, row), spans_of(left), spans_of(right))
            pairs.append(_pair(articles[left], articles[right], features, row, float(score[row]), evidence))
    return np.concatenate(scores), pairs


def _ranges(passages: Passages, row: int) -> list[tuple[int, int, int, int]]:
    low, high = np.searchsorted(passages.pair, (row, row + 1))
    columns = (passages.start, passages.end, passages.other_start, passages.other_end)
    return list(zip(*(column[low:high].tolist() for column in columns), strict=True))


def _pair(
    article: ArticleText, other: ArticleText, features: Features, row: int, score: float, evidence: str
) -> DuplicatePair:
    def share(values: Floats) -> float | None:
        value = float(values[row])
        return None if np.isnan(value) else round(value, 4)

    relation = relate(
        article,
        other,
        float(features.covered[row]),
        float(features.other_covered[row]),
        float(features.length[row] / max(1.0, features.other_length[row])),
        float(features.title_agreement[row]),
    )
    return DuplicatePair(
        article_id=article.article_id,
        other_article_id=other.article_id,
        relation=relation,
        is_same_copy=score >= LEAST_SCORE,
        containment=share(features.containment) or 0.0,
        resemblance=share(features.resemblance) or 0.0,
        head_containment=share(features.head_containment),
        number_agreement=share(features.number_agreement),
        name_agreement=share(features.name_agreement),
        hours_apart=share(features.hours_apart),
        score=round(score, 4),
        evidence=evidence,
    )


def _cluster(members: Sequence[ArticleText]) -> Cluster:
    canonical, reason = choose_canonical(members)
    return Cluster(
        cluster_id=identify("cluster", *sorted(article.article_id for article in members)),
        canonical_article_id=canonical,
        canonical_reason=reason,
        article_count=len(members),
        publisher_count=len({article.publisher for article in members if article.publisher}),
    )


def _stories(
    articles: Sequence[ArticleText], corpus: Corpus, groups: Sequence[Sequence[int]], clusters: Sequence[Cluster]
) -> tuple[list[Story], dict[str, Assignment]]:
    number_of = {article.article_id: number for number, article in enumerate(articles)}
    canonical = np.array([number_of[cluster.canonical_article_id] for cluster in clusters], dtype=np.int64)
    stories: list[Story] = []
    assignments: dict[str, Assignment] = {}
    for story_groups in group_stories(corpus, canonical):
        members = sorted(member for group in story_groups for member in groups[group])
        story = _story([articles[m] for m in members], len(story_groups), articles[canonical[story_groups[0]]].title)
        stories.append(story)
        for group in story_groups:
            for member in groups[group]:
                article_id = articles[member].article_id
                assignments[article_id] = Assignment(
                    cluster_id=clusters[group].cluster_id,
                    is_canonical=article_id == clusters[group].canonical_article_id,
                    story_id=story.story_id,
                )
    return stories, dict(sorted(assignments.items()))


def _story(members: Sequence[ArticleText], cluster_count: int, title: str | None) -> Story:
    days = sorted(article.published.date() for article in members if article.published)
    return Story(
        story_id=identify("story", *sorted(article.article_id for article in members)),
        title=title,
        article_count=len(members),
        cluster_count=cluster_count,
        publisher_count=len({article.publisher for article in members if article.publisher}),
        first_published_on=days[0] if days else None,
        last_published_on=days[-1] if days else None,
    )
