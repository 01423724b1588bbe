"""What comparing articles needs of each: made from one article by itself, kept between runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from tasks.dedupe.fingerprints import Fingerprints, choose_fingerprints
from tasks.dedupe.lexicon import Flags, Ints
from tasks.dedupe.main_text import is_digest, main_length
from tasks.dedupe.passages import gather
from tasks.dedupe.shingles import hash_shingles
from tasks.dedupe.words import WordCodes, read_words


@dataclass(frozen=True, slots=True)
class Sketches:
    """The sketches of a list of articles, as columns."""

    words: WordCodes
    begin: Ints  # by word: its first character
    titles: WordCodes
    fingerprints: Fingerprints
    is_digest: Flags

    def __len__(self) -> int:
        return len(self.is_digest)

    def take(self, rows: Ints) -> Sketches:
        """Keep the articles `rows`, in their order."""
        _, entry = gather(self.words.starts, rows)
        return Sketches(
            _take_words(self.words, rows),
            self.begin[entry],
            _take_words(self.titles, rows),
            take_fingerprints(self.fingerprints, rows),
            self.is_digest[rows],
        )


def sketch_articles(texts: Sequence[str], titles: Sequence[str | None]) -> Sketches:
    """Sketch articles by their text and title."""
    words, begin = read_words(text[: main_length(text)] for text in texts)
    return Sketches(
        words=words,
        begin=begin,
        titles=read_words(title or "" for title in titles)[0],
        fingerprints=choose_fingerprints(hash_shingles(words), len(texts)),
        is_digest=np.array([_announces_several(*pair) for pair in zip(texts, titles, strict=True)], dtype=bool),
    )


def article_key(article_id: str) -> int:
    """Hash an article id to the number by which the search for copies knows the article: 63 bits, not negative.

    Among ten million articles the chance of any two with one key is 5e-6.
    """
    return int.from_bytes(blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def take_fingerprints(fingerprints: Fingerprints, rows: Ints) -> Fingerprints:
    """Keep the fingerprints of the articles `rows`, in their order."""
    _, entry = gather(fingerprints.starts, rows)
    return Fingerprints(_starts(fingerprints.starts, rows), fingerprints.value[entry], fingerprints.level[rows])


def _take_words(words: WordCodes, rows: Ints) -> WordCodes:
    _, entry = gather(words.starts, rows)
    return WordCodes(_starts(words.starts, rows), words.code[entry])


def _starts(starts: Ints, rows: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(starts[rows + 1] - starts[rows])])


def _announces_several(text: str, title: str | None) -> bool:
    # flattened pages repeat the title as the text's first line
    return is_digest(title) or is_digest(text[:160].partition("\n")[0])
