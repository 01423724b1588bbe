"""`dateline quarantine`: what was refused, and another try after a fix."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from flows.commands.options import exit_with_reason, format_option, warehouse_option
from flows.listings import list_refusals
from flows.rendering import ERRORS, render, terminal_width
from warehouse.layout import layout_of
from warehouse.reading import open_history, query

LISTING = """
select stage, reason, uri, detail, document_id, article_id, run_id
from quarantine
order by list_position(['discover', 'parse', 'clean', 'dedupe', 'enrich'], stage), reason, uri, document_id, article_id
"""


@click.group(
    epilog="""\b
Examples:
  dateline quarantine list
  dateline quarantine retry
  dateline quarantine retry 4be1a9c0d2e34f56a7b8"""
)
def quarantine() -> None:
    """Show what was refused and why, and try it again after a fix."""


@quarantine.command(
    "list",
    epilog="""\b
Examples:
  dateline quarantine list
  dateline quarantine list --format csv > refused.csv""",
)
@warehouse_option
@format_option
@exit_with_reason
def list_refused(warehouse: Path, format_name: str) -> None:
    """List everything that was refused: the stage, the reason, and what exactly was wrong."""
    with open_history(layout_of(warehouse)) as connection:
        found = query(connection, LISTING)
    shown = list_refusals(found.as_dicts(), terminal_width()) if format_name == "table" else render(found, format_name)
    click.echo(shown, nl=False)


@quarantine.command(
    "retry",
    epilog="""\b
Examples:
  dateline quarantine retry
  dateline quarantine retry 4be1a9c0d2e34f56a7b8""",
)
@click.argument("document_ids", nargs=-1, metavar="[DOCUMENT_ID…]")
@warehouse_option
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes. [default: one for each processor]")
@format_option
@exit_with_reason
def retry(document_ids: tuple[str, ...], warehouse: Path, jobs: int | None, format_name: str) -> None:
    """Release documents from quarantine (all, or those named) and run them through the stages again."""
    from flows.commands.run import print_summary, run_flow
    from flows.settings import load_settings
    from warehouse.quarantine import release_documents
    from warehouse.sessions import build_session

    settings = load_settings(warehouse=warehouse, jobs=jobs)
    with build_session(settings.layout, memory_limit=settings.memory_limit) as build:
        paths = release_documents(build, document_ids)
    if paths is None:
        ERRORS.print("Nothing is in quarantine.")
        return
    ERRORS.print(f"Files to be read again: {len(paths)}.", soft_wrap=True)
    run_flow(settings, tuple(paths), {})
    print_summary(settings, format_name)
    sys.stdout.flush()
