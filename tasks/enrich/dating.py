"""Give the event phrases of an article their dates, from the strongest evidence to the weakest.

In order: the expression of the phrase's own clause; another phrase of its sentence that shares its time; a span of time
counted from another event ("eight months before"); an earlier or later telling of the same event in the article; the
period of the sentence before; the day that the article tells of. What none of these dates stays undated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from tasks.enrich.calendar import add_months, granularity_of, months_bounds
from tasks.enrich.candidates import Candidate, Dated, Sentence, Timed
from tasks.enrich.clauses import clause_end, clause_start, governor_before, hosts_of
from tasks.enrich.event_lexicon import has_role, is_lasting, is_listed
from tasks.enrich.event_phrases import Phrase, Tense
from tasks.enrich.temponyms import term_after
from tasks.enrich.words import Tag, Words
from tasks.records import Publication, TimeExpression
from warehouse.vocabulary import EventStatus

_SAME_TIME = frozenset(("when", "as", "while"))
_PAST = (Tense.PAST, Tense.PAST_PERFECT)
#: How many days before publication the day that an article tells of can lie.
_MAIN_DAY_REACH = 2
#: Sentences at the head of an article whose days weigh double for the day that it tells of.
_LEAD_SENTENCES = 4
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
                if group[position].phrase.is_reporting and dated.value == "FUTURE_REF":
                    continue  # speech in the past about a time to come
                if current is None or _is_better(dated, current):
                    group[position].dated = dated
        _date_by_terms(group)
        _date_what_follows(group)
        _date_relative_clauses(group)
        _date_deadlines(group)
        _join_light_verbs(group)
        _share_in_sentence(group)
        _count_from_events(group)


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
        return _dated_by_duration(item, before)
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


def _date_what_follows(group: list[Candidate]) -> None:
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


def _date_relative_clauses(group: list[Candidate]) -> None:
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


def _date_deadlines(group: list[Candidate]) -> None:
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


def _join_light_verbs(group: list[Candidate]) -> None:
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


def _share_in_sentence(group: list[Candidate]) -> None:
    """Give undated phrases the time of a dated one that they share a time with."""
    for position, candidate in enumerate(group):
        if candidate.dated is not None or candidate.phrase.is_negated or not candidate.phrase.is_verb:
            continue
        for other in _neighbours(group, position):
            if other.dated is None or not _is_definite(other.dated) or other.is_absorbed:
                continue
            if _shares_time(candidate, other):
                candidate.dated = shared_date(other.dated, "sentence")
                break


def shared_date(dated: Dated, source: str) -> Dated:
    """Return a date for another phrase: the day without the part of day, which is the first phrase's own."""
    value, _, part = dated.value.partition("T") if "/" not in dated.value else (dated.value, "", "")
    return Dated(value, "day" if part else dated.granularity, dated.begin, dated.end, source, dated.expression)


def _neighbours(group: list[Candidate], position: int) -> list[Candidate]:
    before = [group[at] for at in range(position - 1, -1, -1)]
    return [other for other in (*before, *group[position + 1 : position + 3]) if other.phrase.is_verb]


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
    if words.lower(floor - 1) == "that" and not _is_complement(words, floor - 1):
        return False
    if phrase.is_reporting or has_role(phrase.lemma, "stative"):
        return False
    between = range(speech.head, floor - 1)
    return not any(words.tags[at] in (Tag.BREAK, Tag.RELATIVE) for at in between)


def _count_from_events(group: list[Candidate]) -> None:
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


def main_day(candidates: Sequence[Candidate], publication: Publication) -> date | None:
    """Return the day that the article tells of: the one that at least half of its dated past events name, if any."""
    published = publication.published_on
    votes: Counter[date] = Counter()
    for candidate in candidates:
        dated = candidate.dated
        if dated is None or dated.begin is None or dated.begin != dated.end or candidate.sentence.words.lower(0) == "":
            continue
        if dated.source != "clause" or candidate.status != EventStatus.OCCURRED:
            continue
        if published is not None and not 0 <= (published - dated.begin).days <= _MAIN_DAY_REACH:
            continue
        votes[dated.begin] += 2 if candidate.sentence.ordinal < _LEAD_SENTENCES else 1
    if not votes:
        return None
    day = max(votes, key=lambda day: (votes[day], day))
    return day if 2 * votes[day] >= votes.total() else None


def date_by_context(candidates: Sequence[Candidate], day: date | None, published: date | None) -> None:
    """Date past events that name no time by the sentence before or by the day that the article tells of.

    An article that names no day of its own tells, in its first sentences, of the day that it was published on.
    """
    is_dateless = day is None and not any(
        candidate.dated is not None and candidate.dated.granularity == "day" for candidate in candidates
    )
    previous: Candidate | None = None
    for position, candidate in enumerate(candidates):
        if candidate.dated is not None:
            if (
                candidate.dated.source in ("clause", "duration")
                and candidate.phrase.is_verb
                and candidate.phrase.tense in _PAST
            ):
                previous = candidate
            continue
        if candidate.is_absorbed or not _is_narrated(candidate, candidates, position):
            continue
        dated = _period_before(candidate, previous)
        if dated is None and not _has_weight(candidate):
            candidate.reason = "no-date"
            continue
        if dated is None and day is not None:
            dated = Dated(day.isoformat(), "day", day, day, "reference-day")
        elif dated is None and is_dateless and published is not None and candidate.sentence.ordinal < _LEAD_SENTENCES:
            dated = Dated(published.isoformat(), "day", published, published, "published")
        candidate.dated = dated


def _has_weight(candidate: Candidate) -> bool:
    """Tell a phrase that says who did what from a bare verb, which the day of the article alone cannot date."""
    phrase = candidate.phrase
    if phrase.kind is not None or not phrase.is_verb:
        return True
    return bool(candidate.actors) and (phrase.end > phrase.head + 1 or phrase.is_reporting)


def _period_before(candidate: Candidate, previous: Candidate | None) -> Dated | None:
    """Return the period of the sentence before, in the same passage, which the narrative goes on in."""
    if previous is None or previous.dated is None or previous.phrase.is_reporting:
        return None
    gap = candidate.sentence.ordinal - previous.sentence.ordinal
    if gap > 1 or (gap == 1 and candidate.sentence.passage != previous.sentence.passage and not _follows_on(candidate)):
        return None
    if previous.dated.end is None or (gap > 0 and previous.dated.granularity not in ("day", "week", "interval")):
        return None
    return shared_date(previous.dated, "sentence")


def _follows_on(candidate: Candidate) -> bool:
    """Tell whether the phrase speaks of something just told: "four strikes on the area"."""
    words, phrase = candidate.sentence.words, candidate.phrase
    return (
        any(words.lowers[at] in ("the", "that", "this") for at in range(phrase.head, phrase.end))
        and phrase.kind is not None
    )


def _is_narrated(candidate: Candidate, candidates: Sequence[Candidate], position: int) -> bool:
    """Tell an event of the article's own narrative from background, speech, states and what never happened."""
    phrase, words = candidate.phrase, candidate.sentence.words
    candidate.reason = "no-date"
    if candidate.status != EventStatus.OCCURRED:
        candidate.reason = "not-occurred"
        return False
    if phrase.is_negated:
        candidate.reason = "negated"
        return False
    if not phrase.is_verb:
        return _is_narrated_noun(candidate)
    if phrase.is_reporting and not has_role(phrase.lemma, "announcing"):
        candidate.reason = "speech-act"
        return False
    if phrase.tense is Tense.PARTICIPLE:
        return _follows_dated_verb(candidate, candidates, position)
    if phrase.kind is None and has_role(phrase.lemma, "happening"):
        candidate.reason = "light-verb"
        return False
    if "anonymity" in words.lowers:  # how a source spoke, not what happened
        candidate.reason = "speech-act"
        return False
    if phrase.tense not in _PAST or (has_role(phrase.lemma, "stative") and phrase.kind is None):
        candidate.reason = "state-or-perfect"
        return False
    if words.quoted[phrase.head] or candidate.sentence.kind in ("heading", "headline", "caption"):
        candidate.reason = "quoted-or-heading"
        return False
    if _is_background(words, phrase):
        candidate.reason = "background"
        return False
    return True


def _follows_dated_verb(candidate: Candidate, candidates: Sequence[Candidate], position: int) -> bool:
    """Tell whether a participle goes with a verb of its sentence that was dated: ", killing two"."""
    words, phrase = candidate.sentence.words, candidate.phrase
    is_means = words.lower(phrase.group_start - 1) == "by"  # "responded by lifting the ban"
    if phrase.is_reporting or not (
        is_means
        or words.tag(phrase.group_start - 1) is Tag.COMMA
        or _ends_before(candidates[:position], phrase.group_start)
    ):
        return False
    for other in reversed(candidates[:position]):
        if other.sentence is not candidate.sentence:
            return False
        if other.phrase.is_verb:
            if other.dated is None or (is_means and other.dated.source == "reference-day"):
                return False
            return not other.phrase.is_reporting and not words.quoted[phrase.head]
    return False


def _ends_before(candidates: Sequence[Candidate], position: int) -> bool:
    """Tell "signed an order imposing tariffs", where the participle goes on from the object."""
    verb = next((item.phrase for item in reversed(candidates) if item.phrase.is_verb), None)
    return verb is not None and verb.end == position


def _is_narrated_noun(candidate: Candidate) -> bool:
    """Tell whether a noun names a happening of the day: "following his meeting", "in a phone call"."""
    words, phrase = candidate.sentence.words, candidate.phrase
    if (
        is_lasting(phrase.lemma)
        or phrase.lemma.endswith("s")
        or phrase.kind in (None, "sanctions", "deadline", "agreement")
    ):
        return False
    before = phrase.start - 1
    while before >= 0 and words.tags[before] in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.NAME, Tag.WORD, Tag.ADVERB):
        before -= 1
    return (
        before >= 0
        and words.lowers[before] in ("following", "after", "before")
        and phrase.kind in ("meeting", "call", "visit")
    )


_SEQUENCE_CUES = frozenset(("initially", "originally", "previously", "formerly"))


def _is_background(words: Words, phrase: Phrase) -> bool:
    floor = clause_start(words, phrase.group_start)
    governor = governor_before(words, phrase.group_start)
    if governor is not None:
        opener = words.lowers[governor]
        if opener in ("if", "whether", "because", "that", "where") and not _is_complement(words, governor):
            return True
        if opener in ("who", "which", "whom", "what") and words.tag(governor - 1) is not Tag.COMMA:
            return True
    if any(word in _SEQUENCE_CUES for word in words.lowers):
        return True
    if any(words.lowers[at] == "since" for at in range(max(0, phrase.group_start - 6), phrase.group_start)):
        return True
    around = (*range(floor, phrase.head), *range(phrase.end, min(len(words), phrase.end + 2)))
    return any(_is_past_cue(words.lowers[at], phrase) for at in around)


def _is_past_cue(word: str, phrase: Phrase) -> bool:
    if word == "before" or (word == "already" and phrase.tense is Tense.PAST_PERFECT):
        return False
    return is_listed(word, "past-cue")


def _is_complement(words: Words, opener: int) -> bool:
    """Tell the "that" of speech from a relative "that"."""
    return words.lower(opener) == "that" and words.tag(opener - 1) in _BEFORE_COMPLEMENT


_BEFORE_COMPLEMENT = (Tag.PAST, Tag.GERUND, Tag.TIME, Tag.COORDINATOR, Tag.PRONOUN, Tag.COMMA)


def has_own_bounds(dated: Dated | None) -> bool:
    """Tell whether a date names days."""
    return dated is not None and dated.begin is not None


def granularity_for(dated: Dated) -> str:
    """Return the granularity that goes with a value."""
    return str(granularity_of(dated.value)) if dated.granularity == "duration" else dated.granularity
