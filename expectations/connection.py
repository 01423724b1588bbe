"""A caller's DuckDB connection in the shape that SQLAlchemy expects, so that an audit sees uncommitted rows.

The audit runs inside the loader's open transaction. SQLAlchemy must therefore neither begin, commit, roll back nor
close anything, and it must never hold a pending result: DuckDB drops one as soon as the next statement starts, and
Great Expectations reads results after it has returned the connection. So every statement is fetched whole at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

Row = tuple[Any, ...]


class BufferedCursor:
    """A DB-API cursor that fetches the whole result when a statement is executed."""

    arraysize = 1

    def __init__(self, shared: BorrowedConnection, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = shared
        self.description: Any = None
        self.rowcount = -1
        self._connection = connection
        self._rows: list[Row] = []
        self._next = 0

    def execute(
        self, statement: str, parameters: Sequence[Any] | None = None, context: object = None
    ) -> BufferedCursor:
        result = self._connection.execute(statement, parameters) if parameters else self._connection.execute(statement)
        self.description = result.description
        self._rows = result.fetchall() if result.description else []
        self._next = 0
        return self

    def executemany(
        self, statement: str, parameters: Sequence[Sequence[Any]], context: object = None
    ) -> BufferedCursor:
        for row in parameters:
            self.execute(statement, row, context)
        return self

    def fetchone(self) -> Row | None:
        if self._next >= len(self._rows):
            return None
        self._next += 1
        return self._rows[self._next - 1]

    def fetchmany(self, size: int | None = None) -> list[Row]:
        start = self._next
        self._next = min(len(self._rows), start + (size or self.arraysize))
        return self._rows[start : self._next]

    def fetchall(self) -> list[Row]:
        return self.fetchmany(len(self._rows) or 1)

    def close(self) -> None:
        self._rows = []
        self._next = 0

    def setinputsizes(self, *sizes: object) -> None:
        """Do nothing: DuckDB sizes its own parameters."""

    def setoutputsize(self, *size: object) -> None:
        """Do nothing: the whole result is fetched anyway."""


class BorrowedConnection:
    """A DB-API connection that leaves the caller's transaction alone."""

    closed = False
    autocommit: bool | None = None

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.notices: list[str] = []  # duckdb-sqlalchemy reads it

    def cursor(self) -> BufferedCursor:
        return BufferedCursor(self, self._connection)

    def begin(self) -> None:
        """Do nothing: the transaction is the caller's."""

    def commit(self) -> None:
        """Do nothing: only the caller commits, after the gate has passed."""

    def rollback(self) -> None:
        """Do nothing: only the caller rolls back."""

    def close(self) -> None:
        """Do nothing: the connection is the caller's."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class Lender:
    """Hand the caller's connection to SQLAlchemy's pool; survives the deep copies that Great Expectations makes."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def __call__(self) -> BorrowedConnection:
        return BorrowedConnection(self._connection)

    def __deepcopy__(self, memo: dict[int, object]) -> Lender:
        return self
