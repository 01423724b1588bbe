"""What a suite is made of: checks in plain English around Great Expectations objects. Nothing here imports them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["critical", "warning"]
CRITICAL: Severity = "critical"
WARNING: Severity = "warning"

#: What goes into quarantine for a failing row, where the rest may go on without it.
SetAside = Literal["block", "document"]
#: More failing rows than this share of all, and more than this many, are no accident of single rows: the gate closes.
#: Of 33,000 kept blocks of labelled pages at most 0.5 % failed any one expectation.
SET_ASIDE_SHARE, SET_ASIDE_ALWAYS = 0.01, 3
#: Tables with a row for each run, or each stage or result of one.
RUN_TABLES = ("runs", "stage_counts", "validations")


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation with what a reader of the report needs to judge it.

    Attributes:
        name: kebab-case, unique in its suite; the same in the tables, the reports and the quarantine.
        table: the table it looks at first; SQL inside `expectation` may join others of the same schema.
        expectation: a Great Expectations object, stock where a stock one can say it.
        description: what must be true, in plain English with the threshold.
        why: where the threshold comes from, and why the severity.
        breaks: what usually breaks it.
        id_column: the column whose values name the failing rows; None where the check is about a whole table.
        set_aside: what is quarantined for each failing row, so that the rest goes on, as long as the rows are few
            (`set_aside_limit`); None where any failing row closes the gate.
        set_aside_share: the share of those rows that are few.
        population: SQL that counts the rows the check is about, for the limit; by default all of its table.
    """

    name: str
    table: str
    expectation: Any
    description: str
    severity: Severity
    why: str
    breaks: str
    id_column: str | None = None
    set_aside: SetAside | None = None
    set_aside_share: float = SET_ASIDE_SHARE
    population: str | None = None

    @property
    def population_query(self) -> str:
        """Return the SQL that counts the rows the check is about."""
        return self.population or f"select count(*) from {self.table}"

    @property
    def is_about_drift(self) -> bool:
        """Whether it warns of change against recent runs: no other warning looks at what the runs counted."""
        return self.severity == WARNING and bool(tables_named(self, RUN_TABLES))

    @property
    def notes(self) -> str:
        """Return the reason for the threshold, the usual causes, and the query that lists the offenders."""
        return f"Why: {self.why}\nUsually broken by: {self.breaks}\nOffenders: {offenders_query(self)}"


@dataclass(frozen=True, slots=True)
class Suite:
    """The checks of one stage, in the order in which they are read."""

    name: str
    checks: tuple[Check, ...]

    def __post_init__(self) -> None:
        names = [check.name for check in self.checks]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(f"Suite {self.name}: names must be unique, these are not: {', '.join(repeated)}.")


def set_aside_limit(population: int, share: float = SET_ASIDE_SHARE) -> int:
    """Return how many rows of so many may be set aside before the gate closes.

    >>> set_aside_limit(40), set_aside_limit(20_000), set_aside_limit(40, 0.1)
    (3, 200, 4)
    """
    return max(SET_ASIDE_ALWAYS, int(population * share))


def offenders_query(check: Check, owners: Sequence[str] = ()) -> str:
    """Write the SQL that lists what fails the check, ready to be pasted into `dateline sql`.

    For a stock expectation `owners` are further columns of its table to select.
    """
    settings: Mapping[str, Any] = check.expectation.configuration.kwargs
    if "query" in settings:
        return str(settings["query"]).strip()
    columns = ", ".join(dict.fromkeys(filter(None, (check.id_column, *_columns(settings), *owners))))
    condition = _CONDITIONS.get(check.expectation.configuration.type)
    if condition is None:
        return f"select count(*) from {check.table}"
    return f"select {columns} from {check.table} {condition(settings)}"


def tables_named(check: Check, tables: Sequence[str]) -> set[str]:
    """Return which of `tables` the check looks at."""
    words = set(re.findall(r"\w+", offenders_query(check)))
    return {table for table in tables if table == check.table or table in words}


def columns_needed(check: Check) -> tuple[str, ...]:
    """Return the columns of `check.table` that a stock expectation reads; empty for SQL of our own."""
    settings: Mapping[str, Any] = check.expectation.configuration.kwargs
    if "query" in settings:
        return ()
    return tuple(dict.fromkeys(filter(None, (check.id_column, *_columns(settings)))))


def _columns(settings: Mapping[str, Any]) -> tuple[str, ...]:
    single = tuple(settings[key] for key in ("column", "column_A", "column_B") if settings.get(key))
    return (*single, *settings.get("column_list", ()))


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def _not_in(settings: Mapping[str, Any]) -> str:
    return f"where {settings['column']} not in ({', '.join(map(_literal, settings['value_set']))})"


def _outside(settings: Mapping[str, Any]) -> str:
    column = settings["column"]
    sides = (
        (f"{column} < {_literal(settings['min_value'])}" if settings.get("min_value") is not None else ""),
        (f"{column} > {_literal(settings['max_value'])}" if settings.get("max_value") is not None else ""),
    )
    return "where " + " or ".join(filter(None, sides))


def _not_greater(settings: Mapping[str, Any]) -> str:
    sign = "<" if settings.get("or_equal") else "<="
    return f"where {settings['column_A']} {sign} {settings['column_B']}"


def _repeated(settings: Mapping[str, Any]) -> str:
    return f"qualify count(*) over (partition by {', '.join(_columns(settings))}) > 1"


_CONDITIONS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "expect_column_values_to_not_be_null": lambda settings: f"where {settings['column']} is null",
    "expect_column_values_to_be_null": lambda settings: f"where {settings['column']} is not null",
    "expect_column_values_to_be_unique": _repeated,
    "expect_compound_columns_to_be_unique": _repeated,
    "expect_column_values_to_be_in_set": _not_in,
    "expect_column_values_to_be_between": _outside,
    "expect_column_pair_values_a_to_be_greater_than_b": _not_greater,
    "expect_column_values_to_match_regex": lambda settings: (
        f"where not regexp_matches({settings['column']}, {_literal(settings['regex'])})"
    ),
    "expect_column_values_to_not_match_regex": lambda settings: (
        f"where regexp_matches({settings['column']}, {_literal(settings['regex'])})"
    ),
}
