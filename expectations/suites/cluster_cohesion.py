"""Copies share words: a cluster across unrelated articles does not."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders

#: Pairs with a larger share of the shorter text's different words of five letters or more need no other proof. Of pairs
#: of labelled copies 99 % share more than 0.3, of pairs of unrelated articles 1 % do.
ENOUGH_SHARED = 0.4
#: Sequences of five words that other pairs share at least: of 205 such pairs of labelled copies each shared 15 or more.
LEAST_SEQUENCES = 5
#: Different words of five letters or more that a text needs to be judged.
LEAST_WORDS = 15
#: Score of a pair from which no vote of other pairs may keep it apart.
CERTAIN = 0.98

FIVE_WORDS = ", ".join(["words[i]", *(f"words[i + {step}]" for step in range(1, 5))])


def little_in_common(pairs: str) -> str:
    """Write the query for pairs of one and other article that share too few words and too few sequences of words."""
    return f"""
with pairs as (
    {pairs}
),
involved as (
    select one_id as article_id from pairs union select other_id from pairs
),
texts as (
    select
        article_id, document_id, cluster_id, text,
        list_distinct(regexp_extract_all(lower(text), '[\\p{{L}}]{{5,}}')) as long_words
    from articles
    semi join involved using (article_id)
),
doubtful as (
    select
        one.article_id, one.document_id, one.cluster_id, other.article_id as other_article_id,
        len(list_intersect(one.long_words, other.long_words))
            / least(len(one.long_words), len(other.long_words)) as shared,
        regexp_extract_all(lower(one.text), '[\\p{{L}}\\p{{N}}]+') as one_words,
        regexp_extract_all(lower(other.text), '[\\p{{L}}\\p{{N}}]+') as other_words
    from pairs
    join texts as one on one.article_id = one_id
    join texts as other on other.article_id = other_id
    where least(len(one.long_words), len(other.long_words)) >= {LEAST_WORDS}
        and len(list_intersect(one.long_words, other.long_words))
            < {ENOUGH_SHARED} * least(len(one.long_words), len(other.long_words))
),
measured as (
    select
        * exclude (one_words, other_words),
        len(list_intersect({_sequences("one_words")}, {_sequences("other_words")})) as sequence_count
    from doubtful
)
select article_id, document_id, cluster_id, other_article_id, round(shared, 3) as shared, sequence_count
from measured
where sequence_count < {LEAST_SEQUENCES}"""


def _sequences(words: str) -> str:
    return f"list_transform(range(1, len({words}) - 3), lambda i: hash({FIVE_WORDS.replace('words', words)}))"


COPIES_SHARE_WORDS = Check(
    name="copies-share-words",
    table="duplicates",
    expectation=ExpectNoOffenders(
        query=little_in_common(
            "select article_id as one_id, other_article_id as other_id from duplicates where is_same_copy"
        )
    ),
    description=f"Both texts of every pair verified as the same copy share at least {ENOUGH_SHARED:.0%} of the "
    "different words of five letters or more of the shorter one, or five sequences of five words (texts of fewer than "
    f"{LEAST_WORDS} such words apart).",
    severity=CRITICAL,
    why="Of 17,000 pairs of labelled copies all do. Of pairs of unrelated articles 1 % share 30 % of the words, and "
    "next to none five sequences.",
    breaks="Pairs verified by shared boilerplate, or articles whose texts were exchanged.",
    id_column="article_id",
)

CLUSTERS_SHARE_WORDS = Check(
    name="copies-share-words-with-their-canonical",
    table="articles",
    expectation=ExpectNoOffenders(
        query=little_in_common(
            "select article_id as one_id, canonical_article_id as other_id from articles join clusters using "
            "(cluster_id) where article_id <> canonical_article_id"
        )
    ),
    description="Every copy shares as much with the canonical article of its cluster.",
    severity=WARNING,
    why="A page that holds two stories can tie copies of both together, so this only reports.",
    breaks="Clusters merged through shared boilerplate or through one page of several stories.",
    id_column="article_id",
)

COPIES_LIE_TOGETHER = Check(
    name="verified-copies-lie-in-one-cluster",
    table="duplicates",
    expectation=ExpectNoOffenders(
        query=f"""
with apart as (
    select
        duplicates.article_id, duplicates.other_article_id, relation, score, count(*) over () as apart_count,
        (select count(*) from duplicates where is_same_copy) as pair_count
    from duplicates
    join articles as one on one.article_id = duplicates.article_id
    join articles as other on other.article_id = duplicates.other_article_id
    where is_same_copy and one.cluster_id is distinct from other.cluster_id
)
select article_id, other_article_id, relation, score, apart_count
from apart
where score >= {CERTAIN} or (apart_count > 3 and apart_count > 0.01 * pair_count)"""
    ),
    description=f"Two articles verified as the same copy with a score of {CERTAIN} or more lie in one cluster; of all "
    "pairs so verified at most 1 % do not (three are always allowed).",
    severity=CRITICAL,
    why="A pair may be outvoted by the other pairs of its clusters: of 17,000 verified pairs of labelled texts 23 "
    "were, with scores up to .96.",
    breaks="Clusters written by another run than their pairs, or a member moved to a cluster of its own.",
    id_column="article_id",
)

NO_STORY_SWALLOWS_THE_REST = Check(
    name="no-story-swallows-the-rest",
    table="stories",
    expectation=ExpectNoOffenders(
        query="""
select story_id, article_count
from stories
where article_count > 30 and article_count > 0.5 * (select count(*) from articles)"""
    ),
    description="No story of more than 30 articles holds more than half of all articles.",
    severity=WARNING,
    why="A collection on one subject may do so, so this only reports.",
    breaks="Stories merged through words that a whole collection shares.",
    id_column="story_id",
)

COHESION = (COPIES_SHARE_WORDS, CLUSTERS_SHARE_WORDS, COPIES_LIE_TOGETHER, NO_STORY_SWALLOWS_THE_REST)
