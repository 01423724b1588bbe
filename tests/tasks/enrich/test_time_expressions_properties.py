"""What holds for the time expressions of every text: order, evidence, bounds, and linear work."""

from __future__ import annotations

import sys
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.enrich.calendar import bounds_of
from tasks.enrich.temporal import find_time_expressions
from warehouse.vocabulary import Granularity

WORDS = """
Monday Friday, today yesterday Wednesday May March 31 August 6 2025 2024 1999 Jan. Oct. 12 99 three half a an
of the days weeks month year years hours quarter third - – : . , 's ago earlier later last next this every
each from to until within in on by early late mid end beginning past recent coming few several overnight night
morning noon p.m. 10 10:35 spring weekend Christmas Easter New Year's Eve decade century 1980s nineteen
ninety-six first fourth fiscal year-end now soon said will deadline two thousand and 1/2 100000 old-war that
same following ended period year-ago Q1 ( ) % $
"""
TEXTS = st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join)
ANCHORS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


@settings(max_examples=400, deadline=None)
@given(TEXTS | st.text(max_size=60), ANCHORS, ANCHORS, st.sampled_from(["en", "de", None]))
def test_expressions_are_in_order_disjoint_and_slices_of_the_text(
    text: str, anchor: date | None, reference: date | None, lang: str | None
) -> None:
    found = find_time_expressions(text, char_start=7, anchor=anchor, reference_day=reference, lang=lang)
    assert all(text[item.char_start - 7 : item.char_end - 7] == item.text and item.text for item in found)
    assert all(first.char_end <= second.char_start for first, second in pairwise(found))


@settings(max_examples=400, deadline=None)
@given(TEXTS, ANCHORS)
def test_days_are_in_order_and_within_what_the_value_means(text: str, anchor: date | None) -> None:
    for item in find_time_expressions(text, char_start=0, anchor=anchor, reference_day=None, lang="en"):
        assert item.granularity in set(Granularity)
        assert item.timex_type in ("DATE", "TIME", "DURATION", "SET")
        if item.begin_on is not None and item.end_on is not None:
            assert item.begin_on <= item.end_on
        begin, end = bounds_of(item.value)
        if begin and end and item.begin_on and item.end_on and item.granularity not in ("day", "instant"):
            assert begin <= item.begin_on and item.end_on <= end


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_without_a_day_of_publication_only_explicit_dates_have_days(text: str) -> None:
    for item in find_time_expressions(text, char_start=0, anchor=None, reference_day=None, lang="en"):
        if item.begin_on is not None and item.anchor_source not in ("explicit", "reference-day"):
            raise AssertionError(item)


def calls(text: str) -> int:
    """Count the function calls of one annotation: work that does not depend on the machine."""
    count = 0

    def profile(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        find_time_expressions(text, char_start=0, anchor=date(2025, 8, 6), reference_day=None, lang="en")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "Monday ",
        "the ",
        "twenty-one ",
        "1,000,",
        "10 to ",
        "two and a half ",
        "year ",
        "days and weeks ",
        "May 5 ",
        "the end of ",
        "2025-",
        "1980s ",
        "10:35 p.m. ",
        "a year or so ",
        "'s ",
        "overnight from Tuesday to ",
        "before Friday after ",
        "said he would ",
        "Monday to ",
    ],
)
def test_the_work_grows_with_the_length_of_the_text(piece: str) -> None:
    small, large = calls(piece * 300), calls(piece * 600)
    assert large <= 2.3 * small + 500


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["1" * 500_000, "-" * 300_000, "a" * 500_000, "Monday-" * 20_000, "1-" * 50_000])
def test_very_long_input_is_read_in_one_pass(text: str) -> None:
    found = find_time_expressions(text, char_start=0, anchor=date(2025, 8, 6), reference_day=None, lang="en")
    assert len(found) <= 20_000
