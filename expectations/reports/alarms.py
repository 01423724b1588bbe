"""Alarms: what of a report somebody must be told, as one message that people read and programs take apart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from expectations.reports.quality import QualityReport
from expectations.validations import ERROR, Validation

#: Expectations that the text of a message names; its JSON has all.
TOLD = 5


class AlarmKind(StrEnum):
    """Why somebody is told, the worst first: an alarm has the first that is true."""

    GATE_ERROR = "gate-error"  # an expectation could not be evaluated
    GATE_FAILED = "gate-failed"  # a critical expectation failed
    RUN_FAILED = "run-failed"  # a run broke off with open gates
    DRIFT = "drift"  # a warning of change against recent runs; published all the same
    TEST = "test"  # somebody tries whether messages arrive


@dataclass(frozen=True, slots=True)
class Alarm:
    """One message. `expectations` are those that raise it."""

    kind: AlarmKind
    title: str
    text: str
    run_id: str | None
    status: str | None
    warehouse: str
    expectations: tuple[Validation, ...] = ()
    next_command: str = "dateline report"

    @property
    def dedup_key(self) -> str:
        """Return what alarms of one trouble share, however many runs raise it, for receivers that put them together."""
        names = sorted(f"{validation.stage}/{validation.expectation}" for validation in self.expectations)
        return hashlib.blake2b("\n".join([self.warehouse, self.kind, *names]).encode(), digest_size=10).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Return what a receiver of JSON gets. `text` is title and body in one, as most chat services want it."""
        return {
            "source": "dateline",
            "kind": str(self.kind),
            "dedup_key": self.dedup_key,
            "title": self.title,
            "body": self.text,
            "text": f"{self.title}\n{self.text}",
            "run_id": self.run_id,
            "status": self.status,
            "warehouse": self.warehouse,
            "expectations": [_as_json(validation) for validation in self.expectations],
            "next": self.next_command,
        }


def _as_json(validation: Validation) -> dict[str, Any]:
    return {
        "stage": validation.stage,
        "expectation": validation.expectation,
        "severity": validation.severity,
        "outcome": validation.outcome,
        "is_about_drift": bool(validation.is_about_drift),
        "description": validation.description,
        "observed": validation.observed,
        "failing_count": len(validation.failing_ids),
    }


def alarm_of(report: QualityReport, warehouse: str) -> Alarm | None:
    """Return what must be told of a report: a closed gate, a run that broke off, drift; None where there is nothing.

    A check of the published file raises no alarm for drift, which the run that published it has raised.
    """
    blocking = tuple(validation for validation in report.not_passed if validation.is_blocking)
    drifting = tuple(v for v in report.not_passed if v.is_about_drift and not v.is_blocking)
    if blocking:
        is_error = any(validation.outcome == ERROR for validation in blocking)
        kind, expectations = AlarmKind.GATE_ERROR if is_error else AlarmKind.GATE_FAILED, (*blocking, *drifting)
    elif not report.is_passed:
        kind, expectations = AlarmKind.RUN_FAILED, drifting
    elif drifting and report.checked_at is None:
        kind, expectations = AlarmKind.DRIFT, drifting
    else:
        return None
    return Alarm(
        kind=kind,
        title=_title(report, kind),
        text=_text(report, expectations, warehouse),
        run_id=report.run.run_id,
        status=report.run.status if report.checked_at is None else "checked",
        warehouse=warehouse,
        expectations=expectations,
        next_command="dateline report" if report.checked_at is None else "dateline check",
    )


def _title(report: QualityReport, kind: AlarmKind) -> str:
    if kind is AlarmKind.DRIFT:
        return f"Dateline: drift in {report.subject}, which was published"
    return f"Dateline: {report.subject}: {report.verdict}"


def _text(report: QualityReport, expectations: tuple[Validation, ...], warehouse: str) -> str:
    lines = [
        f"- {v.outcome} ({v.severity}, {v.stage}): {v.description} Observed: {v.observed}." for v in expectations[:TOLD]
    ]
    if len(expectations) > TOLD:
        lines.append(f"- and {len(expectations) - TOLD} more")
    if report.run.detail and not expectations:
        lines.append(report.run.detail)
    return "\n".join([*lines, f"Warehouse: {warehouse}"])
