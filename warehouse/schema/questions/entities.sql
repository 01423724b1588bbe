-- Three questions an analyst asks of entities.

-- Who is in the news most?
select name, article_count, publisher_count, first_seen_on
from entities
where kind = 'person'
order by article_count desc, mention_count desc, name;

-- Whose name is written in several ways?
select name, kind, variants
from entities
where len(variants) > 1
order by len(variants) desc, name;

-- Which places came into the news on the last publication day?
select name, first_seen_on
from entities
where kind = 'place'
    and first_seen_on = (select max(published_on) from articles)
order by name;
