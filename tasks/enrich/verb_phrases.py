"""Turn a main verb into a phrase: its short object, its kind, and whether it reports speech."""

from __future__ import annotations

from dataclasses import replace

from tasks.enrich.event_lexicon import (
    has_role,
    is_known_verb,
    longest_noun,
    noun_kind,
    verb_kind,
)
from tasks.enrich.phrases import LONGEST_OBJECT, LOOSE_ENDS, OBJECT_TAGS, Phrase, Tense
from tasks.enrich.word_lists import word_set
from tasks.enrich.words import Tag, Words, lemma_of

_OBJECT_PREPOSITIONS = word_set("object-preposition")
_PARTICLES = word_set("particle")
#: Tags that never end an object, whatever stands around them.
_PLAIN = frozenset((Tag.DETERMINER, Tag.NUMBER, Tag.NAME, Tag.WORD, Tag.POSSESSIVE, Tag.PRONOUN))
_LIGHT_VERBS = word_set("light-verb")


def _object_end(words: Words, index: int) -> int:
    limit = min(len(words), index + LONGEST_OBJECT)
    end = floor = index
    while end < limit:
        tag = words.tags[end]
        if end > index and tag in _PLAIN and words.lowers[end] not in ("as", "to"):
            end += 1
            continue
        if tag is Tag.PAST and words.tag(end - 1) in (Tag.DETERMINER, Tag.POSSESSIVE) and end > index:
            end += 1
            continue
        if (
            tag is Tag.COORDINATOR
            and words.tag(end - 1) is words.tag(end + 1)
            and words.tag(end + 1) in (Tag.NAME, Tag.NUMBER)
        ):
            end += 1
            continue
        if end == index and words.lowers[end] in _PARTICLES:
            end = floor = end + 1
            continue
        if tag is Tag.COMMA and words.tag(end - 2) is Tag.DETERMINER and words.tag(end + 1) is Tag.WORD and end > index:
            end += 1  # "a full, extendable ceasefire"
            continue
        if tag not in OBJECT_TAGS or (tag is Tag.PREPOSITION and words.lowers[end] not in _OBJECT_PREPOSITIONS):
            break
        if words.lowers[end] == "as" or (words.lower(end + 1) == "as" and tag is Tag.ADVERB):
            break
        if words.lowers[end] == "to" and is_known_verb(words.lower(end + 1)) and words.tag(end + 1) is Tag.WORD:
            break
        if tag is Tag.GERUND and end > index and _begins_clause(words, end):
            break
        end += 1
    while end > floor and words.tags[end - 1] in LOOSE_ENDS:
        end -= 1
    return end


def _begins_clause(words: Words, index: int) -> bool:
    """Tell a gerund with its own object ("by ordering the fleet") from an adjective or noun ("the warring parties")."""
    if words.tags[index - 1] not in (Tag.DETERMINER, Tag.PREPOSITION, Tag.WORD):
        return True
    takes_object = words.tag(index + 1) in (Tag.DETERMINER, Tag.NUMBER, Tag.NAME, Tag.PRONOUN)
    return takes_object and words.tags[index - 1] is not Tag.DETERMINER and noun_kind(words.lowers[index]) is None


def _takes_clause(words: Words, main: int) -> bool:
    """Tell whether a verb of speech is followed by what was said rather than by an object."""
    if has_role(lemma_of(words.lowers[main]), "clausal"):
        return True
    following = words.tag(main + 1)
    if following in (
        None,
        Tag.COMMA,
        Tag.BREAK,
        Tag.SUBORDINATOR,
        Tag.QUOTE,
        Tag.TIME,
        Tag.ADVERB,
        Tag.PREPOSITION,
        Tag.RELATIVE,
        Tag.TEMPORAL,
    ):
        return True
    for index in range(main + 1, min(len(words), main + 9)):
        tag = words.tags[index]
        if tag in (Tag.COMMA, Tag.BREAK, Tag.QUOTE):
            return False
        if tag in (Tag.PAST, Tag.BE, Tag.HAVE, Tag.MODAL, Tag.SUBORDINATOR):
            return True
    return False


def _object_kind(words: Words, start: int, end: int, *, is_light: bool) -> str | None:
    """Return the kind of the event noun that a verb carries: the object of a light verb, or "in a phone call"."""
    inside = is_light
    for index in range(start, end):
        count = longest_noun(words.lowers, index)
        if words.lowers[index] in ("in", "during", "by", "on", "over"):
            inside = True
        if count and inside:
            return noun_kind(" ".join(words.lowers[index : index + count]))
    return None


def verb_phrase(
    words: Words, main: int, first: int, tense: Tense, modal: str = "", passive: bool = False, negated: bool = False
) -> Phrase | None:
    lemma = lemma_of(words.lowers[main])
    reporting = has_role(lemma, "reporting") and not passive
    end = main + 1 if reporting and _takes_clause(words, main) else _object_end(words, main + 1)
    is_light = lemma in _LIGHT_VERBS
    carried = _object_kind(words, main + 1, end, is_light=is_light)
    kind = (carried or verb_kind(lemma)) if is_light else (verb_kind(lemma) or carried)
    if not negated and any(words.tags[index] is Tag.NEGATION for index in range(max(0, main - 2), main)):
        negated = True
    return Phrase(main, main, end, lemma, kind, tense, None, first, modal, passive, negated, reporting)


def decision(index: int, chained: Phrase, tense: Tense) -> Phrase:
    """Return "decided to reposition the fleet" as the decision that it is; what was decided gives its kind."""
    return replace(chained, head=index, start=index, control=None, tense=tense, is_reporting=False)
