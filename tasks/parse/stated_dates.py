"""Read dates as pages and inputs write them, keeping the offset they state.

The result is ISO 8601: a time with its own offset, or a day where only a day (or a time of unknown offset) is known.
The day is the local day of the stated offset. Day and month in figures alone are ambiguous ("03/04/2026"): the
language decides, and where it does not, the day comes first, as in most of the world.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files

FIRST_YEAR, LAST_YEAR = 1980, 2100
MAX_LENGTH = 300

ISO_TIME = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]\s?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}\b)?)?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?")
#: Seconds since 1970, with a fraction or not; milliseconds, microseconds and nanoseconds.
EPOCH = re.compile(r"\d{10}(?:\.\d{1,9}|\d{3}|\d{6}|\d{9})?")
RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},? )?\d{1,2} [A-Za-z]{3} (?:\d{4}|\d{2}) \d{2}:\d{2}")
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)")
SPACED_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\. (\d{2})\. (\d{2})(?!\d)")
IN_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d/-])")
EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2}) tháng (\d{1,2}),? (?:năm )?(\d{4})(?!\d)", re.IGNORECASE)
#: A month's name; the marks of Indic and Arabic scripts are no letters to Python.
WORD = r"((?:[^\W\d_]|[\u0900-\u0963\u0a80-\u0ae3\u0980-\u09e3\u064b-\u0652]){3,14})"
DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°)?[.,]?(?:\s|-|\sde\s|\sof\s){WORD}[.,]?(?:\s|-|\sde\s|\sdel\s|/)(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
MONTH_DAY_YEAR = re.compile(
    rf"(?<!\w){WORD}\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(?:\d{{1,2}}:\d{{2}}[^,]{{0,15}},?\s)?(\d{{4}})(?!\d)"
)
YEAR_MONTH_DAY = re.compile(rf"(?<!\d)(\d{{4}})[.,]?[ -]{WORD}[ -](\d{{1,2}})(?!\d)")
JAVA_DATE = re.compile(rf"{WORD} (\d{{1,2}}) \d{{2}}:\d{{2}}:\d{{2}} (?:[A-Z]{{2,5}}|[+-]\d{{4}}) (\d{{4}})")

#: Languages (and countries of English) whose figures put the month first.
MONTH_FIRST = ("en-us", "en_us", "en-ph", "en_ph")


@cache
def month_numbers() -> dict[str, int]:
    """Return the number of each month name in `month_names.tsv`."""
    numbers: dict[str, int] = {}
    lines = files("tasks.parse").joinpath("month_names.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            number, _, names = line.partition("\t")
            numbers.update(dict.fromkeys(names.split(), int(number)))
    return numbers


def read_date(value: str, lang: str | None = None) -> str | None:
    """Read a value that is meant to be a date; None where it is none.

    >>> read_date("2026-03-04T23:30:00-0500"), read_date("Wed, 04 Mar 2026 23:30:00 GMT"), read_date("4. März 2026")
    ('2026-03-04T23:30:00-05:00', '2026-03-04T23:30:00+00:00', '2026-03-04')
    """
    value = " ".join(value[:MAX_LENGTH].split())
    for read in (_iso, _epoch, _rfc_822, _compact):
        if (found := read(value)) is not None:
            return found
    return next((found for _, found in find_dates(value, lang)), None)


def with_month_and_day_swapped(value: str) -> str | None:
    """Return the day that a bare day is when its month and day change places; None for times and where it is no other.

    >>> with_month_and_day_swapped("2026-03-04"), with_month_and_day_swapped("2026-03-14")
    ('2026-04-03', None)
    """
    if len(value) != 10 or value[8:] > "12" or value[5:7] == value[8:]:
        return None
    return f"{value[:4]}-{value[8:]}-{value[5:7]}"


def naive_time(value: str) -> datetime | None:
    """Read a time that has no offset; None for days, and for times that have one.

    >>> naive_time("2026-03-04 23:30:00"), naive_time("2026-03-04T23:30:00Z")
    (datetime.datetime(2026, 3, 4, 23, 30), None)
    """
    match = ISO_TIME.match(value.strip())
    if match is None or match[4] is None or match[7] is not None or day(*match.group(1, 2, 3)) is None:
        return None
    year, month, number, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if hour > 23 or minute > 59:
        return None
    return datetime(year, month, number, hour, minute, min(second, 59))


def find_dates(text: str, lang: str | None = None) -> Iterator[tuple[int, str]]:
    """Yield the days named in a line of running text with the place of each, in order of place."""
    text = text[:MAX_LENGTH]
    found: list[tuple[int, str]] = []
    months = month_numbers()
    for match in ISO_TIME.finditer(text):
        found.append((match.start(), _time_of(match) or ""))
    for match in YEAR_FIRST.finditer(text):
        found.append((match.start(), day(match[1], match[3], match[4]) or ""))
    for pattern in (EAST_ASIAN, SPACED_YEAR_FIRST):
        for match in pattern.finditer(text):
            found.append((match.start(), day(*match.groups()) or ""))
    for match in VIETNAMESE.finditer(text):
        found.append((match.start(), day(match[3], match[2], match[1]) or ""))
    for match in IN_FIGURES.finditer(text):
        found.append((match.start(), _in_figures(match[1], match[3], match[4], match[2], lang) or ""))
    for pattern, year, month, number in (
        (DAY_MONTH_YEAR, 3, 2, 1), (MONTH_DAY_YEAR, 3, 1, 2), (YEAR_MONTH_DAY, 1, 2, 3), (JAVA_DATE, 3, 1, 2),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            name = months.get(match[month].lower())
            found.append((match.start(), day(match[year], name, match[number]) or "" if name else ""))
    seen: set[str] = set()
    for position, value in sorted(found):
        if value and value not in seen:
            seen.add(value)
            yield position, value


def day(year: str | int, month: str | int, number: str | int) -> str | None:
    """Write a day as ISO; None where there is no such day or its year is no news page's."""
    try:
        found = date(int(year), int(month), int(number))
    except ValueError:
        return None
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else None


def day_of(iso: str) -> str:
    """Return the local day of an ISO value."""
    return iso[:10]


def _iso(value: str) -> str | None:
    match = ISO_TIME.match(value)
    return _time_of(match) if match else None


def _time_of(match: re.Match[str]) -> str | None:
    year, month, number, hour, minute, second, offset = match.groups()
    found = day(year, month, number)
    if found is None or hour is None or offset is None:
        return found
    return _with_time(found, int(hour), int(minute), int(second or 0), offset) or found


def _with_time(found: str, hour: int, minute: int, second: int, offset: str) -> str | None:
    if offset[0] in "+-":
        digits = offset[1:].replace(":", "").ljust(4, "0")
        minutes = (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if offset[0] == "-" else 1)
    else:
        minutes = 0
    if abs(minutes) > 14 * 60 or hour > 23 or minute > 59:
        return None
    zone = timezone(timedelta(minutes=minutes))
    whole = date.fromisoformat(found)
    return datetime(whole.year, whole.month, whole.day, hour, minute, min(second, 59), tzinfo=zone).isoformat()


def _compact(value: str) -> str | None:
    match = COMPACT.fullmatch(value)
    if match is None:
        return None
    year, month, number, hour, minute, second, offset = match.groups()
    found = day(year, month, number)
    if found is None or hour is None or offset is None:
        return found
    return _with_time(found, int(hour), int(minute), int(second or 0), offset) or found


def _epoch(value: str) -> str | None:
    if not EPOCH.fullmatch(value):
        return None
    seconds = int(value[:10])
    if not 631_152_000 <= seconds <= 4_102_444_800:  # 1990 to 2100
        return None
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat()


def _rfc_822(value: str) -> str | None:
    if not RFC_822.match(value):
        return None
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found.isoformat() if found.tzinfo is not None else found.date().isoformat()


def _in_figures(first: str, second: str, year: str, separator: str, lang: str | None) -> str | None:
    if len(year) == 2:
        if separator == "-" or (separator == "/" and not 12 < int(first) <= 31):
            return None  # two-digit years outside dotted dates are more often something else
        year = "20" + year
    is_month_first = separator == "/" and (lang or "").lower().startswith(MONTH_FIRST)
    day_number, month = (second, first) if is_month_first else (first, second)
    if int(month) > 12 >= int(day_number) and separator != ".":
        day_number, month = month, day_number
    return day(year, month, day_number)
