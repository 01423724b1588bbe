-- article_versions: Versions of articles that their publisher corrected or let grow, each with what changed.
-- Grain: one article that is one of several versions. Key: article_id. Written by: dedupe.
create table if not exists article_versions (
    article_id varchar not null,
    version_group_id varchar not null,
    cluster_id varchar not null,
    version integer not null,
    version_count integer not null,
    is_latest boolean not null,
    previous_article_id varchar,
    stated_published_at timestamp,
    stated_modified_at timestamp,
    fetched_at timestamp,
    added_word_count integer not null,
    removed_word_count integer not null,
    changed_figure_count integer not null,
    changed_name_count integer not null,
    has_notice boolean not null,
    has_new_time boolean not null,
    removed varchar[] not null,
    added varchar[] not null
);

comment on table article_versions is 'Versions of articles that their publisher corrected or let grow, each with what changed. Grain: one article that is one of several versions. Key: article_id. Written by: dedupe.';
comment on column article_versions.article_id is 'The article.';
comment on column article_versions.version_group_id is 'Hash of the articles that are versions of one article.';
comment on column article_versions.cluster_id is 'The cluster that holds them all.';
comment on column article_versions.version is 'Number of the version in order of time, from 1: by the stated change, else publication, else when it was fetched, then by article_id; the same words collected again are the same version.';
comment on column article_versions.version_count is 'Number of versions of the article.';
comment on column article_versions.is_latest is 'Whether its words are those of the latest version.';
comment on column article_versions.previous_article_id is 'An article that holds the version before, which the differences are from; NULL for the first.';
comment on column article_versions.stated_published_at is 'Time of publication as the page states it, UTC; noon where it states only a day.';
comment on column article_versions.stated_modified_at is 'Time of the last change as the page states it, UTC; noon where it states only a day.';
comment on column article_versions.fetched_at is 'When it was fetched, as the input states it, UTC.';
comment on column article_versions.added_word_count is 'Words that it has and the version before does not.';
comment on column article_versions.removed_word_count is 'Words that the version before has and it does not.';
comment on column article_versions.changed_figure_count is 'Changes that put other figures in the place of words.';
comment on column article_versions.changed_name_count is 'Changes that put other names in the place of names: words with a capital within a sentence.';
comment on column article_versions.has_notice is 'Whether a paragraph of it, kept or removed, that the version before did not have says that the text was corrected.';
comment on column article_versions.has_new_time is 'Whether it states a time of change that the version before did not state.';
comment on column article_versions.removed is 'What each change took out of the version before, in order; empty where it only put words in.';
comment on column article_versions.added is 'What each change put in, in the same order; empty where it only took words out.';
