"""The part of a text that is its own: without the teasers of other articles that pages carry after it.

Cleaning removes such tails where the page's structure shows them. Texts that were flattened before they were
collected may still carry one, and then every article in it would look like a part of this one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

#: A source's name, how long ago it published, and the beginning of a title: "Reuters 19 minutes ago - Court ...".
#: In running prose the words before "ago" follow lower-case words or the sentence goes on in lower case.
_TEASER = re.compile(
    r"(?<!\w)(?:[A-Z][\w.&'’-]{0,30}\s+){1,4}(?:\d{1,3}|an?) (?:minute|min|hour|hr|day|week)s? ago\s+(?:[-–|·]\s*)?"
    r"[A-Z0-9\"'“‘]"
)
#: A tail begins after at least this many characters: a stamp above that belongs to the article's own head.
LEAST_CHARACTERS = 120


def main_length(text: str) -> int:
    """Count the characters of `text` before the first teaser of another article."""
    if " ago" not in text:
        return len(text)
    teaser = _TEASER.search(text, LEAST_CHARACTERS)
    return teaser.start() if teaser else len(text)


@cache
def _digest_phrases() -> re.Pattern[str]:
    lines = (Path(__file__).parent / "digest_phrases.txt").read_text("utf-8").splitlines()
    phrases = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    anywhere = "|".join(re.escape(phrase) for phrase in phrases if not phrase.endswith("$"))
    at_end = "|".join(re.escape(phrase[:-1]) for phrase in phrases if phrase.endswith("$"))
    return re.compile(rf"\b(?:{anywhere})\b|\b(?:{at_end})[.\s]*$")


def is_digest(title: str | None) -> bool:
    """Whether a title announces several stories at once.

    >>> is_digest("Morning briefing: ferry runs aground and more"), is_digest("Ferry runs aground")
    (True, False)
    """
    return bool(title and _digest_phrases().search(title.lower().replace("’", "'")))
