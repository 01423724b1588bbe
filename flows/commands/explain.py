"""`dateline explain`: where an article or an event came from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from flows.commands.options import exit_with_reason, warehouse_option
from flows.explanation_text import Compared, Told, tell
from flows.explanations import explain_target
from warehouse.layout import layout_of
from warehouse.reading import open_published

if TYPE_CHECKING:
    from rich.console import Console

#: Text is not wrapped to less, however narrow the terminal.
MINIMUM_WIDTH = 24
#: Narrower terminals show two texts one below the other.
TWO_COLUMNS = 96


@click.command(
    epilog="""\b
Examples:
  dateline explain seeds/inbox/text/ferry.txt
  dateline explain 4be1a9c0d2e3
  dateline explain 4be1a9c0d2e3 --format json | jq '.[0].removals'"""
)
@click.argument("target", metavar="ID|PATH")
@warehouse_option
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text", show_default=True)
@exit_with_reason
def explain(target: str, warehouse: Path, format_name: str) -> None:
    """Show where a document, an article or an event came from.

    The page in reading order with what was removed, by which rule and what the rule means; its versions and what
    they changed; its duplicates with the matched passages, [-words that only it has-] and {+words that only the other
    has+}; its dates and their evidence. ID may be the beginning of an identifier.
    """
    from rich.console import Console

    with open_published(layout_of(warehouse)) as connection:
        explanation = explain_target(connection, target)
    if format_name == "json":
        click.echo(orjson.dumps([explanation], default=str, option=orjson.OPT_INDENT_2).decode())
        return
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 200)
    for line in tell(explanation):
        if isinstance(line, Compared):
            print_compared(console, line, console.width if sys.stdout.isatty() else None)
        elif isinstance(line, Told):
            print_beside(console, line, console.width if sys.stdout.isatty() else None)
        else:
            console.print(line, emoji=False)


def print_beside(console: Console, line: Told, width: int | None) -> None:
    """Print a text beside its label, wrapped to `width` columns; None leaves its lines whole, for `grep`."""
    from rich.text import Text

    label = Text.assemble("  ", (line.label, line.label_style), f" {line.mark} ")
    body = Text(line.text.expandtabs(1), style=line.text_style)
    if width is None:
        parts = list(body.split("\n"))
    else:
        parts = list(body.wrap(console, max(MINIMUM_WIDTH, width - line.indent)))
    further = Text(f"{line.mark} ".rjust(line.indent))
    for place, part in enumerate(parts):
        console.print((further if place else label) + part)


def print_compared(console: Console, line: Compared, width: int | None) -> None:
    """Print two texts in two columns, or below each other in a terminal of fewer columns than TWO_COLUMNS."""
    from rich.table import Table
    from rich.text import Text

    sides = []
    for text in (line.text, line.other_text):
        side = Text(text)
        side.highlight_regex(r"\[-.*?-\]", "red")
        side.highlight_regex(r"\{\+.*?\+\}", "green")
        sides.append(side)
    if width is None or width < TWO_COLUMNS:
        for label, side in zip((line.label, line.other_label), sides, strict=True):
            console.print(Text(f"    {label}", "dim"))
            parts = [side] if width is None else list(side.wrap(console, max(MINIMUM_WIDTH, width - 6)))
            for part in parts:
                console.print(Text("      ") + part)
        return
    table = Table(box=None, width=width - 4, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for label in (line.label, line.other_label):
        table.add_column(label, ratio=1, overflow="fold")
    table.add_row(*sides)
    from rich.padding import Padding

    console.print(Padding(table, (0, 0, 0, 4)), soft_wrap=False)
