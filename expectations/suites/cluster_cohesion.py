"""Copies share words: a cluster across unrelated articles does not."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders

#: Share of the shorter text's different words of five letters or more that the longer one has. Of pairs of labelled
#: copies 99 % share more than 0.3, of pairs of unrelated articles 1 % do.
LEAST_SHARED = 0.2
#: Different words of five letters or more that a text needs to be judged.
LEAST_WORDS = 15


def shared_words(pairs: str) -> str:
    """Write the query for pairs of one and other article that share too few words."""
    return f"""
with pairs as (
    {pairs}
),
involved as (
    select one_id as article_id from pairs union select other_id from pairs
),
texts as (
    select
        article_id, document_id, cluster_id,
        list_distinct(regexp_extract_all(lower(text), '[\\p{{L}}]{{5,}}')) as words
    from articles
    semi join involved using (article_id)
),
measured as (
    select
        one.article_id, one.document_id, one.cluster_id, other.article_id as other_article_id,
        len(list_intersect(one.words, other.words)) / least(len(one.words), len(other.words)) as shared
    from pairs
    join texts as one on one.article_id = one_id
    join texts as other on other.article_id = other_id
    where len(one.words) >= {LEAST_WORDS} and len(other.words) >= {LEAST_WORDS}
)
select article_id, document_id, cluster_id, other_article_id, round(shared, 3) as shared
from measured
where shared < {LEAST_SHARED}"""


COPIES_SHARE_WORDS = Check(
    name="copies-share-words",
    table="duplicates",
    expectation=ExpectNoOffenders(
        query=shared_words(
            "select article_id as one_id, other_article_id as other_id from duplicates where is_same_copy"
        )
    ),
    description=f"Both texts of every pair verified as the same copy share at least {LEAST_SHARED:.0%} of the "
    f"different words of five letters or more of the shorter one (texts of fewer than {LEAST_WORDS} such words apart).",
    severity=CRITICAL,
    why="Of pairs of labelled copies 99 % share more than 30 %, of pairs of unrelated articles 1 %.",
    breaks="Pairs verified by shared boilerplate, or articles whose texts were exchanged.",
    id_column="article_id",
)

CLUSTERS_SHARE_WORDS = Check(
    name="copies-share-words-with-their-canonical",
    table="articles",
    expectation=ExpectNoOffenders(
        query=shared_words(
            "select article_id as one_id, canonical_article_id as other_id from articles join clusters using "
            "(cluster_id) where article_id <> canonical_article_id"
        )
    ),
    description=f"Every copy shares at least {LEAST_SHARED:.0%} of those words with the canonical article of its "
    "cluster.",
    severity=WARNING,
    why="A page that holds two stories can tie copies of both together, so this only reports.",
    breaks="Clusters merged through shared boilerplate or through one page of several stories.",
    id_column="article_id",
)

COHESION = (COPIES_SHARE_WORDS, CLUSTERS_SHARE_WORDS)
