"""Rules for days: dates, weekdays, "today", and the parts of a day beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tasks.enrich.calendar import days_in_month
from tasks.enrich.temporal.context import Context, Found, dated
from tasks.enrich.temporal.day_month import DayMonth, read_day_month
from tasks.enrich.temporal.direction import FUTURE, PAST, UNKNOWN, direction
from tasks.enrich.temporal.lexicon import (
    APOSTROPHES,
    DASHES,
    MONTH_ABBREVIATIONS,
    MONTHS,
    NEIGHBOURS,
    PARTS_OF_DAY,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
)
from tasks.enrich.temporal.tokens import Tokens

#: A weekday falls on a day of the year again after eleven years at the latest, after six in most.
_WEEKDAY_YEARS = 6
#: Days after which a day of a month without its year is the coming one: who means last year's says so.
_LONG_PAST = 290
_RELATIVE_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
_OVERNIGHT_COMPOUNDS = NEIGHBOURS["overnight-compound"]
_WEEKS = {"last": -1, "this": 0, "next": 1}  # of weeks and years after a day or a month
_PAIRING = frozenset({"to", "through", "until", "and", "or"})
_PREFIX_MODIFIERS = {"early": "START", "late": "END", "earlier": None, "later": None}


def month_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read a date or a month by its month name."""
    spoken = read_day_month(tokens, index, floor)
    if spoken is None:
        return None
    if spoken.day is not None:
        return day_of_month(tokens, spoken, spoken.first, floor, context, None)
    return _month(tokens, spoken, floor, context)


def day_of_month(
    tokens: Tokens, spoken: DayMonth, first: int, floor: int, context: Context, weekday: int | None
) -> Found | None:
    """Give a day of a month its year, its part of the day and its days."""
    assert spoken.day is not None
    year, end = spoken.year, spoken.last
    source, anchor = "explicit", None
    if year is None and weekday is None and spoken.last_day is None:
        year, end = _year_after(tokens, spoken.last, context.anchor)
        if year is not None:
            source, anchor = "published", context.anchor
    if year is None:
        year = _year_of_day(tokens, spoken, first, context, weekday)
        source, anchor = ("published", context.anchor) if year is not None else ("none", None)
    elif spoken.day > days_in_month(max(year, 1), spoken.month):
        return None
    if spoken.year is None and first - 1 >= floor and tokens.word(first - 1) in ("each", "every"):
        return Found(first - 1, spoken.last, f"XXXX-{spoken.month:02d}-{spoken.day:02d}", "SET")
    head = f"{year:04d}" if year is not None else "XXXX"
    value = f"{head}-{spoken.month:02d}-{spoken.day:02d}"
    first, modifier = _prefix(tokens, first, floor)
    if spoken.last_day is not None:
        value = f"{value}/{head}-{spoken.month:02d}-{spoken.last_day:02d}"
        return dated(first, spoken.last, value, anchor_on=anchor, source=source)
    part, last = _part_after(tokens, end)
    return dated(first, last, value + part, anchor_on=anchor, source=source, modifier=modifier)


def _year_of_day(tokens: Tokens, spoken: DayMonth, first: int, context: Context, weekday: int | None) -> int | None:
    """Choose the year of a day of a month: the one its weekday fits, else by direction, else the nearest."""
    anchor = context.anchor
    if anchor is None:
        return None
    assert spoken.day is not None
    days = [
        date(year, spoken.month, spoken.day)
        for year in range(max(anchor.year - _WEEKDAY_YEARS, 1), min(anchor.year + 2, 9999))
        if spoken.day <= days_in_month(year, spoken.month)
    ]
    way = direction(tokens, first, spoken.last)
    if weekday is not None:
        fitting = [day for day in days if day.isoweekday() == weekday]
        told = [day for day in fitting if day <= anchor]
        if way == PAST and told:
            return told[-1].year
        days = fitting or days
    past = [day for day in days if day <= anchor]
    future = [day for day in days if day >= anchor]
    if weekday is None and way == PAST and past and (anchor - past[-1]).days <= _LONG_PAST:
        return past[-1].year
    if weekday is None and way == FUTURE and future:
        # "had until August 1": a limit that has passed is nearer than the one of the next year
        near = min(days, key=lambda day: abs((day - anchor).days))
        return future[0].year if (future[0] - anchor).days <= 200 else near.year
    return min(days, key=lambda day: abs((day - anchor).days)).year if days else None


def _month(tokens: Tokens, spoken: DayMonth, floor: int, context: Context) -> Found | None:
    first, last, anchor = spoken.first, spoken.last, context.anchor
    before = tokens.word(first - 1) if first - 1 >= floor else ""
    modifier = None
    if before in ("each", "every"):
        return Found(first - 1, last, f"XXXX-{spoken.month:02d}", "SET")
    if before in ("last", "next", "this", "past") or (before == "that" and context.year is not None):
        first -= 1
    else:
        first, modifier = period_prefix(tokens, first, floor)
    stated_year, last = _year_after(tokens, last, anchor)
    if stated_year is not None:
        value = f"{stated_year:04d}-{spoken.month:02d}"
        return dated(first, last, value, anchor_on=anchor, source="published", modifier=modifier)
    if spoken.year is not None:
        return dated(first, last, f"{spoken.year:04d}-{spoken.month:02d}", modifier=modifier)
    if anchor is None:
        return Found(first, last, f"XXXX-{spoken.month:02d}", modifier=modifier)
    if before == "that" and context.year is not None:  # "invaded in February 2022 and that September"
        value = f"{context.year:04d}-{spoken.month:02d}"
        return dated(first, last, value, anchor_on=context.reference_day, source="reference-day")
    year = _year_of_month(tokens, spoken, before, anchor)
    return dated(first, last, f"{year:04d}-{spoken.month:02d}", anchor_on=anchor, source="published", modifier=modifier)


def _year_after(tokens: Tokens, index: int, anchor: date | None) -> tuple[int | None, int]:
    """Read the year of "November last year" and the token after it."""
    steps = _WEEKS.get(tokens.word(index))
    if steps is None or tokens.word(index + 1) != "year" or anchor is None or tokens.word(index + 2) in APOSTROPHES:
        return None, index
    return anchor.year + steps, index + 2


def _year_of_month(tokens: Tokens, spoken: DayMonth, before: str, anchor: date) -> int:
    month, now = spoken.month, anchor.month
    if before == "this":
        return anchor.year
    if before == "last":
        return anchor.year if month < now - 1 else anchor.year - 1  # a month just over is "last month"
    if before == "next":
        return anchor.year if month > now else anchor.year + 1
    way = direction(tokens, spoken.first, spoken.last)
    if way == FUTURE:
        return anchor.year if month >= now else anchor.year + 1
    if month == now + 1 and way != PAST:  # a month about to begin, with no verb to say otherwise
        return anchor.year
    return anchor.year if month <= now else anchor.year - 1


def weekday_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read a weekday with what stands around it: "earlier on Wednesday", "Friday, Oct. 23", "next Monday evening"."""
    word = tokens.words[index]
    weekday = WEEKDAYS.get(word)
    after = index + 1
    if weekday is None:
        weekday = WEEKDAY_ABBREVIATIONS[word]
        if not tokens.is_capital(index):
            return None
        if tokens.word(after) == "." and tokens.is_joined(after):
            after += 1
    written_date = _date_after(tokens, after)
    if written_date is not None:
        first = index - 2 if tokens.word(index - 2) == "this" and tokens.word(index - 1) == "coming" else index
        found = day_of_month(tokens, written_date, max(first, floor), floor, context, weekday)
        is_another = found is not None and found.begin_on is not None and found.begin_on.isoweekday() != weekday
        # a text that names a weekday which the date is not: the date stands, without its weekday
        return replace(found, first=written_date.first) if found is not None and is_another else found
    if word not in WEEKDAYS:
        return None
    before = tokens.word(index - 1) if index - 1 >= floor else ""
    if before in ("each", "every"):
        return Found(index - 1, after, f"XXXX-WXX-{weekday}", "SET")
    return _single_weekday(tokens, index, after, weekday, before, floor, context)


def _single_weekday(
    tokens: Tokens, index: int, after: int, weekday: int, before: str, floor: int, context: Context
) -> Found:
    first, modifier = index, None
    if before in ("last", "next", "this", "coming", "past", "previous", "following"):
        first = index - 1
        if tokens.word(first - 1) in ("this", "the") and first - 1 >= floor:
            first -= 1
    else:
        first, modifier = _prefix(tokens, index, floor)
    part, last = _part_after(tokens, after)
    week = _WEEKS.get(tokens.word(last)) if tokens.word(last + 1) == "week" else None
    if week is not None and context.anchor is not None:  # "Friday last week"
        day = context.anchor + timedelta(weekday - context.anchor.isoweekday() + 7 * week)
        return dated(first, last + 2, day.isoformat() + part, anchor_on=context.anchor, source="published")
    found, source, base = _weekday_day(tokens, index, after, weekday, before, context)
    if found is None:
        return Found(first, last, f"XXXX-WXX-{weekday}{part}", "TIME" if part else "DATE", modifier=modifier)
    return dated(first, last, found.isoformat() + part, anchor_on=base, source=source, modifier=modifier)


def _weekday_day(
    tokens: Tokens, index: int, after: int, weekday: int, before: str, context: Context
) -> tuple[date | None, str, date | None]:
    anchor = context.anchor
    if before in ("previous", "following"):
        base, source = context.base()
        if base is None:
            return None, source, None
        gap = (
            (base.isoweekday() - weekday - 1) % 7 + 1
            if before == "previous"
            else (weekday - base.isoweekday() - 1) % 7 + 1
        )
        return base + timedelta(-gap if before == "previous" else gap), source, base
    if anchor is None:
        return None, "none", None
    opened = WEEKDAYS.get(tokens.word(index - 2)) if before in _PAIRING else None
    if opened is not None:  # "Monday through Friday", "both Friday and Saturday": the second follows the first
        begin, source, _ = _weekday_day(tokens, index - 2, index - 1, opened, "", context)
        second = begin + timedelta((weekday - opened) % 7) if begin else None
        is_told = begin is not None and second is not None and begin < anchor < second
        if not (before in ("and", "or") and is_told):
            return second, source, anchor
    back, ahead = (anchor.isoweekday() - weekday) % 7, (weekday - anchor.isoweekday()) % 7
    if before in ("last", "past"):
        return anchor - timedelta(back or 7), "published", anchor
    if before == "next":
        return anchor + timedelta(weekday + 7 - anchor.isoweekday()), "published", anchor
    way = direction(tokens, index, after)
    if before == "coming" or way == FUTURE:
        return anchor + timedelta(ahead), "published", anchor
    if before == "this" and way == UNKNOWN:
        return anchor + timedelta(weekday - anchor.isoweekday()), "published", anchor
    return anchor - timedelta(back), "published", anchor


def _date_after(tokens: Tokens, index: int) -> DayMonth | None:
    """Return the day of a month that follows a weekday: ", Oct. 23", " 6 August 2025"."""
    at = index + 1 if tokens.word(index) in (",", "(") else index
    if tokens.word(at) == "the":
        at += 1
    month = at
    while month < at + 4 and tokens.word(month) not in MONTHS and tokens.word(month) not in MONTH_ABBREVIATIONS:
        month += 1
    if month == at + 4 or month >= len(tokens.words):
        return None
    spoken = read_day_month(tokens, month, at)
    return spoken if spoken is not None and spoken.day is not None and spoken.first == at else None


def relative_day_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "today", "yesterday", "tomorrow", "tonight" with the part of the day beside them."""
    word = tokens.words[index]
    first, modifier = _prefix(tokens, index, floor)
    part, last = _part_after(tokens, index + 1)
    if word == "tonight":
        part = "TNI"
    if context.anchor is None:
        return Found(first, last, f"XXXX-XX-XX{part}", "TIME" if part else "DATE", modifier=modifier)
    day = context.anchor + timedelta(_RELATIVE_DAYS[word])
    if tokens.word(first - 1) == "before" and tokens.word(first - 2) == "day" and word == "yesterday":
        day -= timedelta(1)
        first = max(first - 2, floor)
    return dated(first, last, day.isoformat() + part, anchor_on=context.anchor, source="published", modifier=modifier)


def part_of_day_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "this morning", "last night", "later this afternoon", "the next morning", "that evening"."""
    before = tokens.word(index - 1) if index - 1 >= floor else ""
    part = f"T{PARTS_OF_DAY[tokens.words[index]]}"
    if before in ("each", "every"):
        return Found(index - 1, index + 1, f"XXXX-XX-XX{part}", "SET")
    if before in ("this", "last", "yesterday", "tomorrow"):
        base, source = context.anchor, "published"
        shift = -1 if before in ("last", "yesterday") else 1 if before == "tomorrow" else 0
    elif before in ("that", "same", "next", "following", "previous"):
        base, source = context.base()
        shift = 1 if before in ("next", "following") else -1 if before == "previous" else 0
    elif before in ("mid", "-") and (before == "mid" or tokens.word(index - 2) == "mid"):
        base, source = context.near_base()
        shift = 0
    else:
        return None
    first = index - 1 if before != "-" else index - 2
    if before in ("mid", "-"):
        beside = tokens.word(index + 1)
        if beside in ("yesterday", "today", "tomorrow") and context.anchor is not None:
            value = (context.anchor + timedelta(_RELATIVE_DAYS[beside])).isoformat() + part
            return dated(first, index + 2, value, anchor_on=context.anchor, source="published")
    if tokens.word(first - 1) == "the" and first - 1 >= floor:
        first -= 1
    first, modifier = _prefix(tokens, first, floor)
    if base is None:
        return Found(first, index + 1, f"XXXX-XX-XX{part}", "TIME", modifier=modifier)
    value = (base + timedelta(shift)).isoformat() + part
    return dated(first, index + 1, value, anchor_on=base, source=source, modifier=modifier)


def overnight_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "overnight" and "overnight from Tuesday to Wednesday": a night and the morning after it."""
    at = index + 1
    if tokens.word(at) in ("from", "between"):
        at += 1
    first_day, second_day = WEEKDAYS.get(tokens.word(at)), WEEKDAYS.get(tokens.word(at + 2))
    if first_day and second_day and tokens.word(at + 1) in ("to", "into", "and", "through", *DASHES):
        day, source, base = _weekday_day(tokens, at + 2, at + 3, second_day, "", context)
        if day is None:
            return Found(index, at + 3, f"XXXX-WXX-{first_day}TNI/XXXX-WXX-{second_day}", "DATE")
        begin = day - timedelta((second_day - first_day) % 7)
        value = f"{begin.isoformat()}TNI/{day.isoformat()}"
        return Found(index, at + 3, value, "DATE", begin, day, base, source)
    if at == index + 2 or tokens.word(index + 1) in WEEKDAYS or tokens.word(index + 1) in _OVERNIGHT_COMPOUNDS:
        return None
    base, source = context.near_base()
    if base is None:
        return Found(index, index + 1, "XXXX-XX-XXTNI", "TIME")
    night = base - timedelta(1)
    return Found(index, index + 1, f"{night.isoformat()}TNI", "TIME", night, base, base, source)


def _prefix(tokens: Tokens, first: int, floor: int) -> tuple[int, str | None]:
    """Take in "early", "later on", "late" before a day."""
    at = first - 1
    if tokens.word(at) == "on":
        at -= 1
    word = tokens.word(at)
    if at >= floor and word in _PREFIX_MODIFIERS:
        return at, _PREFIX_MODIFIERS[word]
    return first, None


def period_prefix(tokens: Tokens, first: int, floor: int) -> tuple[int, str | None]:
    """Take in "early", "mid-", "late", "the end of" before a month or a longer period."""
    at = first - 1
    if tokens.word(at) in DASHES:
        at -= 1
    if at >= floor and tokens.word(at) in ("early", "mid", "late"):
        return at, {"early": "START", "mid": "MID", "late": "END"}[tokens.word(at)]
    at = first - 1
    if tokens.word(at) == "the":
        at -= 1
    if tokens.word(at) == "in" and tokens.word(at - 1) in ("early", "late", "earlier", "later") and at - 1 >= floor:
        return at - 1, {"early": "START", "late": "END"}.get(tokens.word(at - 1))
    if tokens.word(at) == "of" and at - 1 >= floor:
        edge = {"start": "START", "beginning": "START", "middle": "MID", "end": "END"}.get(tokens.word(at - 1))
        if edge is not None:
            return (at - 2 if tokens.word(at - 2) == "the" and at - 2 >= floor else at - 1), edge
    return first, None


def _part_after(tokens: Tokens, index: int) -> tuple[str, int]:
    """Return the TIMEX3 part of the day that follows ("evening" gives TEV), and the token after it."""
    part = PARTS_OF_DAY.get(tokens.word(index))
    return (f"T{part}", index + 1) if part is not None else ("", index)


def date_within(tokens: Tokens, index: int, context: Context, reach: int = 5) -> Found | None:
    """Return the first date or weekday that begins among the `reach` tokens from `index`."""
    for at in range(index, min(index + reach, len(tokens.words))):
        word = tokens.words[at]
        if word in WEEKDAYS:
            return weekday_rule(tokens, at, index, context)
        if word in MONTHS or word in MONTH_ABBREVIATIONS:
            found = month_rule(tokens, at, index, context)
            return found if found is not None and found.value.count("-") == 2 else None
        if word in (".", ",", ";"):
            return None
    return None
