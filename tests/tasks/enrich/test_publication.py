"""Articles get their day of publication: stated, or inferred from evidence, or unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.enrich.publication import date_articles
from tasks.enrich.publication_page import minutes_ago
from tasks.records import DatableArticle, Passage, Publication

AS_OF = date(2026, 11, 21)
REAL = Path(__file__).parents[3] / "../shared/seeds"


def article(name: str, text: str = "", **fields: object) -> DatableArticle:
    """Build an article of its own document, cluster and story, unless told otherwise."""
    passages = [Passage(0, "paragraph", text)] if text else []
    plain = DatableArticle(
        name, f"doc-{name}", "lead", 0, "en", f"c-{name}", f"s-{name}", None, None, None, None, None, passages
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def stated(name: str, day: str, **fields: object) -> DatableArticle:
    return article(name, published=day, published_source="json-ld", **fields)


def only(*articles: DatableArticle) -> Publication:
    """Return the publication of the first of the articles."""
    return date_articles(articles, AS_OF)[articles[0].article_id]


def day_of(publication: Publication) -> str | None:
    return publication.published_on.isoformat() if publication.published_on else None


def test_a_stated_day_keeps_its_source() -> None:
    found = only(stated("a", "2025-08-07"))
    assert (day_of(found), found.published_at, found.published_source) == ("2025-08-07", None, "json-ld")
    assert (found.earliest_on, found.latest_on) == (date(2025, 8, 7), date(2025, 8, 7))


def test_a_stated_time_is_the_publishers_day_and_a_moment_in_utc() -> None:
    found = only(stated("a", "2025-08-07T23:30:00-04:00"))
    assert day_of(found) == "2025-08-07"
    assert found.published_at == datetime(2025, 8, 8, 3, 30, tzinfo=UTC)


def test_a_stated_day_wins_over_the_text() -> None:
    assert (
        day_of(only(stated("a", "2025-08-07", passages=[Passage(0, "paragraph", "It came on Monday, May 5.")])))
        == "2025-08-07"
    )


@pytest.mark.parametrize(
    ("text", "day", "source"),
    [
        ("PARIS, Aug. 6, 2025 (Agency) — The minister resigned.", "2025-08-06", "text-date"),
        ("LONDON, 6 August 2025 — The minister resigned.", "2025-08-06", "text-date"),
        (
            "The council voted on Monday, March 9, to close it. The mayor said Tuesday it was right.",
            "2026-03-10",
            "text-date",
        ),
        ("He said Wednesday that it was so.", None, "unknown"),
        ("He was born on March 5, 1946, and resigned in 2020.", None, "unknown"),
        ("The order was signed on Thursday, August 7, in Washington.", None, "unknown"),
        ("They met on August 6 in Moscow, and the deadline is August 8.", None, "unknown"),
        ("", None, "unknown"),
    ],
)
def test_a_text_alone_dates_an_article_only_by_its_own_date(text: str, day: str | None, source: str) -> None:
    found = only(article("a", text))
    assert (day_of(found), found.published_source) == (day, source)


def test_a_dateline_block_is_the_articles_own_date() -> None:
    blocks = [Passage(0, "headline", "A headline"), Passage(20, "dateline", "Updated: 6 August 2025")]
    assert day_of(only(article("a", passages=blocks))) == "2025-08-06"


def test_a_text_cannot_be_older_than_what_it_tells() -> None:
    found = only(article("a", "The order was signed on Thursday, August 7, in Washington."))
    assert found.earliest_on == date(2025, 8, 7)  # the last year in which 7 August was a Thursday
    assert found.latest_on == AS_OF


def test_the_weekday_chooses_the_year() -> None:
    found = only(article("a", "She was arrested on Friday, November 21. Police said Friday she confessed."))
    assert day_of(found) == "2025-11-21"
    assert (
        only(
            article("a", "She was arrested on Saturday, November 21. Police said Saturday she confessed.")
        ).published_on
        == AS_OF
    )


@pytest.mark.parametrize(
    ("relative_time", "day"),
    [
        ("19 minutes ago", "2025-08-07"),
        ("2 hours ago", "2025-08-06"),
        ("3 days ago", "2025-08-04"),
        ("a day ago", "2025-08-06"),
        ("hace 3 horas", "2025-08-06"),
        ("昨日", "2025-08-06"),
        ("vor 2 Wochen", "2025-07-24"),
    ],
)
def test_a_time_ago_counts_from_the_fetch(relative_time: str, day: str) -> None:
    found = only(article("a", "Text.", fetched="2025-08-07T01:00:00+00:00", relative_time=relative_time))
    assert (day_of(found), found.published_source) == (day, "fetch-time")


def test_a_fetch_dates_a_text_that_names_days_near_it() -> None:
    text = "He said on Wednesday that talks begun on August 1 had failed."
    assert day_of(only(article("a", text, fetched="2025-08-07T09:00:00"))) == "2025-08-06"
    late = only(article("a", text, fetched="2027-03-11T09:00:00"))
    assert (late.published_on, late.published_source) == (None, "unknown")


def test_nothing_is_published_after_its_fetch_or_the_run() -> None:
    text = "LONDON, 6 August 2025 — The minister resigned."
    assert only(article("a", text, fetched="2025-08-01T09:00:00")).published_on is None
    assert date_articles([article("a", text)], date(2025, 8, 1))["a"].published_on is None


def test_a_copy_takes_the_first_day_of_its_copies() -> None:
    copies = [
        article("a", cluster_id="c"),
        stated("b", "2025-08-07", cluster_id="c"),
        stated("d", "2025-08-06", cluster_id="c"),
    ]
    found = only(*copies)
    assert (day_of(found), found.published_source) == ("2025-08-06", "duplicate")


def test_copies_that_lie_weeks_apart_date_nothing() -> None:
    copies = [
        article("a", cluster_id="c"),
        stated("b", "2025-08-07", cluster_id="c"),
        stated("d", "2025-07-06", cluster_id="c"),
    ]
    assert only(*copies).published_source == "unknown"


@pytest.mark.parametrize(
    ("text", "day", "source"),
    [
        ("He said Wednesday that it was so.", "2025-08-06", "weekday"),
        ("He said Thursday that it was so.", "2025-08-07", "weekday"),
        ("He said Friday that it was so.", "2025-08-08", "weekday"),
        ("The deal will be signed on Friday, he said Tuesday.", "2025-08-05", "weekday"),
        ("The two met on August 6 in Moscow. He must answer by August 8.", "2025-08-06", "text-date"),
    ],
)
def test_a_story_dates_what_its_articles_tell(text: str, day: str, source: str) -> None:
    found = only(article("a", text, story_id="s"), stated("b", "2025-08-07", story_id="s"))
    assert (day_of(found), found.published_source) == (day, source)


def test_a_text_without_any_day_is_dated_by_several_reports_of_one_day_and_by_no_single_one() -> None:
    mates = [stated(f"m{index}", "2025-08-07", story_id="s") for index in range(3)]
    found = only(article("a", "The two met in Moscow.", story_id="s"), *mates)
    assert (day_of(found), found.published_source) == ("2025-08-07", "story")
    assert only(article("a", "The two met in Moscow.", story_id="s"), mates[0]).published_source == "unknown"


def with_text(name: str, day: str, text: str) -> DatableArticle:
    return stated(name, day, story_id="s", passages=[Passage(0, "paragraph", text)])


def test_a_weekday_beside_a_single_report_counts_only_where_that_tells_of_the_same_days() -> None:
    told = article("a", "He said Friday that it was so.", story_id="s")
    assert day_of(only(told, with_text("b", "2025-08-08", "She said Thursday that it was not so."))) == "2025-08-08"
    assert only(told, with_text("b", "2025-08-07", "She said Wednesday that it was not so.")).published_on is None


def test_a_weekday_among_reports_of_several_days_is_that_of_their_week() -> None:
    told = article("a", "He said Friday that it was so.", story_id="s")
    mates = [with_text(day, f"2025-08-{day}", "She spoke.") for day in ("05", "06", "07")]
    assert day_of(only(told, *mates)) == "2025-08-08"


def test_weekdays_come_after_the_dates_that_a_text_names_beside_them() -> None:
    text = "The strike began on March 7. The two sides agreed on Thursday, the union said."
    assert only(article("a", text, story_id="s"), stated("b", "2026-03-07", story_id="s")).published_on is None
    assert day_of(only(article("a", text, story_id="s"), stated("b", "2026-03-11", story_id="s"))) == "2026-03-12"


def test_the_week_of_a_text_ends_before_the_longest_gap_between_its_weekdays() -> None:
    text = "The notice was lifted on Friday. Tests on Wednesday and Thursday were clean. Workers found it on Tuesday."
    assert only(article("a", text, story_id="s"), stated("b", "2026-03-02", story_id="s")).published_on is None
    assert day_of(only(article("a", text, story_id="s"), stated("b", "2026-03-12", story_id="s"))) == "2026-03-13"


def test_a_date_that_a_hearing_is_ordered_for_is_not_told_as_past() -> None:
    text = "The board ordered a hearing for March 11. A pilot told this newspaper on Thursday that it was needed."
    assert day_of(only(article("a", text, story_id="s"), stated("b", "2026-03-05", story_id="s"))) == "2026-03-05"


def test_a_text_that_names_a_later_day_as_past_is_not_of_the_story_s_first_days() -> None:
    text = "He was charged on September 2. He appeared in court on Friday."
    assert only(article("a", text, story_id="s"), stated("b", "2025-08-22", story_id="s")).published_on is None


def test_copies_count_for_more_than_a_weekday_that_fits_the_fetch() -> None:
    text = "It came on Friday, and on March 11 it went."
    told = article("a", text, cluster_id="c", fetched="2026-03-14T08:00:00Z")
    assert day_of(only(told)) == "2026-03-13"
    assert day_of(only(told, stated("b", "2026-03-12", cluster_id="c"))) == "2026-03-12"


def test_the_year_of_a_weekday_and_date_is_sought_in_the_time_of_the_collection() -> None:
    old = [stated(f"m{index}", f"2011-03-{index + 10}") for index in range(10)]
    text = "The council voted on Monday, March 14, to close it. The mayor said Tuesday it was right."
    assert day_of(only(article("a", text), *old)) == "2011-03-15"


def test_a_story_of_several_weeks_dates_no_bare_weekday() -> None:
    days = ["2025-08-07", "2025-08-14", "2025-08-21"]
    mates = [stated(f"m{index}", day, story_id="s") for index, day in enumerate(days)]
    assert only(article("a", "He said Wednesday that it was so.", story_id="s"), *mates).published_source == "unknown"


def test_what_is_announced_lies_ahead_of_its_article() -> None:
    text = "The rocket is scheduled to lift off on Tuesday, March 10, managers said after a review on Friday."
    mates = [
        stated(f"m{index}", day, story_id="s") for index, day in enumerate(["2026-03-09", "2026-03-10", "2026-03-12"])
    ]
    assert day_of(only(article("a", text, story_id="s"), *mates)) == "2026-03-06"


def test_days_after_an_event_are_counted() -> None:
    text = "Two days after the council voted to close the bridge on Monday, traders counted their losses."
    assert day_of(only(article("a", text, story_id="s"), stated("b", "2026-03-12", story_id="s"))) == "2026-03-11"


def aggregator(fetched: str | None = None) -> list[DatableArticle]:
    """A page with a lead and two embedded articles listed with a time ago."""
    page = {"document_id": "page", "fetched": fetched}
    return [
        article("lead", "He said Wednesday that it was so.", **page),
        article(
            "one",
            "The order signed on Thursday, August 7, was wide.",
            role="embedded",
            relative_time="19 minutes ago",
            **page,
        ),
        article("two", "They clashed.", role="embedded", relative_time="25 minutes ago", **page),
    ]


def test_articles_listed_as_minutes_old_were_published_when_the_page_was_scraped() -> None:
    found = date_articles(aggregator(), AS_OF)
    assert [day_of(found[name]) for name in ("one", "two")] == ["2025-08-07", "2025-08-07"]
    assert found["one"].published_source == "fetch-time"


def test_the_lead_of_a_page_is_not_after_its_scrape() -> None:
    lead = date_articles(aggregator(), AS_OF)["lead"]
    assert (lead.published_on, lead.latest_on) == (None, date(2025, 8, 7))


@pytest.mark.parametrize(
    ("phrase", "minutes"),
    [
        ("19 minutes ago", 19),
        ("an hour ago", 60),
        ("2h", 120),
        ("just now", 0),
        ("1 day ago", 1440),
        ("2 weeks ago", 20160),
        ("3w", 30240),
        ("för 2 timmar sedan", 120),
        ("منذ ساعتين", 120),
        ("vor Ort", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_time_ago_is_read_in_minutes(phrase: str | None, minutes: int | None) -> None:
    assert minutes_ago(phrase) == minutes


def corpus() -> list[DatableArticle]:
    return [
        *aggregator(),
        stated("s1", "2025-08-07", story_id="s", cluster_id="c"),
        article("s2", "He said Wednesday it was so.", story_id="s"),
        article("s3", "The two met in Moscow.", story_id="s", cluster_id="c"),
        article("s4", "PARIS, Aug. 5, 2025 (Agency) — He said Monday it was so.", story_id="s"),
        article("x", "He spoke on Sunday.", lang="de"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.permutations(corpus()))
def test_the_order_of_the_articles_does_not_matter(shuffled: list[DatableArticle]) -> None:
    assert date_articles(shuffled, AS_OF) == date_articles(corpus(), AS_OF)


def test_every_article_has_a_publication_within_its_bounds() -> None:
    found = date_articles(corpus(), AS_OF)
    assert set(found) == {one.article_id for one in corpus()}
    for publication in found.values():
        assert (publication.published_on is None) == (publication.published_source == "unknown")
        if publication.published_on:
            assert (publication.earliest_on or publication.published_on) <= publication.published_on
            assert publication.published_on <= (publication.latest_on or publication.published_on)


def lines(text: str, start: int, end: int) -> list[Passage]:
    found, position = [], start
    for line in text[start:end].split("\n"):
        if line.strip():
            found.append(Passage(position, "paragraph", line))
        position += len(line) + 1
    return found


def real_articles() -> list[DatableArticle]:
    """The five real documents as cleaning leaves them: the first page holds a lead and three embedded articles."""
    texts = {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted(REAL.glob("0*.txt"))}
    page = texts["000"]
    cuts = [
        0,
        page.index("Hashtags"),
        *(page.index(mark) for mark in ("Forbes\n19", "CNN\n25", "Yahoo\n25")),
        len(page),
    ]
    story = {"story_id": "story"}
    embedded = [
        article(
            f"000-{index}",
            document_id="doc-000",
            role="embedded",
            ordinal=index,
            relative_time=ago,
            passages=lines(page, cuts[index + 1] + 25, cuts[index + 2]),
        )
        for index, ago in ((1, "19 minutes ago"), (2, "25 minutes ago"), (3, "25 minutes ago"))
    ]
    return [
        article("000", passages=lines(page, 0, cuts[1]), cluster_id="copy", **story),
        *embedded,
        *(article(name, passages=lines(texts[name], 0, len(texts[name])), **story) for name in ("001", "002")),
        stated("003", "2025-08-07", passages=lines(texts["003"], 0, len(texts["003"])), **story),
        article("004", passages=lines(texts["004"], 0, len(texts["004"])), cluster_id="copy", **story),
    ]


needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not beside the checkout")


@needs_real
def test_the_real_story_is_dated_by_its_one_stated_day() -> None:
    found = date_articles(real_articles(), AS_OF)
    assert {name: day_of(found[name]) for name in ("000", "001", "002", "003", "004")} == {
        "000": "2025-08-06",
        "001": "2025-08-06",
        "002": "2025-08-06",
        "003": "2025-08-07",
        "004": "2025-08-06",
    }
    assert [day_of(found[f"000-{index}"]) for index in (1, 2, 3)] == ["2025-08-07"] * 3


@needs_real
def test_a_real_document_alone_is_never_wrong_by_more_than_a_day() -> None:
    for one in real_articles():
        found = date_articles([one], AS_OF)[one.article_id]
        assert found.published_on is None or abs((found.published_on - date(2025, 8, 7)).days) <= 1


def test_a_day_just_before_a_story_s_first_report_rivals_one_of_a_later_week() -> None:
    told = article("a", "Islanders filled their cupboards on Thursday.", story_id="s")
    mates = [with_text(day, f"2026-03-{day}", "She spoke.") for day in ("06", "07", "12")]
    assert only(told, *mates).published_source == "unknown"


def test_a_weekday_after_the_last_of_two_reports_is_no_day_of_theirs() -> None:
    told = article("a", "They won on Saturday.", story_id="s")
    mates = [with_text(day, f"2026-03-{day}", "They played.") for day in ("11", "13")]
    assert only(told, *mates).published_source == "unknown"
