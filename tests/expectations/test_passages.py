"""Failing rows keep their text: the first of each expectation, cut out of the document with what stands around it."""

from __future__ import annotations

import duckdb
import pytest

from expectations.engine import Offender, Verdict, describe
from expectations.gate import audit
from expectations.passages import KEPT_CHARACTERS, KEPT_CONTEXT, KEPT_OFFENDERS, find_passages
from expectations.suites import suite_of
from expectations.validations import Passage

CHECK = suite_of("clean").checks[0]


def passages_of(warehouse: duckdb.DuckDBPyConnection, *identifiers: str) -> tuple[Passage, ...]:
    offenders = tuple(Offender(identifier, None, None, "seen") for identifier in identifiers)
    verdict = Verdict(CHECK, "fail", "some", offenders)
    return find_passages(warehouse, describe(warehouse, "staging"), [verdict], run_id="run-1", stage="clean")


@pytest.mark.parametrize(
    ("identifier", "document", "begins"),
    [
        ("envoy-block-2", "envoy", "The envoy met the minister"),
        ("envoy-time", "envoy", "Wednesday, August 6, 2025"),
        ("envoy-mention", "envoy", "met"),
        ("envoy-undated", "envoy", "spoke"),
        ("event-1", "envoy", "met"),
        ("name-1", "vote", "Parliament"),
        ("entity-1", "vote", "Parliament"),
        ("vote-article", "vote", "Parliament will vote"),
        ("cluster-1", "envoy", "Envoy meets"),  # its canonical article, not the copy
        ("story-2", "vote", "Parliament will vote"),
        ("a" * 20, "envoy", "Home | World"),
    ],
)
def test_whatever_is_named_is_shown_with_its_text(
    warehouse: duckdb.DuckDBPyConnection, identifier: str, document: str, begins: str
) -> None:
    (passage,) = passages_of(warehouse, identifier)
    assert (passage.uri, passage.title) == (f"file:///news/{document}", "A title")
    assert (passage.text or "").startswith(begins)
    ((whole,),) = warehouse.execute(
        "select text from staging.documents where document_id = ?", [passage.document_id]
    ).fetchall()
    around = f"{passage.text_before}{passage.text}{passage.text_after}"
    assert around in whole
    assert whole[passage.char_start :].startswith(passage.text)


def test_what_is_about_no_text_is_named_all_the_same(warehouse: duckdb.DuckDBPyConnection) -> None:
    (passage,) = passages_of(warehouse, "Alpha Post")
    assert (passage.identifier, passage.detail, passage.document_id, passage.text) == ("Alpha Post", "seen", None, None)


def test_a_long_text_is_cut_and_goes_on_behind_the_cut(warehouse: duckdb.DuckDBPyConnection) -> None:
    text = "".join(f"{number:04}\n" for number in range(1000))
    warehouse.execute("update staging.documents set text = ? where document_id = ?", [text, "c" * 20])
    warehouse.execute("update staging.blocks set char_start = 500, char_end = 4500 where block_id = 'vote-block-0'")
    (passage,) = passages_of(warehouse, "vote-block-0")
    end = 500 + KEPT_CHARACTERS
    assert passage.text == text[500:end]
    assert passage.text_before == text[500 - KEPT_CONTEXT : 500]
    assert passage.text_after == text[end : end + KEPT_CONTEXT]


def test_the_first_of_many_are_kept_each_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    names = [f"publisher-{number:03}" for number in range(KEPT_OFFENDERS + 10)]
    found = passages_of(warehouse, names[0], *names)
    assert [passage.identifier for passage in found] == names[:KEPT_OFFENDERS]
    assert [passage.ordinal for passage in found] == list(range(KEPT_OFFENDERS))


def test_a_table_without_its_columns_costs_the_text_and_not_the_audit(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("alter table staging.documents rename column uri to place")
    (passage,) = passages_of(warehouse, "envoy-block-2")
    assert (passage.identifier, passage.text) == ("envoy-block-2", None)
    result = audit(warehouse, "parse", schema="staging", run_id="run-1")
    assert not result.is_passed
    assert all(passage.text is None for passage in result.passages)


def test_a_file_of_before_a_table_was_there_still_shows_the_text_of_other_rows(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    warehouse.execute("drop table staging.quotes")
    assert passages_of(warehouse, "envoy-block-2")[0].text


def test_an_audit_brings_the_text_of_its_offenders(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(
        "update staging.blocks set kind = 'paragraph', is_kept = true, removed_by = null, article_id = 'vote-article' "
        "where removed_by = 'newsletter-box'"
    )
    result = audit(warehouse, "clean", schema="staging", run_id="run-1")
    shown = {(passage.expectation, passage.identifier, passage.text) for passage in result.passages}
    assert ("no-boilerplate-of-newsletters", "vote-block-2", "Sign up!\n") in shown
    failing = {(one.expectation, name) for one in result.results if one.outcome == "fail" for name in one.failing_ids}
    assert {(passage.expectation, passage.identifier) for passage in result.passages} == failing


def test_change_against_recent_runs_is_told_from_other_warnings(warehouse: duckdb.DuckDBPyConnection) -> None:
    results = audit(warehouse, "clean", schema="staging", run_id="run-1").results
    about_drift = {result.expectation for result in results if result.is_about_drift}
    assert "clean-quarantine-is-not-unusual" in about_drift
    assert not about_drift & {"clean-counts-conserve", "text-is-free-of-markup"}
    assert all(result.severity == "warning" for result in results if result.is_about_drift)
