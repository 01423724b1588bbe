"""Names: found by their capitals, titles set aside, spellings folded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.enrich.names import NameIndex, canonical_name, country_of, find_names, is_place, place_of, places_agree
from tasks.enrich.words import cut_words


def names_in(text: str) -> list[str]:
    return [name.text for name in find_names(cut_words(text, 0, len(text), []))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then Prime Minister Ana Ruiz met Gov. Paul Kerr.", ["Ana Ruiz", "Paul Kerr"]),
        ("He saw French President Luc Moreau there.", ["Luc Moreau"]),
        ("It was Secretary of State Dana Cole who called.", ["Dana Cole"]),
        ("The letter reached George W. Hall on time.", ["George W Hall"]),
        ("The soprano Eva van der Berg sang.", ["Eva van der Berg"]),
    ],
)
def test_titles_and_nationalities_are_no_part_of_a_name(text: str, expected: list[str]) -> None:
    assert names_in(text) == expected


def test_a_surname_stands_for_the_full_name_that_the_article_gives() -> None:
    index = NameIndex()
    for text in ("Then Clara Obi spoke.", "Later Obi left."):
        index.add(find_names(cut_words(text, 0, len(text), [])))
    index.settle()
    assert index.resolve("Obi") == "Clara Obi"
    assert index.resolve("Nassiri") == "Nassiri"


@pytest.mark.parametrize(
    "spellings",
    [
        ("Zelensky", "Volodymyr Zelenskyy", "Zelenskiy", "Mr Zelensky", "Zelenskyj"),
        ("Zaporizhzhia", "Zaporizhzhya"),
        ("Yuri Ushakov", "Yury Ushakov"),
        ("Gorbachev", "Gorbatchev"),
        ("Kyiv", "Kiev"),
        ("Donald Trump", "Mr Trump", "President Trump", "Trump"),
        ("Britain", "UK", "United Kingdom", "British"),
    ],
)
def test_spellings_of_one_name_fold_to_one_key(spellings: tuple[str, ...]) -> None:
    assert len({canonical_name(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [("Iran", "Iraq"), ("Austria", "Australia"), ("Biden", "Boulden"), ("Peskov", "Pasternak"), ("Mali", "Malawi")],
)
def test_different_names_keep_different_keys(left: str, right: str) -> None:
    assert canonical_name(left) != canonical_name(right)


@given(st.text(max_size=40))
def test_any_text_folds_to_the_same_key_twice(text: str) -> None:
    assert canonical_name(text) == canonical_name(text)


def test_a_place_follows_a_preposition_of_place() -> None:
    text = "They met in Geneva with Swiss aides."
    words = cut_words(text, 0, len(text), [])
    assert place_of(words, find_names(words), 0, len(words)) == "Geneva"


def test_a_name_after_another_preposition_is_no_place() -> None:
    text = "They met with Clara Obi."
    words = cut_words(text, 0, len(text), [])
    assert place_of(words, find_names(words), 0, len(words)) is None


def test_a_capital_agrees_with_its_country() -> None:
    assert places_agree(canonical_name("Paris"), canonical_name("France"))
    assert not places_agree(canonical_name("Paris"), canonical_name("Spain"))
    assert is_place("Paris")
    assert country_of("Spaniards") == "Spain"
