-- undated_mentions: Event mentions that could not be dated, kept apart with the reason.
-- Grain: one mention of an event without a date. Key: event_mention_id. Written by: enrich.
create table if not exists undated_mentions (
    event_mention_id varchar not null,
    article_id varchar not null,
    document_id varchar not null,
    sentence_start bigint not null,
    sentence_end bigint not null,
    char_start bigint not null,
    char_end bigint not null,
    text varchar not null,
    status varchar not null,
    undated_reason varchar not null
);

comment on table undated_mentions is 'Event mentions that could not be dated, kept apart with the reason. Grain: one mention of an event without a date. Key: event_mention_id. Written by: enrich.';
comment on column undated_mentions.event_mention_id is 'Hash of the article and the place of the phrase.';
comment on column undated_mentions.article_id is 'The article.';
comment on column undated_mentions.document_id is 'The document.';
comment on column undated_mentions.sentence_start is 'First character of the sentence in documents.text.';
comment on column undated_mentions.sentence_end is 'One past the last character of the sentence.';
comment on column undated_mentions.char_start is 'First character of the event phrase in documents.text.';
comment on column undated_mentions.char_end is 'One past the last character of the event phrase.';
comment on column undated_mentions.text is 'The event phrase as written.';
comment on column undated_mentions.status is 'occurred, scheduled or hypothetical.';
comment on column undated_mentions.undated_reason is 'Why no date could be given.';
