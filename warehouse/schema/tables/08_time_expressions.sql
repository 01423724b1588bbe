-- time_expressions: Time expressions with their TIMEX3 values.
-- Grain: one expression in an article. Key: time_expression_id. Written by: enrich.
create table if not exists time_expressions (
    time_expression_id varchar not null,
    article_id varchar not null,
    document_id varchar not null,
    char_start bigint not null,
    char_end bigint not null,
    text varchar not null,
    value varchar not null,
    timex_type varchar not null,
    granularity varchar not null,
    begin_on date,
    end_on date,
    anchor_on date,
    anchor_source varchar not null
);

comment on table time_expressions is 'Time expressions with their TIMEX3 values. Grain: one expression in an article. Key: time_expression_id. Written by: enrich.';
comment on column time_expressions.time_expression_id is 'Hash of the document and the place.';
comment on column time_expressions.article_id is 'The article.';
comment on column time_expressions.document_id is 'The document.';
comment on column time_expressions.char_start is 'First character in documents.text.';
comment on column time_expressions.char_end is 'One past the last character in documents.text.';
comment on column time_expressions.text is 'The expression as written.';
comment on column time_expressions.value is 'TIMEX3 value in ISO 8601 terms, such as 2025-08-06, 2025-W33, P3D, FUTURE_REF.';
comment on column time_expressions.timex_type is 'DATE, TIME, DURATION or SET.';
comment on column time_expressions.granularity is 'instant, day, week, month, quarter, season, year, decade, century, interval, duration, set, vague.';
comment on column time_expressions.begin_on is 'First day it can mean.';
comment on column time_expressions.end_on is 'Last day it can mean.';
comment on column time_expressions.anchor_on is 'The day it was counted from, for relative expressions.';
comment on column time_expressions.anchor_source is 'What that day is: published, reference-day, explicit, none.';
