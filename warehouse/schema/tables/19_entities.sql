-- entities: People, organisations and places that articles name, under all their spellings.
-- Grain: one person, organisation or place. Key: entity_id. Written by: enrich.
create table if not exists entities (
    entity_id varchar not null,
    kind varchar not null,
    name varchar not null,
    variants varchar[] not null,
    mention_count integer not null,
    article_count integer not null,
    publisher_count integer not null,
    first_seen_on date
);

comment on table entities is 'People, organisations and places that articles name, under all their spellings. Grain: one person, organisation or place. Key: entity_id. Written by: enrich.';
comment on column entities.entity_id is 'Hash of the kind and of what the spellings of the name share.';
comment on column entities.kind is 'person, organisation or place.';
comment on column entities.name is 'The form that most articles use: of a person a full name where there is one, of a country or city its usual name.';
comment on column entities.variants is 'Every form in which it is written, the most frequent first.';
comment on column entities.mention_count is 'Number of mentions.';
comment on column entities.article_count is 'Number of articles that name it.';
comment on column entities.publisher_count is 'Number of distinct known publishers among those articles.';
comment on column entities.first_seen_on is 'Earliest publication day of an article that names it.';
