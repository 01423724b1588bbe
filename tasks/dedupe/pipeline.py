"""The whole stage: words, candidates, verdicts, clusters, canonical copies, stories."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from tasks.dedupe.boilerplate import commonness, drop_boilerplate, fellowship, find_boilerplate
from tasks.dedupe.candidates import count_votes, find_candidates
from tasks.dedupe.canonical import choose_canonical
from tasks.dedupe.clustering import cluster_pairs
from tasks.dedupe.corpus import Corpus, build_corpus
from tasks.dedupe.lexicon import Ints, Lexicon, read_words
from tasks.dedupe.main_text import main_length
from tasks.dedupe.records import Assignment, Cluster, DedupeResult, Story
from tasks.dedupe.shingles import index_shingles
from tasks.dedupe.stories import group_stories
from tasks.dedupe.verdict import LEAST_SCORE
from tasks.dedupe.verify import verify_candidates
from tasks.records import ArticleText
from warehouse.identifiers import identify


def dedupe_articles(articles: Sequence[ArticleText]) -> DedupeResult:
    """Find duplicate pairs, clusters, canonical copies and stories among `articles`.

    The result is a function of the set of articles: their order plays no part. Raises ValueError for an article_id
    that occurs twice. Time and memory grow linearly with the words.
    """
    ordered = sorted(articles, key=lambda article: article.article_id)
    for article, following in pairwise(ordered):
        if article.article_id == following.article_id:
            raise ValueError(f"article {article.article_id} was given twice; article ids must be unique")
    lexicon = Lexicon()
    titles = read_words([article.title or "" for article in ordered], lexicon)
    words = read_words([article.text[: main_length(article.text)] for article in ordered], lexicon)
    index = index_shingles(words)
    votes = count_votes(index)
    shared = fellowship(index, votes)
    words, index = drop_boilerplate(words, index, find_boilerplate(words, index, shared))
    candidates = find_candidates(index, votes)
    corpus = build_corpus(ordered, words, titles, index, commonness(index, shared))
    verified = verify_candidates(ordered, corpus, candidates)
    groups = cluster_pairs(len(ordered), candidates.first, candidates.other, verified.score, LEAST_SCORE)
    clusters = [_cluster([ordered[member] for member in group]) for group in groups]
    series = candidates.first[verified.is_series], candidates.other[verified.is_series]
    stories, assignments = _stories(ordered, corpus, groups, clusters, series)
    return DedupeResult(
        pairs=tuple(verified.pairs),
        clusters=tuple(sorted(clusters, key=lambda cluster: cluster.cluster_id)),
        stories=tuple(sorted(stories, key=lambda story: story.story_id)),
        assignments=assignments,
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
    articles: Sequence[ArticleText],
    corpus: Corpus,
    groups: Sequence[Sequence[int]],
    clusters: Sequence[Cluster],
    series: tuple[Ints, Ints],
) -> tuple[list[Story], dict[str, Assignment]]:
    number_of = {article.article_id: number for number, article in enumerate(articles)}
    canonical = np.array([number_of[cluster.canonical_article_id] for cluster in clusters], dtype=np.int64)
    stories: list[Story] = []
    assignments: dict[str, Assignment] = {}
    for story_groups in group_stories(corpus, canonical, series):
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
