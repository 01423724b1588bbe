"""Publish: build the new file beside the old one, then replace it whole.

Readers never wait and never see half a release: the file they open is complete, checkpointed, closed and synced
before it takes its name, and `os.replace` swaps names atomically. A crash at any instant leaves either release.
"""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse import schema
from warehouse.build_file import Build, hold_lock
from warehouse.errors import UsageError
from warehouse.layout import WarehouseLayout, sync_folder

#: Sort keys of the published tables: equal content gives equal row order.
ROW_ORDER = {
    "documents": "document_id",
    "sightings": "document_id, uri",
    "articles": "document_id, ordinal",
    "blocks": "document_id, ordinal",
    "duplicates": "article_id, other_article_id",
    "clusters": "cluster_id",
    "article_versions": "version_group_id, version, article_id",
    "stories": "story_id",
    "time_expressions": "document_id, char_start, time_expression_id",
    "event_mentions": "document_id, char_start, event_mention_id",
    "undated_mentions": "document_id, char_start, event_mention_id",
    "events": "begin_on, event_id",
    "disagreements": "event_id, value",
    "entities": "kind, name, entity_id",
    "quotes": "document_id, char_start, quote_id",
    "entity_mentions": "document_id, char_start, entity_mention_id",
    "quarantine": "stage, document_id, article_id, block_id, reason",
    "validations": "run_id, stage, ordinal",
    "offenders": "run_id, stage, expectation, ordinal",
    "runs": "run_id",
    "stage_counts": "run_id, stage",
}


@dataclass(frozen=True, slots=True)
class Release:
    """One kept release."""

    name: str  # the run that published it
    path: Path
    byte_length: int
    published_at: datetime
    is_current: bool


def publish_release(build: Build, run_id: str, *, releases_kept: int) -> Path:
    """Write the staging tables into a new file, keep it as a release and put it in the published file's place."""
    layout = build.layout
    layout.releases.mkdir(parents=True, exist_ok=True)
    for leftover in layout.root.glob(f".{layout.published.name}.*.next"):  # of a run that was killed here
        leftover.unlink(missing_ok=True)
    release = layout.releases / f"{run_id}.duckdb"
    _write_database(build, release, {name: f"staging.{name}" for name in schema.table_names()}, schema.view_names())
    _take_place(release, layout.published)
    _drop_old_releases(layout, releases_kept)
    return layout.published


def publish_history(build: Build) -> None:
    """Replace the history file, which tells of failed runs too, by the ledger as it is now."""
    fresh = build.layout.root / f".history-{os.getpid()}.duckdb"
    _write_database(build, fresh, {name: f"ledger.{name}" for name in schema.LEDGER_TABLES}, ("quality_trend",))
    fresh.replace(build.layout.history)
    sync_folder(build.layout.root)


def _write_database(build: Build, target: Path, sources: dict[str, str], views: tuple[str, ...]) -> None:
    """Write `sources` (table -> where from) as a new database file: complete, checkpointed, closed and synced."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    for leftover in (unfinished, unfinished.with_name(unfinished.name + ".wal")):
        leftover.unlink(missing_ok=True)
    connection = build.connection
    connection.execute(f"attach '{str(unfinished).replace(chr(39), chr(39) * 2)}' as release")
    try:
        connection.execute("begin")
        schema.create_tables(connection, "release.main", tuple(sources))
        for table, source in sources.items():
            columns = ", ".join(f'"{name}"' for name, _ in schema.columns_of(table))
            connection.execute(
                f"insert into release.main.{table} by name "
                f"select {columns} from build.{source} order by {ROW_ORDER[table]}"
            )
        schema.create_views(connection, "release.main", views)
        connection.execute("commit")
        connection.execute("checkpoint release")
    finally:
        with suppress(duckdb.Error):  # no transaction is open after a commit
            connection.execute("rollback")
        connection.execute("detach release")
    with unfinished.open("rb+") as handle:
        os.fsync(handle.fileno())
    unfinished.replace(target)
    sync_folder(target.parent)


def _take_place(release: Path, published: Path) -> None:
    """Give a release the published file's name; the release stays under its own name too."""
    standing = published.with_name(f".{published.name}.{secrets.token_hex(4)}.next")
    try:
        os.link(release, standing)  # one file, two names: no copy, and neither is written again
    except OSError:  # a file system without hard links
        shutil.copyfile(release, standing)
        with standing.open("rb+") as handle:
            os.fsync(handle.fileno())
    standing.replace(published)
    sync_folder(published.parent)


def _drop_old_releases(layout: WarehouseLayout, releases_kept: int) -> None:
    for release in list_releases(layout)[max(1, releases_kept) :]:
        if not release.is_current:
            release.path.unlink(missing_ok=True)


def list_releases(layout: WarehouseLayout) -> list[Release]:
    """Return the kept releases, the newest first."""
    paths = sorted(layout.releases.glob("[!.]*.duckdb"), reverse=True)
    return [
        Release(
            name=path.stem,
            path=path,
            byte_length=path.stat().st_size,
            published_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
            is_current=_is_current(path, layout.published),
        )
        for path in paths
    ]


def _is_current(release: Path, published: Path) -> bool:
    if not published.exists():
        return False
    if release.samefile(published):
        return True
    # on a file system without hard links the release was copied, and says itself which run made it
    return published.stat().st_nlink == 1 and _last_run_of(published) == release.stem


def _last_run_of(path: Path) -> str | None:
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            row = connection.execute("select max(run_id) from runs where status = 'published'").fetchone()
    except duckdb.Error:
        return None  # damaged, so it is no release; a rollback replaces it
    return row[0] if row else None


def rollback_to(layout: WarehouseLayout, name: str) -> Release:
    """Put a kept release back in the published file's place.

    Raises:
        UsageError: no kept release has that name.
        BuildLockedError: a run is writing the warehouse.
    """
    with hold_lock(layout):
        return _roll_back(layout, name)


def _roll_back(layout: WarehouseLayout, name: str) -> Release:
    releases = {release.name: release for release in list_releases(layout)}
    if name not in releases:
        kept = ", ".join(releases) or "none"
        raise UsageError(f"No kept release is named {name!r}. Kept: {kept}. `dateline releases` lists them.")
    _take_place(releases[name].path, layout.published)
    return next(release for release in list_releases(layout) if release.name == name)
