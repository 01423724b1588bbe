"""Cut sentences into words and say what each is, from closed-class lists and word endings alone.

The tags are coarse on purpose: they are what rules about clauses and verb groups need, and they cost one dictionary
look-up a word. Verbs are known by their form (irregular forms from a list, regular ones by their ending), so that
there is no lexicon to fall out of.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, ClassVar

from tasks.enrich.word_lists import read_sections, word_set

_FOLDER = Path(__file__).parent
_WORD = re.compile(r"\d+(?:[.,:]\d+)+|(?:[A-Z]\.){2,}|[^\W_]+(?:[-’'.&][^\W_]+)*(?:’(?=\s))?|[^\w\s]|_")
_CLITICS = ("'s", "'ll", "'ve", "'re", "'m", "'d", "n't")


class Tag(str):
    """What a word is, as far as its form tells.

    Not an enumeration: in Python 3.11 those take ten times as long to read a member of, and tags are read some forty
    times a word. Each is one object, so that they can be compared by identity.
    """

    __slots__ = ()

    DETERMINER: ClassVar[Tag]
    PREPOSITION: ClassVar[Tag]
    COORDINATOR: ClassVar[Tag]
    SUBORDINATOR: ClassVar[Tag]
    TEMPORAL: ClassVar[Tag]  # before, after, since, until: prepositions of time or subordinators
    RELATIVE: ClassVar[Tag]
    PRONOUN: ClassVar[Tag]
    MODAL: ClassVar[Tag]
    BE: ClassVar[Tag]
    HAVE: ClassVar[Tag]
    DO: ClassVar[Tag]
    NEGATION: ClassVar[Tag]
    ADVERB: ClassVar[Tag]
    POSSESSIVE: ClassVar[Tag]  # the clitic 's or a bare apostrophe
    NUMBER: ClassVar[Tag]
    NAME: ClassVar[Tag]
    PAST: ClassVar[Tag]  # past tense or past participle
    GERUND: ClassVar[Tag]
    WORD: ClassVar[Tag]
    TIME: ClassVar[Tag]  # part of a time expression
    QUOTE: ClassVar[Tag]
    COMMA: ClassVar[Tag]
    BREAK: ClassVar[Tag]  # ; : — ( ) and so on


for _name in Tag.__annotations__:
    setattr(Tag, _name, Tag(_name.lower()))


_QUOTES = frozenset("\"“”'‘’«»„")
_BREAKS = frozenset(";:—–()[]|…")
_NOT_PAST = word_set("not-past")
_NOT_GERUND = word_set("not-gerund")


@cache
def _closed_classes() -> dict[str, Tag]:
    tags: dict[str, Tag] = {}
    for section, words in read_sections("function_words.txt").items():
        for word in words:
            tags.setdefault(word, getattr(Tag, section.upper()))
    tags["'s"] = Tag.POSSESSIVE
    return tags


@cache
def _irregular_forms() -> dict[str, str]:
    """Return the base of each irregular past form."""
    bases: dict[str, str] = {}
    for line in (_FOLDER / "irregular_verbs.txt").read_text(encoding="utf-8").splitlines():
        forms = line.partition("#")[0].split()
        for form in forms[1:]:
            bases.setdefault(form, forms[0])
    return bases


def irregular_bases() -> frozenset[str]:
    """Return the base forms of the irregular verbs."""
    return frozenset(_irregular_forms().values())


@cache
def event_classes() -> dict[str, dict[str, Any]]:
    """Return the kinds of happenings with their verbs and nouns, as `event_classes.toml` lists them."""
    return tomllib.loads((_FOLDER / "event_classes.toml").read_text(encoding="utf-8"))


@cache
def _known_bases() -> frozenset[str]:
    words = {word for kind in event_classes().values() for word in (*kind["verbs"], *kind["nouns"]) if " " not in word}
    for name in ("verb_roles.txt",):
        words.update(word for entries in read_sections(name).values() for word in entries)
    return frozenset(words | set(_irregular_forms().values()))


@lru_cache(maxsize=1 << 16)
def lemma_of(word: str) -> str:
    """Return the base form of a lower-case English word, by rule where no list knows it.

    >>> lemma_of("met"), lemma_of("announced"), lemma_of("strikes"), lemma_of("stopping")
    ('meet', 'announce', 'strike', 'stop')
    """
    known = _known_bases()
    if word in known:
        return word
    if word in _irregular_forms():
        return _irregular_forms()[word]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2 and word not in (_NOT_PAST | _NOT_GERUND):
            return _restore(word[: -len(ending)], known)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        if word[:-1] in known or not word.endswith(("ches", "shes", "xes", "sses", "zes")):
            return word[:-1]
        return word[:-2]
    return word


def _restore(stem: str, known: frozenset[str]) -> str:
    undoubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
    for candidate in (stem, stem + "e", undoubled, stem[:-1] + "y"):
        if candidate in known:
            return candidate
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if undoubled != stem and stem[-1] not in "lsz":
        return undoubled
    if stem.endswith(
        ("c", "g", "v", "s", "z", "u", "at", "ag", "ur", "ot", "bl", "pl", "tl", "dl")
    ) and not stem.endswith(("ss", "eat", "oat")):
        return stem + "e"
    return stem


@lru_cache(maxsize=1 << 16)
def is_past_form(word: str) -> bool:
    """Tell whether a lower-case word has the form of a past tense or past participle."""
    if word in _irregular_forms():
        return True
    return word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST and "-" not in word


@lru_cache(maxsize=1 << 16)
def tag_of(word: str) -> Tag:
    """Return the tag of a word as written, out of its context."""
    lower = word.lower().replace("’", "'")
    closed = _closed_classes().get(lower)
    if closed is not None:
        return closed if word != "US" else Tag.NAME
    first = word[0]
    if not first.isalnum():
        return _tag_of_sign(word)
    if first.isdigit():
        return Tag.NUMBER
    if first.isupper():
        return Tag.NAME
    if is_past_form(lower):
        return Tag.PAST
    if lower.endswith("ing") and len(lower) > 4 and lower not in _NOT_GERUND:
        return Tag.GERUND
    if (
        lower.endswith("ly")
        and len(lower) > 4
        and lower not in ("family", "early", "daily", "weekly", "ally", "supply", "reply")
    ):
        return Tag.ADVERB
    return Tag.WORD


def _tag_of_sign(sign: str) -> Tag:
    if sign == ",":
        return Tag.COMMA
    if sign in _QUOTES:
        return Tag.QUOTE
    return Tag.BREAK if sign in _BREAKS else Tag.WORD if sign in "$€£%" else Tag.BREAK


@dataclass(slots=True)
class Words:
    """The words of one sentence. `starts` and `ends` count characters of the passage."""

    texts: list[str]
    lowers: list[str]
    starts: list[int]
    ends: list[int]
    tags: list[Tag]
    quoted: list[bool]
    clause_starts: list[int] = field(default_factory=list)  # for each word and the end; filled when first asked for
    clause_ends: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.texts)

    def tag(self, index: int) -> Tag | None:
        """Return the tag at `index`, or None outside the sentence."""
        return self.tags[index] if 0 <= index < len(self.tags) else None

    def lower(self, index: int) -> str:
        """Return the lower-case word at `index`, or an empty string outside the sentence."""
        return self.lowers[index] if 0 <= index < len(self.lowers) else ""


def cut_words(text: str, start: int, end: int, times: list[tuple[int, int]]) -> Words:
    """Return the words of `text[start:end]`; those inside one of the sorted spans `times` are tagged TIME."""
    if text.find("'", start, end) < 0 and text.find("’", start, end) < 0:
        spans = [match.span() for match in _WORD.finditer(text, start, end)]
        texts = [text[begin:stop] for begin, stop in spans]
    else:
        pieces: list[tuple[str, int]] = []
        for match in _WORD.finditer(text, start, end):
            word = match.group()
            if "'" in word or "’" in word:
                pieces += _split_clitic(word, match.start())
            else:
                pieces.append((word, match.start()))
        texts = [piece for piece, _ in pieces]
        spans = [(begin, begin + len(piece)) for piece, begin in pieces]
    read = [_lower_and_tag(piece) for piece in texts]
    words = Words(
        texts,
        [lower for lower, _ in read],
        [begin for begin, _ in spans],
        [stop for _, stop in spans],
        [tag for _, tag in read],
        [],
    )
    if times:
        _mark_times(words, times)
    _settle_first_word(words)
    _settle_comparisons(words)
    _mark_quoted(words)
    return words


@lru_cache(maxsize=1 << 16)
def _lower_and_tag(piece: str) -> tuple[str, Tag]:
    return piece.lower().replace("’", "'"), tag_of(piece)


def _mark_times(words: Words, times: list[tuple[int, int]]) -> None:
    """Tag the words that begin inside one of the sorted spans."""
    index, count, starts = 0, len(words.starts), words.starts
    for first, last in times:
        index = bisect_left(starts, first, index)
        while index < count and starts[index] < last:
            words.tags[index] = Tag.TIME
            index += 1


def _split_clitic(word: str, begin: int) -> list[tuple[str, int]]:
    if len(word) < 3:
        return [(word, begin)]
    lower = word.lower().replace("’", "'")
    if lower.endswith("'"):
        return [(word[:-1], begin), (word[-1], begin + len(word) - 1)]
    for clitic in _CLITICS:
        if lower.endswith(clitic) and len(lower) > len(clitic) and lower not in ("can't", "won't"):
            cut = len(word) - len(clitic)
            return [(word[:cut], begin), (word[cut:], begin + cut)]
    return [(word, begin)]


def _settle_first_word(words: Words) -> None:
    """Take the capital of the first word for what it is: most often the sentence's, not a name's."""
    first = 0
    while first < len(words) and words.tags[first] in (Tag.QUOTE, Tag.BREAK):
        first += 1
    if first >= len(words) or words.tags[first] is not Tag.NAME or words.texts[first].isupper():
        return
    lower = words.lowers[first]
    ordinary = tag_of(lower)
    if ordinary is Tag.GERUND or (ordinary is Tag.PAST and lower not in ("red",)) or ordinary is Tag.ADVERB:
        words.tags[first] = ordinary
    elif words.tag(first + 1) is not Tag.NAME and lemma_of(lower) in _known_bases():
        words.tags[first] = Tag.WORD


def _settle_comparisons(words: Words) -> None:
    """Read "as soon as" and "as many as" as comparisons, not as the beginning of a clause."""
    lowers = words.lowers
    for index in range(1, len(words)) if "that" in lowers else ():
        if lowers[index] == "that" and words.tags[index - 1] is Tag.PREPOSITION:
            words.tags[index] = Tag.DETERMINER  # "responded to that"
    for index in range(len(words) - 2) if "as" in lowers else ():
        if lowers[index] == "as" and lowers[index + 2] == "as" and words.tags[index] is Tag.SUBORDINATOR:
            words.tags[index] = words.tags[index + 2] = Tag.ADVERB


def _mark_quoted(words: Words) -> None:
    """Mark the words between quotation marks; an apostrophe inside or after a word is none.

    A first mark that closes ends a quotation that an earlier sentence began.
    """
    if Tag.QUOTE not in words.tags:
        words.quoted += [False] * len(words)
        return
    inside = is_marked = False
    for index, tag in enumerate(words.tags):
        words.quoted.append(inside)
        if tag is not Tag.QUOTE:
            continue
        sign = words.texts[index]
        glued_left = index > 0 and words.ends[index - 1] == words.starts[index]
        glued_right = index + 1 < len(words) and words.starts[index + 1] == words.ends[index]
        if sign in "“„«" or (sign in "\"'‘" and glued_right and not (glued_left and inside)):
            inside = True
        elif sign in "”»" or (glued_left and (inside or sign == '"')):
            if not is_marked:
                words.quoted[:index] = [True] * index
            inside = False
        is_marked = True
        words.quoted[index] = True
