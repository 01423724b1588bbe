-- articles: The articles found in the documents, cleaned, dated and clustered.
-- Grain: one article found in a document. Key: article_id. Written by: clean; dedupe and enrich add their columns.
create table if not exists articles (
    article_id varchar not null,
    document_id varchar not null,
    ordinal integer not null,
    role varchar not null,
    char_start bigint not null,
    char_end bigint not null,
    url varchar,
    publisher varchar,
    publisher_source varchar,
    title varchar,
    title_source varchar,
    byline varchar,
    byline_source varchar,
    authors varchar[],
    section varchar,
    lang varchar,
    lang_source varchar,
    published_on date,
    published_at timestamp,
    published_source varchar not null,
    published_earliest_on date,
    published_latest_on date,
    modified_at timestamp,
    text varchar not null,
    word_count integer not null,
    cluster_id varchar not null,
    is_canonical boolean not null,
    story_id varchar not null
);

comment on table articles is 'The articles found in the documents, cleaned, dated and clustered. Grain: one article found in a document. Key: article_id. Written by: clean; dedupe and enrich add their columns.';
comment on column articles.article_id is 'Hash of the document and the article''s place in it.';
comment on column articles.document_id is 'The document it was found in.';
comment on column articles.ordinal is 'Place among the document''s articles; 0 is the lead.';
comment on column articles.role is 'lead, or embedded for an article that another''s page carries.';
comment on column articles.char_start is 'First character of the article in documents.text.';
comment on column articles.char_end is 'One past its last character in documents.text.';
comment on column articles.url is 'Canonical URL, where one is stated.';
comment on column articles.publisher is 'Publisher''s name.';
comment on column articles.publisher_source is 'Where the publisher''s name comes from.';
comment on column articles.title is 'Headline; NULL where the page has none.';
comment on column articles.title_source is 'Where the headline comes from.';
comment on column articles.byline is 'Authors or agency as printed.';
comment on column articles.byline_source is 'Where the byline comes from.';
comment on column articles.authors is 'Names of the authors.';
comment on column articles.section is 'Section of the publication.';
comment on column articles.lang is 'Language of the text, ISO 639-1.';
comment on column articles.lang_source is 'How the language was found.';
comment on column articles.published_on is 'Day of publication on the publisher''s clock.';
comment on column articles.published_at is 'Time of publication in UTC, where a time of day is stated with its offset; a time without one gives only the day.';
comment on column articles.published_source is 'How the day of publication is known: input, json-ld, meta, time-element, visible-text, url, title-element, script, modified (only the day of the last change is stated), text-date, weekday, fetch-time, duplicate, story; unknown when it is not.';
comment on column articles.published_earliest_on is 'Earliest day the evidence allows.';
comment on column articles.published_latest_on is 'Latest day the evidence allows.';
comment on column articles.modified_at is 'Time of the last change as the page states it, UTC; NULL where it is stated without its offset.';
comment on column articles.text is 'Clean text: kept headings, paragraphs, quotes, lists and tables, joined by blank lines.';
comment on column articles.word_count is 'Number of words in text.';
comment on column articles.cluster_id is 'The cluster of copies it belongs to.';
comment on column articles.is_canonical is 'Whether it stands for its cluster.';
comment on column articles.story_id is 'The story (articles on the same happening) it belongs to.';
