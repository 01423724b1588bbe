"""Cut a passage into words, numbers and signs, keeping their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: lower-case words, and half-open character ranges."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def word(self, index: int) -> str:
        """Return the token at `index`, or an empty string outside the text."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def is_capital(self, index: int) -> bool:
        """Tell whether the token at `index` begins with a capital letter."""
        return 0 <= index < len(self.words) and self.text[self.starts[index]].isupper()

    def is_joined(self, index: int) -> bool:
        """Tell whether the token at `index` follows the one before it without white space."""
        return 0 < index < len(self.words) and self.ends[index - 1] == self.starts[index]

    def number(self, index: int) -> int | None:
        """Return the value of a token of at most four digits."""
        word = self.word(index)
        return int(word) if len(word) <= 4 and word.isdecimal() else None


def tokenize(text: str) -> Tokens:
    """Return the tokens of `text`."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    starts = [start for start, _ in spans]
    ends = [end for _, end in spans]
    words = [text[start:end].lower() for start, end in spans]
    return Tokens(text, words, starts, ends)
