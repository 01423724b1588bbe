"""Rules for units of time: "three hours", "10 days ago", "last week", "the next few days", "every month"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from tasks.enrich.calendar import add_months, iso_week, quarter_of
from tasks.enrich.temporal.comparison import comparison_rule
from tasks.enrich.temporal.context import Context, Found, dated
from tasks.enrich.temporal.days import date_within, period_prefix
from tasks.enrich.temporal.direction import FUTURE, PAST, direction
from tasks.enrich.temporal.lexicon import APOSTROPHES, DASHES, MODIFIERS, NUMBERS, ORDINALS, UNITS
from tasks.enrich.temporal.numerals import Quantity, quantity_before
from tasks.enrich.temporal.tokens import Tokens
from tasks.enrich.word_lists import read_sections

_LASTING = frozenset(read_sections("temporal/lasting.txt")["lasting"])
_DAYS_IN = {"TS": 0.0, "TM": 0.0007, "TH": 1 / 24, "D": 1, "W": 7, "FN": 14}
_MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
_AMOUNT_WORDS = frozenset("million billion trillion times once twice percent dollars euros pounds per hours people".split())
_LENGTH_CUES = frozenset(
    "for within after in over about nearly almost than just only of until before at during lasting take takes took "
    "least most lasted and or is was be another spend spent with".split()
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit word in its place: `letter` as TIMEX3 writes it, and whether it is a plural."""

    index: int
    letter: str
    is_plural: bool


def unit_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read the expression around a word such as "day" or "weeks"."""
    word = tokens.words[index]
    unit = _Unit(index, UNITS[word], word.endswith("s"))
    if word == "second" or (unit.letter == "TS" and tokens.is_capital(index)):
        return None  # the ordinal
    if word == "year":
        edge = _year_end(tokens, index, floor, context)
        if edge is not None:
            return edge
    compared = comparison_rule(tokens, index, floor, context)
    if compared is not None:
        return compared
    quantity = quantity_before(tokens, index, floor)
    if quantity is not None:
        return _counted(tokens, unit, quantity, floor, context)
    if unit.is_plural:
        return _plural(tokens, unit, floor, context)
    return _singular(tokens, unit, floor, context)


def _year_end(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
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


def _counted(tokens: Tokens, unit: _Unit, quantity: Quantity, floor: int, context: Context) -> Found | None:
    following = tokens.word(unit.index + 1)
    last = unit.index + 1
    if unit.letter == "Q" and (quantity.is_article or quantity.is_hyphenated or following == "of"):
        return None  # a fraction: "a quarter of", "three-quarters"
    if unit.letter == "D" and not unit.is_plural and tokens.word(unit.index - 1) == "one" and _is_some_day(tokens, unit):
        return _reference(quantity.first, last, "FUTURE_REF", context)
    if following in ("-", "old"):
        return _aged(tokens, unit, quantity, context)
    if following == "or" and tokens.word(last + 1) == "so":
        last, following = last + 2, tokens.word(last + 2)
    elif quantity.is_article and following == "or" and tokens.word(last + 1) == "two":
        last, following = last + 2, tokens.word(last + 2)
    first, modifier = _approximation(tokens, quantity.first, floor)
    if following in ("ago", "earlier", "later", "hence") or (following == "from" and tokens.word(last + 1) == "now"):
        return _shifted(tokens, unit, quantity, first, last, following, modifier, context)
    distant = _from_date(tokens, unit, quantity, first, last, context)
    if distant is not None:
        return distant
    if quantity.is_article:
        repeated = _per_unit(tokens, unit, quantity, floor)
        if repeated is not None:
            return repeated
    return _duration(tokens, unit, quantity, first, last, floor, modifier, context)


def _is_some_day(tokens: Tokens, unit: _Unit) -> bool:
    """Tell "will one day be" from "in one day"."""
    if tokens.is_capital(unit.index - 1) and tokens.word(unit.index + 1) == ",":
        return True
    before = (tokens.word(unit.index - 2), tokens.word(unit.index - 3))
    return before[0] in ("will", "would", "may", "might", "could", "can", "he", "she", "they", "to") or "hope" in before[1]


def _approximation(tokens: Tokens, first: int, floor: int) -> tuple[int, str | None]:
    """Take in "about", "nearly", "more than", "up to" before a quantity."""
    before = tokens.word(first - 1) if first - 1 >= floor else ""
    if before in MODIFIERS:
        return first - 1, MODIFIERS[before]
    pair = (tokens.word(first - 2), before) if first - 2 >= floor else ("", before)
    modifier = {
        ("more", "than"): "MORE_THAN",
        ("less", "than"): "LESS_THAN",
        ("fewer", "than"): "LESS_THAN",
        ("at", "least"): "EQUAL_OR_MORE",
        ("at", "most"): "EQUAL_OR_LESS",
        ("up", "to"): "EQUAL_OR_LESS",
    }.get(pair)
    return (first - 2, modifier) if modifier else (first, None)


def shift(day: date, letter: str, count: Fraction) -> date:
    """Return `day` moved by `count` units; parts of a day round away from it."""
    if letter in _MONTHS_IN:
        return add_months(day, round(count * _MONTHS_IN[letter]))
    days = float(count) * _DAYS_IN[letter]
    return day + timedelta(ceil(days) if days >= 0 else -ceil(-days))


def _value_of_day(day: date, letter: str) -> str:
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


def _shifted(
    tokens: Tokens,
    unit: _Unit,
    quantity: Quantity,
    first: int,
    last: int,
    following: str,
    modifier: str | None,
    context: Context,
) -> Found:
    backward = following in ("ago", "earlier")
    last += 2 if following == "from" else 1
    if quantity.is_vague:
        return _reference(first, last, "PAST_REF" if backward else "FUTURE_REF", context)
    base, source = context.base() if following in ("earlier", "later") else (context.anchor, "published")
    if base is None:
        return Found(first, last, "PAST_REF" if backward else "FUTURE_REF", modifier=modifier)
    try:
        day = shift(base, unit.letter, -quantity.high if backward else quantity.high)
    except OverflowError:
        return Found(first, last, "PAST_REF" if backward else "FUTURE_REF", modifier=modifier)
    found = dated(first, last, _value_of_day(day, unit.letter), anchor_on=base, source=source, modifier=modifier)
    if unit.letter in ("TH", "TM", "TS"):  # "36 hours ago" may be either day
        if unit.letter != "TH":
            return dated(first, last, base.isoformat(), anchor_on=base, source=source, modifier=modifier)
        begin, end = min(day, base), max(day, base)
        return Found(first, last, found.value, "DATE", begin, end, base, source, modifier)
    return found


def _from_date(
    tokens: Tokens, unit: _Unit, quantity: Quantity, first: int, last: int, context: Context
) -> Found | None:
    """Read "two days ahead of Trump's August 8 deadline", "a day before Friday": a day counted from a date."""
    following = tokens.word(last)
    after = last + 1
    if following in ("ahead", "prior") and tokens.word(after) in ("of", "to"):
        after += 1
    elif following not in ("before", "after"):
        return None
    target = date_within(tokens, after, context)
    if target is None or target.begin_on is None or quantity.is_vague:
        return None
    try:
        day = shift(target.begin_on, unit.letter, quantity.high if following == "after" else -quantity.high)
    except OverflowError:
        return None
    return dated(first, after, _value_of_day(day, unit.letter), anchor_on=target.begin_on, source="explicit")


def _aged(tokens: Tokens, unit: _Unit, quantity: Quantity, context: Context) -> Found | None:
    """Read "the 3-year-old war": a length that also names when it began. Ages of people are no time expressions."""
    at = unit.index + 1
    if tokens.word(at) == "-" and tokens.word(at + 1) == "old":
        at += 1
    elif tokens.word(at) == "-" and tokens.word(at + 1) == "long":
        return Found(quantity.first, at + 2, _period(unit.letter, quantity), "DURATION")
    elif tokens.word(at) == "-":
        return None if quantity.is_article else Found(quantity.first, at, _period(unit.letter, quantity), "DURATION")
    else:
        return None
    if not any(word in _LASTING for word in tokens.words[at + 1 : at + 4]):
        return None
    begin = end = None
    if context.anchor is not None:
        try:
            origin = shift(context.anchor, unit.letter, -quantity.high)
        except OverflowError:
            return None
        source = dated(0, 0, _value_of_day(origin, unit.letter))
        begin, end = source.begin_on, source.end_on
    anchor_source = "published" if context.anchor else "none"
    value = _period(unit.letter, quantity)
    return Found(quantity.first, at + 1, value, "DURATION", begin, end, context.anchor, anchor_source)


def _per_unit(tokens: Tokens, unit: _Unit, quantity: Quantity, floor: int) -> Found | None:
    """Read "$1 billion a year", "three times a week"."""
    before = tokens.word(quantity.first - 1)
    if before in _LENGTH_CUES or before in MODIFIERS or quantity.first - 1 < floor:
        return None
    near = range(max(0, quantity.first - 6), quantity.first)
    if any(tokens.words[k] in _AMOUNT_WORDS or tokens.words[k] in "$£€%" or tokens.words[k].isdecimal() for k in near):
        return Found(quantity.first, unit.index + 1, _period(unit.letter, quantity), "SET")
    return None


def _period(letter: str, quantity: Quantity) -> str:
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


def _duration(
    tokens: Tokens,
    unit: _Unit,
    quantity: Quantity,
    first: int,
    last: int,
    floor: int,
    modifier: str | None,
    context: Context,
) -> Found | None:
    """Read a length of time, and its days where the words place it: "within two days", "the past three years"."""
    value = _period(unit.letter, quantity)
    before = tokens.word(first - 1)
    if before in ("past", "last", "previous", "next", "coming", "following", "first", "final", "recent", "another", "latest"):
        placed = first - 2 if tokens.word(first - 2) in ("the", "these") and first - 2 >= floor else first - 1
        if placed < floor:
            return Found(first, last, value, "DURATION", modifier=modifier)
        return _placed(tokens, unit, quantity, placed, last, before, value, context)
    if before == "in" and not quantity.is_vague and direction(tokens, first - 1, last) == FUTURE:
        return _ahead(unit, quantity, first, last, context, value)
    if before == "within" and direction(tokens, first - 1, last) != PAST and tokens.word(last) != "of":
        base, source = context.near_base()
        return _spanning(unit, quantity, first, last, value, base, source, forward=True)
    if before in ("the", "these", "those") and first - 1 >= floor and not quantity.is_hyphenated:
        first -= 1
    return Found(first, last, value, "DURATION", modifier=modifier)


def _ahead(
    unit: _Unit, quantity: Quantity, first: int, last: int, context: Context, value: str
) -> Found:
    """Read "in 21 days" of something that will happen then."""
    if context.anchor is None or unit.letter.startswith("T"):
        return _spanning(unit, quantity, first, last, value, context.anchor, "published", forward=True)
    try:
        day = shift(context.anchor, unit.letter, quantity.high)
    except OverflowError:
        return Found(first, last, value, "DURATION")
    return dated(first, last, _value_of_day(day, unit.letter), anchor_on=context.anchor, source="published")


def _placed(
    tokens: Tokens, unit: _Unit, quantity: Quantity, first: int, last: int, word: str, value: str, context: Context
) -> Found:
    if word == "recent":
        return _reference(first, last, "PAST_REF", context)
    if word in ("past", "last", "previous"):
        return _spanning(unit, quantity, first, last, value, context.anchor, "published", forward=False)
    if word in ("next", "coming", "following"):
        return _spanning(unit, quantity, first, last, value, context.anchor, "published", forward=True)
    return Found(first, last, value, "DURATION")


def _spanning(
    unit: _Unit,
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


def _reference(first: int, last: int, value: str, context: Context) -> Found:
    """Build a vague reference: open towards the future, closed by the day of publication towards the past."""
    source = "published" if context.anchor else "none"
    begin = context.anchor if value in ("FUTURE_REF", "PRESENT_REF") else None
    end = context.anchor if value in ("PAST_REF", "PRESENT_REF") else None
    return Found(first, last, value, "DATE", begin, end, context.anchor, source)


def _plural(tokens: Tokens, unit: _Unit, floor: int, context: Context) -> Found | None:
    """Read plural units without a number: "recent weeks", "years ago", "hours after", "for decades"."""
    index, letter = unit.index, unit.letter
    first, last = _joined_plurals(tokens, index, floor)
    before, following = tokens.word(first - 1), tokens.word(last)
    start = first - 1 if first - 1 >= floor else first
    vague = _period(letter, Quantity(first, Fraction(2), Fraction(2), is_vague=True))
    if before in ("recent", "past", "previous"):
        return _reference(start, last, "PAST_REF", context)
    if before == "coming":
        return _reference(start, last, "FUTURE_REF", context)
    if following == "ago":
        return _reference(first, last + 1, "PAST_REF", context)
    if following == "to" and tokens.word(last + 1) == "come":
        return _reference(start if before == "the" else first, last + 2, "FUTURE_REF", context)
    if following == "ahead" and tokens.word(last + 1) != "of":
        return _reference(start if before == "the" else first, last + 1, "FUTURE_REF", context)
    if following in ("maybe", "away") and letter not in ("TS", "TM"):
        return _reference(first, last + 1, "FUTURE_REF", context)
    if following in ("before", "after", "later", "earlier") and letter not in ("TS", "TM"):
        return Found(first, last, vague, "DURATION")
    if before in ("for", "within", "in", "over", "after", "of", "many") and following not in ("of", "'", "’"):
        return Found(first, last, vague, "DURATION")
    return None


def _joined_plurals(tokens: Tokens, index: int, floor: int) -> tuple[int, int]:
    """Take in both units of "days and weeks"."""
    first, last = index, index + 1
    if tokens.word(last) in ("and", "or") and tokens.word(last + 1) in UNITS and tokens.word(last + 1).endswith("s"):
        last += 2
    return max(first, floor), last


def _singular(tokens: Tokens, unit: _Unit, floor: int, context: Context) -> Found | None:
    """Read a single unit with the word that places it: "last week", "this month", "every day", "that year"."""
    index, letter = unit.index, unit.letter
    before = tokens.word(index - 1) if index - 1 >= floor else ""
    if before in ("each", "every"):
        return Found(index - 1, index + 1, _period(letter, Quantity(index, Fraction(1), Fraction(1))), "SET")
    if letter.startswith("T") or letter == "FN":
        return None
    if before in ("last", "past", "this", "next", "current", "coming", "previous", "following", "same", "that"):
        return _placed_period(tokens, unit, before, floor, context)
    if before == "the" and letter in ("Y", "W", "Q"):
        return _the_period(tokens, unit, floor, context)
    if before in ("full", "fiscal") and letter == "Y" and tokens.word(index - 2) in ("the", "current", "this"):
        return _year_of_anchor(tokens, index, index - 1, floor, context)
    return None


def _placed_period(tokens: Tokens, unit: _Unit, before: str, floor: int, context: Context) -> Found | None:
    index, letter = unit.index, unit.letter
    if letter == "Y" and _owns_quarter(tokens, index):
        return None  # "this year's third quarter" is read by the quarter
    first = index - 1
    has_article = tokens.word(first - 1) == "the" and first - 1 >= floor
    if before in ("past", "last") and has_article:  # "over the past year": a length up to now
        quantity = Quantity(first, Fraction(1), Fraction(1))
        value = _period(letter, quantity)
        return _spanning(unit, quantity, first - 1, index + 1, value, context.anchor, "published", forward=False)
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
    return dated(first, index + 1, _value_of_day(day, letter), anchor_on=base, source=source, modifier=modifier)


def _owns_quarter(tokens: Tokens, index: int) -> bool:
    if tokens.word(index + 1) not in APOSTROPHES or tokens.word(index + 2) != "s":
        return False
    at = index + 4 if tokens.word(index + 3) in ORDINALS else index + 3
    return tokens.word(at) == "quarter" or (tokens.word(at) in DASHES and tokens.word(at + 1) == "quarter")


def _points_back(tokens: Tokens, unit: _Unit, context: Context) -> bool:
    """Tell whether "that day" means a day named before: one was, and no clause follows ("that year-round work")."""
    return context.reference_day is not None and tokens.word(unit.index + 1) != "-"


def _step(base: date, letter: str, steps: int) -> date:
    if letter in _MONTHS_IN:
        return add_months(base.replace(day=1), steps * _MONTHS_IN[letter])
    return base + timedelta(steps * int(_DAYS_IN[letter]))


def _placeholder(letter: str) -> str:
    places = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "DE": "XXX", "CE": "XX"}
    return places.get(letter, "XXXX")


def _the_period(tokens: Tokens, unit: _Unit, floor: int, context: Context) -> Found | None:
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
