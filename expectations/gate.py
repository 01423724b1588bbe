"""The gate: runs a stage's suite over its tables and decides whether anything may be published.

It closes on a critical expectation that fails and on any expectation, of whatever severity, that could not be
evaluated. It also closes when the audit itself cannot be trusted: no expectations, or a canary that does not fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from expectations.checks import CRITICAL, Check
from expectations.engine import Offender, Verdict, evaluate, is_aborted
from expectations.validations import ERROR, FAIL, PASS, Validation

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


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What an audit found.

    `is_aborted` says that an SQL error has aborted the caller's transaction: it can only be rolled back, and the
    results must be written in a new one.
    """

    stage: str
    results: tuple[Validation, ...]
    failing_rows: tuple[FailingRow, ...]
    is_aborted: bool = False

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
    verdicts = evaluate(connection, schema, [*suite.checks, *CANARIES])
    return decide(
        stage,
        suite.name,
        verdicts[: len(suite.checks)],
        verdicts[len(suite.checks) :],
        run_id=run_id,
        evaluated_at=evaluated_at or datetime.now(UTC).replace(tzinfo=None),
        aborted=is_aborted(connection),
    )


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
    return AuditResult(stage, tuple(results), tuple(_failing_rows(stage, verdicts)), aborted)


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
