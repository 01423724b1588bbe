-- canonical_articles: One row for each distinct text: the article that stands for its cluster, with how many copies ran and where.
create or replace view canonical_articles as
with copies as (
    select
        cluster_id,
        count(*) as copy_count,
        list(distinct publisher order by publisher) filter (where publisher is not null) as publishers
    from articles
    group by cluster_id
)
select
    articles.*,
    copies.copy_count,
    copies.publishers,
    clusters.canonical_reason
from articles
join copies using (cluster_id)
join clusters using (cluster_id)
where articles.is_canonical;

comment on view canonical_articles is 'One row for each distinct text: the article that stands for its cluster, with how many copies ran and where.';
