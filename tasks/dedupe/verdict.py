"""The verdict on a pair: named figures times documented weights, summed and turned into a score between 0 and 1.

Two articles are copies when most of the shorter one stands in the opening of the longer one, in words that other
articles do not share, with the same names and numbers. They are not when what they share is a template (common words,
other names and numbers), a passage in the middle (a follow-up that quotes), or one item of a digest.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tasks.dedupe.features import Features
from tasks.dedupe.lexicon import Flags, Floats

#: A pair with at least this score speaks for one cluster.
LEAST_SCORE = 0.5
#: A pair below that is listed all the same when this share of the smaller text is in the larger,
LEAST_CONTAINMENT = 0.5
#: in words that are no commoner than this among unlike articles (1: ten of them have the words),
MOST_COMMON = 1.0
#: and numbers and names agree to this degree.
LEAST_AGREEMENT = 0.8

#: Log-odds for each unit of a figure. Three parts of what `benchmarks/fit_copy_weights.py` gives: logistic regression
#: (L2 penalty 3, signs held to what a figure means) on both labelled development sets, whole and in 48 samples of 30
#: or 112 of their clusters with filled templates and quoting follow-ups added and some titles and times left out. One
#: part of an earlier fit, on other templates, which told follow-ups without a title better. `same_address`,
#: `same_words` and `filled_form` are set by hand: the sets state no URLs, their texts are long, and no publisher in
#: them fills one form twice in a minute, under one title.
WEIGHTS: Mapping[str, float] = {
    "bias": -5.4,
    "containment": 0.1,
    "resemblance": 0.1,
    "covered": 0.1,
    "little_covered": -1.8,
    "head_of_one": 2.0,
    "heads_apart": -2.1,
    "little_covered_and_heads_apart": -1.9,
    "opening": 2.1,
    "commonness": -4.6,
    "common_and_unshared": -1.8,
    "common_and_other_numbers": -5.6,
    "common_and_other_names": -3.7,
    "other_numbers_and_names": -5.9,
    "reworded_disagreement": -3.8,
    "filled_form": -190.0,
    "matched_words": 1.3,
    "title_agreement": 2.7,
    "same_title": 1.3,
    "unlike_titles": -2.4,
    "hours_apart": -0.8,
    "one_digest": -7.5,
    "two_digests": -4.7,
    "two_digests_that_part": -2.6,
    "same_address": 2.0,
    "same_words": 25.0,
}


def score_pairs(features: Features) -> Floats:
    """Score each pair: the probability, on the development sets, that the two are copies of one text."""
    odds = sum(WEIGHTS[name] * figure for name, figure in figures(features).items())
    return np.asarray(1 / (1 + np.exp(-odds)))


def is_reported(features: Features, score: Floats) -> Flags:
    """Whether each pair shares enough text to be listed: all copies, and texts that hold half of another's rare text.

    The latter (a digest with an excerpt, a page with the whole of another) are listed and not clustered. Texts from
    one template agree in neither numbers nor names, and are not listed.
    """
    shares = (features.containment >= LEAST_CONTAINMENT) & (features.commonness <= MOST_COMMON)
    agrees = np.nan_to_num(features.number_agreement, nan=1) * np.nan_to_num(features.name_agreement, nan=1)
    return (score >= LEAST_SCORE) | (shares & (agrees >= LEAST_AGREEMENT))


def is_series(features: Features, score: Floats) -> Flags:
    """Whether each pair has one form filled anew: much aligned, little of it word for word, and other numbers.

    So are the weather notices and market reports of two days; a follow-up that quotes is word for word where it is
    aligned. Measured on the sample corpus: 0.5 to 0.6 of the aligned words in shared shingles against 0.9.
    """
    aligned = np.maximum(features.covered, features.other_covered)
    other_numbers = np.nan_to_num(features.number_agreement, nan=1) < 0.75
    return (score < LEAST_SCORE) & (aligned >= 0.25) & (features.containment < 0.75 * aligned) & other_numbers


def figures(features: Features) -> dict[str, Floats]:
    """Derive the figures that the verdict weighs, under the names of their weights."""
    other_numbers = 1 - np.nan_to_num(features.number_agreement, nan=1)
    other_names = 1 - np.nan_to_num(features.name_agreement, nan=1)
    common = np.minimum(features.commonness, 3)
    unshared = 1 - features.containment
    covered = np.maximum(features.covered, features.other_covered)
    title = features.title_agreement
    two_digests = (features.digest_count == 2).astype(float)
    little = np.maximum(0, 0.5 - covered)
    head_of_both = np.minimum(features.head, features.other_head)
    return {
        "bias": np.ones_like(covered),
        "containment": features.containment,
        "resemblance": features.resemblance,
        "covered": covered,
        "little_covered": little,
        "head_of_one": np.maximum(features.head, features.other_head),
        # a follow-up quotes below its own head; a copy begins like its original
        "heads_apart": np.maximum(0, 0.5 - head_of_both),
        "little_covered_and_heads_apart": little * (1 - head_of_both),
        "opening": features.head_containment,
        "commonness": common,
        "common_and_unshared": common * unshared,
        "common_and_other_numbers": common * other_numbers,
        "common_and_other_names": common * other_names,
        # a template filled anew changes both; noise and restyling seldom do
        "other_numbers_and_names": other_numbers * other_names,
        "reworded_disagreement": unshared * covered * (other_numbers + other_names),
        # most names and most numbers are others: a filled form, however alike the titles and times; noise seldom
        # changes more than half of both
        "filled_form": unshared * np.maximum(0, other_numbers - 0.5) * np.maximum(0, other_names - 0.5),
        "matched_words": np.minimum(np.log1p(features.matched_words), 6),
        "title_agreement": np.nan_to_num(title, nan=0.2),  # as little as two articles of one subject
        "same_title": (np.nan_to_num(title) > 0.95).astype(float),
        "unlike_titles": (np.nan_to_num(title, nan=1) < 0.05).astype(float),
        # 0 is two days, or not known; the log is cut at six weeks
        "hours_apart": np.nan_to_num(np.minimum(np.log1p(features.hours_apart), 7) - 4),
        "one_digest": (features.digest_count == 1).astype(float),
        "two_digests": two_digests,
        "two_digests_that_part": two_digests * (1 - features.head_containment),
        "same_address": features.same_address.astype(float),
        # however short, and however common its template: filled alike it is one text
        "same_words": ((features.resemblance > 0.999) & (features.length == features.other_length)).astype(float),
    }
