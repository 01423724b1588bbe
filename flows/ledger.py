"""The ledger of a run: its row, its counts and its gate results, which outlive a transaction that is rolled back."""

from __future__ import annotations

import importlib.metadata
import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import pyarrow as pa

from flows.settings import Settings
from tasks.fingerprints import ALL_SOURCES, LIBRARIES, code_fingerprint
from warehouse import schema
from warehouse.build_file import Connection
from warehouse.vocabulary import RunStatus


@dataclass(frozen=True, slots=True)
class StageCount:
    """What went into a stage and what became of it: in = kept + duplicate + quarantined."""

    run_id: str
    stage: str
    unit: str
    in_count: int
    kept_count: int
    duplicate_count: int
    quarantined_count: int
    seconds: float


@dataclass(slots=True)
class RunRecord:
    """What is known of the current run. Rows are kept here as well as in the build file, to survive a rollback."""

    run_id: str
    started_at: datetime
    inputs: tuple[str, ...]
    counts: list[StageCount] = field(default_factory=list)
    validations: list[dict[str, Any]] = field(default_factory=list)
    offenders: list[dict[str, Any]] = field(default_factory=list)
    set_aside: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # (stage, expectation) -> failing rows


#: What makes a row of quarantine one thing refused.
QUARANTINE_KEY = ("stage", "document_id", "article_id", "block_id", "reason")


def now() -> datetime:
    """Return the time in UTC without its zone, as the tables hold it."""
    return datetime.now(UTC).replace(tzinfo=None)


def new_run_id(started_at: datetime) -> str:
    return f"{started_at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


def begin_run(connection: Connection, inputs: Sequence[str], settings: Settings) -> RunRecord:
    """Write the row of a new run, and mark runs that never ended as interrupted (this process holds the lock)."""
    started_at = now()
    run = RunRecord(new_run_id(started_at), started_at, tuple(inputs))
    connection.execute(
        "update ledger.runs set status = ?, detail = 'the process ended before the run did' where status = ?",
        [RunStatus.INTERRUPTED, RunStatus.RUNNING],
    )
    connection.execute(
        "insert into ledger.runs (run_id, started_at, status, inputs, versions, settings) values (?, ?, ?, ?, ?, ?)",
        [run.run_id, started_at, RunStatus.RUNNING, list(inputs), json.dumps(versions()), settings_json(settings)],
    )
    return run


def versions() -> dict[str, str]:
    names = ("dateline", "duckdb", "great_expectations", "prefect", *LIBRARIES)
    return {"code": code_fingerprint(ALL_SOURCES)} | {name: importlib.metadata.version(name) for name in names}


def settings_json(settings: Settings) -> str:
    return json.dumps(settings.public_settings(), sort_keys=True)


def end_run(
    connection: Connection, run: RunRecord, status: RunStatus, *, detail: str | None = None, release: str | None = None
) -> None:
    """Complete the row of the run."""
    counts = {
        count.stage: {k: v for k, v in asdict(count).items() if k not in ("run_id", "stage")} for count in run.counts
    }
    connection.execute(
        "update ledger.runs set finished_at = ?, status = ?, detail = ?, counts = ?, release = ? where run_id = ?",
        [now(), status, detail, json.dumps(counts), release, run.run_id],
    )


@contextmanager
def timed() -> Iterator[list[float]]:
    """Measure a block's wall time: the list holds the seconds after it."""
    started, seconds = monotonic(), [0.0]
    try:
        yield seconds
    finally:
        seconds[0] = monotonic() - started


def record_count(connection: Connection, run: RunRecord, count: StageCount) -> None:
    run.counts.append(count)
    _insert(connection, "stage_counts", [asdict(count)])


def record_validations(connection: Connection, run: RunRecord, rows: Sequence[dict[str, Any]]) -> None:
    run.validations.extend(rows)
    _insert(connection, "validations", rows)


def record_offenders(connection: Connection, run: RunRecord, rows: Sequence[dict[str, Any]]) -> None:
    run.offenders.extend(rows)
    _insert(connection, "offenders", rows)


def rewrite_after_rollback(connection: Connection, run: RunRecord, quarantine: Sequence[dict[str, Any]]) -> None:
    """Write again, outside the transaction that was rolled back, what the run counted, judged and refused."""
    _insert(connection, "stage_counts", [asdict(count) for count in run.counts])
    _insert(connection, "validations", run.validations)
    _insert(connection, "offenders", run.offenders)
    known = set(connection.execute(f"select {', '.join(QUARANTINE_KEY)} from ledger.quarantine").fetchall())
    fresh: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in quarantine:
        key = tuple(row[name] for name in QUARANTINE_KEY)
        if key not in known:
            fresh.setdefault(key, row)
    _insert(connection, "quarantine", list(fresh.values()))


def set_aside(connection: Connection, run: RunRecord, stage: str, rows: Sequence[dict[str, Any]]) -> None:
    """Put failing rows into quarantine, and take back the run's results and counts from parse on."""
    for row in rows:
        expectation = row["detail"].partition(":")[0]
        run.set_aside.setdefault((stage, expectation), []).append(row["block_id"] or row["document_id"])
    _insert(connection, "quarantine", rows)
    run.counts[:] = [count for count in run.counts if count.stage == "discover"]
    run.validations.clear()
    connection.execute("delete from ledger.stage_counts where run_id = ? and stage <> 'discover'", [run.run_id])
    connection.execute("delete from ledger.validations where run_id = ?", [run.run_id])


def quarantined_by(connection: Connection, run: RunRecord) -> list[dict[str, Any]]:
    """Return the quarantine rows that this run wrote."""
    cursor = connection.execute("select * from ledger.quarantine where run_id = ?", [run.run_id])
    columns = [name for name, *_ in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _insert(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    names = [name for name, _ in schema.columns_of(table)]
    connection.register("ledger_rows", pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows]))
    connection.execute(f"insert into ledger.{table} by name select * from ledger_rows")
    connection.unregister("ledger_rows")
