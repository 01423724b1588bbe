"""`dateline explain`: where an article or an event came from."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import orjson

from flows.commands.options import exit_with_reason, warehouse_option
from flows.explanation_text import tell
from flows.explanations import explain_target
from warehouse.layout import layout_of
from warehouse.reading import open_published


@click.command(
    epilog="""\b
Examples:
  dateline explain seeds/inbox/text/ferry.txt
  dateline explain 4be1a9c0d2e3
  dateline explain 4be1a9c0d2e3 --format json"""
)
@click.argument("target", metavar="ID|PATH")
@warehouse_option
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text", show_default=True)
@exit_with_reason
def explain(target: str, warehouse: Path, format_name: str) -> None:
    """Show where a document, an article or an event came from.

    Its raw text with what was removed and by which rule, its duplicates with the matched passages, its dates and their
    evidence. ID may be the beginning of an identifier.
    """
    from rich.console import Console

    with open_published(layout_of(warehouse)) as connection:
        explanation = explain_target(connection, target)
    if format_name == "json":
        click.echo(orjson.dumps([explanation], default=str, option=orjson.OPT_INDENT_2).decode())
        return
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 200)
    for line in tell(explanation):
        console.print(line, emoji=False)
