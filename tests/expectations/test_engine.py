"""Great Expectations is imported late, leaves no trace, and reads the same characters as the pipeline wrote."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from expectations.checks import offenders_query
from expectations.engine import evaluate
from expectations.suites import SUITES

CHECKOUT = Path(__file__).parents[2]

AUDIT_ALONE = """
import socket, sys
sys.path.insert(0, {checkout!r})
import expectations.gate, expectations.reports, expectations.engine
assert not any(name.startswith("great_expectations") for name in sys.modules), "imported too early"

def refuse(*arguments, **settings):
    raise AssertionError("the audit opened a connection")

socket.socket.connect = refuse
socket.getaddrinfo = refuse
import duckdb
from warehouse import schema
connection = duckdb.connect()
connection.execute("create schema staging")
schema.create_tables(connection, "staging")
result = expectations.gate.audit(connection, "parse", schema="staging", run_id="run-1")
print([validation.expectation for validation in result.blocking])
"""


def test_an_audit_alone_writes_no_file_and_opens_no_connection(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    process = subprocess.run(
        [sys.executable, "-c", AUDIT_ALONE.format(checkout=str(CHECKOUT))],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert process.stdout.strip() == "['documents-are-there', 'parse-counts-are-of-the-tables']"
    assert list(tmp_path.iterdir()) == []
    assert [
        line for line in process.stderr.splitlines() if "leaked" not in line and "expectation" in line.lower()
    ] == []


def outcome_of(connection: duckdb.DuckDBPyConnection, stage: str, name: str) -> str:
    check = next(check for check in SUITES[stage].checks if check.name == name)
    (verdict,) = evaluate(connection, "staging", [check])
    return verdict.outcome


@pytest.mark.parametrize("name", ["blocks-equal-their-slice", "blocks-tile-the-document"])
def test_offsets_counted_in_utf_16_units_are_found(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    documents = {}
    blocks = "select block_id, document_id, text from staging.blocks where document_id = ? order by ordinal"
    for block, document, text in warehouse.execute(blocks, ["a" * 20]).fetchall():
        start = documents.get(document, 0)
        documents[document] = start + len(text.encode("utf-16-le")) // 2
        place = [start, documents[document], block]
        warehouse.execute("update staging.blocks set char_start = ?, char_end = ? where block_id = ?", place)
    assert outcome_of(warehouse, "parse", name) == "fail"


def test_slices_count_characters_and_not_graphemes(warehouse: duckdb.DuckDBPyConnection) -> None:
    """The good data hold a combining accent and an emoji of two characters before every offset that is checked."""
    (text,) = warehouse.execute("select text from staging.documents where document_id = ?", ["a" * 20]).fetchall()[0]
    at = text.index("met")
    assert warehouse.execute("select substring(?, ? + 1, 3), length(?)", [text, at, text]).fetchone() == (
        "met",
        len(text),
    )
    assert warehouse.execute("select substring_grapheme(?, ? + 1, 3)", [text, at]).fetchone() != ("met",)


@pytest.mark.parametrize(
    ("expression", "day", "outcome"),
    [
        ("Wednesday", "2025-08-06", "pass"),
        ("Wednesday", "2025-08-07", "fail"),
        ("on  Friday", "2025-08-08", "pass"),
        ("last Friday", "2025-08-01", "pass"),
        ("late on Sunday night", "2025-08-04", "fail"),
        ("Tuesday, Feb. 29, 2000", "2000-02-29", "pass"),
        ("Monday, 3 March 1879", "1879-03-03", "pass"),
        ("Friday the 13th of June", "2025-06-14", "fail"),
        ("the Monday after the vote", "2025-08-06", "pass"),  # names a weekday that need not be the date's
        ("a week from Thursday", "2025-08-06", "pass"),
        ("Black Friday", "2025-08-06", "pass"),
        ("Mittwoch", "2025-08-07", "pass"),
    ],
)
def test_only_a_plain_weekday_is_held_against_the_date(
    warehouse: duckdb.DuckDBPyConnection, expression: str, day: str, outcome: str
) -> None:
    warehouse.execute("update staging.time_expressions set text = ?, begin_on = ?, end_on = ?", [expression, day, day])
    assert outcome_of(warehouse, "enrich", "named-weekday-is-the-weekday-of-the-date") == outcome


def test_every_check_tells_what_a_reader_needs() -> None:
    for suite in SUITES.values():
        for check in suite.checks:
            assert check.description.endswith("."), check.name
            assert check.why.endswith("."), check.name
            assert check.breaks.endswith("."), check.name
            assert check.name == check.name.lower().replace("_", "-").replace(" ", "-")
            assert offenders_query(check).lower().startswith(("select", "with")), check.name
            assert check.notes.startswith("Why: ")
