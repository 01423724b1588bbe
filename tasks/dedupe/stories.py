"""Stories: articles on one happening, whether or not they share text.

Two articles tell of one happening when their weightiest words and names agree, above all those of their leads, and
they appear close in time. Between two languages only the names can agree. Digests tell of many happenings and stand
alone, as do filled-in forms; two articles of a series (a market report each day) are kept apart.
Out of scope: telling two happenings with the same actors in the same days apart, and stories between two languages
neither of which is English.
"""

from __future__ import annotations

import numpy as np

from tasks.dedupe.corpus import Corpus
from tasks.dedupe.lexicon import Flags, Floats, Ints, sum_by
from tasks.dedupe.story_groups import group_pairs
from tasks.dedupe.story_pairs import Agreement, compare_terms, find_meetings
from tasks.dedupe.story_series import are_series
from tasks.dedupe.story_vectors import build_vectors

#: Log-odds that two articles tell of one happening: weights of the cosine and of the natural logarithm of one and the
#: rarity of what their leads share, and the odds where nothing agrees. Logistic regression on the development set
#: `dev`: articles cut in two by turns of sentences against pairs of articles from collections decades apart.
COSINE_WEIGHT, LEAD_WEIGHT, BIAS = 29.2, 2.43, -14.2
#: The same for articles in two languages, by their names alone: the shared names of the leads, and the share of one
#: article's names that the other has.
NAME_LEAD_WEIGHT, NAME_SHARE_WEIGHT, NAME_BIAS = 0.91, 6.65, -5.45
#: Log-odds from which a pair can join two stories. `benchmarks/stories.py` measures what that costs and misses.
LEAST_ODDS = 1.0
#: Days in which the odds halve, and days from which on two articles are not neighbours in a story.
HALF_LIFE_DAYS, MOST_DAYS = 7.0, 28.0
#: An article with more than this share of its words in a template is a filled-in form, a happening of its own.
MOST_TEMPLATE = 0.5


def group_stories(corpus: Corpus, articles: Ints, series: tuple[Ints, Ints]) -> list[list[int]]:
    """Group the article numbers `articles` (one for each cluster); each group holds places in `articles`.

    The groups are a function of the set of articles. Time and memory grow linearly with the articles.
    `series` are pairs of article numbers, smaller first, that are known to be of one form and not of one happening.
    """
    vectors = build_vectors(corpus, articles)
    hours = corpus.published_hours[articles]
    first, other = find_meetings(vectors, hours)
    odds = weigh_agreement(compare_terms(vectors, first, other))
    days = np.nan_to_num(np.abs(hours[first] - hours[other])) / 24
    odds -= np.log(2) * days / HALF_LIFE_DAYS
    alone = corpus.is_digest[articles] | (_template_share(corpus)[articles] > MOST_TEMPLATE)
    apart = alone[first] | alone[other] | (days > MOST_DAYS) | _is_listed(articles[first], articles[other], series)
    odds[apart] = -np.inf
    close = np.flatnonzero(odds >= LEAST_ODDS)
    odds[close[are_series(corpus, articles[first[close]], articles[other[close]])]] = -np.inf
    return group_pairs(len(articles), first, other, odds, LEAST_ODDS)


def weigh_agreement(agreement: Agreement) -> Floats:
    """Give the log-odds that the articles of each pair tell of one happening, their times apart."""
    words = COSINE_WEIGHT * agreement.cosine + LEAD_WEIGHT * np.log1p(agreement.lead) + BIAS
    names = NAME_LEAD_WEIGHT * np.log1p(agreement.lead_names) + NAME_SHARE_WEIGHT * agreement.name_share + NAME_BIAS
    return np.where(agreement.is_bilingual, np.maximum(words, names), words)


def _template_share(corpus: Corpus) -> Floats:
    article = np.repeat(np.arange(len(corpus.words.starts) - 1), corpus.words.lengths())
    count = sum_by(article, corpus.is_template.astype(np.float64), len(corpus.words.starts) - 1)
    return count / np.maximum(1, corpus.words.lengths())


def _is_listed(first: Ints, other: Ints, pairs: tuple[Ints, Ints]) -> Flags:
    low, high = np.minimum(first, other), np.maximum(first, other)
    total = int(max(high.max(initial=0), pairs[1].max(initial=0))) + 1
    return np.isin(low * total + high, pairs[0] * total + pairs[1])
