"""Spread dates inside a sentence: phrases that share a time, and spans counted from one event to another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tasks.enrich.calendar import add_months, months_bounds
from tasks.enrich.candidates import Candidate, Dated
from tasks.enrich.clauses import clause_start, governor_before
from tasks.enrich.event_lexicon import has_role
from tasks.enrich.event_phrases import Phrase, Tense
from tasks.enrich.words import Tag, Words
from tasks.records import TimeExpression

_SAME_TIME = frozenset(("when", "as", "while"))
_PAST = (Tense.PAST, Tense.PAST_PERFECT)
_BEFORE_COMPLEMENT = (Tag.PAST, Tag.GERUND, Tag.TIME, Tag.COORDINATOR, Tag.PRONOUN, Tag.COMMA)


def date_what_follows(group: list[Candidate]) -> None:
    """Date "possibly followed by a meeting" after what it follows: some time from that date on."""
    for position, verb in enumerate(group):
        words = verb.sentence.words
        if verb.phrase.lemma != "follow" or words.lower(verb.phrase.head + 1) != "by" or position + 1 >= len(group):
            continue
        noun, before = group[position + 1], next((item for item in reversed(group[:position]) if item.dated), None)
        if noun.phrase.is_verb or noun.dated is not None or before is None or before.dated is None:
            continue
        noun.dated = Dated("FUTURE_REF", "vague", before.dated.begin, None, "sentence")
        verb.is_absorbed, verb.dated = True, None


def date_what_comes_then(group: list[Candidate]) -> None:
    """Date "and then wants a meeting of three" after the event to come that it stands behind."""
    for position, candidate in enumerate(group):
        if candidate.dated is not None or candidate.phrase.kind is None or candidate.phrase.tense in _PAST:
            continue
        before = next((item for item in reversed(group[:position]) if item.dated is not None), None)
        if before is None or before.dated is None or not _lies_ahead(before.phrase):
            continue
        between = candidate.sentence.words.lowers[before.phrase.end : candidate.phrase.start]
        if any(word in _NEXT for word in between):
            candidate.dated = Dated("FUTURE_REF", "vague", before.dated.begin, None, "sentence")


_NEXT = frozenset(("then", "later", "afterwards", "afterward", "subsequently"))


def _lies_ahead(phrase: Phrase) -> bool:
    return phrase.tense in (Tense.FUTURE, Tense.MODAL, Tense.INFINITIVE)


def date_relative_clauses(group: list[Candidate]) -> None:
    """Date "October 2014, when a strike shut the ports" by the time that the clause is about."""
    for candidate in group:
        words = candidate.sentence.words
        governor = governor_before(words, candidate.phrase.group_start)
        if candidate.dated is not None or governor is None or words.lowers[governor] != "when":
            continue
        timed = next((item for item in candidate.sentence.times if governor - 2 <= item.end <= governor), None)
        item = timed.expression if timed else None
        if item is not None and item.timex_type == "DATE" and item.begin_on is not None and item.end_on is not None:
            candidate.dated = Dated(item.value, item.granularity, item.begin_on, item.end_on, "clause", item)


def date_deadlines(group: list[Candidate]) -> None:
    """Date a deadline by what takes place when it has passed: "sanctions on Friday, after a deadline expires"."""
    for position, noun in enumerate(group):
        if noun.phrase.kind != "deadline" or noun.phrase.is_verb or noun.dated is not None:
            continue
        words = noun.sentence.words
        if "after" not in words.lowers[max(0, noun.phrase.start - 2) : noun.phrase.start]:
            continue
        before = next((item for item in reversed(group[:position]) if item.dated and item.phrase.is_verb), None)
        if before is not None and before.dated is not None and before.dated.granularity == "day":
            noun.dated = shared_date(before.dated, "sentence")


def join_light_verbs(group: list[Candidate]) -> None:
    """Let an event noun take in the verb that only says that it happens: "the offensive that started in spring"."""
    for position, verb in enumerate(group):
        if (
            verb.dated is None
            or not verb.phrase.is_verb
            or not has_role(verb.phrase.lemma, "happening")
            or position == 0
        ):
            continue
        if verb.phrase.end - verb.phrase.head > 3:
            continue
        noun = _subject_noun(group, position)
        if noun is None or (noun.dated is not None and noun.dated.source != verb.dated.source):
            continue
        if noun.dated is None:
            noun.dated = verb.dated
        noun.phrase.end = max(noun.phrase.end, verb.phrase.head + 1)
        noun.phrase.group_start = verb.phrase.group_start
        verb.is_absorbed = True


def _subject_noun(group: list[Candidate], position: int) -> Candidate | None:
    verb = group[position].phrase
    words = group[position].sentence.words
    for candidate in reversed(group[:position]):
        if candidate.phrase.is_verb:
            return None
        between = range(candidate.phrase.head + 1, verb.group_start)
        breaks = sum(words.tags[at] in (Tag.COMMA, Tag.BREAK, Tag.SUBORDINATOR, Tag.RELATIVE) for at in between)
        if breaks == 0 or (breaks == 1 and words.tags[verb.group_start - 1] in (Tag.SUBORDINATOR, Tag.RELATIVE)):
            return candidate
        return None
    return None


def share_in_sentence(group: list[Candidate]) -> None:
    """Give undated phrases the time of a dated one that they share a time with."""
    for position, candidate in enumerate(group):
        if candidate.dated is not None or candidate.phrase.is_negated or not candidate.phrase.is_verb:
            continue
        words = candidate.sentence.words
        for other in _neighbours(group, position):
            if other.dated is None or not _is_definite(other.dated) or other.is_absorbed:
                continue
            if words.quoted[other.phrase.head] and not words.quoted[candidate.phrase.head]:
                continue  # a date that somebody names does not say when it was named
            if _shares_time(candidate, other):
                candidate.dated = shared_date(other.dated, "sentence")
                break


def shared_date(dated: Dated, source: str) -> Dated:
    """Return a date for another phrase: the day without the part of day, which is the first phrase's own."""
    is_day = "/" not in dated.value and not dated.value.endswith("_REF")
    value, _, part = dated.value.partition("T") if is_day else (dated.value, "", "")
    return Dated(value, "day" if part else dated.granularity, dated.begin, dated.end, source, dated.expression)


def _neighbours(group: list[Candidate], position: int) -> Iterator[Candidate]:
    around = (*range(position - 1, -1, -1), *range(position + 1, min(position + 3, len(group))))
    return (group[at] for at in around if group[at].phrase.is_verb)


def _is_definite(dated: Dated) -> bool:
    return (
        dated.end is not None
        and not dated.value.endswith("_REF")
        and dated.granularity in ("day", "instant", "interval", "week")
    )


def _shares_time(candidate: Candidate, other: Candidate) -> bool:
    words, phrase, dated = candidate.sentence.words, candidate.phrase, other.phrase
    if dated.head > phrase.head:
        return _is_opening_participle(words, phrase, dated)
    floor = clause_start(words, phrase.group_start)
    opener = words.lower(floor - 1)
    if dated.is_reporting and dated.head < floor:
        return _tells_of_its_day(words, phrase, dated, floor)
    if phrase.is_reporting and phrase.tense is not Tense.PARTICIPLE:
        return False
    if phrase.tense is Tense.PARTICIPLE:
        follows = (
            words.tag(phrase.group_start - 1) in (Tag.COMMA, Tag.COORDINATOR) or phrase.group_start <= dated.end + 1
        )
        return floor <= dated.head and follows and not dated.is_reporting
    if phrase.tense not in _PAST:
        return False
    if words.tag(phrase.group_start - 1) is Tag.COORDINATOR and dated.tense in _PAST and floor <= phrase.group_start:
        return _same_clause(words, dated.head, phrase.group_start - 1)
    if opener in _SAME_TIME and words.tag(floor - 1) is Tag.SUBORDINATOR:
        return dated.tense in (*_PAST, Tense.PARTICIPLE) and not dated.is_reporting
    return False


def _same_clause(words: Words, first: int, last: int) -> bool:
    return not any(words.tags[at] in (Tag.SUBORDINATOR, Tag.RELATIVE, Tag.BREAK) for at in range(first, last))


def _is_opening_participle(words: Words, phrase: Phrase, dated: Phrase) -> bool:
    """Tell "Speaking in Geneva, he said on Friday": the participle shares the time of what follows."""
    return phrase.tense is Tense.PARTICIPLE and phrase.head <= 1 and dated.tense in _PAST


def _tells_of_its_day(words: Words, phrase: Phrase, speech: Phrase, floor: int) -> bool:
    """Tell "said on Friday that he had briefed allies": what is told lies on the day of the telling, or before it."""
    if phrase.tense not in _PAST or words.lower(floor - 1) not in ("that", ""):
        return False
    if words.lower(floor - 1) == "that" and not is_complement(words, floor - 1):
        return False
    if phrase.is_reporting or has_role(phrase.lemma, "stative"):
        return False
    between = range(speech.head, floor - 1)
    return not any(words.tags[at] in (Tag.BREAK, Tag.RELATIVE) for at in between)


def count_from_events(group: list[Candidate]) -> None:
    """Date an event by a span of time from a dated one: "in June 2021, eight months before the invasion"."""
    if not group:
        return
    sentence = group[0].sentence
    for timed in sentence.times:
        relation = sentence.words.lower(timed.end)
        if timed.expression.timex_type != "DURATION" or relation not in ("before", "after"):
            continue
        left = next((item for item in reversed(group) if item.phrase.head < timed.start and item.dated), None)
        right = next((item for item in group if item.phrase.head > timed.end and item.phrase.is_verb), None)
        if left is None or right is None or left.dated is None or right.dated is not None:
            continue
        right.dated = _moved(left.dated, timed.expression, 1 if relation == "before" else -1)


def _moved(dated: Dated, span: TimeExpression, sign: int) -> Dated | None:
    """Return a date moved by a span of months or years."""
    value = span.value
    if dated.begin is None or not value.startswith("P") or not value[1:-1].isdecimal() or value[-1] not in "MYDW":
        return None
    count = int(value[1:-1]) * sign
    if value[-1] in "DW":
        if dated.granularity != "day":
            return None
        day = dated.begin + timedelta(count * (7 if value[-1] == "W" else 1))
        return Dated(day.isoformat(), "day", day, day, "clause", span)
    month = add_months(dated.begin, count * (12 if value[-1] == "Y" else 1))
    first, last = months_bounds(month.year, month.month, 1)
    if value[-1] == "Y":
        return Dated(f"{month.year:04d}", "year", date(month.year, 1, 1), date(month.year, 12, 31), "clause", span)
    return Dated(f"{month.year:04d}-{month.month:02d}", "month", first, last, "clause", span)


def is_complement(words: Words, opener: int) -> bool:
    """Tell the "that" of speech from a relative "that"."""
    return words.lower(opener) == "that" and words.tag(opener - 1) in _BEFORE_COMPLEMENT
