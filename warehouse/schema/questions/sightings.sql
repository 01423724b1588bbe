-- Three questions an analyst asks of sightings.

-- Which documents were found in more than one place?
select document_id, count(*) as places, min(uri) as first_place
from sightings
group by document_id
having count(*) > 1
order by places desc;

-- How many documents does each input file hold?
select split_part(uri, '#', 1) as file, count(*) as documents
from sightings
group by file
order by documents desc, file;

-- Where was a given article found?
select articles.title, sightings.uri
from articles
join sightings using (document_id)
order by articles.title nulls last, sightings.uri
limit 20;
