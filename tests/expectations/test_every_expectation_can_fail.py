"""Every expectation of every suite is seen to fail on data broken for it: one that cannot fail guards nothing."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from expectations.checks import Check, offenders_query
from expectations.engine import evaluate
from expectations.gate import audit
from expectations.suites import SUITES

CASES = dict(
    re.findall(
        r"^-- break: (\S+)\n(.*?)(?=^-- break: |\Z)",
        (Path(__file__).parent / "breaking_cases.sql").read_text("utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
)
CHECKS = {check.name: check for suite in SUITES.values() for check in suite.checks}


def break_data(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute("set search_path = 'staging'")
    try:
        connection.execute(CASES[name])
    finally:
        connection.execute("reset search_path")


def test_every_expectation_has_data_that_break_it() -> None:
    assert sorted(CHECKS) == sorted(CASES)


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.name)
def test_an_expectation_fails_on_data_broken_for_it(warehouse: duckdb.DuckDBPyConnection, check: Check) -> None:
    break_data(warehouse, check.name)
    (verdict,) = evaluate(warehouse, "staging", [check])
    assert (verdict.outcome, verdict.check) == ("fail", check), verdict.observed
    if check.id_column:
        assert verdict.offenders
        assert all(offender.identifier for offender in verdict.offenders)
        if not any(own in offenders_query(check) for own in ("audited_schema", "'temp'")):
            listed = _identifiers_listed_by_notes(warehouse, check)
            assert {offender.identifier for offender in verdict.offenders} == listed


def _identifiers_listed_by_notes(connection: duckdb.DuckDBPyConnection, check: Check) -> set[str]:
    """Run the query of the notes as an analyst would, and collect the identifiers that it lists."""
    connection.execute("set search_path = 'staging'")
    try:
        relation = connection.sql(offenders_query(check))
        return {str(value) for (value,) in relation.select(check.id_column or "").fetchall()}
    finally:
        connection.execute("reset search_path")


@pytest.mark.parametrize("stage", SUITES)
def test_a_suite_with_broken_data_closes_the_gate(warehouse: duckdb.DuckDBPyConnection, stage: str) -> None:
    broken = {
        "parse": "blocks-tile-the-document",
        "clean": "no-boilerplate-of-newsletters",
        "dedupe": "one-canonical-in-each-cluster",
        "enrich": "occurred-events-precede-publication",
        "published": "timeline-shows-every-event",
    }[stage]
    break_data(warehouse, broken)
    result = audit(warehouse, stage, schema="staging", run_id="run-1")
    assert not result.is_passed
    assert broken in {validation.expectation for validation in result.blocking}
    assert {validation.outcome for validation in result.results} == {"pass", "fail"}
