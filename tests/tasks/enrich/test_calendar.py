"""ISO and TIMEX3 values become days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.enrich.calendar import (
    add_months,
    bounds_of,
    days_in_month,
    easter,
    granularity_of,
    holiday,
    iso_week,
    narrow,
    nth_weekday,
    quarter_of,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("value", "begin", "end", "granularity"),
    [
        ("2025-08-06", "2025-08-06", "2025-08-06", "day"),
        ("2025-08-06TEV", "2025-08-06", "2025-08-06", "day"),
        ("2025-08-06T10:35", "2025-08-06", "2025-08-06", "instant"),
        ("2025-W33", "2025-08-11", "2025-08-17", "week"),
        ("2025-W33-WE", "2025-08-16", "2025-08-17", "week"),
        ("2020-W53", "2020-12-28", "2021-01-03", "week"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025-12", "2025-12-01", "2025-12-31", "month"),
        ("2025-Q1", "2025-01-01", "2025-03-31", "quarter"),
        ("2025-Q4", "2025-10-01", "2025-12-31", "quarter"),
        ("2025-H2", "2025-07-01", "2025-12-31", "interval"),
        ("2025-SP", "2025-03-01", "2025-05-31", "season"),
        ("2025-WI", "2025-12-01", "2026-02-28", "season"),
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("199", "1990-01-01", "1999-12-31", "decade"),
        ("19", "1900-01-01", "1999-12-31", "century"),
        ("2025-08-05/2025-08-06", "2025-08-05", "2025-08-06", "interval"),
        ("2025-08-05TNI/2025-08-06", "2025-08-05", "2025-08-06", "interval"),
    ],
)
def test_a_value_spans_its_days(value: str, begin: str, end: str, granularity: str) -> None:
    assert bounds_of(value) == (date.fromisoformat(begin), date.fromisoformat(end))
    assert granularity_of(value) == granularity


@pytest.mark.parametrize(
    "value", ["2025-02-30", "2025-W60", "0000", "XXXX-WXX-3", "FUTURE_REF", "P3D", "2025-13", "", "9999-99-99"]
)
def test_a_value_that_names_no_day_has_no_bounds(value: str) -> None:
    assert bounds_of(value) == (None, None)


@pytest.mark.parametrize(
    ("value", "modifier", "begin", "end"),
    [
        ("2025-07", "START", "2025-07-01", "2025-07-10"),
        ("2025-07", "MID", "2025-07-11", "2025-07-20"),
        ("2025-07", "END", "2025-07-21", "2025-07-31"),
        ("2025", "START", "2025-01-01", "2025-04-30"),
        ("2025", "END", "2025-09-01", "2025-12-31"),
        ("2025-08-06", "END", "2025-08-06", "2025-08-06"),
        ("2025-07", "APPROX", "2025-07-01", "2025-07-31"),
    ],
)
def test_a_modifier_leaves_a_third_of_a_period(value: str, modifier: str, begin: str, end: str) -> None:
    assert narrow(bounds_of(value), modifier) == (date.fromisoformat(begin), date.fromisoformat(end))


# Easter Sundays from the tables of the United States Census Bureau.
@pytest.mark.parametrize("day", ["1990-04-15", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2025-04-20"])
def test_easter_falls_on_its_tabled_day(day: str) -> None:
    assert easter(int(day[:4])) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("12-25", 2025, "2025-12-25"),
        ("thanksgiving", 1999, "1999-11-25"),
        ("thanksgiving+1", 2024, "2024-11-29"),
        ("labor-day", 2025, "2025-09-01"),
        ("memorial-day", 2025, "2025-05-26"),
        ("mlk-day", 2025, "2025-01-20"),
        ("easter-2", 2025, "2025-04-18"),
    ],
)
def test_a_holiday_rule_gives_its_day(rule: str, year: int, day: str) -> None:
    assert holiday(rule, year) == date.fromisoformat(day)


@given(DAYS, st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_the_end_of_the_month(day: date, count: int) -> None:
    moved = add_months(day, count)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == count
    assert moved.day == min(day.day, days_in_month(moved.year, moved.month))


@given(DAYS)
def test_every_day_lies_in_its_own_week_month_and_quarter(day: date) -> None:
    for value in (iso_week(day), f"{day:%Y-%m}", f"{day.year}-Q{quarter_of(day)}", str(day.year), day.isoformat()):
        begin, end = bounds_of(value)
        assert begin is not None and end is not None and begin <= day <= end


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 7), st.integers(1, 4))
def test_the_nth_weekday_is_the_nth_of_its_month(year: int, month: int, weekday: int, nth: int) -> None:
    day = nth_weekday(year, month, weekday, nth)
    assert (day.month, day.isoweekday(), (day.day - 1) // 7) == (month, weekday, nth - 1)
    last = nth_weekday(year, month, weekday, -1)
    assert last.isoweekday() == weekday and (last + timedelta(7)).month != month


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_values(value: str) -> None:
    begin, end = bounds_of(value)
    assert (begin is None) or (end is None) or isinstance(begin, date)
    assert granularity_of(value)
