"""Entities across articles: one person under all spellings, two people of one surname apart, in any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.enrich.entities.linking import NameFact, link_names, organisation_key, place_key
from tasks.enrich.entities.people import can_be_one, read_person
from tasks.enrich.entities.spellings import spelling_key


def fact(name: str, story: str = "s1", kind: str | None = "person", **more: object) -> NameFact:
    given: dict[str, object] = {
        "is_sure": kind is not None, "gender": None, "acronym": None, "is_ambiguous": False, "article_count": 1,
    }  # fmt: skip
    return NameFact(story_id=story, name=name, kind=kind, **(given | more))  # type: ignore[arg-type]


def entities(*facts: NameFact) -> list[str | None]:
    links = link_names(facts)
    return [link[0] if (link := links[one]) else None for one in facts]


@pytest.mark.parametrize(
    "spellings",
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Vladimir Zelensky"),
        ("Mohammed Hussein", "Muhammad Hussain", "Mohamed Husain"),
        ("Yuri Karsakov", "Yury Karsakov", "Yuriy Karsakov"),
        ("Joseph Arden", "Joe Arden", "J. Arden"),
        ("Maria Tymoshenko", "Maria Timoshenko"),
    ],
)
def test_spellings_of_one_name_are_one_person(spellings: tuple[str, ...]) -> None:
    assert len(set(entities(*(fact(name) for name in spellings)))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Olena Zelenska", "Volodymyr Zelensky"),
        ("Maria Lopez", "Mario Lopez"),
        ("Paul Grane", "Paul Grane Jr"),
        ("George H W Bush", "George W Bush"),
        ("Christian Moll", "Christine Moll"),
        ("John Larsen", "John Larson"),
        ("Thomas Miller", "Thomas Müller"),
        ("Alexander Reyes", "Alexandra Reyes"),
    ],
)
def test_people_whose_names_only_look_alike_stay_apart(left: str, right: str) -> None:
    assert len(set(entities(fact(left), fact(right)))) == 2
    assert not can_be_one(read_person(left), read_person(right))


def test_a_surname_alone_is_the_one_person_of_that_surname_in_the_story() -> None:
    alone, full, other = fact("Orlowska"), fact("Nadia Orlowska"), fact("Petra Orlowska", "s2")
    found = entities(alone, full, other)
    assert found[0] == found[1] != found[2]


def test_a_surname_that_two_people_of_the_story_share_is_neither() -> None:
    found = entities(fact("Penwick"), fact("Harold Penwick"), fact("Martin Penwick"))
    assert len(set(found)) == 3


def test_a_surname_alone_in_another_story_is_somebody_else_unless_widely_known() -> None:
    assert len(set(entities(fact("Smith", "s2"), fact("Will Smith", article_count=9)))) == 2
    known = [fact("Orlowska", "s2"), fact("Orlowska", "s3"), fact("Nadia Orlowska", article_count=9)]
    assert len(set(entities(*known))) == 1


def test_a_title_of_the_other_gender_is_not_the_person() -> None:
    found = entities(fact("Lonsby", gender="f"), fact("Edward Lonsby", gender="m"))
    assert found[0] != found[1]


def test_names_without_a_kind_take_that_of_the_articles_that_know_it() -> None:
    found = entities(fact("Sputnik", kind=None), fact("Sputnik", "s2", "organisation"), fact("Glimmer", kind=None))
    assert found[0] == found[1] is not None
    assert found[2] is None


def test_an_acronym_alone_is_the_organisation_that_another_article_explains() -> None:
    found = entities(
        fact("NITS", "s2", "organisation"),
        fact("Northern Institute of Tidal Science", kind="organisation", acronym="NITS"),
    )
    assert found[0] == found[1]


def test_organisations_and_places_fold_what_makes_no_difference() -> None:
    assert organisation_key("The Tolbert Motors, Inc.") == organisation_key("Tolbert Motors")
    assert place_key("Zaporizhzhia") == place_key("Zaporizhzhya")
    assert place_key("Kiev") == place_key("Kyiv")
    assert place_key("UK") == place_key("Britain")
    assert place_key("Bern") != place_key("Brno")


@given(st.permutations([
    fact("Volodymyr Zelensky"), fact("Zelenskyy"), fact("Vladimir Zelenskiy", "s2"), fact("V. Zelensky", "s3"),
    fact("Zelensky", "s4"), fact("Olena Zelenska", "s2"), fact("Washington", "s1", "place"), fact("Washington", "s2"),
    fact("George Bush"), fact("George H W Bush"), fact("George W Bush"),
]))  # fmt: skip
def test_links_depend_on_the_facts_not_on_their_order(facts: list[NameFact]) -> None:
    assert link_names(facts) == link_names(sorted(facts, key=repr))


@given(st.text(max_size=20))
def test_any_word_has_a_spelling_key(word: str) -> None:
    assert spelling_key(word) == spelling_key(word.upper()) or not word.isascii()
