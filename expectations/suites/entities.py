"""People, organisations and places: every mention stands in the text and belongs to an entity that counts it."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders
from expectations.stock import gxe
from expectations.suites.columns import columns_and_types
from expectations.suites.evidence import lies_in_article, slice_matches

ENTITIES = (
    columns_and_types("entities"),
    columns_and_types("entity_mentions"),
    Check(
        name="entities-ids-are-unique",
        table="entities",
        expectation=gxe.ExpectColumnValuesToBeUnique(column="entity_id"),
        description="No entity_id occurs twice in entities.",
        severity=CRITICAL,
        why="One person with two rows would be counted as two people.",
        breaks="Two groups of spellings that share one key.",
        id_column="entity_id",
    ),
    Check(
        name="entity-mentions-ids-are-unique",
        table="entity_mentions",
        expectation=gxe.ExpectColumnValuesToBeUnique(column="entity_mention_id"),
        description="No entity_mention_id occurs twice in entity_mentions.",
        severity=CRITICAL,
        why="The id is a hash of the place, so a second row is one name counted twice.",
        breaks="A name of an article that two entities claim.",
        id_column="entity_mention_id",
    ),
    Check(
        name="entities-kind-is-known",
        table="entities",
        expectation=gxe.ExpectColumnValuesToBeInSet(column="kind", value_set=["person", "organisation", "place"]),
        description="Every entity is a person, an organisation or a place.",
        severity=CRITICAL,
        why="People ask for who and where by kind; a name of no known kind is left out.",
        breaks="A new kind that the audit does not know yet.",
        id_column="entity_id",
    ),
    slice_matches("entity_mentions", "entity_mention_id", "text", "char_start", "char_end"),
    slice_matches("entity_mentions", "entity_mention_id", "sentence", "sentence_start", "sentence_end"),
    lies_in_article("entity_mentions", "entity_mention_id"),
    Check(
        name="names-lie-in-their-sentence",
        table="entity_mentions",
        expectation=ExpectNoOffenders(
            query="""
select entity_mention_id, document_id, article_id, sentence_start, char_start, char_end, sentence_end
from entity_mentions
where (sentence_start <= char_start and char_end <= sentence_end) is distinct from true"""
        ),
        description="Every name lies inside its sentence.",
        severity=CRITICAL,
        why="The sentence is shown as the name's evidence.",
        breaks="A name that runs on over the end of a sentence.",
        id_column="entity_mention_id",
    ),
    Check(
        name="names-of-an-article-do-not-overlap",
        table="entity_mentions",
        expectation=ExpectNoOffenders(
            query="""
with placed as (
    select
        entity_mention_id, document_id, article_id, char_start, char_end,
        lead(char_start) over (partition by article_id order by char_start, char_end) as next_start
    from entity_mentions
)
select entity_mention_id, document_id, article_id, char_start, char_end, next_start
from placed
where char_end > next_start"""
        ),
        description="No two names of an article overlap.",
        severity=CRITICAL,
        why="A word names one thing; names inside names would be counted twice.",
        breaks="A long name and a part of it that are both taken.",
        id_column="entity_mention_id",
    ),
    Check(
        name="names-belong-to-an-entity",
        table="entity_mentions",
        expectation=ExpectNoOffenders(
            query="""
select entity_mention_id, document_id, article_id, entity_id
from entity_mentions
anti join entities using (entity_id)"""
        ),
        description="Every name's entity is there.",
        severity=CRITICAL,
        why="A name without its entity is found by nobody who asks for the entity.",
        breaks="Entities linked before an article was refused.",
        id_column="entity_mention_id",
    ),
    Check(
        name="entity-counts-agree",
        table="entities",
        expectation=ExpectNoOffenders(
            query="""
with told as (
    select
        entity_id,
        count(*) as mentions,
        count(distinct article_id) as articles_counted,
        count(distinct publisher) as publishers,
        min(published_on) as first_on
    from entity_mentions
    join articles using (article_id)
    group by entity_id
)
select entity_id, mention_count, mentions, article_count, articles_counted, publisher_count, publishers
from entities
left join told using (entity_id)
where mention_count is distinct from mentions
    or article_count is distinct from articles_counted
    or publisher_count is distinct from publishers
    or first_seen_on is distinct from first_on"""
        ),
        description="Every entity has as many mentions, articles and publishers as it says, and was first seen when it "
        "says.",
        severity=CRITICAL,
        why="People rank names by how many articles have them.",
        breaks="Counts taken before an article was refused.",
        id_column="entity_id",
    ),
    Check(
        name="entities-list-their-spellings",
        table="entities",
        expectation=ExpectNoOffenders(
            query="""
with written as (
    select distinct entity_id, regexp_replace(text, '\\s+', ' ', 'g') as spelling
    from entity_mentions
)
select entity_id, spelling, variants
from written
join entities using (entity_id)
where not list_contains(variants, spelling)"""
        ),
        description="Every form in which an entity is written is among its variants.",
        severity=CRITICAL,
        why="Whoever searches by one spelling must find the others.",
        breaks="Variants gathered before the mentions were linked.",
        id_column="entity_id",
    ),
    Check(
        name="actors-and-places-of-events-are-entities",
        table="events",
        expectation=ExpectNoOffenders(
            query="""
with named as (
    select event_id, unnest(list_append(actor_entity_ids, place_entity_id)) as entity_id
    from events
)
select event_id, entity_id
from named
left join entities using (entity_id)
where named.entity_id is not null and entities.entity_id is null
union all
select event_id, null
from events
where len(actors) != len(actor_entity_ids)"""
        ),
        description="Every entity that an event names is there, and every actor has its place in the list of entities.",
        severity=CRITICAL,
        why="Whoever asks what a person did goes by the entity.",
        breaks="Events merged before the entities were linked.",
        id_column="event_id",
    ),
    Check(
        name="people-are-names-not-sentences",
        table="entities",
        expectation=ExpectNoOffenders(
            query="""
select entity_id, kind, name
from entities
where len(string_split(name, ' ')) > if(kind = 'person', 6, 12)
    or not regexp_matches(name, '\\p{L}')"""
        ),
        description="Names of people have at most six words, others at most twelve, and all have a letter.",
        severity=WARNING,
        why="Longer ones are headings in capitals; a few are harmless, so this only reports.",
        breaks="Text in title case, or lists of names without commas.",
        id_column="entity_id",
    ),
)
