"""Find cheaply which expectations a fault makes fail, so that the gate need be asked about those alone.

Exact by construction: the good warehouse passes everything, so an expectation that reads no table that the fault
touches still passes; of the others, the query that lists the offenders (rehearsed first, as the engine does) says which
to hand to the gate. What cannot be told by a query of its own goes to the gate anyway, and a fault of which no suspect
fails is put to the whole suite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb

from expectations import engine
from expectations.checks import Check, offenders_query, tables_named
from expectations.suites import SUITES

#: view -> tables it reads
VIEWS = {
    "timeline": {"events", "event_mentions", "articles", "documents"},
    "canonical_articles": {"articles", "clusters"},
    "removed_text": {"blocks", "documents", "articles"},
    "quality_trend": {"validations", "runs", "stage_counts"},
}
TOUCHES = re.compile(r"\b(?:update|insert into|delete from|alter table|drop (?:table|view)|comment on \w+)\s+(\w+)")


def tables_touched(sql: str, tables: set[str]) -> set[str]:
    """Return the tables and views that a fault changes; all of them where its SQL does not say."""
    return set(TOUCHES.findall(sql.lower())) & tables or tables


def suspects(connection: duckdb.DuckDBPyConnection, schema: str, suite: str, touched: set[str]) -> tuple[Check, ...]:
    """Return the checks of a suite that may fail in the open transaction.

    Raises:
        duckdb.Error: a query could not be run on these data, which aborted the transaction.
    """
    connection.execute(f"set search_path = '{schema}'")
    try:
        return tuple(_may_fail(connection, schema, suite, touched))
    finally:
        if not engine.is_aborted(connection):
            connection.execute("reset search_path")


def _may_fail(connection: duckdb.DuckDBPyConnection, schema: str, suite: str, touched: set[str]) -> Iterator[Check]:
    found = engine.describe(connection, schema)
    checks = [check for check in SUITES[suite].checks if _read(check, found) & touched]
    for check, problem in zip(checks, engine.rehearse(found, checks), strict=True):
        query = offenders_query(check)
        is_beyond_a_query = "'temp'" in query or engine.AUDITED in query or query.startswith("select count(*)")
        if problem is not None or is_beyond_a_query or connection.execute(query).fetchall():
            yield check


def _read(check: Check, schema: engine.Schema) -> set[str]:
    named = {check.table, *tables_named(check, [*schema.tables, *VIEWS])}
    return named.union(*(VIEWS.get(name, set()) for name in named))
