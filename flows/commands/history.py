"""`dateline runs`, `dateline releases`, `dateline rollback`: history and undo."""

from __future__ import annotations

from pathlib import Path

import click

from flows.commands.options import exit_with_reason, format_option, warehouse_option
from flows.listings import list_runs
from flows.rendering import ERRORS, render, terminal_width
from warehouse.layout import layout_of
from warehouse.publishing import list_releases, rollback_to
from warehouse.reading import QueryResult, open_history, query

RUNS = """
select
    run_id,
    status,
    started_at,
    round(extract(epoch from finished_at - started_at), 1) as seconds,
    (select in_count from stage_counts where run_id = runs.run_id and stage = 'discover') as records,
    (select kept_count from stage_counts where run_id = runs.run_id and stage = 'dedupe') as canonical_articles,
    (select count(*) from validations where run_id = runs.run_id and outcome <> 'pass') as not_passed,
    detail
from runs
order by started_at desc
limit ?
"""


@click.command(
    epilog="""\b
Examples:
  dateline runs
  dateline runs --most 3 --format json"""
)
@click.option(
    "--most", type=click.IntRange(min=1), default=20, show_default=True, help="How many runs, the newest first."
)
@warehouse_option
@format_option
@exit_with_reason
def runs(most: int, warehouse: Path, format_name: str) -> None:
    """List the runs of the warehouse, failed ones too, the newest first."""
    with open_history(layout_of(warehouse)) as connection:
        found = query(connection, RUNS, [most])
    shown = list_runs(found.as_dicts(), terminal_width()) if format_name == "table" else render(found, format_name)
    click.echo(shown, nl=False)


@click.command(
    epilog="""\b
Examples:
  dateline releases
  dateline releases --format json"""
)
@warehouse_option
@format_option
@exit_with_reason
def releases(warehouse: Path, format_name: str) -> None:
    """List the releases that are kept, the newest first, and which of them is published."""
    rows = [
        (release.name, release.is_current, release.published_at.replace(tzinfo=None), release.byte_length)
        for release in list_releases(layout_of(warehouse))
    ]
    result = QueryResult(("release", "is_published", "published_at", "bytes"), list(rows))
    click.echo(render(result, format_name), nl=False)


@click.command(
    epilog="""\b
Examples:
  dateline releases
  dateline rollback 20260315T060000Z-1a2b3c"""
)
@click.argument("release", metavar="RUN")
@warehouse_option
@exit_with_reason
def rollback(release: str, warehouse: Path) -> None:
    """Publish the release of RUN again. Readers see it at once; the next run with something new goes forward again."""
    restored = rollback_to(layout_of(warehouse), release)
    ERRORS.print(f"Published again: {restored.name}. `dateline releases` lists the others.", soft_wrap=True)
