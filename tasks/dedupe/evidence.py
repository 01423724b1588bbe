"""Matched passages as character ranges of the two texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from tasks.dedupe.lexicon import Ints, Lexicon, Words, word_spans
from tasks.dedupe.normalise import TRAILING
from tasks.dedupe.passages import Passages
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
    articles: Sequence[ArticleText], lexicon: Lexicon, words: Words, first: Ints, other: Ints, passages: Passages
) -> list[str]:
    """Give each pair's passages as JSON [[start, end, other_start, other_end], ...], in the order of the first text."""
    count = len(passages.pair)
    start, end = _characters(
        articles,
        lexicon,
        words,
        np.concatenate([first[passages.pair], other[passages.pair]]),
        np.concatenate([passages.start, passages.other_start]),
        np.concatenate([passages.end, passages.other_end]),
    )
    rows = np.stack([start[:count], end[:count], start[count:], end[count:]], axis=1).tolist()
    bounds = np.searchsorted(passages.pair, np.arange(len(first) + 1)).tolist()
    return [json.dumps(rows[low:high], separators=(",", ":")) for low, high in pairwise(bounds)]


def _characters(
    articles: Sequence[ArticleText], lexicon: Lexicon, words: Words, article: Ints, start: Ints, end: Ints
) -> tuple[Ints, Ints]:
    """Turn word ranges into character ranges; each article is read once."""
    from_character, to_character = np.zeros_like(start), np.zeros_like(end)
    order = np.argsort(article, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(article[order])) + 1):
        if len(rows):
            number = int(article[rows[0]])
            text = articles[number].text
            spans = word_spans(text, lexicon)
            base, following = words.starts[number], words.starts[number + 1]
            from_character[rows] = spans[words.place[base + start[rows]], 0]
            last = spans[words.place[np.minimum(base + end[rows], following) - 1], 1].tolist()
            to_character[rows] = [_without_marks(text, stop) for stop in last]
    return from_character, to_character


def _without_marks(text: str, end: int) -> int:
    while text[end - 1] in TRAILING:
        end -= 1
    return end
