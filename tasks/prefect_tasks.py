"""The Prefect tasks: thin wrappers that pass paths, identifiers and counts, never documents or connections.

Batch tasks do the per-document work and are mapped over batches; they take and return paths that any worker can
reach. Set tasks work on the open build file and are called in the flow's own process.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from prefect import task

from tasks.stages import clean as clean_stage
from tasks.stages import dedupe as dedupe_stage
from tasks.stages import enrich as enrich_stage
from tasks.stages import entities as entities_stage
from tasks.stages import page as page_stage
from tasks.workers import run_in_worker
from warehouse.errors import TransientError
from warehouse.sessions import build_of

#: Seconds before the first and second retry of a transient failure.
RETRY_DELAYS: list[float] = [1, 5]


def is_transient(task: Any, run: Any, state: Any) -> bool:
    """Tell Prefect whether a failed task run is worth another try: a lock, a full disk, a worker that died."""
    try:
        state.result()
    except (TransientError, OSError):
        return True
    except Exception:
        return False
    return False


@task(name="parse", retries=len(RETRY_DELAYS), retry_delay_seconds=RETRY_DELAYS, retry_condition_fn=is_transient)
def parse_batch(raw_part: str, part: str, restore_rules: tuple[str, ...]) -> str:
    """Parse and clean one archive part, page by page; returns the path of the result."""
    from tasks import batches  # the parsers are imported where the work is done

    return run_in_worker(batches.parse_batch, raw_part, part, restore_rules)


@task(name="load-parsed")
def load_parsed(root: str, parts: dict[str, str]) -> None:
    """Load the batches' results."""
    page_stage.load_parsed_parts(build_of(root).connection, parts)


@task(name="stage-documents")
def stage_documents(root: str, run_id: str) -> None:
    """Stage the documents, their blocks and what was refused."""
    page_stage.stage_documents(build_of(root).connection, run_id)


@task(name="clean")
def clean(root: str, run_id: str, restore_rules: tuple[str, ...]) -> None:
    """Remove what publishers' pages repeat and stage the articles."""
    clean_stage.clean_articles(build_of(root).connection, run_id, frozenset(restore_rules))


@task(name="dedupe")
def dedupe(root: str) -> None:
    """Stage verified pairs, clusters and stories."""
    dedupe_stage.dedupe_all(build_of(root).connection)


@task(name="date-articles")
def date_articles(root: str, as_of: date, batch_articles: int, names_model: str | None) -> list[str]:
    """Date the articles and write the passages that have to be annotated; returns the batches' paths."""
    build = build_of(root)
    passages = enrich_stage.fetch_passages(build.connection)
    publications = enrich_stage.date_all(build.connection, passages, as_of)
    folder = build.layout.parts / "passages"
    return enrich_stage.write_annotation_batches(
        build.connection, folder, passages, publications, batch_articles, names_model
    )


@task(name="enrich", retries=len(RETRY_DELAYS), retry_delay_seconds=RETRY_DELAYS, retry_condition_fn=is_transient)
def annotate_batch(passages: str, part: str) -> str:
    """Find times, events and names in one batch of articles; returns the path of the result."""
    from tasks import batches

    return run_in_worker(batches.annotate_batch, passages, part)


@task(name="merge-events")
def merge_events(root: str, parts: list[str]) -> None:
    """Load the annotations and stage time expressions, entities, mentions and the events merged from them."""
    connection = build_of(root).connection
    enrich_stage.load_annotations(connection, parts)
    entities_stage.stage_entities(connection)
    enrich_stage.stage_time_expressions(connection)
    enrich_stage.merge_all(connection)


def part_path(folder: Path, name: str) -> str:
    """Return where a batch's result belongs, creating the folder around it."""
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / name)
