from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.dedupe.normalise import end_of_word, normal_form, split_words
from tasks.dedupe.words import CAPITAL_BIT, FORM_SHIFT, OPENING_BIT, read_words, word_code


def forms(text: str) -> list[str]:
    found = (normal_form(word) for word in split_words(text)[1::2])
    return [form for form in found if form]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a three-year-old programme", "a 3-year-old program"),
        ("Mr Trump’s envoy", "Trump's envoy"),
        ("the U.S. isn't ready", "the US is not ready"),
        ("35 per cent", "35%"),
        ("4,603 people", "4603 people"),
        ("they organised labour in the centre", "They organized labor in the center"),
        ("“Great progress”", "'great progress'"),
        ("on Sept. 3", "on September 3"),
    ],
)
def test_house_styles_of_one_sentence_give_the_same_words(one: str, other: str) -> None:
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"), [("12 people died", "13 people died"), ("his tour", "his tower"), ("Iran said", "Iraq said")]
)
def test_words_that_carry_news_stay_different(one: str, other: str) -> None:
    assert forms(one) != forms(other)


def test_scripts_without_spaces_are_read_by_character() -> None:
    assert forms("東京で地震") == list("東京で地震")


@given(st.text(alphabet=st.sampled_from("aB3’'.,- \n東é_ß"), max_size=60))
def test_every_numbered_word_stands_where_its_column_says(text: str) -> None:
    words, begins = read_words([text])
    starts = begins.tolist()
    found = [word_code(text[start : end_of_word(text, start)]) >> FORM_SHIFT for start in starts]
    assert found == words.form().tolist()
    assert starts == sorted(set(starts))


@given(st.lists(st.text(alphabet=st.sampled_from("aB3’'.,- \n東é_ß"), max_size=30), max_size=5))
def test_texts_read_together_have_the_words_that_each_has_alone(texts: list[str]) -> None:
    words, begins = read_words(texts)
    alone = [read_words([text]) for text in texts]
    assert words.lengths().tolist() == [len(codes.code) for codes, _ in alone]
    assert words.code.tolist() == [code for codes, _ in alone for code in codes.code.tolist()]
    assert begins.tolist() == [begin for _, own in alone for begin in own.tolist()]


def test_a_capital_that_only_opens_a_sentence_is_told_from_one_that_names() -> None:
    words, _ = read_words(["Winds rose. Winds in Halden fell, and Sen. Brandt left.\n\nHalden slept."])
    names = (words.code & CAPITAL_BIT > 0) & (words.code & OPENING_BIT == 0)
    assert names.tolist() == [False, False, False, False, True, False, False, True, True, False, False, False]


@given(st.text(max_size=80))
def test_the_pieces_of_a_text_add_up_to_it(text: str) -> None:
    assert "".join(split_words(text)) == text
