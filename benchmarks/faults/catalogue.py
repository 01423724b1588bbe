"""Read the catalogue of faults and inject them: SQL with victims, one file for the stage where each arises.

A fault opens with `-- fault: kind (severity)`. `-- victims:` is the query that lists possible victims, whose columns
are placeholders in the SQL; without it there is one copy. `-- each: a b; c d` makes one kind of every entry, its words
being {1}, {2} and so on. `-- then: script` runs a script of `scripts.sql` after it, so that what a stage derives from
the broken data agrees with them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

FOLDER = Path(__file__).parent
STAGES = ("parse", "clean", "dedupe", "enrich", "published")
PLACEHOLDER = re.compile(r"\{(\w+)\}")

Victim = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault: what is broken, where it arises, and how bad it is."""

    kind: str
    severity: str
    stage: str
    victims: str | None
    sql: str


def read_faults() -> list[Fault]:
    """Read every fault of every stage, in order."""
    scripts = dict(_sections((FOLDER / "scripts.sql").read_text("utf-8"), "script"))
    return [
        fault
        for stage in STAGES
        for title, body in _sections((FOLDER / f"{stage}.sql").read_text("utf-8"), "fault")
        for fault in _variants(title, body, stage, scripts)
    ]


def _sections(text: str, word: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(rf"^-- {word}: ([^\n]+)\n(.*?)(?=^-- {word}: |\Z)", text, flags=re.MULTILINE | re.DOTALL):
        yield match[1].strip(), match[2]


def _variants(title: str, body: str, stage: str, scripts: dict[str, str]) -> Iterator[Fault]:
    named = re.fullmatch(r"(\S+) \((critical|other)\)", title)
    if named is None:
        raise ValueError(f"{stage}.sql: a fault is written `kind (critical)` or `kind (other)`, not {title!r}.")
    settings: dict[str, str] = {}
    for key, value in re.findall(r"^-- (victims|each|then): (.+)$", body, flags=re.MULTILINE):
        settings[key] = f"{settings[key]}; {value}" if key in settings else value
    sql = re.sub(r"^--.*\n", "", body, flags=re.MULTILINE)
    sql += "".join(scripts[name.strip()] for name in settings.get("then", "").split(";") if name.strip())
    for entry in settings.get("each", "").split(";"):
        words = {str(number): word for number, word in enumerate(entry.split(), start=1)}
        kind = ".".join([named[1], *entry.split()[:2]]) if entry.strip() else named[1]
        victims = _filled(settings["victims"], words) if "victims" in settings else None
        yield Fault(kind, named[2], stage, victims, _filled(sql, words))


def _filled(sql: str, values: Victim) -> str:
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])).replace("'", "''"), sql)


def victims_of(connection: duckdb.DuckDBPyConnection, schema: str, fault: Fault, copies: int) -> list[Victim]:
    """Draw up to `copies` different victims, the same ones each time for the same data.

    Raises:
        ValueError: the data have no victim for the fault.
    """
    if fault.victims is None:
        return [{}]
    connection.execute(f"set search_path = '{schema}'")
    found = connection.execute(fault.victims)
    names = [column[0] for column in found.description or ()]
    rows = sorted(set(found.fetchall()), key=repr)
    connection.execute("reset search_path")
    if not rows:
        raise ValueError(f"{fault.kind}: no victim in the data for: {fault.victims}")
    chosen = random.Random(fault.kind).sample(rows, min(copies, len(rows)))
    return [dict(zip(names, row, strict=True)) for row in chosen]


def inject(connection: duckdb.DuckDBPyConnection, schema: str, fault: Fault, victim: Victim) -> None:
    """Break the data of `schema` for one victim, in the open transaction.

    Raises:
        ValueError: the SQL names something that its victims do not have.
    """
    sql = _filled(fault.sql, victim)
    left = PLACEHOLDER.search(re.sub(r"'(?:[^']|'')*'", "", sql)) if fault.victims is None else PLACEHOLDER.search(sql)
    if left:
        raise ValueError(f"{fault.kind}: {left[0]} is not a column of its victims.")
    connection.execute(f"set search_path = '{schema}'")
    try:
        connection.execute(sql)
    finally:
        connection.execute("reset search_path")
