"""Read verb groups: auxiliaries, modals, what governs an infinitive, and participles, up to the main verb.

No model and no parser: word forms, the tags of closed classes and lists decide. Every reader looks at a bounded number
of words around its position, so the cost is linear."""

from __future__ import annotations

from tasks.enrich.event_lexicon import (
    control_of,
    has_role,
    is_known_verb,
    is_listed,
    noun_kind,
    verb_kind,
)
from tasks.enrich.phrases import Phrase, Tense
from tasks.enrich.verb_phrases import decision, verb_phrase
from tasks.enrich.word_lists import word_set
from tasks.enrich.words import Tag, Words, lemma_of

_GERUND_LEADERS = word_set("gerund-leader")


def verb_at(words: Words, index: int, is_headline: bool) -> Phrase | None:
    tag = words.tags[index]
    if tag in (Tag.MODAL, Tag.BE, Tag.HAVE, Tag.DO):
        return _auxiliary_group(words, index)
    if tag is Tag.PAST:
        return _plain_past(words, index)
    if tag is Tag.GERUND:
        return _participle(words, index)
    if tag is Tag.PREPOSITION and words.lowers[index] == "to":
        return _infinitive(words, index, index, Tense.INFINITIVE)
    if tag is Tag.WORD and control_of(words.lowers[index]) and words.lower(index + 1) == "to":
        return _infinitive(words, index + 1, index, Tense.PRESENT)
    if is_headline and tag is Tag.WORD:
        return _headline_present(words, index)
    if tag is Tag.WORD and index > 0 and words.tags[index - 1] in (Tag.NAME, Tag.PRONOUN):
        return _simple_present(words, index)
    return None


def _auxiliary_group(words: Words, index: int) -> Phrase | None:
    """Read will/could/has/had/was/... up to the main verb."""
    first, tense, modal, negated, passive = index, Tense.PRESENT, "", False, False
    seen_be = seen_have = False
    limit = index + 8
    while index < len(words) and index < limit:
        tag, lower = words.tags[index], words.lowers[index]
        if tag is Tag.MODAL and index == first:
            tense, modal = (Tense.FUTURE if lower in ("will", "'ll", "shall", "won't") else Tense.MODAL), lower
            negated = lower.endswith("n't") or lower == "cannot"
        elif tag is Tag.HAVE and not seen_have and not seen_be:
            seen_have = True
            if not modal:
                tense = Tense.PAST_PERFECT if lower in ("had", "hadn't") else Tense.PERFECT
            negated = negated or lower.endswith("n't")
        elif tag is Tag.BE and (not seen_be or lower in ("been", "being")):
            seen_be = True
            if not modal and not seen_have:
                tense = Tense.PAST if lower.startswith(("was", "were")) else Tense.PRESENT
            negated = negated or lower.endswith("n't")
        elif tag is Tag.DO and index == first:
            tense = Tense.PAST if lower.startswith("did") else Tense.PRESENT
            negated = lower.endswith("n't")
        elif tag is Tag.NEGATION:
            negated = True
        elif tag is not Tag.ADVERB:
            break
        index += 1
    if index >= len(words):
        return None
    main = _main_verb(words, index, seen_be, seen_have, bool(modal) or words.tags[first] is Tag.DO)
    if main is None:
        return _have_as_main(words, first, index, tense, modal, negated) if seen_have else None
    if words.lowers[main] == "to":  # is to, had to
        return _infinitive(words, main, first, tense, modal)
    passive = seen_be and words.tags[main] is Tag.PAST
    if words.lower(main + 1) == "to" and control_of(words.lowers[main]):
        chained = _infinitive(words, main + 1, first, tense, modal, governing=main)
        if chained is not None and not modal and not seen_be and is_listed(words.lowers[main], "decision"):
            return decision(main, chained, tense)
        if chained is not None:
            chained.is_negated = negated
            return chained
        if words.tags[main] is Tag.WORD:
            return None
    return verb_phrase(words, main, first, tense, modal, passive, negated)


def _main_verb(words: Words, index: int, seen_be: bool, seen_have: bool, takes_base: bool) -> int | None:
    tag, lower = words.tags[index], words.lowers[index]
    if tag is Tag.PAST and (seen_be or seen_have or lemma_of(lower) == lower):
        return index
    if tag is Tag.GERUND and seen_be:
        return index
    if lower == "to" and (seen_be or seen_have) and words.tag(index + 1) in (Tag.WORD, Tag.BE):
        return index
    if seen_be and control_of(lower) and words.lower(index + 1) == "to":
        return index
    if takes_base and not seen_be and not seen_have and (tag is Tag.WORD or tag is Tag.HAVE):
        return index
    if seen_be and tag is Tag.HAVE and lower == "having":
        return index
    return None


def _have_as_main(words: Words, first: int, index: int, tense: Tense, modal: str, negated: bool) -> Phrase | None:
    """Read "had a meeting": `have` with an event noun as its object."""
    have = index - 1
    while have > first and words.tags[have] is not Tag.HAVE:
        have -= 1
    simple = Tense.PAST if words.lowers[have] == "had" and not modal else (tense if modal else Tense.PERFECT)
    phrase = verb_phrase(words, have, first, simple, modal, False, negated)
    if phrase is None or phrase.kind is None:
        return None
    return phrase


def _plain_past(words: Words, index: int) -> Phrase | None:
    """Read a past form without auxiliary: a finite verb, or a participle after a noun ("sanctions imposed by")."""
    before, after = words.tag(index - 1), words.tag(index + 1)
    lower = words.lowers[index]
    if before in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.NUMBER) and lower not in ("said", "met", "told"):
        return None
    if before is Tag.PREPOSITION and after in (Tag.WORD, Tag.NAME, Tag.GERUND):
        return None
    if (
        before in (Tag.WORD, Tag.COORDINATOR)
        and after is Tag.WORD
        and words.tag(index - 2) in (Tag.DETERMINER, Tag.PREPOSITION)
        and _is_adjectival(lower)
        and not has_role(lemma_of(lower), "reporting")
    ):
        return None
    if lemma_of(lower) == lower and before not in (
        Tag.NAME,
        Tag.PRONOUN,
        Tag.WORD,
        Tag.ADVERB,
        Tag.RELATIVE,
        Tag.COORDINATOR,
    ):
        return None
    if (
        before is Tag.ADVERB
        and words.lower(index - 1).endswith("ly")
        and after is Tag.WORD
        and words.tag(index - 2) is Tag.WORD
        and _is_adjectival(lower)  # "badly strained relations"
    ):
        return None
    if before is Tag.ADVERB and words.tag(index - 2) is Tag.PAST and _is_adjectival(lower):  # "grown ever more tired"
        return None
    if before is None and after is Tag.WORD and lower.endswith("ed"):  # "Escalated fighting ..."
        return None
    if lower == "used" and words.lower(index + 1) == "to":  # a habit, or "money used to"
        return None
    if words.lower(index - 1) == "as":  # "regards itself as bound by"
        return None
    if control_of(lower) and words.lower(index + 1) == "to":
        chained = _infinitive(words, index + 1, index, Tense.PAST)
        if chained is not None and is_listed(lower, "decision"):
            return decision(index, chained, Tense.PAST)
        if chained is not None and chained.control != "occurred":
            return chained
    tense = Tense.PAST
    if before in (None, Tag.COMMA, Tag.BREAK) and after in (Tag.PREPOSITION, Tag.SUBORDINATOR):
        tense = Tense.PARTICIPLE
    return verb_phrase(words, index, index, tense)


def _is_adjectival(word: str) -> bool:
    """Tell whether a regular past form is more likely an adjective: it names no kind of happening."""
    return word.endswith("ed") and verb_kind(lemma_of(word)) is None


def _participle(words: Words, index: int) -> Phrase | None:
    """Read an -ing form that tells a happening: after a comma, a preposition, or the noun that does it."""
    if noun_kind(words.lowers[index]) is not None and not _takes_object(words, index):
        return None
    before, lower = words.tag(index - 1), words.lower(index - 1)
    follows_actor = before in (Tag.WORD, Tag.NAME) and words.tag(index + 1) in (
        Tag.DETERMINER,
        Tag.NAME,
        Tag.NUMBER,
        Tag.PREPOSITION,
    )
    follows_phase = before in (Tag.PAST, Tag.WORD) and has_role(lemma_of(lower), "phase")
    if follows_phase:
        return None
    if (
        before in (None, Tag.COMMA, Tag.COORDINATOR, Tag.TIME)
        or lower in _GERUND_LEADERS
        or lower == "including"
        or follows_actor
    ):
        return verb_phrase(words, index, index, Tense.PARTICIPLE)
    return None


def _takes_object(words: Words, index: int) -> bool:
    """Tell a verb from a noun in -ing: ", killing two people" against "the killing of"."""
    return words.tag(index - 1) in (Tag.COMMA, Tag.ADVERB) and words.tag(index + 1) in (
        Tag.NUMBER,
        Tag.DETERMINER,
        Tag.NAME,
    )


def _infinitive(
    words: Words, to: int, first: int, tense: Tense, modal: str = "", governing: int | None = None
) -> Phrase | None:
    """Read "to" and a base form, with the word that governs it."""
    main = to + 1
    while words.tag(main) is Tag.ADVERB:
        main += 1
    governor = words.lower(to - 1) if to > 0 else ""
    if governing is not None:
        governor = words.lowers[governing]
    control = control_of(governor) or _distant_control(words, to)
    passive = False
    if words.lower(main) == "be" and words.tag(main + 1) in (Tag.PAST, Tag.GERUND, Tag.ADVERB):
        main += 1
        while words.tag(main) is Tag.ADVERB:
            main += 1
        passive = True
    lower = words.lower(main)
    if not lower or words.tags[main] not in (Tag.WORD, Tag.PAST, Tag.HAVE):
        return None
    is_verb = passive or lower == lemma_of(lower)
    if not is_verb or (governor and control_of(governor) is None and not (verb_kind(lower) or is_known_verb(lower))):
        return None
    if modal in ("would", "could", "might", "may"):
        control = "hypothetical"
    phrase = verb_phrase(words, main, first, Tense.INFINITIVE if tense is Tense.INFINITIVE else tense, modal, passive)
    if phrase is not None:
        phrase.control = control or "hypothetical"
        phrase.tense = Tense.INFINITIVE
    return phrase


def _distant_control(words: Words, to: int) -> str | None:
    """Return the force of a governor with its object between: "urged allies to", "a deadline for Russia to"."""
    for index in range(to - 1, max(-1, to - 6), -1):
        if words.tags[index] in (Tag.COMMA, Tag.BREAK, Tag.SUBORDINATOR, Tag.MODAL):
            return None
        if words.tags[index] in (Tag.PAST, Tag.WORD) and (found := control_of(words.lowers[index])):
            return found
    return None


def _headline_present(words: Words, index: int) -> Phrase | None:
    """Read the present tense of headlines: it tells what has happened."""
    lower = words.lowers[index]
    base = lemma_of(lower)
    if not lower.endswith("s") or base == lower or index == 0 or words.tags[index - 1] is Tag.DETERMINER:
        return None
    if verb_kind(base) is None and not is_known_verb(base):
        return None
    if words.tag(index + 1) in (None, Tag.BREAK, Tag.COMMA) and noun_kind(lower) is not None:
        return None
    return verb_phrase(words, index, index, Tense.PRESENT)


def _simple_present(words: Words, index: int) -> Phrase | None:
    """Read "Ministers meet on Friday": a present form of an event verb before a time or a preposition."""
    lower = words.lowers[index]
    base = lemma_of(lower)
    if verb_kind(base) is None or words.tag(index + 1) not in (Tag.TIME, Tag.PREPOSITION, Tag.NAME):
        return None
    if noun_kind(lower) is not None:
        return None
    return verb_phrase(words, index, index, Tense.PRESENT)
