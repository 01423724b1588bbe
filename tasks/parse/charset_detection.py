"""Tell the encoding of bytes by the letters that it makes of them.

A wrong encoding turns the letters of a language into signs, capitals and letters of other languages; the right one
into the alphabet of one language (`alphabets.tsv`). So each encoding is tried with each language that used it, and
judged by the share of the characters beyond ASCII that are letters of that language.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

#: Bytes that are looked at: those of lines that hold more than ASCII.
SAMPLE_BYTES = 32_768
#: Where ASCII letters and others meet: in the words of Latin scripts, seldom elsewhere.
MIXED_WORD = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
#: What tells ISO 8859-15 from windows-1252: its sign of the euro, where the other has one that is never used.
EURO_SIGN = b"\xa4"
C1_BYTE = re.compile(rb"[\x80-\x9f]")
MAX_LINE = 4096
MAX_CONTEXT = 1024

#: Signs that text of any language has; they tell nothing.
NEUTRAL = frozenset(
    "“”‘’„‚«»‹›–—…•·°§©®™€£¥\u00a0\u200b\u200e\u200f\ufeff¿¡º×→←、。，．・：；？！「」『』（）【】《》〈〉％～\u3000￥０１２３４５６７８９"
)
#: How much of a text of thousands of characters its most frequent ones make up; measured shares are .45 to .8.
COMMON_SHARE = 0.35
#: How much of a text the ten most frequent letters of an alphabet make up; measured shares are .53 to .7.
FREQUENT_SHARE = 0.45
#: A line of the table with more letters than this is one of frequent characters, not an alphabet.
LARGEST_ALPHABET = 90
CERTAIN = 0.85
#: What a language that the page itself names counts for, where two readings are about as good.
NAMED_LANGUAGE = 0.04
#: A character of no meaning counts as many wrong ones: a right encoding makes next to none.
MEANINGLESS = 4
MAX_CAPITALS = 0.5


@dataclass(frozen=True, slots=True)
class Alphabet:
    """What one language writes beyond ASCII, in which encodings."""

    lang: str
    codecs: tuple[str, ...]
    letters: frozenset[str]
    frequent: frozenset[str]
    is_latin: bool
    is_open: bool  # the most frequent characters of thousands


@dataclass(frozen=True, slots=True)
class Reading:
    """An encoding, the language it makes of the bytes, and the share of its characters that are that language's."""

    codec: str
    lang: str
    score: float
    evidence: int  # characters that it rests on


@cache
def alphabets() -> tuple[Alphabet, ...]:
    """Read `alphabets.tsv`."""
    found = []
    for line in files("tasks.parse").joinpath("alphabets.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lang, codecs, letters = line.split("\t")
            is_latin = unicodedata.name(letters[0]).startswith("LATIN")
            is_open = len(letters) > LARGEST_ALPHABET
            found.append(
                Alphabet(lang, tuple(codecs.split()), frozenset(letters), frozenset(letters[:10]), is_latin, is_open)
            )
    return tuple(found)


def detect_charset(content: bytes, lang: str | None = None) -> Reading | None:
    """Return the best reading of bytes that are not UTF-8; None where no language fits any. `lang` is a hint."""
    sample = sample_of(content)
    codecs = dict.fromkeys(codec for alphabet in alphabets() for codec in alphabet.codecs)
    counts = {codec: count_foreign(sample, codec) for codec in codecs}
    other_script = 1.0 - min(1.0, 2 * len(MIXED_WORD.findall(sample)) / max(1, len(HIGH_BYTE.findall(sample))))
    best: Reading | None = None
    best_rank = 0.0
    for alphabet in alphabets():
        for codec in alphabet.codecs:
            score = score_letters(counts[codec], alphabet)
            if not alphabet.is_latin and not alphabet.is_open:
                score *= other_script
            rank = score + (NAMED_LANGUAGE if lang and alphabet.lang.startswith(lang) else 0.0)
            if rank > best_rank + 1e-9:
                best, best_rank = Reading(codec, alphabet.lang, score, counts[codec].total()), rank
    if best is not None and best.codec == "cp1252" and EURO_SIGN in content and C1_BYTE.search(content) is None:
        return replace(best, codec="iso8859-15")
    return best


def score_text(text: str) -> float:
    """Return how much of a text is ASCII or of the language that fits it best, from 0 to 1."""
    counted = count_characters(text)
    foreign = sum(counted.values()) / max(1, len(text))
    if not foreign:
        return 1.0
    return 1 - foreign + foreign * max(score_letters(counted, alphabet) for alphabet in alphabets())


def score_codec(content: bytes, codec: str) -> float:
    """Return how well the best language of any alphabet fits what a codec makes of the bytes, from 0 to 1."""
    counted = count_foreign(sample_of(content), codec)
    return max(score_letters(counted, alphabet) for alphabet in alphabets())


def sample_of(content: bytes) -> bytes:
    """Join the lines that hold more than ASCII, up to a sample's length.

    No encoding tried here has a line end inside a letter; a long line is taken on from where it was cut.
    """
    sample = bytearray()
    position = 0
    while len(sample) < SAMPLE_BYTES and (high := HIGH_BYTE.search(content, position)) is not None:
        start = max(content.rfind(b"\n", position, high.start()) + 1, position, high.start() - MAX_CONTEXT)
        if start > position:
            sample += b"\n"
        end = content.find(b"\n", high.start(), high.start() + MAX_LINE)
        position = end + 1 if end >= 0 else high.start() + MAX_LINE
        sample += content[start:position]
    return bytes(sample)


def count_foreign(sample: bytes, codec: str) -> Counter[str]:
    """Count the characters beyond ASCII that a codec makes of the sample."""
    return count_characters(sample.decode(codec, "replace"))


def count_characters(text: str) -> Counter[str]:
    """Count the characters of a text that tell something about its language."""
    counted = Counter(text)
    return Counter({found: number for found, number in counted.items() if found > "\x7f" and found not in NEUTRAL})


def score_letters(counted: Counter[str], alphabet: Alphabet) -> float:
    """Return the share of counted characters that the language writes; less where most of them are capitals."""
    right = wrong = capitals = frequent = 0
    for character, number in counted.items():
        small = character if character in alphabet.letters else character.lower()
        if small in alphabet.letters:
            right += number
            capitals += number if small != character else 0
            frequent += number if small in alphabet.frequent else 0
        else:
            wrong += number * (MEANINGLESS if character == "\ufffd" or character < "\xa0" else 1)
    if not right:
        return 0.0 if wrong else 1.0  # nothing but signs that fit any language
    share = right / (right + wrong)
    if alphabet.is_open:
        share = min(1.0, share / COMMON_SHARE)
    elif not alphabet.is_latin:
        share *= min(1.0, frequent / right / FREQUENT_SHARE)
    return share * 0.6 if capitals > MAX_CAPITALS * right else share
