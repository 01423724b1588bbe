"""What an article is about: its weightiest words and names, weighed by the article alone.

TF-IDF over the whole text, the title counted again. How rare a word is, a table says for the words that are common in
any news; all others count as rare, and how many articles of the same days have them is asked only when two articles
are compared. So what is kept of an article never changes with the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.lexicon import Flags, Floats, Ints, sum_by
from tasks.dedupe.passages import gather
from tasks.dedupe.words import (
    CAPITAL_BIT,
    FORM_KINDS,
    FORM_SHIFT,
    LENGTH_SHIFT,
    MOST_LETTERS,
    NUMBER_BIT,
    OPENING_BIT,
    WordCodes,
    word_code,
)

#: What an occurrence in the title counts for.
TITLE_COUNT = 2
#: Words of the text that are its lead.
LEAD_WORDS = 120
#: Terms that an article keeps, the weightiest.
MOST_TERMS = 120
#: A word of more than this share of the articles says nothing.
COMMON_SHARE = 0.25
#: Rarity of a word that the table does not know: natural logarithm of the inverse share of articles.
UNKNOWN_RARITY = float(np.log(4000))
#: What a lower-case word that the table does not know weighs by its letters, from 0 to 7 and more: in languages that
#: the table does not cover, short words are common words (Zipf's law of abbreviation).
LETTER_WEIGHTS = np.array([0, 0, 0, 0, 0.4, 0.6, 0.8, 1])
#: Share of a word's occurrences, those that open a sentence aside, that have a capital where it is a name.
NAME_SHARE = 0.8
#: What a lower-case word weighs, on top of that, in an article of another language: it may be as common as "because".
FOREIGN_WEIGHT = 0.5
#: An article of whose lower-case words the table knows less than this share is not in English: in English articles
#: it knows 60 % and more, in others up to 8 %.
LEAST_KNOWN = 0.3
#: Articles whose words are gathered at once; bounds the memory.
CHUNK = 5000
#: Flags of a term: stands in the lead or the title, is a name, is not known to the table.
IN_LEAD, IS_NAME, IS_RARE = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a list of articles; article i has the entries [starts[i], starts[i + 1]), terms ascending."""

    starts: Ints
    term: NDArray[np.uint32]  # the form of a word
    weight: NDArray[np.float32]  # of unit length over all terms of the article, kept or not
    flags: NDArray[np.uint8]
    is_english: Flags  # by article

    def __len__(self) -> int:
        return len(self.is_english)

    def owners(self) -> Ints:
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def has(self, flag: int) -> Flags:
        return (self.flags & np.uint8(flag)).astype(bool)


def describe_terms(words: WordCodes, titles: WordCodes) -> Terms:
    """Weigh the terms of articles by their words and titles."""
    count = len(words.starts) - 1
    return join_terms(
        [
            _describe(words, titles, np.arange(begin, min(begin + CHUNK, count)))
            for begin in range(0, max(1, count), CHUNK)
        ]
    )


def join_terms(parts: Sequence[Terms]) -> Terms:
    """Put the articles of each part after those of the one before."""
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    return Terms(
        starts=np.concatenate([[0], np.cumsum(lengths)]),
        term=np.concatenate([part.term for part in parts]),
        weight=np.concatenate([part.weight for part in parts]),
        flags=np.concatenate([part.flags for part in parts]),
        is_english=np.concatenate([part.is_english for part in parts]),
    )


def leave_out(terms: Terms, articles: Flags) -> Terms:
    """Take all terms from some articles."""
    kept = ~articles[terms.owners()]
    return Terms(
        starts=np.concatenate([[0], np.cumsum(np.where(articles, 0, np.diff(terms.starts)))]),
        term=terms.term[kept],
        weight=terms.weight[kept],
        flags=terms.flags[kept],
        is_english=terms.is_english,
    )


def rate_rarity(term: NDArray[np.uint32], is_name: Flags, is_english: Flags) -> Floats:
    """Say how rare words are by the table, and those that it does not know by their letters and their language.

    `is_english` says whether the article is, from which each word is taken.
    """
    share = _shares(term)
    letters = (term >> np.uint32(LENGTH_SHIFT - FORM_SHIFT)) & np.uint32(MOST_LETTERS)
    unknown = UNKNOWN_RARITY * np.where(is_name, 1.0, LETTER_WEIGHTS[letters] * np.where(is_english, 1, FOREIGN_WEIGHT))
    known = np.where(share > COMMON_SHARE, 0.0, -np.log(np.where(share > 0, share, 1.0)))
    return np.where(share > 0, known, unknown)


def _describe(words: WordCodes, titles: WordCodes, articles: Ints) -> Terms:
    owner, place = gather(words.starts, articles)
    title_owner, title_place = gather(titles.starts, articles)
    code = np.concatenate([words.code[place], titles.code[title_place]])  # words of texts, then those of titles
    in_text, owner = np.arange(len(code)) < len(place), np.concatenate([owner, title_owner])
    in_lead = ~in_text
    in_lead[: len(place)] = place - words.starts[articles[owner[: len(place)]]] < LEAD_WORDS
    tells = in_text & ~_has(code, OPENING_BIT)  # whether the word is a name
    is_word = ~_has(code, NUMBER_BIT)
    keys, entry = np.unique((owner * FORM_KINDS + (code >> np.uint32(FORM_SHIFT)))[is_word], return_inverse=True)

    def total(values: Flags | Ints) -> Floats:
        return sum_by(entry, values[is_word].astype(np.float64), len(keys))

    within, capital = total(tells), total(tells & _has(code, CAPITAL_BIT))
    return _choose(
        owner=keys // FORM_KINDS,
        term=(keys % FORM_KINDS).astype(np.uint32),
        count=total(np.where(in_text, 1, TITLE_COUNT)),
        in_lead=total(in_lead) > 0,
        is_name=(capital > 0) & (capital >= NAME_SHARE * within),
        articles=len(articles),
    )


def _choose(
    owner: Ints, term: NDArray[np.uint32], count: Floats, in_lead: Flags, is_name: Flags, articles: int
) -> Terms:
    """Keep the weightiest terms of each article, at unit length over all its terms."""
    is_known, plain = _shares(term) > 0, ~is_name
    known = sum_by(owner[plain], is_known[plain].astype(np.float64), articles)
    is_english = known >= LEAST_KNOWN * np.maximum(1, np.bincount(owner[plain], minlength=articles))
    weight = (1 + np.log(count)) * rate_rarity(term, is_name, is_english[owner])
    norm = np.sqrt(sum_by(owner, weight**2, articles))
    order = np.lexsort((term, -weight, owner))
    first = np.searchsorted(owner, owner)
    kept = np.sort(order[(np.arange(len(order)) - first < MOST_TERMS) & (weight[order] > 0)])
    return Terms(
        starts=np.searchsorted(owner[kept], np.arange(articles + 1)),
        term=term[kept],
        weight=(weight[kept] / norm[owner[kept]]).astype(np.float32),
        flags=(in_lead[kept] * IN_LEAD + is_name[kept] * IS_NAME + ~is_known[kept] * IS_RARE).astype(np.uint8),
        is_english=is_english,
    )


def _has(code: NDArray[np.uint32], bit: int) -> Flags:
    return (code & np.uint32(bit)).astype(bool)


def _shares(term: NDArray[np.uint32]) -> Floats:
    """Give for each term the share of news articles that have it, 0 where the table does not know it."""
    codes, shares = _common_words()
    at = np.minimum(np.searchsorted(codes, term), len(codes) - 1)
    return np.where(codes[at] == term, shares[at], 0.0)


@cache
def _common_words() -> tuple[NDArray[np.uint32], Floats]:
    lines = (Path(__file__).parent / "common_words.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    codes = np.array([word_code(word) >> FORM_SHIFT for word, _ in rows], np.uint32)
    order = np.argsort(codes)
    return codes[order], np.array([float(share) for _, share in rows])[order]
