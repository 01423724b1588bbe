-- Three questions an analyst asks of events.

-- What happened on a given day, most reported first?
select begin_on, description, article_count, publisher_count
from events
where granularity = 'day'
order by begin_on, article_count desc, description;

-- Which events do several publishers confirm?
select begin_on, description, publisher_count
from events
where publisher_count > 1
order by publisher_count desc, begin_on;

-- What lies ahead of the last publication day?
select begin_on, end_on, description, status
from events
where begin_on > (select max(published_on) from articles)
order by begin_on, description;
