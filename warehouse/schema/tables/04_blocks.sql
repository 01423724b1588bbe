-- blocks: Every piece of every document, kept or removed.
-- Grain: one piece of a document's text; the blocks of a document tile it. Key: block_id. Written by: parse and clean.
create table if not exists blocks (
    block_id varchar not null,
    document_id varchar not null,
    article_id varchar,
    ordinal integer not null,
    kind varchar not null,
    char_start bigint not null,
    char_end bigint not null,
    is_kept boolean not null,
    removed_by varchar,
    restored_rule varchar,
    evidence varchar,
    element_path varchar,
    text varchar not null
);

comment on table blocks is 'Every piece of every document, kept or removed. Grain: one piece of a document''s text; the blocks of a document tile it. Key: block_id. Written by: parse and clean.';
comment on column blocks.block_id is 'Hash of the document and the block''s first character.';
comment on column blocks.document_id is 'The document.';
comment on column blocks.article_id is 'The article that holds the block; NULL for the page''s own furniture.';
comment on column blocks.ordinal is 'Place in the document, from 0.';
comment on column blocks.kind is 'headline, byline, dateline, summary, paragraph, heading, quote, list, table, caption, credit, navigation, teaser, promotion, comments, biography, legal, player, furniture, whitespace.';
comment on column blocks.char_start is 'First character in documents.text.';
comment on column blocks.char_end is 'One past the last character in documents.text.';
comment on column blocks.is_kept is 'Whether the block belongs to its article.';
comment on column blocks.removed_by is 'The rule that removed it; NULL exactly when it is kept.';
comment on column blocks.restored_rule is 'For a kept block, the rule that would have removed it if the run had not been told to restore it; else NULL.';
comment on column blocks.evidence is 'For learned boilerplate, in how many articles of the publisher the line stands; else NULL.';
comment on column blocks.element_path is 'For HTML, the path of the element it was read from.';
comment on column blocks.text is 'The slice of documents.text, unchanged.';
