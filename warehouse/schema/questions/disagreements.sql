-- Three questions an analyst asks of disagreements.

-- Which events are dated differently, and by whom?
select disagreements.description, disagreements.value, disagreements.article_count, disagreements.sentence
from disagreements
order by disagreements.event_id, disagreements.value;

-- How far apart are the dates?
select event_id, any_value(description) as description, max(begin_on) - min(begin_on) as days
from disagreements
group by event_id
order by days desc, event_id;

-- Which articles give a date that others contradict?
select articles.title, articles.publisher, disagreements.value
from disagreements
join articles on list_contains(disagreements.article_ids, articles.article_id)
order by disagreements.event_id, articles.title;
