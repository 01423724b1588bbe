"""Titles, bylines, dates and languages: from the page's own statement, else from its visible lines, never made up."""

from __future__ import annotations

from typing import Any

import pytest

from tasks.clean.bylines import authors_in, is_byline
from tasks.clean.datelines import stated_date
from tasks.clean.languages import language_of
from tasks.records import Stated

BODY = (
    "The harbour council voted on Tuesday to close the old bridge for a year, after engineers found cracks in it.\n"
    "Traffic will be led over the northern road, which the council wants to widen before the autumn storms arrive.\n"
    "The repairs are expected to cost four million and will be paid from the fund for roads, the council said."
)


def test_the_first_line_above_the_text_that_is_no_label_is_the_title(clean: Any) -> None:
    lead = clean(f"Breaking News\nOld Bridge to Close for a Year\nBy Ana Ruiz\nMarch 4, 2025\n{BODY}").lead
    assert (lead.title, lead.title_source) == ("Old Bridge to Close for a Year", "visible-text")
    assert (lead.byline, lead.authors, lead.published) == ("Ana Ruiz", ("Ana Ruiz",), "2025-03-04")


def test_a_text_that_starts_with_a_sentence_has_no_title(clean: Any) -> None:
    assert clean(BODY).lead.title is None


def test_the_title_of_the_input_wins(clean: Any) -> None:
    lead = clean(f"Old Bridge to Close for a Year\n{BODY}", title="Bridge: the full story").lead
    assert (lead.title, lead.title_source) == ("Bridge: the full story", "input")


def test_a_date_at_the_start_of_a_sentence_is_not_split_off(clean: Any) -> None:
    line = "2025-03-04 was the day on which the council of the harbour town closed its old bridge for good."
    cleaned = clean(f"{line}\n{BODY}")
    assert cleaned.kept("dateline") == []
    assert line in cleaned.text()


@pytest.mark.parametrize(
    "line",
    ["By Ana Ruiz", "By Staff, Agencies", "Von Kai Berg und Ines Dahl", "Par Léa Morel", "By ANA RUIZ, Harbour Post"],
)
def test_bylines_are_told(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    ["By then the ferry had left.", "By the river", "Von hier aus geht es weiter", "By 2030 the bridge will be new"],
)
def test_lines_that_start_like_bylines_are_not(line: str) -> None:
    assert not is_byline(line)


def test_a_name_beside_the_date_is_the_byline(clean: Any) -> None:
    lead = clean(f"Old Bridge to Close for a Year\nKai Berg | Published: 4 March 2025 | Have your say\n{BODY}").lead
    assert (lead.byline, lead.published) == ("Kai Berg", "2025-03-04")


def test_the_desk_is_no_part_of_the_byline(clean: Any) -> None:
    assert clean(f"Old Bridge to Close for a Year\nBy Ana Ruiz / Harbour staff\n{BODY}").lead.byline == "Ana Ruiz"


def test_authors_are_listed_once() -> None:
    assert authors_in("By Ana Ruiz, Tom Lee and Ana Ruiz") == ("Ana Ruiz", "Tom Lee")


@pytest.mark.parametrize(
    ("line", "day"),
    [("Published March 4, 2025", "2025-03-04"), ("4 March 2025", "2025-03-04"), ("4. März 2025", "2025-03-04"),
     ("4 de marzo de 2025", "2025-03-04"), ("2025年3月4日", "2025-03-04"), ("25/03/2025", "2025-03-25"),
     ("04.03.2025", "2025-03-04"),
     ("03/04/2025", None), ("February 30, 2025", None), ("March 4", None), ("Room 2025", None)],
)  # fmt: skip
def test_days_stated_in_full_are_read(line: str, day: str | None) -> None:
    assert stated_date(line) == day


GERMAN = (
    "Der Rat der Stadt hat am Dienstag beschlossen, die alte Brücke für ein Jahr zu schließen, weil sie Risse hat. " * 3
)


def test_a_clear_detection_beats_a_wrong_statement() -> None:
    assert language_of(GERMAN, Stated("en", "html-lang")) == ("de", "detected")


def test_a_stated_language_stands_where_the_text_agrees_or_is_short() -> None:
    assert language_of(GERMAN, Stated("de-AT", "html-lang")) == ("de", "html-lang")
    assert language_of("Brücke zu", Stated("en", "meta")) == ("en", "meta")
    assert language_of("Brücke zu", None) == (None, None)


OPENING = """The council of Halden voted on Wednesday to close the old bridge to cars, ending months of argument.

Engineers said corrosion in the hangers had advanced faster than anyone predicted last September.

Traffic will be led over the Mill Road crossing, which adds fourteen minutes to a trip across the river.
"""


def test_a_short_headline_right_above_a_text_that_takes_it_up_is_the_title(clean: Any) -> None:
    assert clean(f"Halden closes bridge\n\n{OPENING}").lead.title == "Halden closes bridge"
    assert clean(f"Sports\nWeather\nHalden closes bridge\n\n{OPENING}").lead.title == "Halden closes bridge"


@pytest.mark.parametrize("label", ["Try our features", "Most read today", "News"])
def test_a_label_right_above_a_text_of_something_else_is_no_title(clean: Any, label: str) -> None:
    assert clean(f"{label}\n\n{OPENING}").lead.title is None
