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
#: Lines scored at once, so that a document of 100,000 lines needs no more memory than a page.
CHUNK = 2_000
#: Where the models are; `benchmarks/extract.py` reads others, fitted without the pages that it measures.
MODELS: Traversable = files("tasks.clean") / "models"


@dataclass(frozen=True, slots=True)
class LineModel:
    """Trees as one table of nodes, the two children of a node side by side.

    A leaf is its own child below a threshold that no value reaches, so every walk has the same number of steps.
    """

    features: tuple[str, ...]
    roots: Numbers
    feature: Numbers  # of each node
    threshold: Column  # infinite for leaves
    below: Numbers  # the node to go to when the value is below the threshold; else the one after it
    points: Column  # of each leaf, 0 elsewhere
    depth: int
    switch_cost: float  # points lost by every change between article and furniture
    second_look: LineModel | None = None  # reads this model's scores of the lines around, and decides instead


@lru_cache(maxsize=4)
def read_model(name: str) -> LineModel:
    """Read the model `name`.json of the folder of models."""
    return build_model(json.loads((MODELS / f"{name}.json").read_text(encoding="utf-8")))


def build_model(stored: Mapping[str, Any]) -> LineModel:
    """Lay out a stored model's nodes so that the children of each stand side by side."""
    nodes, order = stored["nodes"], list(stored["roots"])
    below: list[int] = []
    for place, node in enumerate(order):  # grows while it is read
        if nodes["below"][node] == node:
            below.append(place)
            continue
        below.append(len(order))
        order += [nodes["below"][node], nodes["otherwise"][node]]
    is_leaf = np.array(below) == np.arange(len(order))
    return LineModel(
        features=tuple(stored["features"]),
        roots=np.arange(len(stored["roots"])),
        feature=np.array(nodes["feature"])[order],
        threshold=np.where(is_leaf, np.inf, np.array(nodes["threshold"], dtype=float)[order]),
        below=np.array(below),
        points=np.array(nodes["points"], dtype=float)[order],
        depth=stored["depth"],
        switch_cost=stored["switch_cost"],
        second_look=build_model(stored["second_look"]) if "second_look" in stored else None,
    )


def score_lines(model: LineModel, columns: Mapping[str, Column]) -> Column:
    """Sum each line's points: above zero speaks for the article, below for furniture."""
    table = np.stack([columns[name] for name in model.features])
    count = table.shape[1]
    return np.concatenate([score_chunk(model, table[:, start : start + CHUNK]) for start in range(0, count, CHUNK)])


def score_chunk(model: LineModel, table: Column) -> Column:
    """Walk all trees for a few lines at once."""
    count = table.shape[1]
    values = np.ascontiguousarray(table).ravel()
    offset = model.feature * count
    lines = np.arange(count)[:, None]
    node = np.broadcast_to(model.roots, (count, len(model.roots)))
    for _ in range(model.depth):
        value = values.take(offset.take(node) + lines)
        node = model.below.take(node) + (value >= model.threshold.take(node))
    scores: Column = model.points.take(node).sum(axis=1)
    return scores
