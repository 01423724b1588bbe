"""Read "19 minutes ago" beside a headline: with the time of the fetch it is the time of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

from tasks.parse.stated_dates import month_numbers
from tasks.records import Stated

SOURCE = "fetch-time"
MAX_LINE = 60
MAX_DAYS = 31
UNITS = ("minutes", "hours", "days", "weeks")
DAYS = {"days": 1, "weeks": 7}
#: What may follow "yesterday" on its line: a clock time, perhaps with the word for "at" and an abbreviation of a zone.
CLOCK = r"[,.]?(?:\s\D{0,8})?\d{1,2}[:.h]\d{2}(?:\s?[^\W\d]{1,5}\.?)?"
#: A weekday perhaps, a day, a month's name and a clock time, with no year between.
YEARLESS = re.compile(
    r"(?:[^\W\d_]{2,14}[.,]?\s)?(\d{1,2})(?:\.|st|nd|rd|th)?\s(?:de\s)?([^\W\d_]{3,14})[.,]{0,2}\s"
    r"(?:\D{1,6}\s)?\d{1,2}[:.h]\d{2}(?!\d)"
)


@cache
def _words() -> dict[str, str]:
    """Read `relative_times.tsv`."""
    lines = files("tasks.parse").joinpath("relative_times.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))


@cache
def _counted() -> re.Pattern[str]:
    """Compile the phrases that have a number."""
    words = _words()
    units = "|".join(f"(?P<{unit}>{words[unit]})" for unit in UNITS)
    return re.compile(
        rf"(?<!\w)(?P<before>(?:{words['before']})\s?)?(?P<number>\d{{1,3}}|{words['one']})\s?(?:{units})(?!\w)"
        rf"(?P<behind>\s?(?:{words['behind']})(?!\w))?"
        rf"|(?:(?<!\w)|(?<=[約约]))(?P<count>\d{{1,3}})\s?(?:(?P<east_minutes>분|分鐘|分钟|分)"
        rf"|(?P<east_hours>시간|小時|小时|時間)|(?P<east_days>일|天|日)|(?P<east_weeks>주|週間|个星期|周|週))\s?[전前]",
        re.IGNORECASE,
    )


@cache
def _uncounted() -> re.Pattern[str]:
    """Compile the phrases without a number: one hour, a dual, a moment, yesterday."""
    words = _words()
    ones = "|".join(f"(?P<one_{unit}>{words[f'one-{unit}']})" for unit in UNITS)
    twos = "|".join(f"(?P<two_{unit}>{words[f'two-{unit}']})" for unit in UNITS)
    return re.compile(
        rf"(?<!\w)(?P<before>(?:{words['before']})\s)?(?:{ones}|{twos})(?!\w)(?P<behind>\s(?:{words['behind']})(?!\w))?"
        rf"|(?<!\w)(?P<now>{words['now']})(?!\w)"
        rf"|\A(?P<yesterday>{words['yesterday']})(?:{CLOCK})?\Z"
        rf"|\A(?P<today>{words['today']}){CLOCK}\Z",
        re.IGNORECASE,
    )


def age_of(line: str) -> tuple[int, str] | None:
    """Read how long ago a short line says that something was: a number and its unit.

    >>> age_of("Published 19 minutes ago"), age_of("vor 2 Stunden"), age_of("2 hours of music")
    ((19, 'minutes'), (2, 'hours'), None)
    >>> age_of("منذ ساعتين"), age_of("час назад"), age_of("Gestern, 14:05 Uhr")
    ((2, 'hours'), (1, 'hours'), (1, 'days'))
    """
    line = line.strip()
    if len(line) > MAX_LINE:
        return None
    for match in _counted().finditer(line):
        found = match.groupdict()
        if not (found["before"] or found["behind"] or found["count"]):
            continue
        text = found["number"] or found["count"]
        unit = next(unit for unit in UNITS if found[unit] or found[f"east_{unit}"])
        return (int(text) if text.isdecimal() else 1), unit
    return _age_without_number(line)


def _age_without_number(line: str) -> tuple[int, str] | None:
    for match in _uncounted().finditer(line):
        found = match.groupdict()
        if found["now"]:
            return 0, "minutes"
        if found["yesterday"] or found["today"]:
            return (1 if found["yesterday"] else 0), "days"
        if found["before"] or found["behind"]:
            return next(
                (number, unit) for number, name in ((1, "one"), (2, "two")) for unit in UNITS if found[f"{name}_{unit}"]
            )
    return None


def before_fetch(lines: Iterable[str], fetched: str | None) -> Stated | None:
    """Date an article by the first of its lines that says how old it is; `fetched` is the ISO time of the fetch.

    An age in days or weeks gives a day; one in minutes or hours gives a time, with the offset of the fetch time, where
    that is a time. A line that opens with a day and a clock time but no year ("8 January, 17:46") is of the last weeks
    before the fetch.
    """
    if fetched is None:
        return None
    moment = datetime.fromisoformat(fetched)
    for line in lines:
        age = age_of(line)
        if age is None:
            day = day_of_this_year(line, moment.date())
            if day is not None:
                return Stated(day.isoformat(), SOURCE)
            continue
        number, unit = age
        then = moment - timedelta(**{unit: number})
        if unit in DAYS:
            return Stated(then.date().isoformat(), SOURCE) if number * DAYS[unit] <= MAX_DAYS else None
        if "T" not in fetched:
            return None  # hours before an unknown time of a day
        return Stated(then.replace(second=0, microsecond=0).isoformat(), SOURCE)
    return None


def day_of_this_year(line: str, fetched_on: date) -> date | None:
    """Read a day and clock time without a year as the last such day before a fetch, if that is of the last weeks.

    >>> day_of_this_year("mandag 5. august kl. 14:47", date(2024, 8, 5))
    datetime.date(2024, 8, 5)
    >>> day_of_this_year("5. august 2019 kl. 14:47", date(2024, 8, 5)), day_of_this_year("5 May", date(2024, 8, 5))
    (None, None)
    """
    match = YEARLESS.match(line.strip()[:MAX_LINE])
    month = month_numbers().get(match[2].lower()) if match else None
    if match is None or month is None:
        return None
    for year in (fetched_on.year + 1, fetched_on.year, fetched_on.year - 1):
        try:
            day = date(year, month, int(match[1]))
        except ValueError:
            continue
        if timedelta(-1) <= fetched_on - day <= timedelta(MAX_DAYS):
            return day
    return None
