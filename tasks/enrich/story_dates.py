"""Date a mention that its own article leaves undated from another article of its story that gives the date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tasks.enrich.likeness import Fact, fact_of, is_speech, overlap
from tasks.records import ArticleMention, EventMention
from warehouse.vocabulary import EventStatus

_PRECISE = frozenset(("day", "instant", "interval", "week"))
#: Reasons that say that there is nothing to date.
_NOTHING_TO_DATE = frozenset(("negated", "speech-act"))
#: Mentions of a kind or word in a story beyond this are too common to identify anything.
_LARGEST_BLOCK = 150


def date_by_story(mentions: Sequence[ArticleMention]) -> list[ArticleMention]:
    """Return the mentions in the order given, undated ones dated where the story's other articles agree on one date."""
    dated: dict[tuple[str, str], list[tuple[Fact, ArticleMention]]] = defaultdict(list)
    for told in sorted(
        mentions, key=lambda told: (told.story_id, told.article_id, told.mention.char_start, told.mention.char_end)
    ):
        if (
            told.mention.granularity in _PRECISE
            and told.mention.status != EventStatus.HYPOTHETICAL
            and told.mention.end_on
        ):
            fact = fact_of(told)
            for key in _keys(fact):
                dated[told.story_id, key].append((fact, told))
    return [_dated(told, dated) for told in mentions]


def _keys(fact: Fact) -> list[str]:
    return [
        f"kind {fact.kind}" if fact.kind else f"head {fact.head}",
        *(f"word {lemma}" for lemma in sorted(fact.lemmas)),
    ]


def _dated(told: ArticleMention, dated: dict[tuple[str, str], list[tuple[Fact, ArticleMention]]]) -> ArticleMention:
    mention = told.mention
    if (
        mention.value is not None
        or mention.status == EventStatus.HYPOTHETICAL
        or mention.undated_reason in _NOTHING_TO_DATE
    ):
        return told
    fact = fact_of(told)
    if is_speech(fact):
        return told
    best: dict[str, tuple[float, ArticleMention]] = {}
    for key in _keys(fact):
        sources = dated.get((told.story_id, key), [])
        for other, source in sources if len(sources) <= _LARGEST_BLOCK else []:
            strength = _strength(fact, other)
            if source.article_id == told.article_id or strength == 0.0:
                continue
            value = source.mention.value or ""
            if value not in best or strength > best[value][0]:
                best[value] = (strength, source)
    if not best:
        return told
    ranked = sorted(best.values(), key=_rank)
    if len(ranked) > 1 and _rank(ranked[0])[:2] == _rank(ranked[1])[:2]:
        return told  # two dates with equal support: none is better than either
    return replace(told, mention=_with_date(told, ranked[0][1]))


def _rank(found: tuple[float, ArticleMention]) -> tuple[bool, float, str]:
    """Order sources: days before longer periods, then by strength."""
    strength, source = found
    return source.mention.granularity not in ("day", "instant"), -strength, source.mention.value or ""


def _with_date(told: ArticleMention, source: ArticleMention) -> EventMention:
    given = source.mention
    return replace(
        told.mention,
        value=given.value,
        granularity=given.granularity,
        begin_on=given.begin_on,
        end_on=given.end_on,
        date_source="story",
        status=given.status,
        undated_reason=None,
    )


def _strength(fact: Fact, other: Fact) -> float:
    """Return how surely two facts tell the same, their dates apart; 0 for not surely enough."""
    if fact.status != other.status or is_speech(other):
        return 0.0
    if fact.head == other.head and overlap(fact.sentence, other.sentence) >= 0.8 and len(fact.sentence) >= 5:
        return 2.0
    shared = fact.lemmas & other.lemmas
    actors = fact.actors & other.actors
    same_kind = fact.kind is not None and fact.kind == other.kind
    if not actors or (not same_kind and len(shared) < 2):
        return 0.0
    specific = shared - {fact.head, other.head}
    if len(specific) >= 2 or (len(specific) == 1 and same_kind and (len(actors) >= 2 or fact.head == other.head)):
        return 1.0 + 0.1 * len(specific) + 0.05 * len(actors)
    return 0.0
