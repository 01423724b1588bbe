"""The suites, one module for each stage. Importing this imports Great Expectations, which takes seconds."""

from __future__ import annotations

from expectations.checks import Suite
from expectations.suites import clean, dedupe, enrich, parse, published

SUITES: dict[str, Suite] = {
    suite.name: suite for suite in (parse.SUITE, clean.SUITE, dedupe.SUITE, enrich.SUITE, published.SUITE)
}


def suite_of(stage: str) -> Suite:
    """Return the suite of a stage.

    Raises:
        ValueError: there is no such stage.
    """
    try:
        return SUITES[stage]
    except KeyError:
        raise ValueError(f"There is no suite for stage {stage!r}; stages with one: {', '.join(SUITES)}.") from None
