"""The words of English time expressions, read once from `lexicon.toml` and `neighbours.txt`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tasks.enrich.word_lists import read_sections

_TABLES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))

WEEKDAYS: dict[str, int] = _TABLES["weekdays"]
WEEKDAY_ABBREVIATIONS: dict[str, int] = _TABLES["weekday_abbreviations"]
MONTHS: dict[str, int] = _TABLES["months"]
MONTH_ABBREVIATIONS: dict[str, int] = _TABLES["month_abbreviations"]
UNITS: dict[str, str] = _TABLES["units"]
SEASONS: dict[str, str] = _TABLES["seasons"]
PARTS_OF_DAY: dict[str, str] = _TABLES["parts_of_day"]
DECADE_WORDS: dict[str, int] = _TABLES["decade_words"]
NUMBERS: dict[str, int] = _TABLES["numbers"]
MULTIPLIERS: dict[str, int] = _TABLES["multipliers"]
ORDINALS: dict[str, int] = _TABLES["ordinals"]
SET_WORDS: dict[str, str] = _TABLES["set_words"]
VAGUE_WORDS: dict[str, str] = _TABLES["vague_words"]
MODIFIERS: dict[str, str] = _TABLES["modifiers"]
HOLIDAYS: dict[str, str] = _TABLES["holidays"]
#: Ordinal suffixes after a numeral, and the signs that join a range.
ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
DASHES = frozenset({"-", "–", "—"})
APOSTROPHES = frozenset({"'", "’"})
#: Words beside a number, a month or a unit that decide what it is, by the section of `neighbours.txt`.
NEIGHBOURS = {name: frozenset(words) for name, words in read_sections("temporal/neighbours.txt").items()}
