"""Read event nouns with their modifiers and complements: "the August 8 deadline", "talks between X and Y in Geneva"."""

from __future__ import annotations

from tasks.enrich.event_lexicon import (
    longest_noun,
    noun_kind,
)
from tasks.enrich.phrases import LONGEST_OBJECT, LOOSE_ENDS, OBJECT_TAGS, Phrase, Tense
from tasks.enrich.word_lists import word_set
from tasks.enrich.words import Tag, Words, is_past_form

_LONGEST_MODIFIER = 5  # words before an event noun
_NOUN_PREPOSITIONS = word_set("noun-preposition")


def noun_at(words: Words, index: int) -> Phrase | None:
    """Read an event noun with its modifiers."""
    if words.tags[index] not in (Tag.WORD, Tag.GERUND, Tag.ADVERB):
        return None
    count = longest_noun(words.lowers, index)
    if not count or _is_verb_use(words, index, count):
        return None
    head = index + count - 1
    if words.tag(head + 1) is Tag.WORD and longest_noun(words.lowers, head + 1):
        return None  # the first part of a compound: "sanctions deadline"
    noun = " ".join(words.lowers[index : head + 1])
    start = _modifier_start(words, index)
    end = _modifier_end(words, head + 1)
    return Phrase(head, start, end, noun, noun_kind(noun), Tense.NOUN, None, start)


def _is_verb_use(words: Words, index: int, count: int) -> bool:
    before = words.tag(index - 1)
    if count > 1:
        return False
    if words.lower(index - 1) == "to":
        return words.tag(index + 1) in (Tag.DETERMINER, Tag.NAME, Tag.PREPOSITION, Tag.PRONOUN, Tag.NUMBER)
    if before in (Tag.MODAL, Tag.DO) or words.lower(index - 1) in ("they", "we", "i", "you", "he", "she", "it", "who"):
        return True
    return (
        before is Tag.NAME and words.lowers[index].endswith("s") and words.tag(index + 1) in (Tag.DETERMINER, Tag.NAME)
    )


def _modifier_start(words: Words, index: int) -> int:
    start = index
    while start > 0 and index - start < _LONGEST_MODIFIER:
        tag = words.tags[start - 1]
        if tag not in (Tag.WORD, Tag.NUMBER, Tag.NAME, Tag.TIME) or is_past_form(words.lowers[start - 1]):
            break
        if tag is Tag.TIME and words.tag(start) is Tag.NAME:
            break
        start -= 1
    return start


def _modifier_end(words: Words, index: int) -> int:
    """Return where the complements of a noun end: "between X and Y", "in Moscow", "on Russia"."""
    end = index
    limit = min(len(words), index + LONGEST_OBJECT)
    while end < limit:
        tag, lower = words.tags[end], words.lowers[end]
        if tag is Tag.COORDINATOR and words.tag(end + 1) in (Tag.NAME, Tag.NUMBER) and words.tag(end - 1) is Tag.NAME:
            end += 1
            continue
        if end == index and not (tag is Tag.PREPOSITION and lower in _NOUN_PREPOSITIONS):
            break
        if tag not in OBJECT_TAGS or (tag is Tag.PREPOSITION and lower not in _NOUN_PREPOSITIONS) or tag is Tag.GERUND:
            break
        if tag is Tag.PREPOSITION and words.tag(end + 1) is Tag.TIME:
            resumed = _after_time(words, end + 1)
            if resumed is None:
                break
            end = resumed
            continue
        end += 1
    while end > index and words.tags[end - 1] in LOOSE_ENDS:
        end -= 1
    return end


def _after_time(words: Words, index: int) -> int | None:
    """Return where a noun's partners go on after its date: "a meeting on Tuesday between"."""
    while words.tag(index) is Tag.TIME:
        index += 1
    return index if words.lower(index) in ("between", "with") else None
