"""Audit a published file as it lies there, read-only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb

from warehouse.build_file import CONFIGURATION, QUIET
from warehouse.errors import NothingPublishedError, TerminalError
from warehouse.layout import WarehouseLayout
from warehouse.reading import PUBLISHED_REMEDY

if TYPE_CHECKING:
    from expectations.gate import AuditResult


def check_published(layout: WarehouseLayout) -> AuditResult:
    """Run the suite of the published file.

    The file is attached read-only to a database in memory, which holds the audit's temporary views. Each result names
    the stage whose gate has that expectation.

    Raises:
        NothingPublishedError: no run has published yet.
        TerminalError: the published file is damaged.
    """
    from expectations.gate import audit

    if not layout.published.exists():
        raise NothingPublishedError(
            f"The warehouse {layout.root} has no published file to check. `dateline run INPUT…` makes one."
        )
    path = str(layout.published).replace("'", "''")
    with duckdb.connect(config=dict(CONFIGURATION)) as connection:
        connection.execute(QUIET)
        try:
            connection.execute(f"attach '{path}' as news (read_only)")
        except duckdb.Error as problem:
            reason = str(problem).splitlines()[0]
            raise TerminalError(f"{layout.published} cannot be read: {reason} {PUBLISHED_REMEDY}") from problem
        connection.execute("use news")
        return _by_stage(audit(connection, "published", schema="main", run_id="check"))


def _by_stage(result: AuditResult) -> AuditResult:
    """Give each result back to the stage whose suite it comes from; what only the published file has stays there."""
    from expectations.suites import SUITES

    homes = {check.name: stage for stage, suite in reversed(SUITES.items()) for check in suite.checks}
    return replace(
        result,
        results=tuple(replace(one, stage=homes.get(one.expectation, one.stage)) for one in result.results),
        passages=tuple(replace(one, stage=homes.get(one.expectation, one.stage)) for one in result.passages),
    )
