-- event_mentions: Mentions of dated events, each in one article.
-- Grain: one mention of a dated event in one article. Key: event_mention_id. Written by: enrich.
create table if not exists event_mentions (
    event_mention_id varchar not null,
    event_id varchar not null,
    article_id varchar not null,
    document_id varchar not null,
    sentence_start bigint not null,
    sentence_end bigint not null,
    char_start bigint not null,
    char_end bigint not null,
    text varchar not null,
    sentence varchar not null,
    value varchar not null,
    granularity varchar not null,
    begin_on date,
    end_on date,
    date_source varchar not null,
    expression_start bigint,
    expression_end bigint,
    status varchar not null,
    place varchar,
    actors varchar[] not null
);

comment on table event_mentions is 'Mentions of dated events, each in one article. Grain: one mention of a dated event in one article. Key: event_mention_id. Written by: enrich.';
comment on column event_mentions.event_mention_id is 'Hash of the article and the place of the phrase.';
comment on column event_mentions.event_id is 'The event it is merged into.';
comment on column event_mentions.article_id is 'The article.';
comment on column event_mentions.document_id is 'The document.';
comment on column event_mentions.sentence_start is 'First character of the sentence in documents.text.';
comment on column event_mentions.sentence_end is 'One past the last character of the sentence.';
comment on column event_mentions.char_start is 'First character of the event phrase in documents.text.';
comment on column event_mentions.char_end is 'One past the last character of the event phrase.';
comment on column event_mentions.text is 'The event phrase as written.';
comment on column event_mentions.sentence is 'The sentence as written.';
comment on column event_mentions.value is 'Date or interval in ISO 8601 terms.';
comment on column event_mentions.granularity is 'day, week, month, year, interval and so on.';
comment on column event_mentions.begin_on is 'First day.';
comment on column event_mentions.end_on is 'Last day; NULL where the end is open.';
comment on column event_mentions.date_source is 'How it was dated: clause, sentence, reference-day, published, duration, story.';
comment on column event_mentions.expression_start is 'First character of the time expression used, in documents.text.';
comment on column event_mentions.expression_end is 'One past the last character of the time expression used.';
comment on column event_mentions.status is 'occurred, scheduled or hypothetical.';
comment on column event_mentions.place is 'Place named with the event.';
comment on column event_mentions.actors is 'Names of people and organisations in the event''s clause.';
