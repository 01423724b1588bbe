"""Each rule removes text of its kind, and leaves prose that merely uses the same words."""

from __future__ import annotations

from typing import Any

import pytest

from tasks.clean import REMOVAL_RULES
from tasks.clean.line_features import read_line
from tasks.clean.phrases import line_key, phrase_tables, rule_of_phrase

BODY = [
    "The harbour council voted on Tuesday to close the old bridge for a year, after engineers found cracks in it.",
    "Traffic will be led over the northern road, which the council wants to widen before the autumn storms arrive.",
    "“We had hoped for another answer,” said the mayor, Ines Dahl, who had promised in spring that it would stay open.",
    "Shopkeepers in the old town fear for their trade. Some have asked the council for help with their rents.",
    "The repairs are expected to cost four million and will be paid from the fund for roads, the council said.",
    "A ferry will carry people on foot across the water until the bridge opens again, every half hour, free of charge.",
]
TITLE = "Old Bridge to Close for a Year After Cracks Are Found"


def page(*extra: str, after: int = 3) -> str:
    return "\n".join([TITLE, *BODY[:after], *extra, *BODY[after:]])


GOES = [
    ("Share this article", "share-bar"),
    ("Advertisement", "advertisement"),
    ("Article continues below advertisement", "advertisement"),
    ("Sign up for our newsletter", "newsletter-box"),
    ("Read more: Ferry runs aground on the sandbank", "related-articles"),
    ("Lesen Sie auch: Die Fähre fährt wieder", "related-articles"),
    ("Lire aussi : le pont ferme pour un an", "related-articles"),
    ("12 Comments", "comments"),
    ("© 2025 Harbour Post. All rights reserved", "legal-notice"),
    ("No media source currently available", "player-furniture"),
    ("0:00 0:01:12 0:00", "player-furniture"),
    ("Skip to main content", "navigation"),
    ("Updated", "status-label"),
    ("3 hours ago", "stray-date"),
]
STAYS = [
    "Share prices of the ferry company fell by a tenth on the news, and had not recovered by the close on Friday.",
    "Comments made by the engineer in an interview last week had already worried many people in the old town.",
    "The advertisement that the council had printed in March promised that the bridge would never be closed at all.",
    "Related companies of the builder are being looked at by the court, a spokeswoman said on Thursday evening.",
    "More on the repairs is to be told at a meeting in the town hall next week, to which everybody is invited.",
    "Updated plans for the pier were shown to the council in June, but were never put to a vote, Dahl said.",
    "Watch repairers and bakers have their shops beside the bridge; both say that they will have to move.",
    "Copyright on the old drawings had run out long ago, so that anyone could have copied them, she said.",
    "Follow the money, the opposition said, and you will find who wanted the bridge to be closed this year.",
    "Correction: An earlier version of this article gave the wrong year for the opening of the old bridge.",
]


@pytest.mark.parametrize(("line", "rule"), GOES)
def test_furniture_inside_an_article_is_removed_by_its_rule(clean: Any, line: str, rule: str) -> None:
    cleaned = clean(page(line))
    assert cleaned.removed() == {line: rule}
    assert cleaned.text().count("\n\n") == len(BODY) - 1


@pytest.mark.parametrize("line", STAYS)
def test_prose_with_the_words_of_furniture_stays(clean: Any, line: str) -> None:
    cleaned = clean(page(line))
    assert cleaned.removed() == {}
    assert line in cleaned.text()


def test_the_words_of_a_link_inside_a_sentence_stay(clean: Any) -> None:
    cleaned = clean(
        page("The council asked readers to look at", "News", "of the day before they judge what it had decided.")
    )
    assert "look at\nNews\nof the day before" in cleaned.text()


def test_a_long_line_that_stands_twice_is_one_caption(clean: Any) -> None:
    caption = "The old bridge, seen from the harbour on the morning after the vote of the council."
    cleaned = clean("\n".join([TITLE, caption, caption, *BODY]))
    assert cleaned.kept("caption") == [caption]
    assert list(cleaned.removed().values()) == ["repeated-caption"]


def test_a_player_with_its_title_twice_is_removed_whole(clean: Any) -> None:
    title = "Bridge Closes in the Rain"
    cleaned = clean(page(title, "please wait", title, "No media source currently available", "0:00 0:00:41 0:00"))
    assert set(cleaned.removed().values()) == {"player-furniture"}
    assert title not in cleaned.text()


def test_a_biography_after_furniture_ends_the_article(clean: Any) -> None:
    biography = "Kai Berg writes about harbours and has lived beside one for most of his life."
    notice = "Please note that the views expressed here are not those of the port authority."
    cleaned = clean("\n".join([TITLE, *BODY, "16x9 Image", "Kai Berg", biography, notice]))
    removed = cleaned.removed()
    assert removed[biography] == removed["Kai Berg"] == "author-biography"
    assert removed[notice] == "legal-notice"


def test_a_person_introduced_inside_the_story_stays(clean: Any) -> None:
    line = "Tove Lund is a reporter who saw the cracks first and wrote about them in the spring, to little effect."
    assert line in clean(page(line, after=2)).text()


@pytest.mark.parametrize(
    "line",
    ["Local news needs local support. If you value our reporting, please consider a gift to our fund.",
     "Sign up for the Harbour Post's morning letter and have the news in your inbox by six."],
)  # fmt: skip
def test_an_appeal_to_the_reader_is_removed(clean: Any, line: str) -> None:
    assert clean(page(line)).removed() == {line: "newsletter-box"}


@pytest.mark.parametrize(
    "line",
    ["The company said that customers could unsubscribe at any time, and that it had told them so in a letter.",
     "“You sign up for a year and your inbox is full within a week,” said Dahl, who had cancelled hers in May."],
)  # fmt: skip
def test_a_sentence_about_subscriptions_stays(clean: Any, line: str) -> None:
    assert clean(page(line)).removed() == {}


def test_a_writer_with_an_address_is_a_biography(clean: Any) -> None:
    line = "Tove Lund covers the coast for the Harbour Post. Reach her at tove@harbour.example or by letter."
    assert clean(page(line, after=6)).removed() == {line: "author-biography"}


PAGE = """<html><body><nav><a href="/">Home</a> <a href="/n">News</a></nav><main><article>
<h1>{title}</h1><p class="byline">By Ana Ruiz</p>
<figure><figcaption>The old bridge in the rain. Photo: Kai Berg</figcaption></figure>
<div class="article-body">{body}</div></article>
<aside class="related"><h3>Related</h3><ul><li><a href="/a">Ferry runs aground on the sandbank</a></li></ul></aside>
<section class="comments"><h3>Comments</h3>
<div class="comment"><p>I never liked that bridge and I never will.</p></div>
</section></main><footer><p>© 2025 Harbour Post. All rights reserved.</p></footer></body></html>"""


def test_a_page_keeps_its_article_and_names_what_it_loses(clean: Any) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    cleaned = clean(PAGE.format(title=TITLE, body=body), "text/html")
    assert cleaned.text().split("\n\n") == BODY
    assert (cleaned.lead.title, cleaned.kept("byline")) == (TITLE, ["By Ana Ruiz"])
    assert len(cleaned.kept("caption") + cleaned.kept("credit")) == 1
    removed = cleaned.removed()
    assert removed["I never liked that bridge and I never will."] == "comments"
    assert removed["© 2025 Harbour Post. All rights reserved."] == "legal-notice"
    assert removed["Related"] == removed["Ferry runs aground on the sandbank"] == "related-articles"


def test_a_page_with_sub_headings_lists_and_quotes_keeps_them(clean: Any) -> None:
    parts = [f"<p>{BODY[0]}</p><p>{BODY[1]}</p><h2>What happens next</h2><p>{BODY[3]}</p>",
             f"<ul><li>The ferry starts on Monday morning.</li>"
             f"<li>The road will be widened in May.</li></ul><p>{BODY[4]}</p>",
             f"<blockquote>{BODY[2]}</blockquote><p>{BODY[5]}</p>"]  # fmt: skip
    cleaned = clean(PAGE.format(title=TITLE, body="".join(parts)), "text/html")
    assert cleaned.kept("heading") == ["What happens next"]
    assert cleaned.kept("list") == ["The ferry starts on Monday morning.", "The road will be widened in May."]
    assert cleaned.kept("quote") == [BODY[2]]


def test_restored_rules_keep_what_they_removed(clean: Any) -> None:
    line = "Read more: Ferry runs aground on the sandbank"
    cleaned = clean(page(line), restore=frozenset({"related-articles"}))
    assert cleaned.removed() == {}
    assert line in cleaned.kept("paragraph")  # what is restored is read as text


def test_rule_names_are_unique_and_say_what_they_remove() -> None:
    names = [rule.name for rule in REMOVAL_RULES]
    assert len(set(names)) == len(names)
    assert all(rule.removes.endswith(".") and rule.name == rule.name.lower() for rule in REMOVAL_RULES)


def test_every_phrase_is_found_as_a_whole_line() -> None:
    whole, _ = phrase_tables()
    assert len(whole) > 1000
    assert {phrase: rule_of_phrase(phrase) for phrase in whole} == whole


def test_a_phrase_matches_whole_words_only() -> None:
    assert rule_of_phrase("Read more: the bridge") == "related-articles"
    assert rule_of_phrase("Read moreover what the council had written") is None


@pytest.mark.parametrize(
    ("line", "key"), [("12 Comments:", "# comments"), ("  Share  This! ", "share this"), ("«1,234»", "#")]
)
def test_keys_of_lines_ignore_numbers_case_and_marks(line: str, key: str) -> None:
    assert line_key(line) == key


@pytest.mark.parametrize(
    ("line", "pattern"),
    [("19 minutes ago", "relative"), ("vor 3 Stunden", "relative"), ("August 6, 2025", "date"),
     ("6. August 2025", "date"),
     ("0:00 0:10", "clock"), ("By Ana Ruiz", "byline"), ("(Image: Getty Images)", "credit"), ("Photo: AFP", "credit"),
     ("pic.twitter.com/abc", "address"), ("|", "symbol"), ("and", "none"),
     ("3d", "relative"), ("The mayor may march on.", "none")],
)  # fmt: skip
def test_patterns_of_short_lines(line: str, pattern: str) -> None:
    assert read_line(line).shape.pattern == pattern


@pytest.mark.parametrize(
    ("line", "is_offer"),
    [
        ("Try Lantern Premium free for 30 days. Start now", True),
        ("Get the Gazette free for a month", True),
        ("Readers can try the new tram free for 30 days, the mayor said on Monday.", False),
        ("Try as they might, the crews could not free the ship for six days.", False),
    ],
)
def test_an_offer_of_a_trial_is_told_whatever_the_product_is_called(line: str, is_offer: bool) -> None:
    assert (rule_of_phrase(line) == "newsletter-box") is is_offer


def test_rows_of_prices_with_their_changes_are_no_text(clean: Any) -> None:
    paragraphs = [
        "The harbour index fell on Monday as freight rates slid for a third week in a row, traders said.",
        "Grain shares held up better after the mills reported that they had sold most of the autumn harvest early.",
    ]
    rows = ["Tern Freight\t12.40\t-3.1%", "Millstone Grain\t8.05\t+0.4%"]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split(chr(9)))}</tr>" for row in rows)
    page = f"<h1>Harbour index falls as freight rates slide</h1><p>{paragraphs[0]}</p><table>{table}</table>"
    cleaned = clean(f"<html><body><article>{page}<p>{paragraphs[1]}</p></article></body></html>", "text/html")
    assert cleaned.text() == "\n\n".join(paragraphs)
    assert {cleaned.removed()[row] for row in rows} == {"page-furniture"}
