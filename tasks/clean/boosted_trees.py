"""Boosted decision trees over named features: small, stored as JSON, evaluated over whole columns.

A tree asks "is this feature's value below this threshold?" and its leaves hold log-odds; a line's score is the sum over
all trees. The trees were fitted on labelled pages (`benchmarks/fit_line_models.py`); folds were parted by publisher.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import Column

Numbers = NDArray[np.int32]
#: Lines scored at once, so that a document of 100,000 lines needs no more memory than a page.
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class LineModel:
    """Trees as one table of nodes. A leaf points to itself, so every walk has the same number of steps."""

    features: tuple[str, ...]
    roots: Numbers
    feature: Numbers  # of each node
    threshold: Column
    below: Numbers  # the node to go to when the value is below the threshold
    otherwise: Numbers
    points: Column  # of each leaf, 0 elsewhere
    depth: int
    switch_cost: float  # points lost by every change between article and furniture


@lru_cache(maxsize=4)
def read_model(name: str) -> LineModel:
    """Read the model `name`.json of this package."""
    stored = json.loads((files("tasks.clean") / "models" / f"{name}.json").read_text(encoding="utf-8"))
    nodes = stored["nodes"]
    return LineModel(
        features=tuple(stored["features"]),
        roots=np.array(stored["roots"], dtype=np.int32),
        feature=np.array(nodes["feature"], dtype=np.int32),
        threshold=np.array(nodes["threshold"], dtype=float),
        below=np.array(nodes["below"], dtype=np.int32),
        otherwise=np.array(nodes["otherwise"], dtype=np.int32),
        points=np.array(nodes["points"], dtype=float),
        depth=stored["depth"],
        switch_cost=stored["switch_cost"],
    )


def score_lines(model: LineModel, columns: Mapping[str, Column]) -> Column:
    """Sum each line's points: above zero speaks for the article, below for furniture."""
    table = np.stack([columns[name] for name in model.features])
    count = table.shape[1]
    return np.concatenate([score_chunk(model, table[:, start : start + CHUNK]) for start in range(0, count, CHUNK)])


def score_chunk(model: LineModel, table: Column) -> Column:
    """Walk all trees for a few lines at once."""
    lines = np.arange(table.shape[1])[:, None]
    node = np.broadcast_to(model.roots, (table.shape[1], len(model.roots)))
    for _ in range(model.depth):
        is_below = table[model.feature[node], lines] < model.threshold[node]
        node = np.where(is_below, model.below[node], model.otherwise[node])
    scores: Column = model.points[node].sum(axis=1)
    return scores
