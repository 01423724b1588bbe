"""The `dateline` command: one group, its verbs in `flows/commands/`."""

from __future__ import annotations

import os
import signal
import sys

import click

from flows.commands.explain import explain
from flows.commands.history import releases, rollback, runs
from flows.commands.notify import notify
from flows.commands.quality import check, report
from flows.commands.quarantine import quarantine
from flows.commands.query import sql
from flows.commands.rules import rules
from flows.commands.run import run
from flows.commands.timeline import timeline


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="""\b
Examples:
  dateline run seeds/inbox
  dateline sql "select published_on, publisher, title from canonical_articles order by 1"
  dateline explain seeds/inbox/text/ferry.txt""",
)
@click.version_option(package_name="dateline")
def dateline() -> None:
    """Turn collected news pages into a DuckDB warehouse of canonical articles and dated events.

    Nothing is published that fails its data-quality gates.
    """


for command in (run, sql, timeline, explain, report, check, notify, runs, releases, rollback, quarantine, rules):
    dateline.add_command(command)


def _interrupt(number: int, frame: object) -> None:
    """End in order, and at once when asked a second time: whatever is lost, what is published stands."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    raise KeyboardInterrupt


def main() -> None:
    """Run the command and end the process at once with its exit code.

    Everything is closed by then. An orderly shutdown of the interpreter would have DuckDB's binding print warnings
    about objects that are still referenced, some hundred lines of them, below the result.
    """
    code = 0
    signal.signal(signal.SIGINT, _interrupt)
    try:
        dateline(prog_name="dateline")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
