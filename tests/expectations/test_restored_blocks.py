"""What a run was told to keep is not held against it, and nothing else passes in its shadow."""

from __future__ import annotations

import duckdb
import pytest

from expectations.engine import evaluate
from expectations.suites import SUITES

CHECKS = {check.name: check for check in SUITES["clean"].checks}
FURNITURE = "update staging.blocks set text = 'Share this article on Facebook' where block_id = 'envoy-block-2'"
APP_LINE = "Our app is the best way to read."


def outcome_of(warehouse: duckdb.DuckDBPyConnection, name: str) -> str:
    (verdict,) = evaluate(warehouse, "staging", [CHECKS[name]])
    return verdict.outcome


def repeat_a_line(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Let ten different articles of a publisher end with one line, each in a block of its own."""
    warehouse.execute(
        f"""
        insert into staging.articles by name
        select source.* replace ('more-' || n as article_id, 'Story number ' || n || chr(10) || chr(10) || '{APP_LINE}' as text)
        from staging.articles as source, range(10) as numbers(n) where article_id = 'vote-article'
        """
    )
    warehouse.execute(
        f"""
        insert into staging.blocks by name
        select source.* replace ('more-' || n as block_id, 'more-' || n as article_id, '{APP_LINE}' || chr(10) as text)
        from staging.blocks as source, range(10) as numbers(n) where block_id = 'vote-block-0'
        """
    )


def test_a_phrase_of_boilerplate_in_a_restored_block_passes(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(FURNITURE)
    assert outcome_of(warehouse, "no-boilerplate-of-sharing") == "fail"
    warehouse.execute("update staging.blocks set restored_rule = 'share-bar' where block_id = 'envoy-block-2'")
    assert outcome_of(warehouse, "no-boilerplate-of-sharing") == "pass"


def test_a_restored_block_does_not_excuse_another(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(FURNITURE)
    warehouse.execute("update staging.blocks set restored_rule = 'share-bar' where block_id = 'envoy-block-1'")
    assert outcome_of(warehouse, "no-boilerplate-of-sharing") == "fail"


@pytest.mark.parametrize(("restored_count", "outcome"), [(0, "fail"), (10, "pass")])
def test_lines_that_repeat_pass_only_where_they_were_restored(
    warehouse: duckdb.DuckDBPyConnection, restored_count: int, outcome: str
) -> None:
    repeat_a_line(warehouse)
    warehouse.execute(
        "update staging.blocks set restored_rule = 'learned-boilerplate' "
        "where regexp_matches(block_id, '^more-') and ordinal = 0 and right(block_id, 1)::int < ?",
        [restored_count],
    )
    assert outcome_of(warehouse, "no-line-repeats-across-a-publisher") == outcome


def test_a_removed_block_cannot_be_restored_as_well(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert outcome_of(warehouse, "removed-blocks-name-their-rule") == "pass"
    warehouse.execute("update staging.blocks set restored_rule = removed_by where removed_by is not null")
    assert outcome_of(warehouse, "removed-blocks-name-their-rule") == "fail"
