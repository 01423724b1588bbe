-- runs: Runs of the pipeline.
-- Grain: one run. Key: run_id. Written by: the flow.
create table if not exists runs (
    run_id varchar not null,
    started_at timestamp not null,
    finished_at timestamp,
    status varchar not null,
    detail varchar,
    inputs varchar[] not null,
    counts varchar,
    versions varchar,
    settings varchar,
    release varchar
);

comment on table runs is 'Runs of the pipeline. Grain: one run. Key: run_id. Written by: the flow.';
comment on column runs.run_id is 'Start time in UTC and a random suffix.';
comment on column runs.started_at is 'UTC.';
comment on column runs.finished_at is 'UTC; NULL while running or after a crash.';
comment on column runs.status is 'running, published, unchanged, gate-failed, failed, interrupted.';
comment on column runs.detail is 'What went wrong, where something did.';
comment on column runs.inputs is 'The inputs as given.';
comment on column runs.counts is 'JSON object of counts per stage.';
comment on column runs.versions is 'JSON object: version of Dateline, a fingerprint of its code, and of the libraries that matter.';
comment on column runs.settings is 'JSON object of the settings of the run.';
comment on column runs.release is 'Name of the release it published, if it did.';
