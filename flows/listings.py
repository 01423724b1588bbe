"""Lists of runs and of what was refused, for a terminal whose 80 columns would cut a table of all of it to pieces."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from flows.rendering import render
from warehouse.reading import QueryResult

Row = dict[str, Any]

#: Runs whose failure is told under the list, the newest first, and how much of it.
TOLD_FAILURES, TOLD_CHARACTERS = 3, 360
INDENT = "  "


def list_runs(runs: Sequence[Row], width: int) -> str:
    """Return the runs as a narrow table, with what went wrong in the newest that failed below it."""
    columns = ("run_id", "status", "time", "records", "canonical", "failing")
    rows = [
        (
            run["run_id"],
            run["status"],
            "" if run["seconds"] is None else _duration(run["seconds"]),
            run["records"],
            run["canonical_articles"],
            run["not_passed"],
        )
        for run in runs
    ]
    table = render(QueryResult(columns, [tuple("" if cell is None else cell for cell in row) for row in rows]), "table")
    failed = [run for run in runs if run["detail"]][:TOLD_FAILURES]
    return "".join([table, *(f"\n{run['run_id']}\n{_indented(_cut(run['detail']), width)}\n" for run in failed)])


def list_refusals(refusals: Sequence[Row], width: int) -> str:
    """Return what was refused, grouped by stage and reason, each with its place and what exactly was wrong."""
    if not refusals:
        return "Nothing is in quarantine.\n"
    return "\n".join(_refusals(refusals, width)) + "\n"


def _refusals(refusals: Sequence[Row], width: int) -> Iterator[str]:
    for (stage, reason), group in groupby(refusals, key=lambda row: (row["stage"], row["reason"])):
        rows = list(group)
        yield f"{stage}: {reason} ({len(rows):,})"
        for row in rows:
            yield f"{INDENT}{row['uri'] or '(place unknown)'}"
            yield _indented(row["detail"], width, INDENT * 2)
            names = [f"{kind} {row[f'{kind}_id']}" for kind in ("document", "article") if row[f"{kind}_id"]]
            if names:
                yield INDENT * 2 + ", ".join(names)
        yield ""
    documents = len({row["document_id"] for row in refusals})
    yield (
        f"{len(refusals):,} refusal{'s' if len(refusals) != 1 else ''} of {documents:,} "
        f"document{'s' if documents != 1 else ''}. `dateline quarantine retry` tries them again."
    )


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _cut(text: str) -> str:
    return text if len(text) <= TOLD_CHARACTERS else text[: TOLD_CHARACTERS - 1].rstrip() + "…"


def _indented(text: str, width: int, indent: str = INDENT) -> str:
    return textwrap.fill(
        text,
        max(20, width),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
