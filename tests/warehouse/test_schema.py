"""The schema: documented throughout, and its page in the documentation up to date."""

from __future__ import annotations

import duckdb
import pytest

from warehouse import schema
from warehouse.publishing import ROW_ORDER
from warehouse.schema.documentation import PAGE, questions_of, render_page
from warehouse.vocabulary import BlockKind, EntityKind, EventStatus, Granularity, Refusal, Relation, SpeakerSource


@pytest.fixture(scope="module")
def empty() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    schema.create_tables(connection, "main")
    schema.create_views(connection, "main", schema.view_names())
    return connection


def test_every_table_and_column_has_a_comment(empty: duckdb.DuckDBPyConnection) -> None:
    tables = empty.execute("select table_name from duckdb_tables() where comment is null").fetchall()
    columns = empty.execute(
        "select table_name, column_name from duckdb_columns() "
        "where comment is null and table_name in (select table_name from duckdb_tables())"
    ).fetchall()
    assert tables == []
    assert columns == []


def test_every_view_has_a_comment(empty: duckdb.DuckDBPyConnection) -> None:
    rows = empty.execute("select view_name from duckdb_views() where not internal and comment is null").fetchall()
    assert rows == []


def test_the_schema_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == render_page(), "run `python -m warehouse.schema.documentation`"


@pytest.mark.parametrize("table", schema.table_names())
def test_each_table_has_three_questions_that_run(empty: duckdb.DuckDBPyConnection, table: str) -> None:
    questions = questions_of(table)
    assert len(questions) == 3
    for question, sql in questions:
        assert question.endswith("?")
        assert empty.execute(sql).description


def test_every_table_has_a_row_order_of_its_own_columns() -> None:
    for table in schema.table_names():
        names = {name for name, _ in schema.columns_of(table)}
        assert {column.strip() for column in ROW_ORDER[table].split(",")} <= names


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("blocks", "kind", BlockKind),
        ("duplicates", "relation", Relation),
        ("events", "status", EventStatus),
        ("time_expressions", "granularity", Granularity),
        ("quarantine", "reason", Refusal),
        ("entities", "kind", EntityKind),
        ("quotes", "speaker_source", SpeakerSource),
    ],
)
def test_a_comment_lists_the_whole_vocabulary_of_its_column(
    empty: duckdb.DuckDBPyConnection, table: str, column: str, words: type
) -> None:
    row = empty.execute(
        "select comment from duckdb_columns() where table_name = ? and column_name = ?", [table, column]
    ).fetchone()
    assert row is not None
    listed = {word.strip(" .") for part in row[0].replace(":", ",").split(",") for word in part.split(" or ")}
    assert {str(word) for word in words} <= listed | {"furniture"}
