"""`dateline rules`: the rules of cleaning by name."""

from __future__ import annotations

import click

from flows.commands.options import exit_with_reason, format_option
from flows.rendering import render
from warehouse.reading import QueryResult


@click.command(
    epilog="""\b
Examples:
  dateline rules
  dateline run inbox/ --restore-rule author-biography"""
)
@format_option
@exit_with_reason
def rules(format_name: str) -> None:
    """List the rules that remove boilerplate; each can be restored with `dateline run --restore-rule RULE`."""
    from tasks.clean.removal_rules import REMOVAL_RULES

    rows: list[tuple[str, ...]] = [(rule.name, rule.removes) for rule in REMOVAL_RULES]
    click.echo(render(QueryResult(("rule", "removes"), rows), format_name), nl=False)
