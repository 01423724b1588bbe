-- quarantine: What was refused, and why.
-- Grain: one thing refused at one stage for one reason. Key: stage, document_id, article_id, block_id, reason. Written by: any stage.
create table if not exists quarantine (
    run_id varchar not null,
    stage varchar not null,
    document_id varchar,
    article_id varchar,
    block_id varchar,
    reason varchar not null,
    detail varchar not null,
    uri varchar
);

comment on table quarantine is 'What was refused, and why. Grain: one thing refused at one stage for one reason. Key: stage, document_id, article_id, block_id, reason. Written by: any stage.';
comment on column quarantine.run_id is 'The run that refused it first.';
comment on column quarantine.stage is 'discover, parse, clean, dedupe, enrich.';
comment on column quarantine.document_id is 'The document.';
comment on column quarantine.article_id is 'The article, where the reason is about one.';
comment on column quarantine.block_id is 'The block, where a block alone was set aside and its article went on without it.';
comment on column quarantine.reason is 'empty, binary, undecodable, too-large, not-text, truncated, malformed-record, unsupported, unreadable, no-article-found, stage-failed, expectation-failed.';
comment on column quarantine.detail is 'What exactly was wrong.';
comment on column quarantine.uri is 'Where the document was found.';
