"""Write ``inbox/`` and ``labels/`` from the sources under ``source/``; run it after editing them.

    python seeds/build_seeds.py            # rewrites both folders beside this file
    python seeds/build_seeds.py --output D # writes them below D instead

The same sources give the same bytes, but for compressed files, whose bytes depend on the compressor
and whose content is the same.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from source import documents
from source.containers import Containers, compress
from source.documents import Page
from source.markup import Article, load_articles, sentence_around
from source.pages import Renderer, ShownArticle, shown_articles, states_date
from source.publishers import PUBLISHERS

HERE = Path(__file__).resolve().parent
# Pages that show the summary above the text; a reader may count it as text or not.
_STANDFIRST_TEMPLATES = ("harborledger.html", "kuestenbote.html", "elfaro.html", "touchline.html")


def period(value: str) -> tuple[date, date]:
    """Return the first and last day of an ISO year, month, week, day or interval.

    >>> period("2026-W10")
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 8))
    """
    if "/" in value:
        first, last = value.split("/")
        return period(first)[0], period(last)[1]
    if "W" in value:
        monday = date.fromisocalendar(int(value[:4]), int(value[6:]), 1)
        return monday, monday + timedelta(days=6)
    if len(value) == 10:
        return date.fromisoformat(value), date.fromisoformat(value)
    year, month = int(value[:4]), int(value[5:7] or 0)
    first_day = date(year, month or 1, 1)
    next_month = date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    return first_day, next_month - timedelta(days=1)


def article_label(page: Page, shown: ShownArticle) -> dict[str, Any]:
    """Return the line of ``labels/articles.jsonl`` for one article of one document."""
    article, fields = shown.article, shown.article.fields
    publisher: str | None = PUBLISHERS[fields["publisher"]].name
    if fields.get("label_publisher") == "-":
        publisher = None
    published = article.get("published")
    is_wired = page.template == "text"
    is_modified_only = page.jsonld == "modified-only"
    return {
        "uri": page.uri,
        "role": shown.role,
        "ordinal": shown.ordinal,
        "title": article.get("title"),
        "published_on": published[:10] if published else None,
        "published_stated": states_date(page, article),
        "published_tolerance_days": 1 if is_modified_only else int(fields.get("tolerance", "0")),
        "lang": fields.get("lang", "en"),
        "publisher": publisher,
        "byline": None if is_wired or shown.role == "embedded" else _byline(article),
        "cluster": fields["cluster"],
        "is_canonical": fields.get("canonical") == "yes",
        "story": fields["story"],
        "is_summary": fields.get("is_summary") == "yes",
        "standfirst": article.get("summary") if page.template in _STANDFIRST_TEMPLATES else None,
        "text": shown.text,
    }


def _byline(article: Article) -> str | None:
    byline = article.get("byline")
    return byline.removeprefix("Duty forecaster: ") if byline else None


def event_labels(page: Page, shown: ShownArticle) -> Iterable[dict[str, Any]]:
    """Yield the lines of ``labels/events.jsonl`` for one article.

    A copy of another article repeats its events; only the first is labelled, so that a story told
    by many sites does not outweigh all others.
    """
    for block in shown.blocks:
        for mention in block.mentions:
            first, last = period(mention.value)
            yield {
                "uri": page.uri,
                "ordinal": shown.ordinal,
                "event_text": block.plain[mention.start : mention.end],
                "sentence": sentence_around(block.plain, mention.start, mention.end),
                "value": mention.value,
                "begin_on": first.isoformat(),
                "end_on": last.isoformat(),
                "status": mention.status,
                "event_key": mention.event_key,
            }
            if shown.article.get("base"):
                return


def all_pages() -> list[Page]:
    """Return every document that holds an article, in the order of the labels."""
    groups = (
        documents.FILES,
        documents.BATCH,
        documents.ARCHIVE,
        documents.TABLE,
        documents.FEED,
        documents.CRAWL,
        documents.PARTLY_MALFORMED,
    )
    return sorted((page for group in groups for page in group), key=lambda page: page.uri)


def build_inbox(articles: Mapping[str, Article]) -> dict[str, bytes]:
    """Return every file of the inbox: path -> content."""
    renderer = Renderer(HERE / "source" / "templates", articles)
    files: dict[str, bytes] = {}
    for page in documents.FILES:
        content = renderer.render(page).encode()
        files[page.uri] = compress(content) if page.uri.endswith(".gz") else content
    return files | Containers(articles, renderer).files()


def build_labels(articles: Mapping[str, Article]) -> dict[str, bytes]:
    """Return the label files: name -> content."""
    shown = [(page, one) for page in all_pages() for one in shown_articles(page, articles)]
    return {
        "articles.jsonl": _lines(article_label(page, one) for page, one in shown),
        "events.jsonl": _lines(label for page, one in shown for label in event_labels(page, one)),
        "quarantine.jsonl": _lines({"uri": uri, "reason": reason} for uri, reason in documents.QUARANTINE),
    }


def _lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def main() -> None:
    """Write the corpus and its labels."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=HERE, help="folder to write to")
    output: Path = parser.parse_args().output
    styles = {key: publisher.quotes for key, publisher in PUBLISHERS.items()}
    articles = load_articles(HERE / "source" / "stories", styles)
    folders = {"inbox": build_inbox(articles), "labels": build_labels(articles)}
    for name, files in folders.items():
        shutil.rmtree(output / name, ignore_errors=True)
        for relative, content in sorted(files.items()):
            path = output / name / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        print(f"{name}: {len(files)} files, {sum(map(len, files.values())):,} bytes")


if __name__ == "__main__":
    main()
