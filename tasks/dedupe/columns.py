"""The articles of a batch of pairs as columns: what comparing two of them reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Flags, Floats, Hashes, Ints, distinct
from tasks.dedupe.shingles import ShingleIndex, index_shingles
from tasks.dedupe.words import (
    CAPITAL_BIT,
    FORM_KINDS,
    FORM_SHIFT,
    LENGTH_SHIFT,
    MOST_LETTERS,
    NUMBER_BIT,
    OPENING_BIT,
    WordCodes,
)
from tasks.records import ArticleText

#: What a word of a title weighs by its number of letters, from 0 to 7 and more. Short words are common words (Zipf's
#: law of abbreviation), which no count over other articles has to say.
LETTER_WEIGHTS = np.array([1, 1, 1, 2, 3.5, 5, 6, 7])
NUMBER_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class ArticleColumns:
    """What is known of some articles apart from their words."""

    published_hours: Floats  # NaN where not known
    address: Ints  # a number for each URL, -1 where not known
    is_digest: Flags
    level: Ints  # of the fingerprints


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles as columns."""

    starts: Ints
    form: Ints
    index: ShingleIndex
    common: Floats  # by shingle: how common it is among unlike articles; NaN where it is no fingerprint
    number_places: Ints  # places in `form` that hold a number, ascending
    capital_places: Ints  # the same of words with a capital
    is_name: Flags  # by capital place: whether it does not begin a sentence
    title_starts: Ints
    title_form: Ints  # distinct forms of each title, ascending
    facts: ArticleColumns

    def lengths(self) -> Ints:
        return np.diff(self.starts)


def build_batch(words: WordCodes, titles: WordCodes, facts: ArticleColumns, value: Hashes, common: Floats) -> Batch:
    """Gather the columns; `common` says how common the fingerprints `value` (ascending) are."""
    index, is_number = index_shingles(words), words.has(NUMBER_BIT)
    is_capital = words.has(CAPITAL_BIT) & ~is_number
    title_starts, title_form = _distinct(titles)
    return Batch(
        starts=words.starts,
        form=words.form(),
        index=index,
        common=_look_up(index.shingle_hash, value, common),
        number_places=np.flatnonzero(is_number),
        capital_places=np.flatnonzero(is_capital),
        is_name=~words.has(OPENING_BIT)[is_capital],
        title_starts=title_starts,
        title_form=title_form,
        facts=facts,
    )


def number_addresses(urls: Sequence[str | None]) -> Ints:
    """Give equal URLs equal numbers, and -1 to those that are not known."""
    numbers = {url: number for number, url in enumerate(sorted({url for url in urls if url}))}
    return np.array([numbers.get(url or "", -1) for url in urls], dtype=np.int64)


def publication_hours(articles: Sequence[ArticleText]) -> Floats:
    """Give each article's publication time in hours since 1970, NaN where it is not known."""
    return np.array([a.published.timestamp() / 3600 if a.published else np.nan for a in articles], np.float64)


def title_weight(form: Ints) -> Floats:
    """Weigh title words by their form."""
    code = form << FORM_SHIFT
    letters = (code >> LENGTH_SHIFT) & MOST_LETTERS
    return np.where(code & NUMBER_BIT, NUMBER_WEIGHT, LETTER_WEIGHTS[letters])


def _look_up(wanted: Hashes, value: Hashes, common: Floats) -> Floats:
    if not len(value):
        return np.full(len(wanted), np.nan)
    at = np.minimum(np.searchsorted(value, wanted), len(value) - 1)
    return np.where(value[at] == wanted, common[at], np.nan)


def _distinct(words: WordCodes) -> tuple[Ints, Ints]:
    article = np.repeat(np.arange(len(words.starts) - 1), words.lengths())
    keys = distinct(article * FORM_KINDS + words.form())
    return np.searchsorted(keys // FORM_KINDS, np.arange(len(words.starts))), keys % FORM_KINDS
