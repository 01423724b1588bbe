"""`dateline run`: the whole flow over files, folders or globs."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import exit_with_reason, format_option, warehouse_option
from flows.rendering import ERRORS, render, terminal_width
from warehouse.errors import TerminalError

if TYPE_CHECKING:
    from flows.settings import Settings


@click.command(
    epilog="""\b
Examples:
  dateline run inbox/
  dateline run 'crawl/*.warc.gz' feed.xml --warehouse /data/news --jobs 8
  dateline run inbox/ --restore-rule author-biography

\b
Exit codes: 0 published (or nothing new), 1 a gate failed and nothing was published,
2 wrong usage or input, 3 the run could not be done now (another run holds the warehouse).
Settings without an option are read from DATELINE_* variables; see the README."""
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@warehouse_option
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes. [default: one for each processor]")
@click.option(
    "--restore-rule",
    "restore_rules",
    multiple=True,
    metavar="RULE",
    help="Keep what this rule of cleaning removes; can be repeated.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="No article is taken to be published after this day. [default: today]",
)
@click.option("--dask-address", help="Run the batches on this Dask cluster instead of processes of this machine.")
@format_option
@exit_with_reason
def run(
    inputs: tuple[str, ...],
    warehouse: Path,
    jobs: int | None,
    restore_rules: tuple[str, ...],
    as_of: datetime | None,
    dask_address: str | None,
    format_name: str,
) -> None:
    """Parse, clean, dedupe and enrich INPUT… (files, folders or globs), pass the gates, and publish.

    What has been read before is not read again; a run with nothing new takes a second or two and changes nothing.
    """
    from flows.settings import load_settings

    options: dict[str, object] = {
        "restore_rules": restore_rules or None,
        "as_of": as_of.date() if as_of else None,
        "dask_address": dask_address,
    }
    options = {name: value for name, value in options.items() if value is not None}
    settings = load_settings(warehouse=warehouse, jobs=jobs, **options)
    _check_rules(settings)
    if not _is_nothing_new(settings, inputs):
        run_flow(settings, inputs, options)
    print_summary(settings, format_name)


def _check_rules(settings: Settings) -> None:
    if not settings.restore_rules:
        return
    from tasks.clean.removal_rules import RULES_BY_NAME
    from warehouse.errors import UsageError

    unknown = [name for name in settings.restore_rules if name not in RULES_BY_NAME]
    if unknown:
        known = ", ".join(sorted(RULES_BY_NAME))
        raise UsageError(
            f"No rule of cleaning is named {', '.join(unknown)}. Rules: {known}. `dateline rules` tells more."
        )


def _is_nothing_new(settings: Settings, inputs: tuple[str, ...]) -> bool:
    """Record an unchanged run, without starting the orchestrator, where all inputs are known and published.

    The same goes for inputs without a file, such as an inbox to which nothing has come yet.
    """
    from flows import counts, ledger
    from flows.fingerprints import are_files_known, content_fingerprint
    from tasks.stages.discover import input_files
    from warehouse.publishing import publish_history
    from warehouse.release_state import is_up_to_date
    from warehouse.sessions import build_session
    from warehouse.vocabulary import RunStatus

    paths = input_files(inputs, settings.layout)
    if paths and not settings.layout.build.exists():
        return False
    with build_session(settings.layout, memory_limit=settings.memory_limit) as build:
        is_current = is_up_to_date(build, content_fingerprint(settings)) or not counts.count_known(build.connection)
        if not is_current or not are_files_known(build.connection, paths, settings):
            return False
        record = ledger.begin_run(build.connection, inputs, settings)
        ledger.end_run(build.connection, record, RunStatus.UNCHANGED)
        publish_history(build)
    return True


def run_flow(settings: Settings, inputs: tuple[str, ...], options: dict[str, object]) -> None:
    """Run the flow, with its progress on stderr; where a gate fails, show what does not hold."""
    try:
        _run_with_progress(settings, inputs, options)
    except TerminalError as problem:
        from flows.gates import GateFailedError  # the server of the run must not wait for this import

        if isinstance(problem, GateFailedError):
            _tell_failures(settings)
        raise


def _run_with_progress(settings: Settings, inputs: tuple[str, ...], options: dict[str, object]) -> None:
    from flows.orchestration import prefect_api
    from flows.terminal import ProgressBars

    with prefect_api() as api, ProgressBars(ERRORS):
        from flows.pipeline import ingest, task_runner

        # The gates' imports take seconds, which pass while the server of the run comes up in a process of its own. They
        # begin when the imports above have ended: two threads that import can lose an interrupt.
        threading.Thread(target=_import_the_gates, name="import-the-gates", daemon=True).start()
        flow = ingest.with_options(task_runner=task_runner(settings.dask_address, settings.jobs))
        api.run(flow, list(inputs), str(settings.layout.root), settings.jobs, options)


def _tell_failures(settings: Settings) -> None:
    """Show what does not hold and where, above the message of the failed gate."""
    from flows.failure_text import tell_failures
    from flows.reporting import gather_run

    ERRORS.print(tell_failures(gather_run(settings.layout), terminal_width()), soft_wrap=True, markup=False)


def _import_the_gates() -> None:
    from expectations.engine import warm_up

    warm_up()


def print_summary(settings: Settings, format_name: str) -> None:
    from flows.summary import last_run, summary_table

    row = last_run(settings.layout)
    if format_name != "table":
        click.echo(render(row, format_name), nl=False)
        return
    click.echo(summary_table(settings.layout))
