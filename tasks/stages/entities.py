"""Entities over all articles: what each article names, linked into people, organisations and places; and quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyarrow as pa

from tasks.enrich.entities.linking import NameFact, link_names
from tasks.records import EntityName
from warehouse.build_file import Connection

_FACT = ("story_id", "name", "kind", "is_sure", "gender", "acronym", "is_ambiguous")

FACTS = f"""
select {", ".join(f"articles.{name}" if name == "story_id" else f"named.{name}" for name in _FACT)},
    count(distinct articles.cluster_id) as article_count
from page.named_entities as named
join staging.articles as articles using (article_id)
group by all
"""

#: Which entity each entity of an article is. Facts are compared column by column, NULL equal to NULL.
ARTICLE_ENTITIES = f"""
create or replace temp table article_entities as
select named.article_id, named.ordinal, named.name, linked.entity_id, linked.entity_kind as kind
from page.named_entities as named
join staging.articles as articles using (article_id)
join linked_names as linked
    on articles.story_id = linked.story_id
    and {" and ".join(f"named.{name} is not distinct from linked.{name}" for name in _FACT[1:])}
"""

MENTIONS = """
insert into staging.entity_mentions by name
select
    names.* exclude (ordinal),
    linked.entity_id,
    articles.document_id
from page.names as names
join article_entities as linked using (article_id, ordinal)
join staging.articles as articles using (article_id)
order by names.article_id, names.char_start, names.char_end
"""

#: The name of an entity is the form that most articles use, of a person one that has several words.
ENTITIES = """
insert into staging.entities by name
with forms as (
    select
        linked.entity_id,
        any_value(linked.kind) as kind,
        linked.name,
        count(distinct linked.article_id) as article_count
    from article_entities as linked
    group by linked.entity_id, linked.name
),
chosen as (
    select
        entity_id,
        any_value(kind) as kind,
        arg_min(name, (kind = 'person' and not contains(name, ' '), -article_count, name)) as name
    from forms
    group by entity_id
),
spellings as (
    select entity_id, regexp_replace(text, '\\s+', ' ', 'g') as spelling, count(*) as mention_count
    from staging.entity_mentions
    group by all
),
variants as (
    select
        entity_id,
        list(spelling order by mention_count desc, spelling) as variants,
        sum(mention_count)::integer as mention_count
    from spellings
    group by entity_id
),
seen as (
    select
        mentions.entity_id,
        count(distinct mentions.article_id)::integer as article_count,
        count(distinct articles.publisher)::integer as publisher_count,
        min(articles.published_on) as first_seen_on
    from staging.entity_mentions as mentions
    join staging.articles as articles using (article_id)
    group by mentions.entity_id
)
from chosen
join variants using (entity_id)
join seen using (entity_id)
order by entity_id
"""

QUOTES = """
insert into staging.quotes by name
select
    quotations.* exclude (speaker_ordinal, unresolved_reason),
    articles.document_id,
    substring(documents.text, speaker_start + 1, speaker_end - speaker_start) as speaker,
    linked.entity_id,
    if(linked.entity_id is null, coalesce(unresolved_reason, 'name-of-no-kind'), null) as unresolved_reason
from page.quotations as quotations
join staging.articles as articles using (article_id)
join staging.documents as documents on documents.document_id = articles.document_id
left join article_entities as linked
    on linked.article_id = quotations.article_id and linked.ordinal = quotations.speaker_ordinal
order by quotations.article_id, quotations.char_start
"""

#: What the actors and places of event mentions name: as the article writes it, by its fullest form there, or, of a
#: country told by an adjective or its people, by its usual name.
NAMED_IN_EVENTS = """
with told as (
    select distinct mentions.article_id, unnest(list_append(mentions.actors, mentions.place)) as text
    from page.mentions as mentions
    semi join staging.articles as articles using (article_id)
),
written as (
    select article_id, replace(regexp_replace(text, '\\s+', ' ', 'g'), '.', '') as text, entity_id
    from staging.entity_mentions
    union
    select article_id, name, entity_id
    from article_entities
),
found as (
    select told.article_id, told.text, any_value(written.entity_id) as entity_id
    from told
    join written on written.article_id = told.article_id and written.text = told.text
    group by all
    having count(distinct written.entity_id) = 1
),
places as (
    select told.article_id, told.text, any_value(entities.entity_id) as entity_id
    from told
    anti join found using (article_id, text)
    join staging.entities as entities on entities.kind = 'place' and entities.name = told.text
    group by all
    having count(distinct entities.entity_id) = 1
)
select article_id, text, entity_id, entities.name
from (from found union all from places)
join staging.entities as entities using (entity_id)
order by article_id, text
"""


def fetch_entity_names(connection: Connection) -> dict[str, dict[str, EntityName]]:
    """Return, for each article, the entities that the actors and places of its event mentions name."""
    names: dict[str, dict[str, EntityName]] = defaultdict(dict)
    for article_id, text, entity_id, name in connection.execute(NAMED_IN_EVENTS).fetchall():
        names[article_id][text] = EntityName(entity_id, name)
    return names


def stage_entities(connection: Connection) -> None:
    """Fill the tables of entities, of their mentions and of quotes from the annotations of the staged articles.

    Leaves the temporary table `article_entities`: the entity of each entity of an article.
    """
    rows = connection.execute(FACTS).fetchall()
    links = link_names(NameFact(**dict(zip((*_FACT, "article_count"), row, strict=True))) for row in rows)
    connection.register("linked_names", _as_table(links))
    connection.execute(ARTICLE_ENTITIES)
    connection.unregister("linked_names")
    for table, rows_of in (("entity_mentions", MENTIONS), ("entities", ENTITIES), ("quotes", QUOTES)):
        connection.execute(f"delete from staging.{table}")
        connection.execute(rows_of)


def _as_table(links: Mapping[NameFact, tuple[str, str] | None]) -> pa.Table:
    linked = [(fact, link) for fact, link in links.items() if link is not None]
    types = {name: pa.bool_() if name.startswith("is_") else pa.string() for name in _FACT}
    columns = {name: pa.array([getattr(fact, name) for fact, _ in linked], type_) for name, type_ in types.items()}
    columns["entity_id"] = pa.array([link[0] for _, link in linked], pa.string())
    columns["entity_kind"] = pa.array([link[1] for _, link in linked], pa.string())
    return pa.table(columns)
