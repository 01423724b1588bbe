"""The five real documents in one run: what must come true for each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from warehouse.layout import layout_of
from warehouse.reading import content_digests

Rows = Callable[..., list[tuple[Any, ...]]]
Ingest = Callable[..., str]

ARTICLES = """
select regexp_extract(documents.uri, '(\\d+)_[^/]*$', 1) as document, articles.role, articles.{column}
from articles join documents using (document_id)
order by document, articles.ordinal
"""


def column(rows: Rows, warehouse: Path, name: str) -> dict[tuple[str, str], list[Any]]:
    values: dict[tuple[str, str], list[Any]] = {}
    for document, role, value in rows(warehouse, ARTICLES.format(column=name)):
        values.setdefault((document, role), []).append(value)
    return values


def removed(rows: Rows, warehouse: Path, document: str) -> str:
    return "".join(
        text for (text,) in rows(warehouse, "select text from removed_text where uri like ?", f"%/{document}%")
    )


def test_the_aggregator_page_holds_its_lead_and_three_embedded_articles(real_warehouse: Path, rows: Rows) -> None:
    publishers = column(rows, real_warehouse, "publisher")
    assert publishers["000", "embedded"] == ["Forbes", "CNN", "Yahoo"]
    assert len(publishers["000", "lead"]) == 1
    for document in ("001", "002", "003", "004"):
        assert len(publishers[document, "lead"]) == 1
        assert (document, "embedded") not in publishers


def test_titles_are_those_of_the_pages_and_never_invented(real_warehouse: Path, rows: Rows) -> None:
    titles = column(rows, real_warehouse, "title")
    assert titles["000", "lead"] == [
        "Trump could meet in person with Putin as soon as next week, White House official says"
    ]
    assert titles["001", "lead"] == ["Trump and Putin May Meet Next Week Amid Ukraine War Tensions"]
    assert titles["002", "lead"] == [
        "Trump Says 'Good Chance' He Will Meet Putin Soon After Envoy's Meeting With Russian President"
    ]
    assert titles["003", "lead"] == ["Trump Hints at Imminent Meeting with Putin to End Ukraine War"]
    assert titles["004", "lead"] == [None]


@pytest.mark.parametrize(
    ("document", "expected"), [("000", 6), ("001", 6), ("002", 6), ("003", 7), ("004", 6)], ids=lambda value: str(value)
)
def test_publication_days_come_within_a_day(real_warehouse: Path, rows: Rows, document: str, expected: int) -> None:
    (published,) = column(rows, real_warehouse, "published_on")[document, "lead"]
    assert published is not None
    assert abs((published - date(2025, 8, expected)).days) <= 1


def test_the_stated_date_says_so_and_the_inferred_ones_say_how(real_warehouse: Path, rows: Rows) -> None:
    sources = column(rows, real_warehouse, "published_source")
    assert sources["003", "lead"] == ["visible-text"]
    for document in ("000", "001", "002", "004"):
        assert sources[document, "lead"][0] not in ("unknown", "visible-text", "input")


def test_the_embedded_article_is_not_dated_before_the_day_it_names(real_warehouse: Path, rows: Rows) -> None:
    forbes = column(rows, real_warehouse, "published_on")["000", "embedded"][0]
    assert forbes is not None
    assert forbes >= date(2025, 8, 7)


@pytest.mark.parametrize(
    ("document", "phrases"),
    [
        (
            "000",
            ["Hashtags", "Try Our AI Features", "Explore what Daily8 AI can do for you:", "Comments", "No comments yet...",
             "Related Articles", "19 minutes ago"],
        ),
        (
            "002",
            ["Accessibility links", "Breaking News", "Updated", "please wait", "No media source currently available",
             "0:00 0:00:22 0:00", "16x9 Image", "RFE/RL journalists report the news",
             "undesirable organization", "XS", "SM", "MD", "LG"],
        ),
    ],
)  # fmt: skip
def test_furniture_is_removed(real_warehouse: Path, rows: Rows, document: str, phrases: list[str]) -> None:
    gone = removed(rows, real_warehouse, document)
    kept = "\n".join(text for texts in column(rows, real_warehouse, "text").values() for text in texts)
    for phrase in phrases:
        assert phrase in gone, f"{phrase!r} is not among what was removed"
    for phrase in phrases:
        assert phrase not in kept.splitlines(), f"{phrase!r} is still in the text"


def test_sub_headings_are_headings_and_one_caption_stays_as_a_caption(real_warehouse: Path, rows: Rows) -> None:
    kept = rows(
        real_warehouse,
        "select kind, trim(blocks.text, ' \n') from blocks join documents using (document_id) "
        "where uri like '%/002%' and is_kept order by ordinal",
    )
    headings = [text for kind, text in kept if kind == "heading"]
    assert headings == ["What About Trump's August 8 Cease-Fire Deadline?", "Russia Air Strikes Pound Ukraine"]
    captions = [text for kind, text in kept if kind == "caption"]
    assert sum(text.startswith("In this pool photograph") for text in captions) == 1


def test_nothing_is_removed_from_the_clean_documents(real_warehouse: Path, rows: Rows) -> None:
    for document in ("001", "004"):
        assert removed(rows, real_warehouse, document) == ""


def test_the_byline_line_is_kept_as_a_byline(real_warehouse: Path, rows: Rows) -> None:
    bylines = rows(
        real_warehouse,
        "select trim(blocks.text, ' \n') from blocks join documents using (document_id) "
        "where uri like '%/003%' and kind = 'byline' and is_kept",
    )
    assert bylines == [("By Staff, Agencies",)]
    (text,) = column(rows, real_warehouse, "text")["003", "lead"]
    assert "2025-08-07" not in text
    assert text.startswith("US President Donald Trump said on Wednesday")


def test_the_wire_story_and_its_trim_are_the_one_cluster(real_warehouse: Path, rows: Rows) -> None:
    clusters = rows(
        real_warehouse,
        "select list(regexp_extract(uri, '(\\d+)_[^/]*$', 1) || ' ' || role || ' ' || is_canonical order by uri, ordinal) "
        "from articles join documents using (document_id) group by cluster_id having count(*) > 1",
    )
    assert clusters == [(["000 lead true", "004 lead false"],)]


def test_the_five_leads_are_one_story_and_the_embedded_articles_are_not(real_warehouse: Path, rows: Rows) -> None:
    stories = column(rows, real_warehouse, "story_id")
    leads = {stories[document, "lead"][0] for document in ("000", "001", "002", "003", "004")}
    assert len(leads) == 1
    assert leads.isdisjoint(stories["000", "embedded"])


def told_in(rows: Rows, warehouse: Path, day: str, pattern: str) -> set[str]:
    """Return the documents with a mention of the event that most mentions matching a pattern on a day belong to."""
    found = rows(
        warehouse,
        """
        with matching as (
            select event_id, count(*) as mentions
            from event_mentions
            where value = ? and regexp_matches(sentence, ?)
            group by event_id order by mentions desc, event_id limit 1
        )
        select distinct regexp_extract(uri, '(\\d+)_[^/]*$', 1)
        from event_mentions join matching using (event_id) join documents using (document_id)
        """,
        day,
        pattern,
    )
    return {document for (document,) in found}


def test_the_envoys_meeting_is_one_event_in_all_five_documents(real_warehouse: Path, rows: Rows) -> None:
    assert told_in(rows, real_warehouse, "2025-08-06", "Witkoff.*(met|meeting|talks|visit)") == {
        "000", "001", "002", "003", "004",
    }  # fmt: skip


def test_the_sanctions_deadline_is_an_event_of_several_documents(real_warehouse: Path, rows: Rows) -> None:
    assert len(told_in(rows, real_warehouse, "2025-08-08", "(?i)deadline|sanctions")) >= 3


def test_the_invasion_is_one_event(real_warehouse: Path, rows: Rows) -> None:
    assert len(told_in(rows, real_warehouse, "2022-02", "invasion")) >= 2


def test_the_strike_told_with_two_spellings_is_one_event(real_warehouse: Path, rows: Rows) -> None:
    events = rows(
        real_warehouse,
        """
        select distinct event_id, regexp_extract(uri, '(\\d+)_[^/]*$', 1)
        from event_mentions join documents using (document_id)
        where regexp_matches(sentence, 'recreation(al)? center') and regexp_matches(event_mentions.text, 'hit|str')
          and begin_on between '2025-08-05' and '2025-08-06'
        """,
    )
    assert len({event for event, _ in events}) == 1
    assert {document for _, document in events} == {"000", "002"}


def test_the_disagreement_on_the_submarine_order_is_shown(real_warehouse: Path, rows: Rows) -> None:
    sides = rows(
        real_warehouse,
        "select value from disagreements where event_id in (select event_id from disagreements "
        "where regexp_matches(sentence, 'submarines')) order by value",
    )
    assert ("2025-08-01",) in sides
    assert ("2025-W32",) in sides


def test_five_runs_in_reverse_order_publish_what_one_run_publishes(
    real_warehouse: Path, real_documents: list[Path], tmp_path: Path, ingest: Ingest
) -> None:
    warehouse = tmp_path / "warehouse"
    for path in reversed(real_documents):
        ingest([path], warehouse, as_of=date(2026, 11, 21))
    assert content_digests(layout_of(warehouse).published) == content_digests(layout_of(real_warehouse).published)


def test_a_second_identical_run_changes_nothing(
    real_warehouse: Path, real_documents: list[Path], ingest: Ingest
) -> None:
    before = content_digests(layout_of(real_warehouse).published)
    assert ingest(real_documents, real_warehouse, as_of=date(2026, 11, 21)) == "unchanged"
    assert content_digests(layout_of(real_warehouse).published) == before


def test_one_person_is_one_entity_under_every_spelling_of_the_five_documents(real_warehouse: Path, rows: Rows) -> None:
    found = dict(rows(real_warehouse, "select name, variants from entities where kind = 'person'"))
    assert {"Zelensky", "Zelenskyy", "Zelenskiy", "Volodymyr Zelensky", "Vladimir Zelensky"} <= set(
        found["Volodymyr Zelenskyy"]
    )
    assert {"Yuri Ushakov", "Yury Ushakov"} <= set(found["Yuri Ushakov"])
    assert not [name for name in found if name.startswith(("Zelensk", "Putin", "Trump"))]
    kinds = dict(rows(real_warehouse, "select name, kind from entities"))
    assert {kinds[name] for name in ("Kremlin", "White House", "NATO", "Russian Defense Ministry")} == {"organisation"}
    assert {kinds[name] for name in ("Moscow", "United States", "Zaporizhzhia", "Kyiv")} == {"place"}


def test_quotations_of_the_five_documents_have_their_speakers(real_warehouse: Path, rows: Rows) -> None:
    said = rows(
        real_warehouse,
        "select entities.name, quotes.text from quotes join entities using (entity_id) order by document_id, char_start",
    )
    for name, beginning in (
        ("Marco Rubio", "Today was a good day"),
        ("Karoline Leavitt", "The Russians expressed their desire"),
        ("Dmitry Peskov", "We consider (talks with Witkoff)"),
        ("John Hardie", "I would hope that is not going to be"),
        ("Oleh Saakyan", "The only question is whether Trump"),
        ("Tom Bruni", "This move will open up trillions"),
    ):
        assert [text for speaker, text in said if speaker == name and text.startswith(beginning)], beginning
    assert len(said) >= 70
