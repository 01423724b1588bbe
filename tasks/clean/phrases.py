"""Phrases that betray page furniture: whole lines, or the starts of short lines, never words inside a sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from tasks.clean.removal_rules import RULES_BY_NAME

#: A line that starts with a phrase and has more words is prose. Notices and offers are long; labels are short.
MAXIMUM_WORDS = {"legal-notice": 90, "newsletter-box": 50, "related-articles": 30, "comments": 30}
LABEL_WORDS = 12
MAXIMUM_LETTERS = 700
#: "lucky7 says:" heads a reader's comment.
SPEAKER = re.compile(r"\A\S.{0,40}\b(?:says|said|wrote|schrieb|sagt|dit|dice|disse|zegt) ?:\Z")
#: An offer of a trial, whatever the product is called; compared with a line's key.
TRIAL_OFFER = re.compile(
    r"\A(?:try|get|enjoy|start)\b.{1,60}? free for (?:#|an?|one|two|three|six) (?:day|week|month|year)s?\b"
)
OFFER_WORDS = 20
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
EDGES = " \t\u00a0\u200b\u200c.,;:!?·•|/\\-–—→›»«‹>…*()[]{}\"'“”‘’+"
APOSTROPHE = re.compile("[’‘ʼ]")


def line_key(line: str) -> str:
    """Reduce a line to what phrases are compared with: lower-case, numbers as "#", no punctuation at the ends.

    >>> line_key("12 Comments:")
    '# comments'
    """
    folded = line.casefold()
    if not folded.isascii():
        folded = APOSTROPHE.sub("'", folded)
    return " ".join(DIGITS.sub("#", folded).split()).strip(EDGES)


def first_word(key: str) -> str:
    """Return what a key starts with, up to a space or a colon."""
    return key.partition(" ")[0].partition(":")[0]


@lru_cache(maxsize=1)
def phrase_tables() -> tuple[dict[str, str], dict[str, tuple[tuple[str, str, bool], ...]]]:
    """Read the phrase files: whole lines to their rule, and line starts by their first word."""
    whole: dict[str, str] = {}
    starts: dict[str, list[tuple[str, str, bool]]] = {}
    for rule in RULES_BY_NAME:
        source = files("tasks.clean") / "phrases" / f"{rule}.txt"
        if not source.is_file():
            continue
        for line in source.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("# "):
                continue
            phrase = line_key(line)
            if line.rstrip().endswith("…") and phrase.strip("#"):  # a bare number starts too much
                starts.setdefault(first_word(phrase), []).append((phrase, rule, line.rstrip("… ").endswith(":")))
            if phrase:
                whole.setdefault(phrase, rule)
    return whole, {word: tuple(sorted(phrases)) for word, phrases in sorted(starts.items())}


def rule_of_phrase(line: str, key: str | None = None) -> str | None:
    """Name the removal rule whose phrases the line is one of, or None.

    A line that only starts with a phrase must not go on for longer than its kind does, must not start in the middle
    of a sentence, and the phrase must end where a word ends. `key` is the line's, where it is known already.
    """
    if len(line) > MAXIMUM_LETTERS:
        return None
    key = line_key(line) if key is None else key
    whole, starts = phrase_tables()
    found = whole.get(key)
    if found:
        return found
    if TRIAL_OFFER.match(key) and key.count(" ") < OFFER_WORDS:
        return "newsletter-box"
    if len(line) <= 60 and line[-1] == ":" and SPEAKER.match(line) and len(line.split()) <= 4:
        return "comments"
    if line[0].islower() and len(line) > 25:
        return None
    for phrase, rule, has_colon in starts.get(first_word(key), ()):
        rest = key[len(phrase) :]
        if key.startswith(phrase) and not rest[:1].isalpha() and (not has_colon or rest.lstrip()[:1] in (":", "|")):
            return rule if key.count(" ") < MAXIMUM_WORDS.get(rule, LABEL_WORDS) else None
    return None
