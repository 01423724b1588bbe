"""Stories: articles on one happening, whether or not they share text.

Two articles tell of one happening when their weightiest words and names agree, above all those of their leads, and
they appear close in time. Between two languages only the names can agree. Digests tell of many happenings and stand
alone, as do filled-in forms; two articles of a series (a market report each day) are kept apart.
Out of scope: telling two happenings with the same actors in the same days apart, and stories between two languages
neither of which is English.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Flags, Floats, Ints, sum_by
from tasks.dedupe.sketches import Sketches
from tasks.dedupe.story_cells import PERIOD_DAYS, Cells, count_cells, number_periods
from tasks.dedupe.story_groups import UNMET_ODDS, group_pairs
from tasks.dedupe.story_meetings import LEAST_MEETINGS, find_meetings
from tasks.dedupe.story_pairs import Agreement, Tellings, compare_terms
from tasks.dedupe.story_series import are_series
from tasks.dedupe.story_terms import describe_terms, leave_out

#: Says for each pair of article numbers whether the two are of one form.
FindSeries = Callable[[Ints, Ints], Flags]

#: Log-odds that two articles tell of one happening: weights of the cosine and of the natural logarithm of one and the
#: rarity of what their leads share, and the odds where nothing agrees. `benchmarks/fit_story_weights.py` finds them on
#: the development set `dev`: articles cut in two by turns of sentences against pairs of articles from collections
#: decades apart.
COSINE_WEIGHT, LEAD_WEIGHT, BIAS = 41.56, 3.67, -20.18
#: The same for articles in two languages, by their names alone: the shared names of the leads, and the share of one
#: article's names that the other has.
NAME_LEAD_WEIGHT, NAME_SHARE_WEIGHT, NAME_BIAS = 0.91, 6.65, -5.45
#: Log-odds from which a pair can join two stories. `benchmarks/stories.py` measures what that costs and misses.
LEAST_ODDS = 1.0
#: Days in which the odds halve.
HALF_LIFE_DAYS = 7.0
#: An article that is of one form with so many others is a form filled in, and tells of a happening of its own.
LEAST_FORMS = 3


@dataclass(frozen=True, slots=True)
class StoryPairs:
    """Compared pairs of article numbers that are not far from telling of one happening."""

    first: Ints
    other: Ints
    odds: Ints  # thousandths
    is_series: Flags  # of one form


def describe_tellings(key: Ints, hours: Floats, sketches: Sketches) -> Tellings:
    """Take from articles what stories need; digests have nothing that brings them together with others."""
    terms = leave_out(describe_terms(sketches.words, sketches.titles), sketches.is_digest)
    return Tellings(key, terms, hours, number_periods(hours))


def group_stories(
    key: Ints, hours: Floats, sketches: Sketches, series: tuple[Ints, Ints]
) -> list[tuple[int, list[int]]]:
    """Group articles, given in the order of their keys (one for each cluster): each story's centre and its members.

    The stories are a function of the set of articles. Time and memory grow linearly with the articles.
    `series` are pairs of article numbers that comparing their texts showed to be of one form and no copies.
    """
    told = describe_tellings(key, hours, sketches)
    cells = count_cells(told.terms, told.period, told.key)
    pairs = weigh_pairs(told, cells, *find_meetings(told), lambda *pair: are_series(sketches.words, *pair))
    in_form = pairs.is_series
    count = np.bincount(np.concatenate([pairs.first[in_form], pairs.other[in_form]]), minlength=len(key))
    return group_articles(len(key), pairs, _are_listed(pairs, series), count >= LEAST_FORMS)


def weigh_pairs(told: Tellings, cells: Cells, first: Ints, other: Ints, find_series: FindSeries) -> StoryPairs:
    """Compare pairs of article numbers; keeps those that meet and may tell of one happening.

    `find_series` is asked of those that are close which of them are of one form.
    """
    days = np.nan_to_num(np.abs(told.hours[first] - told.hours[other])) / 24
    near = days <= PERIOD_DAYS
    first, other, days = first[near], other[near], days[near]
    agreement = compare_terms(told, cells, first, other)
    odds = weigh_agreement(agreement) - np.log(2) * days / HALF_LIFE_DAYS
    kept = (agreement.meetings >= LEAST_MEETINGS) & (odds >= UNMET_ODDS)
    first, other, odds = first[kept], other[kept], np.rint(1000 * odds[kept]).astype(np.int64)
    is_series, close = np.zeros(len(odds), bool), np.flatnonzero(odds >= 1000 * LEAST_ODDS)
    is_series[close] = find_series(first[close], other[close])
    return StoryPairs(first, other, odds, is_series)


def weigh_agreement(agreement: Agreement) -> Floats:
    """Give the log-odds that the articles of each pair tell of one happening, their times apart."""
    words = COSINE_WEIGHT * agreement.cosine + LEAD_WEIGHT * np.log1p(agreement.lead) + BIAS
    names = NAME_LEAD_WEIGHT * np.log1p(agreement.lead_names) + NAME_SHARE_WEIGHT * agreement.name_share + NAME_BIAS
    return np.where(agreement.is_bilingual, np.maximum(words, names), words)


def group_articles(count: int, pairs: StoryPairs, is_listed: Flags, is_form: Flags) -> list[tuple[int, list[int]]]:
    """Group articles 0 to `count` - 1 by their pairs: the centre and the members of each story.

    `is_listed` says which pairs are known to be of one form otherwise, and `is_form` which articles are forms.
    """
    apart = pairs.is_series | is_listed | is_form[pairs.first] | is_form[pairs.other]
    odds = np.where(apart, -1_000_000, pairs.odds)
    groups = group_pairs(count, pairs.first, pairs.other, odds, int(1000 * LEAST_ODDS))
    return choose_centres(count, pairs, odds, groups)


def choose_centres(
    count: int, pairs: StoryPairs, odds: Ints, groups: Sequence[Sequence[int]]
) -> list[tuple[int, list[int]]]:
    """Choose for each group the article that agrees most with the others; of equals, the first."""
    group_of = np.zeros(count, np.int64)
    for number, members in enumerate(groups):
        group_of[list(members)] = number
    inside = group_of[pairs.first] == group_of[pairs.other]
    agreed = odds[inside].clip(0)
    total = sum_by(pairs.first[inside], agreed, count) + sum_by(pairs.other[inside], agreed, count)
    return [(max(members, key=lambda member: (total[member], -member)), list(members)) for members in groups]


def _are_listed(pairs: StoryPairs, listed: tuple[Ints, Ints]) -> Flags:
    total = int(max(pairs.other.max(initial=0), listed[0].max(initial=0), listed[1].max(initial=0))) + 1
    known = np.minimum(*listed) * total + np.maximum(*listed)
    return np.isin(pairs.first * total + pairs.other, known)
