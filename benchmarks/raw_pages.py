"""Show the audit what cleaning would miss: real pages with everything on them, loaded as if they were clean articles.

    python benchmarks/raw_pages.py ../shared/bench/extraction --sets fundus_en zyte --limit 100

Each page is flattened (its visible text, one piece a line), each line becomes a kept paragraph of one article, and the
suite of clean judges them. The audit shares no code and no list with cleaning, so what it finds here is what it would
find if cleaning did nothing. Prints how many pages each expectation about boilerplate names, and how many any does.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from extraction.pages import FLATTENED, LabelledPage, read_set, set_names

from expectations.engine import evaluate
from expectations.suites import SUITES
from warehouse import schema

SCHEMA = "staging"


def lines_of(pages: Sequence[LabelledPage]) -> Iterator[dict[str, object]]:
    """Cut each page into lines, with their places."""
    for number, page in enumerate(pages):
        start = 0
        for ordinal, line in enumerate(page.content.splitlines(keepends=True)):
            yield {
                "page": f"page-{number}",
                "ordinal": ordinal,
                "char_start": start,
                "char_end": start + len(line),
                "text": line,
            }
            start += len(line)


def load(connection: duckdb.DuckDBPyConnection, pages: Sequence[LabelledPage]) -> None:
    """Load the pages as documents, each with one article of all its lines."""
    connection.execute(f"create schema {SCHEMA}")
    schema.create_tables(connection, SCHEMA)
    connection.register("lines", pa.Table.from_pylist(list(lines_of(pages))))
    connection.execute(
        f"""
        insert into {SCHEMA}.documents by name
        select page as document_id, page as uri, 'text/plain' as media_type, 'utf-8' as encoding,
            string_agg(text, '' order by ordinal) as text, strlen(string_agg(text, '')) as byte_length,
            'raw' as first_run_id, 'parsed' as status
        from lines group by page;
        insert into {SCHEMA}.blocks by name
        select page || '-' || ordinal as block_id, page as document_id, page as article_id, ordinal,
            'paragraph' as kind, char_start, char_end, true as is_kept, text
        from lines;
        insert into {SCHEMA}.articles by name
        select document_id as article_id, document_id, 0 as ordinal, 'lead' as role, 0 as char_start,
            length(text) as char_end, text, len(regexp_extract_all(text, '\\S+')) as word_count, 'en' as lang,
            'unknown' as published_source, document_id as cluster_id, true as is_canonical, document_id as story_id
        from {SCHEMA}.documents;
        """
    )
    connection.unregister("lines")


def flagged(pages: Sequence[LabelledPage]) -> dict[str, set[str]]:
    """Return the pages that each expectation about rows of the clean suite names."""
    checks = [check for check in SUITES["clean"].checks if check.name.startswith("no-")]
    with duckdb.connect(config={"threads": 1}) as connection:
        load(connection, pages)
        verdicts = evaluate(connection, SCHEMA, checks)
    return {
        verdict.check.name: {offender.document_id for offender in verdict.offenders if offender.document_id}
        for verdict in verdicts
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="What the audit finds on pages that were not cleaned.")
    parser.add_argument("folder", type=Path, help="folder of labelled pages, NAME.jsonl.gz")
    parser.add_argument("--sets", nargs="+", help="by default all of the folder")
    parser.add_argument("--limit", type=int, help="pages of each set")
    chosen = parser.parse_args()
    logging.disable(logging.INFO)
    for name in chosen.sets or set_names(chosen.folder):
        pages = read_set(chosen.folder, name, FLATTENED, chosen.limit)
        found = flagged(pages)
        counts = {check: len(named) for check, named in found.items()}
        print(json.dumps({"set": name, "pages": len(pages), "flagged": len(set().union(*found.values())), **counts}))


if __name__ == "__main__":
    main()
