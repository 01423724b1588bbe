"""Names of one article: found by their capitals, resolved to people, organisations and places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.enrich.candidates import read_sentences
from tasks.enrich.entities.article_names import ArticleNames, resolve_names
from tasks.records import Passage


def names_of(*paragraphs: str, headline: str = "") -> ArticleNames:
    passages, start = [], 0
    for kind, text in [("headline", headline)] * bool(headline) + [("paragraph", text) for text in paragraphs]:
        passages.append(Passage(start, kind, text))
        start += len(text) + 2
    return resolve_names(read_sentences(passages, []))


def entities_of(*paragraphs: str, headline: str = "") -> dict[str, tuple[str | None, list[str]]]:
    """Return the name of each entity with its kind and the forms in which it is written, in order."""
    names = names_of(*paragraphs, headline=headline)
    return {
        entity.name: (entity.kind, [name.text for name in names.mentions if name.ordinal == entity.ordinal])
        for entity in names.entities
    }


def test_a_surname_is_the_person_whose_full_name_the_article_gives() -> None:
    found = entities_of("Transport Minister Nadia Orlowska resigned.", "Ms. Orlowska said that she was tired.")
    assert found == {"Nadia Orlowska": ("person", ["Nadia Orlowska", "Orlowska"])}


def test_spellings_of_one_surname_in_an_article_are_one_person() -> None:
    found = entities_of("Envoy Dmitry Karovsky met reporters.", "Later Mr Karovskyy left; Dmitri Karovskiy smiled.")
    assert [forms for kind, forms in found.values()] == [["Dmitry Karovsky", "Karovskyy", "Dmitri Karovskiy"]]


def test_father_and_son_stay_apart_and_a_bare_surname_is_the_one_named_near() -> None:
    found = entities_of(
        "Harold Penwick founded the yard. His son Martin Penwick sold it.",
        "The town grew. The harbour silted up. Ships went elsewhere. Nobody came back for years.",
        "Harold Penwick died in 1988. Penwick was buried at sea.",
    )
    assert found["Harold Penwick"][1] == ["Harold Penwick", "Harold Penwick", "Penwick"]
    assert found["Martin Penwick"][1] == ["Martin Penwick"]


def test_a_title_tells_husband_and_wife_apart() -> None:
    found = entities_of(
        "Edward Lonsby and his wife Clara Lonsby sued the bank.", "Mrs. Lonsby wept. Mr. Lonsby did not."
    )
    assert found["Clara Lonsby"][1] == ["Clara Lonsby", "Lonsby"]
    assert found["Edward Lonsby"][1] == ["Edward Lonsby", "Lonsby"]


def test_mr_and_mrs_do_not_become_the_same_person() -> None:
    names = names_of("Edward Lonsby said no.", "Mrs. Lonsby said yes.")
    assert len({name.ordinal for name in names.mentions}) == 2


def test_a_junior_is_not_his_father() -> None:
    found = entities_of("Paul Grane Jr. was elected.", "Paul Grane, a retired farmer, and Paul Grane Jr. came late.")
    assert found["Paul Grane Jr"][1].count("Paul Grane Jr") == 2


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("The Ministry of Foreign Affairs denied it.", "Ministry of Foreign Affairs", "organisation"),
        ("They wrote to the Foundation for Defense of Rivers.", "Foundation for Defense of Rivers", "organisation"),
        ("She works for the Port Calder Police Department.", "Port Calder Police Department", "organisation"),
        ("The Kremlin said nothing.", "Kremlin", "organisation"),
        ("Shares of Tolbert Motors Inc. fell.", "Tolbert Motors Inc", "organisation"),
        ("The ship sank near the Great Calder Reef.", "Great Calder Reef", "place"),
        ("A bridge fell in the Ostrava region.", "Ostrava", "place"),
        ("Officials in Kiev said so.", "Kyiv", "place"),
        ("He flew to the U.S. on Monday.", "United States", "place"),
        ("The survey was led by geologist Temika Zsolt.", "Temika Zsolt", "person"),
        ("Prime Minister Ana Duarte resigned.", "Ana Duarte", "person"),
    ],
)
def test_kinds_are_told_by_words_titles_and_gazetteers(sentence: str, name: str, kind: str) -> None:
    found = entities_of(sentence)
    assert name in found, found
    assert found[name][0] == kind


@pytest.mark.parametrize(
    "sentence", ["Russian forces advanced.", "Overnight the rain stopped.", "Risks remain.", "Western analysts agree."]
)
def test_adjectives_and_first_words_are_no_names(sentence: str) -> None:
    assert entities_of(sentence) == {}


def test_a_heading_in_capitals_names_only_whom_the_text_names() -> None:
    found = entities_of("Mayor Lena Brandt will open the bridge.", headline="Brandt Hints At Early Bridge Opening")
    assert found["Lena Brandt"][1] == ["Brandt", "Lena Brandt"]
    assert list(found) == ["Lena Brandt"]


def test_pairs_joined_by_a_hyphen_name_both() -> None:
    names = names_of("President Ana Duarte met Envoy Luis Falk.", "The Duarte-Falk talks were short.")
    assert [name.text for name in names.mentions] == ["Ana Duarte", "Luis Falk", "Duarte", "Falk"]


def test_an_acronym_in_brackets_is_the_organisation_before_it() -> None:
    found = entities_of("The Northern Institute of Tidal Science (NITS) warned.", "The NITS said that tides rise.")
    assert found["Northern Institute of Tidal Science"][1][1:] == ["NITS", "NITS"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.sampled_from("Aab Jane Doe-'’\".,()/ US Mr"), min_size=1, max_size=60),
        min_size=1,
        max_size=4,
    )
)
def test_mentions_are_slices_in_order_that_do_not_overlap(paragraphs: list[str]) -> None:
    document = "\n\n".join(paragraphs)
    passages, start = [], 0
    for text in paragraphs:
        stripped = text.strip()
        if stripped:
            passages.append(Passage(start + text.index(stripped[0]), "paragraph", stripped))
        start += len(text) + 2
    names = resolve_names(read_sentences(passages, []))
    end = 0
    for name in names.mentions:
        assert document[name.char_start : name.char_end] == name.text
        assert document[name.sentence_start : name.sentence_end] == name.sentence
        assert end <= name.char_start < name.char_end
        end = name.char_end
    assert sorted({name.ordinal for name in names.mentions}) == [entity.ordinal for entity in names.entities]
