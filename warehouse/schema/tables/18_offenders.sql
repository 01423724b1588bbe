-- offenders: Failing rows with their text, as it was when the expectation failed.
-- Grain: one failing row of one expectation in one run, the first fifty of each. Key: run_id, stage, expectation, ordinal. Written by: gates.
create table if not exists offenders (
    run_id varchar not null,
    stage varchar not null,
    expectation varchar not null,
    ordinal integer not null,
    identifier varchar not null,
    detail varchar not null,
    document_id varchar,
    uri varchar,
    title varchar,
    char_start bigint,
    char_end bigint,
    text_before varchar,
    text varchar,
    text_after varchar
);

comment on table offenders is 'Failing rows with their text, as it was when the expectation failed; a run that published nothing has it nowhere else. Grain: one failing row of one expectation in one run, the first fifty of each. Key: run_id, stage, expectation, ordinal. Written by: gates.';
comment on column offenders.run_id is 'The run.';
comment on column offenders.stage is 'parse, clean, dedupe or enrich.';
comment on column offenders.expectation is 'Name of the expectation, as in validations.';
comment on column offenders.ordinal is 'Place among the failing rows of the expectation, from 0.';
comment on column offenders.identifier is 'The failing row, as in validations.failing_ids.';
comment on column offenders.detail is 'What the expectation saw in the row.';
comment on column offenders.document_id is 'The document that the text is from; NULL where the row is about no text. A cluster or a story shows its canonical article, an event or an entity its first mention.';
comment on column offenders.uri is 'Where the document was found.';
comment on column offenders.title is 'Title of the document''s lead article.';
comment on column offenders.char_start is 'First character in documents.text.';
comment on column offenders.char_end is 'One past the last character in documents.text.';
comment on column offenders.text_before is 'Up to 160 characters before it.';
comment on column offenders.text is 'Its first 600 characters.';
comment on column offenders.text_after is 'Up to 160 characters after these.';
