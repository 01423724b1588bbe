"""What dedupe hands on: verified pairs, clusters, stories, and each article's place in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two articles verified as sharing their text; a row of `duplicates`. `article_id` is the smaller id."""

    article_id: str
    other_article_id: str
    relation: str  # vocabulary.Relation: what the first is to the second
    is_same_copy: bool
    containment: float
    resemblance: float
    head_containment: float | None
    number_agreement: float | None  # None: no numbers in the matched passages
    name_agreement: float | None
    hours_apart: float | None  # None: the time of one of them is not known
    score: float
    evidence: str  # JSON: [[start, end, other_start, other_end], ...] in the two articles' texts


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that are copies of one text; a row of `clusters`."""

    cluster_id: str
    canonical_article_id: str
    canonical_reason: str
    article_count: int
    publisher_count: int


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One article of several that are versions of one; a row of `article_versions`."""

    article_id: str
    version_group_id: str
    cluster_id: str
    version: int  # from 1, in order of time; the same words again are the same version
    version_count: int
    is_latest: bool
    previous_article_id: str | None  # an article of the version before
    stated_published_at: datetime | None  # UTC
    stated_modified_at: datetime | None
    fetched_at: datetime | None
    added_word_count: int
    removed_word_count: int
    changed_figure_count: int  # changes that put other numbers in a place
    changed_name_count: int
    has_notice: bool  # a notice of correction that the version before did not have
    has_new_time: bool  # a stated time of change that the version before did not have
    removed: list[str]  # what each change took out; empty where it only put in
    added: list[str]  # what it put in, in the same order


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one happening, copies or not; a row of `stories`."""

    story_id: str
    title: str | None
    article_count: int
    cluster_count: int
    publisher_count: int
    first_published_on: date | None
    last_published_on: date | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where one article belongs."""

    cluster_id: str
    is_canonical: bool
    story_id: str


@dataclass(frozen=True, slots=True)
class DedupeResult:
    """Everything dedupe found, each list sorted by its key."""

    pairs: tuple[DuplicatePair, ...]
    clusters: tuple[Cluster, ...]
    stories: tuple[Story, ...]
    assignments: Mapping[str, Assignment]  # by article_id; one for every article given
    versions: tuple[ArticleVersion, ...] = ()
