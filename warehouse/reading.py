"""Read-only access to what is published. Nothing here takes a lock or needs a run to stand still."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse import schema
from warehouse.build_file import CONFIGURATION, QUIET
from warehouse.errors import NothingPublishedError, QueryError, TerminalError
from warehouse.layout import WarehouseLayout


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The rows of a query, as Python values, with the names of its columns."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return the rows by column name; a name that comes again is numbered (a, a_1), so that no value is lost."""
        names = [
            name if self.columns.index(name) == place else f"{name}_{self.columns[:place].count(name)}"
            for place, name in enumerate(self.columns)
        ]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


PUBLISHED_REMEDY = "`dateline releases` lists the kept releases; `dateline rollback RUN` puts one back."

#: What a query may not do: write a progress bar, reach other files (COPY … TO, ATTACH, INSTALL), and undo this.
SHUT = (QUIET, "set enable_external_access = false", "set lock_configuration = true")


@contextmanager
def open_read_only(path: Path, remedy: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database file for queries that can neither change it nor reach any other file.

    Raises:
        TerminalError: it cannot be read; the message ends with the remedy.
    """
    try:
        connection = duckdb.connect(str(path), read_only=True, config=dict(CONFIGURATION))
    except duckdb.Error as problem:
        raise TerminalError(f"{path} cannot be read: {str(problem).splitlines()[0]} {remedy}") from problem
    with connection:
        for statement in SHUT:
            connection.execute(statement)
        yield connection


@contextmanager
def open_published(layout: WarehouseLayout) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file read-only.

    Raises:
        NothingPublishedError: no run has published yet.
        TerminalError: the file is damaged.
    """
    if not layout.published.exists():
        raise NothingPublishedError(
            f"The warehouse {layout.root} has no published file yet. `dateline run INPUT…` makes one; "
            "`dateline runs` shows whether a run was refused."
        )
    with open_read_only(layout.published, PUBLISHED_REMEDY) as connection:
        yield connection


@contextmanager
def open_history(layout: WarehouseLayout) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the history of runs read-only; it exists from the first run on, published or not.

    Raises:
        NothingPublishedError: nothing has ever run here.
    """
    if not layout.history.exists():
        raise NothingPublishedError(
            f"Nothing has run in the warehouse {layout.root} yet. Start with `dateline run INPUT…`."
        )
    with open_read_only(layout.history, "The next `dateline run` writes it anew.") as connection:
        yield connection


def query(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> QueryResult:
    """Run one query and fetch all of its rows.

    Raises:
        QueryError: DuckDB refused it; the message is DuckDB's, with the position.
    """
    try:
        cursor = connection.execute(sql, dict(parameters) if isinstance(parameters, Mapping) else list(parameters))
        if cursor is None or cursor.description is None:
            return QueryResult((), [])
        return QueryResult(tuple(column[0] for column in cursor.description), cursor.fetchall())
    except duckdb.Error as problem:
        raise QueryError(f"The query was refused. {problem}") from problem


def content_digests(path: Path) -> dict[str, str]:
    """Return table -> digest of its rows in the published order, for comparing two releases.

    Columns that depend on when a document arrived are left out.
    """
    digests = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        for table in schema.content_tables():
            left_out = schema.ARRIVAL_COLUMNS.get(table, ())
            columns = ", ".join(f'"{name}"' for name, _ in schema.columns_of(table) if name not in left_out)
            digest = hashlib.blake2b(digest_size=16)
            for row in connection.execute(f"select {columns} from {table} order by all").fetchall():
                digest.update(repr(row).encode("utf-8", "surrogatepass"))
            digests[table] = digest.hexdigest()
    return digests
