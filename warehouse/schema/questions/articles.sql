-- Three questions an analyst asks of articles.

-- What was published each day?
select published_on, count(*) as articles, count(*) filter (where is_canonical) as texts
from articles
group by published_on
order by published_on;

-- How are publication days known?
select published_source, count(*) as articles
from articles
group by published_source
order by articles desc;

-- Which articles were carried on another publisher's page?
select embedded.publisher, embedded.title, lead.title as on_the_page_of
from articles as embedded
join articles as lead on lead.document_id = embedded.document_id and lead.role = 'lead'
where embedded.role = 'embedded'
order by all;
