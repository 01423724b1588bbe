"""The `dateline` command: one group, its verbs in `flows/commands/`."""

from __future__ import annotations

import click

from flows.commands.explain import explain
from flows.commands.history import releases, rollback, runs
from flows.commands.quality import check, report
from flows.commands.quarantine import quarantine
from flows.commands.query import sql
from flows.commands.rules import rules
from flows.commands.run import run


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="""\b
Examples:
  dateline run seeds/inbox
  dateline sql "select published_on, publisher, title from canonical_articles order by 1"
  dateline explain seeds/inbox/text/ferry.txt""",
)
@click.version_option(package_name="dateline")
def main() -> None:
    """Turn collected news pages into a DuckDB warehouse of canonical articles and dated events.

    Nothing is published that fails its data-quality gates.
    """


for command in (run, sql, explain, report, check, runs, releases, rollback, quarantine, rules):
    main.add_command(command)


if __name__ == "__main__":
    main()
