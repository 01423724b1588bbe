"""Articles of other publishers embedded in a page, and lists of teasers that look like them."""

from __future__ import annotations

from typing import Any

LEAD = [
    "Old Bridge to Close for a Year",
    "The harbour council voted on Tuesday to close the old bridge for a year, after engineers found cracks in it.",
    "Traffic will be led over the northern road, which the council wants to widen before the autumn storms arrive.",
    "The repairs are expected to cost four million and will be paid from the fund for roads, the council said.",
]
BODY = "The ferry company said on Monday that it would order two new ships, each for two hundred people. " * 4


def test_each_embedded_article_has_its_publisher_time_and_title(clean: Any) -> None:
    labels = [("Coast Times", "2 hours ago"), ("Pier Weekly", "an hour ago")]
    embedded = [
        part for name, when in labels for part in (name, when, f"- {name}", f"{name} Reports Two New Ships", BODY)
    ]
    cleaned = clean("\n".join([*LEAD, "Related Articles", *embedded]))
    found = [(a.role, a.publisher, a.relative_time, a.title) for a in cleaned.document.articles]
    assert found == [
        ("lead", None, None, LEAD[0]),
        ("embedded", "Coast Times", "2 hours ago", "Coast Times Reports Two New Ships"),
        ("embedded", "Pier Weekly", "an hour ago", "Pier Weekly Reports Two New Ships"),
    ]
    assert cleaned.text(0).split("\n\n") == LEAD[1:]
    assert cleaned.text(2) == BODY.strip()


def test_a_list_of_teasers_with_times_is_no_embedded_article(clean: Any) -> None:
    teasers = ["Coast Times", "2 hours ago", "Ferry Company Orders Ships", "Two new ships for the harbour.",
               "Pier Weekly", "3 hours ago", "Storm Expected on Friday", "The coast should prepare."]  # fmt: skip
    assert [article.role for article in clean("\n".join([*LEAD, *teasers])).document.articles] == ["lead"]


def test_a_label_in_one_line_starts_an_embedded_article(clean: Any) -> None:
    label = "Coast Times 3 hours ago - Coast Times"
    cleaned = clean("\n".join([*LEAD, "Related Articles", label, "Ferry Company Orders Two Ships", BODY]))
    assert [(a.role, a.publisher, a.relative_time) for a in cleaned.document.articles] == [
        ("lead", None, None),
        ("embedded", "Coast Times", "3 hours ago"),
    ]
    assert cleaned.removed()[label] == "embedded-article-label"


def test_a_readers_comment_with_name_and_age_is_no_embedded_article(clean: Any) -> None:
    comment = ["Tom Reader", "2 hours ago", "I never liked that bridge.", BODY * 2]
    assert [article.role for article in clean("\n".join([*LEAD, *comment])).document.articles] == ["lead"]
