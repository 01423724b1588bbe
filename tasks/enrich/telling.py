"""Tell an event in a few words that can be read alone: who, what, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from textwrap import shorten

from tasks.enrich.event_phrases import Phrase, Tense, find_phrases
from tasks.enrich.words import Tag, Words, cut_words
from tasks.records import EventMention

#: Characters of a description; longer ones are cut at a word.
LONGEST = 140
#: Words that a subject has at most; what is longer tells something else first.
LONGEST_SUBJECT = 16
#: What a subject is made of, and what ends it.
_VERBS = frozenset((Tag.BE, Tag.HAVE, Tag.DO, Tag.MODAL, Tag.PAST))
_ENDS = _VERBS | {Tag.COMMA, Tag.BREAK, Tag.SUBORDINATOR, Tag.RELATIVE, Tag.TEMPORAL, Tag.QUOTE, Tag.NEGATION}
#: What stands between a subject and its verb: an apposition, or a clause about it.
_ASIDES = frozenset((Tag.COMMA, Tag.BREAK))
_PERSONS = frozenset(("he", "she", "they", "i", "we"))


def tell(mention: EventMention) -> str:
    """Return the phrase of a mention with its subject; a bare verb with what follows it.

    >>> sentence = "Officials said the ferry was towed to Kallholm."
    >>> tell(EventMention(29, 46, 0, 47, sentence[29:46], sentence, None, None, None, None, None, "occurred"))
    'the ferry was towed to Kallholm'
    """
    words, phrases = _read(mention.sentence)
    begin = mention.char_start - mention.sentence_start
    start = next((at for at, char in enumerate(words.starts) if char >= begin), len(words))
    phrase = next((item for item in phrases if item.start == start and item.is_verb), None)
    if phrase is None:
        return shorten(mention.text, LONGEST, placeholder=" …")
    end = mention.char_end - mention.sentence_start
    if phrase.is_reporting:
        end = len(mention.sentence.rstrip(" .…"))
    elif " " not in mention.text:
        end = _end_of_complement(words, phrase, end)
    subject = _subject(words, phrases, phrase)
    if subject is None:
        named = mention.actors[0] if mention.actors and mention.actors[0] not in mention.sentence[begin:end] else ""
        return shorten(f"{named} {mention.sentence[begin:end]}".strip(), LONGEST, placeholder=" …")
    who = _named(
        mention.sentence[words.starts[subject[0]] : words.ends[subject[1] - 1]], words, subject, mention.actors
    )
    return shorten(f"{who} {mention.sentence[words.starts[phrase.group_start] : end]}", LONGEST, placeholder=" …")


@lru_cache(maxsize=1 << 12)
def _read(sentence: str) -> tuple[Words, list[Phrase]]:
    """Return the words and phrases of a sentence, which several events are told in; neither is changed."""
    words = cut_words(sentence, 0, len(sentence), [])
    return words, find_phrases(words)


def _named(who: str, words: Words, subject: tuple[int, int], actors: Sequence[str]) -> str:
    """Return the subject, or the full name of the person that a pronoun or a surname stands for."""
    first, last = subject
    if last - first > 1 or not actors:
        return who
    return actors[0] if words.lowers[first] in _PERSONS or actors[0].endswith(" " + who) else who


def _subject(words: Words, phrases: list[Phrase], phrase: Phrase) -> tuple[int, int] | None:
    """Return the words before a verb group that are its subject, half-open; None where none is found."""
    last = phrase.group_start
    while words.tag(last - 1) is Tag.ADVERB or (last < phrase.group_start and words.lower(last - 1) == "very"):
        last -= 1
    before = words.tag(last - 1)
    if before is Tag.RELATIVE:  # "the lease, which expired"
        last -= 2 if words.tag(last - 2) is Tag.COMMA else 1
        return _noun_phrase(words, last, is_short=True)
    if before is Tag.COORDINATOR or (before is Tag.COMMA and _joins(words, phrases, phrase)):
        former = _former_verb(phrases, phrase)
        return None if former is None else _subject(words, phrases, former)
    if before in _ASIDES:
        aside = _aside_start(words, last - 1)
        return None if aside is None else _noun_phrase(words, aside)
    return _noun_phrase(words, last, is_short=phrase.tense is Tense.PARTICIPLE)


def _joins(words: Words, phrases: list[Phrase], phrase: Phrase) -> bool:
    """Tell a verb in a row of verbs ("smashed cars, looted shops, attacked police") from one behind an aside."""
    former = _former_verb(phrases, phrase)
    if former is None or former.tense is not phrase.tense:
        return False
    return not any(words.tags[at] in (Tag.RELATIVE, Tag.BREAK) for at in range(former.head, phrase.group_start))


def _former_verb(phrases: list[Phrase], phrase: Phrase) -> Phrase | None:
    return next((other for other in reversed(phrases) if other.is_verb and other.head < phrase.group_start), None)


def _aside_start(words: Words, end: int) -> int | None:
    """Return where the aside that ends at the mark `end` begins: the like mark before it."""
    for at in range(end - 1, max(-1, end - 1 - LONGEST_SUBJECT), -1):
        if words.tags[at] is words.tags[end]:
            return at
    return None


def _noun_phrase(words: Words, last: int, *, is_short: bool = False) -> tuple[int, int] | None:
    """Return the noun phrase that ends at `last`; a short one has no prepositions in it."""
    first = last
    while first > 0 and not _ends_subject(words, first - 1, is_short):
        first -= 1
    while first < last and words.tags[first] in (Tag.COORDINATOR, Tag.ADVERB, Tag.POSSESSIVE):
        first += 1
    return (first, last) if 0 < last - first <= LONGEST_SUBJECT else None


def _ends_subject(words: Words, at: int, is_short: bool) -> bool:
    tag = words.tags[at]
    if tag is Tag.PAST and words.tag(at - 1) in (Tag.DETERMINER, Tag.NUMBER):
        return False  # "the unsold cars"
    return tag in _ENDS or (is_short and tag is Tag.PREPOSITION)


def _end_of_complement(words: Words, phrase: Phrase, end: int) -> int:
    """Return the character at which what follows a bare verb ends: a mark, or the next clause."""
    at = phrase.end
    while at < len(words) and words.tags[at] not in (Tag.COMMA, Tag.BREAK, Tag.RELATIVE, Tag.QUOTE):
        if words.texts[at] == ".":
            break
        at += 1
    return max(end, words.ends[at - 1])
