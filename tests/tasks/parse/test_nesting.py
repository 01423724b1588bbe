"""Markup that would make more of itself in the parser is cut; other markup is not touched."""

from __future__ import annotations

from tasks.parse.nesting import MAX_NESTING, MAX_OPEN_FORMATTING, without_endless_nesting


def test_ordinary_markup_is_unchanged() -> None:
    page = "<div><p>A <b>bold</b> word<ul><li>x<li>y</ul></div>" * 5_000
    assert without_endless_nesting(page) == page


def test_a_long_page_of_drawings_and_paragraphs_is_unchanged() -> None:
    page = "<svg>" + "<path d='M0'/>" * 30_000 + "</svg>" + "<p>x" * 30_000 + "<script>'<div>'</script>" * 2_000
    assert without_endless_nesting(page) == page


def test_elements_are_nested_no_deeper_than_the_limit_and_their_text_stays() -> None:
    page = "<div>" * 30_000 + "deep" + "</div>" * 30_000 + "<p>after</p>"
    cut = without_endless_nesting(page)
    assert cut == "<div>" * MAX_NESTING + "deep" + "</div>" * MAX_NESTING + "<p>after</p>"


def test_formatting_left_open_is_opened_no_more_often_than_the_limit() -> None:
    page = "<p>" + "<FONT color=red>" * 100 + "x" + "<p>y" * 10
    assert without_endless_nesting(page) == "<p>" + "<FONT color=red>" * MAX_OPEN_FORMATTING + "x" + "<p>y" * 10
