"""Measure how many words a second enrich reads, on the articles of a warehouse.

    python benchmarks/enrich_speed.py DIR [--rounds 3]

DIR is a warehouse that a run has filled; its build file gives the articles with their passages. Printed is one JSON
object, in words a second of processor time on one core, best of the rounds:

    time_expressions   finding and resolving the time expressions of all articles
    all_of_enrich      publication days, then time expressions, events and names of each article, then the merge of
                       events over all articles; without reading from and writing to the warehouse

and `word_count`, the words read in a round. The exit code is 2 where the warehouse holds no article.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tasks.enrich import annotate_article
from tasks.enrich.merge import merge_mentions
from tasks.enrich.publication import date_articles
from tasks.enrich.temporal import annotate_times
from tasks.records import ArticleMention, DatableArticle, Publication
from tasks.stages.enrich import fetch_datable_articles, fetch_passages


def read_articles(folder: Path) -> list[DatableArticle]:
    """Read the articles of a warehouse with their passages, from its build file."""
    with duckdb.connect(str(folder / "build.duckdb"), read_only=True) as connection:
        return fetch_datable_articles(connection, fetch_passages(connection))


def find_times(articles: Sequence[DatableArticle], days: dict[str, Publication]) -> None:
    """Find the time expressions of all articles."""
    for article in articles:
        annotate_times(article.passages, days[article.article_id], article.lang)


def enrich_all(articles: Sequence[DatableArticle], as_of: date) -> None:
    """Do all that enrich does to articles, from their publication days to the merge of their events."""
    days = date_articles(articles, as_of)
    mentions: list[ArticleMention] = []
    for article in articles:
        day = days[article.article_id]
        mentions += [
            ArticleMention(
                article.article_id,
                article.document_id,
                article.story_id,
                article.cluster_id,
                None,
                day.published_on,
                mention,
                day.latest_on,
            )
            for mention in annotate_article(article.passages, day, article.lang).mentions
        ]
    merge_mentions(mentions)


def best_seconds(action: Callable[[], None], rounds: int) -> float:
    """Return the least processor time that an action took, in seconds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        action()
        best = min(best, time.process_time() - began)
    return max(best, 1e-9)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a warehouse")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each measurement (default 3)")
    options = parser.parse_args(arguments)
    articles = read_articles(options.folder)
    words = sum(len(passage.text.split()) for article in articles for passage in article.passages)
    if not words:
        print(f"{options.folder}: no articles; run `dateline run` into it first", file=sys.stderr)
        return 2
    as_of = date.today()
    days = date_articles(articles, as_of)
    figures = {
        "time_expressions": round(words / best_seconds(lambda: find_times(articles, days), options.rounds)),
        "all_of_enrich": round(words / best_seconds(lambda: enrich_all(articles, as_of), options.rounds)),
    }
    print(json.dumps({"articles": len(articles), "word_count": words, **figures}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
