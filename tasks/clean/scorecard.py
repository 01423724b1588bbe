"""Scorecards: each feature's value falls into a bin, each bin has points, a line's score is their sum.

The points are log-odds that were fitted on labelled pages (benchmarks/fit_scorecards.py); the files are plain JSON so
that any single decision can be followed by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from tasks.clean.line_features import Column


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The bins and points of every feature, and the cost of changing between article and furniture."""

    edges: Mapping[str, Column]
    points: Mapping[str, Column]
    bias: float
    switch_cost: float


@lru_cache(maxsize=4)
def read_scorecard(name: str) -> Scorecard:
    """Read the scorecard `name`.json of this package."""
    stored = json.loads((files("tasks.clean") / "scorecards" / f"{name}.json").read_text(encoding="utf-8"))
    features = stored["features"]
    return Scorecard(
        edges={feature: np.array(card["edges"], dtype=float) for feature, card in features.items()},
        points={feature: np.array(card["points"], dtype=float) for feature, card in features.items()},
        bias=stored["bias"],
        switch_cost=stored["switch_cost"],
    )


def score_lines(card: Scorecard, columns: Mapping[str, Column]) -> Column:
    """Sum each line's points: above zero speaks for the article, below for furniture."""
    count = len(next(iter(columns.values())))
    scores = np.full(count, card.bias)
    for feature, edges in card.edges.items():
        scores += card.points[feature][np.searchsorted(edges, columns[feature], side="right")]
    return scores


def decide_lines(scores: Column, switch_cost: float) -> NDArrayBool:
    """Choose article or furniture for every line so that points less the cost of changes are highest (Viterbi)."""
    count = len(scores)
    keep_from_drop = np.zeros(count, dtype=bool)
    drop_from_keep = np.zeros(count, dtype=bool)
    keep, drop = 0.0, 0.0
    for place, score in enumerate(scores.tolist()):
        keep_from_drop[place] = drop - switch_cost > keep
        drop_from_keep[place] = keep - switch_cost > drop
        keep, drop = max(keep, drop - switch_cost) + score / 2, max(drop, keep - switch_cost) - score / 2
    decided = np.zeros(count, dtype=bool)
    state = keep > drop
    for place in range(count - 1, -1, -1):
        decided[place] = state
        if keep_from_drop[place] if state else drop_from_keep[place]:
            state = not state
    return decided


NDArrayBool = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
