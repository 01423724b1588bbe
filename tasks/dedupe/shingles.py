"""Word shingles: overlapping runs of four words, hashed, with how many articles share each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Floats, Hashes, Ints, Words

#: Words in a shingle. Four after normalising: long enough that unrelated articles share few, short enough to
#: survive a changed word every dozen (three to five tried on the development sets).
SHINGLE_WORDS = 4
#: A shingle's rarity is measured against at least this many articles: among eight, a count of three says little.
PRIOR_ARTICLES = 1000
#: Multiplier of the polynomial hash, odd (the 64-bit golden ratio, as in Fibonacci hashing).
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class ShingleIndex:
    """Which article has which shingle where. Only shingles of two or more articles are listed.

    Article i has the entries [starts[i], starts[i + 1]), sorted by shingle, each shingle once, at its first place.
    """

    starts: Ints
    shingle: Ints  # rank of the shingle among all shared ones, by hash
    position: Ints  # its first word's place in the article
    article_count: Ints  # by shingle: articles that have it
    shingle_hash: Hashes  # by shingle
    own_count: Ints  # by article: distinct shingles, shared or not

    def weight(self) -> Floats:
        """Weigh each shingle between 0 (in every article) and 1 (in two), falling with the log of its count."""
        total = max(PRIOR_ARTICLES, len(self.own_count))
        return np.asarray(np.log(total / np.minimum(total, self.article_count)) / np.log(total / 2))


def index_shingles(words: Words) -> ShingleIndex:
    """Hash all shingles of all articles and list the shared ones. A text shorter than a shingle is one shingle."""
    hashes, article, position = _shingles(words)
    total = len(words.starts) - 1
    order = np.argsort(hashes, kind="stable")  # articles and places stay ascending within a hash
    hashes, article, position = hashes[order], article[order], position[order]
    is_new_hash = np.ones(len(hashes), bool)
    is_new_hash[1:] = hashes[1:] != hashes[:-1]
    is_first = is_new_hash.copy()
    is_first[1:] |= article[1:] != article[:-1]
    own_count = np.bincount(article[is_first], minlength=total)
    rank = (np.cumsum(is_new_hash) - 1)[is_first]
    counts = np.bincount(rank)
    is_shared = counts >= 2
    keep = is_shared[rank] if len(rank) else np.zeros(0, bool)
    shared_rank = np.cumsum(is_shared) - 1
    shingle, article, position = shared_rank[rank[keep]], article[is_first][keep], position[is_first][keep]
    by_article = np.argsort(article, kind="stable")
    return ShingleIndex(
        starts=np.searchsorted(article[by_article], np.arange(total + 1)),
        shingle=shingle[by_article],
        position=position[by_article],
        article_count=counts[is_shared],
        shingle_hash=hashes[is_new_hash][is_shared],
        own_count=own_count,
    )


def _shingles(words: Words) -> tuple[Hashes, Ints, Ints]:
    """Hash, article and place of each shingle."""
    lengths = words.lengths()
    padded = np.concatenate([words.form_hash[words.form], np.zeros(SHINGLE_WORDS, np.uint64)])
    article = np.repeat(np.arange(len(lengths)), lengths)
    place = np.arange(len(article)) - words.starts[article]
    hashes = np.zeros(len(article), np.uint64)
    left = lengths[article] - place  # words from here to the article's end
    for step in range(SHINGLE_WORDS):
        following = np.where(step < left, padded[step : step + len(article)], np.uint64(0))
        hashes = (hashes ^ following) * _MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
    keep = (left >= SHINGLE_WORDS) | (place == 0)
    return hashes[keep], article[keep], place[keep]
