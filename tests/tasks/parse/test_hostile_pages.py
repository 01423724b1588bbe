"""Pages built to break a parser are parsed or refused, without recursion and within the test's timeout."""

from __future__ import annotations

import pytest

from tasks.parse import parse_document
from tasks.records import ParsedDocument, RawDocument, Refused

PAGES = {
    "nested elements": "<div>" * 20_000 + "deep",
    "nested elements with text": "".join(f"<div>t{number}" for number in range(5_000)),
    "nested emphasis": "".join(f"<b>t{number} " for number in range(5_000)),
    "nested tables": "<table><tr><td>" * 2_000 + "x",
    "nested bylines": "<div class=byline>" * 3_000 + "By X",
    "elements nested deeper than the parser likes": "<div>" * 200_000 + "deep",
    "formatting left open in every paragraph": "<p>" + "".join(f"<font color={n}>" for n in range(400)) + "<p>x" * 20_000,
    "many attributes": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">hi</p>",
    "many options": "<select>" + "<option>a" * 5_000,
    "zero bytes": "<p>a\0b</p>" * 1_000,
    "one long line": "<p>" + "word " * 1_000_000,
    "one long gap": "<p>" + " " * 3_000_000 + "x",
    "nested JSON": '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>x",
    "nested graph": '<script type="application/ld+json">' + '{"@graph":' * 20_000 + "}" * 20_000 + "</script><p>x",
    "open comments in JSON": '<script type="application/ld+json">{' + "/* " * 100_000 + "</script><p>x",
    "long title": "<title>" + "a - " * 100_000 + "</title><p>x",
    "many dates": "<h1>T</h1><p>" + "1.1.2020 " * 50_000,
    "mojibake": "<p>" + "Ã©" * 200_000,
    "open tags": "<" * 200_000,
}  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", PAGES)
def test_hostile_pages_end_in_bounded_time(name: str) -> None:
    found = parse_document(RawDocument("id", "file:///x", None, "text/html", f"<html><body>{PAGES[name]}".encode()))
    assert isinstance(found, ParsedDocument)
    assert "".join(found.text[block.char_start : block.char_end] for block in found.blocks) == found.text
    assert all(len(block.signals.ancestors) <= 120 for block in found.blocks)


def test_an_open_comment_leaves_no_text() -> None:
    found = parse_document(RawDocument("id", "file:///x", None, "text/html", b"<!--" * 100_000))
    assert isinstance(found, Refused)
    assert found.reason == "no-article-found"
