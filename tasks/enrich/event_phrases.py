"""Find the phrases of a sentence that name happenings: verb groups with their short object, and event nouns.

A verb group is reduced to its main verb, with its tense and the force of what governs it ("expected to", "could"); its
phrase runs on through the object up to a time expression, a mark or the next clause.
"""

from __future__ import annotations

from tasks.enrich.noun_phrases import noun_at
from tasks.enrich.phrases import Phrase, Tense
from tasks.enrich.verb_groups import verb_at
from tasks.enrich.words import Tag, Words

__all__ = ["Phrase", "Tense", "find_phrases"]

#: What a phrase can begin with; of prepositions, "to" alone.
_OPENING_TAGS = frozenset(
    (Tag.MODAL, Tag.BE, Tag.HAVE, Tag.DO, Tag.PAST, Tag.GERUND, Tag.PREPOSITION, Tag.WORD, Tag.ADVERB)
)


def find_phrases(words: Words, *, is_headline: bool = False) -> list[Phrase]:
    """Return the phrases of one sentence in the order of their heads; nouns inside a verb's object are among them."""
    phrases: list[Phrase] = []
    floor = 0
    for index, tag in enumerate(words.tags):
        if tag not in _OPENING_TAGS or index < floor:
            continue
        if tag is Tag.PREPOSITION and words.lowers[index] != "to":
            continue
        phrase = verb_at(words, index, is_headline) or noun_at(words, index)
        if phrase is not None:
            phrases.append(phrase)
            floor = phrase.head + 1
    return phrases
