"""Which copy stands for its cluster, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from tasks.dedupe.versions import find_families, moments_of
from tasks.records import ArticleText

#: A copy with at least this share of the longest one's words is as complete.
COMPLETE_SHARE = 0.95
#: A later version with less than this share of the longest copy is taken for a stub, not for a correction.
TRUSTED_SHARE = 0.5
_LATEST = datetime.max.replace(tzinfo=UTC)


def choose_canonical(members: Sequence[ArticleText]) -> tuple[str, str]:
    """Choose the article_id that stands for copies of one text, and say why.

    In this order: the only copy; the copies of the publisher that the others name as their source; where a site
    published several versions, the latest; the most complete; the earliest; the smallest id. The reason is the rule
    that decided last.
    """
    left, reason = sorted(members, key=lambda article: article.article_id), "only-copy"
    if len(left) == 1:
        return left[0].article_id, reason
    for name, rule in (
        ("original-publisher", _of_named_publisher),
        ("latest-revision", _latest_versions),
        ("most-complete", _most_complete),
        ("earliest", _earliest),
    ):
        kept = rule(left)
        if len(kept) < len(left):
            left, reason = kept, name
        if len(left) == 1:
            return left[0].article_id, reason
    return left[0].article_id, "smallest-id"


def _latest_versions(members: Sequence[ArticleText]) -> list[ArticleText]:
    """Keep the latest versions of articles that a site published in several; all members where there are none."""
    longest = max(len(article.text) for article in members)
    latest = []
    for family in find_families(members):
        moments = moments_of(family)
        last = [article for article in family if article.text.split() == family[-1].text.split()]
        earlier = [moments[article.article_id] for article in family if article not in last]
        is_known = moments[family[-1].article_id] > max(earlier)
        if is_known and len(family[-1].text) >= TRUSTED_SHARE * longest:
            latest += last
    return latest or list(members)


def _of_named_publisher(members: Sequence[ArticleText]) -> list[ArticleText]:
    """Keep the copies of a publisher whom another publisher's copy names in its byline, opening or ending."""
    credits = [(article.publisher, _credits(article)) for article in members]
    named = []
    for article in members:
        name = (article.publisher or "").strip()
        others = [text for publisher, text in credits if publisher != article.publisher and name in text]
        if len(name) > 2 and any(re.search(rf"\b{re.escape(name)}\b", text) for text in others):
            named.append(article)
    return named or list(members)


def _credits(article: ArticleText) -> str:
    return f"{article.byline or ''}\n{article.text[:300]}\n{article.text[-300:]}"


def _most_complete(members: Sequence[ArticleText]) -> list[ArticleText]:
    lengths = [len(article.text.split()) for article in members]
    return [a for a, length in zip(members, lengths, strict=True) if length >= COMPLETE_SHARE * max(lengths)]


def _earliest(members: Sequence[ArticleText]) -> list[ArticleText]:
    times = [article.published or _LATEST for article in members]
    return [article for article, time in zip(members, times, strict=True) if time == min(times)]
