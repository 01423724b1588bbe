-- Three questions an analyst asks of time_expressions.

-- Which expressions are the most common?
select lower(text) as expression, count(*) as times
from time_expressions
group by expression
order by times desc, expression
limit 20;

-- What were relative expressions counted from?
select anchor_source, count(*) as expressions
from time_expressions
group by anchor_source
order by expressions desc;

-- Which days do the articles speak of most?
select value, count(distinct article_id) as articles
from time_expressions
where granularity = 'day' and begin_on is not null
group by value
order by articles desc, value
limit 20;
