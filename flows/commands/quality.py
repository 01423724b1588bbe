"""`dateline report` and `dateline check`: the quality of the last run, and of what is published."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import GATE_FAILED, exit_with_reason, format_option, warehouse_option
from flows.rendering import ERRORS, render
from warehouse.layout import layout_of
from warehouse.reading import QueryResult

if TYPE_CHECKING:
    from expectations.reports import QualityReport

COLUMNS = ("outcome", "severity", "stage", "expectation", "observed", "description")

#: Runs that Data Docs show: rendering the pages of one takes some tenths of a second.
DATA_DOCS_RUNS = 10

annotate_option = click.option(
    "--annotate", is_flag=True, help="Print what does not hold as annotations of GitHub Actions, on stderr."
)


@click.command(
    epilog="""\b
Examples:
  dateline report
  dateline report --data-docs
  dateline report --folder build/quality --annotate"""
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write. [default: reports/ in the warehouse]",
)
@click.option("--data-docs", is_flag=True, help="Also write Great Expectations' Data Docs of the last ten runs.")
@annotate_option
@warehouse_option
@exit_with_reason
def report(folder: Path | None, data_docs: bool, annotate: bool, warehouse: Path) -> None:
    """Write the quality report of the last audited run: an HTML page, JUnit XML and Markdown. Prints their paths."""
    from expectations.reports import write_reports
    from flows.reporting import gather_audited_runs, gather_report

    layout = layout_of(warehouse)
    gathered = gather_report(layout)
    for path in write_reports(gathered, folder or layout.reports):
        click.echo(path)
    if data_docs:
        from expectations.reports.data_docs import write_data_docs

        audited = gather_audited_runs(layout, DATA_DOCS_RUNS)
        click.echo(write_data_docs(audited, (folder or layout.reports) / "data-docs"))
    if annotate:
        _annotate(gathered)
    run = gathered.run
    ERRORS.print(f"Run {run.run_id} ({run.status}): {gathered.verdict}", soft_wrap=True, markup=False)


@click.command(
    epilog="""\b
Examples:
  dateline check
  dateline check --format json
  dateline check --folder build/quality --annotate

\b
Exit codes: 0 everything critical holds, 1 something critical fails or could not be evaluated,
2 wrong usage, or nothing is published."""
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also write the result as an HTML page, JUnit XML and Markdown into this folder.",
)
@annotate_option
@warehouse_option
@format_option
@exit_with_reason
def check(folder: Path | None, annotate: bool, warehouse: Path, format_name: str) -> None:
    """Run every suite against the published file, as a CI would: nothing in the warehouse is changed."""
    from expectations.reports import write_reports
    from flows.checking import check_published
    from flows.notification import raise_alarm
    from flows.reporting import gather_check
    from flows.settings import load_settings

    layout = layout_of(warehouse)
    result = check_published(layout)
    gathered = gather_check(layout, result)
    written = write_reports(gathered, folder) if folder else []
    if format_name == "table":
        _tell(gathered)
    else:
        rows: list[tuple[object, ...]] = [tuple(str(getattr(one, name)) for name in COLUMNS) for one in result.results]
        click.echo(render(QueryResult(COLUMNS, rows), format_name), nl=False)
    if annotate:
        _annotate(gathered)
    _conclude(gathered, layout.published, written)
    if not result.is_passed:
        raise_alarm(gathered, load_settings(warehouse=warehouse))
        sys.exit(GATE_FAILED)


def _tell(report: QualityReport) -> None:
    from flows.failure_text import tell_failures
    from flows.rendering import terminal_width

    if report.not_passed:
        click.echo(tell_failures(report, terminal_width()))


def _annotate(report: QualityReport) -> None:
    from expectations.reports import render_annotations

    checkout = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).absolute()
    click.echo(render_annotations(report, checkout), nl=False, err=True)


def _conclude(report: QualityReport, published: Path, written: list[Path]) -> None:
    """Say the verdict, what it is about, and what to do next."""
    held = f"{report.count('pass')} of {len(report.validations)} expectations hold"
    verdict = "passed" if report.is_passed else "not passed"
    ERRORS.print(f"{held}: {verdict}. {published}, published by run {report.run.run_id}.", soft_wrap=True, markup=False)
    if not report.is_passed:
        named = next((one.identifier for one in report.passages if one.text), "ID")
        ERRORS.print(
            f"Next: `dateline explain {named}` shows where a failing row came from; `dateline releases` lists what "
            "`dateline rollback RUN` can put back."
            + ("" if written else " `dateline check --folder DIR` writes all of this as a page."),
            soft_wrap=True,
            markup=False,
        )
    for path in written:
        ERRORS.print(f"Written: {path}", soft_wrap=True, markup=False)
