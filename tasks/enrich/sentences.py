"""Split a passage into sentences, keeping the place of every character.

News prose only: what ends a sentence is a full stop, question or exclamation mark, or an ellipsis, with any closing
quotes and brackets, followed by white space and something that can begin a sentence; or an empty line. Lists of
abbreviations are data (`abbreviations.txt`). One scan over the text; every decision looks at the words around one
mark, so the cost is linear whatever the input.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.enrich.word_lists import read_sections

# a mark with its closing quotes or brackets and the white space after it; or a break of lines
# (a run of marks is entered at its first one only and never given back, so that long runs cost nothing twice)
_BOUNDARY = re.compile(
    r"""(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>["'”’»›)\]]*+)(?=\s)|(?P<cjk>[。！？][」』”]*+)|(?P<lines>\n[^\S\n]*+\n)"""
)
_OPENING = "\"'“‘«‹([¿¡„—–-•*"
#: How far a word may reach: bounds the look at the neighbours of a mark on text without white space.
_LONGEST_WORD = 40


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    sections = read_sections("abbreviations.txt")
    return {name: frozenset(words) for name, words in sections.items()}


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences of `text`, in order, without white space at their ends.

    >>> split_sentences("Gov. Lee won. He left.")
    [(0, 13), (14, 22)]
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        if match["mark"] is not None and not _ends_sentence(text, match):
            continue
        _append_trimmed(spans, text, start, match.end())
        start = match.end()
    _append_trimmed(spans, text, start, len(text))
    return spans


def _append_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        spans.append((begin, begin + len(stripped)))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = _next_word(text, match.end())
    if not following:
        return True
    first = following.lstrip(_OPENING)[:1]
    if match["mark"] == "." and not match["close"]:
        return _stop_ends_sentence(_word_before(text, match.start()), following, first)
    if first.islower():
        return _begins_line(text, match.end()) and following[0] in _OPENING
    return bool(first)


def _stop_ends_sentence(word: str, following: str, first: str) -> bool:
    """Decide for a single full stop after `word` and before `following`."""
    lists = _abbreviations()
    folded = word.casefold()
    if first.islower():
        return False
    if folded in lists["before-name"]:
        return False
    if folded in lists["before-number"]:
        return not first.isdigit()
    bare = following.lstrip(_OPENING).rstrip(".,;:!?\"'”’)")
    starts = bare.casefold() in lists["sentence-starters"] and bare[:1].isupper()
    if folded in lists["may-end"] or "." in word:
        return (
            starts or (first != "" and not first.isalnum()) or (following[0] in '"“‘«' and folded not in ("u.s", "u.k"))
        )
    if len(word) == 1 and word.isupper():  # an initial: "George W. Bush"; "Plan B. The" ends
        return starts
    return True


def _begins_line(text: str, position: int) -> bool:
    return "\n" in text[position : position + 3]


def _next_word(text: str, position: int) -> str:
    window = text[position : position + 2 * _LONGEST_WORD].split(None, 1)
    return window[0] if window else ""


def _word_before(text: str, position: int) -> str:
    window = text[max(0, position - _LONGEST_WORD) : position]
    words = window.split()
    if not words or window[-1:].isspace():
        return ""
    return words[-1].lstrip("\"'“‘«‹([{—–-/")
