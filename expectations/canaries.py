"""Expectations that must fail: if one passes, the audit itself is broken and its green means nothing."""

from __future__ import annotations

from expectations.checks import CRITICAL, Check
from expectations.offenders import ExpectNoOffenders
from expectations.stock import gxe

CANARIES = (
    Check(
        name="canary-of-queries-fails",
        table="documents",
        expectation=ExpectNoOffenders(query="select 'canary' as canary"),
        description="A query that always finds one offender is reported as failed.",
        severity=CRITICAL,
        why="A result that is lost on its way would make every query expectation pass.",
        breaks="A library update, or a connection that drops pending results.",
        id_column="canary",
    ),
    Check(
        name="canary-of-stock-expectations-fails",
        table="documents",
        expectation=gxe.ExpectTableRowCountToBeBetween(max_value=-1),
        description="A table that should have fewer than no rows is reported as failed.",
        severity=CRITICAL,
        why="Stock expectations take another way through Great Expectations than queries do.",
        breaks="A library update, or a connection that drops pending results.",
    ),
)
