"""Rules for one unit with the word that places it: "last week", "this month", "every day", "that year"."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from tasks.enrich.calendar import add_months, iso_week
from tasks.enrich.temporal.context import Context, Found, dated
from tasks.enrich.temporal.days import date_within, period_prefix
from tasks.enrich.temporal.direction import PAST, direction
from tasks.enrich.temporal.durations import DAYS_IN, MONTHS_IN, Unit, period, spanning, value_of_day
from tasks.enrich.temporal.lexicon import APOSTROPHES, DASHES, NUMBERS, ORDINALS
from tasks.enrich.temporal.numerals import Quantity
from tasks.enrich.temporal.tokens import Tokens


def single_unit(tokens: Tokens, unit: Unit, floor: int, context: Context) -> Found | None:
    """Read a single unit with the word that places it: "last week", "this month", "every day", "that year"."""
    index, letter = unit.index, unit.letter
    before = tokens.word(index - 1) if index - 1 >= floor else ""
    if before in ("each", "every"):
        return Found(index - 1, index + 1, period(letter, Quantity(index, Fraction(1), Fraction(1))), "SET")
    if letter.startswith("T") or letter == "FN":
        return None
    if before in ("last", "past", "this", "next", "current", "coming", "previous", "following", "same", "that"):
        return _placed_period(tokens, unit, before, floor, context)
    if before == "the" and letter in ("Y", "W", "Q"):
        return _the_period(tokens, unit, floor, context)
    if before in ("full", "fiscal") and letter == "Y" and tokens.word(index - 2) in ("the", "current", "this"):
        return _year_of_anchor(tokens, index, index - 1, floor, context)
    return None


def _placed_period(tokens: Tokens, unit: Unit, before: str, floor: int, context: Context) -> Found | None:
    index, letter = unit.index, unit.letter
    if letter == "Y" and _owns_quarter(tokens, index):
        return None  # "this year's third quarter" is read by the quarter
    first = index - 1
    has_article = tokens.word(first - 1) == "the" and first - 1 >= floor
    if before in ("past", "last") and has_article:  # "over the past year": a length up to now
        quantity = Quantity(first, Fraction(1), Fraction(1))
        value = period(letter, quantity)
        return spanning(unit, quantity, first - 1, index + 1, value, context.anchor, "published", forward=False)
    if before in ("previous", "following", "same", "that") or (has_article and before == "next"):
        if letter == "D" or before != "next":
            base, source = context.base()
        else:
            base, source = context.anchor, "published"
    else:
        base, source = context.anchor, "published"
    first = first - 1 if has_article else first
    if tokens.word(first - 1) in ("earlier", "later") and first - 1 >= floor:
        first -= 1
        modifier = None
    else:
        first, modifier = period_prefix(tokens, first, floor)
    steps = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(before, 0)
    if before == "that" and not _points_back(tokens, unit, context):
        return None
    if base is None:
        return Found(first, index + 1, _placeholder(letter), modifier=modifier)
    try:
        day = _step(base, letter, steps)
    except OverflowError:
        return None
    if letter == "Y" and before in ("that", "following", "previous", "same") and context.year is not None:
        day = date(max(1, min(9999, context.year + steps)), 1, 1)
    return dated(first, index + 1, value_of_day(day, letter), anchor_on=base, source=source, modifier=modifier)


def _owns_quarter(tokens: Tokens, index: int) -> bool:
    if tokens.word(index + 1) not in APOSTROPHES or tokens.word(index + 2) != "s":
        return False
    at = index + 4 if tokens.word(index + 3) in ORDINALS else index + 3
    return tokens.word(at) == "quarter" or (tokens.word(at) in DASHES and tokens.word(at + 1) == "quarter")


def _points_back(tokens: Tokens, unit: Unit, context: Context) -> bool:
    """Tell whether "that day" means a day named before: one was, and no clause follows ("that year-round work")."""
    return context.reference_day is not None and tokens.word(unit.index + 1) != "-"


def _step(base: date, letter: str, steps: int) -> date:
    if letter in MONTHS_IN:
        return add_months(base.replace(day=1), steps * MONTHS_IN[letter])
    return base + timedelta(steps * int(DAYS_IN[letter]))


def _placeholder(letter: str) -> str:
    places = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "DE": "XXX", "CE": "XX"}
    return places.get(letter, "XXXX")


def _the_period(tokens: Tokens, unit: Unit, floor: int, context: Context) -> Found | None:
    index = unit.index
    if unit.letter == "Y":
        if tokens.word(index + 1) in NUMBERS or tokens.word(index + 1)[:1].isdecimal():
            return None  # "the year 2000", "the year two thousand"
        if tokens.word(index + 1) in ("ended", "ending"):
            return Found(index - 1, index + 1, "P1Y", "DURATION")
        if tokens.word(index - 2) in ("for", "of", "in", "throughout", "during") and tokens.word(index + 1) not in (
            "that",
            "when",
            *APOSTROPHES,
        ):
            return _year_of_anchor(tokens, index, index - 1, floor, context)
        return None
    if unit.letter == "W" and tokens.word(index + 1) == "of":
        target = date_within(tokens, index + 2, context)
        if target is not None and target.begin_on is not None and target.first <= index + 3:
            return dated(index - 1, target.last, iso_week(target.begin_on), anchor_on=target.begin_on)
    return None


def _year_of_anchor(tokens: Tokens, index: int, first: int, floor: int, context: Context) -> Found | None:
    if context.anchor is None:
        return None
    first = first - 1 if tokens.word(first - 1) == "the" and first - 1 >= floor else first
    first, modifier = period_prefix(tokens, first, floor)
    if tokens.word(first - 2) in ("earlier", "later") and tokens.word(first - 1) == "in" and first - 2 >= floor:
        first -= 2
    value = f"{context.anchor.year:04d}"
    return dated(first, index + 1, value, anchor_on=context.anchor, source="published", modifier=modifier)


def year_end(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "year-end", "the year's end", "year end": the last day of the year that closes, or has closed."""
    at = index + 1
    if tokens.word(at) in APOSTROPHES and tokens.word(at + 1) == "s":
        at += 2
    elif tokens.word(at) in DASHES:
        at += 1
    if tokens.word(at) != "end":
        return None
    before = tokens.word(index - 1) if index - 1 >= floor else ""
    first = index - 1 if before in ("the", "this", "last", "next") else index
    if context.anchor is None:
        return Found(first, at + 1, "XXXX-12-31")
    is_over = before == "last" or (before == "since") or direction(tokens, first, at + 1) == PAST
    year = context.anchor.year + (1 if before == "next" else -1 if is_over else 0)
    return dated(first, at + 1, f"{year:04d}-12-31", anchor_on=context.anchor, source="published")
