"""The ledger agrees with the tables: counts, places, runs, and gate results of the run that published."""

from __future__ import annotations

from expectations.checks import CRITICAL, Check
from expectations.offenders import ExpectNoOffenders

#: stage -> what its counts say of the tables, as SQL. What parse refused need not be less than what has no block:
#: documents without bytes are refused before.
COUNTED = {
    "parse": {
        "kept_count": "select count(distinct document_id) from blocks",
    },
    "clean": {
        "in_count": "select count(distinct document_id) from blocks",
        "kept_count": "select count(distinct document_id) from articles",
    },
    "dedupe": {
        "kept_count": "select count(*) from articles where is_canonical",
        "duplicate_count": "select count(*) from articles where not is_canonical",
    },
    "enrich": {"in_count": "select count(*) from articles", "kept_count": "select count(*) from articles"},
}


def counts_are_of_the_tables(stage: str) -> Check:
    """Say that the newest run has one row of counts for the stage, which are those of the tables."""
    differs = " or ".join(f"{column} is distinct from ({sql})" for column, sql in COUNTED[stage].items())
    if stage == "parse":
        differs += " or quarantined_count > (select count(*) from documents anti join blocks using (document_id))"
    return Check(
        name=f"{stage}-counts-are-of-the-tables",
        table="stage_counts",
        expectation=ExpectNoOffenders(
            query=f"""
with newest as (
    select * from stage_counts where stage = '{stage}'
    qualify run_id = max(run_id) over ()
),
rows_of as (
    select count(*) as row_count from newest
)
select '{stage}' as stage, row_count, in_count, kept_count, duplicate_count, quarantined_count
from rows_of
left join newest on true
where row_count <> 1 or {differs}"""
        ),
        description=f"The newest run has one row of counts for {stage}, and they are what its tables hold.",
        severity=CRITICAL,
        why="Counts that conserve and describe other tables hide a batch that was lost or loaded twice.",
        breaks="A batch whose part was not loaded, or tables of one run under the counts of another.",
        id_column="stage",
    )


SIGHTINGS_MATCH_DOCUMENTS = Check(
    name="documents-and-sightings-match",
    table="sightings",
    expectation=ExpectNoOffenders(
        query="""
select coalesce(documents.document_id, sightings.document_id, '(none)') as document, sightings.uri
from documents
full join sightings using (document_id)
where documents.document_id is null or sightings.document_id is null"""
    ),
    description="Every document was sighted somewhere, and everything that was sighted is a document.",
    severity=CRITICAL,
    why="Sightings are written when inputs are discovered, documents when parts are loaded: what is in one and not in "
    "the other was lost between.",
    breaks="A batch whose part was not loaded.",
    id_column="document",
)

LEDGER = (
    Check(
        name="one-row-for-each-run",
        table="runs",
        expectation=ExpectNoOffenders(
            query="""
with named as (
    select run_id from stage_counts union select run_id from validations union select first_run_id from documents
),
counted as (
    select run_id, count(*) as row_count from runs group by run_id
)
select coalesce(named.run_id, counted.run_id, '(none)') as run, row_count
from named
full join counted using (run_id)
where row_count is distinct from 1"""
        ),
        description="Every run that counts, gate results or documents name has exactly one row in runs.",
        severity=CRITICAL,
        why="A result of a run that nobody knows cannot be traced.",
        breaks="A ledger that was restored from another warehouse.",
        id_column="run",
    ),
    Check(
        name="run-statuses-are-known",
        table="runs",
        expectation=ExpectNoOffenders(
            query="""
select coalesce(run_id, '(none)') as run, status, started_at, finished_at
from runs
where status not in ('running', 'published', 'unchanged', 'gate-failed', 'failed', 'interrupted')
    or finished_at < started_at"""
        ),
        description="Every run is running, published, unchanged, gate-failed, failed or interrupted, and ends after it "
        "starts.",
        severity=CRITICAL,
        why="People filter on it.",
        breaks="A new status that the audit does not know yet.",
        id_column="run",
    ),
    Check(
        name="the-release-passed-its-gates",
        table="runs",
        expectation=ExpectNoOffenders(
            query="""
with released as (
    select max(run_id) as run_id from stage_counts where stage = 'parse'
),
gates as (
    select
        stage,
        count(*) as result_count,
        max(ordinal) + 1 as result_places,
        count(*) filter (where outcome <> 'pass' and (outcome <> 'fail' or severity <> 'warning')) as blocking_count,
        min(evaluated_at) >= min(started_at) as is_of_the_run
    from validations
    join released using (run_id)
    left join runs using (run_id)
    group by stage
)
select wanted.stage, result_count, result_places, blocking_count, is_of_the_run
from (values ('parse'), ('clean'), ('dedupe'), ('enrich')) as wanted(stage)
left join gates using (stage)
where not exists (from runs join released using (run_id) where status = 'published')
    or (result_count >= 15 and result_count = result_places and blocking_count = 0 and is_of_the_run)
        is distinct from true"""
        ),
        description="The run of the release is published, and has for each of the four gates at least 15 results of "
        "its own, without a gap, none of which closes a gate.",
        severity=CRITICAL,
        why="A release is right because its own gates said so; results of another run prove nothing.",
        breaks="Gate results reused from an older run, or a release written past a closed gate.",
        id_column="stage",
    ),
    Check(
        name="gate-results-are-known",
        table="validations",
        expectation=ExpectNoOffenders(
            query="""
select coalesce(expectation, '(none)') as named, stage, outcome, severity
from validations
where outcome not in ('pass', 'fail', 'error') or severity not in ('critical', 'warning')
union all
select coalesce(stage, '(none)'), stage, null, null
from stage_counts
where stage not in ('discover', 'parse', 'clean', 'dedupe', 'enrich')"""
        ),
        description="Every gate result is pass, fail or error, critical or warning; every count is of a known stage.",
        severity=CRITICAL,
        why="An outcome that nobody knows is counted neither as passed nor as failed.",
        breaks="A new outcome or stage that the audit does not know yet.",
        id_column="named",
    ),
)
