"""Versions: an article that its publisher corrected or let grow, collected more than once.

Copies are versions of one article when their publisher is the same, and so is the address, or the title's family on
one host. Only leads count: what an aggregator embeds was cut by the aggregator, not revised by its publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from urllib.parse import urlsplit

from tasks.dedupe.differences import find_changes, has_other_figures, has_other_names
from tasks.dedupe.records import ArticleVersion
from tasks.records import ArticleText
from warehouse.identifiers import identify

#: Share of two titles' words that both have, of all, which makes them one family: a headline edited, not a new one.
TITLE_FAMILY = 0.5
_NEVER = datetime.min.replace(tzinfo=UTC)
_WORD = re.compile(r"[^\W_]+")

#: When a version was made, as well as is known, and when it was fetched; comparable within one family.
Moment = tuple[datetime, datetime]


def are_versions(article: ArticleText, other: ArticleText) -> bool:
    """Whether two articles, known to be copies, are versions of one article on one site."""
    if article.role != "lead" or other.role != "lead" or article.document_id == other.document_id:
        return False
    if _publisher(article) != _publisher(other):
        return False
    address, other_address = address_of(article.url), address_of(other.url)
    if address and address == other_address:
        return True
    if address and other_address and _host(address) != _host(other_address):
        return False
    return bool(_publisher(article)) and title_agreement(article.title, other.title) >= TITLE_FAMILY


def title_agreement(title: str | None, other: str | None) -> float:
    """Measure the share of words that two titles have in common, of all their words."""
    return _overlap(_title_words(title), _title_words(other))


def address_of(url: str | None) -> str | None:
    """Reduce a URL to what names the article: without scheme, `www.`, fragment and closing slash.

    A site's front page names no article.

    >>> address_of("http://www.example.org/a/1/#top"), address_of("https://example.org/")
    ('example.org/a/1', None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:  # a bracket that closes no IPv6 address
        return url
    path = parts.path.rstrip("/")
    if not path and not parts.query:
        return None
    return parts.netloc.lower().removeprefix("www.") + path + (f"?{parts.query}" if parts.query else "")


def find_families(members: Sequence[ArticleText]) -> list[list[ArticleText]]:
    """Group the copies of one text that are versions of one article, each group in order of time.

    Groups of one, and of the same words throughout, are left out. The order of `members` plays no part.
    """
    ordered = sorted(members, key=lambda article: article.article_id)
    root = list(range(len(ordered)))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    for one, two in _ties(ordered):
        one, two = find(one), find(two)
        root[max(one, two)] = min(one, two)
    families: dict[int, list[ArticleText]] = {}
    for number, article in enumerate(ordered):
        families.setdefault(find(number), []).append(article)
    several = [family for family in families.values() if len(family) > 1]
    return [in_order_of_time(family) for family in several if len({_words(article) for article in family}) > 1]


def _ties(articles: Sequence[ArticleText]) -> Iterable[tuple[int, int]]:
    """Yield pairs of numbers that hold the families together: few, where many articles have one address or title."""
    first: dict[tuple[str, str | None, str | None, frozenset[str]], int] = {}
    for number, article in enumerate(articles):
        if article.role == "lead":
            key = (_publisher(article), address_of(article.url), None, _title_words(article.title))
            if key in first and are_versions(articles[first[key]], article):
                yield first[key], number
            first.setdefault(key, number)
    by_publisher: dict[str, list[int]] = {}
    for (publisher, *_), number in first.items():
        by_publisher.setdefault(publisher, []).append(number)
    for numbers in by_publisher.values():
        for one, two in combinations(numbers, 2):
            if are_versions(articles[one], articles[two]):
                yield one, two


def in_order_of_time(family: Sequence[ArticleText]) -> list[ArticleText]:
    """Sort versions by when they were made; by article_id where nothing tells."""
    moments = moments_of(family)
    return sorted(family, key=lambda article: (moments[article.article_id], article.article_id))


def moments_of(family: Sequence[ArticleText]) -> dict[str, Moment]:
    """Tell by article_id when each version was made: the stated change, else publication, else when it was fetched.

    Where only some state a time and all were fetched at a known time, the latter is compared, which is one clock.
    """
    stated = {article.article_id: article.modified or article.published for article in family}
    is_fetched = all(article.fetched for article in family)
    use_fetched = is_fetched and not all(stated.values())
    return {
        article.article_id: (
            (article.fetched if use_fetched else stated[article.article_id] or article.fetched) or _NEVER,
            article.fetched or _NEVER,
        )
        for article in family
    }


def describe_versions(cluster_id: str, members: Sequence[ArticleText]) -> list[ArticleVersion]:
    """Number the versions among a cluster's members, and say what each changed; by group and version."""
    described = [version for family in find_families(members) for version in _describe_family(cluster_id, family)]
    return sorted(described, key=lambda version: (version.version_group_id, version.version, version.article_id))


def _describe_family(cluster_id: str, family: Sequence[ArticleText]) -> list[ArticleVersion]:
    group_id = identify("versions", *sorted(article.article_id for article in family))
    number = [1]
    for before, article in pairwise(family):
        number.append(number[-1] + (_words(before) != _words(article)))
    return [
        _describe(
            article,
            family[number.index(version - 1)] if version > 1 else None,
            cluster_id,
            group_id,
            version,
            number[-1],
        )
        for article, version in zip(family, number, strict=True)
    ]


def _describe(
    article: ArticleText, before: ArticleText | None, cluster_id: str, group_id: str, version: int, version_count: int
) -> ArticleVersion:
    changes = find_changes(before.text, article.text) if before else ()
    old = before.text if before else ""
    return ArticleVersion(
        article_id=article.article_id,
        version_group_id=group_id,
        cluster_id=cluster_id,
        version=version,
        version_count=version_count,
        is_latest=version == version_count,
        previous_article_id=before.article_id if before else None,
        stated_published_at=_naive(article.published),
        stated_modified_at=_naive(article.modified),
        fetched_at=_naive(article.fetched),
        added_word_count=sum(change.other_word_count for change in changes),
        removed_word_count=sum(change.word_count for change in changes),
        changed_figure_count=sum(has_other_figures(change, old, article.text) for change in changes),
        changed_name_count=sum(has_other_names(change, old, article.text) for change in changes),
        has_notice=bool(before and _all_notices(article) - _all_notices(before)),
        has_new_time=bool(before and article.modified and article.modified != before.modified),
        removed=[old[change.start : change.end] for change in changes],
        added=[article.text[change.other_start : change.other_end] for change in changes],
    )


def find_notices(text: str) -> frozenset[str]:
    """Find the paragraphs that say that the text was corrected."""
    return frozenset(line.strip() for line in text.split("\n") if _notices().search(line.strip().lower()))


def _all_notices(article: ArticleText) -> frozenset[str]:
    # pages put a notice where cleaning takes it for furniture: above the byline, in a box, below the end
    return find_notices(article.text) | find_notices(article.removed)


@cache
def _notices() -> re.Pattern[str]:
    lines = (Path(__file__).parent / "correction_notices.txt").read_text("utf-8").splitlines()
    phrases = [line for line in lines if line and not line.startswith("#")]
    return re.compile("|".join(rf"(?:^{p[1:]}\b)" if p.startswith("^") else rf"(?:\b{p}\b)" for p in phrases))


def _words(article: ArticleText) -> tuple[str, ...]:
    return tuple(article.text.split())


def _publisher(article: ArticleText) -> str:
    return (article.publisher or "").strip().casefold()


def _host(address: str) -> str:
    return re.split(r"[/?]", address, maxsplit=1)[0]


def _title_words(title: str | None) -> frozenset[str]:
    return frozenset(_WORD.findall((title or "").casefold()))


def _overlap(words: frozenset[str], other: frozenset[str]) -> float:
    return len(words & other) / max(1, len(words | other))


def _naive(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None
