"""Stories: articles on one happening, whether or not they share text.

Two articles tell of one happening when they name the same people, places and organisations, say it in related words
and appear close in time. Names carry most: they survive rewriting and translation. Digests tell of many happenings
and stand alone; articles of a series (a market report each day) have the same form and names and are kept apart.
Out of scope: telling two happenings with the same actors on the same days apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.clustering import cluster_pairs
from tasks.dedupe.corpus import Corpus
from tasks.dedupe.lexicon import Flags, Floats, Ints, sum_by
from tasks.dedupe.passages import gather

#: Articles that a term's rarity is measured against at least: with eight articles, counts alone say little.
PRIOR_ARTICLES = 500
#: Words of the text, after the title, whose plain words count; names count throughout.
LEAD_WORDS = 120
#: A plain word of more than this share of the articles (and of more than so many) says nothing.
COMMON_SHARE, COMMON_COUNT = 0.25, 6
#: So does one that makes up more than this share of all words: in a handful of articles only this tells "the" apart.
COMMON_RATE = 0.002
#: What an occurrence in the title counts for.
TITLE_COUNT = 2
#: Terms of an article by which it meets others, the weightiest.
MEETING_TERMS = 20
#: Articles up to which a term brings together all pairs; above, each with its neighbours in time.
FULL_GROUP = 24
NEIGHBOURS = 6
#: Weights of the cosines of names and of plain words, and shared names that make the first count about two thirds:
#: a single shared place name is no story.
NAME_WEIGHT, WORD_WEIGHT, NAMES_NEEDED = 0.5, 1.0, 4.0
#: An article with more than this share of its words in a template is a filled-in form, a happening of its own.
MOST_TEMPLATE = 0.5
#: Hours after which the similarity of two articles counts half.
HALF_LIFE_HOURS = 336.0
#: Similarity from which two articles are one story. This and the weights above were set on the sample corpus and
#: checked on the five real documents.
LEAST_SIMILARITY = 0.17
#: Share of the compared pairs between two groups that must be similar: a story's articles need not all be alike.
LEAST_SUPPORT = 0.4
#: Articles that each one meets at least, if so many share terms with it.
REACH = 12
#: Terms that two articles must have in common among their weightiest to be compared.
LEAST_MEETINGS = 2


@dataclass(frozen=True, slots=True)
class _Vectors:
    """Unit-length term vectors: article i has the entries [starts[i], starts[i + 1]), terms ascending."""

    starts: Ints
    term: Ints
    weight: Floats

    def owners(self) -> Ints:
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def group_stories(corpus: Corpus, articles: Ints, series: tuple[Ints, Ints]) -> list[list[int]]:
    """Group the article numbers `articles` (one for each cluster); each group holds places in `articles`.

    `series` are pairs of article numbers, smaller first, that are known to be of one form and not of one happening.
    """
    names, plain = _vectors(corpus, articles)
    hours = corpus.published_hours[articles]
    first, other = _meetings(names, plain, hours)
    name_cosine, shared_names = _cosine(names, first, other)
    word_cosine, _ = _cosine(plain, first, other)
    trust = 1 - np.exp(-shared_names / NAMES_NEEDED)
    similarity = NAME_WEIGHT * trust * name_cosine + WORD_WEIGHT * word_cosine
    similarity *= 0.5 ** (np.nan_to_num(np.abs(hours[first] - hours[other])) / HALF_LIFE_HOURS)
    alone = corpus.is_digest[articles] | (_template_share(corpus)[articles] > MOST_TEMPLATE)
    similarity[alone[first] | alone[other] | _is_listed(articles[first], articles[other], series)] = 0
    return cluster_pairs(len(articles), first, other, similarity, LEAST_SIMILARITY, LEAST_SUPPORT, REACH)


def _template_share(corpus: Corpus) -> Floats:
    article = np.repeat(np.arange(len(corpus.words.starts) - 1), corpus.words.lengths())
    count = sum_by(article, corpus.is_template.astype(np.float64), len(corpus.words.starts) - 1)
    return count / np.maximum(1, corpus.words.lengths())


def _is_listed(first: Ints, other: Ints, pairs: tuple[Ints, Ints]) -> Flags:
    low, high = np.minimum(first, other), np.maximum(first, other)
    total = int(max(high.max(initial=0), pairs[1].max(initial=0))) + 1
    return np.isin(low * total + high, pairs[0] * total + pairs[1])


def _vectors(corpus: Corpus, articles: Ints) -> tuple[_Vectors, _Vectors]:
    """Build the vectors of names and of plain words."""
    words = corpus.words
    is_name_place = np.zeros(len(words.form), bool)
    is_name_place[corpus.name_places] = True
    owner, place = gather(words.starts, articles)
    own = ~corpus.is_template[place]  # a template's names and words belong to no happening
    owner, place = owner[own], place[own]
    is_name = is_name_place[place]
    in_lead = place - words.starts[articles[owner]] < LEAD_WORDS
    title_owner, title_place = gather(corpus.titles.starts, articles)
    title_form = corpus.titles.form[title_place]
    known_names = np.zeros(len(words.form_hash), bool)
    known_names[words.form[corpus.name_places]] = True
    title_is_name = known_names[title_form]

    def build(chosen: Flags, chosen_title: Flags, most: float) -> _Vectors:
        owners = np.concatenate([owner[chosen], np.repeat(title_owner[chosen_title], TITLE_COUNT)])
        forms = np.concatenate([words.form[place[chosen]], np.repeat(title_form[chosen_title], TITLE_COUNT)])
        return _weigh(owners, forms, len(articles), most)

    rate = np.bincount(words.form, minlength=len(words.form_hash)) / max(1, len(words.form))
    is_plain = ~words.is_number & (rate <= COMMON_RATE)
    most_articles = max(COMMON_SHARE * len(articles), COMMON_COUNT)
    return (
        build(is_name, title_is_name, np.inf),
        build(~is_name & in_lead & is_plain[words.form[place]], ~title_is_name & is_plain[title_form], most_articles),
    )


def _weigh(owner: Ints, form: Ints, total: int, most_articles: float) -> _Vectors:
    kinds = int(form.max(initial=0)) + 1
    keys, count = np.unique(owner * kinds + form, return_counts=True)
    owner, form = keys // kinds, keys % kinds
    spread = np.bincount(form, minlength=kinds)[form]
    keep = spread <= most_articles
    owner, form, count, spread = owner[keep], form[keep], count[keep], spread[keep]
    weight = (1 + np.log(count)) * np.log((total + PRIOR_ARTICLES) / np.maximum(1, spread))
    norm = np.sqrt(np.bincount(owner, weights=weight**2, minlength=total))
    return _Vectors(np.searchsorted(owner, np.arange(total + 1)), form, weight / np.maximum(1e-9, norm[owner]))


def _meetings(names: _Vectors, plain: _Vectors, hours: Floats) -> tuple[Ints, Ints]:
    """Pair articles that have one of their weightiest terms in common; neighbours in time where a term has many."""
    total = max(1, len(names.starts) - 1)
    time = np.nan_to_num(hours, nan=np.inf)
    keys: list[Ints] = [np.zeros(0, np.int64)]
    for vectors in (names, plain):
        owner = vectors.owners()
        order = np.lexsort((vectors.term, -vectors.weight, owner))
        chosen = order[np.arange(len(order)) - vectors.starts[owner[order]] < MEETING_TERMS]
        size = np.bincount(vectors.term[chosen], minlength=1)
        by_term = chosen[np.lexsort((owner[chosen], time[owner[chosen]], vectors.term[chosen]))]
        for distance in range(1, min(FULL_GROUP, len(by_term))):
            near, far = by_term[:-distance], by_term[distance:]
            meet = vectors.term[near] == vectors.term[far]
            if distance > NEIGHBOURS:
                meet &= size[vectors.term[near]] <= FULL_GROUP
            one, two = owner[near[meet]], owner[far[meet]]
            keys.append(np.minimum(one, two) * total + np.maximum(one, two))
    found, count = np.unique(np.concatenate(keys), return_counts=True)
    found = found[count >= LEAST_MEETINGS]
    return found // total, found % total


def _cosine(vectors: _Vectors, first: Ints, other: Ints) -> tuple[Floats, Ints]:
    """Cosine of each pair, and how many terms it shares."""
    kinds = int(vectors.term.max(initial=0)) + 1
    pair, entry = gather(vectors.starts, first)
    other_pair, other_entry = gather(vectors.starts, other)
    key, other_key = pair * kinds + vectors.term[entry], other_pair * kinds + vectors.term[other_entry]
    if not len(other_key):
        return np.zeros(len(first)), np.zeros(len(first), np.int64)
    at = np.minimum(np.searchsorted(other_key, key), len(other_key) - 1)
    hit = other_key[at] == key
    products = vectors.weight[entry[hit]] * vectors.weight[other_entry[at[hit]]]
    return sum_by(pair[hit], products, len(first)), np.bincount(pair[hit], minlength=len(first)).astype(np.int64)
