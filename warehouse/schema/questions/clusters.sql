-- Three questions an analyst asks of clusters.

-- Which texts ran most often?
select articles.title, clusters.article_count, clusters.publisher_count
from clusters
join articles on articles.article_id = clusters.canonical_article_id
order by clusters.article_count desc, articles.title
limit 10;

-- Why was each canonical article chosen?
select canonical_reason, count(*) as clusters
from clusters
group by canonical_reason
order by clusters desc;

-- Who ran the copies of each text?
select clusters.cluster_id, list(distinct articles.publisher order by articles.publisher) as publishers
from clusters
join articles using (cluster_id)
where clusters.article_count > 1
group by clusters.cluster_id
order by clusters.cluster_id;
