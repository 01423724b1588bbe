"""Read the quantities that stand before a unit of time: "10", "twenty-one", "2 1/2", "a few", "24 to 36"."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tasks.enrich.temporal.lexicon import DASHES, MULTIPLIERS, NUMBERS
from tasks.enrich.temporal.tokens import Tokens

#: Tokens looked at to the left of a unit: enough for "two thousand five hundred and twenty-one".
_REACH = 8
#: What vague quantities mean in days and weeks: used for bounds only, the TIMEX3 value says X.
_VAGUE = {"few": 3, "several": 5, "many": 10, "some": 3, "numerous": 10}


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, and where it begins. `is_vague` for "a few": the number is then only an idea of the size."""

    first: int
    low: Fraction
    high: Fraction
    is_vague: bool = False
    is_article: bool = False  # "a", "an": "a year"
    is_hyphenated: bool = False  # "ten-day"


def quantity_before(tokens: Tokens, unit: int, floor: int) -> Quantity | None:
    """Return the quantity that ends right before the token `unit`, not reaching left of `floor`."""
    last = unit - 1
    hyphenated = tokens.word(last) in DASHES and tokens.is_joined(last) and tokens.is_joined(unit)
    if hyphenated:
        last -= 1
    if last < floor:
        return None
    word = tokens.word(last)
    if word == "more" or word == "full":  # "two more weeks", "three full days"
        last -= 1
        word = tokens.word(last)
        if last < floor:
            return None
    found = _numeral_ending_at(tokens, last, floor)
    if found is not None:
        first, value = found
        return _with_lower_bound(tokens, first, value, floor, hyphenated)
    return _word_quantity(tokens, last, floor, word, hyphenated)


def _word_quantity(tokens: Tokens, last: int, floor: int, word: str, hyphenated: bool) -> Quantity | None:
    if word in ("a", "an"):
        if tokens.word(last - 1) == "half" and last - 1 >= floor:
            return Quantity(last - 1, Fraction(1, 2), Fraction(1, 2))
        return Quantity(last, Fraction(1), Fraction(1), is_article=True)
    if word == "of" and tokens.word(last - 1) == "couple":
        last, word = last - 1, "couple"
    if word == "couple":
        first = last - 1 if tokens.word(last - 1) == "a" and last - 1 >= floor else last
        return Quantity(max(first, floor), Fraction(2), Fraction(2))
    if word in _VAGUE:
        first = last - 1 if tokens.word(last - 1) == "a" and last - 1 >= floor else last
        size = Fraction(_VAGUE[word])
        return Quantity(first, size, size, is_vague=True, is_hyphenated=hyphenated)
    return None


def _with_lower_bound(tokens: Tokens, first: int, value: Fraction, floor: int, hyphenated: bool) -> Quantity:
    """Add the first number of "24 to 36" or "two or three"."""
    if tokens.word(first - 1) in ("to", "or", *DASHES) and first - 2 >= floor:
        lower = _numeral_ending_at(tokens, first - 2, floor)
        if lower is not None and lower[1] < value:
            return Quantity(lower[0], lower[1], value, is_hyphenated=hyphenated)
    return Quantity(first, value, value, is_hyphenated=hyphenated)


def _is_numeral(word: str) -> bool:
    return word in NUMBERS or word in MULTIPLIERS or word == "half" or (len(word) <= 9 and word.isdecimal())


def _numeral_ending_at(tokens: Tokens, last: int, floor: int) -> tuple[int, Fraction] | None:
    """Return where the longest numeral that ends at token `last` begins, and its value."""
    if not _is_numeral(tokens.word(last)):
        return None
    if tokens.word(last) == "half" and tokens.word(last - 1) == "-" and tokens.word(last - 2) == "a":
        at = last - 6  # "two-and-a-half"
        if at >= floor and tokens.words[at + 1 : at + 4] == ["-", "and", "-"]:
            whole = _numeral_ending_at(tokens, at, floor)
            return (whole[0], whole[1] + Fraction(1, 2)) if whole is not None else None
    if tokens.word(last) == "half" and tokens.word(last - 1) == "a":
        if tokens.word(last - 2) == "and" and last - 3 >= floor:  # "two and a half"
            whole = _numeral_ending_at(tokens, last - 3, floor)
            return (whole[0], whole[1] + Fraction(1, 2)) if whole is not None else None
        return (last - 1, Fraction(1, 2)) if last - 1 >= floor else None
    first = last
    while first > floor and last - first < _REACH:
        before = tokens.word(first - 1)
        joins = before in ("and", "/", ".", ",", "-") and first - 2 >= floor and _is_numeral(tokens.word(first - 2))
        if joins:
            first -= 2
        elif _is_numeral(before) or (before == "a" and tokens.word(first) in MULTIPLIERS):
            first -= 1
        else:
            break
    for start in range(max(first, floor), last + 1):
        value = _numeral_value(tokens.words[start : last + 1])
        if value is not None:
            return start, value
    return None


def _numeral_value(words: list[str]) -> Fraction | None:
    """Return the value of the words of a numeral, or None where they are none."""
    if words[0].isdecimal():
        return _digits_value(words)
    total, current = Fraction(0), Fraction(0)
    seen = False
    previous = 1000
    for word in words:
        if word in ("-", "and"):
            continue
        if word == "a" and not seen:
            current = Fraction(1)
        elif word in NUMBERS:
            number = NUMBERS[word]
            if seen and not (number < 10 <= previous and previous % 10 == 0):
                return None
            current, previous = current + number, number
        elif word in MULTIPLIERS:
            current = max(current, Fraction(1)) * MULTIPLIERS[word]
            previous = 1000
            if word == "thousand":
                total, current = total + current, Fraction(0)
        elif word == "half":
            current += Fraction(1, 2)
        else:
            return None
        seen = True
    return total + current if seen else None


def _digits_value(words: list[str]) -> Fraction | None:
    """Return the value of "10", "1,000", "2.5", "2 1/2", "1/2"."""
    match words:
        case [number] if number.isdecimal():
            return Fraction(int(number))
        case [number, ".", part] if part.isdecimal():
            return Fraction(f"{int(number)}.{part}")
        case [number, ",", group] if len(group) == 3 and group.isdecimal():
            return Fraction(int(number + group))
        case [whole, top, "/", bottom] if top.isdecimal() and bottom.isdecimal() and int(bottom):
            return int(whole) + Fraction(int(top), int(bottom))
        case [top, "/", bottom] if bottom.isdecimal() and int(bottom):
            return Fraction(int(top), int(bottom))
        case [number, "and", "a", "half"] | [number, "and", "half"]:
            return int(number) + Fraction(1, 2)
    if len(words) == 2 and words[1] in MULTIPLIERS:
        return Fraction(int(words[0]) * MULTIPLIERS[words[1]])
    return None
