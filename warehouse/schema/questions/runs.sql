-- Three questions an analyst asks of runs.

-- How did the last runs end?
select run_id, status, finished_at - started_at as took
from runs
order by started_at desc
limit 10;

-- Which versions made what is published?
select run_id, versions
from runs
where status = 'published'
order by started_at desc
limit 1;

-- Which settings was it made with?
select run_id, settings
from runs
where status = 'published'
order by started_at desc
limit 1;
