"""A flattened page without a stated date is dated by the line beside its headline, whatever cleaning took it for."""

from __future__ import annotations

import pytest

from tasks.clean import clean_document
from tasks.parse import parse_document
from tasks.records import CleanedDocument, ParsedDocument, RawDocument

STORY = {
    "en": (
        "The harbour board will close the old fish hall in the spring, its chair told a crowded meeting at the school.\n"
        "Traders who have sold there for three generations said that nobody had asked them what they thought of it.\n"
        "The board expects to move them to a new hall behind the station, where rents would be a third higher."
    ),
    "de": (
        "Der Hafenrat will die alte Fischhalle im Frühjahr schließen, sagte die Vorsitzende auf einer Versammlung.\n"
        "Die Händler, die dort seit drei Generationen verkaufen, sagten, sie seien von niemandem gefragt worden.\n"
        "Der Rat will sie in eine neue Halle hinter dem Bahnhof umziehen lassen, wo die Mieten höher sein werden."
    ),
}
TITLE = {"en": "Harbour board to close the old fish hall", "de": "Hafenrat will die alte Fischhalle schließen"}


def lead_day(lang: str, line: str, fetched: str | None = None, *, above: bool = False) -> tuple[str | None, str | None]:
    """Clean a flattened page with a line beside its headline; return the lead's day and its source."""
    head = f"{line}\nPlay\nShare\n{TITLE[lang]}" if above else f"{TITLE[lang]}\nPlay\n{line}\nShare"
    text = f"Home\nNews\nSport\n{head}\n{STORY[lang]}\nContact\nImprint"
    stated = {"fetched_at": fetched} if fetched else {}
    parsed = parse_document(RawDocument("page", "page", None, "text/plain", text.encode(), stated))
    assert isinstance(parsed, ParsedDocument)
    cleaned = clean_document(parsed)
    assert isinstance(cleaned, CleanedDocument)
    published = cleaned.articles[0].published
    return published[:10] if published else None, cleaned.articles[0].published_source


@pytest.mark.parametrize("above", [False, True], ids=["below", "above"])
@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "March 4 2026, 3:54 p.m."),
        ("en", "4 March 2026"),
        ("de", "Stand: 04.03.2026 05:00 Uhr"),
        ("de", "4. März 2026 um 15:46 Uhr"),
        ("de", "04. 03. 2026, 14:59 Uhr"),
        ("de", "04/03/2026 - 13:55"),
        ("de", "2026. 03. 04. 11:27"),
    ],
)
def test_a_date_line_among_players_and_shares_dates_the_article(lang: str, line: str, above: bool) -> None:
    assert lead_day(lang, line, above=above)[0] == "2026-03-04"


def test_figures_that_english_reads_both_ways_need_the_fetch_to_settle_them() -> None:
    assert lead_day("en", "04/03/2026 12:10") == (None, None)
    assert lead_day("en", "04/03/2026 12:10", "2026-03-05T08:00:00Z")[0] == "2026-03-04"
    assert lead_day("en", "05/03/2026 12:10", "2026-05-06T08:00:00Z") == (None, None)


def test_a_day_after_the_fetch_is_none_of_publication() -> None:
    assert lead_day("en", "4 March 2026", "2026-03-01T08:00:00Z") == (None, None)


def test_an_age_beside_the_headline_counts_from_the_fetch() -> None:
    assert lead_day("de", "vor 5 Stunden", "2026-03-04T18:00:00+00:00") == ("2026-03-04", "fetch-time")
    assert lead_day("de", "vor 5 Stunden") == (None, None)
    assert lead_day("de", "Heute, 12:37 Uhr", "2026-03-04")[0] == "2026-03-04"
    assert lead_day("de", "vor 5 Stunden", "2026-03-04") == (None, None)


def test_a_day_and_a_clock_time_without_a_year_are_of_the_weeks_before_the_fetch() -> None:
    assert lead_day("de", "Mittwoch, 4. März, 12:37 Uhr", "2026-03-09") == ("2026-03-04", "fetch-time")
    assert lead_day("de", "4. März, 12:37 Uhr", "2026-08-09") == (None, None)


def test_a_copyright_line_is_no_date_of_publication() -> None:
    assert lead_day("en", "© 4 March 2026 Example Press") == (None, None)
