"""Our own Great Expectations types: an SQL query that must return nothing, and regular expressions on DuckDB.

The stock `UnexpectedRowsExpectation` runs its query twice and hands back at most 200 rows; ours runs it once and hands
back every row, because every failing identifier must reach the report and the quarantine.

Importing this module imports Great Expectations, which takes seconds.
"""

from __future__ import annotations

import logging
from typing import Any, ClassVar

import sqlalchemy
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.column_map_metrics.column_values_match_regex import ColumnValuesMatchRegex
from great_expectations.expectations.metrics.column_map_metrics.column_values_not_match_regex import (
    ColumnValuesNotMatchRegex,
)
from great_expectations.expectations.metrics.map_metric_provider.column_condition_partial import (
    column_condition_partial,
)
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.query_metric_provider import QueryMetricProvider


class OffenderRows(QueryMetricProvider):
    """Metric: every row that the query returns, as dictionaries."""

    metric_name = "offenders.rows"
    value_keys = ("query",)

    @metric_value(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(
        cls,
        execution_engine: SqlAlchemyExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> list[dict[str, Any]]:
        statement = sqlalchemy.text(metric_value_kwargs["query"].replace(":", "\\:"))  # no bind parameters
        return [dict(row._mapping) for row in execution_engine.execute_query(statement)]


class ExpectNoOffenders(BatchExpectation):
    """Expect an SQL query over the batch's schema to return no row; each row it returns is one offender."""

    query: str

    metric_dependencies: ClassVar[tuple[str, ...]] = ("offenders.rows",)
    success_keys: ClassVar[tuple[str, ...]] = ("query",)
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: object = None,
    ) -> dict[str, Any]:
        rows = metrics["offenders.rows"]
        return {"success": not rows, "result": {"observed_value": len(rows), "details": {"offenders": rows}}}


def _register_regular_expressions() -> None:
    """Teach Great Expectations the regular expressions of DuckDB, in place of its "dialect not supported"."""

    class DuckDBMatchRegex(ColumnValuesMatchRegex):
        @column_condition_partial(engine=SqlAlchemyExecutionEngine)
        def _sqlalchemy(cls, column: Any, regex: Any, _dialect: Any, **kwargs: Any) -> Any:
            return sqlalchemy.func.regexp_matches(column, regex)

    class DuckDBNotMatchRegex(ColumnValuesNotMatchRegex):
        @column_condition_partial(engine=SqlAlchemyExecutionEngine)
        def _sqlalchemy(cls, column: Any, regex: Any, _dialect: Any, **kwargs: Any) -> Any:
            return sqlalchemy.not_(sqlalchemy.func.regexp_matches(column, regex))


registry = logging.getLogger("great_expectations.expectations.registry")
level = registry.level
registry.setLevel(logging.ERROR)  # replacing the two metrics is the point, not a mishap to warn of
try:
    _register_regular_expressions()
finally:
    registry.setLevel(level)
