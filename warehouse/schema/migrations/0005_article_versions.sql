-- Versions of one article, described with the cluster that holds them; rows of the published table.

create table copies.versions (
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
