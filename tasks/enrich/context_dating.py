"""Date what a sentence leaves open: by the sentence before, or by the day that the article tells of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tasks.enrich.candidates import Candidate, Dated
from tasks.enrich.clauses import clause_start, governor_before
from tasks.enrich.event_lexicon import has_role, is_lasting, listed, noun_kind
from tasks.enrich.event_phrases import Phrase, Tense
from tasks.enrich.sentence_dating import is_complement, shared_date
from tasks.enrich.words import Tag, Words
from tasks.records import Publication
from warehouse.vocabulary import EventStatus

_PAST = (Tense.PAST, Tense.PAST_PERFECT)
#: How many days before publication the day that an article tells of can lie.
_MAIN_DAY_REACH = 2
#: Days before publication within which other days speak against there being one day that the article tells of.
_RECENT_REACH = 7
#: Sentences at the head of an article whose days weigh double for the day that it tells of.
_LEAD_SENTENCES = 4
#: Spans whose number is not told, and words from them to the verb of the event that they lead to.
_SPANS = frozenset(("days", "weeks", "months", "years", "decades"))
_SPAN_REACH = 8
_SEQUENCE_CUES = frozenset(("initially", "originally", "previously", "formerly"))


def main_day(candidates: Sequence[Candidate], publication: Publication) -> date | None:
    """Return the day that the article tells of: the one that at least half of its dated past events name, if any."""
    published = publication.published_on
    votes: Counter[date] = Counter()
    elsewhere = 0
    for candidate in candidates:
        dated = candidate.dated
        if dated is None or dated.begin is None or dated.begin != dated.end or candidate.sentence.words.lower(0) == "":
            continue
        if dated.source != "clause" or candidate.status != EventStatus.OCCURRED:
            continue
        if published is not None and not 0 <= (published - dated.begin).days <= _MAIN_DAY_REACH:
            elsewhere += 0 <= (published - dated.begin).days <= _RECENT_REACH
            continue
        votes[dated.begin] += 2 if candidate.sentence.ordinal < _LEAD_SENTENCES else 1
    if not votes:
        return None
    day = max(votes, key=lambda day: (votes[day], day))
    return day if 2 * votes[day] >= votes.total() + elsewhere else None


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
    if _is_quoted(previous) and not _is_quoted(candidate):
        return None  # what somebody told is no part of the narrative
    gap = candidate.sentence.ordinal - previous.sentence.ordinal
    if gap > 1 or (gap == 1 and candidate.sentence.passage != previous.sentence.passage and not _follows_on(candidate)):
        return None
    if previous.dated.end is None or (gap > 0 and previous.dated.granularity not in ("day", "week", "interval")):
        return None
    return shared_date(previous.dated, "sentence")


def _is_quoted(candidate: Candidate) -> bool:
    return candidate.sentence.words.quoted[candidate.phrase.head]


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
    if phrase.is_reporting and not has_role(phrase.lemma, "announcing") and not _is_occasion(words, phrase):
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


def _is_occasion(words: Words, phrase: Phrase) -> bool:
    """Tell speech on an occasion, which is a happening: "said in an interview with"."""
    if words.lower(phrase.head + 1) not in ("in", "during", "at"):
        return False
    limit = min(len(words), phrase.head + 7)
    return any(noun_kind(words.lowers[at]) == "speech" for at in range(phrase.head + 2, limit))


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
            if other.dated is None or other.dated.value.endswith("_REF"):
                return False  # "have intensified in recent weeks, reaching": no day is known
            if is_means and other.dated.source == "reference-day":
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


def _is_days_away(words: Words, floor: int, position: int) -> bool:
    """Tell "met her in May, months after her brother was killed": an event of some other day than the one before."""
    return any(
        words.lowers[at] in ("after", "before") and words.lowers[at - 1] in _SPANS
        for at in range(max(floor, position - _SPAN_REACH, 1), position)
    )


def _is_background(words: Words, phrase: Phrase) -> bool:
    floor = clause_start(words, phrase.group_start)
    governor = governor_before(words, phrase.group_start)
    if governor is not None:
        opener = words.lowers[governor]
        if opener in ("if", "whether", "because", "that", "where") and not is_complement(words, governor):
            return True
        if opener in ("who", "which", "whom", "what") and words.tag(governor - 1) is not Tag.COMMA:
            return True
    if not _SEQUENCE_CUES.isdisjoint(words.lowers):
        return True
    if any(words.lowers[at] == "since" for at in range(max(0, phrase.group_start - 6), phrase.group_start)):
        return True
    if _is_days_away(words, floor, phrase.group_start):
        return True
    cues = listed("past-cue").intersection(
        (*words.lowers[floor : phrase.head], *words.lowers[phrase.end : phrase.end + 2])
    )
    return bool(cues - ({"before", "already"} if phrase.tense is Tense.PAST_PERFECT else {"before"}))
