"""What a page that lists several articles says about their days: "19 minutes ago" beside one is a clock for all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from tasks.enrich.publication_evidence import DayEvidence
from tasks.parse.relative_times import age_of
from tasks.records import DatableArticle, Publication

#: An age as short as the marks of a list: "2h", "19 min".
_SHORT = re.compile(r"\b(\d{1,3})\s*(mins?|hrs?|[mhdw])\b", re.IGNORECASE)
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_ONE_DAY = 24 * 60


def minutes_ago(relative_time: str | None) -> int | None:
    """Return how many minutes a phrase such as "19 minutes ago" lies back, or None where it is no such phrase.

    Phrases are those of `tasks/parse/relative_times.tsv`, in some thirty languages.

    >>> minutes_ago("vor 2 Stunden"), minutes_ago("2h"), minutes_ago("gestern")
    (120, 120, 1440)
    """
    if not relative_time:
        return None
    age = age_of(relative_time)
    if age is not None:
        return age[0] * _MINUTES[age[1][0]]
    match = _SHORT.search(relative_time)
    return None if match is None else int(match[1]) * _MINUTES[match[2][0].lower()]


def scrape_day(
    articles: Sequence[DatableArticle], dated: Mapping[str, Publication], evidence: Mapping[str, DayEvidence]
) -> date | None:
    """Return the day on which a page was scraped, from the fetch time or from the fresh articles that it lists.

    An article listed as minutes or hours old cannot be older than the last day that it tells of, so the page was
    scraped on that day or soon after; among several, the latest counts.
    """
    for article in articles:
        if article.fetched:
            try:
                return datetime.fromisoformat(article.fetched).date()
            except ValueError:
                continue
    days: list[date] = []
    for article in articles:
        ago = minutes_ago(article.relative_time)
        if ago is None or ago > _ONE_DAY:
            continue
        publication = dated.get(article.article_id)
        if publication is not None and publication.published_on is not None:
            days.append(publication.published_on + timedelta(ago // _ONE_DAY))
        elif article.article_id in evidence and evidence[article.article_id].fitted:
            days.append(evidence[article.article_id].fitted[-1])
    return max(days, default=None)
