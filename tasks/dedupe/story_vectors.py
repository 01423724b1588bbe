"""What an article is about: its weightiest words and names, weighed by how rare they are.

TF-IDF over the whole text, the title counted again. What is rare is counted in the corpus, on top of what a table
says of words that are common in any news: in a handful of articles only the table tells "government" from "ferry".
Each article keeps so many terms and no more, so memory grows with the articles, not with their length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tasks.dedupe.corpus import Corpus
from tasks.dedupe.lexicon import Flags, Floats, Hashes, Ints, sum_by
from tasks.dedupe.passages import gather
from tasks.dedupe.words import FORM_SHIFT, LENGTH_SHIFT, MOST_LETTERS, word_code

#: Articles that the table of common words counts as.
PRIOR_ARTICLES = 1000
#: What an occurrence in the title counts for.
TITLE_COUNT = 2
#: Words of the text that are its lead.
LEAD_WORDS = 120
#: Terms that an article keeps, the weightiest.
MOST_TERMS = 120
#: A term of more than this share of the articles says nothing.
COMMON_SHARE = 0.25
#: What a lower-case word that the table does not know weighs by its letters, from 0 to 7 and more: in languages that
#: the table does not cover, short words are common words (Zipf's law of abbreviation).
LETTER_WEIGHTS = np.array([0, 0, 0, 0, 0.4, 0.6, 0.8, 1])
#: An article of whose lower-case words the table knows less than this share is not in English: in English articles
#: it knows 60 % and more, in others up to 8 %.
LEAST_KNOWN = 0.3
#: Articles whose words are gathered at once.
CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Vectors:
    """Term vectors of unit length; article i has the entries [starts[i], starts[i + 1]), terms ascending."""

    starts: Ints
    term: NDArray[np.int32]
    weight: NDArray[np.float32]
    in_lead: Flags
    is_name: Flags
    rarity: Floats  # by term: natural logarithm of the inverse share of articles
    spread: Ints  # by term: articles that have it
    name_weight: Floats  # by article: squared weights of its names
    is_english: Flags  # by article

    def owners(self) -> Ints:
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class _Counts:
    """The distinct terms of some articles; `owner` ascends, and terms within an owner."""

    owner: Ints
    term: Ints
    count: Floats
    in_lead: Flags
    is_name: Flags


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The terms that articles keep, in the same order."""

    owner: Ints
    term: NDArray[np.int32]
    weight: NDArray[np.float32]
    in_lead: Flags
    is_name: Flags


def build_vectors(corpus: Corpus, articles: Ints) -> Vectors:
    """Weigh the terms of `articles`."""
    in_name_place = np.zeros(len(corpus.words.form), bool)
    in_name_place[corpus.name_places] = True
    chunks = [np.arange(begin, min(begin + CHUNK, len(articles))) for begin in range(0, len(articles), CHUNK)]
    parts = [_count(corpus, articles, in_name_place, places) for places in chunks]
    kinds = max(1, len(corpus.words.form_hash))
    spread = sum((np.bincount(part.term, minlength=kinds) for part in parts), np.zeros(kinds, np.int64))
    common = _common_shares(corpus.words.form_hash)
    rarity = _rarity(corpus, spread, common, len(articles))
    chosen = [_choose(part, rarity) for part in parts]
    owner = _join([part.owner for part in chosen], np.int64)
    weight, is_name = _join([part.weight for part in chosen], np.float32), _join([p.is_name for p in chosen], bool)
    return Vectors(
        starts=np.searchsorted(owner, np.arange(len(articles) + 1)),
        term=_join([part.term for part in chosen], np.int32),
        weight=weight,
        in_lead=_join([part.in_lead for part in chosen], bool),
        is_name=is_name,
        rarity=rarity,
        spread=spread,
        name_weight=sum_by(owner, weight.astype(np.float64) ** 2 * is_name, len(articles)),
        is_english=_join(
            [_is_english(part, common > 0, len(places)) for part, places in zip(parts, chunks, strict=True)], bool
        ),
    )


def _join(parts: Sequence[NDArray[Any]], kind: DTypeLike) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, kind), *parts]).astype(kind)


def _count(corpus: Corpus, articles: Ints, in_name_place: Flags, places: Ints) -> _Counts:
    """Count the terms of the articles at `places`: all words but numbers and the words of templates."""
    words, kinds = corpus.words, max(1, len(corpus.words.form_hash))
    owner, place = gather(words.starts, articles[places])
    use = ~corpus.is_template[place] & ~words.is_number[words.form[place]]
    owner, place = owner[use], place[use]
    title_owner, title_place = gather(corpus.titles.starts, articles[places])
    title_form = corpus.titles.form[title_place]
    in_title = ~words.is_number[title_form]
    title_owner, title_form = title_owner[in_title], title_form[in_title]
    titles = len(title_owner)
    keys, entry = np.unique(
        np.concatenate([owner * kinds + words.form[place], title_owner * kinds + title_form]), return_inverse=True
    )
    in_lead = place - words.starts[articles[places][owner]] < LEAD_WORDS

    def total(of_words: Ints | Flags, of_titles: int) -> Floats:
        return sum_by(entry, np.concatenate([of_words, np.full(titles, of_titles)]).astype(np.float64), len(keys))

    return _Counts(
        owner=keys // kinds + (places[0] if len(places) else 0),
        term=keys % kinds,
        count=total(np.ones(len(owner), np.int64), TITLE_COUNT),
        in_lead=total(in_lead, 1) > 0,
        is_name=total(in_name_place[place], 0) > 0,
    )


def _rarity(corpus: Corpus, spread: Ints, common: Floats, total: int) -> Floats:
    known = spread + PRIOR_ARTICLES * common
    rarity = np.log((total + PRIOR_ARTICLES) / np.maximum(1.0, known))
    rarity[known > COMMON_SHARE * (total + PRIOR_ARTICLES)] = 0
    is_plain = common == 0
    is_plain[corpus.words.form[corpus.name_places]] = False
    letters = (corpus.words.form_hash.astype(np.int64) >> (LENGTH_SHIFT - FORM_SHIFT)) & MOST_LETTERS
    return np.where(is_plain, rarity * LETTER_WEIGHTS[letters], rarity)


def _choose(counts: _Counts, rarity: Floats) -> _Chosen:
    """Keep the weightiest terms of each article, at unit length over all its terms."""
    weight = (1 + np.log(counts.count)) * rarity[counts.term]
    base = int(counts.owner[0]) if len(counts.owner) else 0
    norm = np.sqrt(np.bincount(counts.owner - base, weights=weight**2))
    order = np.lexsort((counts.term, -weight, counts.owner))
    first = np.searchsorted(counts.owner, counts.owner)
    kept = np.sort(order[(np.arange(len(order)) - first < MOST_TERMS) & (weight[order] > 0)])
    return _Chosen(
        owner=counts.owner[kept],
        term=counts.term[kept].astype(np.int32),
        weight=(weight[kept] / norm[counts.owner[kept] - base]).astype(np.float32),
        in_lead=counts.in_lead[kept],
        is_name=counts.is_name[kept],
    )


def _is_english(counts: _Counts, is_known: Flags, articles: int) -> Flags:
    base = int(counts.owner[0]) if len(counts.owner) else 0
    owner, known = counts.owner[~counts.is_name] - base, is_known[counts.term[~counts.is_name]]
    share = sum_by(owner, known.astype(np.float64), articles) / np.maximum(1, np.bincount(owner, minlength=articles))
    return np.asarray(share >= LEAST_KNOWN)


def _common_shares(form_hash: Hashes) -> Floats:
    """Give for each form the share of news articles that have it, 0 where the table does not know it."""
    codes, shares = _common_words()
    if not len(codes):
        return np.zeros(len(form_hash))
    at = np.minimum(np.searchsorted(codes, form_hash), len(codes) - 1)
    return np.where(codes[at] == form_hash, shares[at], 0.0)


@cache
def _common_words() -> tuple[Hashes, Floats]:
    lines = (Path(__file__).parent / "common_words.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    codes = np.array([word_code(word) >> FORM_SHIFT for word, _ in rows], np.uint64)
    order = np.argsort(codes)
    return codes[order], np.array([float(share) for _, share in rows])[order]
