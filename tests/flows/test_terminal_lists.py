"""What the commands print at a terminal of 80 columns: nothing wider, no identifier cut to pieces."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from flows.listings import list_refusals, list_runs

ROOT = Path(__file__).parents[2]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def at_terminal(*arguments: object, columns: int = 80) -> list[str]:
    """Run a command at a terminal of so many columns; returns its lines without their colours."""
    master, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        [sys.executable, "-m", "flows.command_line", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env=environment | {"PYTHONPATH": str(ROOT)},
    ):
        os.close(terminal)
        said = bytearray()
        while True:
            try:
                said += os.read(master, 65536)
            except OSError:  # the command has ended and nobody else holds the terminal
                break
    os.close(master)
    return [line.rstrip() for line in ESCAPES.sub("", said.decode("utf-8")).splitlines()]


@pytest.mark.parametrize(
    "arguments",
    [
        ["runs"],
        ["releases"],
        ["timeline", "--from", "2026-03-10", "--most", "3"],
        ["sql", "select * from articles limit 2"],
        ["sql", "select published_on, publisher, title from canonical_articles order by 1 limit 9"],
        ["sql", "select run_id, stage, unit, in_count from stage_counts"],
    ],
)
def test_no_line_is_wider_than_the_terminal_and_no_identifier_is_cut(
    sample_warehouse: Path, arguments: list[str]
) -> None:
    lines = at_terminal(*arguments, "--warehouse", sample_warehouse)
    assert all(len(line) <= 80 for line in lines)
    whole = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}|[0-9a-f]{20}")
    if arguments[0] != "sql" or "title" not in arguments[1]:
        assert any(whole.search(line) for line in lines)


def test_the_places_of_refusals_are_whole_and_the_rest_is_wrapped(sample_warehouse: Path) -> None:
    lines = at_terminal("quarantine", "list", "--warehouse", sample_warehouse)
    assert lines[0].startswith("discover: ")
    assert any(line.endswith("/broken/empty.txt") for line in lines)
    assert all(len(line) <= 80 or "/" in line for line in lines)
    assert lines[-1].endswith("`dateline quarantine retry` tries them again.")


def test_rows_that_do_not_fit_stand_one_value_a_line(sample_warehouse: Path) -> None:
    statement = "select * from canonical_articles order by article_id limit 2"
    narrow = at_terminal("sql", statement, "--warehouse", sample_warehouse)
    assert [line for line in narrow if line.startswith("──")] == ["── 1 ".ljust(40, "─"), "── 2 ".ljust(40, "─")]
    assert sum(line.startswith("canonical_reason ") for line in narrow) == 2
    assert narrow[-1] == "(2 rows)"


def run_row(**changes: object) -> dict[str, object]:
    return {
        "run_id": "20260315T060000Z-1a2b3c",
        "status": "gate-failed",
        "seconds": 3.21,
        "records": 1200,
        "canonical_articles": None,
        "not_passed": 2,
        "detail": "The clean gate did not pass.",
    } | changes


def test_what_went_wrong_stands_below_the_list_of_runs() -> None:
    text = list_runs([run_row(), run_row(run_id="20260314T060000Z-1a2b3c", status="published", detail=None)], 80)
    assert "3.2 s" in text
    assert text.endswith("(2 rows)\n\n20260315T060000Z-1a2b3c\n  The clean gate did not pass.\n")
    assert "None" not in text


def test_long_runs_are_told_in_minutes_and_a_running_one_without_a_time() -> None:
    assert "95 min" in list_runs([run_row(seconds=5700.0)], 80)
    assert "None" not in list_runs([run_row(seconds=None)], 80)


def test_an_empty_quarantine_says_so() -> None:
    assert list_refusals([], 80) == "Nothing is in quarantine.\n"
