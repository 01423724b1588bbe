"""What is measured about a pair of articles before the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from tasks.dedupe.lexicon import Flags, Floats, Ints, Words
from tasks.dedupe.main_text import is_digest
from tasks.dedupe.passages import Passages, gather, match_passages
from tasks.dedupe.shingles import SHINGLE_WORDS, ShingleIndex
from tasks.records import ArticleText

#: Words that count as an article's head: about the first three paragraphs, where a news text says what it is about.
HEAD_WORDS = 90
#: Share of a word's occurrences that must be capitalised for it to count as a name.
NAME_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles as columns."""

    words: Words
    titles: Words
    index: ShingleIndex
    common: Floats  # by shingle: how common it is among unlike articles
    number_places: Ints  # places in words.form that hold a number, ascending
    name_places: Ints
    title_words: tuple[Ints, Ints]  # starts by article, and the sorted distinct forms
    title_weight: Floats  # by form
    published_hours: Floats  # NaN where not known
    address: Ints  # number of the URL, -1 where not known
    is_digest: Flags


@dataclass(frozen=True, slots=True)
class Features:
    """Figures of a batch of pairs, one array each; shares are between 0 and 1, NaN where there is nothing to measure."""

    containment: Floats  # of the text with fewer shingles, in shingles
    resemblance: Floats
    covered: Floats  # share of the first's words inside matched passages
    other_covered: Floats
    head: Floats  # the same of its head
    other_head: Floats
    head_containment: Floats  # share of the shorter text found within the longer one's opening of equal length
    commonness: Floats  # mean commonness of the matched shingles: high for templates
    matched_words: Floats
    longest: Floats  # words of the longest passage
    number_agreement: Floats
    name_agreement: Floats
    title_agreement: Floats
    hours_apart: Floats
    same_address: Flags
    digest_count: Ints  # how many of the two are digests of several stories
    length: Floats
    other_length: Floats

    def take(self, rows: Ints) -> Features:
        """Keep the pairs `rows`."""
        return Features(*(getattr(self, field.name)[rows] for field in fields(self)))


def join_features(batches: Sequence[Features]) -> Features:
    """Put batches of pairs one after the other."""
    return Features(*(np.concatenate([getattr(batch, field.name) for batch in batches]) for field in fields(Features)))


def build_corpus(
    articles: Sequence[ArticleText], words: Words, titles: Words, index: ShingleIndex, common: Floats
) -> Corpus:
    """Gather the columns that comparisons read."""
    return Corpus(
        words=words,
        titles=titles,
        index=index,
        common=common,
        number_places=np.flatnonzero(words.is_number[words.form]),
        name_places=_name_places(words),
        title_words=_distinct(titles),
        title_weight=_title_weight(titles),
        published_hours=np.array([a.published.timestamp() / 3600 if a.published else np.nan for a in articles]),
        address=_number([article.url for article in articles]),
        is_digest=np.array([is_digest(a.title) or is_digest(a.text[:160].split("\n")[0]) for a in articles], dtype=bool),
    )


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
    return np.log(1 + (len(titles.starts) - 1) / np.maximum(1, count))


def measure(corpus: Corpus, first: Ints, other: Ints) -> tuple[Features, Passages]:
    """Compare each pair of article numbers."""
    passages = match_passages(corpus.index, corpus.common, first, other)
    lengths = corpus.words.lengths().astype(float)
    length, other_length = lengths[first], lengths[other]
    pairs = len(first)

    def total(values: Ints | Floats) -> Floats:
        return np.bincount(passages.pair, weights=values, minlength=pairs)

    end = np.minimum(passages.end, length[passages.pair])
    other_end = np.minimum(passages.other_end, other_length[passages.pair])
    span, other_span = end - passages.start, other_end - passages.other_start
    shared = total(passages.shingle_count)
    own, other_own = corpus.index.own_count[first], corpus.index.own_count[other]
    longest = np.zeros(pairs)
    np.maximum.at(longest, passages.pair, span)
    hours = np.abs(corpus.published_hours[first] - corpus.published_hours[other])
    features = Features(
        containment=shared / np.maximum(1, np.minimum(own, other_own)),
        resemblance=shared / np.maximum(1, own + other_own - shared),
        covered=np.minimum(1, total(span) / np.maximum(1, length)),
        other_covered=np.minimum(1, total(other_span) / np.maximum(1, other_length)),
        head=_head_share(total, passages.start, end, length),
        other_head=_head_share(total, passages.other_start, other_end, other_length),
        head_containment=_opening_share(total, passages, end, other_end, length, other_length),
        commonness=total(passages.commonness) / np.maximum(1, total(passages.voting_count)),
        matched_words=np.minimum(total(span), total(other_span)),
        longest=longest,
        number_agreement=_agreement(corpus, corpus.number_places, passages, first, other),
        name_agreement=_agreement(corpus, corpus.name_places, passages, first, other),
        title_agreement=_title_agreement(corpus, first, other),
        hours_apart=hours,
        same_address=(corpus.address[first] == corpus.address[other]) & (corpus.address[first] >= 0),
        digest_count=corpus.is_digest[first].astype(np.int64) + corpus.is_digest[other],
        length=length,
        other_length=other_length,
    )
    return features, passages


def _head_share(total, start, end, length):  # type: ignore[no-untyped-def]
    inside = np.clip(np.minimum(end, HEAD_WORDS) - start, 0, None)
    return np.minimum(1, total(inside) / np.maximum(1, np.minimum(HEAD_WORDS, length)))


def _opening_share(total, passages, end, other_end, length, other_length):  # type: ignore[no-untyped-def]
    """Share of the shorter text's words in passages that begin in the longer one's first words, half more of them."""
    opening = 1.5 * np.minimum(length, other_length) + HEAD_WORDS / 2
    first_is_longer = (length >= other_length)[passages.pair]
    reach = opening[passages.pair]
    start_in_longer = np.where(first_is_longer, passages.start, passages.other_start)
    end_in_longer = np.where(first_is_longer, end, other_end)
    inside = np.clip(np.minimum(end_in_longer, reach) - start_in_longer, 0, None)
    return np.minimum(1, total(inside) / np.maximum(1, np.minimum(length, other_length)))


def _agreement(corpus: Corpus, places: Ints, passages: Passages, first: Ints, other: Ints) -> Floats:
    """Share of the distinct words at `places` inside the passages that both sides have."""
    starts = corpus.words.starts
    left = _forms_inside(corpus, places, starts[first[passages.pair]], passages.start, passages.end, passages.pair)
    right = _forms_inside(
        corpus, places, starts[other[passages.pair]], passages.other_start, passages.other_end, passages.pair
    )
    kinds = max(1, len(corpus.words.form_hash))
    both = np.intersect1d(left, right, assume_unique=True)
    count = np.bincount(both // kinds, minlength=len(first))
    either = np.bincount(left // kinds, minlength=len(first)) + np.bincount(right // kinds, minlength=len(first)) - count
    return np.where(either > 0, count / np.maximum(1, either), np.nan)


def _forms_inside(corpus: Corpus, places: Ints, base: Ints, start: Ints, end: Ints, pair: Ints) -> Ints:
    low, high = np.searchsorted(places, base + start), np.searchsorted(places, base + end)
    lengths = np.maximum(0, high - low)
    owner = np.repeat(np.arange(len(low)), lengths)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    found = corpus.words.form[places[np.repeat(low, lengths) + offset]]
    return np.unique(pair[owner] * max(1, len(corpus.words.form_hash)) + found)


def _title_agreement(corpus: Corpus, first: Ints, other: Ints) -> Floats:
    """Weighted Jaccard similarity of the words of the two titles; NaN where one has none."""
    starts, forms = corpus.title_words
    kinds = max(1, len(corpus.titles.form_hash))
    pair, entry = gather(starts, first)
    other_pair, other_entry = gather(starts, other)
    both = np.intersect1d(pair * kinds + forms[entry], other_pair * kinds + forms[other_entry], assume_unique=True)

    def weigh(owner: Ints, form: Ints) -> Floats:
        return np.bincount(owner, weights=corpus.title_weight[form], minlength=len(first))

    shared = weigh(both // kinds, both % kinds)
    left, right = weigh(pair, forms[entry]), weigh(other_pair, forms[other_entry])
    return np.where((left > 0) & (right > 0), shared / np.maximum(1e-9, left + right - shared), np.nan)
