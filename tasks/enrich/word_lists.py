"""Read the word lists that lie beside the modules of this folder.

A list is a text file: `#` begins a comment, `[name]` a section, and every other line holds one entry.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def word_set(section: str) -> frozenset[str]:
    """Return the words of a section of `grammar_words.txt`."""
    return frozenset(read_sections("grammar_words.txt")[section])


def read_sections(name: str) -> dict[str, tuple[str, ...]]:
    """Return the entries of each section of the list `name`, in order, folded to lower case.

    Raises ValueError for an entry that stands before the first section.
    """
    sections: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate((_FOLDER / name).read_text(encoding="utf-8").splitlines(), 1):
        entry = line.partition("#")[0].strip()
        if entry.startswith("[") and entry.endswith("]"):
            current = sections.setdefault(entry[1:-1], [])
        elif entry and current is None:
            raise ValueError(f"{name}:{number}: an entry before the first [section]: {entry!r}")
        elif entry and current is not None:
            current.append(entry.casefold())
    return {section: tuple(entries) for section, entries in sections.items()}
