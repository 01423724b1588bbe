"""Event phrases: which verbs and nouns tell a happening, and how far the phrase reaches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.enrich.event_phrases import Phrase, Tense, find_phrases
from tasks.enrich.words import Words, cut_words, lemma_of


def phrases_of(text: str) -> tuple[Words, list[Phrase]]:
    words = cut_words(text, 0, len(text), [])
    return words, find_phrases(words)


def texts_of(text: str) -> list[str]:
    words, phrases = phrases_of(text)
    return [text[words.starts[phrase.start] : words.ends[phrase.end - 1]] for phrase in phrases]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She met with ministers in Geneva.", "met with ministers in Geneva"),
        ("The talks between Obi and Kerr in Geneva failed.", "talks between Obi and Kerr in Geneva"),
        ("The council will hold an emergency meeting.", "hold an emergency meeting"),
        ("The mayor sat down with union leaders.", "sat down with union leaders"),
        ("Rain fell, killing two people.", "killing two people"),
        ("The council decided to sell the harbour.", "decided to sell the harbour"),
        ("It proposed a full, permanent ceasefire.", "proposed a full, permanent ceasefire"),
    ],
)
def test_a_phrase_runs_on_through_its_object(text: str, expected: str) -> None:
    if expected.startswith("decided"):  # the head is the decision; what was decided gives the kind
        assert any(found.startswith("decided to sell") for found in texts_of(text))
    else:
        assert expected in texts_of(text)


@pytest.mark.parametrize(
    ("text", "lemma", "tense", "control"),
    [
        ("They have met twice.", "meet", Tense.PERFECT, None),
        ("They had met before noon.", "meet", Tense.PAST_PERFECT, None),
        ("They will meet soon.", "meet", Tense.FUTURE, None),
        ("They might meet soon.", "meet", Tense.MODAL, None),
        ("They are expected to meet soon.", "meet", Tense.INFINITIVE, "scheduled"),
        ("They threatened to strike again.", "strike", Tense.INFINITIVE, "hypothetical"),
        ("The plan was approved.", "approve", Tense.PAST, None),
    ],
)
def test_the_verb_group_gives_tense_and_control(text: str, lemma: str, tense: Tense, control: str | None) -> None:
    found = [phrase for phrase in phrases_of(text)[1] if phrase.lemma == lemma]
    assert [(phrase.tense, phrase.control) for phrase in found] == [(tense, control)]


def test_a_noun_after_a_verb_of_motion_is_no_infinitive() -> None:
    assert [phrase.lemma for phrase in phrases_of("She returned to office.")[1]] == ["return"]


def test_an_adjective_in_ed_before_its_noun_is_no_event() -> None:
    assert phrases_of("The increased pressure remains.")[1] == []


def test_a_negated_verb_says_so() -> None:
    (phrase,) = [item for item in phrases_of("They have not yet met.")[1] if item.is_verb]
    assert phrase.is_negated


@pytest.mark.parametrize(
    ("form", "base"),
    [("met", "meet"), ("struck", "strike"), ("announced", "announce"), ("stopping", "stop"), ("carried", "carry")],
)
def test_inflected_verbs_reduce_to_their_base(form: str, base: str) -> None:
    assert lemma_of(form) == base


@given(st.text(alphabet="abcdefghij ABC.,'’“”\"-0123456789tohadwillbemetn", max_size=120))
def test_phrases_lie_inside_their_sentence_whatever_it_is(text: str) -> None:
    words, phrases = phrases_of(text)
    assert len(words.quoted) == len(words.tags) == len(words)
    for phrase in phrases:
        assert 0 <= phrase.start <= phrase.head < phrase.end <= len(words)
    assert [phrase.head for phrase in phrases] == sorted({phrase.head for phrase in phrases})
