"""Rules for counted and plural units of time: "three hours", "10 days ago", "the next few days", "recent weeks"."""

from __future__ import annotations

from fractions import Fraction

from tasks.enrich.temporal.comparison import comparison_rule
from tasks.enrich.temporal.context import Context, Found, dated
from tasks.enrich.temporal.days import date_within
from tasks.enrich.temporal.direction import FUTURE, PAST, direction
from tasks.enrich.temporal.durations import Unit, period, reference, shift, spanning, value_of_day
from tasks.enrich.temporal.lexicon import MODIFIERS, NEIGHBOURS, UNITS
from tasks.enrich.temporal.numerals import Quantity, quantity_before
from tasks.enrich.temporal.single_units import single_unit, year_end
from tasks.enrich.temporal.tokens import Tokens

_LASTING = NEIGHBOURS["lasting"]
_AMOUNT_WORDS = NEIGHBOURS["amount"]
_LENGTH_CUES = NEIGHBOURS["length"]


def unit_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read the expression around a word such as "day" or "weeks"."""
    word = tokens.words[index]
    unit = Unit(index, UNITS[word], word.endswith("s"))
    if word == "second" or (unit.letter == "TS" and tokens.is_capital(index)):
        return None  # the ordinal
    if word == "year":
        edge = year_end(tokens, index, floor, context)
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
    return single_unit(tokens, unit, floor, context)


def _counted(tokens: Tokens, unit: Unit, quantity: Quantity, floor: int, context: Context) -> Found | None:
    following = tokens.word(unit.index + 1)
    last = unit.index + 1
    if unit.letter == "Q" and (quantity.is_article or quantity.is_hyphenated or following == "of"):
        return None  # a fraction: "a quarter of", "three-quarters"
    if (
        unit.letter == "D"
        and not unit.is_plural
        and tokens.word(unit.index - 1) == "one"
        and _is_some_day(tokens, unit)
    ):
        return reference(quantity.first, last, "FUTURE_REF", context)
    if following in ("-", "old"):
        return _aged(tokens, unit, quantity, context)
    if (following == "or" and tokens.word(last + 1) == "so") or (
        quantity.is_article and following == "or" and tokens.word(last + 1) == "two"
    ):
        last, following = last + 2, tokens.word(last + 2)
    if following in ("a", "per", "each", "every") and tokens.word(last + 1) in UNITS:  # "five days a week"
        once = Quantity(last, Fraction(1), Fraction(1))
        return Found(quantity.first, last + 2, period(UNITS[tokens.word(last + 1)], once), "SET")
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


def _is_some_day(tokens: Tokens, unit: Unit) -> bool:
    """Tell "will one day be" from "in one day"."""
    if tokens.is_capital(unit.index - 1) and tokens.word(unit.index + 1) == ",":
        return True
    before = (tokens.word(unit.index - 2), tokens.word(unit.index - 3))
    return (
        before[0] in ("will", "would", "may", "might", "could", "can", "he", "she", "they", "to") or "hope" in before[1]
    )


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


def _shifted(
    tokens: Tokens,
    unit: Unit,
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
        return reference(first, last, "PAST_REF" if backward else "FUTURE_REF", context)
    base, source = context.base() if following in ("earlier", "later") else (context.anchor, "published")
    if base is None:
        return Found(first, last, "PAST_REF" if backward else "FUTURE_REF", modifier=modifier)
    if following == "later" and source == "published":  # later than something that the text has not dated
        return Found(first, last, period(unit.letter, quantity), "DURATION", modifier=modifier)
    try:
        day = shift(base, unit.letter, -quantity.high if backward else quantity.high)
    except OverflowError:
        return Found(first, last, "PAST_REF" if backward else "FUTURE_REF", modifier=modifier)
    found = dated(first, last, value_of_day(day, unit.letter), anchor_on=base, source=source, modifier=modifier)
    if unit.letter in ("TH", "TM", "TS"):  # "36 hours ago" may be either day
        if unit.letter != "TH":
            return dated(first, last, base.isoformat(), anchor_on=base, source=source, modifier=modifier)
        begin, end = min(day, base), max(day, base)
        return Found(first, last, found.value, "DATE", begin, end, base, source, modifier)
    return found


def _from_date(tokens: Tokens, unit: Unit, quantity: Quantity, first: int, last: int, context: Context) -> Found | None:
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
    return dated(first, after, value_of_day(day, unit.letter), anchor_on=target.begin_on, source="explicit")


def _aged(tokens: Tokens, unit: Unit, quantity: Quantity, context: Context) -> Found | None:
    """Read "the 3-year-old war": a length that also names when it began. Ages of people are no time expressions."""
    at = unit.index + 1
    if tokens.word(at) == "-" and tokens.word(at + 1) == "old":
        at += 1
    elif tokens.word(at) == "-" and tokens.word(at + 1) == "long":
        return Found(quantity.first, at + 2, period(unit.letter, quantity), "DURATION")
    elif tokens.word(at) == "-":
        return None if quantity.is_article else Found(quantity.first, at, period(unit.letter, quantity), "DURATION")
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
        source = dated(0, 0, value_of_day(origin, unit.letter))
        begin, end = source.begin_on, source.end_on
    anchor_source = "published" if context.anchor else "none"
    value = period(unit.letter, quantity)
    return Found(quantity.first, at + 1, value, "DURATION", begin, end, context.anchor, anchor_source)


def _per_unit(tokens: Tokens, unit: Unit, quantity: Quantity, floor: int) -> Found | None:
    """Read "$1 billion a year", "three times a week"."""
    before = tokens.word(quantity.first - 1)
    if before in _LENGTH_CUES or before in MODIFIERS or quantity.first - 1 < floor:
        return None
    near = range(max(0, quantity.first - 6), quantity.first)
    if any(tokens.words[k] in _AMOUNT_WORDS or tokens.words[k] in "$£€%" or tokens.words[k].isdecimal() for k in near):
        return Found(quantity.first, unit.index + 1, period(unit.letter, quantity), "SET")
    return None


def _duration(
    tokens: Tokens,
    unit: Unit,
    quantity: Quantity,
    first: int,
    last: int,
    floor: int,
    modifier: str | None,
    context: Context,
) -> Found | None:
    """Read a length of time, and its days where the words place it: "within two days", "the past three years"."""
    value = period(unit.letter, quantity)
    before = tokens.word(first - 1)
    if before in (
        "past",
        "last",
        "previous",
        "next",
        "coming",
        "following",
        "first",
        "final",
        "recent",
        "another",
        "latest",
    ):
        placed = first - 2 if tokens.word(first - 2) in ("the", "these") and first - 2 >= floor else first - 1
        if placed < floor:
            return Found(first, last, value, "DURATION", modifier=modifier)
        return _placed(tokens, unit, quantity, placed, last, before, value, context)
    if before == "in" and not quantity.is_vague and direction(tokens, first - 1, last) == FUTURE:
        return _ahead(unit, quantity, first, last, context, value)
    if before == "within" and direction(tokens, first - 1, last) != PAST and tokens.word(last) != "of":
        base, source = context.near_base()
        return spanning(unit, quantity, first, last, value, base, source, forward=True)
    if before in ("the", "these", "those") and first - 1 >= floor and not quantity.is_hyphenated:
        first -= 1
    return Found(first, last, value, "DURATION", modifier=modifier)


def _ahead(unit: Unit, quantity: Quantity, first: int, last: int, context: Context, value: str) -> Found:
    """Read "in 21 days" of something that will happen then."""
    if context.anchor is None or unit.letter.startswith("T"):
        return spanning(unit, quantity, first, last, value, context.anchor, "published", forward=True)
    try:
        day = shift(context.anchor, unit.letter, quantity.high)
    except OverflowError:
        return Found(first, last, value, "DURATION")
    return dated(first, last, value_of_day(day, unit.letter), anchor_on=context.anchor, source="published")


def _placed(
    tokens: Tokens, unit: Unit, quantity: Quantity, first: int, last: int, word: str, value: str, context: Context
) -> Found:
    if word == "recent":
        return reference(first, last, "PAST_REF", context)
    if word in ("past", "last", "previous"):
        return spanning(unit, quantity, first, last, value, context.anchor, "published", forward=False)
    if word in ("next", "coming", "following"):
        return spanning(unit, quantity, first, last, value, context.anchor, "published", forward=True)
    return Found(first, last, value, "DURATION")


def _plural(tokens: Tokens, unit: Unit, floor: int, context: Context) -> Found | None:
    """Read plural units without a number: "recent weeks", "years ago", "hours after", "for decades"."""
    index, letter = unit.index, unit.letter
    first, last = _joined_plurals(tokens, index, floor)
    before, following = tokens.word(first - 1), tokens.word(last)
    start = first - 1 if first - 1 >= floor else first
    vague = period(letter, Quantity(first, Fraction(2), Fraction(2), is_vague=True))
    if before in ("recent", "past", "previous"):
        return reference(start, last, "PAST_REF", context)
    if before == "coming":
        return reference(start, last, "FUTURE_REF", context)
    if following == "ago":
        return reference(first, last + 1, "PAST_REF", context)
    if following == "to" and tokens.word(last + 1) == "come":
        return reference(start if before == "the" else first, last + 2, "FUTURE_REF", context)
    if following == "ahead" and tokens.word(last + 1) != "of":
        return reference(start if before == "the" else first, last + 1, "FUTURE_REF", context)
    if following in ("maybe", "away") and letter not in ("TS", "TM"):
        return reference(first, last + 1, "FUTURE_REF", context)
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
