"""The articles as columns: what comparing two of them reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.dedupe.boilerplate import find_template
from tasks.dedupe.lexicon import Flags, Floats, Ints, Words
from tasks.dedupe.main_text import is_digest
from tasks.dedupe.shingles import ShingleIndex
from tasks.records import ArticleText

#: Share of a word's occurrences that must be capitalised for it to count as a name.
NAME_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles as columns."""

    words: Words
    titles: Words
    index: ShingleIndex
    common: Floats  # by shingle: how common it is among unlike articles
    is_template: Flags  # by word: whether it belongs to the fixed words of a template
    number_places: Ints  # places in words.form that hold a number, ascending
    name_places: Ints
    title_words: tuple[Ints, Ints]  # starts by article, and the sorted distinct forms
    title_weight: Floats  # by form
    published_hours: Floats  # NaN where not known
    address: Ints  # number of the URL, -1 where not known
    is_digest: Flags


def build_corpus(
    articles: Sequence[ArticleText], words: Words, titles: Words, index: ShingleIndex, common: Floats
) -> Corpus:
    """Gather the columns that comparisons read."""
    return Corpus(
        words=words,
        titles=titles,
        index=index,
        common=common,
        is_template=find_template(words, index, common),
        number_places=np.flatnonzero(words.is_number[words.form]),
        name_places=_name_places(words),
        title_words=_distinct(titles),
        title_weight=_title_weight(titles),
        published_hours=np.array([a.published.timestamp() / 3600 if a.published else np.nan for a in articles]),
        address=_number([article.url for article in articles]),
        is_digest=np.array([_announces_several(article) for article in articles], dtype=bool),
    )


def _announces_several(article: ArticleText) -> bool:
    # flattened pages repeat the title as the text's first line
    return is_digest(article.title) or is_digest(article.text[:160].partition("\n")[0])


def _number(values: Sequence[str | None]) -> Ints:
    numbers = {value: number for number, value in enumerate(sorted({value for value in values if value}))}
    return np.array([numbers.get(value or "", -1) for value in values], dtype=np.int64)


def _name_places(words: Words) -> Ints:
    total = np.bincount(words.form, minlength=len(words.form_hash))
    capital = np.bincount(words.form[words.is_capital], minlength=len(words.form_hash))
    is_name = (capital >= NAME_SHARE * total) & ~words.is_number
    return np.flatnonzero(is_name[words.form] & words.is_capital)


def _distinct(words: Words) -> tuple[Ints, Ints]:
    article = np.repeat(np.arange(len(words.starts) - 1), words.lengths())
    kinds = max(1, len(words.form_hash))
    keys = np.unique(article * kinds + words.form)
    return np.searchsorted(keys // kinds, np.arange(len(words.starts))), keys % kinds


def _title_weight(titles: Words) -> Floats:
    _, forms = _distinct(titles)
    count = np.bincount(forms, minlength=len(titles.form_hash))
    return np.asarray(np.log(1 + (len(titles.starts) - 1) / np.maximum(1, count)), np.float64)
