"""Dates are read as they are written, with the offset they state."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse.stated_dates import day_of, find_dates, read_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-04T23:30:00-05:00", "2026-03-04T23:30:00-05:00"),
        ("2026-03-04T23:30:00-0500", "2026-03-04T23:30:00-05:00"),
        ("2026-03-04 23:30:00 +0530", "2026-03-04T23:30:00+05:30"),
        ("2026-03-04T23:30:00.123Z", "2026-03-04T23:30:00+00:00"),
        ("2026-03-04T23:30+01", "2026-03-04T23:30:00+01:00"),
        ("2026-03-04T23:30:00", "2026-03-04"),
        ("2026-03-04", "2026-03-04"),
        ("20260304", "2026-03-04"),
        ("20260304T233000Z", "2026-03-04T23:30:00+00:00"),
        ("2026/03/04", "2026-03-04"),
        ("1772667000", "2026-03-04T23:30:00+00:00"),
        ("1772667000000", "2026-03-04T23:30:00+00:00"),
        ("Wed, 04 Mar 2026 23:30:00 -0500", "2026-03-04T23:30:00-05:00"),
        ("Wed, 04 Mar 2026 23:30:00 GMT", "2026-03-04T23:30:00+00:00"),
        ("Wed Mar 04 23:30:00 EST 2026", "2026-03-04"),
        ("March 4, 2026", "2026-03-04"),
        ("Published on Wednesday, 4th March 2026 at 10am", "2026-03-04"),
        ("Sept. 4, 2026", "2026-09-04"),
        ("4. März 2026, 10:39 Uhr", "2026-03-04"),
        ("le 4 août 2026", "2026-08-04"),
        ("1er décembre 2026", "2026-12-01"),
        ("4 de marzo de 2026", "2026-03-04"),
        ("4 marca 2026", "2026-03-04"),
        ("4 марта 2026", "2026-03-04"),
        ("2026年3月4日", "2026-03-04"),
        ("2026. 3. 4", None),
        ("04.03.2026 10:15", "2026-03-04"),
        ("04.03.26", "2026-03-04"),
        ("04/03/2026", "2026-03-04"),
        ("13/04/2026", "2026-04-13"),
        ("04/13/2026", "2026-04-13"),
        ("2026-02-30", None),
        ("yesterday", None),
        ("", None),
        ("0001-01-01T00:00:00Z", None),
        ("12345", None),
        ("May the fourth", None),
    ],
)
def test_dates_are_read(text: str, expected: str | None) -> None:
    assert read_date(text) == expected


def test_american_figures_put_the_month_first() -> None:
    assert read_date("03/04/2026", "en-US") == "2026-03-04"
    assert read_date("03/04/2026", "en-GB") == "2026-04-03"


def test_all_dates_of_a_line_are_found_in_order() -> None:
    assert [value for _, value in find_dates("Posted 3 March 2026, updated March 5, 2026")] == [
        "2026-03-03",
        "2026-03-05",
    ]


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 12, 31)), st.integers(-12, 14))
def test_the_day_is_the_local_day_of_the_stated_offset(moment: datetime, hours: int) -> None:
    local = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    found = read_date(local.isoformat())
    assert found is not None
    assert day_of(found) == local.date().isoformat()
    assert datetime.fromisoformat(found) == local


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = read_date(text)
    assert found is None or len(found) >= 10
