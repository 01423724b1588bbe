"""Audit a published file as it lies there, read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from warehouse.build_file import CONFIGURATION
from warehouse.errors import NothingPublishedError, TerminalError
from warehouse.layout import WarehouseLayout
from warehouse.reading import PUBLISHED_REMEDY

if TYPE_CHECKING:
    from expectations.gate import AuditResult


def check_published(layout: WarehouseLayout) -> AuditResult:
    """Run the suite of the published file.

    The file is attached read-only to a database in memory, which holds the audit's temporary views.

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
        try:
            connection.execute(f"attach '{path}' as news (read_only)")
        except duckdb.Error as problem:
            reason = str(problem).splitlines()[0]
            raise TerminalError(f"{layout.published} cannot be read: {reason} {PUBLISHED_REMEDY}") from problem
        connection.execute("use news")
        return audit(connection, "published", schema="main", run_id="check")
