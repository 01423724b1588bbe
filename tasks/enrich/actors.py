"""Name the actors of an event, over all mentions that tell it: each once, by the name it goes by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from tasks.enrich.entities.lexicons import is_common
from tasks.enrich.names import canonical_name
from tasks.enrich.words import Tag, tag_of
from tasks.records import ArticleMention, EntityName

_MOST_ACTORS = 12


def name_actors(told_by: Sequence[ArticleMention]) -> tuple[tuple[str, str | None], ...]:
    """Return the actors, by how many articles name them, each with its entity where it is a known one.

    An actor that is no known entity joins the one entity of the event that its name can be ("Zelensky"); else it goes
    by its most used full spelling, unless it is a word of every day that had its capital from its place ("Fourteen").
    """
    entities: dict[str, set[EntityName]] = defaultdict(set)
    for told in told_by:
        for actor in told.mention.actors:
            if actor in told.entities:
                entities[canonical_name(actor)].add(told.entities[actor])
    articles: dict[str, set[str]] = defaultdict(set)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    known: dict[str, EntityName] = {}
    for told in told_by:
        for actor in told.mention.actors:
            entity = _entity_of(actor, told, entities)
            if entity is None and _is_plain_word(actor):
                continue
            key = entity.entity_id if entity is not None else canonical_name(actor)
            articles[key].add(told.article_id)
            spellings[key][actor] += 1
            if entity is not None:
                known[key] = entity
    keys = sorted(articles, key=lambda key: (-len(articles[key]), known[key].name if key in known else key, key))
    return tuple(
        (known[key].name, key) if key in known else (_fullest(spellings[key]), None) for key in keys[:_MOST_ACTORS]
    )


def _entity_of(actor: str, told: ArticleMention, entities: dict[str, set[EntityName]]) -> EntityName | None:
    if actor in told.entities:
        return told.entities[actor]
    possible = entities.get(canonical_name(actor), set())
    return next(iter(possible)) if len(possible) == 1 else None


def _is_plain_word(actor: str) -> bool:
    lower = actor.lower()
    return " " not in actor and not actor.isupper() and (is_common(lower) or tag_of(lower) is not Tag.WORD)


def _fullest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda text: (" " not in text, -spellings[text], text))
