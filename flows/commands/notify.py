"""`dateline notify`: try whether messages about failed and drifting gates arrive."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from flows.commands.options import COULD_NOT_RUN, exit_with_reason, warehouse_option
from warehouse.errors import UsageError


@click.command(
    epilog="""\b
Examples:
  DATELINE_NOTIFY=https://alarms.example.org/dateline dateline notify
  DATELINE_NOTIFY_COMMAND='tee -a alarms.jsonl' dateline notify

\b
Exit codes: 0 all targets have it, 2 no target is set, 3 a target could not be reached."""
)
@warehouse_option
@exit_with_reason
def notify(warehouse: Path) -> None:
    """Send a test message to every target that is told of failed and drifting gates."""
    from expectations.reports.alarms import Alarm, AlarmKind
    from flows.notification import deliver
    from flows.settings import load_settings

    settings = load_settings(warehouse=warehouse)
    if not settings.notify and not settings.notify_command:
        raise UsageError(
            "Nobody is to be told: neither DATELINE_NOTIFY (addresses parted by spaces) nor DATELINE_NOTIFY_COMMAND is "
            "set. `docs/quality.md` has examples."
        )
    alarm = Alarm(
        kind=AlarmKind.TEST,
        title="Dateline: a test message",
        text="Messages about failed and drifting gates will arrive here.",
        run_id=None,
        status=None,
        warehouse=str(settings.layout.root),
    )
    if not deliver(alarm, settings):
        sys.exit(COULD_NOT_RUN)
