"""Decide which phrase of its sentence a time expression belongs to: the clause decides, not distance alone.

An expression that modifies a noun dates that noun ("the August 8 deadline"); one that opens a sentence dates the main
verb; any other dates the nearest verb or event noun before it in the same clause, else the first verb after it.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.enrich.event_lexicon import control_of
from tasks.enrich.event_phrases import Phrase, Tense
from tasks.enrich.word_lists import word_set
from tasks.enrich.words import Tag, Words

_ADVERBIAL_PREPOSITIONS = word_set("adverbial-preposition")
_HARD_BREAKS = frozenset((Tag.SUBORDINATOR, Tag.RELATIVE, Tag.BREAK))
_CLAUSE_MARKS = _HARD_BREAKS | {Tag.COORDINATOR}
_FINITE = frozenset(
    (Tense.PAST, Tense.PERFECT, Tense.PAST_PERFECT, Tense.PRESENT, Tense.FUTURE, Tense.MODAL, Tense.INFINITIVE)
)
_SUPERLATIVES = word_set("superlative")


def hosts_of(words: Words, phrases: Sequence[Phrase], start: int, end: int) -> list[int]:
    """Return the indices of the phrases that the time expression in `words[start:end]` dates; the first is its own."""
    modified = _modified_noun(words, phrases, start, end)
    if modified is not None:
        return [modified]
    if _is_comparison(words, start) or _is_year_of_a_thing(words, start, end):
        return []
    left = _nearest_left(words, phrases, start)
    if left and not _opens_clause(words, start, end, left, phrases):
        return left
    if words.tag(end) is Tag.BE and words.tag(start - 1) in (
        None,
        Tag.QUOTE,
    ):  # "Today was a good day": the time is the subject
        return []
    right = _first_right(words, phrases, end)
    if right is None or _is_parted(words, start, end, phrases[right]):
        return left
    return [right]


def _modified_noun(words: Words, phrases: Sequence[Phrase], start: int, end: int) -> int | None:
    before = words.lower(start - 1)
    opens_adverbial = words.tag(end) is not Tag.WORD or before in ("on", "by", "until", "since")
    if before in _ADVERBIAL_PREPOSITIONS and words.tag(end) is not Tag.POSSESSIVE and opens_adverbial:
        return None
    after = end + 1 if words.tag(end) is Tag.POSSESSIVE else end
    for index, phrase in enumerate(phrases):
        if phrase.is_verb or phrase.head < end or phrase.head > end + 4:
            continue
        between = [words.tags[at] for at in range(after, phrase.head)]
        if all(tag in (Tag.WORD, Tag.NAME, Tag.NUMBER, Tag.GERUND) for tag in between):
            return index
    return None


def _is_comparison(words: Words, start: int) -> bool:
    """Tell "the biggest war since 1945" from a date of the war."""
    if words.lower(start - 1) != "since":
        return False
    return any(words.lowers[at] in _SUPERLATIVES for at in range(max(0, start - 8), start))


def _is_year_of_a_thing(words: Words, start: int, end: int) -> bool:
    """Tell "its 2025 bond fell" from "in the 2025 season": a year that names a thing dates nothing that befalls it."""
    follows, precedes = words.tag(end), words.tag(start - 1)
    is_thing = follows is Tag.WORD or (follows is Tag.NAME and precedes in (Tag.DETERMINER, Tag.POSSESSIVE))
    if end != start + 1 or not words.texts[start].isdecimal() or not is_thing:
        return False
    before = start - 1
    while words.tag(before) in (Tag.DETERMINER, Tag.WORD, Tag.NAME, Tag.NUMBER):
        before -= 1
    return words.lower(before) not in _IN_THE_COURSE


_IN_THE_COURSE = frozenset(("in", "during", "throughout", "over", "since", "before", "after", "until", "by"))


def _is_parted(words: Words, start: int, end: int, phrase: Phrase) -> bool:
    """Tell whether a dash, a bracket or a colon stands between an expression inside a sentence and a verb after it."""
    return start > 2 and any(words.tags[at] is Tag.BREAK for at in range(end, phrase.group_start))


def _nearest_left(words: Words, phrases: Sequence[Phrase], start: int) -> list[int]:
    """Return the nearest phrase before `start` in its clause, and the verb that holds it or whose adverbial it is."""
    floor = clause_start(words, start)
    found = [index for index, phrase in enumerate(phrases) if floor <= phrase.head < start]
    if not found:
        return []
    nearest = found[-1]
    if phrases[nearest].is_verb:
        return [_main_verb(words, phrases, found)]
    for index in reversed(found[:-1]):
        verb = phrases[index]
        if verb.is_verb and verb.end > phrases[nearest].head:
            return [index, nearest] if _is_adverbial(words, verb, phrases[nearest]) else [index]
    return [nearest]


def _main_verb(words: Words, phrases: Sequence[Phrase], found: Sequence[int]) -> int:
    """Return the verb that the last of the phrases `found` gives the purpose of, or else that phrase itself.

    "Will meet the leaders to discuss the leaks on Tuesday": the day is that of the meeting.
    """
    purpose = phrases[found[-1]]
    before = purpose.group_start - 1
    if purpose.tense is not Tense.INFINITIVE or words.tag(before) not in (Tag.WORD, Tag.NAME):
        return found[-1]
    main = next((index for index in reversed(found[:-1]) if phrases[index].is_verb), None)
    if main is None or phrases[main].kind not in _GATHERINGS or control_of(words.lower(before)):
        return found[-1]
    return main if phrases[main].tense in (Tense.FUTURE, Tense.PAST) else found[-1]


_GATHERINGS = frozenset(("meeting", "call", "visit"))


def _is_adverbial(words: Words, verb: Phrase, noun: Phrase) -> bool:
    """Tell "asked in an interview on Tuesday", where the noun is dated as well, from "imposed sanctions on Friday"."""
    return any(
        words.lowers[at] in ("in", "during", "at", "after", "following") for at in range(verb.head + 1, noun.head)
    )


def clause_start(words: Words, position: int) -> int:
    """Return the index of the first word of the clause that holds `position`."""
    if not words.clause_starts:
        words.clause_starts += _clause_starts(words)
    return words.clause_starts[position]


def _clause_starts(words: Words) -> list[int]:
    """Find the clause start of every position in one pass, so that a long sentence costs what its words cost.

    A clause begins after a hard break, and after a comma that a conjunction or a relative pronoun follows; not yet at
    the conjunction itself.
    """
    starts, start = [0], 0
    tags = words.tags
    for index, tag in enumerate(tags):
        if tag in _CLAUSE_MARKS:
            if tag in (Tag.COORDINATOR, Tag.RELATIVE) and index > 0 and tags[index - 1] is Tag.COMMA:
                start = index
            if tag is not Tag.COORDINATOR and words.texts[index] not in (".", "$"):
                start = index + 1
        starts.append(start)
    return starts


def governor_before(words: Words, position: int) -> int | None:
    """Return the index of the word that subordinates the clause of `position`, or None for a main clause.

    A clause between that word and a comma before `position` is over: "Because it rained, they met" subordinates only
    `rained`.
    """
    floor = clause_start(words, position)
    if floor == 0 or words.tags[floor - 1] not in (Tag.SUBORDINATOR, Tag.RELATIVE):
        return None
    has_verb = False
    for index in range(floor, position):
        tag = words.tags[index]
        has_verb = has_verb or tag in (Tag.PAST, Tag.BE, Tag.HAVE, Tag.MODAL)
        if tag is Tag.COMMA and has_verb:
            return None
    return floor - 1


def clause_end(words: Words, position: int) -> int:
    """Return the index after the last word of the clause that holds `position`."""
    if not words.clause_ends:
        words.clause_ends += _clause_ends(words)
    return words.clause_ends[position] if position < len(words) else len(words)


def _clause_ends(words: Words) -> list[int]:
    ends = [0] * len(words)
    end = len(words)
    for index in range(len(words) - 1, -1, -1):
        if words.tags[index] in _HARD_BREAKS and words.texts[index] not in (".", "$"):
            end = index
        ends[index] = end
    return ends


def _opens_clause(words: Words, start: int, end: int, left: Sequence[int], phrases: Sequence[Phrase]) -> bool:
    """Tell an expression set off before its verb: ", on Tuesday he", "However, on Monday, the"."""
    before = start
    while before > 0 and words.tags[before - 1] in (Tag.PREPOSITION, Tag.ADVERB, Tag.DETERMINER, Tag.TEMPORAL):
        before -= 1
    if before > 0 and words.tags[before - 1] is Tag.COORDINATOR:  # "and on Tuesday it"
        return words.tag(end) in (Tag.PRONOUN, Tag.NAME, Tag.DETERMINER, Tag.COMMA)
    if before == 0 or words.tags[before - 1] is not Tag.COMMA:
        return False
    if words.tag(end) is Tag.PRONOUN or words.tag(end) is Tag.NAME:
        return True
    return words.tag(end) is Tag.COMMA and phrases[left[0]].tense is Tense.PARTICIPLE


def _first_right(words: Words, phrases: Sequence[Phrase], end: int) -> int | None:
    """Return the first finite verb after `end` that does not stand in a relative clause."""
    inside_relative = -1
    for index, phrase in enumerate(phrases):
        if phrase.head < end or not phrase.is_verb or phrase.tense not in _FINITE:
            continue
        opener = _relative_before(words, phrase.group_start, end)
        if opener is not None and opener != inside_relative:
            inside_relative = opener
            continue
        if words.tag(phrase.group_start - 1) is Tag.PREPOSITION:
            continue
        return index
    for index, phrase in enumerate(phrases):
        if phrase.head >= end:
            return index
    return None


def _relative_before(words: Words, position: int, floor: int) -> int | None:
    """Return the relative pronoun right before `position`, its adverbs left out."""
    index = position - 1
    while index > floor and words.tags[index] is Tag.ADVERB:
        index -= 1
    return index if index >= floor and words.tags[index] is Tag.RELATIVE else None
