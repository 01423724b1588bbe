-- clusters: Clusters of articles that are copies of the same text.
-- Grain: one cluster. Key: cluster_id. Written by: dedupe.
create table if not exists clusters (
    cluster_id varchar not null,
    canonical_article_id varchar not null,
    canonical_reason varchar not null,
    article_count integer not null,
    publisher_count integer not null
);

comment on table clusters is 'Clusters of articles that are copies of the same text. Grain: one cluster. Key: cluster_id. Written by: dedupe.';
comment on column clusters.cluster_id is 'Hash of the members'' identifiers.';
comment on column clusters.canonical_article_id is 'The member that stands for the cluster.';
comment on column clusters.canonical_reason is 'The rule that decided: only-copy, original-publisher, latest-revision, most-complete, earliest or smallest-id, asked in this order.';
comment on column clusters.article_count is 'Number of members.';
comment on column clusters.publisher_count is 'Number of distinct publishers among the members.';
