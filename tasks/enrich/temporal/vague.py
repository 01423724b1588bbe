"""Rules for words that place a thing before, at or after the time of writing without naming a time."""

from __future__ import annotations

from tasks.enrich.temporal.context import Context, Found
from tasks.enrich.temporal.lexicon import SET_WORDS, VAGUE_WORDS
from tasks.enrich.temporal.tokens import Tokens


def vague_word_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "now", "recently", "very soon" and their like."""
    word = tokens.words[index]
    first, last = index, index + 1
    if word == "now" and tokens.word(index - 1) == "right" and index - 1 >= floor:
        first -= 1
    elif word in ("soon", "recently") and tokens.word(index - 1) in ("very", "more", "most") and index - 1 >= floor:
        first -= 1
    if word == "soon" and (tokens.word(index - 1) in ("as", "how", "too") or tokens.word(index + 1) in ("after", "as")):
        return None
    if word == "soon" and (tokens.word(index - 1) in ("was", "were", "had") or tokens.word(index + 1) in ("became", "began")):
        return None  # told of the past
    if word == "now" and index == 0 and tokens.word(1) in ("for", ","):
        return None
    return reference(first, last, VAGUE_WORDS[word], context)


def future_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "the future", "the near future", "the past", "the present"."""
    word = tokens.words[index]
    value = {"future": "FUTURE_REF", "past": "PAST_REF", "present": "PRESENT_REF"}[word]
    first = index
    if tokens.word(first - 1) in ("near", "immediate", "foreseeable", "recent", "distant") and first - 1 >= floor:
        first -= 1
    if tokens.word(first - 1) != "the" or first - 1 < floor or tokens.word(first - 2) not in ("in", "for", "of", "about"):
        return None
    if word == "present" and tokens.word(first - 2) != "for":
        return None
    following = tokens.word(index + 1)
    if word != "future" and (following.isalnum() and following not in ("and", "but", "that", "as", "when", "or", "to")):
        return None
    return reference(first - 1, index + 1, value, context)


def set_word_rule(tokens: Tokens, index: int, floor: int, context: Context) -> Found | None:
    """Read "daily", "weekly", "annually"; not inside a name."""
    if tokens.is_capital(index) and index > 0 and tokens.word(index - 1) not in (".", '"', "“"):
        return None
    return Found(index, index + 1, SET_WORDS[tokens.words[index]], "SET")


def reference(first: int, last: int, value: str, context: Context) -> Found:
    """Build a vague reference with the side of the day of publication that it lies on."""
    begin = context.anchor if value in ("FUTURE_REF", "PRESENT_REF") else None
    end = context.anchor if value in ("PAST_REF", "PRESENT_REF") else None
    return Found(first, last, value, "DATE", begin, end, context.anchor, "published" if context.anchor else "none")
