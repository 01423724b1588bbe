from __future__ import annotations

from collections.abc import Callable

from tasks.dedupe.candidates import FULL_GROUP, count_votes, find_candidates
from tasks.dedupe.lexicon import Lexicon, read_words
from tasks.dedupe.shingles import index_shingles

Prose = Callable[..., str]


def test_one_boilerplate_paragraph_in_5000_articles_makes_a_linear_number_of_pairs(prose: Prose) -> None:
    boilerplate = prose(0, 1)
    texts = [f"{prose(seed, 1)}\n\n{boilerplate}" for seed in range(1, 5001)]
    index = index_shingles(read_words(texts, Lexicon()))
    votes = count_votes(index)
    assert len(votes.first) < 10 * len(texts)
    assert votes.count.sum() < FULL_GROUP * len(index.shingle)
    assert len(find_candidates(index, votes)) < 4 * len(texts)


def test_all_pairs_of_a_small_group_of_copies_are_candidates(prose: Prose) -> None:
    texts = [prose(1)] * 8 + [prose(seed) for seed in range(2, 30)]
    index = index_shingles(read_words(texts, Lexicon()))
    candidates = find_candidates(index, count_votes(index))
    expected = [(first, other) for first in range(8) for other in range(first + 1, 8)]
    assert list(zip(candidates.first.tolist(), candidates.other.tolist(), strict=True)) == expected


def test_a_tenth_of_a_long_article_is_found_in_it(prose: Prose) -> None:
    long = prose(1, 30)
    texts = [long, "\n\n".join(long.split("\n\n")[:3]), prose(2)]
    index = index_shingles(read_words(texts, Lexicon()))
    candidates = find_candidates(index, count_votes(index))
    assert (candidates.first.tolist(), candidates.other.tolist()) == ([0], [1])
