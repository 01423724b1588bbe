"""Find the expressions of a passage: one scan for trigger words, then the local rule of the trigger.

Every rule looks at a bounded number of tokens around its trigger and the scan never goes back, so the work is linear
in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tasks.enrich.temporal.clock import clock_rule, clock_word_rule
from tasks.enrich.temporal.comparison import comparison_rule
from tasks.enrich.temporal.context import Context, Found
from tasks.enrich.temporal.days import (
    month_rule,
    overnight_rule,
    part_of_day_rule,
    relative_day_rule,
    weekday_rule,
)
from tasks.enrich.temporal.lexicon import (
    DECADE_WORDS,
    MONTH_ABBREVIATIONS,
    MONTHS,
    ORDINALS,
    PARTS_OF_DAY,
    SEASONS,
    SET_WORDS,
    UNITS,
    VAGUE_WORDS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
)
from tasks.enrich.temporal.periods import (
    HOLIDAY_WORDS,
    decade_word_rule,
    holiday_rule,
    number_rule,
    quarter_rule,
    season_rule,
    short_quarter_rule,
    spoken_year_rule,
    weekend_rule,
)
from tasks.enrich.temporal.tokens import Tokens
from tasks.enrich.temporal.units import unit_rule
from tasks.enrich.temporal.vague import future_rule, set_word_rule, vague_word_rule

Rule = Callable[[Tokens, int, int, Context], Found | None]


def _triggers() -> dict[str, tuple[Rule, ...]]:
    table: dict[str, tuple[Rule, ...]] = {}

    def add(words: Iterable[str], rule: Rule) -> None:
        for word in sorted(words):
            table[word] = (*table.get(word, ()), rule)

    add(HOLIDAY_WORDS, holiday_rule)
    add([*WEEKDAYS, *WEEKDAY_ABBREVIATIONS], weekday_rule)
    add([*MONTHS, *MONTH_ABBREVIATIONS], month_rule)
    add(["today", "yesterday", "tomorrow", "tonight"], relative_day_rule)
    add(["overnight"], overnight_rule)
    add(PARTS_OF_DAY, part_of_day_rule)
    add(ORDINALS, quarter_rule)
    add(["q"], short_quarter_rule)
    add(UNITS, unit_rule)
    add(["period"], comparison_rule)
    add(SEASONS, season_rule)
    add(["weekend"], weekend_rule)
    add(DECADE_WORDS, decade_word_rule)
    add(["nineteen", "two"], spoken_year_rule)
    add(["noon", "midday", "midnight"], clock_word_rule)
    add(VAGUE_WORDS, vague_word_rule)
    add(["future", "past", "present"], future_rule)
    add(SET_WORDS, set_word_rule)
    return table


_TRIGGERS = _triggers()


def scan(tokens: Tokens, context: Context) -> list[Found]:
    """Return the expressions of the passage in order, none overlapping; `context` moves along with them."""
    found: list[Found] = []
    floor = 0
    triggers = _TRIGGERS
    for index, word in enumerate(tokens.words):
        rules = triggers.get(word)
        if rules is None:
            if not word[0].isdecimal():
                continue
            rules = (number_rule,) if len(word) == 4 else (clock_rule,) if len(word) <= 2 else ()
        if index < floor:
            continue
        for rule in rules:
            expression = rule(tokens, index, floor, context)
            if expression is not None and expression.first >= floor:
                found.append(expression)
                floor = expression.last
                context.note(expression)
                break
    return found
