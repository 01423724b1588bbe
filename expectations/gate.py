"""The gate: runs a stage's suite over its tables and decides whether anything may be published.

It closes on a critical expectation that fails and on any expectation, of whatever severity, that could not be
evaluated. It also closes when the audit itself cannot be trusted: no expectations, or a canary that does not fail.

Where all that failed is a few rows of expectations about rows, the audit says so: the caller may set those rows aside
(into quarantine), derive the stage again without them, and have it audited again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import duckdb

from expectations.checks import CRITICAL, Check, set_aside_limit
from expectations.engine import Offender, Verdict, describe, evaluate, is_aborted
from expectations.passages import find_passages
from expectations.validations import ERROR, FAIL, PASS, Passage, Validation

NO_EXPECTATIONS = "the-suite-has-expectations"

#: Characters of detail kept for the quarantine; the failing identifiers are all in `validations`.
DETAIL_LIMIT = 500


@dataclass(frozen=True, slots=True)
class FailingRow:
    """A row that a critical expectation refuses: what to put into quarantine, and why."""

    stage: str
    document_id: str | None
    article_id: str | None
    expectation: str
    detail: str
    block_id: str | None = None  # where a block alone is set aside, and its article goes on without it


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What an audit found.

    `is_aborted` says that an SQL error has aborted the caller's transaction: it can only be rolled back, and the
    results must be written in a new one. `is_recoverable` says that the gate would be open without `failing_rows`,
    which are few. `passages` are failing rows of every severity with their text, for people.
    """

    stage: str
    results: tuple[Validation, ...]
    failing_rows: tuple[FailingRow, ...]
    is_aborted: bool = False
    is_recoverable: bool = False
    passages: tuple[Passage, ...] = ()

    @property
    def is_passed(self) -> bool:
        """Whether the gate is open: something was evaluated, nothing critical failed, nothing went wrong."""
        return bool(self.results) and not self.blocking and not self.is_aborted

    @property
    def blocking(self) -> tuple[Validation, ...]:
        """The results that close the gate."""
        return tuple(result for result in self.results if result.is_blocking)


def audit(
    connection: duckdb.DuckDBPyConnection,
    stage: str,
    *,
    schema: str,
    run_id: str,
    evaluated_at: datetime | None = None,
) -> AuditResult:
    """Run the suite of `stage` over `schema` inside the connection's open transaction, which it never ends.

    `schema` holds the tables of warehouse/schema/tables, the ledger's among them (as tables or views), for the checks
    on counts and on recent runs. Writes nothing but temporary views, which are gone afterwards.

    Raises:
        ValueError: there is no suite for the stage.
    """
    from expectations.canaries import CANARIES
    from expectations.suites import suite_of

    suite = suite_of(stage)
    evaluated = evaluate(connection, schema, [*suite.checks, *CANARIES])
    verdicts, canaries = evaluated[: len(suite.checks)], evaluated[len(suite.checks) :]
    aborted = is_aborted(connection)
    result = decide(
        stage,
        suite.name,
        verdicts,
        canaries,
        run_id=run_id,
        evaluated_at=evaluated_at or datetime.now(UTC).replace(tzinfo=None),
        aborted=aborted,
    )
    if aborted:
        return result
    found = describe(connection, schema)
    return replace(result, passages=find_passages(connection, found, verdicts, run_id=run_id, stage=stage))


def decide(
    stage: str,
    suite: str,
    verdicts: Sequence[Verdict],
    canaries: Sequence[Verdict],
    *,
    run_id: str,
    evaluated_at: datetime,
    aborted: bool,
) -> AuditResult:
    """Turn verdicts into rows, with the canaries' outcome turned round: one that does not fail is an error."""
    judged = [*verdicts, *(_judge_canary(canary) for canary in canaries)]
    results = [
        _validation(verdict, run_id=run_id, stage=stage, suite=suite, ordinal=ordinal, evaluated_at=evaluated_at)
        for ordinal, verdict in enumerate(judged)
    ]
    if not verdicts or not canaries:
        results.append(_nothing_evaluated(run_id, stage, suite, len(results), evaluated_at))
    recoverable = not aborted and are_few(verdicts, tuple(result for result in results if result.is_blocking))
    rows = tuple(_rows_to_set_aside(stage, verdicts) if recoverable else _failing_rows(stage, verdicts))
    return AuditResult(stage, tuple(results), rows, aborted, recoverable)


def are_few(verdicts: Sequence[Verdict], blocking: Sequence[Validation]) -> bool:
    """Tell whether everything that closes the gate is rows that may be set aside, and few of them all together."""
    names = {result.expectation for result in blocking if result.outcome == FAIL}
    failed = [verdict for verdict in verdicts if verdict.outcome == FAIL and verdict.check.name in names]
    if not failed or len(failed) < len(blocking) or not all(map(_is_about_rows, failed)):
        return False
    used = (
        len(verdict.offenders) / set_aside_limit(verdict.population, verdict.check.set_aside_share)
        for verdict in failed
    )
    return sum(used) < 1 + 1e-9  # of what each may set aside, all together


def _is_about_rows(verdict: Verdict) -> bool:
    """Tell whether the failing rows are known, each with its document, and may be set aside."""
    known = bool(verdict.offenders) and all(offender.document_id for offender in verdict.offenders)
    return known and verdict.check.set_aside is not None


def _rows_to_set_aside(stage: str, verdicts: Iterable[Verdict]) -> Iterable[FailingRow]:
    for verdict in verdicts:
        if verdict.outcome != FAIL or verdict.check.severity != CRITICAL:
            continue
        if verdict.check.set_aside == "document":
            yield from _failing_rows(stage, [verdict])
            continue
        for offender in verdict.offenders:
            yield FailingRow(
                stage,
                offender.document_id,
                offender.article_id,
                verdict.check.name,
                offender.detail[:DETAIL_LIMIT],
                offender.identifier,
            )


def _judge_canary(canary: Verdict) -> Verdict:
    if canary.outcome == FAIL:
        return Verdict(canary.check, PASS, "failed, as it must")
    if canary.outcome == PASS:
        return Verdict(canary.check, ERROR, "passed, though nothing can satisfy it: this audit proves nothing")
    return canary


def _validation(
    verdict: Verdict, *, run_id: str, stage: str, suite: str, ordinal: int, evaluated_at: datetime
) -> Validation:
    check: Check = verdict.check
    identifiers = dict.fromkeys(offender.identifier for offender in verdict.offenders)
    return Validation(
        run_id=run_id,
        stage=stage,
        suite=suite,
        ordinal=ordinal,
        expectation=check.name,
        expectation_type=check.expectation.configuration.type,
        description=check.description,
        severity=check.severity,
        outcome=verdict.outcome,
        observed=verdict.observed,
        failing_ids=tuple(identifier for identifier in identifiers if identifier is not None),
        notes=check.notes,
        evaluated_at=evaluated_at,
        is_about_drift=check.is_about_drift,
    )


def _nothing_evaluated(run_id: str, stage: str, suite: str, ordinal: int, evaluated_at: datetime) -> Validation:
    return Validation(
        run_id,
        stage,
        suite,
        ordinal,
        NO_EXPECTATIONS,
        "gate",
        "The suite has at least one expectation and one canary.",
        CRITICAL,
        ERROR,
        "nothing was evaluated",
        (),
        "Why: an audit without expectations passes whatever the data are.",
        evaluated_at,
    )


def _failing_rows(stage: str, verdicts: Iterable[Verdict]) -> Iterable[FailingRow]:
    for verdict in verdicts:
        if verdict.outcome != FAIL or verdict.check.severity != CRITICAL:
            continue
        by_owner: dict[tuple[str | None, str | None], list[str]] = {}
        for offender in verdict.offenders:
            owner = (offender.document_id, offender.article_id)
            if owner != (None, None):
                by_owner.setdefault(owner, []).append(_describe(offender))
        for (document_id, article_id), details in by_owner.items():
            yield FailingRow(stage, document_id, article_id, verdict.check.name, "; ".join(details)[:DETAIL_LIMIT])


def _describe(offender: Offender) -> str:
    return ": ".join(filter(None, (offender.identifier, offender.detail)))
