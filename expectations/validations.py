"""The rows of the tables `validations` and `offenders`, and what they mean for the gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Outcome = Literal["pass", "fail", "error"]
PASS: Outcome = "pass"
FAIL: Outcome = "fail"
ERROR: Outcome = "error"


@dataclass(frozen=True, slots=True)
class Validation:
    """One expectation in one run: a row of the table `validations`, its columns in order."""

    run_id: str
    stage: str
    suite: str
    ordinal: int
    expectation: str
    expectation_type: str
    description: str
    severity: str
    outcome: str
    observed: str | None
    failing_ids: tuple[str, ...]
    notes: str | None
    evaluated_at: datetime
    is_about_drift: bool | None = False

    @property
    def is_blocking(self) -> bool:
        """Whether it closes the gate: a critical failure, or anything that is neither pass nor fail."""
        return self.outcome != PASS and (self.outcome != FAIL or self.severity != "warning")


@dataclass(frozen=True, slots=True)
class Passage:
    """A failing row with its text: a row of the table `offenders`, its columns in order."""

    run_id: str
    stage: str
    expectation: str
    ordinal: int
    identifier: str
    detail: str
    document_id: str | None = None
    uri: str | None = None
    title: str | None = None
    char_start: int | None = None
    char_end: int | None = None
    text_before: str | None = None
    text: str | None = None
    text_after: str | None = None
