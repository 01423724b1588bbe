"""Grouping compared pairs into stories: what one pair can do, and that the order plays no part."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.dedupe.story_groups import group_pairs

Pair = tuple[int, int, float]


def group(count: int, pairs: list[Pair]) -> list[list[int]]:
    first = np.array([pair[0] for pair in pairs], np.int64)
    other = np.array([pair[1] for pair in pairs], np.int64)
    odds = np.array([1000 * max(-99, pair[2]) for pair in pairs], np.int64)
    return group_pairs(count, first, other, odds, 1000)


def within(articles: range, odds: float) -> list[Pair]:
    return [(one, two, odds) for one in articles for two in articles if one < two]


def test_a_round_up_that_mentions_two_stories_does_not_chain_them_together() -> None:
    mentions = [(0, 6, 3.0), (3, 6, 2.9)]
    assert group(7, within(range(3), 3.5) + within(range(3, 6), 3.5) + mentions) == [[0, 1, 2], [3, 4, 5], [6]]


def test_a_chain_of_neighbours_falls_into_pieces_of_three_at_most() -> None:
    groups = group(8, [(number, number + 1, 3.0) for number in range(7)])
    assert max(map(len, groups)) <= 3


def test_a_sidebar_that_some_articles_of_a_story_speak_for_belongs_to_it() -> None:
    sidebar = [(0, 3, 3.0), (1, 3, 0.5), (2, 3, -0.5)]
    assert group(4, within(range(3), 3.5) + sidebar) == [[0, 1, 2, 3]]


def test_a_pair_known_to_be_apart_speaks_against_a_merge() -> None:
    assert group(3, [(0, 1, 3.0), (1, 2, 3.0), (0, 2, -np.inf)]) == [[0, 1], [2]]


def test_no_pairs_leave_every_article_alone() -> None:
    assert group(3, []) == [[0], [1], [2]]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_order_of_the_pairs_plays_no_part(data: st.DataObject) -> None:
    numbers = st.integers(0, 7)
    odds = st.sampled_from([-3.0, -1.0, 0.3, 1.0, 2.0, 2.0, 5.0])
    chosen = data.draw(st.dictionaries(st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1]), odds))
    pairs = [(*pair, value) for pair, value in chosen.items()]
    assert group(8, data.draw(st.permutations(pairs))) == group(8, pairs)
