-- entity_mentions: Where articles name people, organisations and places.
-- Grain: one name at one place of one article. Key: entity_mention_id. Written by: enrich.
create table if not exists entity_mentions (
    entity_mention_id varchar not null,
    entity_id varchar not null,
    article_id varchar not null,
    document_id varchar not null,
    sentence_start bigint not null,
    sentence_end bigint not null,
    char_start bigint not null,
    char_end bigint not null,
    text varchar not null,
    sentence varchar not null
);

comment on table entity_mentions is 'Where articles name people, organisations and places. Grain: one name at one place of one article. Key: entity_mention_id. Written by: enrich.';
comment on column entity_mentions.entity_mention_id is 'Hash of the article and the place of the name.';
comment on column entity_mentions.entity_id is 'Who or what is named.';
comment on column entity_mentions.article_id is 'The article.';
comment on column entity_mentions.document_id is 'The document.';
comment on column entity_mentions.sentence_start is 'First character of the sentence in documents.text.';
comment on column entity_mentions.sentence_end is 'One past the last character of the sentence.';
comment on column entity_mentions.char_start is 'First character of the name in documents.text, titles left out.';
comment on column entity_mentions.char_end is 'One past the last character of the name.';
comment on column entity_mentions.text is 'The name as written.';
comment on column entity_mentions.sentence is 'The sentence as written.';
