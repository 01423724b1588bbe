"""`dateline timeline`: the events between two days, and what they are about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from flows.command_line import dateline


def invoke(warehouse: Path, *arguments: str) -> Result:
    return CliRunner().invoke(dateline, ["timeline", *arguments, "--warehouse", str(warehouse)], prog_name="dateline")


def events(warehouse: Path, *arguments: str) -> list[dict[str, Any]]:
    result = invoke(warehouse, *arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_events_lie_in_the_days_asked_for_in_order_the_most_told_of_a_day_first(sample_warehouse: Path) -> None:
    found = events(sample_warehouse, "--from", "2026-03-03", "--to", "2026-03-05")
    assert len(found) >= 10
    assert all(event["begin_on"] <= "2026-03-05" for event in found)
    assert all((event["end_on"] or event["begin_on"]) >= "2026-03-03" for event in found)
    order = [(event["begin_on"], -event["articles"]) for event in found]
    assert order == sorted(order)
    assert all(event["sources"] for event in found)


def test_an_event_that_goes_on_for_longer_is_told_of_each_of_its_days(sample_warehouse: Path) -> None:
    longer = [
        event for event in events(sample_warehouse, "--most", "5000") if (event["end_on"] or "") > event["begin_on"]
    ]
    assert longer
    last_day = longer[0]["end_on"]
    assert longer[0] in events(sample_warehouse, "--from", last_day, "--to", last_day, "--most", "5000")


@pytest.mark.parametrize("words", ["ferr", "FERR", "férr"])
def test_words_are_found_at_the_start_of_words_whatever_their_case_and_accents(
    sample_warehouse: Path, words: str, rows: Any
) -> None:
    found = events(sample_warehouse, "--about", words, "--most", "5000")
    told = rows(
        sample_warehouse,
        r"""
        select distinct event_id from event_mentions join events using (event_id)
        where regexp_matches(concat_ws(' ', description, events.place, array_to_string(events.actors, ' '), sentence), '(?i)\bferr')
        """,
    )
    assert {event["event_id"] for event in found} == {event_id for (event_id,) in told}
    assert 0 < len(found) < len(events(sample_warehouse, "--most", "5000"))


def test_all_words_must_be_told_of_an_event(sample_warehouse: Path) -> None:
    one = {event["event_id"] for event in events(sample_warehouse, "--about", "ferry")}
    other = {event["event_id"] for event in events(sample_warehouse, "--about", "council")}
    both = {event["event_id"] for event in events(sample_warehouse, "--about", "ferry council")}
    assert both <= one & other


def test_signs_in_the_words_are_no_pattern(sample_warehouse: Path) -> None:
    assert events(sample_warehouse, "--about", ".*") == []


def test_only_events_of_a_status_are_told(sample_warehouse: Path) -> None:
    assert {event["status"] for event in events(sample_warehouse, "--status", "scheduled")} == {"scheduled"}


def test_days_the_wrong_way_round_are_refused(sample_warehouse: Path) -> None:
    result = invoke(sample_warehouse, "--from", "2026-03-05", "--to", "2026-03-01")
    assert result.exit_code == 2
    assert "lies before" in result.stderr


def test_a_day_that_is_none_is_refused(sample_warehouse: Path) -> None:
    assert invoke(sample_warehouse, "--from", "last week").exit_code == 2


def test_an_event_is_found_by_any_spelling_of_those_who_took_part(real_warehouse: Path) -> None:
    spellings = [
        {event["event_id"] for event in events(real_warehouse, "--about", name, "--most", "5000")}
        for name in ("Zelensky", "Zelenskyy", "Zelenskiy")
    ]
    assert spellings[0] == spellings[1] == spellings[2]
    assert len(spellings[1]) >= 5
