"""What changed between two texts, in words: which were taken out, put in, or replaced, and where.

Words are compared without case and punctuation, so that restyled quotation marks and dashes are no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: A number with its separators, a word with its apostrophes and hyphens, or one letter of a script without spaces.
_WORD = re.compile(
    r"\d+(?:[.,:]\d+)*|[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+(?:['’-][^\W_]+)*"
)
#: Unchanged words between two changes that make them one: "of", "the", a name kept in a rewritten clause.
LEAST_UNCHANGED = 2
_SENTENCE_END = frozenset('.!?:\n"“”«»')


@dataclass(frozen=True, slots=True)
class Change:
    """Words of one text that stand for words of another; either side may be empty (start equals end)."""

    start: int  # characters of the first text
    end: int
    other_start: int  # characters of the second
    other_end: int
    word_count: int  # words taken out of the first
    other_word_count: int  # words put into the second


def find_changes(text: str, other: str) -> tuple[Change, ...]:
    """Find what turns `text` into `other`, in the order of both.

    >>> [(text[c.start : c.end], other[c.other_start : c.other_end])
    ...  for text, other in [("Seven of 12 left.", "Nine of 12 left.")] for c in find_changes(text, other)]
    [('Seven', 'Nine')]
    """
    words, other_words = list(_WORD.finditer(text)), list(_WORD.finditer(other))
    forms, other_forms = _forms(words), _forms(other_words)
    return tuple(
        Change(
            *_range(words, start, end),
            *_range(other_words, other_start, other_end),
            end - start,
            other_end - other_start,
        )
        for start, end, other_start, other_end in _join(_replaced(forms, other_forms))
    )


def has_other_figures(change: Change, text: str, other: str) -> bool:
    """Whether a change replaces words so that other numbers, or none, stand there."""
    removed, added = text[change.start : change.end], other[change.other_start : change.other_end]
    if not removed or not added:
        return False
    return sorted(re.findall(r"\d+(?:[.,:]\d+)*", removed)) != sorted(re.findall(r"\d+(?:[.,:]\d+)*", added))


def has_other_names(change: Change, text: str, other: str) -> bool:
    """Whether a change replaces words so that other names stand there: capitals where no sentence begins."""
    if change.start == change.end or change.other_start == change.other_end:
        return False
    removed, added = _names(text, change.start, change.end), _names(other, change.other_start, change.other_end)
    return bool(removed and added) and removed != added


def _names(text: str, start: int, end: int) -> set[str]:
    return {
        word.group()
        for word in _WORD.finditer(text, start, end)
        if word.group()[0].isupper()
        and not _SENTENCE_END.intersection(text[max(0, word.start() - 2) : word.start()])
        and word.start()
    }


def _forms(words: Sequence[re.Match[str]]) -> list[str]:
    return [word.group().casefold().replace("’", "'") for word in words]


def _replaced(words: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Align two lists of words, their common ends first, which most versions share to a large part."""
    head = 0
    while head < min(len(words), len(other)) and words[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(words), len(other)) - head and words[-1 - tail] == other[-1 - tail]:
        tail += 1
    # the matcher's guess of which words are too frequent to align by keeps long texts from a quadratic search
    matcher = SequenceMatcher(None, words[head : len(words) - tail], other[head : len(other) - tail])
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            yield start + head, end + head, other_start + head, other_end + head


def _join(changes: Iterator[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Join replacements with hardly a word between them, which read as one."""
    last: tuple[int, int, int, int] | None = None
    for start, end, other_start, other_end in changes:
        replaces = last is not None and start > last[0] and other_start > last[2] and end > start
        if last is not None and replaces and start - last[1] < LEAST_UNCHANGED:
            last = last[0], end, last[2], other_end
            continue
        if last is not None:
            yield last
        last = start, end, other_start, other_end
    if last is not None:
        yield last


def _range(words: Sequence[re.Match[str]], start: int, end: int) -> tuple[int, int]:
    """Turn a range of words into characters; an empty one stands after the word before it."""
    if start == end:
        place = words[start - 1].end() if start else 0
        return place, place
    return words[start].start(), words[end - 1].end()
