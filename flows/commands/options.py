"""Options that all verbs share, and how failures become exit codes."""

from __future__ import annotations

import functools
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, ParamSpec

import click

from flows.rendering import ERRORS, FORMATS
from warehouse.errors import DatelineError, TransientError, UsageError, is_interruption

GATE_FAILED, WRONG_USAGE, COULD_NOT_RUN, INTERRUPTED = 1, 2, 3, 130

Parameters = ParamSpec("Parameters")

warehouse_option = click.option(
    "--warehouse",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("warehouse"),
    envvar="DATELINE_WAREHOUSE",
    show_default=True,
    show_envvar=True,
    help="Folder of the warehouse.",
)

format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to print the result; json is one array of objects.",
)


def exit_with_reason(command: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """Turn the project's own errors into one paragraph on stderr and an exit code."""

    @functools.wraps(command)
    def guarded(*arguments: Parameters.args, **options: Parameters.kwargs) -> None:
        try:
            command(*arguments, **options)
        except DatelineError as problem:
            ERRORS.print(f"[bold red]Error:[/] {_escape(str(problem))}", soft_wrap=True)
            sys.exit(exit_code(problem))
        except KeyboardInterrupt:
            _exit_interrupted()
        except BrokenPipeError:  # the reader of our output has seen enough
            sys.stderr.close()
            sys.exit(0)
        except Exception as problem:
            if is_interruption(problem):
                _exit_interrupted()
            if os.environ.get("DATELINE_TRACEBACK"):
                raise
            ERRORS.print(f"[bold red]Unexpected error:[/] {_escape(describe(problem))}", soft_wrap=True)
            sys.exit(COULD_NOT_RUN)

    return guarded


def _exit_interrupted() -> NoReturn:
    ERRORS.print(
        "Interrupted. What is published stands as it was; run the same command again to go on.", soft_wrap=True
    )
    sys.exit(INTERRUPTED)


def describe(problem: Exception) -> str:
    """Say what an error of the program itself was, where it arose, and how to see more."""
    place = traceback.extract_tb(problem.__traceback__)[-1]
    return (
        f"{type(problem).__name__}: {problem} ({Path(place.filename).name}, line {place.lineno}). "
        "What is published stands as it was. This is a fault of Dateline or of its set-up: run the same command with "
        "DATELINE_TRACEBACK=1 to see where it comes from."
    )


def exit_code(problem: DatelineError) -> int:
    from flows.gates import GateFailedError

    if isinstance(problem, GateFailedError):
        return GATE_FAILED
    if isinstance(problem, UsageError):
        return WRONG_USAGE
    return COULD_NOT_RUN if isinstance(problem, TransientError) else WRONG_USAGE


def _escape(text: str) -> str:
    return text.replace("[", "\\[")
