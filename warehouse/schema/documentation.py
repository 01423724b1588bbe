"""The schema page, made from the tables' own comments by `python -m warehouse.schema.documentation`."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from warehouse import schema

PAGE = Path(__file__).parents[2] / "docs" / "schema.md"

INTRODUCTION = """# The schema of the published warehouse

This page is made from the comments in `warehouse/schema/` by `python -m warehouse.schema.documentation`; a test
checks that it is up to date and runs every query on it. In the warehouse itself, `dateline sql "select column_name,
comment from duckdb_columns() where table_name = 'articles'"` tells the same.

Identifiers are hashes of content. Offsets (`char_start`, `char_end`) are half-open and count the Unicode characters of
`documents.text`. Times are UTC.
"""


def questions_of(table: str) -> list[tuple[str, str]]:
    """Return (question, SQL) pairs that an analyst asks of a table."""
    text = (schema.FOLDER / "questions" / f"{table}.sql").read_text("utf-8")
    return [(question, sql.strip()) for question, sql in re.findall(r"^-- (.*\?)\n((?:(?!--).*\n)+)", text, re.M)]


def render_page() -> str:
    """Return the page as Markdown."""
    with duckdb.connect() as connection:
        schema.create_tables(connection, "main")
        schema.create_views(connection, "main", schema.view_names())
        parts = [INTRODUCTION, "## Tables\n"]
        for table in schema.table_names():
            parts.append(_render_table(connection, table))
        parts.append("## Views\n")
        for view in schema.view_names():
            parts.append(_render_view(connection, view))
    return "\n".join(parts)


def _render_table(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    row = connection.execute("select comment from duckdb_tables() where table_name = ?", [table]).fetchone()
    columns = connection.execute(
        "select column_name, data_type, comment from duckdb_columns() where table_name = ? order by column_index",
        [table],
    ).fetchall()
    lines = [f"### `{table}`\n", f"{row[0] if row else ''}\n", "| column | type | meaning |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | {type_.lower()} | {_cell(comment)} |" for name, type_, comment in columns]
    lines.append("")
    for question, sql in questions_of(table):
        lines += [f"{question}\n", "```sql", sql, "```\n"]
    return "\n".join(lines)


def _render_view(connection: duckdb.DuckDBPyConnection, view: str) -> str:
    row = connection.execute("select comment from duckdb_views() where view_name = ?", [view]).fetchone()
    columns = connection.execute(
        "select column_name from duckdb_columns() where table_name = ? order by column_index", [view]
    ).fetchall()
    names = ", ".join(f"`{name}`" for (name,) in columns)
    return f"### `{view}`\n\n{row[0] if row else ''}\n\nColumns: {names}.\n"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(render_page(), "utf-8")
