-- Faults of the ledger and of the file that readers open.

-- fault: run-missing (critical)
delete from runs;

-- fault: run-of-another-time (critical)
update runs set run_id = '20200101T000000Z-000000', release = '20200101T000000Z-000000';

-- fault: run-not-published (critical)
-- each: running; gate-failed; failed
update runs set status = '{1}';

-- fault: run-status-unknown (critical)
update runs set status = 'fine';

-- fault: run-ended-before-it-began (critical)
update runs set finished_at = started_at - interval 1 hour;

-- fault: run-doubled (critical)
insert into runs from runs;

-- fault: validations-missing (critical)
-- each: parse; clean; dedupe; enrich
delete from validations where stage = '{1}';

-- fault: validations-of-an-older-run (critical)
-- each: parse; clean; dedupe; enrich
update validations set run_id = '20200101T000000Z-000000' where stage = '{1}';

-- fault: validations-copied-from-an-older-run (critical)
-- each: parse; clean; dedupe; enrich
update validations set evaluated_at = evaluated_at - interval 3 days where stage = '{1}';

-- fault: published-over-a-failed-gate (critical)
-- each: fail critical; error critical; error warning
-- victims: select rowid as place from validations where severity = '{2}'
update validations set outcome = '{1}' where rowid = {place};

-- fault: validation-doubled (critical)
-- victims: select rowid as place from validations
insert into validations from validations where rowid = {place};

-- fault: word-unknown (critical)
-- each: validations outcome; validations severity; stage_counts stage
-- victims: select rowid as place from {1}
update {1} set {2} = 'Fine!' where rowid = {place};

-- fault: suite-half-run (critical)
-- each: parse; clean; dedupe; enrich
delete from validations where stage = '{1}' and ordinal > 5;

-- fault: counts-of-a-run-that-is-not-there (critical)
update stage_counts set run_id = '20200101T000000Z-000000';

-- fault: null (critical)
-- each: runs run_id; runs started_at; runs status; validations run_id; validations stage; validations expectation; validations outcome; validations severity; stage_counts run_id; stage_counts stage; stage_counts in_count; stage_counts kept_count
-- victims: select rowid as place from {1}
update {1} set {2} = null where rowid = {place};

-- fault: table-emptied (critical)
-- each: runs; validations; stage_counts
delete from {1};

-- fault: column-renamed (critical)
-- each: runs status state; validations outcome result; stage_counts in_count read_count
alter table {1} rename column {2} to {3};

-- fault: view-hides-articles (critical)
create or replace view canonical_articles as
select articles.*, 1 as copy_count, [publisher] as publishers, canonical_reason
from articles join clusters using (cluster_id) where is_canonical and publisher is not null;

-- fault: view-hides-events (critical)
create or replace view timeline as
select
    begin_on, end_on, granularity, status, description, place, actors, article_count, publisher_count, first_reported_on,
    has_disagreement, [description] as sources, description as first_sentence, event_id
from events where place is not null;

-- fault: view-missing (critical)
-- each: canonical_articles; timeline; removed_text; quality_trend
drop view {1};

-- fault: comment-missing (critical)
-- each: articles title; events value; runs status
comment on column {1}.{2} is null;

-- fault: release-of-other-articles (critical)
-- victims: select n from range(4) as parts(n)
-- then: forget-lost-documents; recount-clusters; recount-events
delete from documents where hash(document_id) % 4 = {n};
delete from sightings where document_id not in (select document_id from documents);
delete from quarantine where document_id not in (select document_id from documents);
