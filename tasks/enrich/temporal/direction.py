"""Tell from the words of its sentence whether an expression lies before or after the day of publication."""

from __future__ import annotations

from tasks.enrich.temporal.lexicon import APOSTROPHES
from tasks.enrich.temporal.tokens import Tokens
from tasks.enrich.word_lists import read_sections

_SECTIONS = {name: frozenset(words) for name, words in read_sections("temporal/tense_cues.txt").items()}
_FUTURE = _SECTIONS["future"]
_FUTURE_NOUN = _SECTIONS["future-noun"]
_PAST = _SECTIONS["past"]
_NOT_PAST = _SECTIONS["not-past"]
_PRESENT = _SECTIONS["present"]
_INVITATION = _SECTIONS["invitation"]
_INVITATION_NOUN = _SECTIONS["invitation-noun"]
#: Limits that hold for past and future alike ("by Friday"): they count only when no verb says otherwise.
_WEAK = frozenset({"by", "until", "till"})
#: What stands before an occasion that the verb takes place at: "will be heard at Wednesday's hearing".
_OCCASION = frozenset({"at", "on", "during"})
#: How many tokens of the sentence are looked at on each side.
_LEFT, _RIGHT = 25, 14

PAST, UNKNOWN, FUTURE = -1, 0, 1


def direction(tokens: Tokens, first: int, last: int) -> int:
    """Return PAST, FUTURE or UNKNOWN for the expression of tokens `first` to `last`.

    The nearest cue wins: first a noun beside it ("a Friday deadline"), then the verbs before it, then those after it.
    """
    after = last + 2 if tokens.word(last) in APOSTROPHES and tokens.word(last + 1) == "s" else last
    if tokens.word(after) in _FUTURE_NOUN or tokens.word(after + 1) in _FUTURE_NOUN:  # "the Friday sanctions deadline"
        return FUTURE
    if tokens.word(after) in ("was", "were", "had"):
        return PAST
    # "calling Monday's drills a warning": only what stands close tells of the day of the drills
    if after != last and tokens.word(first - 1) not in _OCCASION:
        return (
            FUTURE
            if tokens.word(first - 1) == "of" and tokens.word(first - 2) == "ahead"
            else _before(tokens, first, 4)
        )
    return _before(tokens, first) or _after(tokens, last)


def _before(tokens: Tokens, first: int, reach: int = _LEFT) -> int:
    weak = False
    for index in range(first - 1, max(-1, first - 1 - reach), -1):
        word = tokens.words[index]
        if _ends_sentence(tokens, index):
            break
        if word in _WEAK:
            weak = weak or index >= first - 2
        elif word == "be" and tokens.word(index - 1) == "to":
            return FUTURE
        elif word in _PRESENT:
            return FUTURE if weak else UNKNOWN
        elif word == "could" and _is_denied(tokens, index):
            return PAST
        elif word in _FUTURE:
            if word != "set" or tokens.word(index + 1) in ("to", "for"):
                return FUTURE
        elif word in _INVITATION and _names_occasion(tokens, index, first):
            return FUTURE
        elif _is_past(tokens, index):
            return FUTURE if weak and tokens.word(index - 1) != "had" else PAST
    if weak and _after(tokens, first + 1) != PAST:
        return FUTURE
    return UNKNOWN


def _after(tokens: Tokens, last: int) -> int:
    for index in range(last, min(len(tokens.words), last + _RIGHT)):
        if _ends_sentence(tokens, index):
            break
        word = tokens.words[index]
        if word in _FUTURE and word not in _WEAK and word != "set":
            return FUTURE
        if _is_past(tokens, index):
            return PAST
    return UNKNOWN


def _names_occasion(tokens: Tokens, index: int, first: int) -> bool:
    """Tell whether people are called "to a meeting", "to talks" between a verb and the expression."""
    return any(
        tokens.words[k] == "to" and _INVITATION_NOUN.intersection((tokens.word(k + 1), tokens.word(k + 2)))
        for k in range(index + 1, first)
    )


def _is_denied(tokens: Tokens, index: int) -> bool:
    """Tell "could not be reached", "neither could be located": reports of what was tried."""
    if tokens.word(index + 1) in ("not", "n") or tokens.word(index + 2) == "not":
        return True
    return any(tokens.words[k] in ("neither", "nor") for k in range(max(0, index - 10), index))


def _is_past(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index]
    if word in _PAST:
        return tokens.word(index - 1) not in ("be", "to")
    if not word.endswith("ed") or len(word) < 5 or word in _NOT_PAST or tokens.is_capital(index):
        return False
    if word.startswith("un") or word.endswith("eed"):  # unspecified, unnamed: adjectives; succeed, need: no past
        return False
    return tokens.word(index - 1) not in ("be", "a", "an", "the", "-")


def _ends_sentence(tokens: Tokens, index: int) -> bool:
    """Tell, roughly, whether a mark ends the sentence: a capital follows and no short abbreviation goes before."""
    word = tokens.words[index]
    if word not in (".", "!", "?", ";"):
        return False
    if word != ".":
        return True
    if tokens.is_joined(index + 1) and tokens.word(index + 1).isalnum():
        return False
    before = tokens.word(index - 1)
    if len(before) == 1 or (len(before) <= 4 and tokens.is_capital(index - 1)):  # Gov. Sen. U.S. Aug.
        return False
    return not tokens.word(index + 1).islower() or tokens.is_capital(index + 1)
