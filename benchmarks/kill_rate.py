"""Measure how many injected faults the gates catch, and how often they close on data that are right.

    python benchmarks/kill_rate.py --copies 3 --clean-runs 20
    python benchmarks/kill_rate.py --kinds cluster --clean-runs 0 --verbose

The sample corpus is run once; what it published is copied into tables without constraints, as a loader that let DuckDB
guess them would leave it. Each copy of each fault (`benchmarks/faults/`) is injected into them in a transaction with
victims of its own seed, audited, and rolled back. The gate of the stage where the fault arises is asked first, then
those after it, then the suite of the published file, until one notices: a critical kind is caught when a gate closes,
any other kind when an expectation fails at all. So that a
thousand copies take minutes, the gate is asked about those expectations that a query says may fail
(`benchmarks/faults/suspects.py`), and about all where none of them does. A fault that only a later suite catches is
marked, because the later stages would in a real run be derived from the faulty data.

False alarms are counted over runs of the whole pipeline on samples of the corpus's files, in any order, in one run or
in two. Prints a table, or with `--json` an object.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults.audit_faults import AUDIT_FAULTS, AuditFault
from faults.catalogue import Fault, inject, read_faults, victims_of
from faults.suspects import suspects, tables_touched

from expectations.canaries import CANARIES
from expectations.checks import Check
from expectations.engine import evaluate
from expectations.gate import AuditResult, audit, decide
from warehouse import schema
from warehouse.layout import layout_of

INBOX = Path(__file__).resolve().parents[1] / "seeds" / "inbox"
STAGES = ("parse", "clean", "dedupe", "enrich", "published")
SCHEMA = "staging"
#: Days of the sample corpus end before this one; a fixed day keeps the runs alike.
AS_OF = date(2026, 4, 1)


@dataclass(frozen=True, slots=True)
class Injected:
    """What became of one copy of a fault: which suite noticed, if any, and by which expectations."""

    kind: str
    severity: str
    stage: str
    victim: str
    suite: str | None
    expectations: tuple[str, ...]

    @property
    def is_caught(self) -> bool:
        return self.suite is not None


def make_warehouse(folder: Path, inputs: Sequence[Path]) -> str:
    """Run the pipeline over the inputs; returns the run's status."""
    from flows.pipeline import ingest

    return str(ingest.fn([str(path) for path in inputs], str(folder), 1, {"as_of": AS_OF}))


def copy_of(published: Path) -> duckdb.DuckDBPyConnection:
    """Copy a published file into memory, with its comments and views and without constraints."""
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(f"create schema {SCHEMA}")
    schema.create_tables(connection, SCHEMA)
    for table in schema.table_names():
        for column, _ in schema.columns_of(table):
            connection.execute(f"alter table {SCHEMA}.{table} alter column {column} drop not null")
    connection.execute(f"attach '{published}' as news (read_only)")
    for table in schema.table_names():
        connection.execute(f"insert into {SCHEMA}.{table} by name from news.{table}")
    connection.execute("detach news")
    schema.create_views(connection, SCHEMA, schema.view_names())
    return connection


@contextmanager
def rolled_back(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Open a transaction and undo it."""
    connection.execute("begin")
    try:
        yield
    finally:
        connection.execute("rollback")
        connection.execute("reset search_path")


def noticed(result: AuditResult, severity: str) -> tuple[str, ...]:
    """Return the expectations that notice a fault of this severity: those that close the gate, or any that fails."""
    found = result.blocking if severity == "critical" else [r for r in result.results if r.outcome != "pass"]
    return tuple(validation.expectation for validation in found)


def audit_of(connection: duckdb.DuckDBPyConnection, suite: str, checks: Sequence[Check]) -> AuditResult:
    """Let the gate of a suite decide on some of its expectations, its canaries among them."""
    verdicts = evaluate(connection, SCHEMA, [*checks, *CANARIES])
    return decide(
        suite,
        suite,
        verdicts[: len(checks)],
        verdicts[len(checks) :],
        run_id="kill-rate",
        evaluated_at=datetime.now(UTC).replace(tzinfo=None),
        aborted=False,
    )


def ask_the_gates(connection: duckdb.DuckDBPyConnection, fault: Fault) -> tuple[str | None, Sequence[str]]:
    """Audit from the fault's stage on until a suite notices; returns the suite and its expectations."""
    touched = tables_touched(fault.sql, {*schema.table_names(), *schema.view_names()})
    for suite in STAGES[STAGES.index(fault.stage) :]:
        checks = suspects(connection, SCHEMA, suite, touched)
        found = noticed(audit_of(connection, suite, checks), fault.severity) if checks else ()
        if found:
            return suite, found
    return None, ()


def ask_everything(connection: duckdb.DuckDBPyConnection, fault: Fault) -> tuple[str | None, Sequence[str]]:
    """Audit with whole suites from the fault's stage on until one notices."""
    for suite in STAGES[STAGES.index(fault.stage) :]:
        found = noticed(audit(connection, suite, schema=SCHEMA, run_id="kill-rate"), fault.severity)
        if found:
            return suite, found
    return None, ()


def kill(connection: duckdb.DuckDBPyConnection, fault: Fault, copies: int) -> Iterator[Injected]:
    """Inject a fault into several victims, one after the other."""
    for victim in victims_of(connection, SCHEMA, fault, copies):
        suite: str | None = None
        with suppress(duckdb.Error), rolled_back(connection):  # a query that aborts is for the whole suite to judge
            inject(connection, SCHEMA, fault, victim)
            suite, found = ask_the_gates(connection, fault)
        if suite is None:
            with rolled_back(connection):
                inject(connection, SCHEMA, fault, victim)
                suite, found = ask_everything(connection, fault)
        yield Injected(fault.kind, fault.severity, fault.stage, json.dumps(victim), suite, tuple(found))


def kill_audit(connection: duckdb.DuckDBPyConnection, fault: AuditFault) -> Iterator[Injected]:
    """Break the audit itself, in every suite."""
    for stage in STAGES:
        with rolled_back(connection), fault.breaking(stage):
            found = noticed(audit(connection, stage, schema=SCHEMA, run_id="kill-rate"), "critical")
        yield Injected(fault.kind, "critical", stage, stage, stage if found else None, found)


def false_alarms(runs: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Run samples of the corpus, which are all right; yields each run's seed and the expectations that failed."""
    files = sorted(path for path in INBOX.rglob("*") if path.is_file())
    for seed in range(runs):
        chosen = random.Random(seed)
        inputs = chosen.sample(files, chosen.randint(len(files) // 2, len(files)))
        cut = chosen.randint(1, len(inputs) - 1) if seed % 2 else len(inputs)
        with tempfile.TemporaryDirectory() as folder:
            for part in filter(None, (inputs[:cut], inputs[cut:])):
                yield seed, _failed(Path(folder), part)


def _failed(folder: Path, inputs: Sequence[Path]) -> tuple[str, ...]:
    """Run the inputs; returns the expectations that did not pass, in a gate or in the published file."""
    from flows.checking import check_published
    from flows.gates import GateFailedError
    from warehouse.errors import NothingPublishedError

    try:
        make_warehouse(folder, inputs)
        published = check_published(layout_of(folder)).results
    except GateFailedError as closed:
        return tuple(closed.failed)
    except NothingPublishedError:  # nothing but refused files in the first half
        return ()
    with duckdb.connect(str(folder / "news.duckdb"), read_only=True) as news:
        gates = news.execute("select expectation from validations where outcome <> 'pass'").fetchall()
    return (*(name for (name,) in gates), *(v.expectation for v in published if v.outcome != "pass"))


def table(results: Sequence[Injected], verbose: bool) -> Iterator[str]:
    """Write one line a kind: severity, stage, caught of copies, by its own gate, and the expectations."""
    yield f"{'kind':50} {'severity':9} {'stage':9} caught  own gate  by"
    for kind in dict.fromkeys(result.kind for result in results):
        copies = [result for result in results if result.kind == kind]
        caught = [result for result in copies if result.is_caught]
        own = sum(result.suite == result.stage for result in caught)
        by = list(dict.fromkeys(f"{r.suite}: {name}" for r in caught for name in r.expectations))
        shown = "; ".join(by[:2]) + (f"; and {len(by) - 2} more" if len(by) > 2 else "")
        first = copies[0]
        count = f"{len(caught)}/{len(copies)}"
        yield f"{kind:50} {first.severity:9} {first.stage:9} {count:7} {own:8}  {shown or 'MISSED'}"
        if verbose:
            yield from (f"    missed: {result.victim[:200]}" for result in copies if not result.is_caught)


def totals(results: Sequence[Injected]) -> dict[str, object]:
    """Count kinds and copies, caught at all and by the gate of their own stage."""

    def figures(chosen: Iterable[Injected]) -> dict[str, object]:
        rows = list(chosen)
        caught = sum(row.is_caught for row in rows)
        missed = sorted({row.kind for row in rows if not row.is_caught})
        return {
            "kinds": len({row.kind for row in rows}),
            "copies": len(rows),
            "caught": caught,
            "share": round(caught / max(1, len(rows)), 4),
            "by_own_gate": sum(row.suite == row.stage for row in rows),
            "missed_kinds": missed,
        }

    return {"critical": figures(r for r in results if r.severity == "critical"), "all": figures(results)}


def run_faults(copies: int, kinds: str) -> list[Injected]:
    """Make a good warehouse and inject every fault whose kind contains `kinds`."""
    with tempfile.TemporaryDirectory() as folder:
        make_warehouse(Path(folder), [INBOX])
        with copy_of(Path(folder) / "news.duckdb") as connection:
            for stage in STAGES:
                good = noticed(audit(connection, stage, schema=SCHEMA, run_id="kill-rate"), "other")
                if good:
                    raise SystemExit(f"The good warehouse does not pass {stage}: {', '.join(good)}.")
            results = [r for f in read_faults() if kinds in f.kind for r in kill(connection, f, copies)]
            return results + [r for f in AUDIT_FAULTS if kinds in f.kind for r in kill_audit(connection, f)]


def main() -> None:
    parser = argparse.ArgumentParser(description="How many injected faults the gates catch.")
    parser.add_argument("--copies", type=int, default=3, help="victims of each kind")
    parser.add_argument("--kinds", default="", help="only kinds whose name contains this")
    parser.add_argument("--clean-runs", type=int, default=20, help="runs over right data, to count false alarms")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--verbose", action="store_true", help="name the victims that were missed")
    chosen = parser.parse_args()
    logging.disable(logging.INFO)
    started = time.monotonic()
    results = run_faults(chosen.copies, chosen.kinds)
    alarms = [(seed, names) for seed, names in false_alarms(chosen.clean_runs) if names]
    seconds = round(time.monotonic() - started)
    figures = totals(results) | {"clean_runs": chosen.clean_runs, "false_alarms": alarms, "seconds": seconds}
    if chosen.json:
        print(json.dumps(figures | {"results": [asdict(result) for result in results]}, default=str))
        return
    print("\n".join(table(results, chosen.verbose)))
    print(json.dumps(figures, indent=1, default=str))


if __name__ == "__main__":
    main()
