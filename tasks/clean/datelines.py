"""Datelines: the day that a short line near the headline states."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from importlib.resources import files

ISO = re.compile(r"(?P<year>(?:19|20)\d\d)[-/.年]\s?(?P<month>\d{1,2})[-/.月]\s?(?P<day>\d{1,2})(?!\d)")
DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?(?: de| of)? "
    r"(?P<name>[^\W\d_]{3,12})\.?,?(?: de)? (?P<year>(?:19|20)\d\d)"
)
MONTH_FIRST = re.compile(r"(?P<name>[^\W\d_]{3,12})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d\d)")
DOTTED = re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)")
SLASHED = re.compile(r"(?<!\d)(?P<first>\d{1,2})[/-](?P<second>\d{1,2})[/-](?P<year>(?:19|20)\d\d)")


@lru_cache(maxsize=1)
def month_numbers() -> dict[str, int]:
    """Read the names of the months: line n of the file's data has the names of month n."""
    lines = (files("tasks.clean") / "months.txt").read_text(encoding="utf-8").splitlines()
    data = [line for line in lines if line.strip() and not line.startswith("#")]
    return {name: number for number, line in enumerate(data, start=1) for name in line.split()}


def stated_date(line: str) -> str | None:
    """Return the ISO day that a line states in full, or None.

    A date written with slashes counts only where day and month cannot be confused.

    >>> stated_date(" date 2025-08-07 ")
    '2025-08-07'
    """
    for pattern in (ISO, MONTH_FIRST, DAY_FIRST, DOTTED):
        for match in pattern.finditer(line[:300]):
            found = match.groupdict()
            month = found.get("month") or month_numbers().get((found.get("name") or "").lower())
            day = valid_day(int(found["year"]), int(month), int(found["day"])) if month else None
            if day:
                return day
    slashed = SLASHED.search(line[:300])
    if slashed:
        first, second = int(slashed["first"]), int(slashed["second"])
        if first > 12:
            return valid_day(int(slashed["year"]), second, first)
        if second > 12 or first == second:
            return valid_day(int(slashed["year"]), first, second)
    return None


def valid_day(year: int, month: int, day: int) -> str | None:
    """Return the ISO form of a day that the calendar has, or None."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
