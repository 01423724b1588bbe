"""Boosted decision trees over named features: small, stored as JSON, evaluated over whole columns.

A tree asks "is this feature's value below this threshold?" and its leaves hold log-odds; a line's score is the sum over
all trees. The trees were fitted on labelled news pages, blog articles and articles of all kinds, mostly English, German
and Spanish (`benchmarks/fit_line_models.py`). Of pages whose publishers the trees had not seen, the lead article's word
4-gram F1 was .92 (English news), .94 (news and blogs), .89 (other languages) and .94 (articles of all kinds) for
flattened pages, and .97, .98, .96 and .96 for pages with their structure, in five folds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import Column

Numbers = NDArray[np.int64]
Leaves = NDArray[np.uint16]
#: A tree's leaves are the bits of a number of this many bits.
MOST_LEAVES = 16
ALL_LEAVES = (1 << MOST_LEAVES) - 1
#: Lines scored at once, so that a document of 100,000 lines needs no more memory than a page, and a page's stay near.
CHUNK = 512
#: Where the models are; `benchmarks/extract.py` reads others, fitted without the pages that it measures.
MODELS: Traversable = files("tasks.clean") / "models"
#: The place of the lowest bit of every number of 16 bits.
LOWEST_BIT = np.zeros(1 << MOST_LEAVES, dtype=np.uint8)
for _bit in range(MOST_LEAVES):
    LOWEST_BIT[1 << _bit :: 2 << _bit] = _bit


@dataclass(frozen=True, slots=True)
class LineModel:
    """Trees as conditions, each asked once for all lines, and the leaves that a condition rules out in each tree.

    A line that reaches a threshold leaves out what is below it; of the leaves that no condition has ruled out, the
    first is the one that a walk from the root ends in (QuickScorer: Lucchese et al., SIGIR 2015).
    """

    features: tuple[str, ...]
    conditions: Numbers  # of each feature, how many thresholds it is compared with
    thresholds: Column  # of all features, one after the other
    asked: Numbers  # the condition of each node: a row for each first, second, ... node of all trees
    possible: Leaves  # the leaves that are left where a line reaches the node's threshold
    points: Column  # of each tree's leaves, in a row
    switch_cost: float  # points lost by every change between article and furniture
    second_look: LineModel | None = None  # reads this model's scores of the lines around, and decides instead


@lru_cache(maxsize=4)
def read_model(name: str) -> LineModel:
    """Read the model `name`.json of the folder of models."""
    return build_model(json.loads((MODELS / f"{name}.json").read_text(encoding="utf-8")))


def build_model(stored: Mapping[str, Any]) -> LineModel:
    """Turn a stored model's walks from node to node into conditions and the leaves that each rules out."""
    trees = [read_tree(stored["nodes"], root) for root in stored["roots"]]
    asked = sorted({condition for nodes, _ in trees for condition, _ in nodes})
    place = {condition: number for number, condition in enumerate(asked)}
    width = max(len(nodes) for nodes, _ in trees)
    nothing = (asked[0], ALL_LEAVES)  # rules out no leaf
    filled = [nodes + [nothing] * (width - len(nodes)) for nodes, _ in trees]
    return LineModel(
        features=tuple(stored["features"]),
        conditions=np.bincount([feature for feature, _ in asked], minlength=len(stored["features"])),
        thresholds=np.array([threshold for _, threshold in asked])[:, None],
        asked=np.array([[place[nodes[slot][0]] for nodes in filled] for slot in range(width)]),
        possible=np.array([[[nodes[slot][1]] for nodes in filled] for slot in range(width)], dtype=np.uint16),
        points=np.array([leaves + [0.0] * (MOST_LEAVES - len(leaves)) for _, leaves in trees]).ravel(),
        switch_cost=stored["switch_cost"],
        second_look=build_model(stored["second_look"]) if "second_look" in stored else None,
    )


def read_tree(stored: Mapping[str, Any], root: int) -> tuple[list[tuple[tuple[int, float], int]], list[float]]:
    """List a tree's conditions, each with the leaves that are left to lines which reach its threshold; and its leaves.

    Leaves are numbered from those below all thresholds on. A tree of too many leaves is refused: ValueError.
    """
    nodes: list[tuple[tuple[int, float], int]] = []
    leaves: list[float] = []

    def read(node: int) -> None:
        if stored["below"][node] == node:
            leaves.append(float(stored["points"][node]))
            return
        before = len(leaves)
        read(stored["below"][node])
        ruled_out = (1 << len(leaves)) - (1 << before)
        nodes.append(((stored["feature"][node], float(stored["threshold"][node])), ~ruled_out & ALL_LEAVES))
        read(stored["otherwise"][node])

    read(root)
    if len(leaves) > MOST_LEAVES:
        raise ValueError(f"a tree of a line model has {len(leaves)} leaves; at most {MOST_LEAVES} can be read")
    return nodes, leaves


def score_lines(model: LineModel, columns: Mapping[str, Column]) -> Column:
    """Sum each line's points: above zero speaks for the article, below for furniture."""
    table = np.concatenate([columns[name] for name in model.features]).reshape(len(model.features), -1)
    count = table.shape[1]
    return np.concatenate([score_chunk(model, table[:, start : start + CHUNK]) for start in range(0, count, CHUNK)])


def score_chunk(model: LineModel, table: Column) -> Column:
    """Find the leaf of every tree for a few lines at once."""
    is_below = np.repeat(table, model.conditions, axis=0) < model.thresholds
    all_or_none = np.negative(is_below, dtype=np.int16).view(np.uint16)  # every leaf, or none
    left = np.full((model.asked.shape[1], table.shape[1]), ALL_LEAVES, dtype=np.uint16)
    for asked, possible in zip(model.asked, model.possible, strict=True):
        row = all_or_none.take(asked, axis=0)
        row |= possible
        left &= row
    leaf = LOWEST_BIT.take(left.T) + np.arange(0, len(model.points), MOST_LEAVES)
    scores: Column = model.points.take(leaf).sum(axis=1)
    return scores
