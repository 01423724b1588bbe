"""`dateline sql`: read-only queries of the published file."""

from __future__ import annotations

from pathlib import Path

import click

from flows.commands.options import exit_with_reason, format_option, warehouse_option
from flows.rendering import render
from warehouse.layout import layout_of
from warehouse.reading import open_published, query


@click.command(
    epilog="""\b
Examples:
  dateline sql "select published_on, publisher, title from canonical_articles order by 1"
  dateline sql "from timeline" --format csv > timeline.csv
  dateline sql "describe articles" """
)
@click.argument("statement", metavar="SQL")
@warehouse_option
@format_option
@exit_with_reason
def sql(statement: str, warehouse: Path, format_name: str) -> None:
    """Query the published warehouse. It is opened read-only: a query cannot change it, and never waits for a run."""
    with open_published(layout_of(warehouse)) as connection:
        click.echo(render(query(connection, statement), format_name), nl=False)
