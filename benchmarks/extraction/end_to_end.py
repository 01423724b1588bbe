"""The pages through the whole pipeline into a warehouse of its own; scored is what is published."""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from extraction.accuracy import Extracted
from extraction.pages import FLATTENED, LabelledPage

PUBLISHED = """
    select documents.record_id, articles.text, articles.title, articles.published_on, articles.published_source
    from documents
    join articles using (document_id)
    where articles.role = 'lead'
"""
#: Documents whose rows fail a gate are left out of the next run; what fails after a few runs fails for good.
MOST_RUNS = 5
QUARANTINED = "select stage, reason, count(*) from quarantine group by all order by all"


@dataclass(frozen=True, slots=True)
class Published:
    """What a run published: answers by page, how their days are known, what was refused, and how long it took."""

    answers: dict[str, Extracted]
    date_sources: Counter[str]
    refusals: list[tuple[str, str, int]]
    failures: list[str]  # of the runs before, which published nothing
    seconds: float


def publish(pages: Sequence[LabelledPage], jobs: int) -> Published:
    """Run the pipeline over the pages as records of one file, and read the published warehouse.

    Where a gate does not pass, the run is repeated as its message says: without the documents that failed.

    Raises:
        GateFailedError: the gates did not pass in any of `MOST_RUNS` runs.
    """
    with tempfile.TemporaryDirectory(prefix="extract-benchmark-") as folder:
        records, warehouse = Path(folder) / "pages.jsonl", Path(folder) / "warehouse"
        with records.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(as_record(page)) + "\n" for page in pages)
        began = time.perf_counter()
        failures = run_until_published(records, warehouse, jobs)
        seconds = time.perf_counter() - began
        with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as news:
            rows = news.execute(PUBLISHED).fetchall()
            refusals = news.execute(QUARANTINED).fetchall()
    answers = {record: Extracted(text, title, str(day) if day else None) for record, text, title, day, _ in rows}
    return Published(answers, Counter(source for *_, source in rows), refusals, failures, seconds)


def run_until_published(records: Path, warehouse: Path, jobs: int) -> list[str]:
    """Run the flow until it publishes; return what the runs that did not publish said."""
    from flows.gates import GateFailedError
    from flows.pipeline import ingest

    failures: list[str] = []
    while True:
        try:
            ingest.fn([str(records)], str(warehouse), jobs)
            return failures
        except GateFailedError as failure:
            failures.append(str(failure))
            if len(failures) == MOST_RUNS:
                raise


def as_record(page: LabelledPage) -> dict[str, str]:
    """Write a page as a record of an input file."""
    record = {"id": page.page_id, "text" if page.shape == FLATTENED else "html": page.content}
    return record | ({"url": page.url} if page.url else {})
