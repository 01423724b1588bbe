-- quality_trend: Each run's gate results and counts, the newest first.
create or replace view quality_trend as
with outcomes as (
    select
        run_id,
        count(*) as expectation_count,
        count(*) filter (where outcome = 'pass') as pass_count,
        count(*) filter (where outcome = 'fail' and severity = 'critical') as critical_fail_count,
        count(*) filter (where outcome = 'fail' and severity = 'warning') as warning_fail_count,
        count(*) filter (where outcome = 'error') as error_count
    from validations
    group by run_id
),
counts as (
    select
        run_id,
        max(in_count) filter (where stage = 'discover') as record_count,
        max(kept_count) filter (where stage = 'discover') as new_document_count,
        max(in_count) filter (where stage = 'parse') as document_count,
        max(in_count) filter (where stage = 'dedupe') as article_count,
        max(kept_count) filter (where stage = 'dedupe') as canonical_article_count,
        sum(seconds) as stage_seconds
    from stage_counts
    group by run_id
)
select
    runs.run_id,
    runs.started_at,
    runs.status,
    outcomes.* exclude (run_id),
    counts.* exclude (run_id)
from runs
left join outcomes using (run_id)
left join counts using (run_id)
order by runs.started_at desc;

comment on view quality_trend is 'Each run''s gate results and counts, the newest first.';
