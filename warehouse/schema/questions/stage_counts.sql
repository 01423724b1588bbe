-- Three questions an analyst asks of stage_counts.

-- What became of everything that came in?
select stage, unit, in_count, kept_count, duplicate_count, quarantined_count
from stage_counts
where run_id = (select max(run_id) from stage_counts)
order by list_position(['discover', 'parse', 'clean', 'dedupe', 'enrich'], stage);

-- Which stage takes the time?
select stage, round(avg(seconds), 2) as mean_seconds
from stage_counts
group by stage
order by mean_seconds desc;

-- Does every stage's count add up?
select *
from stage_counts
where in_count <> kept_count + duplicate_count + quarantined_count;
