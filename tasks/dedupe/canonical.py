"""Which copy stands for its cluster, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from tasks.dedupe.relations import is_revision
from tasks.records import ArticleText

#: A copy with at least this share of the longest one's words is as complete.
COMPLETE_SHARE = 0.95
_LATEST = datetime.max.replace(tzinfo=UTC)
_WORD = re.compile(r"[^\W_]+")


def choose_canonical(members: Sequence[ArticleText]) -> tuple[str, str]:
    """Choose the article_id that stands for copies of one text, and say why.

    In this order: the only copy; of versions on one site the latest; the copy of the publisher that the copies name
    as their source; the most complete; the earliest; the smallest id. The reason is the first rule that decided.
    """
    left, reason = sorted(members, key=lambda article: article.article_id), "only-copy"
    if len(left) == 1:
        return left[0].article_id, reason
    for name, rule in (
        ("latest-revision", _drop_superseded),
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


def _drop_superseded(members: Sequence[ArticleText]) -> list[ArticleText]:
    def superseded(article: ArticleText) -> bool:
        return any(
            article.published
            and other.published
            and other.published > article.published
            and is_revision(article, other, _title_agreement(article, other))
            for other in members
        )

    return [article for article in members if not superseded(article)]


def _title_agreement(article: ArticleText, other: ArticleText) -> float:
    words, other_words = (set(_WORD.findall((a.title or "").lower())) for a in (article, other))
    return len(words & other_words) / max(1, len(words | other_words))


def _of_named_publisher(members: Sequence[ArticleText]) -> list[ArticleText]:
    """Keep the copies of a publisher whom another publisher's copy names in its byline or opening words."""
    named = []
    for article in members:
        name = (article.publisher or "").strip()
        others = (other for other in members if other.publisher != article.publisher)
        if len(name) > 2 and any(re.search(rf"\b{re.escape(name)}\b", _credits(other)) for other in others):
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
