"""Give the event phrases of an article their dates, from the strongest evidence to the weakest.

In order: the expression of the phrase's own clause (here); another phrase of its sentence that shares its time, or a
span of time counted from another event (`sentence_dating`); another telling of the same event in the article
(`coreference`); the period of the sentence before, and the day that the article tells of (`context_dating`). What none
of these dates stays undated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tasks.enrich.calendar import granularity_of
from tasks.enrich.candidates import Candidate, Dated, Sentence, Timed
from tasks.enrich.clauses import clause_end, hosts_of
from tasks.enrich.event_phrases import Phrase, Tense
from tasks.enrich.sentence_dating import (
    count_from_events,
    date_deadlines,
    date_relative_clauses,
    date_what_comes_then,
    date_what_follows,
    join_light_verbs,
    share_in_sentence,
)
from tasks.enrich.temponyms import term_after
from tasks.records import TimeExpression
from warehouse.vocabulary import EventStatus

#: First day meant by a vague past, in days before its last.
_VAGUE_PAST = (("year", 1100), ("month", 180), ("week", 37), ("day", 7))


def date_by_clause(candidates: Sequence[Candidate], published: date | None) -> None:
    """Date each candidate whose own clause holds a time expression."""
    by_sentence: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_sentence.setdefault(candidate.sentence.ordinal, []).append(candidate)
    for group in by_sentence.values():
        sentence = group[0].sentence
        for timed in sentence.times:
            dated = _dated_by(timed, sentence, published)
            if dated is None:
                continue
            for position in hosts_of(sentence.words, sentence.phrases, timed.start, timed.end):
                current = group[position].dated
                phrase = group[position].phrase
                is_quoted = sentence.words.quoted[timed.start] and not sentence.words.quoted[phrase.head]
                if (phrase.is_reporting and is_quoted) or (dated.value == "FUTURE_REF" and _is_told(phrase)):
                    continue  # what is quoted does not say when it was said, nor what is promised when it was promised
                if current is None or _is_better(dated, current):
                    group[position].dated = dated
        _date_by_terms(group)
        date_what_follows(group)
        date_what_comes_then(group)
        date_relative_clauses(group)
        date_deadlines(group)
        join_light_verbs(group)
        share_in_sentence(group)
        count_from_events(group)


def _is_told(phrase: Phrase) -> bool:
    return phrase.is_reporting or (phrase.is_verb and phrase.tense in (Tense.PAST, Tense.PERFECT, Tense.PAST_PERFECT))


def _is_better(new: Dated, old: Dated) -> bool:
    return old.value.endswith("_REF") and not new.value.endswith("_REF")


def _dated_by(timed: Timed, sentence: Sentence, published: date | None) -> Dated | None:
    """Return the date that an expression gives an event, or None for one that gives none."""
    item = timed.expression
    words = sentence.words
    before = words.lower(timed.start - 1)
    if item.timex_type == "SET" or item.value == "PRESENT_REF":
        return None
    if item.timex_type == "DURATION":
        if before == "of" and words.lower(timed.start - 2) != "course":
            return None  # "the best books of the past year"
        return _dated_by_duration(item, before)
    if item.value == "FUTURE_REF" and item.text.lower() == "the future" and before not in ("in", "for"):
        return None  # "a signal about the future of news"
    if item.value == "PAST_REF":
        return Dated(item.value, item.granularity, _vague_begin(item), item.end_on, "clause", item)
    if item.begin_on is None:
        return None
    if before == "since" and published is not None and item.begin_on < published:
        return Dated(f"{item.value}/{published}", "interval", item.begin_on, published, "clause", item)
    return Dated(item.value, item.granularity, item.begin_on, item.end_on, "clause", item)


def _dated_by_duration(item: TimeExpression, before: str) -> Dated | None:
    if item.begin_on is None or item.end_on is None:
        return None
    if item.text.endswith("old"):
        value = f"{item.begin_on.year:04d}"
        return Dated(value, "year", item.begin_on, item.end_on, "duration", item)
    if before == "within":
        return Dated(item.end_on.isoformat(), "interval", item.begin_on, item.end_on, "duration", item)
    value = f"{item.begin_on}/{item.end_on}"
    return Dated(value, "interval", item.begin_on, item.end_on, "duration", item)


def _vague_begin(item: TimeExpression) -> date | None:
    if item.end_on is None:
        return None
    lower = item.text.lower()
    reach = next((days for unit, days in _VAGUE_PAST if unit in lower), 30)
    return item.end_on - timedelta(reach)


def _date_by_terms(group: list[Candidate]) -> None:
    for candidate in group:
        if candidate.dated is not None or not candidate.phrase.is_verb:
            continue
        words = candidate.sentence.words
        span = term_after(
            words, candidate.sentence.names, candidate.phrase.head, clause_end(words, candidate.phrase.end)
        )
        if span is not None:
            first, last = span
            value = f"{first}/{last}" if last else f"{first}/.."
            candidate.dated = Dated(value, "interval", first, last, "clause")


def look_ahead(candidate: Candidate, published: date | None) -> None:
    """Move a weekday that a verb in the future tense names to the coming one: "will resume on Saturday"."""
    dated, phrase = candidate.dated, candidate.phrase
    if dated is None or dated.end is None or published is None or dated.expression is None or dated.end >= published:
        return
    is_ahead = candidate.status == EventStatus.SCHEDULED and phrase.is_verb
    is_ahead = is_ahead and candidate.sentence.words.lower(phrase.group_start) in _PRESENT_FUTURE
    is_counted = dated.expression.anchor_source == "published" and (published - dated.end).days < 7
    if not is_ahead or not is_counted or dated.begin != dated.end or not _WEEKDAY.search(dated.expression.text):
        return
    day = dated.end + timedelta(7)
    value = day.isoformat() + dated.value[len("2000-01-01") :]
    candidate.dated = Dated(value, dated.granularity, day, day, dated.source, dated.expression)


#: First words of groups that look ahead from the day of publication itself.
_PRESENT_FUTURE = frozenset(("will", "'ll", "shall", "is", "are", "plans", "plan", "expects"))
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def granularity_for(dated: Dated) -> str:
    """Return the granularity that goes with a value."""
    return str(granularity_of(dated.value)) if dated.granularity == "duration" else dated.granularity
