"""Quality floors for names and quotations on the labelled articles that `benchmarks/names.py` measures.

Floors lie a little below the figures measured; lowering one is a decision that the changelog tells.
"""

from __future__ import annotations

import pytest

from benchmarks.names import Tally, measure

FLOORS = {
    "sample": {"names_precision": 0.92, "names_recall": 0.81, "who": 0.98, "quotes_precision": 0.97,
               "quotes_recall": 0.95, "speakers": 0.97},
    "invented": {"names_precision": 0.92, "names_recall": 0.93, "who": 0.98, "quotes_precision": 0.96,
                 "quotes_recall": 0.96, "speakers": 0.94},
}  # fmt: skip


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return measure()


@pytest.mark.parametrize(
    ("group", "figure"), [(group, figure) for group, floors in FLOORS.items() for figure in floors]
)
def test_names_and_quotations_are_found(tallies: dict[str, Tally], group: str, figure: str) -> None:
    assert tallies[group].figures()[figure] >= FLOORS[group][figure], tallies[group].errors
