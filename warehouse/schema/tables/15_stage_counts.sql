-- stage_counts: What went into each stage of each run and what became of it: in = kept + duplicate + quarantined.
-- Grain: one stage of one run. Key: run_id, stage. Written by: the flow.
create table if not exists stage_counts (
    run_id varchar not null,
    stage varchar not null,
    unit varchar not null,
    in_count bigint not null,
    kept_count bigint not null,
    duplicate_count bigint not null,
    quarantined_count bigint not null,
    seconds double
);

comment on table stage_counts is 'What went into each stage of each run and what became of it: in = kept + duplicate + quarantined. Grain: one stage of one run. Key: run_id, stage. Written by: the flow.';
comment on column stage_counts.run_id is 'The run.';
comment on column stage_counts.stage is 'discover, parse, clean, dedupe, enrich.';
comment on column stage_counts.unit is 'What is counted: record, document, article.';
comment on column stage_counts.in_count is 'How many came in.';
comment on column stage_counts.kept_count is 'How many were kept.';
comment on column stage_counts.duplicate_count is 'How many were duplicates of a kept one.';
comment on column stage_counts.quarantined_count is 'How many were refused.';
comment on column stage_counts.seconds is 'Wall time of the stage, in seconds.';
