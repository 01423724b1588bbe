"""The audit's own phrase lists, as one regular expression for each list."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "phrases"

#: What may stand around a phrase on its line: spaces, punctuation and symbols, but no letter or digit of any script.
MARGIN = r"[ \t\r\p{Z}\p{P}\p{S}]*"


def phrase_lists() -> tuple[str, ...]:
    """Return the names of the lists, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


@cache
def whole_line_pattern(name: str) -> str:
    """Return the RE2 pattern that finds any phrase of a list as a whole line of a text, whatever its case."""
    phrases = [
        line.strip()
        for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    if not phrases:
        raise ValueError(f"The phrase list {name}.txt holds no phrase: its check would pass whatever the text.")
    return f"(?im)^{MARGIN}(?:{'|'.join(phrases)}){MARGIN}$"
