-- Three questions an analyst asks of undated_mentions.

-- Why could mentions not be dated?
select undated_reason, count(*) as mentions
from undated_mentions
group by undated_reason
order by mentions desc;

-- Which articles have the most undated events?
select articles.title, count(*) as mentions
from undated_mentions
join articles using (article_id)
group by articles.article_id, articles.title
order by mentions desc, articles.title
limit 10;

-- What share of the mentions is dated?
select round((select count(*) from event_mentions) / greatest(1, (select count(*) from event_mentions) + (select count(*) from undated_mentions)), 2) as dated_share;
