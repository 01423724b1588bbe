"""What a quality report is made of: rows of the ledger's tables and of the analysts' views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from expectations.validations import ERROR, FAIL, PASS, Passage, Validation

#: How a run ends that published nothing, as its verdict says it.
UNPUBLISHED = {
    "gate-failed": "a gate did not open",
    "failed": "the run failed",
    "interrupted": "the run was interrupted",
}
#: Expectations that hold only where no row fails; the type of any other has its bounds in the description.
NO_ROW_MAY_FAIL = ("expect_no_offenders", "expect_column_", "expect_compound_")
CANARY = "canary-"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """The run that is reported: a row of `runs`."""

    run_id: str
    started_at: datetime
    finished_at: datetime | None
    status: str
    detail: str | None = None
    release: str | None = None


@dataclass(frozen=True, slots=True)
class StageCount:
    """What went into a stage and what became of it: a row of `stage_counts`."""

    stage: str
    unit: str
    in_count: int
    kept_count: int
    duplicate_count: int
    quarantined_count: int
    seconds: float | None = None

    @property
    def is_conserved(self) -> bool:
        return self.in_count == self.kept_count + self.duplicate_count + self.quarantined_count


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One run in the trend: a row of the view `quality_trend`."""

    run_id: str
    started_at: datetime
    status: str
    pass_count: int = 0
    warning_fail_count: int = 0
    critical_fail_count: int = 0
    error_count: int = 0
    document_count: int | None = None
    article_count: int | None = None
    canonical_article_count: int | None = None


@dataclass(frozen=True, slots=True)
class RemovedText:
    """How much one rule removed from one publisher's pages: a group of `removed_text`."""

    rule: str
    publisher: str | None
    block_count: int
    char_count: int


@dataclass(frozen=True, slots=True)
class Refusals:
    """How many things were refused at a stage for a reason: a group of `quarantine`."""

    stage: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class QualityReport:
    """Everything that a report tells, of a run or of a check of the published file.

    Attributes:
        run: the run, or the one that published the file.
        trend: in order of time, the reported run last.
        passages: the text of failing rows, the first of each expectation.
        checked_at: when the published file was checked as it lay there, UTC; None where the report is about a run.
    """

    run: RunSummary
    validations: tuple[Validation, ...]
    stage_counts: tuple[StageCount, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    removed: tuple[RemovedText, ...] = ()
    refusals: tuple[Refusals, ...] = ()
    passages: tuple[Passage, ...] = ()
    checked_at: datetime | None = None

    @property
    def is_passed(self) -> bool:
        """Whether every gate is open and the run came to its end.

        A run without expectations has proven nothing, and one that broke off before its last gates not enough.
        """
        return self.are_gates_open and (self.checked_at is not None or self.run.status not in UNPUBLISHED)

    @property
    def are_gates_open(self) -> bool:
        """Whether something was evaluated and nothing of it closes a gate."""
        return bool(self.validations) and not self.is_gate_closed

    @property
    def is_gate_closed(self) -> bool:
        """Whether an expectation closes a gate, so that the list of them says why nothing was published."""
        return any(validation.is_blocking for validation in self.validations)

    @property
    def is_published(self) -> bool:
        """Whether what the report is about can be read in the published file."""
        return self.checked_at is not None or self.run.status in ("published", "unchanged")

    @property
    def verdict(self) -> str:
        """Say in one sentence what the gates decided."""
        if not self.validations:
            return "No expectation ran: nothing is proven."
        total = len(self.validations)
        if self.are_gates_open and not self.is_passed:
            return (
                f"Not published: {UNPUBLISHED[self.run.status]}; "
                f"{self.count(PASS)} of the {total} expectations evaluated until then hold."
            )
        if self.is_passed:
            warnings = self.count(FAIL)
            return f"Passed: {self.count(PASS)} of {total} expectations hold" + (
                f", {warnings} warning{'s' if warnings != 1 else ''}." if warnings else "."
            )
        critical = sum(1 for v in self.validations if v.is_blocking and v.outcome == FAIL)
        parts = []
        if critical:
            parts.append(f"{critical} critical expectation{'s' if critical != 1 else ''} failed")
        if self.count(ERROR):
            parts.append(f"{self.count(ERROR)} could not be evaluated")
        return f"Failed: {', '.join(parts) or 'an outcome is unknown'} (of {total})."

    def count(self, outcome: str) -> int:
        """Count the validations with an outcome."""
        return sum(1 for validation in self.validations if validation.outcome == outcome)

    def allowed(self, validation: Validation) -> str:
        """Say what an expectation allows, to stand beside what was observed."""
        if validation.expectation.startswith(CANARY):
            return "only a failure, which proves that the gate can fail"
        return "none" if validation.expectation_type.startswith(NO_ROW_MAY_FAIL) else "as stated"

    def passages_of(self, validation: Validation) -> tuple[Passage, ...]:
        """Return the failing rows of an expectation whose text is kept, in the order of the audit."""
        key = (validation.stage, validation.expectation)
        return tuple(passage for passage in self.passages if (passage.stage, passage.expectation) == key)

    @property
    def subject(self) -> str:
        """Say what the report is about."""
        return f"run {self.run.run_id}" if self.checked_at is None else "the published file"

    @property
    def refusals_in_order(self) -> tuple[Refusals, ...]:
        """Return the refusals in the order of the stages, the most frequent reason of each first."""
        stages = [count.stage for count in self.stage_counts]
        last = len(stages)
        return tuple(
            sorted(
                self.refusals,
                key=lambda r: (stages.index(r.stage) if r.stage in stages else last, r.stage, -r.count, r.reason),
            )
        )

    @property
    def stages(self) -> tuple[tuple[str, tuple[Validation, ...]], ...]:
        """Return (stage, its validations in the order of the suite), in the order in which the stages ran."""
        names = dict.fromkeys(validation.stage for validation in self.validations)
        return tuple(
            (name, tuple(sorted((v for v in self.validations if v.stage == name), key=lambda v: v.ordinal)))
            for name in names
        )

    @property
    def not_passed(self) -> tuple[Validation, ...]:
        """Return what did not pass: what closes the gate first, then the warnings."""
        return tuple(
            sorted((v for v in self.validations if v.outcome != PASS), key=lambda v: (not v.is_blocking, v.outcome))
        )
