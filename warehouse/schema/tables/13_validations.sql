-- validations: Results of every expectation in every run.
-- Grain: one expectation in one run. Key: run_id, stage, expectation. Written by: gates.
create table if not exists validations (
    run_id varchar not null,
    stage varchar not null,
    suite varchar not null,
    ordinal integer not null,
    expectation varchar not null,
    expectation_type varchar not null,
    description varchar not null,
    severity varchar not null,
    outcome varchar not null,
    observed varchar,
    failing_ids varchar[] not null,
    notes varchar,
    evaluated_at timestamp not null,
    is_about_drift boolean
);

comment on table validations is 'Results of every expectation in every run. Grain: one expectation in one run. Key: run_id, stage, expectation. Written by: gates.';
comment on column validations.run_id is 'The run.';
comment on column validations.stage is 'parse, clean, dedupe, enrich or published.';
comment on column validations.suite is 'Name of the suite.';
comment on column validations.ordinal is 'Place in the suite, from 0.';
comment on column validations.expectation is 'Name of the expectation, unique in its suite.';
comment on column validations.expectation_type is 'Great Expectations type.';
comment on column validations.description is 'What must be true, in plain English with the threshold.';
comment on column validations.severity is 'critical stops publishing, warning reports.';
comment on column validations.outcome is 'pass, fail, or error when it could not be evaluated.';
comment on column validations.observed is 'What was observed.';
comment on column validations.failing_ids is 'Identifiers of all failing rows, where the expectation is about rows.';
comment on column validations.notes is 'Why this threshold, what usually breaks it, and the query that lists the offenders.';
comment on column validations.evaluated_at is 'When, UTC.';
comment on column validations.is_about_drift is 'Whether it warns of change against recent runs; NULL for runs from before this column.';
