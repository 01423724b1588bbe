"""Withhold publication dates that are known, and measure what the rest of each article and its story give.

    python benchmarks/withheld_dates.py warehouse DIR [--folds 10] [--as-of DAY] [--errors]
    python benchmarks/withheld_dates.py pages FILE.jsonl.gz... [--shape page|flattened] [--as-of DAY] [--errors]

`warehouse` reads the build file of a warehouse that a run has filled. The stated dates of one fold of its articles
after the other are withheld (with the lines that state them), all others stay: what copies, stories, texts and fetch
times give. Then all are withheld at once: what texts and fetch times alone give.

`pages` reads labelled pages, one object a line with `id`, `html`, `gold_date` and perhaps `crawl_date`. What the head,
the scripts, the addresses and the attributes of elements state is withheld. Of the page in the shape asked for stay
`visible`, all that readers see; or `text`, that without the date lines, which leaves the article and the fetch time.

Printed is one JSON object for each: articles with a known day, the share that is dated, the share of the dated that
is right or off by a day at most, the share that says `unknown`, the share whose bounds hold the day, and both
figures for each source. The exit code is 2 where nothing has a known day.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
from selectolax.lexbor import LexborHTMLParser

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.extraction.pages import FLATTENED, PAGE, flatten
from tasks.clean import clean_document
from tasks.enrich.publication import date_articles
from tasks.parse import parse_document
from tasks.records import (
    CleanArticle,
    CleanedDocument,
    DatableArticle,
    ParsedDocument,
    Passage,
    Publication,
    RawDocument,
)
from tasks.stages.enrich import PASSAGE_KINDS, fetch_datable_articles, fetch_passages
from warehouse.vocabulary import BlockKind

_WITHHELD_ELEMENTS = ("script", "meta", "link", "base")
_DATE_ATTRIBUTE = re.compile(r"date|time|pub|content|title|href|data-", re.IGNORECASE)
_A_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Known:
    """An article whose day is known, with what inference may see of it."""

    article: DatableArticle
    day: date


def withhold(article: DatableArticle) -> DatableArticle:
    """Take away the date that an article states, and the date lines among its passages."""
    passages = [passage for passage in article.passages if passage.kind != BlockKind.DATELINE]
    return replace(article, published=None, published_source=None, url=None, passages=passages)


def known_articles(articles: Iterable[DatableArticle], as_of: date) -> list[Known]:
    """Return the articles that state their day, inferred ones left out."""
    dated = date_articles([article for article in articles if article.published], as_of)
    return [
        Known(article, day)
        for article in articles
        if article.published and (day := dated[article.article_id].published_on) is not None
    ]


def infer_by_folds(
    articles: Sequence[DatableArticle], known: Sequence[Known], folds: int, as_of: date
) -> dict[str, Publication]:
    """Return what is inferred of the known articles, withheld one fold at a time."""
    inferred: dict[str, Publication] = {}
    for fold in range(folds):
        names = {case.article.article_id for case in known if fold_of(case.article, folds) == fold}
        if names:
            seen = [withhold(article) if article.article_id in names else article for article in articles]
            found = date_articles(seen, as_of)
            inferred |= {name: found[name] for name in names}
    return inferred


def fold_of(article: DatableArticle, folds: int) -> int:
    """Return the fold that an article falls into, by a checksum of its id."""
    return zlib.crc32(article.article_id.encode()) % folds


def score(known: Sequence[Known], inferred: Mapping[str, Publication]) -> dict[str, object]:
    """Return the shares of the articles that are dated, dated within a day, unknown and held by their bounds."""
    dated: Counter[str] = Counter()
    right: Counter[str] = Counter()
    exact, held = 0, 0
    for case in known:
        found = inferred[case.article.article_id]
        held += (found.earliest_on or case.day) <= case.day <= (found.latest_on or case.day)
        if found.published_on is not None:
            dated[found.published_source] += 1
            exact += found.published_on == case.day
            right[found.published_source] += abs(found.published_on - case.day) <= _A_DAY
    return {
        "articles": len(known),
        "dated": _share(dated.total(), len(known)),
        "within_a_day": _share(right.total(), dated.total()),
        "exact": _share(exact, dated.total()),
        "unknown": _share(len(known) - dated.total(), len(known)),
        "within_bounds": _share(held, len(known)),
        "sources": {source: f"{right[source]} of {count}" for source, count in sorted(dated.items())},
    }


def _share(part: int, whole: int) -> float:
    return round(part / max(1, whole), 4)


def errors(known: Sequence[Known], inferred: Mapping[str, Publication]) -> Iterable[str]:
    """Yield a line for each article that is undated or off by more than a day."""
    for case in known:
        found = inferred[case.article.article_id]
        if found.published_on is None or abs(found.published_on - case.day) > _A_DAY:
            days = (str(day) for day in (case.day, found.published_on, found.earliest_on, found.latest_on))
            yield "\t".join((case.article.article_id, found.published_source, *days))


def read_warehouse(folder: Path) -> list[DatableArticle]:
    """Read the articles of a warehouse as inference sees them, from its build file."""
    with duckdb.connect(str(folder / "build.duckdb"), read_only=True) as connection:
        return fetch_datable_articles(connection, fetch_passages(connection))


def read_pages(path: Path, shape: str) -> list[Known]:
    """Read the lead articles of labelled pages whose day is known, without what only machines see."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    pages = [_lead(row, shape) for row in rows if isinstance(row.get("gold_date"), str)]
    return [page for page in pages if page is not None]


def _lead(row: Mapping[str, str], shape: str) -> Known | None:
    content = flatten(row["html"]) if shape == FLATTENED else visible_only(row["html"])
    media_type = "text/plain" if shape == FLATTENED else "text/html"
    stated = {"fetched_at": row["crawl_date"]} if row.get("crawl_date") else {}
    raw = RawDocument(row["id"], row["id"], None, media_type, content.encode("utf-8", "replace"), stated)
    parsed = parse_document(raw)
    cleaned = clean_document(parsed) if isinstance(parsed, ParsedDocument) else None
    if not isinstance(parsed, ParsedDocument) or not isinstance(cleaned, CleanedDocument) or not cleaned.articles:
        return None
    return Known(datable(parsed, cleaned, cleaned.articles[0]), date.fromisoformat(row["gold_date"][:10]))


def datable(parsed: ParsedDocument, cleaned: CleanedDocument, article: CleanArticle) -> DatableArticle:
    """Build what inference sees of one article, which has neither copies nor a story."""
    passages = [
        Passage(block.char_start, block.kind, text)
        for block in cleaned.blocks
        if block.is_kept and block.article_ordinal == article.ordinal and block.kind in PASSAGE_KINDS
        if (text := parsed.text[block.char_start : block.char_end].strip())
    ]
    name = parsed.document_id
    fetched = parsed.metadata.fetched.value if parsed.metadata.fetched else None
    return DatableArticle(
        name, name, article.role, article.ordinal, article.lang, name, name,
        article.published, article.published_source, fetched, article.relative_time, None, passages,
    )  # fmt: skip


def visible_only(markup: str) -> str:
    """Take from a page all that states a date to machines alone: its head, scripts and attributes."""
    tree = LexborHTMLParser(markup)
    tree.strip_tags(list(_WITHHELD_ELEMENTS))
    for node in tree.css("time, abbr, [datetime], [itemprop], [content], [title], [data-date], [data-time]"):
        for name in [name for name in node.attributes if name != "class" and _DATE_ATTRIBUTE.search(name)]:
            del node.attrs[name]
    return tree.html or ""


def _print(case: str, known: Sequence[Known], inferred: Mapping[str, Publication], list_errors: bool) -> None:
    if list_errors:
        print(*errors(known, inferred), sep="\n")
    print(json.dumps({"case": case, **score(known, inferred)}))


def _measure_warehouse(options: argparse.Namespace) -> int:
    articles = read_warehouse(options.folder)
    known = known_articles(articles, options.as_of)
    if not known:
        return _nothing(options.folder)
    inferred = infer_by_folds(articles, known, options.folds, options.as_of)
    _print("a fold withheld", known, inferred, options.errors)
    _print("all withheld", known, infer_by_folds(articles, known, 1, options.as_of), options.errors)
    return 0


def _measure_pages(options: argparse.Namespace) -> int:
    for path in options.files:
        known = read_pages(path, options.shape)
        if not known:
            return _nothing(path)
        articles = [case.article for case in known]
        name = f"{path.name.partition('.')[0]} {options.shape}"
        _print(f"{name} visible", known, date_articles(articles, options.as_of), options.errors)
        hidden = [withhold(article) for article in articles]
        _print(f"{name} text", known, date_articles(hidden, options.as_of), options.errors)
    return 0


def _nothing(path: Path) -> int:
    print(f"{path}: no article with a known day; see --help for what is read", file=sys.stderr)
    return 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(required=True, metavar="warehouse|pages")
    of_warehouse, of_pages = kinds.add_parser("warehouse"), kinds.add_parser("pages")
    of_warehouse.add_argument("folder", type=Path, metavar="DIR")
    of_warehouse.add_argument("--folds", type=int, default=10, help="parts that are withheld in turn (default 10)")
    of_warehouse.set_defaults(measure=_measure_warehouse)
    of_pages.add_argument("files", nargs="+", type=Path, metavar="FILE")
    of_pages.add_argument("--shape", choices=(PAGE, FLATTENED), default=PAGE)
    of_pages.set_defaults(measure=_measure_pages)
    for kind in (of_warehouse, of_pages):
        kind.add_argument("--as-of", type=date.fromisoformat, default=date.today(), help="day of the run (today)")
        kind.add_argument("--errors", action="store_true", help="list the articles that are undated or wrong")
    options = parser.parse_args(arguments)
    return int(options.measure(options))


if __name__ == "__main__":
    sys.exit(main())
