-- Three questions an analyst asks of validations.

-- What did not pass in the last run?
select stage, expectation, outcome, observed
from validations
where run_id = (select max(run_id) from validations) and outcome <> 'pass'
order by stage, ordinal;

-- Which expectations have ever failed?
select stage, expectation, count(*) as times
from validations
where outcome <> 'pass'
group by stage, expectation
order by times desc, stage, expectation;

-- What does each gate check?
select stage, expectation, severity, description
from validations
where run_id = (select max(run_id) from validations)
order by stage, ordinal;
