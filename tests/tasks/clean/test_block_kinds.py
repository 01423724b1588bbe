"""Every kept block has its kind: what a labelled page of invented text says of each of its blocks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tasks.clean.test_page_structure import page

STANDFIRST = (
    "The order ends ten years of delays for the islands, whose only link with the coast is a ship from the past."
)
PAGE = f"""<html><head><title>Ferry Company Orders Two New Ships</title></head><body>
<nav><a href="/">Home</a><a href="/news">News</a></nav>
<main><article>
<header><h1>Ferry Company Orders Two New Ships</h1><p class="article-standfirst">{STANDFIRST}</p>
<span class="author-name">Ana Ruiz</span><p>7 August 2025</p></header>
<figure><img src="a.jpg"><figcaption>The old ferry leaves the northern harbour on its last day.</figcaption></figure>
<p>The ferry company said on Monday that it would order two new ships, each for two hundred people.</p>
<h2>Ten years of delays</h2>
<p>Passengers on the islands had complained for years about cancelled sailings, ninety of them last winter alone.</p>
<blockquote>We have waited long enough for ships that sail when the wind blows, said the mayor of the islands.</blockquote>
<p>These are the steps that the company wants to take before the first ship sails to the islands next summer:</p>
<ul><li>It will train the crews of both of the new ships in the spring.</li>
<li>It will widen the pier of the northern harbour for the new ships.</li></ul>
<p>The order is worth sixty million and will be paid in three parts, the last of them after the trials at sea.</p>
<table><tr><th>Ship</th><th>Seats</th></tr><tr><td>Gull</td><td>120</td></tr></table>
<p>Additional reporting by Tom Lee in Port Calder.</p>
</article></main><footer><p>© 2025 Coast Times</p></footer></body></html>"""
KINDS = {
    "headline": ["Ferry Company Orders Two New Ships"],
    "summary": [STANDFIRST],
    "byline": ["Ana Ruiz"],
    "dateline": ["7 August 2025"],
    "caption": ["The old ferry leaves the northern harbour on its last day."],
    "heading": ["Ten years of delays"],
    "quote": ["We have waited long enough for ships that sail when the wind blows, said the mayor of the islands."],
    "list": [
        "It will train the crews of both of the new ships in the spring.",
        "It will widen the pier of the northern harbour for the new ships.",
    ],
    "credit": ["Additional reporting by Tom Lee in Port Calder."],
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_blocks_of_a_page_have_the_kinds_of_their_elements(clean: Any, kind: str) -> None:
    assert clean(PAGE, "text/html").kept(kind) == KINDS[kind]


def test_a_standfirst_is_part_of_the_text_and_byline_and_caption_are_not(clean: Any) -> None:
    text = clean(PAGE, "text/html").text()
    assert text.startswith(STANDFIRST)
    assert not any(part in text for kind in ("byline", "caption", "credit") for part in KINDS[kind])


def test_a_teaser_in_place_of_a_standfirst_is_no_standfirst(clean: Any) -> None:
    teaser = f'<p class="related-teaser"><a href="/other">{STANDFIRST}</a></p>'
    page = PAGE.replace(f'<p class="article-standfirst">{STANDFIRST}</p>', teaser)
    assert clean(page, "text/html").kept("summary") == []


@pytest.mark.parametrize("line", ["Kommentar von Ana Ruiz", "Analysis by Ana Ruiz", "Ein Gastbeitrag von Ana Ruiz"])
def test_a_byline_that_names_its_genre_is_a_byline(clean: Any, line: str) -> None:
    page = PAGE.replace('<span class="author-name">Ana Ruiz</span>', f"<p>{line}</p>")
    assert clean(page, "text/html").kept("byline") == [line]


def test_restoring_a_rule_changes_only_what_the_rule_removes(clean: Any) -> None:
    plain, restored = clean(PAGE, "text/html"), clean(PAGE, "text/html", frozenset({"legal-notice"}))
    before = [(b.char_start, b.char_end, b.kind, b.is_kept, b.removed_by) for b in plain.document.blocks]
    after = [(b.char_start, b.char_end, b.kind, b.is_kept, b.removed_by) for b in restored.document.blocks]
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [(old[4], new[3], new[4]) for old, new in changed] == [("legal-notice", True, None)]
    assert restored.text().endswith("© 2025 Coast Times")


def test_a_paragraph_inside_a_figcaption_is_a_caption(clean: Any) -> None:
    figure = "<figure><img src='a.jpg'><figcaption><p>Lorries wait at the mill road.</p></figcaption></figure>"
    cleaned = clean(page(figure), "text/html")
    assert cleaned.kept("caption") == ["Lorries wait at the mill road."]
    assert "Lorries wait" not in cleaned.text()
