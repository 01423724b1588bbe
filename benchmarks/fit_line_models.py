"""Fit the line models of tasks/clean on labelled pages, and write them as JSON.

    python benchmarks/fit_line_models.py FOLDER --shape flattened --out tasks/clean/models
    python benchmarks/fit_line_models.py FOLDER --shape page --out tasks/clean/models
    python benchmarks/fit_line_models.py FOLDER --shape page --cross-validate 5 --seeds 2

FOLDER holds sets of labelled pages, gzipped JSON Lines with `id`, `html`, `gold_text` and, where known, `gold_title`
and `url`. Needs lightgbm (`pip install lightgbm`), which nothing else here does. A line is labelled as text of the
article when most of its words lie in word 4-grams of the gold text; pages weigh the same, lines by their words.
`--without K` leaves out fold K of two, parted by publisher. `--cross-validate K` writes no model: it fits K of them,
each without one fold of publishers, cleans every page by the model that has not seen its publisher, and prints for each
set the word 4-gram F1 of the lead articles, with the standard deviation over the folds; `--seeds` repeats that with
other folds.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from bs4 import BeautifulSoup

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from extraction.accuracy import harmonic_mean, runs_of_words
from extraction.extractors import use_models

from tasks.clean import clean_document
from tasks.clean.boosted_trees import build_model, score_lines
from tasks.clean.decisions import describe_pieces
from tasks.clean.line_features import Column, Line, read_line
from tasks.clean.pieces import is_structured, split_pieces
from tasks.clean.score_features import describe_scores
from tasks.clean.titles import title_keys
from tasks.parse import parse_document
from tasks.records import CleanedDocument, ParsedDocument, RawDocument
from warehouse.vocabulary import TEXT_KINDS

WORD = re.compile(r"\w+")
NOT_TEXT = ("script", "style", "noscript", "template")
SETS = ("fundus_en", "zyte", "fundus_other", "wcxb_article")
#: Found on two folds parted by publisher; twice the trees gained less than half a point and cost twice the time.
PARAMETERS = {
    "objective": "binary", "num_leaves": 16, "learning_rate": 0.12, "min_data_in_leaf": 40, "feature_fraction": 0.4,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "max_depth": 6, "deterministic": True, "seed": 1,
    "num_threads": 1, "verbose": -1,
}  # fmt: skip
TREES = 150
#: Flattened pages are looked at twice: the second model reads the scores that a first one gave to the lines around. It
#: learns from scores of pages that the first has not seen, so that it trusts them as little as it should.
FIRST_LOOK_TREES = 100
INNER_FOLDS = 5
SWITCH_COST = {"flattened": 1.0, "page": 0.5}
#: Every fourth page also comes as its bare gold text, so that a text without furniture loses nothing.
CLEAN_EVERY, CLEAN_WEIGHT = 4, 0.3
MOST_VALUES, QUANTILES = 160, 17


@dataclass(frozen=True)
class Example:
    """The features of one page's lines, which of them are article, and what each weighs."""

    columns: Mapping[str, Column]
    labels: Column
    weights: Column
    lines: list[Line]
    site: str


def read_pages(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the labelled pages, each with the name of its set."""
    for name in SETS:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield {"set": name, **json.loads(line)}


def site_of(page: Mapping[str, Any]) -> str:
    """Return the publisher's host, or the page's id where no address is known."""
    return str(urlsplit(page.get("url") or "").netloc.removeprefix("www.") or page["id"])


def site_number(site: str) -> int:
    """Give each publisher a large number, by which folds are chosen."""
    return int(hashlib.md5(site.encode()).hexdigest(), 16)


def fold_of(page: Mapping[str, Any], folds: int, seed: int = 0) -> int:
    """Return the fold of a page, which its publisher's other pages share."""
    return site_number(f"{seed or ''}{site_of(page)}") % folds


def flatten(markup: str) -> str:
    """Return a page's text with everything in it, one piece a line."""
    soup = BeautifulSoup(markup, "lxml")
    for element in soup(NOT_TEXT):
        element.decompose()
    return soup.get_text("\n", strip=True)


def documents_of(page: dict[str, Any], number: int, shape: str) -> Iterator[tuple[ParsedDocument, float]]:
    """Yield the page in the shape asked for, and now and then its bare gold text."""
    stated = {"url": page["url"]} if page.get("url") else {}
    forms = [("text/html", page["html"], 1.0)] if shape == "page" else [("text/plain", flatten(page["html"]), 1.0)]
    if shape == "flattened" and number % CLEAN_EVERY == 0:
        bare = "\n".join(filter(None, (page.get("gold_title"), page["gold_text"])))
        forms.append(("text/plain", bare, CLEAN_WEIGHT))
    for media_type, content, weight in forms:
        parsed = parse_document(RawDocument("", "", None, media_type, content.encode("utf-8", "replace"), stated))
        if isinstance(parsed, ParsedDocument):
            yield parsed, weight


def make_example(parsed: ParsedDocument, page: dict[str, Any], weight: float) -> Example:
    """Describe a document's pieces as cleaning does, and label them."""
    pieces = [piece for piece in split_pieces(parsed) if not piece.is_blank]
    lines = [read_line(piece.text) for piece in pieces]
    structured = is_structured(parsed)
    keys = title_keys(() if structured else lines, parsed.metadata.title.value if parsed.metadata.title else None)
    if structured:
        keys |= title_keys((), *(piece.text for piece in pieces if piece.signals.tag == "h1"))
    share, words = covered_share([piece.text for piece in pieces], page["gold_text"])
    weights = np.sqrt(words + 1) + 0.08 * words
    scaled = weights / weights.sum() * weight * 100
    columns = describe_pieces(pieces, lines, keys, structured)
    return Example(columns, (share > 0.5).astype(float), scaled, lines, site_of(page))


def covered_share(lines: list[str], gold: str) -> tuple[Column, Column]:
    """Return for each line the share of its words that lie in the gold text's 4-grams, and its count of words."""
    wanted = WORD.findall(gold.lower())
    grams = {tuple(wanted[place : place + 4]) for place in range(max(1, len(wanted) - 3))}
    words = [(word, number) for number, line in enumerate(lines) for word in WORD.findall(line.lower())]
    covered = np.zeros(len(words))
    for place in range(len(words) - 3):
        if tuple(word for word, _ in words[place : place + 4]) in grams:
            covered[place : place + 4] = 1
    owner = np.array([number for _, number in words], dtype=int)
    counts = np.bincount(owner, minlength=len(lines)).astype(float)
    hits = np.bincount(owner, weights=covered, minlength=len(lines))
    return hits / np.maximum(counts, 1), counts


def bin_edges(values: Column) -> Column:
    """Choose a feature's thresholds: between all its values if they are few and whole, else at quantiles."""
    unique = np.unique(values)
    if len(unique) <= MOST_VALUES and np.all(unique == np.round(unique)):
        return (unique[1:] + unique[:-1]) / 2
    rest = values[values > unique[0]]
    return np.unique(np.round(np.quantile(rest, np.linspace(0, 1, QUANTILES)[:-1]), 3))


def fit_model(examples: list[Example], shape: str) -> dict[str, Any]:
    """Fit a shape's model, with its second look if it has one, and return it as it is stored."""
    if shape == "page":
        return fit(examples, shape, TREES)
    second = fit([*second_looks(examples, shape)], shape, TREES)
    return fit(examples, shape, FIRST_LOOK_TREES) | {"second_look": second}


def second_looks(examples: list[Example], shape: str) -> Iterator[Example]:
    """Add to each example the scores of a first look that was fitted without its publisher's fold."""
    folds = [site_number(example.site) // 1000 % INNER_FOLDS for example in examples]
    for left_out in range(INNER_FOLDS):
        others = [example for example, fold in zip(examples, folds, strict=True) if fold != left_out]
        model = build_model(fit(others, shape, FIRST_LOOK_TREES))
        for example, fold in zip(examples, folds, strict=True):
            if fold == left_out:
                scores = score_lines(model, example.columns)
                yield replace(example, columns=describe_scores(example.lines, example.columns, scores))


def fit(examples: list[Example], shape: str, tree_count: int) -> dict[str, Any]:
    """Fit the trees and return them as they are stored."""
    import lightgbm

    names = sorted(examples[0].columns)
    table = np.stack([np.concatenate([example.columns[name] for example in examples]) for name in names], axis=1)
    edges = [bin_edges(table[:, place]) for place in range(len(names))]
    binned = np.stack(
        [np.searchsorted(edge, table[:, place], side="right") for place, edge in enumerate(edges)], axis=1
    )
    data = lightgbm.Dataset(
        binned.astype(np.float32),
        np.concatenate([example.labels for example in examples]),
        weight=np.concatenate([example.weights for example in examples]),
    )
    trees = lightgbm.train(PARAMETERS, data, num_boost_round=tree_count).dump_model()["tree_info"]
    nodes: dict[str, list[float]] = {name: [] for name in ("feature", "threshold", "below", "otherwise", "points")}
    depths: list[int] = []
    roots = [add_node(tree["tree_structure"], 0, edges, nodes, depths) for tree in trees]
    return {"features": names, "roots": roots, "depth": max(depths), "switch_cost": SWITCH_COST[shape], "nodes": nodes}


def add_node(
    split: dict[str, Any], depth: int, edges: list[Column], nodes: dict[str, list[float]], depths: list[int]
) -> int:
    """Append a node and all below it to the table; return its place."""
    place = len(nodes["feature"])
    depths.append(depth)
    for column in nodes.values():
        column.append(0)
    if "split_feature" not in split:
        nodes["below"][place] = nodes["otherwise"][place] = place
        nodes["points"][place] = round(split["leaf_value"], 4)
        return place
    feature = split["split_feature"]
    nodes["feature"][place] = feature
    nodes["threshold"][place] = round(float(edges[feature][int(split["threshold"])]), 4)
    nodes["below"][place] = add_node(split["left_child"], depth + 1, edges, nodes, depths)
    nodes["otherwise"][place] = add_node(split["right_child"], depth + 1, edges, nodes, depths)
    return place


@dataclass(frozen=True)
class Labelled:
    """A labelled page as parsed and described; `parsed` is None where parse refuses the page."""

    page: Mapping[str, Any]
    parsed: ParsedDocument | None
    examples: tuple[Example, ...]


def describe_page(page: dict[str, Any], number: int, shape: str) -> Labelled:
    """Parse and describe a page in the shape asked for; its first form is the one that is measured."""
    forms = list(documents_of(page, number, shape))
    kept = {name: page.get(name) for name in ("id", "set", "url", "gold_text")}
    examples = tuple(make_example(parsed, page, weight) for parsed, weight in forms)
    return Labelled(kept, forms[0][0] if forms else None, examples)


def examples_of(pages: Sequence[Labelled]) -> list[Example]:
    """List the examples of several pages."""
    return [example for page in pages for example in page.examples]


def write_model(model: Mapping[str, Any], folder: Path, shape: str) -> Path:
    """Write a model where `read_model` finds it."""
    target = folder / f"{shape}.json"
    target.write_text(json.dumps(model, separators=(",", ":")), encoding="utf-8")
    return target


def lead_text(parsed: ParsedDocument | None) -> str:
    """Return the lead article's text as the warehouse joins it; a document that is refused has none."""
    cleaned = clean_document(parsed) if parsed else None
    if parsed is None or not isinstance(cleaned, CleanedDocument):
        return ""
    own = [block for block in cleaned.blocks if block.article_ordinal == 0 and block.kind in TEXT_KINDS]
    return "\n\n".join(parsed.text[block.char_start : block.char_end].strip() for block in own)


def page_score(labelled: Labelled) -> tuple[float | None, float]:
    """Return a page's precision (None where no text was found) and recall over word 4-grams."""
    found, wanted = runs_of_words(lead_text(labelled.parsed)), runs_of_words(labelled.page["gold_text"])
    shared = (found & wanted).total()
    return shared / found.total() if found else None, shared / wanted.total() if wanted else 1.0


def f1(scores: Sequence[tuple[float | None, float]]) -> float:
    """Return F1 of the mean precision, over the pages with any text, and the mean recall."""
    precisions = [precision for precision, _ in scores if precision is not None]
    return harmonic_mean(fmean(precisions) if precisions else 0.0, fmean([recall for _, recall in scores]))


def cross_validate(pages: Sequence[Labelled], shape: str, folds: int, seed: int) -> None:
    """Measure every page by a model fitted without its publisher; print F1 for each set."""
    numbers = [fold_of(labelled.page, folds, seed) for labelled in pages]
    scores: dict[int, tuple[float | None, float]] = {}
    for fold in range(folds):
        model = fit_model(
            examples_of([page for page, number in zip(pages, numbers, strict=True) if number != fold]), shape
        )
        with tempfile.TemporaryDirectory() as folder:
            write_model(model, Path(folder), shape)
            use_models(Path(folder))
            scores |= {place: page_score(pages[place]) for place, number in enumerate(numbers) if number == fold}
    for name in SETS:
        places = [place for place, labelled in enumerate(pages) if labelled.page["set"] == name]
        parts = [[scores[place] for place in places if numbers[place] == fold] for fold in range(folds)]
        spread = pstdev([f1(part) for part in parts if part])
        print(f"seed {seed}  {name:13}{len(places):4} pages  F1 {f1([scores[p] for p in places]):.4f} ± {spread:.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shape", choices=("flattened", "page"), required=True)
    parser.add_argument("--out", type=Path, help="folder that the model is written to")
    parser.add_argument("--without", type=int, choices=(0, 1))
    parser.add_argument("--cross-validate", type=int, metavar="K", help="fit and measure on K folds; write nothing")
    parser.add_argument("--seeds", type=int, default=1, help="how often --cross-validate parts the publishers anew")
    arguments = parser.parse_args()
    if (arguments.out is None) == (arguments.cross_validate is None) or (arguments.cross_validate or 2) < 2:
        parser.error("give either --out DIR or --cross-validate K, K at least 2")
    pages = [
        describe_page(page, number, arguments.shape)
        for number, page in enumerate(read_pages(arguments.folder))
        if arguments.without is None or fold_of(page, 2) != arguments.without
    ]
    if arguments.cross_validate:
        for seed in range(arguments.seeds):
            cross_validate(pages, arguments.shape, arguments.cross_validate, seed)
        return
    examples = examples_of(pages)
    model = fit_model(examples, arguments.shape)
    target = write_model(model, arguments.out, arguments.shape)
    print(
        f"{target}: {len(model['roots'])} trees over {len(model['features'])} features from {len(examples)} documents"
    )


if __name__ == "__main__":
    main()
