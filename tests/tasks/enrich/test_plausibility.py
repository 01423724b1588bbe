"""Dates that cannot be meant are taken away, with the reason; all others stay."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.enrich.merge import merge_mentions
from tasks.enrich.plausibility import AFTER_PUBLICATION, OUT_OF_HORIZON, withdraw_implausible
from tasks.records import ArticleMention, EventMention

PUBLISHED = date(2026, 3, 5)


def told(begin: date, status: str = "occurred", published_on: date | None = PUBLISHED) -> ArticleMention:
    mention = EventMention(
        char_start=4,
        char_end=9,
        sentence_start=0,
        sentence_end=20,
        text="voted",
        sentence="The council voted.",
        value=begin.isoformat(),
        granularity="day",
        begin_on=begin,
        end_on=begin,
        date_source="clause",
        status=status,
    )
    return ArticleMention("article", "document", "story", "cluster", "Ledger", published_on, mention)


@pytest.mark.parametrize(
    ("mention", "reason"),
    [
        (told(date(2026, 3, 7)), AFTER_PUBLICATION),
        (told(date(2027, 1, 1)), AFTER_PUBLICATION),
        (told(date(2026, 3, 6)), None),  # tomorrow in another time zone
        (told(date(2026, 3, 7), status="scheduled"), None),
        (told(date(2026, 3, 7), published_on=None), None),
        (told(date(201, 1, 1)), OUT_OF_HORIZON),
        (told(date(2400, 1, 1), status="scheduled"), OUT_OF_HORIZON),
        (told(date(1066, 10, 14)), None),
    ],
)
def test_only_a_date_that_cannot_be_meant_is_taken_away(mention: ArticleMention, reason: str | None) -> None:
    (kept,) = withdraw_implausible([mention])
    assert kept.mention.undated_reason == reason
    assert (kept.mention.value is None) == (reason is not None)


def test_an_event_is_not_made_of_a_mention_whose_date_was_taken_away() -> None:
    result = merge_mentions([told(date(2026, 3, 7))])
    assert result.events == ()
    assert result.event_ids == (None,)
    assert result.mentions[0].undated_reason == AFTER_PUBLICATION
