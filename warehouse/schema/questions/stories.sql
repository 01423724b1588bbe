-- Three questions an analyst asks of stories.

-- Which stories were told by the most publishers?
select title, publisher_count, cluster_count, article_count
from stories
order by publisher_count desc, article_count desc, title
limit 10;

-- How long did each story run?
select title, first_published_on, last_published_on, last_published_on - first_published_on as days
from stories
where article_count > 1
order by days desc nulls last, title;

-- What else was written on the story of an article?
select stories.title as story, articles.title, articles.publisher, articles.published_on
from articles
join stories using (story_id)
where stories.article_count > 1
order by stories.title, articles.published_on, articles.title;
