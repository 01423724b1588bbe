"""The verdict on a pair: a sum of named figures with documented weights, turned into a score between 0 and 1."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tasks.dedupe.features import Features
from tasks.dedupe.lexicon import Flags, Floats

#: A pair with at least this score speaks for one cluster.
LEAST_SCORE = 0.5
#: A pair below that is listed all the same when this share of the smaller text is in the larger,
LEAST_CONTAINMENT = 0.5
#: in shingles of this mean weight (boilerplate of dozens of articles weighs less),
LEAST_RARITY = 0.6
#: and numbers and names agree to this degree.
LEAST_AGREEMENT = 0.8

#: Log-odds for each unit of a figure, fitted by logistic regression on both labelled development sets.
WEIGHTS: Mapping[str, float] = {
    "bias": -13.4,
    "containment": 0.8,
    "covered": 0.5,
    "head_of_both": 1.0,
    "opening": 6.2,
    "rarity": 13.5,
    "longest_passage": -1.6,
    "matched_words": 1.0,
    "number_disagreement": -0.9,
    "name_disagreement": -1.1,
    "title_agreement": 1.4,
    "same_title": 1.9,
    "unlike_titles": -3.1,
    "hours_apart": -1.2,
}


def score_pairs(features: Features) -> Floats:
    """Score each pair: the probability, on the development sets, that the two are copies of one text."""
    odds = sum(WEIGHTS[name] * figure for name, figure in figures(features).items())
    return np.asarray(1 / (1 + np.exp(-odds)))


def is_reported(features: Features, score: Floats) -> Flags:
    """Whether each pair shares enough text to be listed: all copies, and texts that hold half of another's rare text.

    The latter (a round-up with an excerpt, a page with the whole of another) are listed and not clustered. Texts from
    one template agree in neither numbers nor names, and are not listed.
    """
    shares = (features.containment >= LEAST_CONTAINMENT) & (features.weight >= LEAST_RARITY)
    agrees = np.nan_to_num(features.number_agreement, nan=1) * np.nan_to_num(features.name_agreement, nan=1)
    return (score >= LEAST_SCORE) | (shares & (agrees >= LEAST_AGREEMENT))


def figures(features: Features) -> dict[str, Floats]:
    """Derive the figures that the verdict weighs."""
    title = features.title_agreement
    return {
        "bias": np.ones_like(features.containment),
        "containment": features.containment,
        "covered": np.maximum(features.covered, features.other_covered),
        "head_of_both": np.minimum(features.head, features.other_head),
        "opening": features.head_containment,
        "rarity": features.weight,
        "longest_passage": np.log(np.maximum(1, features.longest)),
        "matched_words": np.log(np.maximum(1, features.matched_words)),
        "number_disagreement": 1 - np.nan_to_num(features.number_agreement, nan=1),
        "name_disagreement": 1 - np.nan_to_num(features.name_agreement, nan=1),
        "title_agreement": np.nan_to_num(title, nan=0.2),
        "same_title": (np.nan_to_num(title) > 0.95).astype(float),
        "unlike_titles": (np.nan_to_num(title, nan=1) < 0.05).astype(float),
        "hours_apart": np.nan_to_num(np.minimum(np.log1p(features.hours_apart), 7) - 4),
    }
