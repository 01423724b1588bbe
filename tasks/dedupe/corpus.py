"""All articles as columns: what grouping them into stories reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Flags, Floats, Hashes, Ints, Words
from tasks.dedupe.shingles import SHINGLE_WORDS, hash_shingles
from tasks.dedupe.sketches import Sketches
from tasks.dedupe.words import CAPITAL_BIT, FORM_SHIFT, NUMBER_BIT, WordCodes
from tasks.records import ArticleText

#: Share of a word's occurrences that must be capitalised for it to count as a name.
NAME_SHARE = 0.8
#: Commonness from which a fingerprint belongs to a template.
TEMPLATE_COMMONNESS = 1.0
#: One of fewer articles cannot be as common.
LEAST_TEMPLATE_COUNT = 10
#: Words between two fingerprints of a template that belong to it too: every eighth shingle is a fingerprint.
TEMPLATE_GAP = 24


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles as columns."""

    words: Words
    titles: Words
    is_template: Flags  # by word: whether it belongs to the fixed words of a template
    name_places: Ints
    published_hours: Floats  # NaN where not known
    is_digest: Flags


def build_corpus(articles: Sequence[ArticleText], sketches: Sketches, template: Hashes) -> Corpus:
    """Gather the columns; `template` holds, ascending, the fingerprints of templates."""
    words, titles = _number_forms(sketches.words, sketches.titles)
    return Corpus(
        words=words,
        titles=titles,
        is_template=find_template(sketches.words, template),
        name_places=_name_places(words),
        published_hours=publication_hours(articles),
        is_digest=sketches.is_digest,
    )


def publication_hours(articles: Sequence[ArticleText]) -> Floats:
    """Give each article's publication time in hours since 1970, NaN where it is not known."""
    return np.array([a.published.timestamp() / 3600 if a.published else np.nan for a in articles])


def find_template(words: WordCodes, template: Hashes) -> Flags:
    """Flag each word that lies in or between fingerprints of a template."""
    shingles = hash_shingles(words)
    at = np.minimum(np.searchsorted(template, shingles.value), max(0, len(template) - 1))
    hit = template[at] == shingles.value if len(template) else np.zeros(len(at), bool)
    article, place = shingles.article[hit], shingles.place[hit]
    begin = words.starts[article] + place
    end = np.minimum(begin + SHINGLE_WORDS, words.starts[article + 1])
    joins = (article[1:] == article[:-1]) & (begin[1:] - end[:-1] <= TEMPLATE_GAP)
    end[:-1] = np.where(joins, np.maximum(end[:-1], begin[1:]), end[:-1])
    edges = np.zeros(len(words.code) + 1, np.int64)
    np.add.at(edges, begin, 1)
    np.add.at(edges, end, -1)
    return np.cumsum(edges)[:-1] > 0


def _number_forms(words: WordCodes, titles: WordCodes) -> tuple[Words, Words]:
    forms, number = np.unique(np.concatenate([words.code, titles.code]) >> np.uint32(FORM_SHIFT), return_inverse=True)
    is_number = (forms << np.uint32(FORM_SHIFT)) & np.uint32(NUMBER_BIT) > 0
    split = len(words.code)

    def dense(codes: WordCodes, form: Ints) -> Words:
        return Words(codes.starts, form.astype(np.int32), codes.has(CAPITAL_BIT), forms.astype(np.uint64), is_number)

    return dense(words, number[:split]), dense(titles, number[split:])


def _name_places(words: Words) -> Ints:
    total = np.bincount(words.form, minlength=len(words.form_hash))
    capital = np.bincount(words.form[words.is_capital], minlength=len(words.form_hash))
    is_name = (capital >= NAME_SHARE * total) & ~words.is_number
    return np.flatnonzero(is_name[words.form] & words.is_capital)
