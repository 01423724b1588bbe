"""Time expressions are found in English text and given their values and days."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.enrich.temporal import annotate_times, find_time_expressions
from tasks.records import Passage, Publication, TimeExpression

WEDNESDAY = date(2025, 8, 6)


def find(text: str, anchor: date | None = WEDNESDAY, reference_day: date | None = None) -> list[TimeExpression]:
    return find_time_expressions(text, char_start=0, anchor=anchor, reference_day=reference_day, lang="en")


def only(text: str, anchor: date | None = WEDNESDAY, reference_day: date | None = None) -> TimeExpression:
    found = find(text, anchor, reference_day)
    assert len(found) == 1, found
    return found[0]


# text with the expression in brackets, TIMEX3 value, first day, last day; published on Wednesday, 6 August 2025
DAYS = [
    ("Trump said [Wednesday]", "2025-08-06", "2025-08-06", "2025-08-06"),
    ("The official said on [Monday] that talks will resume", "2025-08-04", "2025-08-04", "2025-08-04"),
    ("Talks will resume [Monday] in Oslo", "2025-08-11", "2025-08-11", "2025-08-11"),
    ("The envoys meet separately [Thursday] in Oslo", "2025-08-07", "2025-08-07", "2025-08-07"),
    ("The sanctions take effect on [Friday]", "2025-08-08", "2025-08-08", "2025-08-08"),
    ("Rovers travel to Halden City on [Monday]", "2025-08-11", "2025-08-11", "2025-08-11"),
    ("The bridge reopens to cars on [Monday]", "2025-08-11", "2025-08-11", "2025-08-11"),
    ("She called both sides to a meeting at the state house on [Monday]", "2025-08-11", "2025-08-11", "2025-08-11"),
    ("She summoned the ambassador to the ministry on [Monday]", "2025-08-04", "2025-08-04", "2025-08-04"),
    ("He has imposed a [Friday] deadline on Russia", "2025-08-08", "2025-08-08", "2025-08-08"),
    ("As the [Friday] sanctions deadline looms", "2025-08-08", "2025-08-08", "2025-08-08"),
    ("The U.S. was still expected to impose sanctions on [Friday]", "2025-08-08", "2025-08-08", "2025-08-08"),
    ("He could not be reached [Tuesday]", "2025-08-05", "2025-08-05", "2025-08-05"),
    ("The bill must pass by [Thursday]", "2025-08-07", "2025-08-07", "2025-08-07"),
    ("Until [Tuesday], they had not called", "2025-08-05", "2025-08-05", "2025-08-05"),
    ("The march planned for [Saturday] was canceled", "2025-08-02", "2025-08-02", "2025-08-02"),
    ("He said he would leave [next Monday]", "2025-08-11", "2025-08-11", "2025-08-11"),
    ("It fell [last Tuesday]", "2025-08-05", "2025-08-05", "2025-08-05"),
    ("It fell [last Wednesday]", "2025-07-30", "2025-07-30", "2025-07-30"),
    ("He remains firm on imposing sanctions [this Friday]", "2025-08-08", "2025-08-08", "2025-08-08"),
    ("He was told [earlier Wednesday]", "2025-08-06", "2025-08-06", "2025-08-06"),
    ("[Earlier on Wednesday], the official spoke", "2025-08-06", "2025-08-06", "2025-08-06"),
    ("She said [late yesterday]", "2025-08-05", "2025-08-05", "2025-08-05"),
    ("[Today] was a good day", "2025-08-06", "2025-08-06", "2025-08-06"),
    ("I leave [tomorrow]", "2025-08-07", "2025-08-07", "2025-08-07"),
    ("They met on [August 5-6] in Geneva", "2025-08-05/2025-08-06", "2025-08-05", "2025-08-06"),
    ("They met on [5-6 August] in Geneva", "2025-08-05/2025-08-06", "2025-08-05", "2025-08-06"),
    ("They met on [August 6, 2025], in Geneva", "2025-08-06", "2025-08-06", "2025-08-06"),
    ("They met on [6 August 2025] in Geneva", "2025-08-06", "2025-08-06", "2025-08-06"),
    ("It ended on the [6th of August]", "2025-08-06", "2025-08-06", "2025-08-06"),
    ("It ended on [Oct. 23 last year]", "2024-10-23", "2024-10-23", "2024-10-23"),
    ("It ended on [Aug. 2]", "2025-08-02", "2025-08-02", "2025-08-02"),
    ("It will end on [Aug. 28]", "2025-08-28", "2025-08-28", "2025-08-28"),
    ("The offer was extended to [Aug. 28]", "2025-08-28", "2025-08-28", "2025-08-28"),
    ("He was born on [March 5, 1946]", "1946-03-05", "1946-03-05", "1946-03-05"),
    ("signed on [Thursday, July 31], in Paris", "2025-07-31", "2025-07-31", "2025-07-31"),
    ("On [Saturday 9 August] they will march", "2025-08-09", "2025-08-09", "2025-08-09"),
    ("Air strikes hit the region [early on August 6]", "2025-08-06", "2025-08-06", "2025-08-06"),
    ("The page says [2025-08-06] at its top", "2025-08-06", "2025-08-06", "2025-08-06"),
    ("It was [ten days ago]", "2025-07-27", "2025-07-27", "2025-07-27"),
    ("The tariff, effective in [21 days], is high", "2025-08-27", "2025-08-27", "2025-08-27"),
    ("We will march on [Christmas Day]", "2025-12-25", "2025-12-25", "2025-12-25"),
    ("It opened on [Good Friday]", "2025-04-18", "2025-04-18", "2025-04-18"),
    ("It was damaged on [Friday last week]", "2025-08-01", "2025-08-01", "2025-08-01"),
    ("The drills run until [Wednesday next week]", "2025-08-13", "2025-08-13", "2025-08-13"),
    ("He might use force, calling [Monday]'s drills a warning", "2025-08-04", "2025-08-04", "2025-08-04"),
    ("Shares fell ahead of [Friday]'s vote", "2025-08-08", "2025-08-08", "2025-08-08"),
    ("He will step down at [year-end]", "2025-12-31", "2025-12-31", "2025-12-31"),
]
TIMES = [
    ("Zelenskyy said [Wednesday evening]", "2025-08-06TEV", "2025-08-06", "2025-08-06"),
    ("He left [yesterday morning]", "2025-08-05TMO", "2025-08-05", "2025-08-05"),
    ("It was seen [last night]", "2025-08-05TNI", "2025-08-05", "2025-08-05"),
    ("He speaks [later this afternoon]", "2025-08-06TAF", "2025-08-06", "2025-08-06"),
    ("They play [tonight]", "2025-08-06TNI", "2025-08-06", "2025-08-06"),
    ("By [mid-afternoon yesterday] it rose", "2025-08-05TAF", "2025-08-05", "2025-08-05"),
    ("He was seized at [10 p.m. Tuesday]", "2025-08-05T22:00", "2025-08-05", "2025-08-05"),
    ("Talks broke off at [noon Tuesday]", "2025-08-05T12:00", "2025-08-05", "2025-08-05"),
    ("It ran until [5 p.m. EST Aug. 1]", "2025-08-01T17:00", "2025-08-01", "2025-08-01"),
    ("The blast came at [10:35 a.m.]", "2025-08-06T10:35", "2025-08-06", "2025-08-06"),
    ("The train left at [22:15]", "2025-08-06T22:15", "2025-08-06", "2025-08-06"),
    (
        "[Overnight from Tuesday to Wednesday], forces hit it",
        "2025-08-05TNI/2025-08-06",
        "2025-08-05",
        "2025-08-06",
    ),
]
PERIODS = [
    ("It began in [February 2022]", "2022-02", "2022-02-01", "2022-02-28"),
    ("a contentious [February] meeting", "2025-02", "2025-02-01", "2025-02-28"),
    ("It will begin in [October]", "2025-10", "2025-10-01", "2025-10-31"),
    ("It was allocated in [November last year]", "2024-11", "2024-11-01", "2024-11-30"),
    ("He won [last November]", "2024-11", "2024-11-01", "2024-11-30"),
    ("They ran aid into it in [late July]", "2025-07", "2025-07-21", "2025-07-31"),
    ("It rained in [mid-July]", "2025-07", "2025-07-11", "2025-07-20"),
    ("He returned to office [this year]", "2025", "2025-01-01", "2025-12-31"),
    ("faster than [last year]'s push", "2024", "2024-01-01", "2024-12-31"),
    ("It closes [early next year]", "2026", "2026-01-01", "2026-04-30"),
    ("The war since [1945] was long", "1945", "1945-01-01", "1945-12-31"),
    ("in [nineteen ninety-six] on a technicality", "1996", "1996-01-01", "1996-12-31"),
    ("jailed in [the 1960s]", "196", "1960-01-01", "1969-12-31"),
    ("dropping through [the nineties]", "199", "1990-01-01", "1999-12-31"),
    ("He met them [last month]", "2025-07", "2025-07-01", "2025-07-31"),
    ("They may meet [next week]", "2025-W33", "2025-08-11", "2025-08-17"),
    ("It announced [last week] that", "2025-W31", "2025-07-28", "2025-08-03"),
    ("Tensions escalated [this week]", "2025-W32", "2025-08-04", "2025-08-10"),
    ("a hearing [the week of August 11]", "2025-W33", "2025-08-11", "2025-08-17"),
    ("It was confirmed over [the weekend]", "2025-W31-WE", "2025-08-02", "2025-08-03"),
    ("It was [two weeks ago]", "2025-W30", "2025-07-21", "2025-07-27"),
    ("It was [five months ago]", "2025-03", "2025-03-01", "2025-03-31"),
    ("It was [three years ago]", "2022", "2022-01-01", "2022-12-31"),
    ("[third-quarter] net income fell", "2025-Q3", "2025-07-01", "2025-09-30"),
    ("in [the first quarter of 2024]", "2024-Q1", "2024-01-01", "2024-03-31"),
    ("assets at [the end of Q1 2025] totaled", "2025-Q1", "2025-03-31", "2025-03-31"),
    ("It started in [the spring]", "2025-SP", "2025-03-01", "2025-05-31"),
    ("It is to go on through [the fall]", "2025-FA", "2025-09-01", "2025-11-30"),
    ("It began [last fall]", "2024-FA", "2024-09-01", "2024-11-30"),
    ("in [winter 2024]", "2024-WI", "2024-12-01", "2025-02-28"),
]
DURATIONS = [
    ("It lasted [about three hours]", "PT3H", None, None),
    ("a [three-hour] session", "PT3H", None, None),
    ("after a [10-day] deadline", "P10D", None, None),
    ("for [2 1/2 years]", "P2Y6M", None, None),
    ("for [two and a half years]", "P2Y6M", None, None),
    ("after [two-and-a-half years]", "P2Y6M", None, None),
    ("for [nearly an hour]", "PT1H", None, None),
    ("over [several years]", "PXY", None, None),
    ("for [a couple of weeks]", "P2W", None, None),
    ("We must decide within [two days]", "P2D", "2025-08-06", "2025-08-08"),
    ("He will decide in [the next 24 to 36 hours]", "PT36H", "2025-08-07", "2025-08-08"),
    ("talks over [the next few days]", "PXD", "2025-08-06", "2025-08-09"),
    ("for [the past three years]", "P3Y", "2022-08-06", "2025-08-06"),
    ("a milestone in the [3-year-old] war", "P3Y", "2022-01-01", "2022-12-31"),
]
VAGUE = [
    ("It is [now] calm", "PRESENT_REF", "2025-08-06", "2025-08-06"),
    ("They will meet [very soon]", "FUTURE_REF", "2025-08-06", None),
    ("It has grown [recently]", "PAST_REF", None, "2025-08-06"),
    ("attacks in [recent weeks]", "PAST_REF", None, "2025-08-06"),
    ("It began [years ago]", "PAST_REF", None, "2025-08-06"),
    ("in [the days and weeks to come]", "FUTURE_REF", "2025-08-06", None),
    ("in the [coming days]", "FUTURE_REF", "2025-08-06", None),
    ("in [the near future]", "FUTURE_REF", "2025-08-06", None),
    ("A meeting could be [weeks maybe] away", "FUTURE_REF", "2025-08-06", None),
]
SETS = [
    ("They meet [every Monday]", "XXXX-WXX-1", None, None),
    ("They march [each July]", "XXXX-07", None, None),
    ("They march [every 2 April]", "XXXX-04-02", None, None),
    ("They work [five days a week]", "P1W", None, None),
    ("They meet [every day]", "P1D", None, None),
    ("It costs $3 million [a year]", "P1Y", None, None),
    ("a [daily] public rally", "P1D", None, None),
]
TYPES = {"DATE": [*DAYS, *PERIODS, *VAGUE], "DURATION": DURATIONS, "SET": SETS}
ALL = [*DAYS, *TIMES, *PERIODS, *DURATIONS, *VAGUE, *SETS]


@pytest.mark.parametrize(("marked", "value", "begin", "end"), ALL, ids=[case[0] for case in ALL])
def test_an_expression_has_its_words_its_value_and_its_days(
    marked: str, value: str, begin: str | None, end: str | None
) -> None:
    start, stop = marked.index("["), marked.index("]") - 1
    found = only(marked.replace("[", "").replace("]", ""))
    assert (found.char_start, found.char_end) == (start, stop)
    assert found.value == value
    assert found.begin_on == (date.fromisoformat(begin) if begin else None)
    assert found.end_on == (date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("timex_type", "marked"), [(timex_type, case[0]) for timex_type, cases in TYPES.items() for case in cases]
)
def test_an_expression_has_its_timex_type(timex_type: str, marked: str) -> None:
    assert only(marked.replace("[", "").replace("]", "")).timex_type == timex_type


@pytest.mark.parametrize(
    "text",
    [
        "It may rain. May I go? They march on.",
        "April Ryan and June Smith asked",
        "the 3-year-old boy and a 44-year-old man",
        "about 1999 votes and $2025 and 2,000 people",
        "three-quarters of its food, a quarter of the market",
        "the second man in the first row",
        "Jan Kavan of the Czech Republic",
        "They fell behind; a summer dress; a spring in his step",
        "He scored 10:3 and rose 3.5 percent",
        "as soon as he can",
        "an overnight bag",
        "the future space industry",
        "",
    ],
)
def test_other_words_are_no_time_expressions(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He said Wednesday", "XXXX-WXX-3"),
        ("It began on August 6", "XXXX-08-06"),
        ("It began in August", "XXXX-08"),
        ("He left yesterday", "XXXX-XX-XX"),
        ("He comes next week", "XXXX-WXX"),
        ("He came last year", "XXXX"),
        ("third-quarter profit", "XXXX-Q3"),
        ("It grew in the spring", "XXXX-SP"),
        ("Wednesday night was cold", "XXXX-WXX-3TNI"),
        ("It was two days ago", "PAST_REF"),
    ],
)
def test_without_a_day_of_publication_expressions_have_placeholders_and_no_days(text: str, value: str) -> None:
    found = only(text, anchor=None)
    assert (found.value, found.begin_on, found.end_on, found.anchor_on) == (value, None, None, None)


def test_a_full_date_needs_no_day_of_publication() -> None:
    found = only("It began on August 6, 2025", anchor=None)
    assert (found.value, found.begin_on, found.anchor_source) == ("2025-08-06", WEDNESDAY, "explicit")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He came earlier that day", "2025-07-31"),
        ("He left the next day", "2025-08-01"),
        ("He left the following morning", "2025-08-01TMO"),
        ("He left two days later", "2025-08-02"),
        ("He left a day earlier", "2025-07-30"),
        ("up from the previous Friday", "2025-07-25"),
    ],
)
def test_the_day_that_the_text_speaks_of_is_counted_from(text: str, value: str) -> None:
    found = only(text, reference_day=date(2025, 7, 31))
    assert (found.value, found.anchor_source) == (value, "reference-day")


def passages(*texts: str) -> list[Passage]:
    starts = [sum(len(text) + 2 for text in texts[:index]) for index in range(len(texts))]
    return [Passage(start, "paragraph", text) for start, text in zip(starts, texts, strict=True)]


def annotate(*texts: str, published_on: date | None = date(2025, 8, 7)) -> tuple[TimeExpression, ...]:
    publication = Publication("a", published_on, None, "input", published_on, published_on)
    return annotate_times(passages(*texts), publication, "en")


def test_the_reference_day_is_carried_from_passage_to_passage() -> None:
    found = annotate("He said on Wednesday it was so.", "The visit came earlier that day.", "They act within two days.")
    assert [expression.value for expression in found] == ["2025-08-06", "2025-08-06", "P2D"]
    assert (found[2].begin_on, found[2].end_on) == (date(2025, 8, 6), date(2025, 8, 8))


def test_passages_are_read_in_document_order_whatever_order_they_come_in() -> None:
    ordered = passages("He said on Wednesday it was so.", "The visit came earlier that day.")
    publication = Publication("a", date(2025, 8, 7), None, "input", None, None)
    assert annotate_times(ordered[::-1], publication, "en") == annotate_times(ordered, publication, "en")


def test_that_month_is_of_the_year_that_the_text_speaks_of() -> None:
    _, september = find("The war began in February 2022, with more following that September")
    assert (september.text, september.value) == ("that September", "2022-09")


def test_later_than_something_undated_is_only_a_length() -> None:
    found = only("Then, seven months later, it moved")
    assert (found.value, found.timex_type, found.begin_on) == ("P7M", "DURATION", None)


def test_a_holiday_in_the_past_tense_is_the_near_one() -> None:
    assert only("Shops were full before Christmas", anchor=date(2025, 12, 19)).value == "2025-12-25"


def test_a_weekday_that_the_date_is_not_is_left_out() -> None:
    found = only("They have until Wednesday, October 15, 2026, to file")  # a Thursday
    assert (found.text, found.value) == ("October 15, 2026", "2026-10-15")


def test_offsets_count_from_the_document() -> None:
    (found,) = find_time_expressions("On Friday it rained", char_start=100, anchor=None, reference_day=None, lang="en")
    assert (found.char_start, found.char_end, found.text) == (103, 109, "Friday")


def test_a_length_before_a_date_is_a_day_counted_from_it() -> None:
    before, deadline = find("It took place two days ahead of Trump's August 8 deadline for peace")
    assert (before.text, before.value, before.timex_type) == ("two days ahead of", "2025-08-06", "DATE")
    assert (deadline.text, deadline.value) == ("August 8", "2025-08-08")


def test_the_second_weekday_of_a_range_follows_the_first() -> None:
    monday, friday = find("It ran Monday through Friday")
    assert (monday.value, friday.value) == ("2025-08-04", "2025-08-08")


def test_a_year_earlier_is_the_same_quarter_of_the_year_before() -> None:
    found = annotate(
        "Net income rose in the third quarter from a year earlier.",
        "Sales in the latest quarter beat the year-ago period.",
        published_on=date(1989, 10, 27),
    )
    assert [expression.value for expression in found] == ["1989-Q3", "1988-Q3", "1989-Q3", "1988-Q3"]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("de", "am 6. August 2025 in Berlin", "2025-08-06"),
        ("de", "am 1. März 2024", "2024-03-01"),
        ("fr", "le 1er août 2025 à Paris", "2025-08-01"),
        ("es", "el 6 de agosto de 2025", "2025-08-06"),
        ("it", "il 6 agosto 2025", "2025-08-06"),
        ("nl", "op 6 augustus 2025", "2025-08-06"),
        ("pt", "em 6 de agosto de 2025", "2025-08-06"),
        ("pl", "6 sierpnia 2025 roku", "2025-08-06"),
        ("ru", "6 августа 2025 года", "2025-08-06"),
        ("sv", "den 6 augusti 2025", "2025-08-06"),
        ("ja", "2025-08-06", "2025-08-06"),
    ],
)
def test_other_languages_give_their_full_dates(lang: str, text: str, value: str) -> None:
    (found,) = find_time_expressions(text, char_start=0, anchor=WEDNESDAY, reference_day=None, lang=lang)
    assert (found.value, found.begin_on) == (value, date.fromisoformat(value))


@pytest.mark.parametrize(
    "text", ["Er kam Monday now", "im Jahr 2025", "le 32 août", "may 2025 today", "30 février 2025"]
)
def test_no_english_rule_and_no_impossible_date_fires_in_other_languages(text: str) -> None:
    assert find_time_expressions(text, char_start=0, anchor=WEDNESDAY, reference_day=None, lang="fr") == []


def test_a_clock_time_of_the_next_morning_counts_from_the_day_before_it() -> None:
    found = annotate(
        "The call came on March 3. The last passenger stepped ashore at 5:20 the next morning.",
        published_on=date(2026, 3, 11),
    )
    assert [(item.text, item.value) for item in found][-1] == ("5:20 the next morning", "2026-03-04T05:20")


def test_an_occasion_that_a_verb_takes_place_at_lies_where_the_verb_does() -> None:
    (found,) = find("The pilot will be the first witness at Tuesday's public hearing")
    assert found.value == "2025-08-12"
