"""Whether kept text reads like prose, in any script: what parts a short article from a page without one.

The shape of a line knows the function words of some twenty European languages. Elsewhere a line is prose when it is
made of letters, is long enough for its script, and is a sentence by its end or by its words.
"""

from __future__ import annotations

import re

#: The shortest text that is an article, in characters of an alphabet, spaces included: a flash of one sentence.
MINIMUM_LETTERS = 50
#: Below this a line is a label, a title or a link.
SENTENCE_LETTERS = 40
SENTENCE_WORDS = 5
#: Prose is letters; tables of figures, addresses and rows of marks are not.
LETTER_SHARE = 0.7
#: Words of a menu start with capitals; so do those of titles.
CAPITAL_SHARE = 0.6
JUDGED_LETTERS = 2_000

#: One character says as much as this many of an alphabet. Measured on one flash of two sentences told in nineteen
#: languages: 107 characters in English, 35 in Chinese, 43 in Japanese, 49 in Korean, 98 in Arabic.
IDEOGRAPHS = re.compile("[\u2e80-\u2fdf\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
SYLLABLES = re.compile("[\u1100-\u11ff\u1200-\u139f\uac00-\ud7af]")
CONSONANTS = re.compile("[\u0590-\u05ff\u0600-\u077f\u08a0-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
IDEOGRAPH_WEIGHT, SYLLABLE_WEIGHT, CONSONANT_WEIGHT = 3.0, 2.25, 1.25
#: Scripts that part words by nothing, or only phrases by spaces: Thai, Lao, Tibetan, Burmese, Khmer, Chinese, Japanese.
UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
SENTENCE_END = re.compile(
    "(?:[.!?…\u06d4\u061f\u0964\u0965\u3002\uff01\uff1f\uff0e\u0589\u1362\u17d4\u104b\u0f0d]|(?<=[\u0370-\u03ff]);)"
    "[\"'”’»›“)\\]」』]*(?=\\s|\\Z|[\u3040-\u9fff])"
)


def prose_weight(line: str, is_known_prose: bool = False) -> float:
    """Weigh a line in characters of an alphabet if it reads like a sentence; 0.0 if it does not.

    `is_known_prose` says that its function words already tell.

    >>> prose_weight("周二晚上，一艘渔船在北部海岸附近沉没。") > prose_weight("Home | News | Sport | Log in | Weather")
    True
    """
    head = line[:JUDGED_LETTERS]
    weight = weigh(head)
    if is_known_prose:
        return weight
    letters = sum(map(str.isalpha, head))
    if weight < SENTENCE_LETTERS or letters < LETTER_SHARE * count_marks(head):
        return 0.0
    return weight if is_sentence(head, letters) else 0.0


def weigh(text: str) -> float:
    """Count characters, those of dense scripts at their weight."""
    if text.isascii():
        return float(len(text))
    return (
        len(text)
        + (IDEOGRAPH_WEIGHT - 1) * len(IDEOGRAPHS.findall(text))
        + (SYLLABLE_WEIGHT - 1) * len(SYLLABLES.findall(text))
        + (CONSONANT_WEIGHT - 1) * len(CONSONANTS.findall(text))
    )


def count_marks(text: str) -> int:
    """Count the characters that take part in a line's letter share: vowel signs belong to their letters."""
    return sum(character.isalpha() or (character.isascii() and not character.isspace()) for character in text)


def is_sentence(text: str, letters: int) -> bool:
    """Tell a sentence from a title or a row of links by its end and its words."""
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    if len(UNSPACED.findall(text)) * 2 > letters:
        return True
    capitals = sum(word.lstrip("\"'“‘«„(")[:1].isupper() for word in words)
    return len(words) >= SENTENCE_WORDS and capitals < CAPITAL_SHARE * len(words) and bool(SENTENCE_END.search(text))
