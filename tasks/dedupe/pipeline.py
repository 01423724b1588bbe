"""The whole stage: words, candidates, verdicts, clusters, canonical copies, stories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from tasks.dedupe.candidates import Candidates, find_candidates
from tasks.dedupe.canonical import choose_canonical
from tasks.dedupe.clustering import cluster_pairs
from tasks.dedupe.columns import ArticleColumns, Batch, build_batch, number_addresses, publication_hours
from tasks.dedupe.commonness import find_spread, judge_pairs, measure_commonness
from tasks.dedupe.fingerprints import share_fingerprints
from tasks.dedupe.lexicon import Floats, Hashes
from tasks.dedupe.records import Assignment, Cluster, DedupeResult, Story
from tasks.dedupe.sketches import Sketches, article_key, sketch_articles, take_fingerprints
from tasks.dedupe.stories import group_stories
from tasks.dedupe.verdict import LEAST_SCORE
from tasks.dedupe.verify import Verified, compare_pairs
from tasks.dedupe.versions import describe_versions
from tasks.records import ArticleText
from warehouse.identifiers import identify

#: An article of a story: its id, publisher and day of publication.
Member = tuple[str, str | None, date | None]
#: Pairs compared at once; bounds the memory of a comparison to some hundred megabytes.
BATCH_PAIRS = 4000


def dedupe_articles(articles: Sequence[ArticleText]) -> DedupeResult:
    """Find duplicate pairs, clusters, canonical copies and stories among `articles`, all in memory.

    The result is a function of the set of articles: their order plays no part. Raises ValueError for an article_id
    that occurs twice. Time and memory grow linearly with the words. The stage of the pipeline does the same article
    by article over tables (`tasks/stages/dedupe.py`); this is what its results must equal.
    """
    ordered = sorted(articles, key=lambda article: article.article_id)
    for article, following in pairwise(ordered):
        if article.article_id == following.article_id:
            raise ValueError(f"article {article.article_id} was given twice; article ids must be unique")
    sketches = sketch_articles([article.text for article in ordered], [article.title for article in ordered])
    candidates, value, common = search_copies(ordered, sketches)
    verified = [
        compare_in_batch(
            ordered,
            sketches,
            candidates.take(np.arange(start, min(start + BATCH_PAIRS, len(candidates)))),
            value,
            common,
        )
        for start in range(0, len(candidates), BATCH_PAIRS)
    ]
    score = np.concatenate([np.zeros(0), *(part.score for part in verified)])
    in_series = np.concatenate([np.zeros(0, bool), *(part.is_series for part in verified)])
    groups = cluster_pairs(len(ordered), candidates.first, candidates.other, score, LEAST_SCORE)
    clusters = [make_cluster([ordered[member] for member in group]) for group in groups]
    series = candidates.take(np.flatnonzero(in_series))
    stories, assignments = _stories(ordered, sketches, series, clusters, groups)
    return DedupeResult(
        pairs=tuple(pair for part in verified for pair in part.pairs),
        clusters=tuple(sorted(clusters, key=lambda cluster: cluster.cluster_id)),
        stories=stories,
        assignments=assignments,
        versions=tuple(
            sorted(
                (
                    version
                    for cluster in zip(clusters, groups, strict=True)
                    for version in describe_versions(cluster[0].cluster_id, [ordered[member] for member in cluster[1]])
                ),
                key=lambda version: version.article_id,
            )
        ),
    )


def search_copies(articles: Sequence[ArticleText], sketches: Sketches) -> tuple[Candidates, Hashes, Floats]:
    """Find the pairs of article numbers worth comparing, and how common each shared fingerprint is."""
    by_key = np.argsort(np.array([article_key(article.article_id) for article in articles], np.int64))
    fingerprints = take_fingerprints(sketches.fingerprints, by_key)
    values, counts = np.unique(fingerprints.value, return_counts=True)
    spread = find_spread(fingerprints, values[counts > 1])
    common = measure_commonness(spread, fingerprints)
    found = find_candidates(fingerprints, spread.value[spread.is_silent])
    shared = share_fingerprints(fingerprints, found.first, found.other)
    found = found.take(judge_pairs(shared, found.first, spread, spread.last_pivots(), common).worth_comparing)
    one, two = by_key[found.first], by_key[found.other]
    first, other = np.minimum(one, two), np.maximum(one, two)
    order = np.lexsort((other, first))
    return Candidates(first[order], other[order]), spread.value, common


def compare_in_batch(
    articles: Sequence[ArticleText], sketches: Sketches, pairs: Candidates, value: Hashes, common: Floats
) -> Verified:
    """Compare pairs of article numbers, smaller ids first; `value` and `common` describe their fingerprints."""
    chosen, part, batch, local = batch_of(articles, sketches, pairs, value, common)
    return compare_pairs(batch, chosen, part, local)


def batch_of(
    articles: Sequence[ArticleText], sketches: Sketches, pairs: Candidates, value: Hashes, common: Floats
) -> tuple[list[ArticleText], Sketches, Batch, Candidates]:
    """Gather the articles of `pairs`, and the pairs in their numbers."""
    involved, places = np.unique(np.concatenate([pairs.first, pairs.other]), return_inverse=True)
    chosen, part = [articles[number] for number in involved.tolist()], sketches.take(involved)
    facts = ArticleColumns(
        published_hours=publication_hours(chosen),
        address=number_addresses([article.url for article in chosen]),
        is_digest=part.is_digest,
        level=part.fingerprints.level,
    )
    batch = build_batch(part.words, part.titles, facts, value, common)
    return chosen, part, batch, Candidates(places[: len(pairs)], places[len(pairs) :])


def make_cluster(members: Sequence[ArticleText]) -> Cluster:
    """Describe the cluster of `members` and choose its canonical article."""
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
    sketches: Sketches,
    series: Candidates,
    clusters: Sequence[Cluster],
    groups: Sequence[Sequence[int]],
) -> tuple[tuple[Story, ...], dict[str, Assignment]]:
    number = {article.article_id: place for place, article in enumerate(articles)}
    keys = np.array([article_key(cluster.canonical_article_id) for cluster in clusters], np.int64)
    by_key = np.argsort(keys).tolist()
    canonical = np.array([number[clusters[place].canonical_article_id] for place in by_key], np.int64)
    rank = np.full(len(articles), -1)
    rank[canonical] = np.arange(len(canonical))
    apart = (rank[series.first] >= 0) & (rank[series.other] >= 0)
    hours = publication_hours([articles[place] for place in canonical.tolist()])
    told = []
    for centre, members in group_stories(
        keys[by_key], hours, sketches.take(canonical), (rank[series.first[apart]], rank[series.other[apart]])
    ):
        told_by = [[member_of(articles[place]) for place in groups[by_key[member]]] for member in members]
        told.append(make_story(articles[int(canonical[centre])].title, told_by))
    story_of = {article_id: story.story_id for story, ids in told for article_id in ids}
    assignments = {
        articles[place].article_id: Assignment(
            cluster_id=cluster.cluster_id,
            is_canonical=articles[place].article_id == cluster.canonical_article_id,
            story_id=story_of[articles[place].article_id],
        )
        for cluster, group in zip(clusters, groups, strict=True)
        for place in group
    }
    return tuple(sorted((story for story, _ in told), key=lambda story: story.story_id)), dict(
        sorted(assignments.items())
    )


def member_of(article: ArticleText) -> Member:
    """Give what a story says of an article: its id, publisher and day."""
    return article.article_id, article.publisher, article.published.date() if article.published else None


def make_story(title: str | None, clusters: Sequence[Sequence[Member]]) -> tuple[Story, list[str]]:
    """Describe the story that `clusters` of articles tell; returns it and the ids of its articles."""
    told_by = sorted((member for cluster in clusters for member in cluster), key=lambda member: member[0])
    ids = [article_id for article_id, _, _ in told_by]
    days = sorted(day for _, _, day in told_by if day)
    story = Story(
        story_id=identify("story", *ids),
        title=title,
        article_count=len(told_by),
        cluster_count=len(clusters),
        publisher_count=len({publisher for _, publisher, _ in told_by if publisher}),
        first_published_on=days[0] if days else None,
        last_published_on=days[-1] if days else None,
    )
    return story, ids
