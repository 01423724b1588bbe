"""Event mentions of an article: their dates by clause, their status, and what stays undated."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.enrich import annotate_article
from tasks.records import EventMention, Passage, Publication

WEDNESDAY = date(2026, 3, 11)


def annotate(
    *paragraphs: str, published: date | None = WEDNESDAY, kind: str = "paragraph", lang: str = "en"
) -> list[EventMention]:
    passages, position = [], 0
    for text in paragraphs:
        passages.append(Passage(position, kind, text))
        position += len(text) + 2
    publication = Publication("a", published, None, "input", published, published)
    return list(annotate_article(passages, publication, lang).mentions)


def find(mentions: list[EventMention], part: str) -> EventMention:
    return next(mention for mention in mentions if part in mention.text)


@pytest.mark.parametrize(
    ("text", "phrase", "value"),
    [
        ("Ministers met in Geneva on Monday.", "met in Geneva", "2026-03-09"),
        ("On Monday, the ministers who wrote the plan met in Geneva.", "met in Geneva", "2026-03-09"),
        ("The mayor said on Tuesday that she had signed the contract.", "signed the contract", "2026-03-10"),
        ("A bomb struck the station on Sunday, killing two people.", "killing two people", "2026-03-08"),
        ("The February meeting in Vienna failed.", "meeting in Vienna", "2026-02"),
        ("The three-year-old war goes on.", "war", "2023"),
        ("The talks took place two days before the March 14 deadline.", "deadline", "2026-03-14"),
        ("The envoy met the king in June 2024, eight months before rebels invaded the island.", "invaded", "2025-02"),
        ("The stoppage is the first since May 2019, when a strike closed the ports.", "closed the ports", "2019-05"),
        ("Prices rose last week when the union rejected the offer.", "rejected the offer", "2026-W10"),
        ("In the 2024 season she scored nine goals.", "scored", "2024"),
        ("The mayor met the port masters to discuss the dredging on Monday.", "met the port masters", "2026-03-09"),
    ],
)
def test_the_clause_decides_the_date(text: str, phrase: str, value: str) -> None:
    assert find(annotate(text), phrase).value == value


@pytest.mark.parametrize(
    ("text", "phrase", "value"),
    [
        ("The harbour's 2031 bond fell sharply.", "fell", "2031"),
        ("The 2031 Harbinger was launched with a new keel.", "launched", "2031"),
        ("The party has closed two offices and vowed to end fees soon.", "vowed", "FUTURE_REF"),
        ("“We see a surplus for 2027,” the bank said.", "said", "2027"),
        ("The merger of the two papers raises doubts about the future of local news.", "merger", "FUTURE_REF"),
        ("The choir – which will be in its ninth year in August – visited the nurses.", "visited", "2026-08"),
        ("The jury struck five titles off its list of the past year.", "struck", "2025-03-11/2026-03-11"),
    ],
)
def test_an_expression_about_something_else_dates_no_event(text: str, phrase: str, value: str) -> None:
    assert value not in [mention.value for mention in annotate(text) if phrase in mention.text]


def test_the_end_of_a_quotation_that_an_earlier_sentence_began_is_quoted() -> None:
    mentions = annotate(
        "The pilot landed on Tuesday.", "“We turned back. Carla attacked the guard,” she told the court."
    )
    assert find(mentions, "landed").value == "2026-03-10"
    assert not [mention for mention in mentions if "attacked" in mention.text and mention.value]


def test_the_month_of_may_is_no_possibility() -> None:
    assert find(annotate("Last May, the council closed two schools."), "closed").status == "occurred"


def test_each_of_two_expressions_dates_its_own_clause() -> None:
    mentions = annotate("Officials said Tuesday the union is expected to strike the port on Friday.")
    assert find(mentions, "said").value == "2026-03-10"
    assert find(mentions, "strike the port").value == "2026-03-13"


def test_a_vague_date_that_two_clauses_share_is_vague_in_both() -> None:
    mentions = annotate("As costs rose in recent years, the mill's debts became a burden.")
    assert [(mention.value, mention.granularity) for mention in mentions] == [("PAST_REF", "vague")] * 2


def test_a_duration_is_no_date() -> None:
    (mention,) = [item for item in annotate("The meeting lasted about three hours.") if item.text.startswith("meeting")]
    assert mention.value is None
    assert mention.undated_reason


def test_an_undated_past_event_takes_the_day_that_the_article_tells_of() -> None:
    mentions = annotate(
        "Flames destroyed the mill on Tuesday, the mayor said on Tuesday.", "Crews rescued four workers from the roof."
    )
    mention = find(mentions, "rescued four workers")
    assert (mention.value, mention.date_source) == ("2026-03-10", "reference-day")


def test_background_takes_no_date_from_the_article() -> None:
    mentions = annotate(
        "The council voted on Tuesday.", "The council initially rejected the plan but later approved it."
    )
    assert find(mentions, "rejected the plan").value is None


def test_a_definite_noun_takes_the_date_of_the_event_told_before() -> None:
    mentions = annotate(
        "Clara Obi met Paul Kerr in Geneva on Monday.", "The meeting between Obi and Kerr lasted an hour."
    )
    assert find(mentions, "meeting between Obi and Kerr").value == "2026-03-09"


def test_what_did_not_happen_has_no_date() -> None:
    mention = find(annotate("The ministers did not meet in Geneva on Monday."), "meet in Geneva")
    assert (mention.value, mention.undated_reason) == (None, "negated")


def test_a_term_of_office_gives_its_years() -> None:
    mention = find(annotate("Barack Obama visited the island twice during his first term."), "visited the island")
    assert (mention.begin_on, mention.end_on) == (date(2009, 1, 20), date(2013, 1, 20))


@pytest.mark.parametrize(
    ("text", "phrase", "status"),
    [
        ("Ministers met on Monday.", "met", "occurred"),
        ("Ministers will meet on Friday.", "meet", "scheduled"),
        ("Ministers could meet next week.", "meet", "hypothetical"),
        ("Ministers are due to meet on Friday.", "meet", "scheduled"),
        ("Workers would walk out on Friday if the talks collapse.", "walk out", "hypothetical"),
        ("The union said it would strike the port on Friday.", "strike the port", "scheduled"),
        ("A possible summit next week was discussed.", "summit", "hypothetical"),
        ("She has set a Friday deadline for the union.", "deadline", "scheduled"),
        ("The ship will sail on Friday unless the wind rises.", "sail", "hypothetical"),
    ],
)
def test_words_around_the_phrase_decide_its_status(text: str, phrase: str, status: str) -> None:
    assert find(annotate(text), phrase).status == status


def test_a_headline_in_the_present_tense_tells_what_occurred() -> None:
    mention = find(annotate("Tornado hits harbour town on Monday", kind="headline"), "hits")
    assert (mention.status, mention.value) == ("occurred", "2026-03-09")


def test_actors_are_resolved_to_full_names() -> None:
    mentions = annotate("Clara Obi flew to Paris on Monday.", "Obi met Paul Kerr on Tuesday.")
    assert find(mentions, "met Paul Kerr").actors == ("Clara Obi", "Paul Kerr")


def test_other_languages_have_no_event_mentions() -> None:
    assert annotate("Der Minister traf am Montag die Kanzlerin.", lang="de") == []


def test_a_text_without_a_full_stop_is_read_in_pieces() -> None:
    text = "the mayor met Clara Obi in Paris on Monday and " * 2000
    mentions = annotate(text)
    assert len(mentions) >= 2000
    assert max(mention.sentence_end - mention.sentence_start for mention in mentions) <= 2000


def test_a_weekday_of_a_future_verb_lies_ahead() -> None:
    mention = find(annotate("Work is to resume with the morning shift on Saturday."), "resume")
    assert (mention.value, mention.status) == ("2026-03-14", "scheduled")


def test_an_empty_article_has_no_mentions() -> None:
    assert annotate() == []


WORDS = st.sampled_from(
    (
        *(
            "on",
            "Monday",
            ",",
            "the",
            "mayor",
            "met",
            "Clara",
            "Obi",
            "in",
            "Paris",
            ".",
            "said",
            "that",
            "talks",
            "will",
        ),
        *("could", "have", "had", "been", "to", "strike", "before", "after", "two", "days", "Friday", "'s", "deadline"),
        *("“", "”", "—", "and", "who", "it", "meeting", "between", "next", "week"),
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40), st.sampled_from([None, WEDNESDAY]))
def test_mentions_hold_their_evidence_for_any_words(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    for mention in annotate(text, published=published):
        assert text[mention.char_start : mention.char_end] == mention.text
        assert text[mention.sentence_start : mention.sentence_end] == mention.sentence
        assert mention.sentence_start <= mention.char_start < mention.char_end <= mention.sentence_end
        assert (mention.value is None) == (mention.undated_reason is not None)
        if mention.begin_on and mention.end_on:
            assert mention.begin_on <= mention.end_on
        if mention.status == "occurred" and mention.begin_on and published:
            assert (mention.begin_on - published).days <= 1


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_no_two_mentions_stand_at_the_same_place(words: list[str]) -> None:
    places = [(mention.char_start, mention.char_end) for mention in annotate(" ".join(words))]
    assert len(places) == len(set(places))


def test_an_event_told_as_months_away_does_not_take_the_date_beside_it() -> None:
    told = annotate("The network first met Jana in May, months after her brother was killed by the flood.")
    assert "2025-05" not in {mention.value for mention in told if mention.text.startswith("killed")}


def test_a_participle_after_a_verb_of_no_known_day_has_none_either() -> None:
    told = annotate("The attacks have intensified in recent weeks, reaching record levels of drone strikes.")
    assert all(mention.value in (None, "PAST_REF") for mention in told)
