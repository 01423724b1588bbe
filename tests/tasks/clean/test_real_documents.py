"""The five real documents: what must go, what must stay, who wrote what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).parents[3] / "../shared/seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the real documents (../shared/seeds) are absent")


def read(number: str) -> str:
    return next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8")


@pytest.fixture
def cleaned(clean: Any) -> Any:
    return lambda number: clean(read(number))


def test_the_aggregator_page_holds_a_lead_and_three_embedded_articles(cleaned: Any) -> None:
    articles = cleaned("000").document.articles
    assert [(a.role, a.publisher, a.relative_time) for a in articles] == [
        ("lead", None, None),
        ("embedded", "Forbes", "19 minutes ago"),
        ("embedded", "CNN", "25 minutes ago"),
        ("embedded", "Yahoo", "25 minutes ago"),
    ]
    assert articles[0].title == "Trump could meet in person with Putin as soon as next week, White House official says"
    assert articles[1].title == "Trump 401(k) Executive Order 'A Major Step Toward Mainstream Adoption'"


def test_the_aggregator_page_loses_its_furniture_and_nothing_else(cleaned: Any) -> None:
    page = cleaned("000")
    assert set(page.removed()) == {
        "Hashtags", "Try Our AI Features", "Explore what Daily8 AI can do for you:", "Comments", "No comments yet...",
        "Related Articles", "Forbes",
        "19 minutes ago", "- Forbes", "CNN", "25 minutes ago", "- CNN", "Yahoo", "- Yahoo",
    }  # fmt: skip
    lines = [line.strip() for line in read("000").splitlines() if line.strip()]
    assert page.text(0).split("\n\n") == lines[1 : lines.index("Hashtags")]


def test_sub_headings_of_the_wire_story_are_headings(cleaned: Any) -> None:
    assert cleaned("000").kept("heading") == [
        "The threat of US sanctions",
        "The fighting grinds on",
        "Risks of more pressure",
    ]


@pytest.mark.parametrize("number", ["001", "004"])
def test_a_text_without_furniture_keeps_every_line(cleaned: Any, number: str) -> None:
    page = cleaned(number)
    assert page.removed() == {}
    lines = [line.strip() for line in read(number).splitlines() if line.strip()]
    assert page.text().split("\n\n") == (lines if page.lead.title is None else lines[1:])


def test_the_first_line_of_the_rewrite_is_its_title(cleaned: Any) -> None:
    assert cleaned("001").lead.title == "Trump and Putin May Meet Next Week Amid Ukraine War Tensions"


def test_the_text_without_a_headline_has_no_title(cleaned: Any) -> None:
    lead = cleaned("004").lead
    assert (lead.title, lead.title_source) == (None, None)


def test_the_broadcasters_page_loses_player_gallery_biography_and_notice(cleaned: Any) -> None:
    page = cleaned("002")
    removed = page.removed()
    for line in ("Accessibility links", "Breaking News", "Updated", "please wait", "XS", "SM", "MD", "LG", "RFE/RL",
                 "No media source currently available", "0:00 0:00:22 0:00", "0:00 0:00:45 0:00"):  # fmt: skip
        assert line in removed, line
    joined = "\n".join(removed)
    for part in (
        "16x9 Image",
        "RFE/RL journalists report the news in 27",
        "undesirable organization",
        "fines or imprisonment",
    ):
        assert part in joined
    assert not any(rule == "outside-article" for rule in removed.values())


def test_the_broadcasters_page_keeps_headings_one_caption_and_the_credit(cleaned: Any) -> None:
    page = cleaned("002")
    assert page.lead.title.startswith("Trump Says 'Good Chance' He Will Meet Putin Soon")
    assert page.kept("heading") == [
        "What About Trump's August 8 Cease-Fire Deadline?",
        "Russia Air Strikes Pound Ukraine",
    ]
    assert len(page.kept("caption")) == 1
    assert list(page.removed().values()).count("repeated-caption") == 1
    assert page.kept("credit") == ["With reporting by Reuters, AP, AFP, The New York Times, CNN, The Washington Post"]
    assert page.text().startswith("US President Donald Trump said a meeting on August 6")
    assert page.text().endswith("former Russian President Dmitry Medvedev.")


def test_a_date_glued_to_the_title_becomes_a_dateline(cleaned: Any) -> None:
    page = cleaned("003")
    assert page.kept("dateline") == ["date 2025-08-07"]
    assert page.kept("byline") == ["By Staff, Agencies"]
    assert page.lead.title == "Trump Hints at Imminent Meeting with Putin to End Ukraine War"
    assert (page.lead.published, page.lead.published_source) == ("2025-08-07", "visible-text")
    assert page.removed() == {}


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_real_documents_are_english(cleaned: Any, number: str) -> None:
    assert {article.lang for article in cleaned(number).document.articles} == {"en"}
