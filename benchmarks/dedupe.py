"""Measure dedupe on a labelled set: accuracy of the clusters, and articles a second.

The set is a JSON Lines file, gzipped or not, one article a line: `id`, `text`, `cluster_id`, and where known `title`,
`source` (the publisher), `url` and `published` (ISO 8601). Prints two JSON objects a set, with times of publication and
without. The weights of the verdict were fitted on such sets: `benchmarks/fit_copy_weights.py` prints the same figures
for a set that was held out. Run it from the checkout:

    python benchmarks/dedupe.py ../shared/bench/dedupe/dev.jsonl.gz --repeat 3
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tasks.dedupe import dedupe_articles
from tasks.records import ArticleText


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read the labelled articles of `path`."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.splitlines() if line.strip()]


def as_article(row: Mapping[str, Any]) -> ArticleText:
    """Turn a labelled row into what dedupe sees of an article."""
    published = row.get("published")
    return ArticleText(
        article_id=row["id"],
        document_id=row["id"],
        role="lead",
        title=row.get("title"),
        publisher=row.get("source"),
        url=row.get("url"),
        byline=None,
        lang=None,
        published=datetime.fromisoformat(published) if published else None,
        text=row["text"],
    )


def pair_figures(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Score the pairs of articles that are together: precision, recall and their harmonic mean."""

    def pairs(labels: Sequence[object]) -> int:
        return sum(count * (count - 1) // 2 for count in Counter(labels).values())

    both = pairs(list(zip(gold, found, strict=True)))
    precision, recall = both / max(1, pairs(found)), both / max(1, pairs(gold))
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return {"pair_precision": round(precision, 4), "pair_recall": round(recall, 4), "pair_f1": round(f1, 4)}


def b_cubed(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Score each article by the company it is in, and average (Bagga and Baldwin 1998)."""
    pairs = list(zip(gold, found, strict=True))
    both, by_gold, by_found = Counter(pairs), Counter(gold), Counter(found)
    precision = sum(both[pair] / by_found[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / by_gold[pair[0]] for pair in pairs) / len(pairs)
    f1 = 2 * precision * recall / (precision + recall)
    return {"b3_precision": round(precision, 4), "b3_recall": round(recall, 4), "b3_f1": round(f1, 4)}


def size_figures(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Say how large the largest cluster is, and how often a cluster is as large as the true one of most of it."""
    both, true_size = Counter(zip(found, gold, strict=True)), Counter(gold)
    main = {cluster: label for (cluster, label), _ in sorted(both.items(), key=lambda item: (item[1], item[0]))}
    times = [size / true_size[main[cluster]] for cluster, size in Counter(found).items()]
    return {
        "largest_cluster": max(Counter(found).values()),
        "largest_true_cluster": max(true_size.values()),
        "most_times_true_size": round(max(times), 2),
        "clusters_over_twice_true_size": sum(1 for value in times if value > 2),
    }


def cluster_figures(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Score clusters in every way that a goal is set in."""
    return pair_figures(gold, found) | b_cubed(gold, found) | size_figures(gold, found)


def measure_without_times(path: Path) -> dict[str, Any]:
    """Score the set with all times of publication withheld."""
    rows = read_rows(path)
    places = dedupe_articles([replace(as_article(row), published=None) for row in rows]).assignments
    gold, found = [row["cluster_id"] for row in rows], [places[row["id"]].cluster_id for row in rows]
    return {"set": f"{path.name}, without times", "articles": len(rows), **cluster_figures(gold, found)}


def measure(path: Path, repeat: int) -> dict[str, Any]:
    """Dedupe the set `repeat` times; the speed is that of the fastest run, in processor seconds of one core."""
    rows = read_rows(path)
    articles = [as_article(row) for row in rows]
    seconds = []
    for _ in range(repeat):
        started = time.process_time()
        result = dedupe_articles(articles)
        seconds.append(time.process_time() - started)
    found = [result.assignments[row["id"]].cluster_id for row in rows]
    return {
        "set": path.name,
        "articles": len(rows),
        **cluster_figures([row["cluster_id"] for row in rows], found),
        "clusters": len(result.clusters),
        "stories": len(result.stories),
        "pairs": len(result.pairs),
        "seconds": round(min(seconds), 2),
        "articles_per_second": round(len(rows) / min(seconds)),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Read the command line and print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="FILE", help="labelled articles, .jsonl or .jsonl.gz")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each set, at least 1 (default: 1)")
    arguments = parser.parse_args()
    if arguments.repeat < 1:
        parser.error(f"--repeat must be at least 1, not {arguments.repeat}")
    missing = [str(path) for path in arguments.sets if not path.is_file()]
    if missing:
        parser.error(f"no such file: {', '.join(missing)}")
    for path in arguments.sets:
        print(json.dumps(measure(path, arguments.repeat)), flush=True)
        print(json.dumps(measure_without_times(path)), flush=True)


if __name__ == "__main__":
    main()
