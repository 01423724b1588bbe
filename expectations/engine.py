"""Great Expectations on the caller's DuckDB connection, inside its open transaction.

Three outcomes are kept apart: *pass*, *fail*, and *error* for whatever could not be evaluated. An SQL error aborts
DuckDB's transaction, so every query is first rehearsed against an empty copy of the schema: a missing table or
column, or a query that does not fit them, becomes an error of its own check and does no harm to the others.

Nothing is sent over the network and no file is written: the context is ephemeral and its analytics are off.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

import duckdb

from expectations.checks import Check, columns_needed, offenders_query, tables_named
from expectations.connection import Lender
from expectations.validations import ERROR, FAIL, PASS, Outcome

NO_RESULT = "no result came back"

#: The view that tells a check's SQL which schema is under audit.
AUDITED = "audited_schema"

#: Columns that say what an offending row belongs to, so that it can be quarantined.
OWNERS = ("document_id", "article_id")


@dataclass(frozen=True, slots=True)
class Offender:
    """One row that fails a check."""

    identifier: str | None
    document_id: str | None
    article_id: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one check."""

    check: Check
    outcome: Outcome
    observed: str
    offenders: tuple[Offender, ...] = ()
    population: int = 0  # the rows the check is about; counted only where a failing check sets rows aside


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables and views of one schema: table -> column -> type."""

    name: str
    tables: dict[str, dict[str, str]] = field(default_factory=dict)


def warm_up() -> None:
    """Import Great Expectations and the suites (about three seconds), so that a thread can do it early."""
    _quieten()
    import_module("expectations.canaries")
    import_module("expectations.suites")


def _quieten() -> None:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("TQDM_DISABLE", "1")


def evaluate(connection: duckdb.DuckDBPyConnection, schema: str, checks: Sequence[Check]) -> list[Verdict]:
    """Evaluate `checks`, in their order, over `schema` as `connection` sees it now.

    Names in the checks' SQL are found through temporary views, which are dropped at the end (or by the rollback that
    an aborted transaction needs anyway). Every check has exactly one verdict.
    """
    found = describe(connection, schema)
    number_of = {check.name: number for number, check in enumerate(checks)}
    verdicts: dict[int, Verdict] = {}
    ready: list[Check] = []
    for check, problem in zip(checks, rehearse(found, checks), strict=True):
        if problem is None:
            ready.append(check)
        else:
            verdicts[number_of[check.name]] = Verdict(check, ERROR, problem)
    for verdict in _evaluate_ready(connection, found, ready):
        verdicts[number_of[verdict.check.name]] = verdict
    return [verdicts.get(number) or Verdict(check, ERROR, NO_RESULT) for number, check in enumerate(checks)]


def describe(connection: duckdb.DuckDBPyConnection, schema: str) -> Schema:
    """Read which tables and views `schema` of the current database has, with their columns and types."""
    rows = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where schema_name = ? and database_name = current_database() order by table_name, column_index",
        [schema],
    ).fetchall()
    found = Schema(schema)
    for table, column, type_ in rows:
        found.tables.setdefault(table, {})[column] = type_
    return found


def rehearse(schema: Schema, checks: Iterable[Check]) -> list[str | None]:
    """Bind every check against an empty copy of `schema`; return what is wrong with each, or None."""
    checks = list(checks)
    named = {table for check in checks for table in tables_named(check, list(schema.tables))}
    with duckdb.connect(config={"threads": 1}) as copy:
        for table in sorted(named):
            listed = ", ".join(f'"{column}" {type_}' for column, type_ in schema.tables[table].items())
            copy.execute(f'create table "{table}" ({listed})')
        copy.execute(f"create view {AUDITED} as select '' as schema_name")
        return [_rehearse_one(copy, schema, check) for check in checks]


def _rehearse_one(copy: duckdb.DuckDBPyConnection, schema: Schema, check: Check) -> str | None:
    columns = schema.tables.get(check.table)
    if columns is None:
        return f"table {check.table} is missing from schema {schema.name}"
    missing = [column for column in columns_needed(check) if column not in columns]
    if missing:
        return f"column {', '.join(missing)} is missing from table {check.table}"
    try:
        copy.execute(f"explain {offenders_query(check)}")
    except duckdb.Error as problem:
        return _first_line(problem)
    return None


@contextmanager
def _bare_names(connection: duckdb.DuckDBPyConnection, schema: Schema, tables: set[str]) -> Iterator[None]:
    """Make tables of the schema reachable by bare names while an audit runs."""
    name = schema.name.replace("'", "''")
    database = connection.execute("select current_database()").fetchall()[0][0]  # temp has a schema main of its own
    connection.execute(f"create or replace temp view {AUDITED} as select '{name}' as schema_name")
    for table in sorted(tables):
        connection.execute(f'create or replace temp view "{table}" as from "{database}"."{schema.name}"."{table}"')
    yield
    if not is_aborted(connection):  # else the rollback takes the views with it
        for table in (*sorted(tables), AUDITED):
            connection.execute(f'drop view if exists temp."{table}"')


def is_aborted(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether the connection's transaction can only be rolled back."""
    try:
        connection.execute("select 1").fetchall()
    except duckdb.TransactionException:
        return True
    return False


def _evaluate_ready(connection: duckdb.DuckDBPyConnection, schema: Schema, checks: Sequence[Check]) -> list[Verdict]:
    groups: dict[str, list[Check]] = {}
    for check in checks:
        groups.setdefault(check.table, []).append(check)
    tables = {table for check in checks for table in tables_named(check, list(schema.tables))}
    verdicts: list[Verdict] = []
    try:
        with _bare_names(connection, schema, tables):
            source = _open_source(connection)
            for table, group in groups.items():
                verdicts += _validate(connection, source, schema, table, group)
    except Exception as problem:  # the gate must close, whatever a library raises
        verdicts += [Verdict(check, ERROR, _first_line(problem)) for check in checks[len(verdicts) :]]
    return verdicts


def _open_source(connection: duckdb.DuckDBPyConnection) -> Any:
    _quieten()
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from sqlalchemy.pool import StaticPool

    gx: Any = import_module("great_expectations")  # its signatures leave out what its sources accept
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    context.variables.save = _do_not_save
    return context.data_sources.add_sql(
        "warehouse",
        connection_string="duckdb:///:memory:",
        kwargs={"creator": Lender(connection), "poolclass": StaticPool},
    )


def _do_not_save() -> None:
    """Save nothing: an ephemeral context has nowhere to, and still writes its YAML after every step."""


def _validate(
    connection: duckdb.DuckDBPyConnection, source: Any, schema: Schema, table: str, checks: Sequence[Check]
) -> list[Verdict]:
    """Run one table's checks; whatever goes wrong around them is an error of each."""
    try:
        results = _run_suite(source, schema, table, checks)
    except Exception as problem:  # the gate must close, whatever a library raises
        return [Verdict(check, ERROR, _first_line(problem)) for check in checks]
    by_name = {result.expectation_config.meta["name"]: result for result in results}
    verdicts = [_verdict(check, by_name.get(check.name)) for check in checks]
    return [_with_population(connection, _with_offenders(connection, schema, verdict)) for verdict in verdicts]


def _with_offenders(connection: duckdb.DuckDBPyConnection, schema: Schema, verdict: Verdict) -> Verdict:
    """Look up the offenders of a stock expectation: Great Expectations lists some of them, of compound keys none."""
    check = verdict.check
    if verdict.outcome != FAIL or verdict.offenders or not check.id_column:
        return verdict
    owners = [column for column in OWNERS if column in schema.tables[check.table]]
    found = connection.execute(offenders_query(check, owners))
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return replace(verdict, offenders=tuple(dict.fromkeys(_offender(check, row) for row in rows)))


def _with_population(connection: duckdb.DuckDBPyConnection, verdict: Verdict) -> Verdict:
    """Count the rows that a failing check is about, where few of them may be set aside."""
    if verdict.outcome != FAIL or verdict.check.set_aside is None:
        return verdict
    ((count,),) = connection.execute(verdict.check.population_query).fetchall()
    return replace(verdict, population=count)


def _run_suite(source: Any, schema: Schema, table: str, checks: Sequence[Check]) -> Any:
    from great_expectations.core import ExpectationSuite

    asset = source.add_table_asset(table, table_name=table, schema_name=schema.name)
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    named = [check.expectation.copy(update={"meta": {"name": check.name}}) for check in checks]
    return batch.validate(ExpectationSuite(name=table, expectations=named), result_format="BASIC").results


def _verdict(check: Check, result: Any) -> Verdict:
    if result is None:
        return Verdict(check, ERROR, NO_RESULT)
    problem = _exception_in(result.exception_info)
    if problem is not None:
        return Verdict(check, ERROR, problem)
    if result.success is True:
        return Verdict(check, PASS, _observed(result.result))
    if result.success is False:
        return Verdict(check, FAIL, _observed(result.result), _offenders(check, result.result))
    return Verdict(check, ERROR, f"the result is neither pass nor fail: {result.success!r}")


def _exception_in(information: Any) -> str | None:
    """Find the message in either shape of `exception_info`: of the expectation, or one for each failed metric."""
    if not isinstance(information, dict):
        return None if information is None else str(information)
    if "raised_exception" in information:
        return _first_line(information["exception_message"]) if information["raised_exception"] else None
    found = [_exception_in(metric) for metric in information.values()]
    return next((message for message in found if message is not None), None)


def _observed(result: dict[str, Any]) -> str:
    if "unexpected_count" in result:
        return f"{result['unexpected_count']} of {result['element_count']} rows"
    value = result.get("observed_value")
    if isinstance(value, int) and "details" in result:
        return f"{value} offender{'' if value == 1 else 's'}"
    return str(value)


def _offenders(check: Check, result: dict[str, Any]) -> tuple[Offender, ...]:
    rows = (result.get("details") or {}).get("offenders") or []
    return tuple(dict.fromkeys(_offender(check, row) for row in rows))


def _offender(check: Check, row: dict[str, Any]) -> Offender:
    def text(column: str | None) -> str | None:
        value = row.get(column) if column else None
        return None if value is None else str(value)

    shown = {key: value for key, value in row.items() if key not in OWNERS and key != check.id_column}
    detail = ", ".join(f"{key} {value}" for key, value in shown.items() if key != "text")
    return Offender(text(check.id_column), text("document_id"), text("article_id"), detail)


def _first_line(problem: object) -> str:
    lines = str(problem).strip().splitlines()
    return lines[0] if lines else type(problem).__name__
