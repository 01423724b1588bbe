from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tasks.dedupe.clustering import cluster_pairs

EDGES = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.1, 0.4, 0.5, 0.7, 0.9, 0.9, 1.0]),
    max_size=40,
)


def cluster(edges: list[tuple[tuple[int, int], float]], count: int = 12) -> list[list[int]]:
    pairs = np.array([pair for pair, _ in edges], dtype=np.int64).reshape(-1, 2)
    return cluster_pairs(count, pairs[:, 0], pairs[:, 1], np.array([score for _, score in edges]), 0.5)


@given(EDGES, st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_the_order_of_the_pairs(edges: dict[tuple[int, int], float], chance: Random) -> None:
    listed = list(edges.items())
    shuffled = listed.copy()
    chance.shuffle(shuffled)
    assert cluster(listed) == cluster(shuffled)


@given(EDGES)
def test_every_article_is_in_exactly_one_cluster(edges: dict[tuple[int, int], float]) -> None:
    assert sorted(member for group in cluster(list(edges.items())) for member in group) == list(range(12))


@given(EDGES)
def test_a_cluster_of_two_has_a_verified_pair(edges: dict[tuple[int, int], float]) -> None:
    for group in cluster(list(edges.items())):
        if len(group) == 2:
            assert edges[group[0], group[1]] >= 0.5


def test_one_bad_pair_does_not_join_two_clusters() -> None:
    left = [((a, b), 0.99) for a in range(4) for b in range(a + 1, 4)]
    right = [((a, b), 0.99) for a in range(4, 8) for b in range(a + 1, 8)]
    between = [((a, b), 0.2) for a in range(4) for b in range(4, 8) if (a, b) != (0, 4)]
    assert cluster([*left, *right, *between, ((0, 4), 0.95)], 8) == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_pairs_that_were_never_compared_do_not_keep_a_chain_apart() -> None:
    assert cluster([((0, 1), 0.9), ((1, 2), 0.8), ((2, 3), 0.9)], 4) == [[0, 1, 2, 3]]


def test_with_a_reach_pairs_that_were_never_compared_speak_against_merging() -> None:
    pairs = [(0, 1), (2, 3), (1, 2)]
    first, other = np.array(pairs).T
    groups = cluster_pairs(4, first, other, np.array([0.9, 0.9, 0.8]), 0.5, 0.5, 4)
    assert groups == [[0, 1], [2, 3]]
