"""Turn TIMEX3 and ISO 8601 values into the days that they span.

Weeks are ISO weeks (Monday to Sunday), quarters calendar quarters, and seasons the meteorological ones of the northern
hemisphere (spring begins on 1 March); winter of a year begins in its December. Parts of periods ("late July") are
thirds, as TIMEX3's START, MID and END leave open.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from warehouse.vocabulary import Granularity

Bounds = tuple[date | None, date | None]

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE|-[1-7])?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_YEAR = re.compile(r"\d{4}")
_DECADE = re.compile(r"\d{3}")
_CENTURY = re.compile(r"\d{2}")
_NO_BOUNDS: Bounds = (None, None)
_GRANULARITIES = tuple(
    (re.compile(pattern), granularity)
    for pattern, granularity in (
        (r".+_REF", Granularity.VAGUE),
        (r"P.*", Granularity.DURATION),
        (r".+/.+", Granularity.INTERVAL),
        (r"[\dX]{4}-[\dX]{2}-[\dX]{2}T\d\d.*", Granularity.INSTANT),
        (r"[\dX]{4}-[\dX]{2}-[\dX]{2}.*|[\dX]{4}-W[\dX]{2}-[1-7].*", Granularity.DAY),
        (r"[\dX]{4}-W[\dX]{2}.*", Granularity.WEEK),
        (r"[\dX]{4}-[\dX]{2}", Granularity.MONTH),
        (r"[\dX]{4}-Q.", Granularity.QUARTER),
        (r"[\dX]{4}-(SP|SU|FA|WI)", Granularity.SEASON),
        (r"[\dX]{4}-H.", Granularity.INTERVAL),
        (r"[\dX]{4}", Granularity.YEAR),
        (r"[\dX]{3}", Granularity.DECADE),
        (r"[\dX]{2}", Granularity.CENTURY),
    )
)


@lru_cache(maxsize=1 << 13)
def bounds_of(value: str) -> Bounds:
    """Return the first and last day that `value` can mean; None where it names none.

    >>> bounds_of("2025-W33")
    (datetime.date(2025, 8, 11), datetime.date(2025, 8, 17))
    """
    if "/" in value:
        first, _, last = value.partition("/")
        return bounds_of(first)[0], bounds_of(last)[1]
    try:
        return _bounds(value)
    except (ValueError, OverflowError):  # 2025-02-30, week 60, year 0: a value that names no day
        return _NO_BOUNDS


def _bounds(value: str) -> Bounds:
    if match := _DAY.fullmatch(value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := _WEEK.fullmatch(value):
        return _week_bounds(int(match[1]), int(match[2]), match[3] or "")
    if match := _MONTH.fullmatch(value):
        return months_bounds(int(match[1]), int(match[2]), 1)
    if match := _QUARTER.fullmatch(value):
        return months_bounds(int(match[1]), 3 * int(match[2]) - 2, 3)
    if match := _HALF.fullmatch(value):
        return months_bounds(int(match[1]), 6 * int(match[2]) - 5, 6)
    if match := _SEASON.fullmatch(value):
        return months_bounds(int(match[1]), {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[match[2]], 3)
    for pattern, missing in ((_YEAR, 0), (_DECADE, 1), (_CENTURY, 2)):
        if pattern.fullmatch(value):
            return date(int(value + "0" * missing), 1, 1), date(int(value + "9" * missing), 12, 31)
    return _NO_BOUNDS


def _week_bounds(year: int, week: int, part: str) -> Bounds:
    monday = date.fromisocalendar(year, week, 1)
    if part == "-WE":
        return monday + timedelta(5), monday + timedelta(6)
    if part:
        day = date.fromisocalendar(year, week, int(part[1]))
        return day, day
    return monday, monday + timedelta(6)


def months_bounds(year: int, month: int, count: int) -> tuple[date, date]:
    """Return the first and last day of `count` months from `month` of `year`."""
    first = date(year, month, 1)
    return first, add_months(first, count) - timedelta(1)


def add_months(day: date, count: int) -> date:
    """Return `day` moved by `count` months, held to the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"{count} months from {day} lies outside the calendar")
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """Return how many days a month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@lru_cache(maxsize=1 << 13)
def granularity_of(value: str) -> Granularity:
    """Return how precisely `value` names a time; VAGUE for references and values with unknown parts."""
    for pattern, granularity in _GRANULARITIES:
        if pattern.fullmatch(value):
            return granularity
    return Granularity.VAGUE


def narrow(bounds: Bounds, modifier: str | None) -> Bounds:
    """Return the third of a period that START, MID or END leaves; other modifiers leave it as it is."""
    first, last = bounds
    if first is None or last is None or modifier not in ("START", "MID", "END"):
        return bounds
    span = (last - first).days + 1
    if span < 5:
        return bounds
    if span in (365, 366):
        cuts = (first, add_months(first, 4), add_months(first, 8))
    else:
        third = 10 if 28 <= span <= 31 else span // 3
        cuts = (first, first + timedelta(third), first + timedelta(2 * third))
    if modifier == "START":
        return first, cuts[1] - timedelta(1)
    if modifier == "MID":
        return cuts[1], cuts[2] - timedelta(1)
    return cuts[2], last


def iso_week(day: date) -> str:
    """Return the ISO week that holds `day`, such as 2025-W33."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_of(day: date) -> int:
    """Return the calendar quarter of `day`, 1 to 4."""
    return (day.month + 2) // 3


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the nth ISO weekday of a month; -1 is the last one."""
    if nth < 0:
        last = date(year, month, days_in_month(year, month))
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 19 * golden + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - correction - rest % 4) % 7
    shift = (golden + 11 * correction + 22 * weekday) // 451
    month, day = divmod(correction + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date:
    """Return the day of a holiday rule: `MM-DD`, or a movable feast with an offset in days (`easter-2`)."""
    if re.fullmatch(r"\d\d-\d\d", rule):
        return date(year, int(rule[:2]), int(rule[3:]))
    name, sign, offset = re.fullmatch(r"([a-z-]*[a-z])([+-])?(\d+)?", rule).groups()  # type: ignore[union-attr]
    movable = {
        "easter": lambda: easter(year),
        "thanksgiving": lambda: nth_weekday(year, 11, 4, 4),
        "labor-day": lambda: nth_weekday(year, 9, 1, 1),
        "memorial-day": lambda: nth_weekday(year, 5, 1, -1),
        "mlk-day": lambda: nth_weekday(year, 1, 1, 3),
    }
    return movable[name]() + timedelta(int(f"{sign or '+'}{offset or 0}"))
