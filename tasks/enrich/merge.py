"""Merge the mentions of all articles into events: one real happening, one row, with its sources and disagreements.

Copies of one text count as mentions but give no new evidence. Differing dates of one event are kept side by side.
The result depends on the mentions alone, not on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tasks.enrich.actors import name_actors
from tasks.enrich.grouping import group_facts
from tasks.enrich.likeness import Fact, fact_of
from tasks.enrich.names import canonical_name
from tasks.enrich.plausibility import withdraw_implausible
from tasks.enrich.story_dates import date_by_story
from tasks.enrich.telling import tell
from tasks.records import ArticleMention, EventMention
from warehouse.identifiers import identify
from warehouse.vocabulary import EventStatus

_STATUS_ORDER = {str(status): rank for rank, status in enumerate(EventStatus)}
_PRECISION = {"instant": 0, "day": 0, "week": 1, "interval": 2, "month": 3, "season": 4, "quarter": 4, "year": 5}
_VAGUEST = 9
_LONGEST_DESCRIPTION = 90


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the table `events`."""

    event_id: str
    description: str
    begin_on: date
    end_on: date | None
    granularity: str
    value: str
    status: str
    place: str | None
    actors: tuple[str, ...]
    story_id: str
    mention_count: int
    article_count: int
    publisher_count: int
    first_reported_on: date | None
    has_disagreement: bool
    actor_entity_ids: tuple[str | None, ...] = ()  # beside the actors; None where an actor is no known entity
    place_entity_id: str | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A row of the table `disagreements`: one of the dates that an event is given."""

    event_id: str
    description: str
    value: str
    begin_on: date | None
    end_on: date | None
    article_count: int
    article_ids: tuple[str, ...]
    sentence: str
    event_mention_id: str


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The events; for each mention, in the order given, its event (None: undated) and itself, dated if it could be."""

    events: tuple[Event, ...]
    event_ids: tuple[str | None, ...]
    mentions: tuple[EventMention, ...]
    disagreements: tuple[Disagreement, ...]


def mention_key(told: ArticleMention) -> str:
    """Return the key of a mention: a hash of the article and the place of the phrase."""
    return identify("mention", told.article_id, told.mention.char_start, told.mention.char_end)


def merge_mentions(mentions: Sequence[ArticleMention]) -> MergeResult:
    """Return the events that the mentions tell of, after dating undated ones from other articles of their story."""
    redated = withdraw_implausible(date_by_story(mentions))
    members: dict[Fact, list[int]] = defaultdict(list)
    for index, told in enumerate(redated):
        if told.mention.value is not None and told.mention.begin_on is not None:
            members[fact_of(told)].append(index)
    facts = sorted(members, key=lambda fact: fact.sort_key)
    event_ids: list[str | None] = [None] * len(redated)
    events: list[Event] = []
    disagreements: list[Disagreement] = []
    for group in group_facts(facts):
        indices = [index for position in group for index in members[facts[position]]]
        told_by = sorted((redated[index] for index in indices), key=lambda told: mention_key(told))
        event = _event(told_by)
        events.append(event)
        disagreements += _disagreements(event, told_by)
        for index in indices:
            event_ids[index] = event.event_id
    return MergeResult(
        tuple(sorted(events, key=lambda event: (event.begin_on, event.event_id))),
        tuple(event_ids),
        tuple(told.mention for told in redated),
        tuple(sorted(disagreements, key=lambda row: (row.event_id, row.value))),
    )


def _event(told_by: Sequence[ArticleMention]) -> Event:
    chosen = _best_dated(told_by)
    event_id = identify("event", *(mention_key(told) for told in told_by))
    reported = [told.published_on for told in told_by if told.published_on is not None]
    publishers = {told.publisher for told in told_by if told.publisher is not None}
    begin = chosen.begin_on
    if begin is None or chosen.value is None or chosen.granularity is None:
        raise ValueError(f"event {event_id}: its mentions have no date; only dated mentions make events")
    actors = name_actors(told_by)
    place = _place(told_by)
    return Event(
        event_id=event_id,
        description=_description(told_by, chosen.value),
        begin_on=begin,
        end_on=chosen.end_on,
        granularity=chosen.granularity,
        value=chosen.value,
        status=_status(told_by, chosen),
        place=place[0],
        actors=tuple(name for name, _ in actors),
        story_id=_most_common(told.story_id for told in told_by) or "",
        mention_count=len(told_by),
        article_count=len({told.article_id for told in told_by}),
        publisher_count=len(publishers),
        first_reported_on=min(reported, default=None),
        has_disagreement=bool(_conflicting_values(told_by)),
        actor_entity_ids=tuple(entity_id for _, entity_id in actors),
        place_entity_id=place[1],
    )


def _best_dated(told_by: Sequence[ArticleMention]) -> EventMention:
    """Return the mention whose date stands for the event: the most precise; of equals the one most texts give."""
    support: dict[str, set[str]] = defaultdict(set)
    for told in told_by:
        support[told.mention.value or ""].add(told.cluster_id)

    def rank(told: ArticleMention) -> tuple[int, int, str, str]:
        mention = told.mention
        return (
            _PRECISION.get(mention.granularity or "", _VAGUEST),
            -len(support[mention.value or ""]),
            mention.value or "",
            mention_key(told),
        )

    return min(told_by, key=rank).mention


def _description(told_by: Sequence[ArticleMention], value: str) -> str:
    """Return the phrase that says most in few words, from a mention with the event's own date where there is one."""

    def rank(told: ArticleMention) -> tuple[bool, bool, int, bool, int, str]:
        mention = told.mention
        return (
            len(mention.text) > _LONGEST_DESCRIPTION,
            mention.value != value,
            -min(len(mention.actors), 3),
            mention.place is None,
            -len(mention.text),
            mention_key(told),
        )

    return tell(min(told_by, key=rank).mention)


def _status(told_by: Sequence[ArticleMention], chosen: EventMention) -> str:
    """Return the status that most texts give for the chosen date; of equals the most certain."""
    texts: dict[str, set[str]] = defaultdict(set)
    for told in told_by:
        if told.mention.value == chosen.value:
            texts[told.mention.status].add(told.cluster_id)
    return min(texts, key=lambda status: (-len(texts[status]), _STATUS_ORDER.get(status, _VAGUEST)))


def _most_common(names: Iterable[str]) -> str | None:
    """Return the spelling most used of the name most used."""
    counts = Counter(names)
    by_name: Counter[str] = Counter()
    for spelling, count in counts.items():
        by_name[canonical_name(spelling)] += count
    if not counts:
        return None
    return min(counts, key=lambda spelling: (-by_name[canonical_name(spelling)], -counts[spelling], spelling))


def _place(told_by: Sequence[ArticleMention]) -> tuple[str | None, str | None]:
    """Return the place named most, by the name that it goes by, and its entity."""
    text = _most_common(told.mention.place for told in told_by if told.mention.place)
    if text is None:
        return None, None
    named = Counter(told.entities[text] for told in told_by if told.mention.place == text and text in told.entities)
    if not named:
        return text, None
    entity = min(named, key=lambda entity: (-named[entity], entity))
    return entity.name, entity.entity_id


def _conflicting_values(told_by: Sequence[ArticleMention]) -> tuple[str, ...]:
    """Return the dates of an event that some other of its dates cannot be true beside."""
    spans = {
        told.mention.value: (told.mention.begin_on, told.mention.end_on or date.max)
        for told in told_by
        if told.mention.value is not None and told.mention.begin_on is not None
    }
    ordered = sorted(spans)
    return tuple(value for value in ordered if any(_is_apart(spans[value], spans[other]) for other in ordered))


def _is_apart(left: tuple[date | None, date], right: tuple[date | None, date]) -> bool:
    if left[0] is None or right[0] is None:
        return False
    return left[0] > right[1] or right[0] > left[1]


def _disagreements(event: Event, told_by: Sequence[ArticleMention]) -> list[Disagreement]:
    rows = []
    for value in _conflicting_values(told_by):
        side = [told for told in told_by if told.mention.value == value]
        first = min(side, key=_evidence_rank)
        articles = tuple(sorted({told.article_id for told in side}))
        rows.append(
            Disagreement(
                event.event_id, event.description, value, first.mention.begin_on, first.mention.end_on,
                len(articles), articles, first.mention.sentence, mention_key(first),
            )
        )  # fmt: skip
    return rows


def _evidence_rank(told: ArticleMention) -> tuple[bool, date, str]:
    """Rank the evidence of one side: first what names the date itself, then what was published first."""
    names_its_date = told.mention.date_source in ("clause", "sentence") and told.mention.expression_start is not None
    return not names_its_date, told.published_on or date.max, mention_key(told)
