"""Measure how the search for copies grows: time and memory over tables, and what a few new articles cost.

    python benchmarks/copy_scale.py 10000 100000 --new 100
    python benchmarks/copy_scale.py 20000 --disclaimer --templates 0.5     # a corpus that provokes

Invents articles of 400 words with known copies (`copy_corpus.py`), stages them as cleaning does in a build file of its
own, and runs what the pipeline runs, a process for each size. Prints one JSON object a size: processor seconds,
articles a second, the same for `--new` more articles, peak memory before (interpreter, libraries, the database's cache
of what was staged) and in all, and accuracy. `--stories` groups them too, from nothing, and says how long that took.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from copy_corpus import Labelled, invent_articles

from tasks.stages.article_texts import name_source
from tasks.stages.dedupe import stage_copies, stage_stories, update_copies, update_stories
from warehouse.build_file import CONFIGURATION, QUIET, Connection, migrate

STAGED_AT_ONCE = 1000


def stage(connection: Connection, articles: Iterable[Labelled]) -> None:
    """Add articles to the staging tables, and the cluster that each belongs to to the table `gold`."""
    connection.execute("create temp table if not exists gold (article_id varchar, cluster varchar)")
    arriving = iter(articles)
    while batch := list(islice(arriving, STAGED_AT_ONCE)):
        pairs = {"article_id": [a.article.article_id for a in batch], "cluster": [a.cluster for a in batch]}
        connection.register("gold_rows", pa.table(pairs))
        connection.execute("insert into gold from gold_rows")
        connection.unregister("gold_rows")
        facts = [labelled.article for labelled in batch]
        count = len(facts)
        table = pa.table(
            {
                "article_id": [a.article_id for a in facts],
                "document_id": [a.document_id for a in facts],
                "role": ["lead"] * count,
                "ordinal": pa.array([0] * count, pa.int32()),
                "char_start": [0] * count,
                "char_end": [len(a.text) for a in facts],
                "title": [a.title for a in facts],
                "publisher": [a.publisher for a in facts],
                "lang": [a.lang for a in facts],
                "authors": pa.array([[]] * count, pa.list_(pa.string())),
                "published": [a.published and a.published.isoformat() for a in facts],
                "published_source": ["unknown"] * count,
                "text": [a.text for a in facts],
                "word_count": pa.array([a.text.count(" ") + 1 for a in facts], pa.int32()),
                "is_canonical": [True] * count,
                "cluster_id": [a.article_id for a in facts],
                "story_id": [a.article_id for a in facts],
            }
        )
        connection.register("arriving", table)
        own = "text, word_count, is_canonical, cluster_id, story_id"
        connection.execute(f"insert into page.articles by name select * exclude ({own}) from arriving")
        connection.execute("insert into staging.articles by name select * exclude (published) from arriving")
        connection.unregister("arriving")


def run(connection: Connection) -> tuple[float, float]:
    """Bring the index up to date and stage what it knows; returns processor seconds and wall seconds."""
    processor, wall = time.process_time(), time.perf_counter()
    connection.execute("begin")
    update_copies(connection, name_source(connection))
    stage_copies(connection)
    connection.execute("commit")
    return time.process_time() - processor, time.perf_counter() - wall


def pair_figures(connection: Connection) -> dict[str, float]:
    """Score the pairs of articles that are together: precision, recall and their harmonic mean."""
    both, found, gold = (
        connection.execute(
            f"""
            select coalesce(sum(size * (size - 1) / 2), 0)
            from (
                select count(*) as size
                from gold
                join staging.articles as articles using (article_id)
                group by {labels}
            )
            """
        ).fetchall()[0][0]
        for labels in ("cluster, cluster_id", "cluster_id", "cluster")
    )
    precision, recall = both / max(1, found), both / max(1, gold)
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return {"pair_precision": round(precision, 4), "pair_recall": round(recall, 4), "pair_f1": round(f1, 4)}


def peak_megabytes() -> int:
    """Return the most memory that this process had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(count: int, arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Measure one size."""
    options = CONFIGURATION | {"threads": arguments.threads, "memory_limit": arguments.memory_limit}
    articles = invent_articles(
        count + arguments.new, words=arguments.words, copies=arguments.copies, templates=arguments.templates,
        disclaimer=arguments.disclaimer,
    )  # fmt: skip
    with duckdb.connect(str(folder / f"{count}.duckdb"), config=options) as connection:
        connection.execute(QUIET)
        migrate(connection)
        stage(connection, islice(articles, count))
        before = peak_megabytes()
        first = run(connection)
        figures: dict[str, Any] = {
            "articles": count,
            "processor_seconds": round(first[0], 1),
            "wall_seconds": round(first[1], 1),
            "articles_per_processor_second": round(count / first[0]),
            "megabytes_before": before,
            "peak_megabytes": peak_megabytes(),
        }
        if arguments.new:
            stage(connection, articles)
            added = run(connection)
            figures |= {"new_articles": arguments.new, "new_processor_seconds": round(added[0], 2)}
            figures["new_wall_seconds"] = round(added[1], 2)
        ((pairs,),) = connection.execute("select count(*) from copies.pairs").fetchall()
        figures |= {"pairs": pairs, **pair_figures(connection)}
        if arguments.stories:
            started = time.process_time()
            update_stories(connection, name_source(connection))
            stage_stories(connection)
            figures |= {"stories_processor_seconds": round(time.process_time() - started, 1)}
            figures |= {"stories_peak_megabytes": peak_megabytes()}
    return figures


def main() -> None:
    """Read the command line and print the figures of each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="+", type=int, metavar="ARTICLES", help="how many articles, size by size")
    parser.add_argument("--new", type=int, default=100, help="articles that arrive afterwards (default: 100)")
    parser.add_argument("--words", type=int, default=400, help="words of an article (default: 400)")
    parser.add_argument("--copies", type=float, default=0.3, help="share of copies (default: 0.3)")
    parser.add_argument("--templates", type=float, default=0.05, help="share of filled templates (default: 0.05)")
    parser.add_argument("--disclaimer", action="store_true", help="put one disclaimer below every article")
    parser.add_argument("--threads", type=int, default=1, help="threads of the database (default: 1)")
    parser.add_argument("--memory-limit", default="2GB", help="of the database (default: 2GB)")
    parser.add_argument("--stories", action="store_true", help="group stories too, and say how long it took")
    arguments = parser.parse_args()
    for count in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder, multiprocessing.get_context("spawn").Pool(1) as process:
            print(json.dumps(process.apply(measure, (count, arguments, Path(folder)))), flush=True)


if __name__ == "__main__":
    main()
