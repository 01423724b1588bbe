"""Articles to compare: a factory for records, and prose that no two seeds share."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

import pytest

from tasks.records import ArticleText

SYLLABLES = [
    "ba",
    "ke",
    "lo",
    "mi",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "za",
    "pel",
    "dor",
    "kan",
    "mer",
    "sul",
    "ter",
    "gan",
    "hol",
    "fin",
    "wes",
]


@pytest.fixture
def article() -> Callable[..., ArticleText]:
    def make(
        article_id: str,
        text: str,
        *,
        title: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
        byline: str | None = None,
        published: str | None = None,
    ) -> ArticleText:
        moment = datetime.fromisoformat(published) if published else None
        return ArticleText(article_id, f"doc-{article_id}", "lead", title, publisher, url, byline, None, moment, text)

    return make


@pytest.fixture
def prose() -> Callable[..., str]:
    """Paragraphs of invented words, the same for the same seed, different for another."""

    def write(seed: int, paragraphs: int = 6) -> str:
        chance = random.Random(seed)

        def word() -> str:
            return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(1, 3)))

        def sentence() -> str:
            words = [word() for _ in range(chance.randint(9, 16))]
            words[chance.randrange(2, 7)] = word().title()
            words[-2] = str(chance.randint(2, 900))
            return " ".join(words).capitalize() + "."

        return "\n\n".join(" ".join(sentence() for _ in range(3)) for _ in range(paragraphs))

    return write
