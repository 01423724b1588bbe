"""Words as copies of one text agree on them: free of house style.

One site writes "Mr Trump's three-year-old programme", another "Trump’s 3-year-old program". Both must give the same
words, or every restyled sentence counts as a different one. Out of scope: stemming, synonyms, transliteration; they
would make different texts alike as often as they made copies alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

#: Scripts written without spaces between words, first and last character; each character is a word of its own.
UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
    ("\uf900", "\ufaff"),
)
_RANGES = "".join(f"{first}-{last}" for first, last in UNSPACED)
#: A letter or digit with what follows up to a space or another mark: "U.S.", "4,603.5", "don't", "said,".
_WORD = re.compile(rf"[{_RANGES}]|[^\W{_RANGES}](?:[^\W{_RANGES}]|['’.,])*")
#: Marks that a word may end in and that are no part of it.
TRAILING = "'’.,"


def _lines(name: str) -> Iterator[str]:
    for line in (Path(__file__).parent / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


@cache
def dropped_words() -> frozenset[str]:
    """Read the words that take no part in comparisons."""
    return frozenset(line.strip() for line in _lines("dropped_words.txt"))


@cache
def word_variants() -> dict[str, str]:
    """Read the words that stand for others: number words and house-style variants."""
    rows = [line.split("\t") for name in ("number_words.tsv", "word_variants.tsv") for line in _lines(name)]
    return {row[0]: row[1].strip() if len(row) > 1 else "" for row in rows}


@cache
def spelling_suffixes() -> tuple[tuple[str, str, int], ...]:
    """Read the British endings, their replacements and the shortest stems they apply to."""
    rows = [line.split("\t") for line in _lines("spelling_suffixes.tsv")]
    return tuple((ending, replacement, int(stem)) for ending, replacement, stem in rows)


def end_of_word(text: str, start: int) -> int:
    """Find the end of the word that begins at `start`, without the marks after it."""
    match = _WORD.match(text, start)
    end = match.end() if match else start
    while end > start and text[end - 1] in TRAILING:
        end -= 1
    return end


def normal_form(surface: str) -> str:
    """Give the form in which copies of one text agree on a word; empty for words that take no part.

    >>> normal_form("Zelenskyy’s"), normal_form("three"), normal_form("organisation"), normal_form("Mr")
    ('zelenskyy', '3', 'organization', '')
    """
    surface = surface.rstrip(TRAILING)
    if surface.isalpha() and surface.isascii():
        word = surface.lower()
    else:
        word = unicodedata.normalize("NFKC", surface).lower().replace("’", "'")
    if word[0].isdigit():
        return word.replace(",", "").partition("'")[0]
    variants = word_variants()
    if word in variants:
        return variants[word]
    if not word.isalpha():
        stem, apostrophe, _ = word.partition("'")
        if apostrophe:
            word = stem[:-1] if word.endswith("n't") else stem
        word = word.replace(".", "").replace(",", "")
        word = variants.get(word, word)
    return "" if word in dropped_words() else _american(word)


def _american(word: str) -> str:
    if not word.endswith(_endings()):
        return word
    for ending, replacement, stem in spelling_suffixes():
        if word.endswith(ending) and len(word) - len(ending) >= stem:
            return word.removesuffix(ending) + replacement
    return word


@cache
def _endings() -> tuple[str, ...]:
    return tuple(ending for ending, _, _ in spelling_suffixes())
