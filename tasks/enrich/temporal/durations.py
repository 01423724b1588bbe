"""Lengths of time: how TIMEX3 writes them, and the days that lie so far from another.

Offsets count whole days, months or years; parts of a day round away from the day counted from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from tasks.enrich.calendar import add_months, iso_week, quarter_of
from tasks.enrich.temporal.context import Context, Found
from tasks.enrich.temporal.numerals import Quantity

DAYS_IN = {"TS": 0.0, "TM": 0.0007, "TH": 1 / 24, "D": 1, "W": 7, "FN": 14}
MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit word in its place: `letter` as TIMEX3 writes it, and whether it is a plural."""

    index: int
    letter: str
    is_plural: bool


def shift(day: date, letter: str, count: Fraction) -> date:
    """Return `day` moved by `count` units; parts of a day round away from it."""
    if letter in MONTHS_IN:
        return add_months(day, round(count * MONTHS_IN[letter]))
    days = float(count) * DAYS_IN[letter]
    return day + timedelta(ceil(days) if days >= 0 else -ceil(-days))


def value_of_day(day: date, letter: str) -> str:
    """Write a shifted day as precisely as its unit says."""
    if letter in ("W", "FN"):
        return iso_week(day)
    if letter == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if letter == "Q":
        return f"{day.year:04d}-Q{quarter_of(day)}"
    if letter == "Y":
        return f"{day.year:04d}"
    if letter == "DE":
        return f"{day.year // 10:03d}"
    if letter == "CE":
        return f"{day.year // 100:02d}"
    return day.isoformat()


def period(letter: str, quantity: Quantity) -> str:
    """Write a duration as TIMEX3 does: P3D, PT2H, P2Y6M, PXW."""
    if quantity.is_vague:
        return {"DE": "PXDE", "CE": "PXC", "FN": "PXW"}.get(letter) or _wrap(letter, "X")
    count = quantity.high
    if letter in ("DE", "CE"):
        return f"P{_plain(count * (10 if letter == 'DE' else 100))}Y"
    if letter == "FN":
        return f"P{_plain(count * 2)}W"
    if letter == "Q" and count != 1:
        return f"P{_plain(count * 3)}M"
    whole, part = divmod(count, 1)
    if part and letter == "Y" and (part * 12).denominator == 1:
        return f"P{whole}Y{part * 12}M" if whole else f"P{part * 12}M"
    if part and letter == "TH" and (part * 60).denominator == 1:
        return f"PT{whole}H{part * 60}M" if whole else f"PT{part * 60}M"
    return _wrap(letter, _plain(count))


def _wrap(letter: str, count: str) -> str:
    return f"PT{count}{letter[1]}" if letter.startswith("T") else f"P{count}{letter}"


def _plain(count: Fraction) -> str:
    return str(count.numerator) if count.denominator == 1 else f"{float(count):.4g}"


def spanning(
    unit: Unit,
    quantity: Quantity,
    first: int,
    last: int,
    value: str,
    base: date | None,
    source: str,
    *,
    forward: bool,
) -> Found:
    """Build a duration with the days that it covers before or after `base`."""
    if base is None:
        return Found(first, last, value, "DURATION")
    try:
        far = shift(base, unit.letter, quantity.high if forward else -quantity.high)
        near = shift(base, unit.letter, quantity.low) if forward and quantity.low != quantity.high else base
    except OverflowError:
        return Found(first, last, value, "DURATION")
    begin, end = (near, far) if forward else (far, near)
    return Found(first, last, value, "DURATION", begin, end, base, source)


def reference(first: int, last: int, value: str, context: Context) -> Found:
    """Build a vague reference: open towards the future, closed by the day of publication towards the past."""
    source = "published" if context.anchor else "none"
    begin = context.anchor if value in ("FUTURE_REF", "PRESENT_REF") else None
    end = context.anchor if value in ("PAST_REF", "PRESENT_REF") else None
    return Found(first, last, value, "DATE", begin, end, context.anchor, source)
