"""Quotations: found in any style of marks, attributed to whoever is certain to have said them, else to nobody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.enrich.candidates import read_sentences
from tasks.enrich.entities.article_names import resolve_names
from tasks.enrich.entities.quotation_marks import find_quoted
from tasks.enrich.entities.quotations import find_quotations
from tasks.records import Passage, Quotation


def quotations_of(*paragraphs: str) -> list[tuple[Quotation, str | None]]:
    """Return the quotations of an article, each with the name of its speaker."""
    passages, start = [], 0
    for text in paragraphs:
        passages.append(Passage(start, "paragraph", text))
        start += len(text) + 2
    document = "\n\n".join(paragraphs)
    sentences = read_sentences(passages, [])
    names = resolve_names(sentences)
    found = find_quotations(passages, sentences, names)
    for quotation in found:
        assert document[quotation.char_start : quotation.char_end] == quotation.text
    return [
        (quotation, None if quotation.speaker_ordinal is None else names.entities[quotation.speaker_ordinal].name)
        for quotation in found
    ]


def said(*paragraphs: str) -> list[tuple[str, str | None]]:
    return [(quotation.text, speaker) for quotation, speaker in quotations_of(*paragraphs)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('"', '"'),
        ("“", "”"),
        ("'", "'"),
        ("‘", "’"),
        ("«", "»"),
        ("« ", " »"),
        ("„", "“"),
        ("„", "”"),
        ("»", "«"),
        ('"', "”"),
    ],
)
def test_quotations_are_found_in_all_styles_of_marks(opening: str, closing: str) -> None:
    found = said(f"Mayor Lena Brandt said: {opening}The bridge won't open before June.{closing}")
    assert found == [("The bridge won't open before June.", "Lena Brandt")]


@pytest.mark.parametrize(
    "text",
    [
        "“The bridge will open in June,” said Lena Brandt.",
        "“The bridge will open in June,” Lena Brandt said.",
        "“The bridge will open in June,” said the mayor's spokeswoman, Lena Brandt.",
        "“The bridge will open in June,” Lena Brandt, an engineer at the port, told reporters.",
        "Lena Brandt, an engineer at the port, said that “the bridge will open in June,” and left.",
        "Asked about the delay, Lena Brandt shrugged, saying that “the bridge will open in June.”",
        "According to Lena Brandt, “the bridge will open in June.”",
        "The plan was described as “a bridge that opens in June” by engineer Lena Brandt.",
        "The mayor met reporters at the harbour after his spokeswoman, Lena Brandt, said “the bridge will open in June.”",
        "Union chief Otto Falk yawned, and engineer Lena Brandt nodded, adding, “The bridge will open in June.”",
    ],
)
def test_the_speaker_is_the_subject_of_the_verb_of_speech(text: str) -> None:
    ((_, speaker),) = said(text)
    assert speaker == "Lena Brandt"


def test_a_pronoun_is_the_subject_of_the_sentence_before() -> None:
    found = said(
        "Kremhafen spokesman Otto Falk on Monday welcomed Mara Quist's visit. 'We consider it very useful,' he said."
    )
    assert found == [("We consider it very useful,", "Otto Falk")]


def test_a_pronoun_of_the_other_gender_stays_unresolved_and_says_so() -> None:
    ((quotation, speaker),) = quotations_of("John Falk left the room. “I will not stay for this,” she said.")
    assert speaker is None
    assert (quotation.speaker_source, quotation.unresolved_reason) == ("pronoun", "pronoun-unresolved")


def test_somebody_without_a_name_is_a_description() -> None:
    ((quotation, speaker),) = quotations_of("“Nobody told us about the leak,” a senior port official said on Monday.")
    assert speaker is None
    assert (quotation.speaker_source, quotation.unresolved_reason) == ("description", "not-named")


def test_the_ministry_is_the_one_named_before() -> None:
    found = said("The Calder Energy Ministry denied it.", "“Not one valve was open that night,” the ministry said.")
    assert found == [("Not one valve was open that night,", "Calder Energy Ministry")]


def test_an_utterance_that_its_introduction_parts_is_one() -> None:
    (first, _), (second, speaker) = quotations_of("“The bridge,” said Lena Brandt, “will open when it is safe.”")
    assert (first.utterance_start, first.part) == (second.utterance_start, 1)
    assert (second.part, speaker) == (2, "Lena Brandt")


def test_a_quotation_over_paragraphs_is_one_utterance() -> None:
    found = quotations_of(
        "“The bridge is old,” said Lena Brandt. “We have known that for years.",
        "“It will open when it is safe, and not a day before that.”",
    )
    assert [speaker for _, speaker in found] == ["Lena Brandt"] * 3
    assert [quotation.part for quotation, _ in found] == [1, 1, 2]
    assert found[1][0].utterance_start == found[2][0].utterance_start


def test_a_paragraph_of_its_own_goes_on_with_the_speaker_before() -> None:
    found = said("“The bridge is old,” Lena Brandt told reporters.", "“The question is who will pay for a new one.”")
    assert found[1][1] == "Lena Brandt"


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “expert” left early.",
        "He wrote the novel “The Long Road To Calder” in 1988.",
        "The film “Night Ferry” opens on Friday.",
        "It's the nations' leaders' wish, and the dogs' bowls are empty.",
        "The 'smart' meters failed.",
        "Rock 'n' roll fans of the '90s came.",
    ],
)
def test_titles_nicknames_and_scare_quotes_are_no_quotations(text: str) -> None:
    assert said(text) == []


def test_a_possessive_inside_a_quotation_does_not_end_it() -> None:
    found = said("'The investors' money is gone,' said Lena Brandt.")
    assert found == [("The investors' money is gone,", "Lena Brandt")]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(alphabet="ab \"'“”‘’«».,s\n", max_size=40), min_size=1, max_size=3))
def test_quoted_spans_lie_in_their_text_without_overlap(texts: list[str]) -> None:
    for text in texts:
        end = 0
        for quoted in find_quoted(text):
            assert end <= quoted.start < quoted.end <= len(text)
            end = quoted.end
