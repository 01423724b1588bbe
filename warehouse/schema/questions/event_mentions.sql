-- Three questions an analyst asks of event_mentions.

-- How were mentions dated?
select date_source, count(*) as mentions
from event_mentions
group by date_source
order by mentions desc;

-- What is announced but has not happened yet?
select begin_on, text, sentence
from event_mentions
where status = 'scheduled'
order by begin_on, text;

-- What does each article date?
select articles.title, count(*) as mentions, min(event_mentions.begin_on) as earliest, max(event_mentions.begin_on) as latest
from event_mentions
join articles using (article_id)
group by articles.article_id, articles.title
order by mentions desc, articles.title;
