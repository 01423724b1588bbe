"""Score title, publication day and authors of labelled pages, beside trafilatura and htmldate in the same run.

    python benchmarks/metadata.py FILE.jsonl.gz... [--half A|B] [--peers] [--no-clean] [--rounds 1] [--errors]

A line of a FILE is an object with `id`, `url`, `html` and any of `gold_date` (ISO day), `gold_title`, `gold_authors`
and `split_key` (the publisher). Printed for each FILE, one JSON object for each system:

    date_precision, date_recall   exact day; of the days given, and of all pages with a gold day
    title_exact                   equal after Unicode, quotes, dashes and white space are written in one way
    title_strict, title_folded    equal character by character; equal words, without case and punctuation
    author_precision, _recall     names as sets, pooled over the pages; without case and punctuation
    milliseconds_per_page         processor time; of metadata alone for this project, of the call for a peer

The project is measured as it is used: what the lead article states after cleaning, or with --no-clean what parse reads
off the page. --half takes the pages of one half of the publishers, drawn by a hash of their names: rules are made on A
and checked on B. The exit code is 2 where a file has no labelled page.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from selectolax.lexbor import LexborHTMLParser

from tasks.clean import clean_document
from tasks.parse import parse_document
from tasks.parse.metadata import read_page_metadata
from tasks.parse.rendering import render
from tasks.records import CleanArticle, ParsedDocument, RawDocument

ONE_SPELLING = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "\u00ad": None, "\u200b": None, "\u200e": None, "\ufeff": None}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled page; None or empty where a label is missing."""

    id: str
    publisher: str
    url: str | None
    html: str
    day: str | None
    title: str | None
    authors: tuple[str, ...]
    fetched: str | None  # when the page was fetched


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system says about a page."""

    day: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    sources: tuple[str | None, ...] = ()


System = Callable[[Gold], Answer]


def read_gold(path: Path, half: str | None = None) -> list[Gold]:
    """Read a file of labelled pages, or the part of it that one half of the publishers has."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = [_gold(json.loads(line)) for line in lines if line.strip()]
    return [page for page in pages if half is None or half_of(page.publisher) == half]


def half_of(publisher: str) -> str:
    """Return the half, A or B, that a publisher falls into."""
    return "AB"[hashlib.sha256(publisher.encode()).digest()[0] % 2]


def _gold(row: Mapping[str, Any]) -> Gold:
    day, title, authors = row.get("gold_date"), row.get("gold_title"), row.get("gold_authors")
    return Gold(
        id=row["id"],
        publisher=str(row.get("split_key") or row["id"]),
        url=row.get("url"),
        html=row["html"],
        day=day[:10] if isinstance(day, str) else None,
        title=title if isinstance(title, str) else None,
        authors=tuple(authors) if isinstance(authors, list) else (),
        fetched=row.get("crawl_date"),
    )


def raw_document(page: Gold) -> RawDocument:
    """Make the document that a page with its address and the time of its fetch is, where these are known."""
    stated = {name: text for name, text in (("url", page.url), ("fetched_at", page.fetched)) if text}
    return RawDocument(page.id, page.url or page.id, None, "text/html", page.html.encode("utf-8", "replace"), stated)


def of_parse(page: Gold) -> Answer:
    """Answer with what parse reads off the page."""
    parsed = parse_document(raw_document(page))
    if not isinstance(parsed, ParsedDocument):
        return Answer()
    found = parsed.metadata
    return Answer(
        found.published.value[:10] if found.published else None,
        found.title.value if found.title else None,
        found.authors,
        tuple(value.source if value else None for value in (found.published, found.title, found.byline)),
    )


def of_clean(page: Gold) -> Answer:
    """Answer with what the page's lead article states after cleaning."""
    parsed = parse_document(raw_document(page))
    cleaned = clean_document(parsed) if isinstance(parsed, ParsedDocument) else None
    lead = next((article for article in getattr(cleaned, "articles", ()) if article.ordinal == 0), None)
    if not isinstance(lead, CleanArticle):
        return Answer()
    sources = (lead.published_source, lead.title_source, lead.byline_source)
    return Answer(lead.published[:10] if lead.published else None, lead.title, lead.authors, sources)


def of_trafilatura(page: Gold) -> Answer:
    """Answer with trafilatura's metadata."""
    from trafilatura.metadata import extract_metadata

    try:
        found = extract_metadata(page.html, default_url=page.url)
    except Exception as problem:  # a peer's failure is its answer
        print(f"trafilatura: {page.id}: {type(problem).__name__}", file=sys.stderr)
        return Answer()
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Answer(found.date, found.title, authors)


def of_htmldate(page: Gold) -> Answer:
    """Answer with htmldate's original date."""
    from htmldate import find_date

    try:
        return Answer(find_date(page.html, url=page.url, original_date=True, extensive_search=True))
    except Exception as problem:  # a peer's failure is its answer
        print(f"htmldate: {page.id}: {type(problem).__name__}", file=sys.stderr)
        return Answer()


def one_spelling(text: str | None) -> str:
    """Write quotes, dashes, white space and Unicode's compositions in one way; case and other marks stay."""
    return " ".join(unicodedata.normalize("NFKC", text or "").translate(ONE_SPELLING).split())


def fold(text: str | None) -> str:
    """Reduce a text to its words in lower case."""
    return " ".join(re.findall(r"\w+", one_spelling(text).lower()))


def score(pages: Sequence[Gold], answers: Mapping[str, Answer]) -> dict[str, float]:
    """Return the figures of a system's answers by page id; of what no page is labelled with, none."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update(_outcome(page, answers[page.id]))
    figures = {
        "date_precision": ("right days", "days"), "date_recall": ("right days", "gold days"),
        "title_exact": ("exact titles", "gold titles"), "title_strict": ("strict titles", "gold titles"),
        "title_folded": ("folded titles", "gold titles"),
        "author_precision": ("right names", "names"), "author_recall": ("right names", "gold names"),
    }  # fmt: skip
    labelled = {"date": "gold days", "title": "gold titles", "author": "gold names"}
    return {
        name: round(counts[part] / max(1, counts[whole]), 4)
        for name, (part, whole) in figures.items()
        if counts[labelled[name.partition("_")[0]]]
    }


def _outcome(page: Gold, answer: Answer) -> dict[str, int]:
    outcome: dict[str, int] = {}
    if page.day:
        outcome |= {"gold days": 1, "days": answer.day is not None, "right days": answer.day == page.day}
    if page.title:
        outcome |= {"gold titles": 1, "strict titles": answer.title == page.title,
                    "exact titles": one_spelling(answer.title) == one_spelling(page.title),
                    "folded titles": fold(answer.title) == fold(page.title)}  # fmt: skip
    if page.authors:
        gold, names = set(map(fold, page.authors)), set(map(fold, answer.authors))
        outcome |= {"gold names": len(gold), "names": len(names), "right names": len(gold & names)}
    return outcome


def errors(pages: Iterable[Gold], answers: Mapping[str, Answer]) -> Iterable[str]:
    """Yield a line for each value that differs from its label."""
    for page in pages:
        answer = answers[page.id]
        source = dict(zip(("date", "title", "authors"), answer.sources, strict=False))
        if page.day and answer.day != page.day:
            yield "\t".join(("date", page.id, page.day, str(answer.day), str(source.get("date")), str(page.url)))
        if page.title and one_spelling(answer.title) != one_spelling(page.title):
            yield "\t".join(("title", page.id, page.title, str(answer.title), str(source.get("title"))))
        if page.authors and set(map(fold, page.authors)) != set(map(fold, answer.authors)):
            names = (" + ".join(page.authors), " + ".join(answer.authors))
            yield "\t".join(("authors", page.id, *names, str(source.get("authors"))))


def run(pages: Sequence[Gold], system: System) -> tuple[dict[str, Answer], float]:
    """Return a system's answers by page id, and the milliseconds of processor time that a page took it."""
    began = time.process_time()
    answers = {page.id: system(page) for page in pages}
    return answers, 1000 * (time.process_time() - began) / max(1, len(pages))


def metadata_milliseconds(pages: Sequence[Gold], rounds: int) -> float:
    """Return the milliseconds that reading the metadata of a parsed page takes, the best of `rounds`."""
    trees = [(tree, page.url) for page in pages if (tree := LexborHTMLParser(page.html)).body is not None]
    parsed = [(tree, render(tree.body), url) for tree, url in trees if tree.body is not None]
    best = float("inf")
    for _ in range(max(1, rounds)):
        began = time.process_time()
        for tree, rendering, url in parsed:
            read_page_metadata(tree, rendering, url)
        best = min(best, time.process_time() - began)
    return 1000 * best / max(1, len(parsed))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--half", choices=("A", "B"), help="pages of one half of the publishers only")
    parser.add_argument("--peers", action="store_true", help="run trafilatura and htmldate too; they must be installed")
    parser.add_argument("--no-clean", action="store_true", help="score what parse reads, without cleaning")
    parser.add_argument("--rounds", type=int, default=1, help="rounds of the speed measurement (default 1)")
    parser.add_argument("--errors", action="store_true", help="list the values that differ from their labels")
    options = parser.parse_args(arguments)
    for path in options.files:
        pages = read_gold(path, options.half)
        if not any(page.day or page.title or page.authors for page in pages):
            print(f"{path}: no labelled pages; see --help for the format", file=sys.stderr)
            return 2
        systems: dict[str, System] = {"dateline": of_parse if options.no_clean else of_clean}
        systems |= {"trafilatura": of_trafilatura, "htmldate": of_htmldate} if options.peers else {}
        for name, system in systems.items():
            answers, spent = run(pages, system)
            if name == "dateline":
                spent = metadata_milliseconds(pages, options.rounds)
                if options.errors:
                    print(*errors(pages, answers), sep="\n")
            figures = score(pages, answers)
            if name == "htmldate":
                figures = {key: value for key, value in figures.items() if key.startswith("date")}
            print(json.dumps({"set": path.name.partition(".")[0], "half": options.half, "system": name,
                              "pages": len(pages), **figures, "milliseconds_per_page": round(spent, 2)}))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
