"""Rules for clock times: "10:35 a.m.", "5 p.m. EST Nov. 9", "noon Thursday", "at 22:15"."""

from __future__ import annotations

from datetime import timedelta

from tasks.enrich.temporal.context import Context, Found, dated
from tasks.enrich.temporal.days import date_within, relative_day_rule
from tasks.enrich.temporal.lexicon import NEIGHBOURS
from tasks.enrich.temporal.tokens import Tokens

_ZONES = NEIGHBOURS["zone"]
_WORDS = {"noon": (12, 0), "midday": (12, 0), "midnight": (0, 0)}
_NEXT = frozenset({"day", "morning", "afternoon", "evening"})
_DAYS = frozenset({"today", "yesterday", "tomorrow", "tonight"})


def clock_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read a time that begins with the number at `index`."""
    hour = tokens.number(index)
    if hour is None or hour > 24 or len(tokens.words[index]) > 2:
        return None
    at, minute = index + 1, 0
    has_minutes = tokens.word(at) in (":", ".") and tokens.is_joined(at) and tokens.is_joined(at + 1)
    minutes = tokens.number(at + 1) if has_minutes and len(tokens.word(at + 1)) == 2 else None
    if minutes is not None and minutes < 60:
        minute, at = minutes, at + 2
    half, last = _half_day(tokens, at)
    if half is None:
        spoken = tokens.word(index - 1) in ("at", "around", "about", "until", "by", "before", "after", "from")
        if minutes is None or not spoken or tokens.word(index + 1) != ":" or tokens.word(at) == ":":
            return None
        last = at
    elif not 1 <= hour <= 12:
        return None
    else:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _on_day(tokens, index, last, f"T{hour % 24:02d}:{minute:02d}", context)


def _half_day(tokens: Tokens, index: int) -> tuple[str | None, int]:
    """Read "a.m.", "am", "p.m"; return "a" or "p" and the token after it."""
    word = tokens.word(index)
    if word in ("am", "pm"):
        return word[0], index + 1
    if (
        word in ("a", "p")
        and tokens.word(index + 1) == "."
        and tokens.word(index + 2) == "m"
        and tokens.is_joined(index + 2)
    ):
        dotted = tokens.word(index + 3) == "." and tokens.is_joined(index + 3)
        return word, index + 4 if dotted else index + 3
    return None, index


def clock_word_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "noon", "midday" and "midnight"."""
    hour, minute = _WORDS[tokens.words[index]]
    return _on_day(tokens, index, index + 1, f"T{hour:02d}:{minute:02d}", context)


def _on_day(tokens: Tokens, first: int, last: int, clock: str, context: Context) -> Found:
    """Give a clock time its day: the one beside it, else the day that the text speaks of."""
    at = last
    while at < last + 3 and tokens.word(at) in _ZONES:
        at += 1
    if tokens.word(at) in (",", "on"):
        at += 1
    word = tokens.word(at)
    day = relative_day_rule(tokens, at, at, context) if word in _DAYS else date_within(tokens, at, context, 1)
    if day is not None and "T" not in day.value and "/" not in day.value:
        return Found(
            first, day.last, day.value + clock, "TIME", day.begin_on, day.end_on, day.anchor_on, day.anchor_source
        )
    base, source = context.base()
    if base is not None and _is_of_next_day(tokens, at):
        value = (base + timedelta(1)).isoformat() + clock
        return dated(first, at + 3, value, anchor_on=base, source=source)
    base, source = context.near_base()
    if base is None:
        return Found(first, last, f"XXXX-XX-XX{clock}", "TIME")
    return dated(first, last, base.isoformat() + clock, anchor_on=base, source=source)


def _is_of_next_day(tokens: Tokens, index: int) -> bool:
    """Tell "the next morning" behind a clock time."""
    follows = tokens.word(index) == "the" and tokens.word(index + 1) in ("next", "following")
    return follows and tokens.word(index + 2) in _NEXT
