-- Three questions an analyst asks of quarantine.

-- Why were documents refused?
select stage, reason, count(*) as refusals
from quarantine
group by stage, reason
order by refusals desc, stage, reason;

-- Which files should be looked at?
select uri, reason, detail
from quarantine
order by uri;

-- Which run refused what?
select run_id, count(*) as refusals
from quarantine
group by run_id
order by run_id desc;
