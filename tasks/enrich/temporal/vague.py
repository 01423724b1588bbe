"""Rules for words that place a thing before, at or after the time of writing without naming a time."""

from __future__ import annotations

from tasks.enrich.temporal.context import Context, Found
from tasks.enrich.temporal.durations import reference
from tasks.enrich.temporal.lexicon import SET_WORDS, VAGUE_WORDS
from tasks.enrich.temporal.tokens import Tokens

_DEGREES = frozenset({"very", "more", "most"})
_NOT_BEFORE_SOON = frozenset({"as", "how", "too", "was", "were", "had"})
_AFTER_REFERENCE = frozenset(
    {"and", "but", "that", "as", "when", "or", "to", "of", "is", "was", "will", "for", "in", "with"}
)
_NOT_AFTER_SOON = frozenset({"after", "as", "became", "began"})


def vague_word_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "now", "recently", "very soon" and their like."""
    word = tokens.words[index]
    before = tokens.word(index - 1) if index - 1 >= floor else ""
    following = tokens.word(index + 1)
    if word == "soon" and (before in _NOT_BEFORE_SOON or following in _NOT_AFTER_SOON):
        return None  # "as soon as", or told of the past
    if word == "now" and index == 0 and following in ("for", ","):
        return None
    widened = (word == "now" and before == "right") or (word in ("soon", "recently") and before in _DEGREES)
    first = index - 1 if widened else index
    return reference(first, index + 1, VAGUE_WORDS[word], context)


def future_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "the future", "the near future", "the past", "the present"."""
    word = tokens.words[index]
    value = {"future": "FUTURE_REF", "past": "PAST_REF", "present": "PRESENT_REF"}[word]
    first = index
    if tokens.word(first - 1) in ("near", "immediate", "foreseeable", "recent", "distant") and first - 1 >= floor:
        first -= 1
    if (
        tokens.word(first - 1) != "the"
        or first - 1 < floor
        or tokens.word(first - 2) not in ("in", "for", "of", "about")
    ):
        return None
    if word == "present" and tokens.word(first - 2) != "for":
        return None
    following = tokens.word(index + 1)
    if following.isalnum() and following not in _AFTER_REFERENCE:
        return None  # "the future space industry"
    return reference(first - 1, index + 1, value, context)


def set_word_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "daily", "weekly", "annually"; not inside a name."""
    if tokens.is_capital(index) and index > 0 and tokens.word(index - 1) not in (".", '"', "“"):
        return None
    return Found(index, index + 1, SET_WORDS[tokens.words[index]], "SET")
