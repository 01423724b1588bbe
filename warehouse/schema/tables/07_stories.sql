-- stories: Stories: articles on the same happening, copies or not.
-- Grain: one story. Key: story_id. Written by: dedupe.
create table if not exists stories (
    story_id varchar not null,
    title varchar,
    article_count integer not null,
    cluster_count integer not null,
    publisher_count integer not null,
    first_published_on date,
    last_published_on date
);

comment on table stories is 'Stories: articles on the same happening, copies or not. Grain: one story. Key: story_id. Written by: dedupe.';
comment on column stories.story_id is 'Hash of the members'' identifiers.';
comment on column stories.title is 'Title of its most central canonical article.';
comment on column stories.article_count is 'Number of articles.';
comment on column stories.cluster_count is 'Number of distinct texts (clusters).';
comment on column stories.publisher_count is 'Number of distinct publishers.';
comment on column stories.first_published_on is 'Earliest known publication day.';
comment on column stories.last_published_on is 'Latest known publication day.';
