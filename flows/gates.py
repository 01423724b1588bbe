"""The gates between stages: audit the staging tables, record the results, stop the run when one does not pass.

Where a few rows are all that failed, they go into quarantine and the stage is derived again without them: one line
that no rule knew must not hold up a thousand articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from flows.ledger import RunRecord, quarantined_by, record_offenders, record_validations, set_aside
from flows.progress import progress
from warehouse.errors import TerminalError
from warehouse.vocabulary import Outcome, Refusal

if TYPE_CHECKING:
    from expectations.gate import AuditResult
    from expectations.validations import Validation
    from warehouse.build_file import Connection


Rows = list[dict[str, Any]]

#: Rows set aside can bring others to light (a publisher's share changes), but not without end.
MOST_ROUNDS = 3


class GateFailedError(TerminalError):
    """A gate did not pass: nothing is published, and the rows that failed are in quarantine."""

    def __init__(self, run_id: str, stage: str, failed: list[str], failing: Rows, refused: Rows) -> None:
        self.run_id, self.stage, self.failed = run_id, stage, failed
        self.quarantine = [*refused, *failing]  # all that the run found, to be written after its rollback
        held = len({row["document_id"] for row in failing})
        names = "; ".join(failed[:5]) + (f"; and {len(failed) - 5} more" if len(failed) > 5 else "")
        after = (
            f"{held} documents with failing rows are in quarantine: `dateline quarantine list` shows them, and the "
            "next `dateline run` publishes the others."
            if held
            else "`dateline report` shows what was observed against what is allowed."
        )
        super().__init__(
            f"The {stage} gate of run {run_id} did not pass, so nothing was published; what was published "
            f"before stands. {names}. {after}"
        )


def pass_gate(connection: Connection, run: RunRecord, stage: str, round_number: int = 1) -> bool:
    """Audit a stage; returns whether it passed, or else had a few rows set aside and is to be derived again.

    Raises:
        GateFailedError: a critical expectation failed, or any could not be evaluated.
    """
    from expectations.gate import audit  # Great Expectations takes seconds to import

    result = audit(connection, stage, schema="staging", run_id=run.run_id)
    places = {} if result.is_aborted else _places(connection)
    failing = _quarantine_rows(run, result, places)
    if result.is_recoverable and round_number <= MOST_ROUNDS:
        record_offenders(connection, run, _passages_set_aside(result))
        set_aside(connection, run, stage, failing)
        progress().finish(f"{stage} gate", f"{len(failing)} failing rows set aside; once more without them")
        return False
    rows = [asdict(_with_set_aside(validation, run)) for validation in result.results]
    if result.is_aborted:  # nothing more can be written before the rollback; the ledger is rewritten after it
        run.validations.extend(rows)
    else:
        record_validations(connection, run, rows)
        record_offenders(connection, run, [asdict(passage) for passage in result.passages])
    passed = sum(validation.outcome == Outcome.PASS for validation in result.results)
    closed = "" if result.is_passed else ": closed"
    progress().finish(f"{stage} gate", f"{passed} of {len(result.results)} hold{closed}", result.is_passed)
    if not result.is_passed:
        refused = [] if result.is_aborted else quarantined_by(connection, run)
        raise GateFailedError(run.run_id, stage, _failed(result), failing, refused)
    return True


def _passages_set_aside(result: AuditResult) -> Rows:
    """Return the texts of the rows that are set aside; those of warnings come again with the next round."""
    blocking = {validation.expectation for validation in result.blocking}
    return [asdict(passage) for passage in result.passages if passage.expectation in blocking]


def _with_set_aside(validation: Validation, run: RunRecord) -> Validation:
    """Say in the result of an expectation how many rows were set aside for it in this run, and which."""
    aside = run.set_aside.get((validation.stage, validation.expectation))
    if not aside:
        return validation
    observed = f"{validation.observed}; {len(aside)} set aside"
    return replace(validation, observed=observed, failing_ids=(*validation.failing_ids, *aside))


def _failed(result: AuditResult) -> list[str]:
    return [
        f"{validation.outcome}: {validation.description} (observed: {validation.observed})"
        for validation in result.blocking
    ]


def _places(connection: Connection) -> dict[str, str]:
    """Return where each document was found."""
    return dict(connection.execute("select document_id, uri from staging.documents").fetchall())


def _quarantine_rows(run: RunRecord, result: AuditResult, places: Mapping[str, str]) -> Rows:
    return [
        {
            "run_id": run.run_id,
            "stage": row.stage,
            "document_id": row.document_id,
            "article_id": row.article_id,
            "block_id": row.block_id,
            "reason": str(Refusal.EXPECTATION_FAILED),
            "detail": f"{row.expectation}: {row.detail}",
            "uri": places.get(row.document_id),
        }
        for row in result.failing_rows
        if row.document_id is not None
    ]
