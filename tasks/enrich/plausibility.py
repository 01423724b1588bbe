"""Dates that cannot be what the article means: better no date, with the reason, than a wrong one.

They come from pages whose stated publication date is wrong, from years that are quantities ("2,400 AD copies"), and
from slips of the pen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tasks.records import ArticleMention, EventMention
from warehouse.vocabulary import EventStatus

#: A page of one time zone tells on its evening what is the next day's morning elsewhere.
TIME_ZONE_TOLERANCE = timedelta(days=1)
#: News seldom names a year before this one as the date of an event; numbers that look like one are more common.
EARLIEST_YEAR = 1000
#: What lies further ahead than this is no date of an event that an article announces.
HORIZON_YEARS = 100

AFTER_PUBLICATION = "it is told as past, but its date lies after the article's publication"
OUT_OF_HORIZON = "its date lies too far from the article's publication"


def withdraw_implausible(mentions: Sequence[ArticleMention]) -> list[ArticleMention]:
    """Return the mentions, in order, with the dates taken away that cannot be meant."""
    return [_withdraw(told) for told in mentions]


def _withdraw(told: ArticleMention) -> ArticleMention:
    reason = implausible(told.mention, told.latest_on or told.published_on)
    if reason is None:
        return told
    undated = replace(
        told.mention,
        value=None,
        granularity=None,
        begin_on=None,
        end_on=None,
        date_source=None,
        undated_reason=reason,
        expression_start=None,
        expression_end=None,
    )
    return replace(told, mention=undated)


def implausible(mention: EventMention, published_on: date | None) -> str | None:
    """Return why a mention's date cannot be meant in an article published on a day or before, or None where it can."""
    begin = mention.begin_on
    if begin is None:
        return None
    if begin.year < EARLIEST_YEAR:
        return OUT_OF_HORIZON
    if published_on is None:
        return None
    if begin.year > published_on.year + HORIZON_YEARS:
        return OUT_OF_HORIZON
    if mention.status == EventStatus.OCCURRED and begin > published_on + TIME_ZONE_TOLERANCE:
        return AFTER_PUBLICATION
    return None
