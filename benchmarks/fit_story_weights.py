"""Fit the weights by which stories weigh what two articles share (`tasks/dedupe/stories.py`) on a labelled set.

    python -m benchmarks.fit_story_weights dev.jsonl.gz --held-out hard_dev.jsonl.gz

Logistic regression. Pairs of one happening are made: a third of the articles are cut in two by turns of sentences.
Pairs of two happenings are articles from collections that are decades apart. How far apart in time two are does not
count. Prints the weights, and for each set how many pairs of each kind reach the odds from which a pair can join two
stories.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.dedupe import as_article, read_rows
from benchmarks.stories import CUT_SHARE, article_kind, cut_in_two, draw, one_of_each_cluster
from tasks.dedupe.columns import publication_hours
from tasks.dedupe.lexicon import Flags, Floats
from tasks.dedupe.sketches import article_key, sketch_articles
from tasks.dedupe.stories import LEAST_ODDS, describe_tellings
from tasks.dedupe.story_cells import count_cells
from tasks.dedupe.story_meetings import LEAST_MEETINGS, find_meetings
from tasks.dedupe.story_pairs import compare_terms

ROUNDS, PENALTY = 60, 1e-3


def measure_pairs(path: Path) -> tuple[Floats, Flags]:
    """Return the figures of all pairs that meet and whose kind is known, and whether each is of one happening."""
    articles, kinds, clusters = [], [], []
    for row in one_of_each_cluster(read_rows(path)):
        if not article_kind(row).startswith("src:"):
            continue
        is_cut = draw(row["cluster_id"]) < CUT_SHARE
        for article in cut_in_two(as_article(row)) if is_cut else [as_article(row)]:
            articles.append(article)
            kinds.append(article_kind(row))
            clusters.append(row["cluster_id"])
    keys = np.array([article_key(article.article_id) for article in articles], np.int64)
    order = np.argsort(keys)
    kind, cluster = (np.unique(names, return_inverse=True)[1][order] for names in (kinds, clusters))
    sketches = sketch_articles([a.text for a in articles], [a.title for a in articles]).take(order)
    told = describe_tellings(keys[order], publication_hours(articles)[order], sketches)
    first, other = find_meetings(told)
    agreement = compare_terms(told, count_cells(told.terms, told.period, told.key), first, other)
    is_same = cluster[first] == cluster[other]
    known = (is_same | (kind[first] != kind[other])) & (agreement.meetings >= LEAST_MEETINGS)
    return np.stack([agreement.cosine, np.log1p(agreement.lead)], axis=1)[known], is_same[known]


def fit(figures: Floats, is_same: Flags) -> Floats:
    """Return the weights, the bias last: Newton's method on the logarithmic loss with a small penalty."""
    mean, spread = figures.mean(axis=0), figures.std(axis=0)
    columns = np.column_stack([(figures - mean) / spread, np.ones(len(figures))])
    weights, target = np.zeros(columns.shape[1]), is_same.astype(np.float64)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (chance - target) + PENALTY * weights
        bend = (columns * (chance * (1 - chance))[:, None]).T @ columns + PENALTY * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    scaled = weights[:-1] / spread
    return np.append(scaled, weights[-1] - scaled @ mean)


def judge(name: str, figures: Floats, is_same: Flags, weights: Floats) -> dict[str, Any]:
    """Say how many pairs of each kind can join two stories."""
    joins = figures @ weights[:-1] + weights[-1] >= LEAST_ODDS
    return {
        "set": name,
        "pairs_of_one": int(is_same.sum()),
        "joined": round(float(joins[is_same].mean()), 4),
        "pairs_of_two": int((~is_same).sum()),
        "falsely_joined": int(joins[~is_same].sum()),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and print the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fitted", type=Path, metavar="FILE", help="labelled articles, .jsonl or .jsonl.gz")
    parser.add_argument("--held-out", type=Path, metavar="FILE", help="a set that plays no part in the fit")
    given = parser.parse_args(arguments)
    figures, is_same = measure_pairs(given.fitted)
    weights = fit(figures, is_same)
    print(json.dumps(dict(zip(("cosine", "lead", "bias"), weights.round(2).tolist(), strict=True))))
    print(json.dumps(judge(given.fitted.name, figures, is_same, weights)))
    if given.held_out:
        print(json.dumps(judge(given.held_out.name, *measure_pairs(given.held_out), weights)))


if __name__ == "__main__":
    main()
