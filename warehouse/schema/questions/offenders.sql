-- Three questions an analyst asks of offenders.

-- Which words did the last failed run stumble over?
select stage, expectation, text, uri
from offenders
where run_id = (select max(run_id) from offenders)
order by stage, expectation, ordinal;

-- Which documents fail again and again?
select uri, count(distinct run_id) as runs, list(distinct expectation order by expectation) as expectations
from offenders
where uri is not null
group by uri
order by runs desc, uri;

-- Which failing rows are about no text?
select run_id, stage, expectation, identifier, detail
from offenders
where document_id is null
order by run_id desc, stage, expectation, ordinal;
