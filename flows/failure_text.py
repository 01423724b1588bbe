"""What does not hold, told to a person at a terminal: what must hold, what was seen, where, and what to do next."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from expectations.reports import QualityReport
from expectations.reports.texts import glimpse
from expectations.validations import Passage, Validation

#: Failing rows of one expectation that are shown; the reports and `validations.failing_ids` have more.
SHOWN_ROWS = 3
INDENT = "  "
#: Lines longer than this are hard to read, however wide the terminal is.
WIDEST = 100


def tell_failures(report: QualityReport, width: int) -> str:
    """Return a paragraph for each expectation that does not hold, what closes the gate first."""
    return "\n".join(line for validation in report.not_passed for line in _paragraph(report, validation, width))


def _paragraph(report: QualityReport, validation: Validation, width: int) -> Iterator[str]:
    yield f"{validation.outcome} ({validation.severity}, {validation.stage}): {validation.expectation}"
    yield from _wrapped(validation.description, width)
    yield from _wrapped(f"Observed: {validation.observed}; allowed: {report.allowed(validation)}.", width)
    passages = report.passages_of(validation)[:SHOWN_ROWS]
    for passage in passages:
        yield from _wrapped(_row(passage), width, INDENT * 2)
    others = len(validation.failing_ids) - len(passages)
    if passages and others > 0:
        yield f"{INDENT * 2}and {others:,} more"


def _row(passage: Passage) -> str:
    if not passage.text:
        return f"{passage.identifier}{': ' if passage.detail else ''}{passage.detail}"
    place = f"{passage.uri}, characters {passage.char_start}–{passage.char_end}"
    return f"{passage.identifier} “{glimpse(passage)}” {place}{': ' if passage.detail else ''}{passage.detail}"


def _wrapped(text: str, width: int, indent: str = INDENT) -> list[str]:
    return textwrap.wrap(
        text,
        max(20, min(width, WIDEST)),
        initial_indent=indent,
        subsequent_indent=indent + (INDENT if indent != INDENT else ""),
        break_long_words=False,
        break_on_hyphens=False,
    )
