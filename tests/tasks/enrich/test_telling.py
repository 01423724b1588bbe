"""Descriptions of events can be read alone: they say who, what and to whom."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.enrich import annotate_article
from tasks.enrich.telling import LONGEST, tell
from tasks.records import EventMention, Passage, Publication

FRIDAY = date(2026, 3, 13)


def mentions_of(text: str) -> list[EventMention]:
    publication = Publication("a", FRIDAY, None, "input", FRIDAY, FRIDAY)
    return list(annotate_article([Passage(0, "paragraph", text)], publication, "en").mentions)


def told(text: str, part: str) -> str:
    return tell(next(mention for mention in mentions_of(text) if part in mention.text))


@pytest.mark.parametrize(
    ("text", "part", "description"),
    [
        (
            "On Monday, vandals smashed windows, looted shops and attacked the watchman.",
            "attacked",
            "vandals attacked the watchman",
        ),
        (
            "The quarry lease — which ran for ninety years — was renewed on Tuesday.",
            "renewed",
            "The quarry lease was renewed on Tuesday",
        ),
        (
            "Ada Brenner, the harbour master, closed the north quay on Thursday.",
            "closed",
            "Ada Brenner closed the north quay",
        ),
        ("The ferry, which sank in January, carried salt.", "sank", "The ferry sank in January"),
        ("Two barges were towed to Kallholm on Tuesday.", "towed", "Two barges were towed to Kallholm"),
        (
            "The council said on Monday that the bridge would stay shut for a year.",
            "said",
            "The council said on Monday that the bridge would stay shut for a year",
        ),
    ],
)
def test_a_description_names_who_did_it(text: str, part: str, description: str) -> None:
    assert told(text, part) == description


def test_a_pronoun_gives_way_to_the_name_that_it_stands_for() -> None:
    text = "Ada Brenner visited Kallholm on Monday. She opened a school there on Tuesday."
    assert told(text, "opened a school") == "Ada Brenner opened a school there"


def test_a_surname_becomes_the_full_name() -> None:
    text = "Ada Brenner spoke in Kallholm. Brenner opened a school on Tuesday."
    assert told(text, "opened a school") == "Ada Brenner opened a school"


def test_a_description_is_never_long() -> None:
    text = f"The council said on Monday that {'very ' * 60}old bridges would stay shut."
    assert len(told(text, "said")) <= LONGEST
