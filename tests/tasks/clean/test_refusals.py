"""What is no article is refused with its reason, in time that grows with its length and no faster."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tasks.clean import clean_document
from tasks.records import Refused

MENU = "Home\nNews\nSport\nWeather\nLog in\nSubscribe\nContact\nPrivacy Policy\n"


@pytest.mark.parametrize(
    "content", ["x" * 5_000_000, MENU * 30, "12345 " * 20_000, "https://example.org/a\n" * 500, "-\n" * 50]
)
def test_a_document_without_prose_is_refused(parse: Any, content: str) -> None:
    refused = clean_document(parse(content))
    assert isinstance(refused, Refused)
    assert (refused.stage, refused.reason) == ("clean", "no-article-found")
    assert "x" * 100 not in refused.detail


def test_a_page_of_links_is_refused(parse: Any) -> None:
    links = "".join(f'<li><a href="/{n}">Story number {n} of the day</a></li>' for n in range(80))
    assert isinstance(
        clean_document(parse(f"<html><body><nav><ul>{links}</ul></nav></body></html>", "text/html")), Refused
    )


def test_one_line_of_five_megabytes_of_prose_is_an_article(clean: Any) -> None:
    line = "The council met again and spoke of the bridge, as it had done before. " * 70_000
    started = time.process_time()
    assert len(clean(line.strip()).text()) == len(line.strip())
    assert time.process_time() - started < 10


def test_twenty_thousand_short_lines_take_seconds(parse: Any) -> None:
    started = time.process_time()
    clean_document(parse("A short line of words\nShare\n" * 10_000))
    assert time.process_time() - started < 30
