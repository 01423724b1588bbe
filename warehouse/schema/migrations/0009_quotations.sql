-- What each article quotes, and whom, as far as the article by itself tells.

create table page.quotations (
    article_id varchar not null,
    quote_id varchar not null,
    utterance_id varchar not null,
    part integer not null,
    char_start bigint not null,
    char_end bigint not null,
    text varchar not null,
    cue varchar,
    speaker_source varchar not null,
    speaker_start bigint,
    speaker_end bigint,
    speaker_ordinal integer,            -- of the entity in its article
    unresolved_reason varchar
);
