"""A few of the faults that `benchmarks/kill_rate.py` injects, in the small warehouse: each closes the gate of its stage."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from faults.catalogue import Fault, inject, read_faults, victims_of
from faults.suspects import suspects, tables_touched

from expectations.canaries import CANARIES
from expectations.engine import evaluate
from warehouse import schema

FAULTS = {fault.kind: fault for fault in read_faults()}
INJECTED = (
    "block-dropped",
    "block-offset-shifted",
    "blocks-out-of-order",
    "document-never-sighted",
    "two-canonicals-in-a-cluster",
    "cluster-split",
    "table-emptied.clusters",
    "everything-about-an-event-off-by-a-week",
    "event-after-its-article",
)


def test_the_catalogue_has_many_kinds_each_of_its_own_name() -> None:
    assert len(FAULTS) == len(read_faults()) > 400
    assert {fault.severity for fault in FAULTS.values()} == {"critical", "other"}


@pytest.mark.parametrize("kind", INJECTED)
def test_an_injected_fault_fails_a_critical_expectation_of_its_stage(
    warehouse: duckdb.DuckDBPyConnection, kind: str
) -> None:
    fault: Fault = FAULTS[kind]
    (victim,) = victims_of(warehouse, "staging", fault, 1)
    inject(warehouse, "staging", fault, victim)
    touched = tables_touched(fault.sql, {*schema.table_names(), *schema.view_names()})
    checks = suspects(warehouse, "staging", fault.stage, touched)
    verdicts = evaluate(warehouse, "staging", [*checks, *CANARIES])
    assert {verdict.outcome for verdict in verdicts[len(checks) :]} == {"fail"}  # the canaries
    caught = [v for v in verdicts[: len(checks)] if v.outcome != "pass" and v.check.severity == "critical"]
    assert caught
