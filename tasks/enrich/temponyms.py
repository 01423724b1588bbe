"""Date periods that news names without a date: terms of office ("during his first term").

The terms are data (`terms_of_office.tsv`). "His" is the person named last before it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from tasks.enrich.names import Name, fold_spelling
from tasks.enrich.words import Words

_ORDINALS = {"first": 1, "second": 2, "third": 3}


@cache
def _terms() -> dict[tuple[str, int], tuple[date, date | None]]:
    terms: dict[tuple[str, int], tuple[date, date | None]] = {}
    for line in (Path(__file__).parent / "terms_of_office.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        surname, ordinal, first, last = (*line.split("\t"), "", "")[:4]
        ends = date.fromisoformat(last.strip()) if last.strip() else None
        terms[fold_spelling(surname), int(ordinal)] = date.fromisoformat(first), ends
    return terms


def term_after(words: Words, names: list[Name], floor: int, limit: int) -> tuple[date, date | None] | None:
    """Return the days of the term of office named between the words `floor` and `limit`, or None."""
    if "term" not in words.lowers:
        return None
    for index in range(floor, min(limit, len(words) - 1)):
        if words.lowers[index + 1] != "term" or words.lowers[index] not in _ORDINALS:
            continue
        holder = next((name for name in reversed(names) if name.end <= index and _is_holder(name)), None)
        if holder is not None:
            return _terms().get((_surname(holder), _ORDINALS[words.lowers[index]]))
    return None


def _surname(name: Name) -> str:
    return fold_spelling(name.text.rpartition(" ")[2])


def _is_holder(name: Name) -> bool:
    return (_surname(name), 1) in _terms()
