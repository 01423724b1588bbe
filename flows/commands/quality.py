"""`dateline report` and `dateline check`: the quality of the last run, and of what is published."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from flows.commands.options import GATE_FAILED, exit_with_reason, format_option, warehouse_option
from flows.rendering import ERRORS, render
from warehouse.layout import layout_of
from warehouse.reading import QueryResult


@click.command(
    epilog="""\b
Examples:
  dateline report
  dateline report --folder build/quality"""
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write. [default: reports/ in the warehouse]",
)
@warehouse_option
@exit_with_reason
def report(folder: Path | None, warehouse: Path) -> None:
    """Write the quality report of the last audited run: an HTML page, JUnit XML and Markdown. Prints their paths."""
    from flows.reporting import write_quality_report

    layout = layout_of(warehouse)
    for path in write_quality_report(layout, folder or layout.reports):
        click.echo(path)


@click.command(
    epilog="""\b
Examples:
  dateline check
  dateline check --format json

\b
Exit codes: 0 everything critical holds, 1 something critical fails or could not be evaluated,
2 wrong usage, or nothing is published."""
)
@warehouse_option
@format_option
@exit_with_reason
def check(warehouse: Path, format_name: str) -> None:
    """Run every suite against the published file, as a CI would: nothing is changed."""
    from flows.checking import check_published

    result = check_published(layout_of(warehouse))
    columns = ("outcome", "severity", "expectation", "observed", "description")
    rows = [tuple(str(getattr(one, name)) for name in columns) for one in result.results]
    shown = rows if format_name != "table" else [row for row in rows if row[0] != "pass"]
    if shown or format_name != "table":
        click.echo(render(QueryResult(columns, list(shown)), format_name), nl=False)
    passed = sum(row[0] == "pass" for row in rows)
    ERRORS.print(
        f"{passed} of {len(rows)} expectations hold: {'passed' if result.is_passed else 'not passed'}.", soft_wrap=True
    )
    if not result.is_passed:
        sys.exit(GATE_FAILED)
