"""Decide whether a phrase tells what occurred, what is scheduled, or what is only possible."""

from __future__ import annotations

from datetime import date

from tasks.enrich.clauses import clause_end, clause_start, governor_before
from tasks.enrich.event_lexicon import is_listed, listed
from tasks.enrich.event_phrases import Phrase, Tense
from tasks.enrich.word_lists import word_set
from tasks.enrich.words import Tag, Words
from warehouse.vocabulary import EventStatus

_CONDITIONS = frozenset(("unless", "if"))
_PAST = (Tense.PAST, Tense.PERFECT, Tense.PAST_PERFECT)


def status_of(words: Words, phrase: Phrase, phrases: list[Phrase], *, is_headline: bool) -> EventStatus:
    """Return the status that words alone give; `settle_status` confronts it with the date."""
    if not phrase.is_verb:
        return _noun_status(words, phrase, phrases, is_headline)
    if phrase.control is not None:
        if phrase.control == EventStatus.SCHEDULED and _is_conditional(words, phrase):
            return EventStatus.HYPOTHETICAL
        return EventStatus(phrase.control)
    if phrase.tense in (Tense.FUTURE, Tense.MODAL) and not _CONDITIONS.isdisjoint(words.lowers[phrase.end :]):
        return EventStatus.HYPOTHETICAL
    if phrase.tense is Tense.FUTURE:
        return EventStatus.HYPOTHETICAL if _is_conditional(words, phrase) else EventStatus.SCHEDULED
    if phrase.tense is Tense.MODAL:
        return EventStatus.SCHEDULED if _is_reported_future(words, phrase) else EventStatus.HYPOTHETICAL
    if phrase.tense is Tense.INFINITIVE or (_is_conditional(words, phrase) and not phrase.is_reporting):
        return EventStatus.HYPOTHETICAL
    if phrase.tense is Tense.PARTICIPLE:
        return _participle_status(words, phrase, phrases)
    return EventStatus.OCCURRED


def _is_conditional(words: Words, phrase: Phrase) -> bool:
    floor = clause_start(words, phrase.group_start)
    governor = governor_before(words, phrase.group_start)
    if governor is not None and words.lowers[governor] in ("if", "whether", "unless"):
        return Tag.TEMPORAL not in words.tags[governor : phrase.group_start]
    if Tag.TEMPORAL in words.tags[floor : phrase.group_start]:
        return False
    return _has_hypothetical_cue(words, max(0, floor - 3), phrase.group_start)


def _has_hypothetical_cue(words: Words, start: int, end: int) -> bool:
    """Tell whether a word among those speaks of what is only possible; the month of May does not."""
    if listed("hypothetical-cue").isdisjoint(words.lowers[start:end]):
        return False
    return any(
        is_listed(words.lowers[at], "hypothetical-cue") and words.tags[at] is not Tag.TIME for at in range(start, end)
    )


def _is_reported_future(words: Words, phrase: Phrase) -> bool:
    """Tell "said the talks would begin", a future seen from the past, from a conditional."""
    if phrase.modal != "would" or "if" in words.lowers:
        return False
    return any(words.lowers[at] in _REPORTING_PAST for at in range(max(0, phrase.group_start - 8), phrase.group_start))


_REPORTING_PAST = word_set("reporting-past")


def _participle_status(words: Words, phrase: Phrase, phrases: list[Phrase]) -> EventStatus:
    for other in reversed(phrases):
        if other.is_verb and other.head < phrase.group_start and other.tense is not Tense.PARTICIPLE:
            if other.tense is Tense.MODAL or other.control == EventStatus.HYPOTHETICAL:
                return EventStatus.HYPOTHETICAL
            if other.tense is Tense.FUTURE or other.control == EventStatus.SCHEDULED:
                return EventStatus.SCHEDULED
            break
    return EventStatus.OCCURRED


def _noun_status(words: Words, phrase: Phrase, phrases: list[Phrase], is_headline: bool) -> EventStatus:
    before = [words.lowers[at] for at in range(max(0, phrase.start - 2), phrase.head)]
    if any(is_listed(word, "hypothetical-noun-modifier") for word in before):
        return EventStatus.HYPOTHETICAL
    if any(is_listed(word, "scheduled-noun-modifier") for word in before):
        return EventStatus.SCHEDULED
    if phrase.kind == "deadline":
        return EventStatus.SCHEDULED
    if words.lower(phrase.start - 2) == "followed" or words.lower(phrase.start - 3) == "followed":
        floor = max(0, phrase.start - 6)
        if _has_hypothetical_cue(words, floor, phrase.start):
            return EventStatus.HYPOTHETICAL
    if any(words.lowers[at] in _CHANCES for at in range(max(0, phrase.start - 8), phrase.start)):
        return EventStatus.HYPOTHETICAL
    if any(
        words.lowers[at] in ("wants", "want", "seeks", "hopes") for at in range(max(0, phrase.start - 3), phrase.start)
    ):
        return EventStatus.HYPOTHETICAL
    verb = governing_verb(words, phrase, phrases)
    if verb is not None and not (verb.is_reporting or _is_definite_past(words, phrase)):
        return status_of(words, verb, phrases, is_headline=is_headline)
    floor = clause_start(words, phrase.start)
    if _has_hypothetical_cue(words, floor, phrase.start):
        return EventStatus.HYPOTHETICAL
    return _status_of_copula(words, phrase)


def _status_of_copula(words: Words, phrase: Phrase) -> EventStatus:
    """Read the modal of a clause without a verb of its own: "the meeting could still be weeks away"."""
    for index in range(phrase.end, clause_end(words, phrase.end)):
        if words.tags[index] is Tag.COMMA or words.tags[index] is Tag.PAST:
            break
        if words.tags[index] is Tag.MODAL:
            return (
                EventStatus.SCHEDULED if words.lowers[index] in ("will", "'ll", "shall") else EventStatus.HYPOTHETICAL
            )
    return EventStatus.OCCURRED


_CHANCES = frozenset(("chance", "chances", "possibility", "prospect", "likelihood"))


def _is_definite_past(words: Words, phrase: Phrase) -> bool:
    return words.lower(phrase.start - 1) in ("after", "following", "since")


def governing_verb(words: Words, noun: Phrase, phrases: list[Phrase]) -> Phrase | None:
    """Return the verb whose object or subject a noun is, or None."""
    for verb in phrases:
        if verb.is_verb and verb.start <= noun.head < verb.end:
            return verb
    for verb in phrases:
        if not verb.is_verb or verb.head <= noun.head:
            continue
        between = range(noun.head + 1, verb.group_start)
        if any(
            words.tags[at] in (Tag.COMMA, Tag.BREAK, Tag.SUBORDINATOR, Tag.RELATIVE, Tag.TEMPORAL) for at in between
        ):
            return None
        return None if verb.tense is Tense.PARTICIPLE else verb
    for verb in reversed(phrases):  # "there will be a meeting"
        if verb.is_verb and verb.head < noun.start and noun.start - verb.end <= 2:
            return verb
    return None


def settle_status(
    status: EventStatus, phrase: Phrase, begin: date | None, end: date | None, now: date | None
) -> EventStatus:
    """Confront the status with the date: what lies ahead has not occurred, a deadline that has passed has."""
    if begin is None or now is None:
        return status
    if status is EventStatus.OCCURRED and begin > now:
        return EventStatus.SCHEDULED
    if status is EventStatus.OCCURRED and phrase.tense in (Tense.PRESENT, Tense.NOUN) and end is None:
        return EventStatus.SCHEDULED
    if status is EventStatus.SCHEDULED and phrase.kind == "deadline" and end is not None and end < now:
        return EventStatus.OCCURRED
    return status
