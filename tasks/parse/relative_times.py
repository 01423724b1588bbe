"""Read "19 minutes ago" beside a headline: with the time of the fetch it is the time of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from tasks.records import Stated

SOURCE = "fetch-time"
MAX_LINE = 60
MAX_DAYS = 31
UNITS = ("minutes", "hours", "days")


@cache
def _phrase() -> re.Pattern[str]:
    """Compile the phrases of `relative_times.tsv`."""
    lines = files("tasks.parse").joinpath("relative_times.tsv").read_text(encoding="utf-8").splitlines()
    words = dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))
    units = "|".join(f"(?P<{unit}>{words[unit]})" for unit in UNITS)
    return re.compile(
        rf"(?<!\w)(?P<before>(?:{words['before']})\s?)?(?P<number>\d{{1,3}}|an?|ein(?:er|em)?|une?)\s?(?:{units})(?!\w)"
        rf"(?P<behind>\s?(?:{words['behind']})(?!\w))?"
        rf"|(?<!\w)(?P<count>\d{{1,3}})\s?(?:(?P<east_minutes>분|分鐘|分钟|分)|(?P<east_hours>시간|小時|小时|時間)"
        rf"|(?P<east_days>일|天|日))\s?[전前]",
        re.IGNORECASE,
    )


def age_of(line: str) -> tuple[int, str] | None:
    """Read how long ago a short line says that something was: a number and its unit.

    >>> age_of("Published 19 minutes ago"), age_of("vor 2 Stunden"), age_of("2 hours of music")
    ((19, 'minutes'), (2, 'hours'), None)
    """
    for match in _phrase().finditer(line) if len(line) <= MAX_LINE else ():
        found = match.groupdict()
        if not (found["before"] or found["behind"] or found["count"]):
            continue
        text = found["number"] or found["count"]
        unit = next(unit for unit in UNITS if found[unit] or found[f"east_{unit}"])
        return (int(text) if text.isdecimal() else 1), unit
    return None


def before_fetch(lines: Iterable[str], fetched: str | None) -> Stated | None:
    """Date an article by the first of its lines that says how old it is; `fetched` is the ISO time of the fetch.

    An age in days gives a day; one in minutes or hours gives a time, with the offset of the fetch time.
    """
    if fetched is None or "T" not in fetched:
        return None
    for line in lines:
        age = age_of(line)
        if age is None:
            continue
        number, unit = age
        moment = datetime.fromisoformat(fetched) - timedelta(**{unit: number})
        if unit == "days":
            return Stated(moment.date().isoformat(), SOURCE) if number <= MAX_DAYS else None
        return Stated(moment.replace(second=0, microsecond=0).isoformat(), SOURCE)
    return None
