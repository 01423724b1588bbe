"""The day of publication is the local day, in the order of figures that the page uses, and not that of something else."""

from __future__ import annotations

import json

import pytest

from tasks.parse import parse_document
from tasks.parse.relative_times import age_of
from tasks.parse.stated_dates import read_date
from tasks.records import ParsedDocument, RawDocument, Stated

HEADING = "<h1>Ferry stuck on the bank of the Ald</h1>"
BODY = "<p>The ferry ran onto the bank in fog and the harbour office sent two tugs to it.</p>"


def published(body: str, head: str = "", stated: dict[str, str] | None = None, lang: str = "en-GB") -> Stated | None:
    content = f"<html lang={lang}><head>{head}</head><body>{body}</body></html>".encode()
    found = parse_document(RawDocument("id", "file:///x", None, "text/html", content, stated or {}))
    assert isinstance(found, ParsedDocument)
    return found.metadata.published


def json_ld(date: str) -> str:
    node = {"@type": "NewsArticle", "headline": "Ferry stuck on the bank of the Ald", "datePublished": date}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(date: str, name: str = "date") -> str:
    return f'<meta name="{name}" content="{date}">'


def test_a_time_without_offset_gives_the_offset_of_the_same_instant_in_utc() -> None:
    head = json_ld("2026-03-09T01:49:09Z") + meta("2026-03-08 17:49:09")
    assert published(HEADING + BODY, head) == Stated("2026-03-08T17:49:09-08:00", "json-ld")


def test_a_time_without_offset_alone_is_a_day() -> None:
    assert published(HEADING + BODY, json_ld("2026-03-08 17:49:09")) == Stated("2026-03-08", "json-ld")


def test_the_day_in_the_address_is_the_local_day_of_a_time_in_utc() -> None:
    at_night = {"url": "https://example.org/2026/03/08/ferry"}
    assert published(HEADING + BODY, json_ld("2026-03-09T04:49:09Z"), at_night) == Stated("2026-03-08", "url")
    by_day = Stated("2026-03-09T12:49:09+00:00", "json-ld")
    assert published(HEADING + BODY, json_ld("2026-03-09T12:49:09Z"), at_night) == by_day


def test_a_day_stored_as_midnight_is_the_day_that_the_page_shows() -> None:
    body = f"{HEADING}<p class=date>5. November 2025</p>{BODY}"
    assert published(body, json_ld("2025-11-04T23:00:00Z"), lang="de") == Stated("2025-11-05", "visible-text")


def test_figures_are_read_in_the_order_that_other_dates_of_the_page_show() -> None:
    shown = f"{HEADING}<p>Erstellt am: 01.11.2025</p>{BODY}"
    assert published(shown, meta("11/01/2025 12:43:42"), lang="de") == Stated("2025-11-01", "meta")
    changed = meta("11/01/2025") + meta("2025-06-20", "last-modified")
    assert published(HEADING + BODY, changed, lang="de") == Stated("2025-01-11", "meta")
    assert published(HEADING + BODY, meta("06/07/2025") + meta("2025-06-30", "last-modified")) == Stated(
        "2025-06-07", "meta"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a time element of a comment, and the date line under the headline
        (HEADING + "<ul><li>27 June 2025</li></ul>" + BODY + "<div><time datetime=2025-07-30>x</time></div>",
         Stated("2025-06-27", "visible-text")),
        # a caption names the day of its picture
        (HEADING + "<p>Two tugs lie beside the ferry near the old pier, 24 April 2024</p>" + BODY
         + "<ul><li>Date 28.04.2024</li></ul>", Stated("2024-04-28", "visible-text")),
        # a line in a footer that says it is the day of publication
        (HEADING + BODY * 20 + '<div class="asset-footer">Posted by Kai on 3.05.2025, 11:51</div>',
         Stated("2025-05-03", "visible-text")),
        # the label above the date
        (HEADING + BODY * 20 + "<p>Mise en ligne</p><p>23 mai 2025</p>", Stated("2025-05-23", "visible-text")),
        # a paragraph that opens with its date
        (HEADING + "<p>By Ann Lee</p><p>27.1.2025 - " + "The ferry ran onto the bank in fog. " * 8 + "</p>",
         Stated("2025-01-27", "visible-text")),
        # publication before change, in one line
        (HEADING + "<p>03.02.2025 - Updated: 05.02.2025</p>" + BODY, Stated("2025-02-03", "visible-text")),
        # only the day of the last change is known
        (HEADING + "<p>Updated: 5 February 2025</p>" + BODY, Stated("2025-02-05", "modified")),
        (HEADING + BODY + "<ul><li>This page was last modified on 4 May 2025, at 19:23.</li></ul>",
         Stated("2025-05-04", "modified")),
        # a date of publication elsewhere beats a date of change at the headline
        (HEADING + "<p>Updated: 5 February 2025</p>" + BODY * 20 + "<p>First published 1 February 2025</p>",
         Stated("2025-02-01", "visible-text")),
        # what else is dated on a page
        (HEADING + BODY + "<footer>© 2025-01-01 The Example</footer>", None),
        (HEADING + BODY * 20 + '<div class="comment">Bo wrote on 4 March 2025: posted</div>', None),
    ],
)  # fmt: skip
def test_the_day_that_readers_see_is_found(body: str, expected: Stated | None) -> None:
    assert published(body) == expected


def test_a_change_is_the_last_resort_among_meta_elements() -> None:
    assert published(HEADING + BODY, meta("2025-06-20T10:00:00Z", "last-modified")) == Stated("2025-06-20", "modified")


def test_a_title_element_may_end_with_the_day() -> None:
    head = "<title>Ferry stuck on the bank of the Ald | The Example | 28.04.2025</title>"
    assert published(HEADING + BODY, head) == Stated("2025-04-28", "title-element")


def test_a_script_may_hold_the_day_but_not_one_of_several() -> None:
    one = '<script>var page = {"publishedDate": "2025-11-04T20:37:27Z", "x": 1}</script>'
    assert published(HEADING + BODY, one) == Stated("2025-11-04T20:37:27+00:00", "script")
    assert published(HEADING + BODY, one + '<script>var y = {"publishedDate": "2024-01-01"}</script>') is None


def test_nothing_was_published_after_its_fetch() -> None:
    stated = {"fetched_at": "2026-03-09T08:00:00Z"}
    body = f"{HEADING}<p>8 March 2026</p>{BODY}"
    assert published(body, json_ld("2026-09-03"), stated) == Stated("2026-03-08", "visible-text")


def test_an_age_counts_from_the_fetch() -> None:
    body = f"{HEADING}<p>19 minutes ago</p>{BODY}"
    stated = {"fetched_at": "2026-03-09T00:10:00+01:00"}
    assert published(body, stated=stated) == Stated("2026-03-08T23:51:00+01:00", "fetch-time")
    assert published(body) is None


@pytest.mark.parametrize(
    ("line", "age"),
    [("vor 2 Stunden", (2, "hours")), ("il y a 3 heures", (3, "hours")), ("hace 5 minutos", (5, "minutes")),
     ("3분 전", (3, "minutes")), ("2小时前", (2, "hours")), ("منذ 5 ساعات", (5, "hours")), ("1 час назад", (1, "hours")),
     ("an hour ago", (1, "hours")), ("vor 1 Tag", (1, "days")), ("5 min read", None), ("for 5 days", None),
     ("há 2 horas", (2, "hours")), ("2 ore fa", (2, "hours")), ("un'ora fa", (1, "hours")), ("2 uur geleden", (2, "hours")),
     ("för 2 timmar sedan", (2, "hours")), ("2 часа назад", (2, "hours")), ("час назад", (1, "hours")),
     ("約2時間前", (2, "hours")), ("منذ ساعتين", (2, "hours")), ("منذ يوم", (1, "days")), ("לפני שעתיים", (2, "hours")),
     ("vor 2 Wochen", (2, "weeks")), ("il y a 3 semaines", (3, "weeks")), ("2 недели назад", (2, "weeks")),
     ("3周前", (3, "weeks")), ("1 week ago", (1, "weeks")), ("gestern", (1, "days")), ("Yesterday, 2:05 pm", (1, "days")),
     ("Ayer a las 14:05", (1, "days")), ("hier à 9h05", (1, "days")), ("Hier", None), ("Gestern in Wien", None),
     ("az önce", (0, "minutes")), ("the hour", None), ("час пик", None), ("vor Ort", None)],
)  # fmt: skip
def test_ages_are_read_in_many_languages(line: str, age: tuple[int, str] | None) -> None:
    assert age_of(line) == age


@pytest.mark.parametrize(
    ("text", "day"),
    [("الأربعاء، 07 أكتوبر 2025 - 12:09 م", "2025-10-07"), ("17 באוגוסט 2025", "2025-08-17"),
     ("2 अक्टूबर 2025", "2025-10-02"), ("2 tháng 11, 2025", "2025-11-02"), ("26/10/25, 03:48 pm", "2025-10-26")],
)  # fmt: skip
def test_months_are_known_in_more_scripts(text: str, day: str) -> None:
    assert read_date(text) == day
