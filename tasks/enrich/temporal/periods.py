"""Rules for longer periods: years, decades, quarters, halves, seasons, weekends, holidays, and ISO dates."""

from __future__ import annotations

from datetime import date, timedelta

from tasks.enrich.calendar import holiday, iso_week, quarter_of
from tasks.enrich.temporal.context import Context, Found, dated
from tasks.enrich.temporal.days import period_prefix
from tasks.enrich.temporal.direction import FUTURE, PAST, direction
from tasks.enrich.temporal.lexicon import DASHES, DECADE_WORDS, HOLIDAYS, NEIGHBOURS, NUMBERS, ORDINALS, SEASONS
from tasks.enrich.temporal.tokens import Tokens, tokenize

_COUNTED = NEIGHBOURS["counted"]
_BEFORE_YEAR = NEIGHBOURS["before-year"]
#: Days within which a holiday is the nearest one, whatever the tense.
_NEAR_HOLIDAY = 45
_PERIOD_WORDS = frozenset({"period", "quarter"})
_HOLIDAY_NAMES = {tuple(tokenize(name).words): rule for name, rule in HOLIDAYS.items()}
HOLIDAY_WORDS = frozenset(name[0] for name in _HOLIDAY_NAMES)


def number_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read a four-digit year, an ISO date or a decade in numerals."""
    word = tokens.words[index]
    if len(word) != 4 or not word.isascii():
        return None
    if tokens.is_joined(index) and tokens.word(index - 1) not in ("-", "–", "—", "(", "'", '"', "“", "‘", "/", "["):
        return None
    iso = _iso_date(tokens, index)
    if iso is not None:
        return iso
    year = int(word)
    if not 1500 <= year <= 2100:
        return None
    if tokens.word(index + 1) == "s" and tokens.is_joined(index + 1) and year % 10 == 0:
        first, modifier = period_prefix(tokens, index, floor)
        first = _article(tokens, first, floor) if modifier is None else first
        return dated(first, index + 2, word[:3], modifier=modifier)
    return _year(tokens, index, floor, year)


def _iso_date(tokens: Tokens, index: int) -> Found | None:
    parts = tokens.words[index : index + 5]
    if len(parts) < 5 or parts[1] != "-" or parts[3] != "-" or len(parts[2]) != 2 or len(parts[4]) != 2:
        return None
    if not all(tokens.is_joined(k) for k in range(index + 1, index + 5)):
        return None
    try:
        day = date.fromisoformat("".join(parts))
    except ValueError:
        return None
    return dated(index, index + 5, day.isoformat())


def _article(tokens: Tokens, first: int, floor: int) -> int:
    return first - 1 if tokens.word(first - 1) == "the" and first - 1 >= floor else first


def _year(tokens: Tokens, index: int, floor: int, year: int) -> Found | None:
    before, following = tokens.word(index - 1), tokens.word(index + 1)
    if before in ("$", "£", "€", "#", "no", "/") or following in ("%", "°"):
        return None
    joined = tokens.is_joined(index + 1)
    if (
        joined
        and following in (".", ",", ":", "/")
        and tokens.is_joined(index + 2)
        and tokens.word(index + 2).isdecimal()
    ):
        return None
    if following in _PERIOD_WORDS or (following == "fiscal" and tokens.word(index + 2) in ORDINALS):
        return None  # "the 1988 period", "the 1988 second quarter": read by their last words
    if following in ORDINALS and tokens.word(index + 2) in _PERIOD_WORDS:
        return None
    if following in _COUNTED or (joined and following.isalnum()) or tokens.word(index + 2) in _COUNTED:
        return None
    if before not in _BEFORE_YEAR and not 1900 <= year <= 2039:
        return None
    if year < 1900 and before not in ("in", "since", "until", "of"):
        return None
    start = _article(tokens, index - 1, floor) if before == "year" and index - 1 >= floor else index
    first, modifier = period_prefix(tokens, start, floor)
    if before == "fiscal" and first == index and index - 1 >= floor:
        first = index - 1
    return dated(first, index + 1, f"{year:04d}", modifier=modifier)


def spoken_year_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read a year in words: "nineteen ninety-six", "two thousand one"."""
    at = index + 1
    if tokens.words[index] == "two":
        return _two_thousand(tokens, index, floor)
    tens = NUMBERS.get(tokens.word(at), 0)
    if tens < 10 or tens > 90:
        return None
    last = at + 1
    if tokens.word(last) in DASHES and tokens.is_joined(last):
        last += 1
    ones = NUMBERS.get(tokens.word(last), 0) if tens >= 20 else 0
    last = last + 1 if 1 <= ones <= 9 else at + 1
    year = 1900 + tens + (ones if 1 <= ones <= 9 else 0)
    return dated(index, last, f"{year:04d}")


def _two_thousand(tokens: Tokens, index: int, floor: int) -> Found | None:
    if tokens.word(index - 1) != "year" or tokens.word(index + 1) != "thousand" or index - 1 < floor:
        return None
    last = index + 3 if tokens.word(index + 2) == "and" else index + 2
    ones = NUMBERS.get(tokens.word(last), 0)
    last = last + 1 if ones else index + 2
    return dated(_article(tokens, index - 1, floor), last, f"{2000 + ones:04d}")


def decade_word_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "the nineties": the last decade of that name."""
    if tokens.word(index - 1) != "the" and tokens.word(index - 1) not in ("early", "mid", "late", "-"):
        return None
    if tokens.word(index - 2) in ("in", "into") and tokens.word(index - 3) == "temperatures":
        return None
    first, modifier = period_prefix(tokens, index, floor)
    first = _article(tokens, first, floor)
    number = DECADE_WORDS[tokens.words[index]]
    base = context.anchor.year if context.anchor else 2000
    century = base // 100 if number * 10 <= base % 100 else base // 100 - 1
    return dated(first, index + 1, f"{century:02d}{number}", modifier=modifier)


def quarter_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "third quarter", "first half", with the year around them; `index` is the ordinal."""
    ordinal = ORDINALS[tokens.words[index]]
    at = index + 1
    if tokens.word(at) in DASHES and tokens.is_joined(at):
        at += 1
    kind = tokens.word(at)
    if kind in ("quarter", "quarters") and 1 <= ordinal <= 4:
        letter = "Q"
    elif kind == "half" and ordinal <= 2 and tokens.word(at + 1) in ("of", "results", "profit", "earnings"):
        letter = "H"
    else:
        return None
    first, last = index, at + 1
    year, first, last = _year_around(tokens, first, last, floor, context)
    if letter == "H" and year is None:
        return None
    if year is None:
        if context.anchor is None:
            return Found(first, last, f"XXXX-Q{ordinal}")
        year = _year_of_quarter(tokens, first, last, ordinal, context.anchor)
        first = _article(tokens, first, floor)
        value = f"{year:04d}-Q{ordinal}"
        return dated(first, last, value, anchor_on=context.anchor, source="published")
    return dated(_article(tokens, first, floor), last, f"{year:04d}-{letter}{ordinal}")


def _year_around(tokens: Tokens, first: int, last: int, floor: int, context: Context) -> tuple[int | None, int, int]:
    """Find the year of a quarter: "the 1988 second quarter", "this year's third quarter", "the first half of 2025"."""
    if tokens.word(first - 1) == "fiscal" and first - 1 >= floor:
        first -= 1
    before = tokens.number(first - 1) if first - 1 >= floor else None
    if before is not None and 1900 <= before <= 2100:
        return before, first - 1, last
    at = last + 1 if tokens.word(last) in ("of", "in") else last
    after = tokens.number(at)
    if after is not None and 1900 <= after <= 2100 and len(tokens.word(at)) == 4:
        return after, first, at + 1
    anchor = context.anchor
    if anchor is not None and tokens.word(last) == "of" and tokens.word(last + 2) == "year":
        shift = {"this": 0, "the": 0, "last": -1, "next": 1}.get(tokens.word(last + 1))
        if shift is not None:
            return anchor.year + shift, first, last + 3
    owner = [tokens.word(k) for k in range(first - 4, first)]
    if anchor is not None and first - 4 >= floor and owner[1] == "year" and owner[3] == "s":
        shift = {"this": 0, "last": -1, "next": 1}.get(owner[0])
        if shift is not None:
            return anchor.year + shift, first - 4, last
    return None, first, last


def _year_of_quarter(tokens: Tokens, first: int, last: int, ordinal: int, anchor: date) -> int:
    """Choose the year of a bare quarter: results are reported of a quarter that has begun."""
    ahead = ordinal - quarter_of(anchor)
    if ahead <= 0:
        return anchor.year if ahead > -3 or direction(tokens, first, last) != FUTURE else anchor.year + 1
    if ahead >= 2 or (ahead == 1 and direction(tokens, first, last) == PAST):
        return anchor.year if ahead == 1 or direction(tokens, first, last) == FUTURE else anchor.year - 1
    return anchor.year


def short_quarter_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "Q1 2025" and "Q3"."""
    number = tokens.number(index + 1)
    if number is None or not 1 <= number <= 4 or not tokens.is_joined(index + 1) or not tokens.is_capital(index):
        return None
    year, first, last = _year_around(tokens, index, index + 2, floor, context)
    first, modifier = period_prefix(tokens, first, floor)
    if year is None and context.anchor is None:
        return Found(first, last, f"XXXX-Q{number}", modifier=modifier)
    anchor, source = None, "explicit"
    if year is None and context.anchor is not None:
        year, anchor, source = (
            _year_of_quarter(tokens, first, last, number, context.anchor),
            context.anchor,
            "published",
        )
    found = dated(first, last, f"{year:04d}-Q{number}", anchor_on=anchor, source=source)
    if modifier == "END":
        return Found(first, last, found.value, "DATE", found.end_on, found.end_on, anchor, source, modifier)
    return found


def season_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read a season with the word or year that makes it a time: "last fall", "in the spring", "winter 2024"."""
    word, letters = tokens.words[index], SEASONS[tokens.words[index]]
    before = tokens.word(index - 1) if index - 1 >= floor else ""
    after = index + 2 if tokens.word(index + 1) == "of" else index + 1
    year = tokens.number(after)
    if year is not None and 1900 <= year <= 2100 and len(tokens.word(after)) == 4:
        first, modifier = period_prefix(tokens, index, floor)
        return dated(_article(tokens, first, floor), after + 1, f"{year:04d}-{letters}", modifier=modifier)
    if word.endswith("s"):
        return None
    if before in ("each", "every"):
        return Found(index - 1, index + 1, f"XXXX-{letters}", "SET")
    steps = {"last": -1, "this": 0, "next": 1}.get(before)
    placed = before == "the" and tokens.word(index - 2) in (
        "in",
        "since",
        "through",
        "until",
        "by",
        "during",
        "into",
        "of",
        "late",
    )
    first, modifier = period_prefix(tokens, index, floor)
    if steps is None and not placed and modifier is None:
        return None
    if steps is not None:
        first, modifier = index - 1, None
    elif before == "the" and modifier is None:
        first = index - 1
    if context.anchor is None:
        return Found(first, index + 1, f"XXXX-{letters}", modifier=modifier)
    year = _year_of_season(tokens, index, letters, steps, context.anchor)
    return dated(
        first, index + 1, f"{year:04d}-{letters}", anchor_on=context.anchor, source="published", modifier=modifier
    )


def _year_of_season(tokens: Tokens, index: int, letters: str, steps: int | None, anchor: date) -> int:
    begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[letters]
    has_begun = anchor.month >= begins
    if letters == "WI" and anchor.month <= 2 and steps in (None, 0):
        return anchor.year - 1
    if steps == -1:
        return anchor.year if anchor.month >= begins + 3 else anchor.year - 1
    if steps == 1:
        return anchor.year if not has_begun else anchor.year + 1
    if steps == 0:
        return anchor.year
    way = direction(tokens, index, index + 1)
    if has_begun or way != PAST:
        return anchor.year + 1 if way == FUTURE and anchor.month >= begins + 3 else anchor.year
    through = tokens.word(index - 2) in ("through", "until", "by", "into")
    return anchor.year if through else anchor.year - 1


def weekend_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "the weekend", "last weekend", "this weekend", "next weekend" as the Saturday and Sunday of an ISO week."""
    before = tokens.word(index - 1) if index - 1 >= floor else ""
    if before in ("each", "every"):
        return Found(index - 1, index + 1, "XXXX-WXX-WE", "SET")
    if before not in ("the", "last", "this", "next", "past", "coming", "holiday"):
        return None
    first = index - 1
    first = _article(tokens, first, floor) if before != "the" else first
    if context.anchor is None:
        return Found(first, index + 1, "XXXX-WXX-WE")
    anchor = context.anchor
    weeks = {"last": -1, "past": -1, "next": 1}.get(before, 0)
    if before == "the" and anchor.isoweekday() <= 5:
        ahead = direction(tokens, first, index + 1) == FUTURE or tokens.word(first - 1) == "of"
        weeks = 0 if ahead else -1
    if before == "this" and anchor.isoweekday() <= 2 and direction(tokens, first, index + 1) == PAST:
        weeks = -1
    value = f"{iso_week(anchor + timedelta(7 * weeks))}-WE"
    return dated(first, index + 1, value, anchor_on=anchor, source="published")


def holiday_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read a holiday that falls on a known day, with the year that its words give."""
    if not tokens.is_capital(index):
        return None
    for length in (5, 4, 3, 2, 1):
        name = tuple(tokens.words[index : index + length])
        rule = _HOLIDAY_NAMES.get(name)
        if rule is not None and len(name) == length:
            return _holiday(tokens, index, index + length, floor, rule, context)
    return None


def _holiday(tokens: Tokens, index: int, last: int, floor: int, rule: str, context: Context) -> Found | None:
    before = tokens.word(index - 1) if index - 1 >= floor else ""
    year, first = tokens.number(last), index
    if year is not None and 1900 <= year <= 2100:
        return dated(index, last + 1, holiday(rule, year).isoformat())
    anchor = context.anchor
    if tokens.word(last) in NEIGHBOURS["holiday-compound"]:
        return None
    if anchor is None:
        return None
    if before in ("last", "next", "this"):
        first = index - 1
    choices = [holiday(rule, anchor.year + step) for step in (-1, 0, 1)]
    past = [day for day in choices if day < anchor]
    future = [day for day in choices if day >= anchor]
    if before == "last":
        day = past[-1]
    elif before == "next":
        day = future[0]
    elif before == "this":
        day = choices[1]
    else:
        way = direction(tokens, index, last)
        nearest = min(choices, key=lambda choice: abs((choice - anchor).days))
        if abs((nearest - anchor).days) <= _NEAR_HOLIDAY or way == 0:
            day = nearest  # "a rush before Christmas", told in the past tense in December
        else:
            day = past[-1] if way == PAST else future[0]
    return dated(first, last, day.isoformat(), anchor_on=anchor, source="published")
