"""Stories: articles on one happening, whether or not they share text.

Each article is a weighted set of terms: the names in its text and the words of its title. Articles close in terms and
in time belong to one story. A prior corpus size keeps the weights sensible when there are only a handful of articles.
"""

from __future__ import annotations

import numpy as np

from tasks.dedupe.clustering import cluster_pairs
from tasks.dedupe.features import Corpus
from tasks.dedupe.lexicon import Floats, Ints
from tasks.dedupe.passages import gather

#: Articles that a term's rarity is measured against at least: with eight articles, counts alone say little.
PRIOR_ARTICLES = 500
#: Terms of an article by which it meets others, the weightiest.
MEETING_TERMS = 16
#: Articles up to which a term brings together all pairs; above, each with its neighbours in time.
FULL_GROUP = 24
NEIGHBOURS = 6
#: Cosine similarity, after the decay in time, from which two articles are one story.
LEAST_SIMILARITY = 0.3
#: Hours after which the similarity of two articles counts half.
HALF_LIFE_HOURS = 240.0


def group_stories(corpus: Corpus, articles: Ints) -> list[list[int]]:
    """Group the article numbers `articles` (one for each cluster); each group holds places in `articles`."""
    starts, term, weight = _vectors(corpus, articles)
    hours = corpus.published_hours[articles]
    first, other = _meetings(starts, term, weight, hours)
    similarity = _cosine(starts, term, weight, first, other)
    apart = np.nan_to_num(np.abs(hours[first] - hours[other]))
    return cluster_pairs(len(articles), first, other, similarity * 0.5 ** (apart / HALF_LIFE_HOURS), LEAST_SIMILARITY)


def _vectors(corpus: Corpus, articles: Ints) -> tuple[Ints, Ints, Floats]:
    """Starts, terms (ascending) and unit-length weights of each article's names."""
    place_starts = np.searchsorted(corpus.name_places, corpus.words.starts)
    owner, entry = gather(place_starts, articles)
    kinds = max(1, len(corpus.words.form_hash))
    keys, count = np.unique(owner * kinds + corpus.words.form[corpus.name_places[entry]], return_counts=True)
    owner, term = keys // kinds, keys % kinds
    spread = np.bincount(term, minlength=kinds)[term]
    weight = (1 + np.log(count)) * np.log((len(articles) + PRIOR_ARTICLES) / spread)
    norm = np.sqrt(np.bincount(owner, weights=weight**2, minlength=len(articles)))
    return np.searchsorted(owner, np.arange(len(articles) + 1)), term, weight / np.maximum(1e-9, norm[owner])


def _meetings(starts: Ints, term: Ints, weight: Floats, hours: Floats) -> tuple[Ints, Ints]:
    total = max(1, len(starts) - 1)
    owner = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.lexsort((term, -weight, owner))
    rank = np.arange(len(order)) - starts[owner[order]]
    chosen = order[rank < MEETING_TERMS]
    size = np.bincount(term[chosen], minlength=int(term.max(initial=0)) + 1)
    by_term = chosen[np.lexsort((owner[chosen], np.nan_to_num(hours, nan=np.inf)[owner[chosen]], term[chosen]))]
    keys: list[Ints] = [np.zeros(0, np.int64)]
    for distance in range(1, min(FULL_GROUP, len(by_term))):
        near, far = by_term[:-distance], by_term[distance:]
        meet = (term[near] == term[far]) & ((distance <= NEIGHBOURS) | (size[term[near]] <= FULL_GROUP))
        one, two = owner[near[meet]], owner[far[meet]]
        keys.append(np.minimum(one, two) * total + np.maximum(one, two))
    found = np.unique(np.concatenate(keys))
    return found // total, found % total


def _cosine(starts: Ints, term: Ints, weight: Floats, first: Ints, other: Ints) -> Floats:
    kinds = int(term.max(initial=0)) + 1
    pair, entry = gather(starts, first)
    other_pair, other_entry = gather(starts, other)
    _, at, other_at = np.intersect1d(
        pair * kinds + term[entry], other_pair * kinds + term[other_entry], assume_unique=True, return_indices=True
    )
    products = weight[entry[at]] * weight[other_entry[other_at]]
    return np.bincount(pair[at], weights=products, minlength=len(first))
