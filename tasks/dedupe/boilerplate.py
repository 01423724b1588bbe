"""Boilerplate between unrelated articles: disclaimers, newsletter boxes, notes that many texts carry.

A shingle of many articles is boilerplate when the articles that share it share little else. A wire story on forty
sites has shingles of forty articles too, but those share most of their text. Boilerplate words are left out of every
comparison, so that they neither make texts alike nor stand between an article and its head.
"""

from __future__ import annotations

import numpy as np

from tasks.dedupe.candidates import Votes
from tasks.dedupe.lexicon import Flags, Floats, Words
from tasks.dedupe.shingles import SHINGLE_WORDS, ShingleIndex

#: Articles that a shingle must have to be boilerplate.
LEAST_ARTICLES = 6
#: Mean share of the smaller text that two articles with the shingle share, below which it is boilerplate. Copies
#: share more, even with a third of their words misspelt; articles with only a disclaimer in common share less.
MOST_SHARED = 0.25
#: Commonness from which a shingle belongs to a template.
TEMPLATE_COMMONNESS = 1.0


def fellowship(index: ShingleIndex, votes: Votes) -> Floats:
    """Give for each shingle the mean share of text that neighbouring articles with it share; NaN without a vote."""
    share = votes.shared_share(index)[votes.key_of_neighbours]
    kinds = len(index.article_count)
    count = np.bincount(votes.neighbour_shingle, minlength=kinds)
    total = np.bincount(votes.neighbour_shingle, weights=share, minlength=kinds)
    return np.where(count > 0, total / np.maximum(1, count), np.nan)


def commonness(index: ShingleIndex, shared: Floats) -> Floats:
    """Say how common each shingle is among unlike articles, from 0 up; NaN where it did not vote. 1 is about ten.

    An article counts by how little it shares otherwise, squared, so that the copies of a wire story on a hundred
    sites do not make the story's own words look like a template's.
    """
    return np.asarray(np.log10(1 + (index.article_count - 1) * (1 - shared) ** 2))


def find_boilerplate(words: Words, index: ShingleIndex, shared: Floats) -> Flags:
    """Flag each word of `words` that lies in a boilerplate shingle; `shared` is the shingles' fellowship."""
    is_boilerplate = (index.article_count >= LEAST_ARTICLES) & (shared < MOST_SHARED)
    return words_inside(words, index, is_boilerplate)


def find_template(words: Words, index: ShingleIndex, common: Floats) -> Flags:
    """Flag each word that lies in a shingle of ten unlike articles: the fixed words of notices and reports."""
    return words_inside(words, index, common >= TEMPLATE_COMMONNESS)


def words_inside(words: Words, index: ShingleIndex, chosen: Flags) -> Flags:
    """Flag each word that lies in one of the `chosen` shingles."""
    article = np.repeat(np.arange(len(index.starts) - 1), np.diff(index.starts))
    hit = chosen[index.shingle]
    place = words.starts[article[hit]] + index.position[hit]
    edges = np.zeros(len(words.form) + SHINGLE_WORDS + 1, np.int64)
    np.add.at(edges, place, 1)
    np.add.at(edges, place + SHINGLE_WORDS, -1)
    return np.cumsum(edges)[: len(words.form)] > 0


def drop_boilerplate(words: Words, index: ShingleIndex, flags: Flags) -> tuple[Words, ShingleIndex]:
    """Leave the flagged words out of both; a shingle goes when its first and last words are flagged."""
    kept_before = np.concatenate([[0], np.cumsum(~flags)])
    starts = kept_before[words.starts]
    lean = Words(
        starts=starts,
        form=words.form[~flags],
        is_capital=words.is_capital[~flags],
        character=words.character[~flags],
        form_hash=words.form_hash,
        is_number=words.is_number,
    )
    article = np.repeat(np.arange(len(index.starts) - 1), np.diff(index.starts))
    first = words.starts[article] + index.position
    last = np.minimum(first + SHINGLE_WORDS, words.starts[article + 1]) - 1
    keep = ~(flags[first] & flags[last])
    dropped = np.bincount(article[~keep], minlength=len(index.own_count))
    return lean, ShingleIndex(
        starts=np.concatenate([[0], np.cumsum(keep)])[index.starts],
        shingle=index.shingle[keep],
        position=(kept_before[first] - starts[article])[keep],
        article_count=index.article_count,
        shingle_hash=index.shingle_hash,
        own_count=np.maximum(1, index.own_count - dropped),
    )
