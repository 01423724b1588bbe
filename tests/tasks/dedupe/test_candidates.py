from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tasks.dedupe.candidates import FULL_GROUP, PIVOTS, Candidates, find_candidates
from tasks.dedupe.commonness import SILENT_COMMONNESS, find_spread, measure_commonness
from tasks.dedupe.fingerprints import Fingerprints
from tasks.dedupe.sketches import sketch_articles

Prose = Callable[..., str]


def fingerprints_of(texts: list[str]) -> Fingerprints:
    return sketch_articles(texts, [None] * len(texts)).fingerprints


def meet(texts: list[str]) -> Candidates:
    fingerprints = fingerprints_of(texts)
    spread = find_spread(fingerprints, np.unique(fingerprints.value))
    return find_candidates(fingerprints, spread.value[spread.is_silent])


def test_one_boilerplate_paragraph_in_5000_articles_makes_fewer_pairs_than_articles(prose: Prose) -> None:
    boilerplate = prose(0, 1)
    texts = [f"{prose(seed, 1)}\n\n{boilerplate}" for seed in range(1, 5001)]
    assert len(meet(texts)) < len(texts)


def test_a_wire_story_on_500_sites_makes_a_linear_number_of_pairs(prose: Prose) -> None:
    texts = [f"{prose(1)}\n\n{prose(seed, 1)}" for seed in range(2, 502)]
    assert 499 <= len(meet(texts)) <= PIVOTS * len(texts)


def test_all_pairs_of_a_small_group_of_copies_are_candidates(prose: Prose) -> None:
    candidates = meet([prose(1)] * FULL_GROUP + [prose(seed) for seed in range(2, 30)])
    expected = [(first, other) for first in range(FULL_GROUP) for other in range(first + 1, FULL_GROUP)]
    assert list(zip(candidates.first.tolist(), candidates.other.tolist(), strict=True)) == expected


def test_a_tenth_of_a_long_article_is_found_in_it(prose: Prose) -> None:
    long = prose(1, 30)
    candidates = meet([long, "\n\n".join(long.split("\n\n")[:3]), prose(2)])
    assert (candidates.first.tolist(), candidates.other.tolist()) == ([0], [1])


def test_a_disclaimer_is_common_and_a_wire_story_is_not(prose: Prose) -> None:
    disclaimer, story = prose(0, 1), prose(1)
    texts = [f"{prose(seed)}\n\n{disclaimer}" for seed in range(2, 202)] + [story] * 200
    fingerprints = fingerprints_of(texts)
    spread = find_spread(fingerprints, np.unique(fingerprints.value))
    common = measure_commonness(spread, fingerprints)
    of_disclaimer = np.isin(spread.value, fingerprints_of([disclaimer]).value) & (spread.article_count >= 200)
    assert (common[of_disclaimer] > SILENT_COMMONNESS).all()
    of_story = np.isin(spread.value, fingerprints_of([story]).value)
    assert of_disclaimer.any()
    assert of_story.any()
    assert (common[of_story] < 0.1).all()
