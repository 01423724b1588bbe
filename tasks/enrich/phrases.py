"""Describe event phrases: what a phrase is made of, and the sets of tags that phrases run on through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tasks.enrich.words import Tag

#: The longest object or complement, in words.
LONGEST_OBJECT = 12
#: Tags that an object runs on through.
OBJECT_TAGS = frozenset(
    (
        Tag.DETERMINER,
        Tag.ADVERB,
        Tag.NUMBER,
        Tag.NAME,
        Tag.WORD,
        Tag.POSSESSIVE,
        Tag.PREPOSITION,
        Tag.PRONOUN,
        Tag.GERUND,
    )
)
#: Tags that no phrase ends with.
LOOSE_ENDS = frozenset((Tag.PREPOSITION, Tag.DETERMINER, Tag.ADVERB, Tag.POSSESSIVE))


class Tense(StrEnum):
    PAST = "past"
    PERFECT = "perfect"
    PAST_PERFECT = "past-perfect"
    PRESENT = "present"
    FUTURE = "future"
    MODAL = "modal"
    INFINITIVE = "infinitive"
    PARTICIPLE = "participle"
    NOUN = "noun"


@dataclass(slots=True)
class Phrase:
    """A phrase that names a happening: word indices, half-open; `head` is the main verb or the noun."""

    head: int
    start: int
    end: int
    lemma: str
    kind: str | None
    tense: Tense
    control: str | None = None  # the status that a governing word gives it
    group_start: int = 0  # first auxiliary or governing word
    modal: str = ""
    is_passive: bool = False
    is_negated: bool = False
    is_reporting: bool = False

    @property
    def is_verb(self) -> bool:
        return self.tense is not Tense.NOUN
