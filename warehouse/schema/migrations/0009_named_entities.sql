-- Whom and what each article names, as far as the article by itself tells.

create table page.named_entities (
    article_id varchar not null,
    ordinal integer not null,           -- number of the entity in its article
    kind varchar,                       -- NULL where the article says too little
    is_sure boolean not null,           -- whether a title, a telling word or a gazetteer says so
    name varchar not null,              -- the fullest form in the article
    gender varchar,
    acronym varchar,                    -- of an organisation, as the article explains it
    is_ambiguous boolean not null       -- a surname that several people of the article share
);

create table page.names (
    article_id varchar not null,
    entity_mention_id varchar not null,
    ordinal integer not null,           -- of the entity in its article
    char_start bigint not null,
    char_end bigint not null,
    sentence_start bigint not null,
    sentence_end bigint not null,
    text varchar not null,
    sentence varchar not null
);
