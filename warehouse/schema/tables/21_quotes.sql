-- quotes: What articles quote in quotation marks, with who said it.
-- Grain: one passage between quotation marks in one article. Key: quote_id. Written by: enrich.
create table if not exists quotes (
    quote_id varchar not null,
    utterance_id varchar not null,
    part integer not null,
    article_id varchar not null,
    document_id varchar not null,
    char_start bigint not null,
    char_end bigint not null,
    text varchar not null,
    cue varchar,
    speaker varchar,
    speaker_start bigint,
    speaker_end bigint,
    speaker_source varchar not null,
    entity_id varchar,
    unresolved_reason varchar
);

comment on table quotes is 'What articles quote in quotation marks, with who said it. Grain: one passage between quotation marks in one article. Key: quote_id. Written by: enrich.';
comment on column quotes.quote_id is 'Hash of the article and the place of the words.';
comment on column quotes.utterance_id is 'The quote_id of the first part: "…," she said, "…" and a quotation over several paragraphs are one utterance.';
comment on column quotes.part is 'Number of the part in its utterance, from 1.';
comment on column quotes.article_id is 'The article.';
comment on column quotes.document_id is 'The document.';
comment on column quotes.char_start is 'First character of the words in documents.text, after the opening mark.';
comment on column quotes.char_end is 'One past the last character, before the closing mark.';
comment on column quotes.text is 'The words as written.';
comment on column quotes.cue is 'The verb or words that introduce them, in lower case.';
comment on column quotes.speaker is 'Who is said to have said it, as written: a name, a pronoun, or a description.';
comment on column quotes.speaker_start is 'First character of the speaker in documents.text.';
comment on column quotes.speaker_end is 'One past the last character of the speaker.';
comment on column quotes.speaker_source is 'How the speaker is told: name, pronoun, description, same-speaker, none.';
comment on column quotes.entity_id is 'The person or organisation that said it; NULL where that is not certain.';
comment on column quotes.unresolved_reason is 'Why there is no entity: not-named, no-introduction, pronoun-unresolved, pronoun-of-the-writer, passive, name-of-no-kind.';
