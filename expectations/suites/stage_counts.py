"""Conservation, and change against recent runs, from the ledger's counts of each stage."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders


def counts_conserve(stage: str) -> Check:
    """Say that what went into a stage was kept, a duplicate, or quarantined."""
    return Check(
        name=f"{stage}-counts-conserve",
        table="stage_counts",
        expectation=ExpectNoOffenders(
            query=f"""
select run_id, in_count, kept_count, duplicate_count, quarantined_count
from stage_counts
where stage = '{stage}'
    and (in_count <> kept_count + duplicate_count + quarantined_count
        or least(in_count, kept_count, duplicate_count, quarantined_count) < 0)"""
        ),
        description=f"In every run, what went into {stage} is what was kept, a duplicate, or quarantined.",
        severity=CRITICAL,
        why="Nothing is lost.",
        breaks="A batch that failed and was not counted.",
        id_column="run_id",
    )


def quarantine_is_not_unusual(stage: str) -> Check:
    """Say that the newest run refused no more than recent runs did, with a floor for the first runs."""
    return Check(
        name=f"{stage}-quarantine-is-not-unusual",
        table="stage_counts",
        expectation=ExpectNoOffenders(
            query=f"""
with shares as (
    select
        run_id, in_count, quarantined_count,
        quarantined_count / in_count as share,
        row_number() over (order by run_id desc) as age
    from stage_counts
    where stage = '{stage}' and in_count > 0
),
usual as (
    select coalesce(median(share), 0) as share from shares where age between 2 and 11
)
select run_id, in_count, quarantined_count, round(shares.share, 3) as share, round(usual.share, 3) as usual_share
from shares, usual
where age = 1 and quarantined_count >= 10 and shares.share > greatest(0.2, 3 * usual.share)"""
        ),
        description=f"The newest run quarantined in {stage} at most 20 %, or three times the median share of the ten "
        "runs before it (from 10 refusals on).",
        severity=WARNING,
        why="Refusing documents is normal; a sudden rise means that the input or a rule changed.",
        breaks="A source that changed its format or delivers error pages.",
        id_column="run_id",
    )


def stage_count_checks(stage: str) -> tuple[Check, ...]:
    """Return the checks on one stage's counts."""
    return (counts_conserve(stage), quarantine_is_not_unusual(stage))
