"""Find explicit dates in languages other than English: days, months with their year, weekdays, dates in figures.

What a text names is read, and no more: no "yesterday", no "next week". A day without its year is the one nearest to
publication, or the one that the weekday beside it fits; a weekday alone is found without saying which one is meant,
as nothing here tells the past from the future. Languages whose words are not parted by blanks are in `wide_script`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from tasks.enrich.calendar import days_in_month
from tasks.enrich.temporal.context import Found, dated
from tasks.enrich.temporal.tokens import Tokens

#: Languages that write the month before the day, after the year.
_YEAR_FIRST = frozenset({"hu", "lt", "lv"})
#: Years that figures and dates can name.
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
#: Marks and endings between the number of a day and its month: "6.", "1er", "6º", "6-го".
_AFTER_DAY = frozenset({".", "º", "ª", "er", "°", "e", "a"})
#: What parts the figures of a date.
_SIGNS = frozenset({".", "/", "-"})


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one language, in small letters."""

    months: dict[str, int]
    abbreviations: dict[str, int]
    weekdays: dict[str, int]
    between: frozenset[str]
    not_alone: frozenset[str]
    has_capital_weekdays: bool


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    tables: dict[str, dict[str, list[str]]] = {}
    for line in (Path(__file__).parent / "foreign_names.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lang, kind, *cells = line.split("\t")
            tables.setdefault(lang, {})[kind] = cells
    return tables


def _numbered(cells: list[str]) -> dict[str, int]:
    names: dict[str, int] = {}
    for number, forms in enumerate(cells, 1):
        for form in forms.split():
            if form != "-":
                names.setdefault(form, number)
    return names


@cache
def names_of(lang: str) -> Names:
    """Return the names of a language; none for one that is not listed."""
    table = _tables().get(lang, {})
    return Names(
        _numbered(table.get("month", [])),
        _numbered(table.get("abbreviation", [])),
        _numbered(table.get("weekday", [])),
        frozenset(" ".join(table.get("between", [])).split()),
        frozenset(" ".join(table.get("not-alone", [])).split()),
        "capital" in table,
    )


def scan_foreign(tokens: Tokens, lang: str | None, anchor: date | None = None) -> list[Found]:
    """Return the explicit dates of the passage in order; `anchor` is the day of publication, which gives the year."""
    names = names_of((lang or "").partition("-")[0])
    found: list[Found] = []
    floor = 0
    for index, word in enumerate(tokens.words):
        if index < floor:
            continue
        expression = None
        if word in names.months or word in names.abbreviations:
            expression = _by_month_name(tokens, index, floor, names, lang or "", anchor)
        elif word in names.weekdays:
            expression = _bare_weekday(tokens, index, names)
        elif word.isdecimal():
            expression = _in_figures(tokens, index)
        if expression is None:
            continue
        before = found[-1] if found and found[-1].value.startswith("XXXX-WXX") else None
        if len(expression.value) == 10 and not expression.value.startswith("XXXX-WXX"):
            expression = _with_weekday(tokens, expression, before.first if before else floor, names)
        if before is not None and expression.first <= before.first:
            found.pop()  # the weekday of this date, found before it
        found.append(expression)
        floor = expression.last
    return found


def _by_month_name(
    tokens: Tokens, index: int, floor: int, names: Names, lang: str, anchor: date | None
) -> Found | None:
    """Read the date around a month's name: day before, year behind; or year before, day behind."""
    word = tokens.words[index]
    is_short = word not in names.months
    month = names.abbreviations[word] if is_short else names.months[word]
    year, last = _year_behind(tokens, index + 1, names)
    day, first = _day_before(tokens, index, floor, names)
    if day is None and lang in _YEAR_FIRST:
        return _year_month_day(tokens, index, floor, month, names, anchor)
    if year is None and is_short:
        return None
    if day is None:
        return dated(index, last, f"{year:04d}-{month:02d}") if year is not None else None
    if not 1 <= day <= days_in_month(year or 2024, month):
        return None
    return _day(tokens, first, last, (year, month, day), names, anchor)


def _day_before(tokens: Tokens, index: int, floor: int, names: Names) -> tuple[int | None, int]:
    at = index - 1
    if tokens.word(at) in names.between:
        at -= 1
    if tokens.word(at) in _AFTER_DAY and tokens.is_joined(at):
        at -= 1
    day = tokens.number(at)
    if day is None or at < floor or len(tokens.word(at)) > 2 or _is_part_of_figure(tokens, at):
        return None, index
    return day, at


def _is_part_of_figure(tokens: Tokens, index: int) -> bool:
    """Tell "1,5" and "12:30" from the number of a day."""
    return tokens.is_joined(index) and tokens.word(index - 1) in (",", ".", ":", "/", "$", "€", "£")


def _year_behind(tokens: Tokens, index: int, names: Names) -> tuple[int | None, int]:
    """Return the year behind a month, and the token after the date."""
    at = index
    if tokens.word(at) in (".", ",") or (tokens.word(at) == "/" and tokens.word(at + 1) in names.months):
        at += 2 if tokens.word(at) == "/" else 1  # "أغسطس/آب": a month under its two names
    while tokens.word(at) in names.between or tokens.word(at) == ",":
        at += 1
    year = tokens.number(at)
    if year is None or len(tokens.word(at)) != 4 or not _FIRST_YEAR <= year <= _LAST_YEAR:
        end = index + 2 if tokens.word(index) == "/" and tokens.word(index + 1) in names.months else index
        return None, end
    return year, at + 1


def _year_month_day(
    tokens: Tokens, index: int, floor: int, month: int, names: Names, anchor: date | None
) -> Found | None:
    """Read "2025. augusztus 6.", "2025 m. rugpjūčio 6 d.", "2025. gada 6. augustā" without its day before."""
    day, last = tokens.number(index + 1), index + 2
    at = index - 1
    while at >= floor and (tokens.word(at) in (".", "m") or tokens.word(at) in names.between):
        at -= 1
    year = tokens.number(at) if at >= floor and len(tokens.word(at)) == 4 else None
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        year = None
    if day is None or len(tokens.word(index + 1)) > 2 or not 1 <= day <= days_in_month(year or 2024, month):
        return dated(at, index + 1, f"{year:04d}-{month:02d}") if year is not None else None
    return _day(tokens, at if year is not None else index, last, (year, month, day), names, anchor)


def _day(
    tokens: Tokens, first: int, last: int, written: tuple[int | None, int, int], names: Names, anchor: date | None
) -> Found:
    year, month, number = written
    if year is not None:
        return dated(first, last, f"{year:04d}-{month:02d}-{number:02d}")
    weekday, _ = _weekday_before(tokens, first, 0, names)
    found = nearest_year(month, number, anchor, weekday)
    if found is None:
        return Found(first, last, f"XXXX-{month:02d}-{number:02d}")
    return dated(first, last, found.isoformat(), anchor_on=anchor, source="published")


def nearest_year(month: int, number: int, anchor: date | None, weekday: int | None = None) -> date | None:
    """Return the day of the year nearest to `anchor`, of those on a weekday if one is; None without an anchor."""
    if anchor is None:
        return None
    years = range(max(anchor.year - 1, 1), min(anchor.year + 2, 9999))
    days = [date(year, month, number) for year in years if number <= days_in_month(year, month)]
    fitting = [day for day in days if day.isoweekday() == weekday]
    return min(fitting or days, key=lambda day: abs((day - anchor).days), default=None)


def _weekday_before(tokens: Tokens, first: int, floor: int, names: Names) -> tuple[int | None, int]:
    """Return the weekday before a date and where it begins: "Mittwoch, den 6.", "miércoles 6", "quarta-feira, 6"."""
    at = first - 1
    for _ in range(3):
        word = tokens.word(at)
        if at < floor or word in names.weekdays:
            break
        if word not in (",", "-", "feira") and not (word.isalpha() and len(word) <= 3):
            break
        at -= 1
    weekday = names.weekdays.get(tokens.word(at)) if at >= floor else None
    return weekday, at if weekday is not None else first


def _with_weekday(tokens: Tokens, found: Found, floor: int, names: Names) -> Found:
    """Take the weekday before a date into its expression, if it is the weekday of that date."""
    weekday, first = _weekday_before(tokens, found.first, floor, names)
    if weekday is None or found.begin_on is None or found.begin_on.isoweekday() != weekday:
        return found
    return dated(first, found.last, found.value, anchor_on=found.anchor_on, source=found.anchor_source)


def _bare_weekday(tokens: Tokens, index: int, names: Names) -> Found | None:
    word, last = tokens.words[index], index + 1
    if tokens.word(last) == "-" and tokens.word(last + 1) == "feira":
        last += 2
    elif word in names.not_alone:
        return None
    opens_sentence = index == 0 or tokens.word(index - 1) in (".", "!", "?", "«", '"', "„", "“", "–", "—")
    if tokens.is_capital(index) != names.has_capital_weekdays and not opens_sentence:
        return None
    return Found(index, last, f"XXXX-WXX-{names.weekdays[word]}")


def _in_figures(tokens: Tokens, index: int) -> Found | None:
    """Read "06.08.2025", "6/8/2025" with the day first, "2025-08-06", "2025.8.6." with the year first."""
    sign = tokens.word(index + 1)
    if sign not in _SIGNS or tokens.word(index + 3) != sign or not tokens.is_joined(index + 1):
        return None
    parts = [tokens.word(index), tokens.word(index + 2), tokens.word(index + 4)]
    if not all(part.isdecimal() and len(part) in (1, 2, 4) for part in parts) or not tokens.is_joined(index + 3):
        return None
    if tokens.is_joined(index) and tokens.word(index - 1) in _SIGNS:
        return None
    lengths = [len(part) for part in parts]
    if lengths[0] == 4 and max(lengths[1:]) <= 2:
        year, month, number = (int(part) for part in parts)
    elif lengths[2] == 4 and max(lengths[:2]) <= 2:
        number, month, year = (int(part) for part in parts)
    else:
        return None
    if not _FIRST_YEAR <= year <= _LAST_YEAR or not 1 <= month <= 12 or not 1 <= number <= days_in_month(year, month):
        return None
    return dated(index, index + 5, f"{year:04d}-{month:02d}-{number:02d}")
