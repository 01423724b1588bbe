-- disagreements: Events whose mentions give dates that cannot all be true, each side with its evidence.
-- Grain: one differing date of one event. Key: event_id, value. Written by: enrich.
create table if not exists disagreements (
    event_id varchar not null,
    description varchar not null,
    value varchar not null,
    begin_on date,
    end_on date,
    article_count integer not null,
    article_ids varchar[] not null,
    sentence varchar not null,
    event_mention_id varchar
);

comment on table disagreements is 'Events whose mentions give dates that cannot all be true, each side with its evidence. Grain: one differing date of one event. Key: event_id, value. Written by: enrich.';
comment on column disagreements.event_id is 'The event.';
comment on column disagreements.description is 'The event''s description.';
comment on column disagreements.value is 'One of the dates given, ISO 8601.';
comment on column disagreements.begin_on is 'First day of that date.';
comment on column disagreements.end_on is 'Last day of that date.';
comment on column disagreements.article_count is 'Number of articles that give this date.';
comment on column disagreements.article_ids is 'Those articles.';
comment on column disagreements.sentence is 'A sentence that gives it: one that names the date itself where there is one, else the earliest published.';
comment on column disagreements.event_mention_id is 'The mention in that sentence, with its place in the document.';
