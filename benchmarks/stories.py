"""Measure stories: on the sample's labels, on real articles with made tellings, and on invented corpora of any size.

Prints one JSON object a measurement. A FILE is a labelled set as `benchmarks/dedupe.py` reads it, whose rows say in
`edit_kinds` which collection an article comes from (`src:`) or which kind of negative it is (`neg:`). One article of
each cluster is taken. A third of them are cut in two by turns of sentences: two tellings without a sentence in
common, of which `halves_found` are found again. What is joined beyond that is counted by kind: articles from
collections that are decades apart, and templates, never tell of one happening, so those joins are false; joins within
a collection may be true (they are counted, not judged). `small_series` repeats the measurement with two to five
instances of each template among a hundred other articles, for a series of few is the hardest to know as one.

    python -m benchmarks.stories ../shared/bench/dedupe/hard_dev.jsonl.gz --invent 1000 10000
    python -m benchmarks.stories --grow 5000 20000 50000 --new 100

`--grow` stages invented articles in a build file of its own and measures what the pipeline runs, the search for copies
aside: processor seconds of the first grouping, of bringing so many new articles in, and of a run with nothing new.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import combinations, islice
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

import tasks.dedupe.pipeline as pipeline
from benchmarks.copy_corpus import Labelled
from benchmarks.copy_scale import stage
from benchmarks.dedupe import as_article, b_cubed, pair_figures, read_rows
from tasks.dedupe import dedupe_articles
from tasks.dedupe.records import Assignment
from tasks.records import ArticleText
from tasks.stages.article_texts import name_source
from tasks.stages.dedupe import stage_stories, update_copies, update_stories
from warehouse.build_file import CONFIGURATION, migrate

SAMPLE = Path(__file__).parents[1] / "seeds/labels/articles.jsonl"
COMMON_WORDS = Path(__file__).parents[1] / "tasks/dedupe/common_words.tsv"
TEMPLATES = {"neg:market", "neg:weather", "neg:sports"}
#: Edits that put page furniture or other articles around a text, which cleaning removes before dedupe.
PAGE_EDITS = {"boilerplate", "aggregator"}
#: Sentences that a text must have to be cut into two tellings, and the share of texts that are.
LEAST_SENTENCES, CUT_SHARE = 8, 1 / 3


def timed_stories(articles: Sequence[ArticleText]) -> tuple[dict[str, Assignment], float]:
    """Give each article's place, and the processor seconds that grouping took beside the rest of dedupe."""
    seconds = 0.0
    group: Callable[..., list[list[int]]] = pipeline.group_stories

    def clocked(*columns: Any) -> list[list[int]]:
        nonlocal seconds
        started = time.process_time()
        groups = group(*columns)
        seconds += time.process_time() - started
        return groups

    setattr(pipeline, "group_stories", clocked)  # noqa: B010 - the stage offers no place to put a clock
    try:
        places = dedupe_articles(articles).assignments
    finally:
        setattr(pipeline, "group_stories", group)  # noqa: B010
    return dict(places), seconds


def measure_sample() -> dict[str, Any]:
    """Score the labelled articles of the sample corpus."""
    articles, gold = [], []
    for number, row in enumerate(json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()):
        stated = row["published_on"] if row["published_stated"] else None
        published = datetime.fromisoformat(stated).replace(tzinfo=UTC) if stated else None
        key = f"{number:03}"
        articles.append(
            ArticleText(
                key, key, row["role"], row["title"], row["publisher"], None, row["byline"], row["lang"], published,
                row["text"],
            )
        )  # fmt: skip
        gold.append(row["story"])
    places, _ = timed_stories(articles)
    found = [places[article.article_id].story_id for article in articles]
    return {"set": "sample", "articles": len(articles), **pair_figures(gold, found), **b_cubed(gold, found)}


def draw(key: str) -> float:
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") / 2**32


def cut_in_two(article: ArticleText) -> list[ArticleText]:
    """Make two tellings that take turns in the sentences of `article`, the second untitled and up to two days later."""
    sentences = [part for part in re.split(r"(?<=[.!?])\s+|\n+", article.text) if part.strip()]
    if len(sentences) < LEAST_SENTENCES:
        return [article]
    later = article.published and article.published + timedelta(hours=48 * draw(article.article_id + "later"))
    return [
        replace(article, article_id=article.article_id + "-1", text=" ".join(sentences[0::2])),
        replace(
            article,
            article_id=article.article_id + "-2",
            title=None,
            publisher="another.example",
            published=later,
            text=" ".join(sentences[1::2]),
        ),
    ]


def one_of_each_cluster(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take the article that was edited least, if it has no furniture and no other articles' text."""
    rows = [row for row in rows if PAGE_EDITS.isdisjoint(row["edit_kinds"])]
    ordered = sorted(rows, key=lambda row: (len(row["edit_kinds"]), row["id"]), reverse=True)
    return list({row["cluster_id"]: row for row in ordered}.values())


def article_kind(row: Mapping[str, Any]) -> str:
    kinds = [kind for kind in row["edit_kinds"] if kind.startswith(("neg:", "src:"))]
    return next((kind for kind in kinds if kind.startswith("neg:")), kinds[0] if kinds else "src:unknown")


def _pair_kind(one: str, two: str) -> str:
    if one in TEMPLATES or two in TEMPLATES:
        return "template"
    if "neg:roundup" in (one, two):
        return "round-up"
    if "neg:followup" in (one, two):
        return "quoting"
    return "one-collection" if one == two else "two-collections"


def measure_joins(name: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Count what is found of made tellings and what else is joined, by kind."""
    articles: list[ArticleText] = []
    kind_of, cluster_of = {}, {}
    for row in rows:
        article, kind = as_article(row), article_kind(row)
        is_cut = kind.startswith("src:") and draw(row["cluster_id"]) < CUT_SHARE
        for telling in cut_in_two(article) if is_cut else [article]:
            articles.append(telling)
            kind_of[telling.article_id], cluster_of[telling.article_id] = kind, row["cluster_id"]
    cuts = sum(article.article_id.endswith("-1") for article in articles)
    places, seconds = timed_stories(articles)
    stories: dict[str, list[str]] = defaultdict(list)
    for article_id, place in places.items():
        stories[place.story_id].append(article_id)
    joins: Counter[str] = Counter()
    for one, two in (pair for members in stories.values() for pair in combinations(members, 2)):
        if cluster_of[one] == cluster_of[two]:
            joins["cut"] += 1
        elif places[one].cluster_id == places[two].cluster_id:
            joins["taken for copies"] += 1
        else:
            joins[_pair_kind(kind_of[one], kind_of[two])] += 1
    false = joins["template"] + joins["two-collections"]
    return {
        "set": name,
        "articles": len(articles),
        "halves": cuts,
        "halves_found": round(joins.pop("cut", 0) / max(1, cuts), 4),
        "joins": dict(sorted(joins.items())),
        "false_joins_in_10000_articles": round(10_000 * false / len(articles), 1),
        "largest_story": max(map(len, stories.values())),
        "seconds": round(seconds, 2),
    }


def few_of_each_template(rows: Sequence[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Draw two to five instances of each template and a hundred articles that are none."""
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["id"]):
        by_kind[article_kind(row) if article_kind(row) in TEMPLATES else "other"].append(row)
    drawn = chance.sample(by_kind.pop("other"), 100)
    for kind in sorted(by_kind):
        drawn += chance.sample(by_kind[kind], chance.randint(2, 5))
    return drawn


def measure_small_series(name: str, rows: Sequence[dict[str, Any]], draws: int = 20) -> dict[str, Any]:
    """Count the joins of templates in small corpora."""
    joined = copies = possible = 0
    for seed in range(draws):
        drawn = few_of_each_template(rows, random.Random(seed))
        places, _ = timed_stories([as_article(row) for row in drawn])
        filled = [row for row in drawn if article_kind(row) in TEMPLATES]
        for one, two in combinations(filled, 2):
            possible += article_kind(one) == article_kind(two)
            are_copies = places[one["id"]].cluster_id == places[two["id"]].cluster_id
            copies += are_copies
            joined += not are_copies and places[one["id"]].story_id == places[two["id"]].story_id
    return {
        "set": f"{name}, small series",
        "corpora": draws,
        "pairs_of_templates": possible,
        "joined": joined,
        "taken_for_copies": copies,
    }


def invent_tellings(count: int, seed: int) -> Iterator[tuple[ArticleText, str]]:
    """Invent `count` articles with their happening: three tellings each on average, one in a hundred far more.

    Plain words are as common as in English news, and the persons follow Zipf's law, so that happenings share their best
    known actors. A day has 500 articles, and a happening is told for some days.
    """
    chance, made = random.Random(seed), 0
    syllables = _SYLLABLES
    plain = [f"{one}{two}" for one in syllables for two in syllables]
    words = [f"{one}{two}" for one in plain for two in syllables]
    chance.shuffle(words)
    plain_words = _draw_common_words(seed)
    happening = 0
    while made < count:
        happening += 1
        topic = chance.sample(words, 25)
        actors = [
            f"{words[int(len(words) ** chance.random()) - 1].title()} {chance.choice(words).title()}" for _ in "1234"
        ]
        day = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=chance.random() * max(1, count / 500))
        for _ in range(min(count - made, chance.randint(30, 90) if chance.random() < 0.01 else chance.randint(1, 5))):
            made += 1
            moment = day + timedelta(days=min(6.0, chance.expovariate(1)))
            sentences = []
            for _ in range(12):
                filler = [next(plain_words) for _ in range(9)]
                sentences.append(" ".join([chance.choice(actors), *filler, *chance.sample(topic, 3)]) + ".")
            title, key = " ".join([chance.choice(actors), *chance.sample(topic, 3)]), f"{made:08}"
            text = " ".join(sentences)
            yield ArticleText(key, key, "lead", title, None, None, None, "en", moment, text), str(happening)


def _draw_common_words(seed: int) -> Iterator[str]:
    lines = [line.split("\t") for line in COMMON_WORDS.read_text("utf-8").splitlines() if not line.startswith("#")]
    shares = np.array([float(share) for _, share in lines])
    draw = np.random.default_rng(seed)
    while True:
        yield from draw.choice([word for word, _ in lines], 100_000, p=shares / shares.sum()).tolist()


_SYLLABLES = tuple("ba ke lo mi nu ra se ti vo za pel dor kan mer sul ter gan hol fin wes bru cla dre fli gro".split())  # noqa: SIM905


def measure_invented(count: int) -> dict[str, Any]:
    """Score an invented corpus, and time the grouping."""
    told = list(invent_tellings(count, seed=1))
    places, seconds = timed_stories([article for article, _ in told])
    gold, found = [happening for _, happening in told], [places[article.article_id].story_id for article, _ in told]
    return {
        "set": "invented",
        "articles": count,
        **pair_figures(gold, found),
        **b_cubed(gold, found),
        "seconds": round(seconds, 2),
        "articles_per_second": round(count / seconds),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def measure_growth(count: int, new: int, folder: Path) -> dict[str, Any]:
    """Time the index of stories over tables: all of an invented corpus at once, then `new` articles of all its days."""
    told = invent_tellings(count + new, seed=1)
    options = CONFIGURATION | {"threads": 1, "memory_limit": "2GB"}
    with duckdb.connect(str(folder / f"{count}.duckdb"), config=options) as connection:
        migrate(connection)
        seconds, compared = [], []
        gold: dict[str, str] = {}
        for arriving in (count, new, 0):
            telling = list(islice(told, arriving))
            gold |= {article.article_id: happening for article, happening in telling}
            stage(connection, (Labelled(*pair) for pair in telling))
            source = name_source(connection)
            update_copies(connection, source)
            started = time.process_time()
            connection.execute("begin")
            compared.append(update_stories(connection, source))
            stage_stories(connection)
            connection.execute("commit")
            seconds.append(round(time.process_time() - started, 2))
        found = dict(connection.execute("select article_id, story_id from staging.articles").fetchall())
    return {
        "set": "growing",
        "articles": count,
        "new_articles": new,
        **pair_figures([gold[key] for key in gold], [found[key] for key in gold]),
        "first_seconds": seconds[0],
        "new_seconds": seconds[1],
        "unchanged_seconds": seconds[2],
        "pairs_compared": compared,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path, metavar="FILE", help="labelled articles, .jsonl or .jsonl.gz")
    parser.add_argument("--invent", nargs="*", type=int, default=[], metavar="N", help="sizes of invented corpora")
    parser.add_argument("--grow", nargs="*", type=int, default=[], metavar="N", help="sizes of growing corpora")
    parser.add_argument("--new", type=int, default=100, help="articles that arrive afterwards (default: 100)")
    arguments = parser.parse_args()
    missing = [str(path) for path in arguments.sets if not path.is_file()]
    if missing:
        parser.error(f"no such file: {', '.join(missing)}")
    print(json.dumps(measure_sample()))
    for path in arguments.sets:
        rows = one_of_each_cluster(read_rows(path))
        print(json.dumps(measure_joins(path.name, rows)), flush=True)
        print(json.dumps(measure_small_series(path.name, rows)), flush=True)
    for count in arguments.invent:
        print(json.dumps(measure_invented(count)), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for count in arguments.grow:
            print(json.dumps(measure_growth(count, arguments.new, Path(folder))), flush=True)


if __name__ == "__main__":
    main()
