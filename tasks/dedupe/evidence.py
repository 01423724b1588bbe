"""Matched passages as character ranges of the two texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from tasks.dedupe.lexicon import Ints
from tasks.dedupe.normalise import end_of_word
from tasks.dedupe.passages import Passages
from tasks.dedupe.sketches import Sketches
from tasks.records import ArticleText

#: Passages kept as evidence for a pair, the longest ones.
MOST_PASSAGES = 12


def longest_passages(passages: Passages, rows: Ints) -> Passages:
    """Keep the longest passages of the pairs `rows` (ascending), and number the pairs by their place in `rows`."""
    number = np.full(int(passages.pair.max(initial=0)) + 1, -1)
    number[rows[rows < len(number)]] = np.flatnonzero(rows < len(number))
    keep = np.flatnonzero(number[passages.pair] >= 0)
    pair = number[passages.pair[keep]]
    by_length = np.lexsort((passages.start[keep], passages.start[keep] - passages.end[keep], pair))
    rank = np.arange(len(by_length)) - np.searchsorted(pair, pair)
    keep = np.sort(keep[by_length[rank < MOST_PASSAGES]])
    return passages.take(keep, number[passages.pair[keep]])


def passage_evidence(
    articles: Sequence[ArticleText], sketches: Sketches, first: Ints, other: Ints, passages: Passages
) -> list[str]:
    """Give each pair's passages as JSON [[start, end, other_start, other_end], ...], in the order of the first text."""
    start, end = _characters(articles, sketches, first[passages.pair], passages.start, passages.end)
    other_start, other_end = _characters(
        articles, sketches, other[passages.pair], passages.other_start, passages.other_end
    )
    rows = [list(row) for row in zip(start, end, other_start, other_end, strict=True)]
    bounds = np.searchsorted(passages.pair, np.arange(len(first) + 1)).tolist()
    return [json.dumps(rows[low:high], separators=(",", ":")) for low, high in pairwise(bounds)]


def _characters(
    articles: Sequence[ArticleText], sketches: Sketches, article: Ints, start: Ints, end: Ints
) -> tuple[list[int], list[int]]:
    """Turn word ranges into character ranges."""
    base, following = sketches.words.starts[article], sketches.words.starts[article + 1]
    last_word = sketches.begin[np.minimum(base + end, following) - 1].tolist()
    stops = [end_of_word(articles[number].text, at) for number, at in zip(article.tolist(), last_word, strict=True)]
    return sketches.begin[base + start].tolist(), stops
