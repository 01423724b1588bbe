"""Identifiers: the same parts always give the same one, different parts different ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from warehouse.identifiers import identify

parts = st.lists(st.text(), min_size=1, max_size=4)


@given(parts)
def test_equal_parts_give_equal_identifiers_of_twenty_hexadecimal_characters(given_parts: list[str]) -> None:
    identifier = identify(*given_parts)
    assert identifier == identify(*given_parts)
    assert len(identifier) == 20
    assert set(identifier) <= set("0123456789abcdef")


def test_where_one_part_ends_and_the_next_begins_matters() -> None:
    assert identify("ab", "c") != identify("a", "bc")
    assert identify("a") != identify("a", "")


def test_an_identifier_does_not_change_between_versions() -> None:
    assert identify("article", "document", 0) == "aa1504ce7cf9e6448cff"
