"""Tell somebody of an alarm: by a JSON POST, by any service that Apprise knows, by a command, by a Prefect event.

A message that cannot be delivered is a warning on stderr and in the flow run's log. It never changes how a run ends:
what was published or refused is so whether or not anybody could be told.
"""

from __future__ import annotations

import logging
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson

from expectations.reports import QualityReport
from expectations.reports.alarms import Alarm, AlarmKind, alarm_of
from flows.rendering import ERRORS
from flows.settings import Settings

#: A receiver that is being restarted is back within seconds; a run does not wait longer for one.
TRIES, PAUSE_SECONDS, TIMEOUT_SECONDS = 3, 1.0, 10.0
COMMAND_TIMEOUT_SECONDS = 60.0
TAIL_CHARACTERS = 300
WEB = ("http://", "https://")
UNKNOWN_ADDRESS = "the address is neither http(s) nor one that Apprise knows (several are to be parted by spaces)."
#: What services that tell kinds of messages apart are told, where it is not a failure.
SERVICE_TYPES = {AlarmKind.DRIFT: "warning", AlarmKind.TEST: "info"}


class NotDeliveredError(Exception):
    """A message did not arrive; says why."""


def raise_alarm(report: QualityReport, settings: Settings) -> Alarm | None:
    """Tell whoever is to be told of what is wrong in a report; returns the alarm, None where nothing is wrong."""
    alarm = alarm_of(report, str(settings.layout.root))
    if alarm is not None:
        emit_event(alarm)
        deliver(alarm, settings)
    return alarm


def warn_of_unusable_targets(settings: Settings) -> None:
    """Say at the start of a run which targets can never be reached: with the first alarm it would be too late."""
    for url in settings.notify:
        if not url.startswith(WEB) and _service(url) is None:
            _say(logging.WARNING, f"Warning: DATELINE_NOTIFY names {_public_name(url)}, but {UNKNOWN_ADDRESS}")
    if settings.notify_command:
        try:
            program, *_ = shlex.split(settings.notify_command)
        except ValueError:
            program = ""
        if shutil.which(program) is None:
            _say(logging.WARNING, f"Warning: DATELINE_NOTIFY_COMMAND names no program that can be run: {program!r}.")


def deliver(alarm: Alarm, settings: Settings) -> bool:
    """Send an alarm to every target of the settings, saying of each how it went; returns whether all have it."""
    arrived = True
    for target, send in _targets(settings):
        try:
            send(alarm)
            _say(logging.INFO, f"Notified {target} ({alarm.kind}).")
        except Exception as problem:  # a run must not end otherwise because of whatever a service's library raises
            arrived = False
            reason = str(problem) if isinstance(problem, NotDeliveredError) else f"{type(problem).__name__}: {problem}."
            _say(
                logging.WARNING,
                f"Warning: the notification ({alarm.kind}) was not delivered to {target}: {reason} The run is not "
                "affected. `dateline notify` tries the targets.",
            )
    return arrived


def emit_event(alarm: Alarm) -> None:
    """Emit a Prefect event `dateline.KIND` inside a flow run, for automations; a run that publishes can drift too."""
    if not _is_in_flow_run():
        return
    from prefect.events import emit_event as emit

    emit(
        event=f"dateline.{alarm.kind}",
        resource={"prefect.resource.id": f"dateline.warehouse.{alarm.warehouse}", "prefect.resource.name": "warehouse"},
        payload=alarm.as_json(),
    )


def _targets(settings: Settings) -> Iterator[tuple[str, Callable[[Alarm], None]]]:
    """Yield each target's name, without the secrets that its address may hold, and what sends to it."""
    for url in settings.notify:
        yield _public_name(url), partial(_send, url)
    if settings.notify_command:
        yield "the command of DATELINE_NOTIFY_COMMAND", partial(_run_command, settings.notify_command)


def _public_name(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or '…'}" + (f":{_port(url)}" if _port(url) else "")


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        return None


def _send(url: str, alarm: Alarm) -> None:
    """Send to a service that Apprise knows by its address, chat services' own web hooks included, or else as JSON."""
    import apprise

    service = _service(url)
    if service is not None:
        with apprise.LogCapture(level=logging.WARNING) as said:  # type: ignore[no-untyped-call]
            is_sent = service.notify(
                title=alarm.title,
                body=alarm.text,
                notify_type=apprise.NotifyType(SERVICE_TYPES.get(alarm.kind, "failure")),
            )
        if not is_sent:
            raise NotDeliveredError(f"{service.service_name}: {_last_line(said.getvalue()) or 'it was refused'}.")
    elif url.startswith(WEB):
        _post(url, alarm)
    else:
        raise NotDeliveredError(UNKNOWN_ADDRESS)


def _service(url: str) -> Any:
    """Return Apprise's service of an address, None where it knows none."""
    import apprise

    return apprise.Apprise.instantiate(url, suppress_exceptions=True)


def _post(url: str, alarm: Alarm) -> None:
    """Post the alarm as JSON, again where the receiver is not there or says that the fault is its own."""
    problem = ""
    for number in range(TRIES):
        time.sleep(PAUSE_SECONDS * number)
        try:
            answer = httpx.post(url, json=alarm.as_json(), timeout=TIMEOUT_SECONDS)
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            problem = f"{type(failure).__name__}: {failure}".rstrip(": .")
            continue
        if answer.is_success:
            return
        problem = f"the receiver answered {answer.status_code} {answer.reason_phrase}".rstrip()
        if not answer.is_server_error and answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
            break
    raise NotDeliveredError(f"{problem}.")


def _run_command(command: str, alarm: Alarm) -> None:
    try:
        done = subprocess.run(
            shlex.split(command),
            input=orjson.dumps(alarm.as_json()),
            capture_output=True,
            timeout=COMMAND_TIMEOUT_SECONDS,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as failure:
        raise NotDeliveredError(f"it could not be run: {failure}.") from failure
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()[-TAIL_CHARACTERS:]
        raise NotDeliveredError(f"it ended with code {done.returncode}{': ' if said else ''}{said}.")


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip(" .") if lines else ""


def _is_in_flow_run() -> bool:
    """Tell whether a flow run goes on here, without importing Prefect where nothing else has."""
    if "prefect.context" not in sys.modules:
        return False
    from prefect.context import FlowRunContext

    return FlowRunContext.get() is not None


def _say(level: int, message: str) -> None:
    """Say something to whoever watches the run: at the terminal, and in the flow run's log."""
    ERRORS.print(message, soft_wrap=True, markup=False, style="yellow" if level >= logging.WARNING else None)
    if _is_in_flow_run():
        from prefect import get_run_logger

        get_run_logger().log(level, message)
