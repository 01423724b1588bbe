-- events: Real-world events, merged across the articles that tell them.
-- Grain: one event. Key: event_id. Written by: enrich.
create table if not exists events (
    event_id varchar not null,
    description varchar not null,
    begin_on date not null,
    end_on date,
    granularity varchar not null,
    value varchar not null,
    status varchar not null,
    place varchar,
    actors varchar[] not null,
    story_id varchar,
    mention_count integer not null,
    article_count integer not null,
    publisher_count integer not null,
    first_reported_on date,
    has_disagreement boolean not null,
    actor_entity_ids varchar[] not null,
    place_entity_id varchar
);

comment on table events is 'Real-world events, merged across the articles that tell them. Grain: one event. Key: event_id. Written by: enrich.';
comment on column events.event_id is 'Hash of its mentions.';
comment on column events.description is 'The best phrase for it, from a mention.';
comment on column events.begin_on is 'First day.';
comment on column events.end_on is 'Last day; NULL where the end is open.';
comment on column events.granularity is 'How precise the date is.';
comment on column events.value is 'Date or interval in ISO 8601 terms.';
comment on column events.status is 'occurred, scheduled or hypothetical.';
comment on column events.place is 'Where, if named, by the name that the place goes by.';
comment on column events.actors is 'Who, most often named first, each by the name it goes by in entities.';
comment on column events.story_id is 'The story most of its mentions belong to.';
comment on column events.mention_count is 'Number of mentions.';
comment on column events.article_count is 'Number of articles with a mention.';
comment on column events.publisher_count is 'Number of distinct publishers among those articles.';
comment on column events.first_reported_on is 'Earliest publication day of an article with a mention.';
comment on column events.has_disagreement is 'Whether its mentions give dates that cannot all be true.';
comment on column events.actor_entity_ids is 'The entities of the actors, in the same order; NULL for an actor that is none.';
comment on column events.place_entity_id is 'The entity of the place, where it is one.';
