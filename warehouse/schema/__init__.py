"""The tables and views, as SQL files: one a table, in `tables/` and `views/`, numbered in order of dependence."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

FOLDER = Path(__file__).parent

#: Tables that describe runs rather than documents; everything else is content.
LEDGER_TABLES = ("quarantine", "validations", "runs", "stage_counts", "offenders")

#: Columns that depend on when a document arrived, so comparisons of content leave them out.
ARRIVAL_COLUMNS = {"documents": ("first_run_id",)}


@cache
def statements(kind: str) -> dict[str, str]:
    """Return name -> SQL of every table or view (`kind` is "tables" or "views"), in order of dependence."""
    return {path.stem.split("_", 1)[1]: path.read_text("utf-8") for path in sorted((FOLDER / kind).glob("*.sql"))}


def table_names() -> tuple[str, ...]:
    return tuple(statements("tables"))


def content_tables() -> tuple[str, ...]:
    """Return the tables that the same documents must fill alike, whatever the order of arrival."""
    return tuple(name for name in table_names() if name not in LEDGER_TABLES)


def create_tables(connection: duckdb.DuckDBPyConnection, schema: str, tables: tuple[str, ...] | None = None) -> None:
    """Create the tables, with their comments, in `schema` (which may be qualified by a database)."""
    _run_in(connection, schema, [sql for name, sql in statements("tables").items() if tables is None or name in tables])


def view_names() -> tuple[str, ...]:
    return tuple(statements("views"))


def create_views(connection: duckdb.DuckDBPyConnection, schema: str, views: tuple[str, ...]) -> None:
    """Create analysts' views in `schema`, where the tables they read must already be."""
    _run_in(connection, schema, [statements("views")[name] for name in views])


def _run_in(connection: duckdb.DuckDBPyConnection, schema: str, scripts: list[str]) -> None:
    ((before,),) = connection.execute("select current_setting('search_path')").fetchall()
    connection.execute(f"set search_path = '{schema}'")
    try:
        for script in scripts:
            connection.execute(script)
    finally:
        connection.execute("set search_path = ?", [before])


def columns_of(table: str) -> tuple[tuple[str, str], ...]:
    """Return (column, DuckDB type) of a table, in order."""
    return _columns()[table]


@cache
def _columns() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the columns of every table, as DuckDB reads the SQL files."""
    columns: dict[str, tuple[tuple[str, str], ...]] = dict.fromkeys(table_names(), ())
    with duckdb.connect() as connection:
        create_tables(connection, "main")
        rows = connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where not internal order by table_oid, column_index"
        ).fetchall()
    for table, name, type_ in rows:
        columns[table] += ((name, type_),)
    return columns
