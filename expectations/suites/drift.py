"""Change against recent runs in what the search for copies was given and what it found."""

from __future__ import annotations

from expectations.checks import WARNING, Check
from expectations.offenders import ExpectNoOffenders

#: Articles from which on a share says something: of 200, one site's feed is a few percent.
FEWEST = 200

DRIFT = (
    Check(
        name="articles-have-not-vanished",
        table="stage_counts",
        expectation=ExpectNoOffenders(
            query=f"""
with runs_by_age as (
    select run_id, in_count, row_number() over (order by run_id desc) as age
    from stage_counts
    where stage = 'dedupe'
),
usual as (
    select max(in_count) as most from runs_by_age where age between 2 and 11
)
select run_id, in_count, usual.most as most_before
from runs_by_age, usual
where age = 1 and usual.most >= {FEWEST} and in_count < 0.9 * usual.most"""
        ),
        description="The newest run has at least 90 % of the articles of the fullest of the ten runs before it (from "
        f"{FEWEST} articles on).",
        severity=WARNING,
        why="Documents stay in the warehouse, so articles become fewer only where a rule or a retry takes them away.",
        breaks="A new version that takes articles for boilerplate, or no longer tells those of one page apart.",
        id_column="run_id",
    ),
    Check(
        name="share-of-duplicates-is-not-unusual",
        table="stage_counts",
        expectation=ExpectNoOffenders(
            query=f"""
with shares as (
    select run_id, in_count, duplicate_count / in_count as share, row_number() over (order by run_id desc) as age
    from stage_counts
    where stage = 'dedupe' and in_count >= {FEWEST}
),
usual as (
    select median(share) as share from shares where age between 2 and 11
)
select run_id, in_count, round(shares.share, 3) as share, round(usual.share, 3) as usual_share
from shares, usual
where age = 1 and abs(shares.share - usual.share) > 0.15"""
        ),
        description="The share of duplicates among the articles of the newest run is within 15 points of the median of "
        f"the ten runs before it (from {FEWEST} articles on).",
        severity=WARNING,
        why="All articles are counted in each run, so the share moves slowly unless something changed.",
        breaks="A feed that is collected twice, or furniture that makes unrelated pages look alike.",
        id_column="run_id",
    ),
)
