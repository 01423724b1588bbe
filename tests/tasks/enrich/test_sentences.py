"""Passages split into sentences with their offsets."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.enrich.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Gov. Ivan Fedorov spoke. He left.", ["Gov. Ivan Fedorov spoke.", "He left."]),
        ("Sen. John F. Kerry and Dr. A. B. Smith met.", ["Sen. John F. Kerry and Dr. A. B. Smith met."]),
        ("The U.S. government paid. The U.S. The rest.", ["The U.S. government paid.", "The U.S.", "The rest."]),
        ("It rose 3.5 percent. It fell.", ["It rose 3.5 percent.", "It fell."]),
        ("It opened at 9 a.m. Friday in Paris.", ["It opened at 9 a.m. Friday in Paris."]),
        ("It ended at 5 p.m. The crowd left.", ["It ended at 5 p.m.", "The crowd left."]),
        ('"I will go." He did.', ['"I will go."', "He did."]),
        ("‘Why?’ she asked. He ran!", ["‘Why?’ she asked.", "He ran!"]),
        ("He said: “It works.” Then he left.", ["He said: “It works.”", "Then he left."]),
        ("Acme Inc. said it won. Acme Inc. It lost.", ["Acme Inc. said it won.", "Acme Inc.", "It lost."]),
        ("Wait... what? Wait... No.", ["Wait... what?", "Wait...", "No."]),
        ("A heading\n\nA text without a stop", ["A heading", "A text without a stop"]),
        ("It is No. 5 in Aug. 2025. So it is.", ["It is No. 5 in Aug. 2025.", "So it is."]),
        ("  leading and trailing. \n", ["leading and trailing."]),
        ("他来了。我走了。", ["他来了。", "我走了。"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_a_passage_splits_into_its_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet=st.sampled_from("aB. !?\"'”’\n…)1。U"), max_size=80))
def test_sentences_are_ordered_trimmed_and_cover_all_words(text: str) -> None:
    spans = split_sentences(text)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def calls_of(action: Callable[[], object]) -> int:
    """Count the function calls of an action: a measure of work that does not depend on the machine."""
    count = 0

    def profile(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", [". ", "U.S. ", "Mr. A ", '." ', "?!", "\n \n", "word ", "...", "x. Y"])
def test_the_work_grows_with_the_length_of_the_text(piece: str) -> None:
    small, large = (calls_of(lambda size=size: split_sentences(piece * size)) for size in (2000, 4000))
    assert large <= 2.2 * small + 100


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", [".", '"', ".'", "\n", " ", "a", "…!", ".)"])
def test_long_runs_of_one_mark_do_not_backtrack(piece: str) -> None:
    assert len(split_sentences(piece * 300_000)) <= 300_000
