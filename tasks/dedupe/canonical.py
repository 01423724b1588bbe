"""Which copy stands for its cluster, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from tasks.dedupe.relations import is_revision
from tasks.records import ArticleText

#: A copy with at least this share of the longest one's words is as complete.
COMPLETE_SHARE = 0.95
#: A later version with less than this share of the longest copy is taken for a stub, not for a correction.
TRUSTED_SHARE = 0.5
_LATEST = datetime.max.replace(tzinfo=UTC)
_WORD = re.compile(r"[^\W_]+")


def choose_canonical(members: Sequence[ArticleText]) -> tuple[str, str]:
    """Choose the article_id that stands for copies of one text, and say why.

    In this order: the only copy; where a site published several versions, the latest; the copy of the publisher that
    the copies name as their source; the most complete; the earliest; the smallest id. The reason is the rule that
    decided last.
    """
    left, reason = sorted(members, key=lambda article: article.article_id), "only-copy"
    if len(left) == 1:
        return left[0].article_id, reason
    for name, rule in (
        ("latest-revision", _latest_versions),
        ("original-publisher", _of_named_publisher),
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
    for article in members:
        family = [other for other in members if _is_other_version(article, other)]
        times = [other.published for other in family if other.published]
        is_latest = article.published is not None and times and article.published > max(times)
        if is_latest and len(article.text) >= TRUSTED_SHARE * longest:
            latest.append(article)
    return latest or list(members)


def _is_other_version(article: ArticleText, other: ArticleText) -> bool:
    if not article.publisher or article.publisher != other.publisher or article.text == other.text:
        return False
    return is_revision(article, other, _title_agreement(article, other))


def _title_agreement(article: ArticleText, other: ArticleText) -> float:
    words, other_words = (set(_WORD.findall((a.title or "").lower())) for a in (article, other))
    return len(words & other_words) / max(1, len(words | other_words))


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
