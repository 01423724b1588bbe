"""Find full dates in languages other than English: day, month name and year, and ISO dates."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from tasks.enrich.temporal.context import Context, Found, dated
from tasks.enrich.temporal.periods import number_rule
from tasks.enrich.temporal.tokens import Tokens

_TABLES = tomllib.loads((Path(__file__).parent / "months.toml").read_text(encoding="utf-8"))
_MONTHS: dict[str, dict[str, int]] = {
    lang: {name: number for number, names in enumerate(table["months"], 1) for name in names.split()}
    for lang, table in _TABLES.items()
}
_BETWEEN: dict[str, frozenset[str]] = {lang: frozenset(table["between"]) for lang, table in _TABLES.items()}
_ALL_MONTHS: dict[str, int] = {}
for _names in _MONTHS.values():
    for _name, _number in _names.items():
        _ALL_MONTHS[_name] = _number if _ALL_MONTHS.get(_name, _number) == _number else 0  # 0: languages differ
_ALL_BETWEEN = frozenset(word for words in _BETWEEN.values() for word in words)


def scan_foreign(tokens: Tokens, lang: str | None) -> list[Found]:
    """Return the full dates of the passage; with an unknown language, month names of all listed languages."""
    months = _MONTHS.get(lang or "", {} if lang else _ALL_MONTHS)
    between = _BETWEEN.get(lang or "", _ALL_BETWEEN)
    nowhere = Context(None)
    found: list[Found] = []
    floor = 0
    for index, word in enumerate(tokens.words):
        if index < floor:
            continue
        expression = None
        if months.get(word):
            expression = _full_date(tokens, index, floor, months[word], between)
        elif len(word) == 4 and word.isdecimal():
            expression = _iso_only(number_rule(tokens, index, floor, nowhere))
        if expression is not None:
            found.append(expression)
            floor = expression.last
    return found


def _iso_only(found: Found | None) -> Found | None:
    return found if found is not None and len(found.value) == 10 else None


def _full_date(tokens: Tokens, index: int, floor: int, month: int, between: frozenset[str]) -> Found | None:
    at = index - 1
    if tokens.word(at) in between:
        at -= 1
    if tokens.word(at) in (".", "º", "er", "°") and tokens.is_joined(at):
        at -= 1
    day = tokens.number(at)
    after = index + 1
    if tokens.word(after) == "." and tokens.is_joined(after):
        after += 1
    if tokens.word(after) in between or tokens.word(after) == ",":
        after += 1
    year = tokens.number(after)
    if day is None or at < floor or len(tokens.word(at)) > 2 or year is None or not 1500 <= year <= 2100:
        return None
    try:
        return dated(at, after + 1, date(year, month, day).isoformat())
    except ValueError:
        return None
