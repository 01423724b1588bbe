"""Versions of one article: numbered, in one cluster, in order of time, and different as they say."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders
from expectations.suites.columns import columns_and_types

VERSIONS = (
    columns_and_types("article_versions"),
    Check(
        name="versions-are-numbered-in-turn",
        table="article_versions",
        expectation=ExpectNoOffenders(
            query="""
with groups as (
    select
        version_group_id,
        count(distinct version) as numbers,
        min(version) as first_version,
        max(version) as last_version
    from article_versions
    group by version_group_id
)
select article_id, version_group_id, version, version_count, is_latest
from article_versions
join groups using (version_group_id)
where version_count < 2
    or first_version <> 1
    or last_version <> version_count
    or numbers <> version_count
    or is_latest <> (version = version_count)
    or (version = 1) <> (previous_article_id is null)"""
        ),
        description="The versions of an article are numbered 1, 2, 3 … without a gap; the last is the latest, and all "
        "but the first name one of the version before.",
        severity=CRITICAL,
        why="Whoever asks for the latest version wants one text; whoever asks for the change wants both sides of it.",
        breaks="A version taken out after the others were numbered.",
        id_column="article_id",
    ),
    Check(
        name="versions-lie-in-one-cluster",
        table="article_versions",
        expectation=ExpectNoOffenders(
            query="""
select article_versions.article_id, article_versions.cluster_id, articles.cluster_id as cluster_of_article
from article_versions
left join articles using (article_id)
left join articles as previous on previous.article_id = previous_article_id
where articles.cluster_id is distinct from article_versions.cluster_id
    or (version > 1 and previous.cluster_id is distinct from article_versions.cluster_id)
    or (version > 1 and coalesce(lower(trim(previous.publisher)) <> lower(trim(articles.publisher)), false))"""
        ),
        description="Every version is an article of the cluster it names, and of the publisher of the version before.",
        severity=CRITICAL,
        why="Versions are copies of one publisher's article; anything else is another article.",
        breaks="Versions kept from a run in which the clusters were others.",
        id_column="article_id",
    ),
    Check(
        name="versions-differ-as-they-say",
        table="article_versions",
        expectation=ExpectNoOffenders(
            query="""
with changes as (
    select article_id, previous_article_id, unnest(removed) as was, unnest(added) as is_now
    from article_versions
)
select changes.article_id, was, is_now
from changes
join articles using (article_id)
left join articles as previous on previous.article_id = previous_article_id
where not coalesce(contains(previous.text, was) and contains(articles.text, is_now) and was <> is_now, false)
union all
select article_id, null, null
from article_versions
where len(removed) <> len(added)
    or (added_word_count = 0) <> (array_to_string(added, '') = '')
    or (removed_word_count = 0) <> (array_to_string(removed, '') = '')"""
        ),
        description="What a version took out stands in the version before, what it put in stands in itself, and the "
        "counts of words agree with both.",
        severity=CRITICAL,
        why="The difference is the evidence of a correction.",
        breaks="Differences taken between texts that were cleaned anew since.",
        id_column="article_id",
    ),
    Check(
        name="versions-follow-their-times",
        table="article_versions",
        expectation=ExpectNoOffenders(
            query="""
select later.article_id, later.version, later.stated_modified_at, earlier.stated_modified_at as modified_before
from article_versions as later
join article_versions as earlier on earlier.article_id = later.previous_article_id
where later.stated_modified_at < earlier.stated_modified_at and later.fetched_at <= earlier.fetched_at"""
        ),
        description="No version was both changed and fetched before the version that it follows.",
        severity=WARNING,
        why="An older text that passes for the latest hides a correction. A page may state a wrong time of change, so "
        "one of the two is allowed to disagree.",
        breaks="Versions numbered in the order of their arrival.",
        id_column="article_id",
    ),
    Check(
        name="latest-revision-is-the-latest",
        table="clusters",
        expectation=ExpectNoOffenders(
            query="""
select clusters.cluster_id, canonical_article_id, version, version_count
from clusters
left join article_versions on article_versions.article_id = canonical_article_id
where canonical_reason = 'latest-revision' and is_latest is distinct from true"""
        ),
        description="A canonical article chosen as the latest revision is the latest version of its article.",
        severity=CRITICAL,
        why="Readers are to see what the publisher says now.",
        breaks="A choice by other times than those that number the versions.",
        id_column="cluster_id",
    ),
)
