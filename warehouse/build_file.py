"""The private build file: opened by one process at a time, under a lock.

Five schemas: `page` keeps what was read from each document by itself, `copies` and `stories` the searches for them,
`staging` the candidate for the next release, `ledger` what is known of runs, inputs and refusals. The ledger outlives
a run that fails; the others are part of the run's transaction.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse import schema
from warehouse.errors import BuildLockedError, TerminalError
from warehouse.layout import WarehouseLayout

Connection = duckdb.DuckDBPyConnection

MIGRATIONS = Path(__file__).parent / "schema" / "migrations"

#: Nothing on the main path may need an extension: none ships with the wheel, and fetching one fails offline.
CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "true",
}

#: Said on each connection: DuckDB otherwise writes a progress bar for slow queries into what the program prints.
QUIET = "set enable_progress_bar = false"


@dataclass(frozen=True, slots=True)
class Build:
    """An open build file."""

    layout: WarehouseLayout
    connection: Connection


@contextmanager
def open_build(layout: WarehouseLayout, *, memory_limit: str | None = None) -> Iterator[Build]:
    """Open the build file for writing, creating and migrating it where needed.

    Raises:
        BuildLockedError: another process holds it.
        TerminalError: the folder cannot be written, or the file is no DuckDB database.
    """
    try:
        layout.root.mkdir(parents=True, exist_ok=True)
        if not os.access(layout.root, os.W_OK):
            raise PermissionError(13, "not writable")
    except OSError as problem:
        raise TerminalError(
            f"The warehouse folder {layout.root} cannot be written: {problem.strerror}. "
            "Name another one with --warehouse DIR or DATELINE_WAREHOUSE."
        ) from problem
    with hold_lock(layout):
        connection = _connect(layout, memory_limit)
        try:
            migrate(connection)
            yield Build(layout, connection)
        finally:
            connection.close()


@contextmanager
def hold_lock(layout: WarehouseLayout) -> Iterator[None]:
    """Hold the warehouse's lock for writing.

    Raises:
        BuildLockedError: another process holds it.
    """
    lock = FileLock(layout.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BuildLockedError(_lock_message(layout)) from None
    try:
        layout.lock.with_suffix(".owner").write_text(json.dumps({"pid": os.getpid()}), "utf-8")
        yield
    finally:
        lock.release()


def _connect(layout: WarehouseLayout, memory_limit: str | None) -> Connection:
    configuration = dict(CONFIGURATION)
    if memory_limit:
        configuration["memory_limit"] = memory_limit
    try:
        connection = duckdb.connect(str(layout.build), config=configuration)
        connection.execute(QUIET)
        return connection
    except duckdb.ParserException as problem:  # of the memory limit, the one setting that is the user's
        raise TerminalError(f"DATELINE_MEMORY_LIMIT is not valid: {problem} Write it as 4GB or 500MB.") from problem
    except duckdb.IOException as problem:
        if "lock" in str(problem).lower():
            raise BuildLockedError(_lock_message(layout)) from problem
        raise TerminalError(
            f"The build file {layout.build} cannot be opened: {str(problem).splitlines()[0]} It is private and can be "
            "moved away: the next `dateline run` over all of your inputs builds a new one."
        ) from problem


def _lock_message(layout: WarehouseLayout) -> str:
    owner = layout.lock.with_suffix(".owner")
    try:
        pid = f" (process {json.loads(owner.read_text('utf-8'))['pid']})"
    except (OSError, ValueError, KeyError):
        pid = ""
    return (
        f"Another run{pid} is writing the warehouse {layout.root}. Readers are not affected. "
        "Wait for it to end, then run the same command again; `dateline runs` shows how it ended."
    )


def migrate(connection: Connection) -> None:
    """Bring the build file's private tables up to date: numbered files, each applied once, in order."""
    connection.execute("create schema if not exists ledger")
    connection.execute("create schema if not exists page")
    connection.execute("create schema if not exists staging")
    connection.execute("create table if not exists ledger.migrations (name varchar, applied_at timestamp)")
    applied = {name for (name,) in connection.execute("select name from ledger.migrations").fetchall()}
    for path in sorted(MIGRATIONS.glob("*.sql")):
        if path.name in applied:
            continue
        connection.execute("begin")
        connection.execute(path.read_text("utf-8"))
        connection.execute("insert into ledger.migrations values (?, now()::timestamp)", [path.name])
        connection.execute("commit")
    schema.create_tables(connection, "ledger", schema.LEDGER_TABLES)
    schema.create_tables(connection, "staging", schema.content_tables())
    for table in schema.LEDGER_TABLES:
        connection.execute(f"create or replace view staging.{table} as from ledger.{table}")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Run a block in one transaction: committed at its end, rolled back when it raises."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
