"""What went through the stages, laid out as a flow: each stage with its counts, its gate, and how it follows on."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.reports.quality import QualityReport, StageCount
from expectations.validations import PASS, Validation


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One stage of the flow.

    Attributes:
        entry: why what comes in is not what the stage before kept; empty where it is.
        outcomes: (name, count, share of what came in), without those that are nothing.
        gate: what the gate of the stage said.
        is_open: whether that gate let the data pass; None for a stage without a gate.
    """

    count: StageCount
    entry: str
    outcomes: tuple[tuple[str, int, float], ...]
    gate: str
    is_open: bool | None


def lay_out_flow(report: QualityReport) -> tuple[FlowStep, ...]:
    """Return a step for each stage that ran, in the order of `stage_counts`."""
    gates = dict(report.stages)
    before: tuple[StageCount | None, ...] = (None, *report.stage_counts)
    return tuple(
        FlowStep(count, _entry(previous, count), _outcomes(count), *_gate(gates.get(count.stage, ())))
        for previous, count in zip(before, report.stage_counts, strict=False)
    )


def _entry(previous: StageCount | None, count: StageCount) -> str:
    """Say why the count that goes in differs from what the stage before kept: without it the flow looks wrong."""
    if previous is None or (previous.unit == count.unit and previous.kept_count == count.in_count):
        return ""
    if previous.unit == count.unit:
        is_all = count.in_count == previous.kept_count + previous.duplicate_count
        return "duplicates included" if is_all else ""
    if previous.unit != "record":
        return f"in {previous.kept_count:,} {previous.unit}{'' if previous.kept_count == 1 else 's'}"
    return "those of earlier runs included" if count.in_count > previous.kept_count else ""


def _outcomes(count: StageCount) -> tuple[tuple[str, int, float], ...]:
    named = (
        ("kept", count.kept_count),
        ("duplicate", count.duplicate_count),
        ("quarantined", count.quarantined_count),
    )
    whole = max(count.in_count, sum(number for _, number in named), 1)
    return tuple((name, number, round(100 * number / whole, 2)) for name, number in named if number)


def _gate(validations: tuple[Validation, ...]) -> tuple[str, bool | None]:
    if not validations:
        return "no gate ran", None
    held = sum(validation.outcome == PASS for validation in validations)
    is_open = not any(validation.is_blocking for validation in validations)
    return f"gate {'open' if is_open else 'closed'}: {held} of {len(validations)} hold", is_open
