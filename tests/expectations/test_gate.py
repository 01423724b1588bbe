"""The gate closes on failures and on errors, trusts no audit that cannot fail, and leaves the transaction alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import duckdb
import pytest

from expectations import canaries, checks, engine
from expectations.checks import CRITICAL, WARNING, Check, Suite
from expectations.engine import Verdict, evaluate
from expectations.gate import NO_EXPECTATIONS, AuditResult, audit, decide
from expectations.offenders import ExpectNoOffenders
from expectations.suites import SUITES
from expectations.validations import Validation
from warehouse import schema

NOON = datetime(2025, 8, 7, 12)


def query_check(query: str, severity: str = "critical", name: str = "a-check", table: str = "documents") -> Check:
    return Check(
        name=name,
        table=table,
        expectation=ExpectNoOffenders(query=query),
        description="A check.",
        severity=CRITICAL if severity == "critical" else WARNING,
        why="A test.",
        breaks="A test.",
        id_column="document_id",
    )


def audit_with(
    monkeypatch: pytest.MonkeyPatch, connection: duckdb.DuckDBPyConnection, *checks: Check
) -> dict[str, Validation]:
    monkeypatch.setitem(SUITES, "parse", Suite("parse", checks))
    result = audit(connection, "parse", schema="staging", run_id="run-1")
    outcome = {validation.expectation: validation for validation in result.results}
    assert result.is_passed is not bool(result.blocking)
    return outcome


def test_results_have_the_columns_of_the_validations_table() -> None:
    assert tuple(Validation.__dataclass_fields__) == tuple(name for name, _ in schema.columns_of("validations"))


def test_results_can_be_written_to_the_validations_table(warehouse: duckdb.DuckDBPyConnection) -> None:
    result = audit(warehouse, "parse", schema="staging", run_id="run-1", evaluated_at=NOON)
    warehouse.execute("delete from staging.validations")
    for validation in result.results:
        row = [getattr(validation, name) for name in Validation.__dataclass_fields__]
        row[Validation.__slots__.index("failing_ids")] = list(validation.failing_ids)
        warehouse.execute(f"insert into staging.validations values ({', '.join('?' * len(row))})", row)
    assert warehouse.execute("select count(*), max(evaluated_at) from staging.validations").fetchone() == (
        len(result.results),
        NOON,
    )


def test_a_warning_that_fails_leaves_the_gate_open(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SUITES, "parse", Suite("parse", (query_check("select document_id from documents", "warning"),)))
    result = audit(warehouse, "parse", schema="staging", run_id="run-1")
    assert result.results[0].outcome == "fail"
    assert result.is_passed
    assert result.failing_rows == ()


@pytest.mark.parametrize("severity", ["critical", "warning"])
def test_an_expectation_that_cannot_be_evaluated_closes_the_gate(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, severity: str
) -> None:
    broken = query_check("select document_id, no_such_column from documents", severity)
    monkeypatch.setitem(SUITES, "parse", Suite("parse", (broken,)))
    result = audit(warehouse, "parse", schema="staging", run_id="run-1")
    assert result.results[0].outcome == "error"
    assert "no_such_column" in (result.results[0].observed or "")
    assert not result.is_passed


def test_a_missing_column_is_an_error_of_its_own_expectations_only(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("alter table staging.documents drop column status")
    result = audit(warehouse, "parse", schema="staging", run_id="run-1")
    outcomes = {validation.expectation: validation.outcome for validation in result.results}
    assert outcomes["document-status-is-known"] == "error"
    assert outcomes["documents-have-their-columns"] == "fail"
    assert outcomes["blocks-tile-the-document"] == "pass"
    assert not result.is_passed
    assert not result.is_aborted


def test_a_missing_table_is_an_error(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("drop table staging.blocks")
    result = audit(warehouse, "parse", schema="staging", run_id="run-1")
    outcomes = {validation.expectation: validation.outcome for validation in result.results}
    assert outcomes["block-kinds-are-known"] == "error"
    assert not result.is_passed


def test_an_error_while_a_query_runs_aborts_nothing_silently(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        SUITES,
        "parse",
        Suite(
            "parse",
            (
                query_check("select document_id from documents where false", name="before"),
                query_check("select document_id from documents where cast(uri as integer) = 1", name="at"),
                query_check("select document_id from documents where false", name="after", table="blocks"),
            ),
        ),
    )
    result = audit(warehouse, "parse", schema="staging", run_id="run-1")
    outcomes = {validation.expectation: validation.outcome for validation in result.results}
    assert outcomes["at"] == outcomes["after"] == "error"
    assert {outcome for name, outcome in outcomes.items() if name.startswith("canary")} == {"error"}
    assert result.is_aborted
    assert not result.is_passed


def test_the_caller_can_roll_back_and_go_on_after_an_error(
    new_warehouse: Callable[[], duckdb.DuckDBPyConnection], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = new_warehouse()
    broken = query_check("select document_id from documents where cast(uri as integer) = 1")
    monkeypatch.setitem(SUITES, "parse", Suite("parse", (broken,)))
    connection.execute("begin")
    connection.execute("delete from staging.blocks")
    assert audit(connection, "parse", schema="staging", run_id="run-1").is_aborted
    connection.execute("rollback")
    assert connection.execute("select count(*) from staging.blocks").fetchone() == (10,)
    assert _temporary_views(connection) == []
    monkeypatch.undo()
    assert audit(connection, "parse", schema="staging", run_id="run-1").is_passed


def test_the_audit_sees_uncommitted_rows_and_ends_no_transaction(
    new_warehouse: Callable[[], duckdb.DuckDBPyConnection],
) -> None:
    connection = new_warehouse()
    connection.execute("begin")
    connection.execute("update staging.documents set status = 'half-read' where status = 'parsed'")
    result = audit(connection, "parse", schema="staging", run_id="run-1")
    assert "document-status-is-known" in {validation.expectation for validation in result.blocking}
    assert _temporary_views(connection) == []
    connection.execute("rollback")
    assert connection.execute("select count(*) from staging.documents where status = 'parsed'").fetchone() == (3,)


def _temporary_views(connection: duckdb.DuckDBPyConnection) -> list[tuple[str]]:
    return connection.execute(
        "select view_name from duckdb_views() where database_name = 'temp' and not internal"
    ).fetchall()


def test_a_canary_that_passes_is_an_error(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = query_check("select 'canary' as document_id where false", name="canary-that-sleeps")
    monkeypatch.setattr(canaries, "CANARIES", (silent,))
    result = audit(warehouse, "parse", schema="staging", run_id="run-1")
    assert [v.expectation for v in result.blocking] == ["canary-that-sleeps"]
    assert result.blocking[0].outcome == "error"


def test_an_audit_that_loses_its_results_closes_the_gate(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_run_suite", lambda *arguments: [])
    result = audit(warehouse, "parse", schema="staging", run_id="run-1")
    assert {validation.outcome for validation in result.results} == {"error"}
    assert not result.is_passed


def test_a_library_that_raises_closes_the_gate(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("the library broke")

    monkeypatch.setattr(engine, "_open_source", fail)
    result = audit(warehouse, "parse", schema="staging", run_id="run-1")
    assert {(v.outcome, v.observed) for v in result.results} == {("error", "the library broke")}


def test_a_suite_without_expectations_proves_nothing(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = audit_with(monkeypatch, warehouse)
    assert outcome[NO_EXPECTATIONS].outcome == "error"


def test_an_audit_without_canaries_proves_nothing() -> None:
    passed = Verdict(query_check("select 1"), "pass", "0 offenders")
    result = decide("parse", "parse", [passed], [], run_id="run-1", evaluated_at=NOON, aborted=False)
    assert not result.is_passed


def test_an_unknown_stage_is_refused_with_the_known_ones(warehouse: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match=r"'publish'.*parse, clean, dedupe, enrich, published"):
        audit(warehouse, "publish", schema="staging", run_id="run-1")


def test_names_are_unique_in_a_suite() -> None:
    check = query_check("select 1")
    with pytest.raises(ValueError, match="a-check"):
        Suite("parse", (check, replace(check)))


def test_failing_rows_name_what_to_quarantine(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(
        "update staging.blocks set text = 'Advertisement' where block_id in ('envoy-block-2', 'envoy-block-3')"
    )
    result = audit(warehouse, "clean", schema="staging", run_id="run-1")
    rows = [row for row in result.failing_rows if row.expectation == "no-boilerplate-of-advertising"]
    assert [(row.stage, row.document_id, row.article_id) for row in rows] == [("clean", "a" * 20, "envoy-article")]
    assert "envoy-block-2" in rows[0].detail
    assert "envoy-block-3" in rows[0].detail


def test_failures_of_stock_expectations_name_what_to_quarantine_too(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("update staging.blocks set kind = 'advert' where block_id = 'vote-block-0'")
    result = audit(warehouse, "parse", schema="staging", run_id="run-1")
    assert ("c" * 20, "vote-article") in {(row.document_id, row.article_id) for row in result.failing_rows}


@pytest.mark.parametrize("name", ["block-kinds-are-known", "removed-blocks-name-their-rule"])
def test_every_one_of_many_failing_ids_is_listed(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    warehouse.execute(
        """
        insert into staging.blocks by name
        select source.* replace ('many-' || n as block_id, 'advert' as kind, 'Not A Rule' as removed_by)
        from staging.blocks as source, range(1234) as numbers(n)
        where block_id = 'envoy-block-0'
        """
    )
    check = next(check for check in SUITES["clean"].checks if check.name == name)
    (verdict,) = evaluate(warehouse, "staging", [check])
    assert {offender.identifier for offender in verdict.offenders} == {f"many-{n}" for n in range(1234)}


def test_rows_of_null_do_not_slip_through(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("alter table staging.blocks alter column is_kept drop not null")
    warehouse.execute("update staging.blocks set is_kept = null where block_id = 'envoy-block-2'")
    result = audit(warehouse, "clean", schema="staging", run_id="run-1")
    assert "removed-blocks-name-their-rule" in {validation.expectation for validation in result.blocking}


def test_a_read_only_file_can_be_audited(
    new_warehouse: Callable[[], duckdb.DuckDBPyConnection], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("published") / "news.duckdb"
    connection = new_warehouse()
    connection.execute(f"attach '{path}' as news")
    schema.create_tables(connection, "news.main")
    for table in schema.table_names():
        connection.execute(f"insert into news.main.{table} from staging.{table}")
    connection.execute("detach news")
    with duckdb.connect(str(path)) as made:
        schema.create_views(made, "main", schema.view_names())
    with duckdb.connect(str(path), read_only=True) as published:
        result = audit(published, "published", schema="main", run_id="run-1")
    assert [(v.expectation, v.observed) for v in result.results if v.outcome != "pass"] == []


def line_check(population: int = 40) -> Check:
    return replace(
        query_check("select document_id, uri from documents"),
        set_aside="block",
        population=f"select {population}",
    )


def verdict_with(check: Check, count: int, outcome: str = "fail", document_id: str | None = "document-1") -> Verdict:
    offenders = tuple(engine.Offender(f"block-{number}", document_id, None, "") for number in range(count))
    return Verdict(check, outcome, f"{count} offenders", offenders, 40)  # type: ignore[arg-type]


def decide_on(*verdicts: Verdict) -> AuditResult:
    canary = Verdict(canaries.CANARIES[0], "fail", "1 offender")
    return decide("clean", "clean", verdicts, [canary], run_id="run-1", evaluated_at=NOON, aborted=False)


def test_few_failing_rows_can_be_set_aside() -> None:
    result = decide_on(verdict_with(line_check(), 3))
    assert not result.is_passed
    assert result.is_recoverable
    assert [row.block_id for row in result.failing_rows] == ["block-0", "block-1", "block-2"]


def test_many_failing_rows_close_the_gate() -> None:
    assert not decide_on(verdict_with(line_check(), 4)).is_recoverable


def test_failing_rows_of_several_expectations_are_counted_together() -> None:
    other = verdict_with(replace(line_check(), name="another-check"), 2)
    assert decide_on(verdict_with(line_check(), 1), other).is_recoverable
    assert not decide_on(verdict_with(line_check(), 2), other).is_recoverable


def test_a_large_table_may_have_one_row_of_a_hundred_set_aside() -> None:
    assert [checks.set_aside_limit(count) for count in (0, 399, 400, 50_000)] == [3, 3, 4, 500]


def test_rows_are_not_set_aside_beside_a_failure_that_is_not_about_rows() -> None:
    other = replace(query_check("select 1 from documents", name="another-check"), id_column=None)
    assert not decide_on(verdict_with(line_check(), 1), Verdict(other, "fail", "1 offender")).is_recoverable


def test_rows_are_not_set_aside_when_an_expectation_could_not_be_evaluated() -> None:
    other = query_check("select 1 from documents", severity="warning", name="another-check")
    assert not decide_on(verdict_with(line_check(), 1), Verdict(other, "error", "no result")).is_recoverable


def test_a_row_of_no_document_cannot_be_set_aside() -> None:
    assert not decide_on(verdict_with(line_check(), 1, document_id=None)).is_recoverable


def test_an_audit_that_passes_has_nothing_to_set_aside() -> None:
    result = decide_on(Verdict(line_check(), "pass", "0 offenders"))
    assert result.is_passed
    assert not result.is_recoverable


def test_the_rows_a_limit_counts_are_counted_in_the_audited_schema(
    monkeypatch: pytest.MonkeyPatch, warehouse: duckdb.DuckDBPyConnection
) -> None:
    check = replace(
        query_check("select document_id from documents limit 1"),
        set_aside="document",
        population="select 7 from documents limit 1",
    )
    (verdict,) = evaluate(warehouse, "staging", [check])
    assert (verdict.outcome, verdict.population) == ("fail", 7)
