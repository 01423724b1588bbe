from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.dedupe import words as words_module
from tasks.dedupe.normalise import end_of_word, normal_form
from tasks.dedupe.words import CAPITAL_BIT, FORM_SHIFT, OPENING_BIT, read_words, word_code

SPACED = r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
UNSPACED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
WORD = re.compile(rf"{UNSPACED}|{SPACED}(?:{SPACED}|['’.,])*")
#: Letters, digits, every mark that means something, scripts with and without spaces, characters of all widths.
TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("aaBB33’'.,- \n!?:•|東ก・é_ß𝐀😀Ж\u0301\ud800"), st.characters()), max_size=60
)


def forms(text: str) -> list[str]:
    found = (normal_form(match.group()) for match in WORD.finditer(text))
    return [form for form in found if form]


def codes_one_by_one(text: str) -> list[tuple[int, int]]:
    """Read words as their definition says, one after the other: code and first character of each."""
    found, reached, opens = [], 0, True
    for match in WORD.finditer(text):
        word, code = match.group(), word_code(match.group())
        opens = opens or any(mark in "\n!?:•|" for mark in text[reached : match.start()])
        if code:
            found.append((code | (OPENING_BIT if opens and code & CAPITAL_BIT else 0), match.start()))
        reached, opens = match.end(), word.endswith(".") and len(word.replace(".", "")) >= 4
    return found


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


@given(st.lists(TEXTS, max_size=5))
def test_words_read_many_at_once_are_those_read_one_by_one(texts: list[str]) -> None:
    words, begins = read_words(texts)
    wanted = [codes_one_by_one(text) for text in texts]
    assert words.lengths().tolist() == [len(own) for own in wanted]
    found = zip(words.code.tolist(), begins.tolist(), strict=True)
    assert list(found) == [row for own in wanted for row in own]


def test_a_word_means_the_same_after_the_memory_of_words_was_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Winds {number} rose to {number}00 over Halden{number}. Then" for number in range(40)]
    wanted, _ = read_words(texts)
    monkeypatch.setattr(words_module, "REMEMBERED_WORDS", 7)
    monkeypatch.setattr(words_module, "PLACES_BITS", 4)
    monkeypatch.setattr(words_module, "_WORDS", words_module._RememberedWords())
    for _ in range(2):
        assert [code for text in texts for code in read_words([text])[0].code.tolist()] == wanted.code.tolist()
    assert read_words(texts)[0].code.tolist() == wanted.code.tolist()


def test_a_text_of_one_long_run_of_marks_is_read_to_its_end() -> None:
    words, begins = read_words(["." * 300_000 + "Halden" + "'" * 300_000, "a" * 600_000])
    assert words.lengths().tolist() == [1, 1]
    assert begins.tolist() == [300_000, 0]
