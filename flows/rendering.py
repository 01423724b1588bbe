"""How results are printed: tables for people; CSV, JSON and Markdown for programs and documents."""

from __future__ import annotations

import csv
import io
import shutil
import sys
import textwrap
from datetime import date, datetime
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from warehouse.reading import QueryResult

FORMATS = ("table", "csv", "json", "markdown")

#: Characters of a cell that a table in a file or a pipe shows; the other formats show all.
CELL_WIDTH = 120
#: Words and identifiers up to this long are not cut to pieces by folding.
LONGEST_WORD = 20

#: Everything that is not a result goes here.
ERRORS = Console(stderr=True, highlight=False)


def terminal_width() -> int:
    """Return how many characters a line of the terminal has; `COLUMNS`, else 80, where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def render(result: QueryResult, format_name: str) -> str:
    """Return rows in one of `FORMATS`, ending in a newline. Dates and times are ISO text."""
    if format_name == "json":
        rows = [{name: _json_value(value) for name, value in row.items()} for row in result.as_dicts()]
        return orjson.dumps(rows, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode() + "\n"
    if format_name == "csv":
        return _csv(result)
    if format_name == "markdown":
        return _markdown(result)
    return _table(result)


def _json_value(value: Any) -> Any:
    """Write whole numbers beyond 64 bits, which many readers of JSON would round, as text."""
    return str(value) if isinstance(value, int) and not -(2**63) <= value < 2**64 else value


def _csv(result: QueryResult) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([[_plain(value, null="") for value in row] for row in result.rows])
    return target.getvalue()


def _markdown(result: QueryResult) -> str:
    lines = ["| " + " | ".join(result.columns) + " |", "|" + " --- |" * len(result.columns)]
    for row in result.rows:
        cells = [_plain(value, null="").replace("|", "\\|").replace("\n", " ") for value in row]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _table(result: QueryResult) -> str:
    """Lay out a table: folded to a terminal's width, or as records where that is too narrow.

    In a file or a pipe it is as wide as it needs to be, with long cells cut.
    """
    table = Table(show_header=True, header_style="bold", show_edge=False)
    for index, name in enumerate(result.columns):
        numbers = any(isinstance(row[index], int | float) and not isinstance(row[index], bool) for row in result.rows)
        table.add_column(name, justify="right" if numbers else "left", overflow="fold")
    is_terminal = sys.stdout.isatty()
    if is_terminal and not _can_be_folded(result, terminal_width()):
        return _records(result, terminal_width())
    for row in result.rows:
        cells = [_plain(value, null="NULL") for value in row]
        table.add_row(*(cells if is_terminal else map(_cut, cells)))
    target = io.StringIO()
    width = None if is_terminal else CELL_WIDTH * max(1, len(result.columns)) * 2
    console = Console(file=target, width=width, force_terminal=is_terminal, markup=False, highlight=False)
    console.print(table, markup=False)
    lines = [line.rstrip() for line in target.getvalue().splitlines()]
    return "\n".join([*lines, _row_count(result)]) + "\n"


def _row_count(result: QueryResult) -> str:
    return f"({len(result.rows)} row{'' if len(result.rows) == 1 else 's'})"


def _can_be_folded(result: QueryResult, width: int) -> bool:
    """Tell whether every column has room for its name and its longest word, or a part of it that can still be read."""
    needed = 0
    for index, name in enumerate(result.columns):
        words = (word for row in result.rows for word in _plain(row[index], null="NULL").split())
        needed += max(len(name), min(LONGEST_WORD, max(map(len, words), default=0))) + 3
    return needed - 1 <= width


def _records(result: QueryResult, width: int) -> str:
    """Lay out each row as lines of name and value, for rows that have more columns than the terminal is wide."""
    margin = max((len(name) for name in result.columns), default=0) + 2
    lines = []
    for number, row in enumerate(result.rows, start=1):
        lines.append(f"── {number} ".ljust(min(width, 40), "─"))
        for name, value in zip(result.columns, row, strict=True):
            text = " ".join(_plain(value, null="NULL").split())
            lines.append(
                textwrap.fill(
                    text or " ",
                    max(width, margin + LONGEST_WORD),
                    initial_indent=name.ljust(margin),
                    subsequent_indent=" " * margin,
                    break_on_hyphens=False,
                ).rstrip()
            )
    return "\n".join([*lines, _row_count(result)]) + "\n"


def _cut(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= CELL_WIDTH else line[: CELL_WIDTH - 1] + "…"


def _plain(value: Any, *, null: str) -> str:
    if value is None:
        return null
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return ", ".join(_plain(item, null="NULL") for item in value)
    return str(value)
