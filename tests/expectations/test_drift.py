"""Change against recent runs is told from growth, from the first runs, and from small numbers."""

from __future__ import annotations

import duckdb
import pytest

from expectations.gate import audit

NAMES = {"articles-have-not-vanished", "share-of-duplicates-is-not-unusual"}


def drift_after(warehouse: duckdb.DuckDBPyConnection, *runs: tuple[int, int]) -> set[str]:
    """Return which expectations tell of drift after runs of (articles, duplicates), the newest last."""
    warehouse.execute("delete from staging.stage_counts where stage = 'dedupe'")
    for number, (articles, duplicates) in enumerate(runs):
        warehouse.execute(
            "insert into staging.stage_counts values (?, 'dedupe', 'article', ?, ?, ?, 0, 1)",
            [f"run-{number:02}", articles, articles - duplicates, duplicates],
        )
    results = audit(warehouse, "dedupe", schema="staging", run_id="run-1").results
    judged = [result for result in results if result.expectation in NAMES]
    assert len(judged) == 2
    assert all(result.is_about_drift and not result.is_blocking for result in judged)
    return {result.expectation for result in judged if result.outcome != "pass"}


@pytest.mark.parametrize(
    "runs",
    [
        [(1000, 100)],  # the first run
        [(1000, 100), (1100, 110), (9000, 900)],  # growth
        [(1000, 100), (950, 60)],  # a few were refused
        [(150, 0), (20, 15)],  # too few to tell
        [(1000, 900), *[(1000, 100)] * 11],  # what was so long ago
    ],
)
def test_growth_first_runs_and_small_numbers_are_no_drift(
    warehouse: duckdb.DuckDBPyConnection, runs: list[tuple[int, int]]
) -> None:
    assert drift_after(warehouse, *runs) == set()


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ([(1000, 100), (1010, 100), (890, 90)], {"articles-have-not-vanished"}),
        ([(1000, 100), (1010, 100), (0, 0)], {"articles-have-not-vanished"}),
        ([(1000, 100), (1010, 100), (2000, 700)], {"share-of-duplicates-is-not-unusual"}),
        ([(1000, 400), (1010, 400), (1020, 100)], {"share-of-duplicates-is-not-unusual"}),
    ],
)
def test_a_loss_of_articles_and_a_jump_of_duplicates_are_told(
    warehouse: duckdb.DuckDBPyConnection, runs: list[tuple[int, int]], told: set[str]
) -> None:
    assert drift_after(warehouse, *runs) == told
