"""Judge whether two mentions of events in different places tell of one happening.

Four things must agree: when, what kind of happening, who, and the words around it. A pair that contradicts itself in
one of them (other actors, far dates, one past and one only possible) scores nothing, however well the rest agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tasks.enrich.event_lexicon import has_role, is_singular, noun_kind, verb_kind
from tasks.enrich.names import canonical_name, places_agree
from tasks.enrich.word_lists import word_set
from tasks.enrich.words import lemma_of
from tasks.records import ArticleMention
from warehouse.vocabulary import EventStatus

#: Score from which a pair speaks for one event. Chosen on the labelled documents; the next lower tenth joins strangers.
SAME_EVENT = 0.5
#: Across stories, where the topic gives no support.
SAME_EVENT_ACROSS_STORIES = 0.8
#: How far two tellings of one event may lie apart and still be a disagreement rather than two events.
_DISAGREEMENT_REACH = timedelta(7)
_OPEN_REACH = timedelta(62)  # how far ahead "soon" can mean
_WORDS_OF_WEIGHT = 4  # letters: shorter words tell little about a sentence
_GENERAL = word_set("general")


@dataclass(frozen=True, slots=True)
class Fact:
    """What merging compares of a mention. Equal facts are one node, however many copies tell them."""

    story_id: str
    status: str
    value: str | None
    begin: date | None
    end: date | None
    head: str
    kind: str | None
    actors: frozenset[str]
    place: str | None
    lemmas: frozenset[str]
    sentence: frozenset[str]

    @property
    def sort_key(self) -> tuple[str, ...]:
        return (
            self.story_id,
            str(self.begin),
            str(self.end),
            self.value or "",
            self.status,
            self.kind or "",
            self.head,
            self.place or "",
            *sorted(self.actors),
            "|",
            *sorted(self.lemmas),
            "|",
            *sorted(self.sentence),
        )


def fact_of(told: ArticleMention) -> Fact:
    """Return what merging compares of a mention."""
    mention = told.mention
    head = mention.lemmas[0] if mention.lemmas else ""
    kind = _kind_of(mention.lemmas)
    return Fact(
        told.story_id,
        mention.status,
        mention.value,
        mention.begin_on,
        mention.end_on,
        head,
        kind,
        frozenset(canonical_name(actor) for actor in mention.actors),
        canonical_name(mention.place) if mention.place else None,
        frozenset(lemma for lemma in mention.lemmas if lemma not in _GENERAL),
        _weighty_words(mention.sentence),
    )


def _kind_of(lemmas: tuple[str, ...]) -> str | None:
    if not lemmas:
        return None
    return noun_kind(lemmas[0]) or verb_kind(lemmas[0])


@lru_cache(maxsize=1 << 12)
def _weighty_words(sentence: str) -> frozenset[str]:
    words = [word.strip(".,;:!?\"'“”‘’()") for word in sentence.lower().split()]
    return frozenset([lemma_of(word) for word in words if len(word) >= _WORDS_OF_WEIGHT])


def likeness(left: Fact, right: Fact) -> float:
    """Return how strongly two facts speak for one event, 0 to 1; symmetric."""
    when = date_likeness(left, right)
    if when == 0.0 or not _statuses_agree(left, right):
        return 0.0
    copy = overlap(left.sentence, right.sentence)
    if (
        left.head == right.head
        and copy >= 0.6
        and len(left.sentence & right.sentence) >= 4
        and _who(left, right) >= 0.4
    ):
        return when if when >= 0.5 else SAME_EVENT * (copy >= 0.8)
    if is_speech(left) or is_speech(right):
        return 0.0
    what = _what(left, right)
    who = _who(left, right)
    if what == 0.0 or who == 0.0:
        return 0.0
    shared = left.lemmas & right.lemmas
    words = min(1.0, len(shared - {left.head, right.head}) / 2 + 0.25 * (left.head == right.head))
    where = 0.0 if not left.place or not right.place else 0.1 if places_agree(left.place, right.place) else -0.2
    if when < 0.5 and (len(shared) < 2 or words < 1.0):  # far dates: only what is plainly the same
        return 0.0
    return max(0.0, (0.35 * what + 0.45 * who + 0.2 * words + where) * (when if when >= 0.5 else 1.0))


def is_speech(fact: Fact) -> bool:
    """Tell acts of speech, which only their wording can identify."""
    return fact.kind in (None, "speech") and has_role(fact.head, "reporting")


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the share of the smaller set that both have."""
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def _statuses_agree(left: Fact, right: Fact) -> bool:
    pair = {left.status, right.status}
    if pair == {EventStatus.OCCURRED, EventStatus.HYPOTHETICAL}:
        return False
    if pair != {EventStatus.OCCURRED, EventStatus.SCHEDULED}:
        return True
    return left.kind == right.kind is not None and (left.begin, left.end) == (right.begin, right.end)


def _what(left: Fact, right: Fact) -> float:
    if left.kind is not None and left.kind == right.kind:
        return 1.0
    shared = left.lemmas & right.lemmas
    if len(shared) >= 2 and overlap(left.lemmas, right.lemmas) >= 0.5:
        return 0.9
    return 0.6 if left.head == right.head and len(shared) >= 2 else 0.0


def _who(left: Fact, right: Fact) -> float:
    if left.kind == right.kind and is_singular(left.kind):
        return max(0.6, _shared_actors(left, right))
    return _shared_actors(left, right)


def _shared_actors(left: Fact, right: Fact) -> float:
    if not left.actors or not right.actors:
        return 0.4
    shared = len(left.actors & right.actors)
    if shared == 0:
        return 0.0
    smaller, larger = sorted((len(left.actors), len(right.actors)))
    if shared == smaller:
        return 1.0 if smaller >= 2 or larger == 1 else 0.7
    return 0.4 * shared / smaller  # "Trump met Zelensky" is not "Trump met Putin"


def date_likeness(left: Fact, right: Fact) -> float:
    """Return how well two dates agree: 1 equal, less contained or a day apart, least a few days apart, 0 beyond."""
    if left.begin is None or right.begin is None:
        return 0.0
    if (left.begin, left.end) == (right.begin, right.end):
        return 1.0
    if left.end is None or right.end is None:
        return _open_likeness(left, right)
    if left.begin <= right.end and right.begin <= left.end:
        longer = max(left.end - left.begin, right.end - right.begin).days
        shorter = min(left.end - left.begin, right.end - right.begin).days
        contained = (left.begin >= right.begin and left.end <= right.end) or (
            right.begin >= left.begin and right.end <= left.end
        )
        if not contained:
            return 0.5
        return 0.9 if longer <= 7 else 0.8 if longer <= 31 or shorter >= 28 else 0.6
    gap = left.begin - right.end if left.begin > right.end else right.begin - left.end
    days = max((left.end - left.begin).days, (right.end - right.begin).days)
    if gap.days == 1 and days == 0:
        return 0.7
    if gap <= _DISAGREEMENT_REACH and days <= 7 and left.status == right.status == EventStatus.OCCURRED:
        return 0.3
    return 0.0


def _open_likeness(left: Fact, right: Fact) -> float:
    if left.end is None and right.end is None:
        return 0.8
    open_one, closed = (left, right) if left.end is None else (right, left)
    if open_one.begin is None or closed.begin is None or closed.end is None:
        return 0.0
    return 0.8 if open_one.begin <= closed.end and closed.begin - open_one.begin <= _OPEN_REACH else 0.0


def agrees_across_stories(left: Fact, right: Fact) -> bool:
    """Tell whether two facts of different stories are one event: day, kind and two actors must agree."""
    if left.end is None or left.begin != left.end or right.begin != right.end or is_speech(left) or is_speech(right):
        return False
    if left.begin != right.begin or left.kind is None or left.kind != right.kind or len(left.actors & right.actors) < 2:
        return False
    return likeness(left, right) >= SAME_EVENT_ACROSS_STORIES
