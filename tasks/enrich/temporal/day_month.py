"""Read a month with the day and the year around it: "Aug. 6, 2025", "6th of August", "August 5-6", "May 2025"."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.enrich.calendar import days_in_month
from tasks.enrich.temporal.lexicon import (
    DASHES,
    MONTH_ABBREVIATIONS,
    MONTHS,
    NEIGHBOURS,
    ORDINAL_SUFFIXES,
    ORDINALS,
)
from tasks.enrich.temporal.tokens import Tokens

#: Months that are also words or names: they need a day, a year or a preposition beside them.
_AMBIGUOUS = frozenset({"may", "march"})
_NAMES = frozenset({"april", "june", "august"})
_PREPOSITIONS = NEIGHBOURS["before-month"]


@dataclass(frozen=True, slots=True)
class DayMonth:
    """A month as written, with what stands around it; tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    month: int
    day: int | None = None
    last_day: int | None = None  # of a range: August 5-6
    year: int | None = None


def read_day_month(tokens: Tokens, index: int, floor: int) -> DayMonth | None:
    """Return the date around the month name at `index`, or None where the word is no month."""
    word = tokens.words[index]
    month = MONTHS.get(word) or MONTH_ABBREVIATIONS.get(word)
    if month is None or not tokens.is_capital(index):
        return None
    after = index + 1
    if word in MONTH_ABBREVIATIONS and tokens.word(after) == "." and tokens.is_joined(after):
        after += 1
    found = _day_after(tokens, index, after, month) or _day_before(tokens, index, after, floor, month)
    if found is not None:
        return found
    year, last = read_year(tokens, after)
    if year is not None:
        return DayMonth(index, last, month, year=year)
    if word in MONTH_ABBREVIATIONS and (after == index + 1 or tokens.word(index - 1) not in _PREPOSITIONS):
        return None
    return None if _is_other_word(tokens, index, word) else DayMonth(index, after, month)


def _is_other_word(tokens: Tokens, index: int, word: str) -> bool:
    before, following = tokens.word(index - 1), tokens.word(index + 1)
    if word in _AMBIGUOUS:
        return before not in _PREPOSITIONS or following in ("have", "not", "be")
    # "June Smith", "April Ryan": a name
    return (
        word in _NAMES
        and (before not in _PREPOSITIONS or before in ("and", "or"))
        and tokens.is_capital(index + 1)
        and following not in MONTHS
        and following.isalpha()
    )


def read_year(tokens: Tokens, index: int) -> tuple[int | None, int]:
    """Return the year that follows at `index`, perhaps after a comma, and the token after it."""
    at = index + 1 if tokens.word(index) in (",", "of") else index
    number = tokens.number(at)
    if (
        number is not None
        and len(tokens.word(at)) == 4
        and 1000 <= number <= 2199
        and not _is_part_of_number(tokens, at)
    ):
        return number, at + 1
    return None, index


def _is_part_of_number(tokens: Tokens, index: int) -> bool:
    following = tokens.word(index + 1)
    joins = following in (".", ",", ":") and tokens.is_joined(index + 1) and tokens.is_joined(index + 2)
    return joins and tokens.word(index + 2).isdecimal()


def _day_after(tokens: Tokens, index: int, after: int, month: int) -> DayMonth | None:
    """Read "August 6", "Aug. 6th", "March eighth", "August 5-6, 2025"."""
    day = _day_number(tokens, after, month)
    if day is None or _is_part_of_number(tokens, after) or tokens.word(after + 1) == "%":
        return None
    last = after + 1
    if tokens.word(last) in ORDINAL_SUFFIXES and tokens.is_joined(last):
        last += 1
    last_day = None
    if tokens.word(last) in DASHES or tokens.word(last) in ("to", "and", "through"):
        second = _day_number(tokens, last + 1, month)
        plain = tokens.word(last + 1).isdecimal() and not _is_part_of_number(tokens, last + 1)
        if (
            second is not None
            and second > day
            and plain
            and tokens.word(last + 2) not in ("%", "percent", "people", ":")
        ):
            last_day, last = second, last + 2
    year, last = read_year(tokens, last)
    return DayMonth(index, last, month, day, last_day, year)


def _day_before(tokens: Tokens, index: int, after: int, floor: int, month: int) -> DayMonth | None:
    """Read "6 August", "the 6th of August 2025"."""
    at = index - 1
    if tokens.word(at) == "of":
        at -= 1
    if tokens.word(at) in ORDINAL_SUFFIXES and tokens.is_joined(at):
        at -= 1
    elif tokens.word(index - 1) == "of" and tokens.word(at) not in ORDINALS:
        return None
    day = _day_number(tokens, at, month)
    if day is None or at < floor or (tokens.is_joined(at) and tokens.word(at - 1) in ("$", "£", "€", ".", ":", "/")):
        return None
    year, last = read_year(tokens, after)
    first = tokens.number(at - 2) if tokens.word(at - 1) in DASHES and at - 2 >= floor else None
    if first is not None and 1 <= first < day:  # 5-6 August
        return DayMonth(at - 2, last, month, first, day, year)
    return DayMonth(at, last, month, day, None, year)


def _day_number(tokens: Tokens, index: int, month: int) -> int | None:
    word = tokens.word(index)
    day = ORDINALS.get(word)
    if day is not None and tokens.word(index + 1) in ("quarter", "-"):
        return None
    if day is None and len(word) <= 2 and word.isdecimal():
        day = int(word)
    return day if day is not None and 1 <= day <= days_in_month(2024, month) else None
