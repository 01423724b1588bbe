"""Fit the weights of the verdict on pairs (`tasks/dedupe/verdict.py`) on labelled sets and filled templates.

    python benchmarks/fit_copy_weights.py ../shared/bench/dedupe/dev.jsonl.gz ../shared/bench/dedupe/hard_dev.jsonl.gz

Logistic regression with an L2 penalty, each weight held to the sign that its figure means. Fitted on the sets whole
and on samples of their clusters, with templates filled anew and follow-ups that quote, and titles and times left out
of some. Prints the weights; with `--held-out FILE`, the accuracy on a set that was not fitted.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import dedupe as bench
from copy_corpus import TEMPLATES, edit, fill_template

from tasks.dedupe import dedupe_articles, verdict
from tasks.dedupe.features import measure
from tasks.dedupe.lexicon import Floats
from tasks.dedupe.pipeline import BATCH_PAIRS, batch_of, search_copies
from tasks.dedupe.sketches import sketch_articles
from tasks.records import ArticleText

PENALTY = 3.0
SAMPLES = 24
#: Figures that speak for a copy; the others speak against it.
SPEAKS_FOR = (
    "containment", "resemblance", "covered", "head_of_one", "opening", "matched_words", "title_agreement", "same_title",
    "same_address", "same_words",
)  # fmt: skip
#: Weights that no labelled set speaks of: set by hand.
BY_HAND = ("same_address", "same_words", "filled_form")


def pair_figures(articles: Sequence[ArticleText], clusters: Sequence[str]) -> tuple[Floats, Floats]:
    """Return the figures of all candidate pairs, a row each, and whether each is a pair of copies."""
    order = sorted(range(len(articles)), key=lambda number: articles[number].article_id)
    ordered = [articles[number] for number in order]
    cluster = np.unique([clusters[number] for number in order], return_inverse=True)[1]
    sketches = sketch_articles([a.text for a in ordered], [a.title for a in ordered])
    candidates, value, common = search_copies(ordered, sketches)
    rows = []
    for start in range(0, len(candidates), BATCH_PAIRS):
        pairs = candidates.take(np.arange(start, min(start + BATCH_PAIRS, len(candidates))))
        _, _, batch, local = batch_of(ordered, sketches, pairs, value, common)
        figures = verdict.figures(measure(batch, local.first, local.other)[0])
        rows.append(np.stack([figures[name] for name in verdict.WEIGHTS], axis=1))
    same = cluster[candidates.first] == cluster[candidates.other]
    return np.concatenate(rows) if rows else np.zeros((0, len(verdict.WEIGHTS))), same.astype(float)


def sample(rows: Sequence[dict], chance: random.Random, cluster_count: int) -> tuple[list[ArticleText], list[str]]:
    """Draw some clusters, add filled templates and copies of those, and leave out some titles and times."""
    chosen = set(chance.sample(sorted({row["cluster_id"] for row in rows}), cluster_count))
    articles = [bench.as_article(row) for row in rows if row["cluster_id"] in chosen]
    clusters = [row["cluster_id"] for row in rows if row["cluster_id"] in chosen]
    for template in chance.sample(range(len(TEMPLATES)), 2):
        for number in range(chance.choice([2, 2, 3, 5, 12, 40])):
            text = fill_template(chance, template)
            published = chance.choice([None, articles[0].published])
            title = chance.choice([None, text.partition(".")[0][:60]])
            for copy in range(1 + (chance.random() < 0.2)):
                name = f"t-{template}-{number}-{copy}"
                body = edit(chance, text) if copy else text
                article = ArticleText(name, name, "lead", title, f"P{copy}", None, None, None, published, body)
                articles.append(article)
                clusters.append(f"t-{template}-{number}")
    for number in range(len(chosen) // 6):
        one, two = chance.sample(range(len(articles)), 2)
        if clusters[one] != clusters[two]:
            quoting = replace(
                articles[one], article_id=f"f-{number}", text=quote(articles[one].text, articles[two].text)
            )
            articles.append(quoting)
            clusters.append(clusters[one])
    blank = {"published": None} if chance.random() < 0.4 else {}
    blank |= {"title": None} if chance.random() < 0.3 else {}
    return [replace(article, **blank) for article in articles], clusters


def quote(text: str, other: str) -> str:
    """Put two paragraphs of another text into a text, below its opening, as a follow-up does."""
    own, others = text.split("\n\n"), other.split("\n\n")
    middle = max(1, len(own) // 2)
    return "\n\n".join([*own[:middle], *others[1:3], *own[middle:]])


def fit(figures: Floats, same: Floats, weight: Floats) -> dict[str, float]:
    """Fit by projected gradient descent with momentum."""
    names = list(verdict.WEIGHTS)
    start = np.array([verdict.WEIGHTS[name] for name in names])
    sign = np.array([1 if name in SPEAKS_FOR else -1 for name in names])
    fixed = np.array([name in BY_HAND for name in names])
    scale = np.maximum(1e-6, np.sqrt((figures**2).mean(axis=0)))
    inputs, beta = figures / scale, start * scale
    velocity = np.zeros_like(beta)
    penalty = np.where(np.array(names) == "bias", 0, PENALTY) / scale**2
    for _ in range(4000):
        odds = np.clip(inputs @ beta, -40, 40)
        slope = (inputs.T @ (weight * (1 / (1 + np.exp(-odds)) - same)) + penalty * beta) / weight.sum()
        velocity = 0.9 * velocity - 0.4 * np.where(fixed, 0, slope)
        beta = np.where((beta + velocity) * sign < 0, 0, beta + velocity)
    return {name: round(float(value), 1) + 0.0 for name, value in zip(names, beta / scale, strict=True)}


def main() -> None:
    """Read the command line, fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="FILE", help="labelled articles, .jsonl or .jsonl.gz")
    parser.add_argument("--held-out", type=Path, action="append", default=[], help="a set to score, not to fit")
    arguments = parser.parse_args()
    chance = random.Random(1)
    parts = []
    for path in arguments.sets:
        rows = bench.read_rows(path)
        parts.append(pair_figures([bench.as_article(row) for row in rows], [row["cluster_id"] for row in rows]))
        for number in range(SAMPLES):
            parts.append(pair_figures(*sample(rows, chance, 30 if number % 2 else 112)))
    figures, same = (np.concatenate(column) for column in zip(*parts, strict=True))
    weights = fit(figures, same, np.ones(len(same)))
    for name, value in weights.items():
        print(f'    "{name}": {value},')
    verdict.WEIGHTS = weights
    for path in arguments.held_out:
        rows = bench.read_rows(path)
        for label, articles in (
            ("as stated", [bench.as_article(row) for row in rows]),
            ("without times", [replace(bench.as_article(row), published=None) for row in rows]),
        ):
            places = dedupe_articles(articles).assignments
            found = [places[row["id"]].cluster_id for row in rows]
            print(path.name, label, bench.cluster_figures([row["cluster_id"] for row in rows], found))


if __name__ == "__main__":
    main()
