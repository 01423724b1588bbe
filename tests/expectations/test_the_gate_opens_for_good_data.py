"""Good data pass every suite, inside the loader's own transaction, and nothing is left behind."""

from __future__ import annotations

import duckdb
import pytest

from expectations.gate import audit


@pytest.mark.parametrize("stage", ["parse", "clean", "dedupe", "enrich", "published"])
def test_good_data_pass_every_expectation(warehouse: duckdb.DuckDBPyConnection, stage: str) -> None:
    result = audit(warehouse, stage, schema="staging", run_id="run-1")
    assert [(v.expectation, v.outcome, v.observed) for v in result.results if v.outcome != "pass"] == []
    assert result.is_passed
    assert result.failing_rows == ()
