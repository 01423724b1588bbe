"""Phrases that betray page furniture: whole lines, or the starts of short lines, never words inside a sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from tasks.clean.removal_rules import RULES_BY_NAME

#: Longer lines are prose, whatever they start with; cookie and copyright notices run to about forty words.
MAXIMUM_WORDS = 40
MAXIMUM_LETTERS = 300
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
EDGES = " \t\u00a0\u200b\u200c.,;:!?·•|/\\-–—→›»«‹>…*()[]{}\"'“”‘’+"
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


def line_key(line: str) -> str:
    """Reduce a line to what phrases are compared with: lower-case, numbers as "#", no punctuation at the ends.

    >>> line_key("12 Comments:")
    '# comments'
    """
    return " ".join(DIGITS.sub("#", line.casefold().translate(APOSTROPHES)).split()).strip(EDGES)


@lru_cache(maxsize=1)
def phrase_tables() -> tuple[dict[str, str], dict[str, tuple[tuple[str, str], ...]]]:
    """Read the phrase files: whole lines to their rule, and line starts by their first word."""
    whole: dict[str, str] = {}
    starts: dict[str, list[tuple[str, str]]] = {}
    for rule in RULES_BY_NAME:
        source = files("tasks.clean") / "phrases" / f"{rule}.txt"
        if not source.is_file():
            continue
        for line in source.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("# "):
                continue
            phrase = line_key(line)
            if line.rstrip().endswith("…"):
                starts.setdefault(phrase.split(" ")[0], []).append((phrase, rule))
            whole.setdefault(phrase, rule)
    return whole, {word: tuple(sorted(phrases)) for word, phrases in sorted(starts.items())}


def rule_of_phrase(line: str) -> str | None:
    """Name the removal rule whose phrases the line is one of, or None.

    A line that only starts with a phrase must be short, and the phrase must end at a word's end.
    """
    if len(line) > MAXIMUM_LETTERS:
        return None
    key = line_key(line)
    whole, starts = phrase_tables()
    found = whole.get(key)
    if found:
        return found
    for phrase, rule in starts.get(key.partition(" ")[0], ()):
        if key.startswith(phrase) and not key[len(phrase) : len(phrase) + 1].isalpha():
            return rule if key.count(" ") < MAXIMUM_WORDS else None
    return None
