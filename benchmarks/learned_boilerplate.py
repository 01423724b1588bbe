"""Measure what learning from a publisher's own pages gains, and what counting it costs.

    python benchmarks/learned_boilerplate.py gain ../shared/bench/extraction --shape flattened
    python benchmarks/learned_boilerplate.py cost --articles 20000

`gain` makes many pages of few publishers (`publisher_pages.py`) and reads them in growing runs through the pipeline's
stages into one warehouse. After each run it scores all pages so far, cleaned by themselves and with what was learned:
word 4-gram precision, recall and F1 of the article's text, each page weighing the same; how many blocks learning
removed, and how many of them were text of the article. The page models were fitted on the same frames, so pages by
themselves score higher here than unseen ones do.

`cost` fills a warehouse with made articles of 40 lines, a quarter of them furniture, and measures the processor time
of the stage alone: for all at once, for 100 more, and for nothing new.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from extraction.accuracy import runs_of_words
from fit_line_models import covered_share
from publisher_pages import PublisherPage, make_pages

from tasks import batches
from tasks.stages.discover import Limits, discover
from tasks.stages.learned import remove_learned_boilerplate
from tasks.stages.page import load_parsed_parts, loaded_parts, raw_parts, stage_documents
from warehouse.build_file import Build, Connection, open_build
from warehouse.layout import layout_of

PAGES_SEEN = (1, 3, 10, 30, 100)
LIMITS = Limits(50_000_000, 200, 32_000_000)

TEXTS = """
select documents.record_id, string_agg(trim(blocks.text), chr(10) || chr(10) order by blocks.ordinal)
from staging.documents as documents
join page.articles as articles on articles.document_id = documents.document_id and articles.ordinal = 0
join page.blocks as read on read.article_id = articles.article_id
join staging.blocks as blocks using (block_id)
where {kept} and blocks.kind in ('summary', 'paragraph', 'heading', 'quote', 'list', 'table')
group by documents.record_id
"""

REMOVED = """
select documents.record_id, trim(blocks.text)
from staging.blocks as blocks
join staging.documents as documents using (document_id)
where blocks.removed_by = 'learned-boilerplate'
"""


def read_pages(build: Build, folder: Path, pages: Sequence[PublisherPage]) -> None:
    """Bring pages into the warehouse as records of a file, parsed and cleaned one by one, and stage them."""
    records = folder / f"{pages[0].number}.jsonl"
    field = "html" if pages[0].media_type == "text/html" else "text"
    rows = ({"id": page.name, "publisher": page.publisher, field: page.content} for page in pages)
    records.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for _ in discover(build, "run", [str(records)], LIMITS):
        pass
    known = loaded_parts(build.connection)
    for raw in raw_parts(build.connection):
        if raw not in known:
            part = batches.parse_batch(str(build.layout.archive / raw), str(folder / f"part-{raw}"))
            load_parsed_parts(build.connection, {raw: part})
    stage_documents(build.connection, "run")


def score(texts: dict[str, str], pages: Sequence[PublisherPage]) -> tuple[float, float, float]:
    """Return mean precision, mean recall and their F1 over word 4-grams."""
    precisions, recalls = [], []
    for page in pages:
        found, wanted = runs_of_words(texts.get(page.name, "")), runs_of_words(page.gold)
        shared = sum((found & wanted).values())
        recalls.append(shared / max(1, sum(wanted.values())))
        if found:
            precisions.append(shared / sum(found.values()))
    precision, recall = mean(precisions), mean(recalls)
    return precision, recall, 2 * precision * recall / (precision + recall)


def count_false(removed: Sequence[tuple[str, str]], gold: dict[str, str]) -> int:
    """Count the removed blocks that were text of the article: most words in its 4-grams, or one of its lines."""
    return sum(
        covered_share([text], gold[name])[0][0] > 0.5 or text in gold[name].split("\n") for name, text in removed
    )


def measure_gain(folder: Path, shape: str, frames: int, seed: int) -> None:
    """Print a row for each number of pages seen of each publisher."""
    pages = make_pages(folder, shape, frames, PAGES_SEEN[-1], seed)
    print(f"{shape}: {frames} publishers")
    print("pages seen   by themselves: P     R     F1     learned: P     R     F1   removed  false")
    with tempfile.TemporaryDirectory() as scratch, open_build(layout_of(Path(scratch) / "warehouse")) as build:
        last = 0
        for seen in PAGES_SEEN:
            read_pages(build, Path(scratch), [page for page in pages if last <= page.number < seen])
            last = seen
            so_far = [page for page in pages if page.number < seen]
            remove_learned_boilerplate(build.connection)
            alone, learned = (
                score(dict(build.connection.execute(TEXTS.format(kept=kept)).fetchall()), so_far)
                for kept in ("read.is_kept", "blocks.is_kept")
            )
            removed = build.connection.execute(REMOVED).fetchall()
            false = count_false(removed, {page.name: page.gold for page in so_far})
            figures = [f"{value:6.3f}" for value in (*alone, *learned)]
            print(f"{seen:10d}         {'  '.join(figures[:3])}       {'  '.join(figures[3:])}", end="")
            print(f"   {len(removed):6d}  {false}")


def made_articles(numbers: range, publishers: int, seed: int) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Make documents, articles and blocks as reading leaves them: 30 lines of their own and 10 that others have."""
    chance = random.Random(f"{seed}/{numbers.start}")
    vocabulary = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=8)) for _ in range(20_000)]
    documents, articles, blocks = [], [], []
    for number in numbers:
        name, publisher = f"d{number:09d}", number % publishers
        own = [" ".join(chance.choices(vocabulary, k=12)) + "." for _ in range(30)]
        standing = [f"Standing line {chr(97 + line)} of publisher {publisher} for its readers" for line in range(10)]
        lines = [*standing[:5], *own, *standing[5:]]
        text = "\n".join(lines) + "\n"
        documents.append((name, text))
        articles.append((f"a{name}", name, f"Publisher {publisher}", len(text)))
        start = 0
        for ordinal, line in enumerate(lines):
            blocks.append((f"{name}/{ordinal}", name, f"a{name}", ordinal, start, start + len(line) + 1))
            start += len(line) + 1
    names = (
        ("document_id", "text"),
        ("article_id", "document_id", "publisher", "char_end"),
        ("block_id", "document_id", "article_id", "ordinal", "char_start", "char_end"),
    )
    columns = (zip(*rows, strict=True) for rows in (documents, articles, blocks))
    first, second, third = (
        pa.table(dict(zip(own, map(list, values), strict=True))) for own, values in zip(names, columns, strict=True)
    )
    return first, second, third


def add_articles(connection: Connection, numbers: range, publishers: int) -> None:
    """Put made articles where reading puts them."""
    constant = {
        "documents": "'raw' as raw_part, 'text/plain' as media_type",
        "articles": "0 as ordinal, 'lead' as role, 0 as char_start, ['x'] as authors",
        "blocks": "'paragraph' as kind, true as is_kept",
    }
    step = 5_000
    for start in range(numbers.start, numbers.stop, step):
        part = range(start, min(start + step, numbers.stop))
        for (table, extra), rows in zip(constant.items(), made_articles(part, publishers, 1), strict=True):
            connection.register("made", rows)
            connection.execute(f"insert into page.{table} by name select *, {extra} from made")
            connection.unregister("made")
    fresh = f"from page.documents where document_id >= 'd{numbers.start:09d}'"
    connection.execute(f"insert into ledger.sightings select document_id, 'memory:' || document_id {fresh}")
    connection.execute(
        f"insert into ledger.inputs select document_id, '', null, 'text/plain', 1, '{{}}', 'raw', 'run' {fresh}"
    )


def measure_cost(articles: int, publishers: int) -> None:
    """Print the seconds that the stage takes for all articles, for 100 more, and for nothing new."""
    with tempfile.TemporaryDirectory() as scratch, open_build(layout_of(Path(scratch))) as build:
        connection = build.connection
        connection.execute("insert into ledger.loaded_parts values ('raw', 'part')")
        steps = ((f"{articles:,} articles", range(articles)), ("100 more", range(articles, articles + 100)),
                 ("nothing new", None))  # fmt: skip
        for name, numbers in steps:
            if numbers is not None:
                add_articles(connection, numbers, publishers)
            began = time.process_time()
            stage_documents(connection, "run")
            staged = time.process_time()
            remove_learned_boilerplate(connection)
            ended = time.process_time()
            ((removed,),) = connection.execute(
                "select count(*) from staging.blocks where removed_by = 'learned-boilerplate'"
            ).fetchall()
            print(f"{name:>16}: staging {staged - began:6.2f} s, learning {ended - staged:6.2f} s, {removed:,} removed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    gain = commands.add_parser("gain", help="what learning gains on many pages of few publishers")
    gain.add_argument("folder", type=Path, help="folder of labelled pages")
    gain.add_argument("--shape", choices=("flattened", "page"), default="flattened")
    gain.add_argument("--publishers", type=int, default=12)
    gain.add_argument("--seed", type=int, default=1)
    cost = commands.add_parser("cost", help="what the stage costs")
    cost.add_argument("--articles", type=int, default=20_000)
    cost.add_argument("--publishers", type=int, default=20)
    options = parser.parse_args()
    if options.command == "gain":
        measure_gain(options.folder, options.shape, options.publishers, options.seed)
    else:
        measure_cost(options.articles, options.publishers)


if __name__ == "__main__":
    main()
