"""Find the phrases of a sentence that name happenings: verb groups with their short object, and event nouns.

No model and no parser: auxiliaries, word forms and the words of `event_classes.toml` decide. A verb group is reduced to
its main verb, with its tense and the force of what governs it ("expected to", "could"); its phrase runs on through the
object up to a time expression, a mark or the next clause.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tasks.enrich.event_lexicon import (
    control_of,
    has_role,
    is_known_verb,
    is_listed,
    longest_noun,
    noun_kind,
    verb_kind,
)
from tasks.enrich.word_lists import word_set
from tasks.enrich.words import Tag, Words, is_past_form, lemma_of

_LONGEST_OBJECT = 12  # words after the verb
_LONGEST_MODIFIER = 5  # words before an event noun
_OBJECT_PREPOSITIONS = word_set("object-preposition")
_NOUN_PREPOSITIONS = word_set("noun-preposition")
_OBJECT_TAGS = frozenset(
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
_PARTICLES = word_set("particle")
_LOOSE_ENDS = frozenset((Tag.PREPOSITION, Tag.DETERMINER, Tag.ADVERB, Tag.POSSESSIVE))
_LIGHT_VERBS = word_set("light-verb")
_GERUND_LEADERS = word_set("gerund-leader")


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


def find_phrases(words: Words, *, is_headline: bool = False) -> list[Phrase]:
    """Return the phrases of one sentence in the order of their heads; nouns inside a verb's object are among them."""
    phrases: list[Phrase] = []
    index = 0
    while index < len(words):
        phrase = _verb_at(words, index, is_headline) or _noun_at(words, index)
        if phrase is None:
            index += 1
            continue
        phrases.append(phrase)
        index = max(phrase.head, index) + 1
    return phrases


def _verb_at(words: Words, index: int, is_headline: bool) -> Phrase | None:
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
            return _decision(main, chained, tense)
        if chained is not None:
            chained.is_negated = negated
            return chained
        if words.tags[main] is Tag.WORD:
            return None
    return _verb_phrase(words, main, first, tense, modal, passive, negated)


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
    phrase = _verb_phrase(words, have, first, simple, modal, False, negated)
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
    ):
        if lower.endswith("ed") and verb_kind(lemma_of(lower)) is None and not has_role(lemma_of(lower), "reporting"):
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
    ):
        if lower.endswith("ed") and verb_kind(lemma_of(lower)) is None:  # "badly strained relations"
            return None
    if before is None and after is Tag.WORD and lower.endswith("ed"):  # "Escalated fighting ..."
        return None
    if words.lower(index - 1) == "as":  # "regards itself as bound by"
        return None
    if control_of(lower) and words.lower(index + 1) == "to":
        chained = _infinitive(words, index + 1, index, Tense.PAST)
        if chained is not None and is_listed(lower, "decision"):
            return _decision(index, chained, Tense.PAST)
        if chained is not None and chained.control != "occurred":
            return chained
    tense = Tense.PAST
    if before in (None, Tag.COMMA, Tag.BREAK) and after in (Tag.PREPOSITION, Tag.SUBORDINATOR):
        tense = Tense.PARTICIPLE
    return _verb_phrase(words, index, index, tense)


def _decision(index: int, chained: Phrase, tense: Tense) -> Phrase:
    """Return "decided to reposition the fleet" as the decision that it is; what was decided gives its kind."""
    return replace(chained, head=index, start=index, control=None, tense=tense, is_reporting=False)


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
        return _verb_phrase(words, index, index, Tense.PARTICIPLE)
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
    phrase = _verb_phrase(words, main, first, Tense.INFINITIVE if tense is Tense.INFINITIVE else tense, modal, passive)
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
    return _verb_phrase(words, index, index, Tense.PRESENT)


def _simple_present(words: Words, index: int) -> Phrase | None:
    """Read "Ministers meet on Friday": a present form of an event verb before a time or a preposition."""
    lower = words.lowers[index]
    base = lemma_of(lower)
    if verb_kind(base) is None or words.tag(index + 1) not in (Tag.TIME, Tag.PREPOSITION, Tag.NAME):
        return None
    if noun_kind(lower) is not None:
        return None
    return _verb_phrase(words, index, index, Tense.PRESENT)


def _verb_phrase(
    words: Words, main: int, first: int, tense: Tense, modal: str = "", passive: bool = False, negated: bool = False
) -> Phrase | None:
    lemma = lemma_of(words.lowers[main])
    reporting = has_role(lemma, "reporting") and not passive
    end = main + 1 if reporting and _takes_clause(words, main) else _object_end(words, main + 1)
    is_light = lemma in _LIGHT_VERBS
    carried = _object_kind(words, main + 1, end, is_light=is_light)
    kind = (carried or verb_kind(lemma)) if is_light else (verb_kind(lemma) or carried)
    if not negated and any(words.tags[index] is Tag.NEGATION for index in range(max(0, main - 2), main)):
        negated = True
    return Phrase(main, main, end, lemma, kind, tense, None, first, modal, passive, negated, reporting)


def _takes_clause(words: Words, main: int) -> bool:
    """Tell whether a verb of speech is followed by what was said rather than by an object."""
    if has_role(lemma_of(words.lowers[main]), "clausal"):
        return True
    following = words.tag(main + 1)
    if following in (
        None,
        Tag.COMMA,
        Tag.BREAK,
        Tag.SUBORDINATOR,
        Tag.QUOTE,
        Tag.TIME,
        Tag.ADVERB,
        Tag.PREPOSITION,
        Tag.RELATIVE,
        Tag.TEMPORAL,
    ):
        return True
    for index in range(main + 1, min(len(words), main + 9)):
        tag = words.tags[index]
        if tag in (Tag.COMMA, Tag.BREAK, Tag.QUOTE):
            return False
        if tag in (Tag.PAST, Tag.BE, Tag.HAVE, Tag.MODAL, Tag.SUBORDINATOR):
            return True
    return False


def _object_end(words: Words, index: int) -> int:
    limit = min(len(words), index + _LONGEST_OBJECT)
    end = index
    while end < limit:
        tag = words.tags[end]
        if tag is Tag.PAST and words.tag(end - 1) in (Tag.DETERMINER, Tag.POSSESSIVE) and end > index:
            end += 1
            continue
        if (
            tag is Tag.COORDINATOR
            and words.tag(end - 1) is words.tag(end + 1)
            and words.tag(end + 1) in (Tag.NAME, Tag.NUMBER)
        ):
            end += 1
            continue
        if end == index and words.lowers[end] in _PARTICLES:
            end += 1
            continue
        if tag is Tag.COMMA and words.tag(end - 2) is Tag.DETERMINER and words.tag(end + 1) is Tag.WORD and end > index:
            end += 1  # "a full, extendable ceasefire"
            continue
        if tag not in _OBJECT_TAGS or (tag is Tag.PREPOSITION and words.lowers[end] not in _OBJECT_PREPOSITIONS):
            break
        if words.lowers[end] == "as" or (words.lower(end + 1) == "as" and tag is Tag.ADVERB):
            break
        if words.lowers[end] == "to" and is_known_verb(words.lower(end + 1)) and words.tag(end + 1) is Tag.WORD:
            break
        if tag is Tag.GERUND and end > index and _begins_clause(words, end):
            break
        end += 1
    while end > index and words.tags[end - 1] in _LOOSE_ENDS:
        end -= 1
    return end


def _begins_clause(words: Words, index: int) -> bool:
    """Tell a gerund with its own object ("by ordering the fleet") from an adjective or noun ("the warring parties")."""
    if words.tags[index - 1] not in (Tag.DETERMINER, Tag.PREPOSITION, Tag.WORD):
        return True
    takes_object = words.tag(index + 1) in (Tag.DETERMINER, Tag.NUMBER, Tag.NAME, Tag.PRONOUN)
    return takes_object and words.tags[index - 1] is not Tag.DETERMINER and noun_kind(words.lowers[index]) is None


def _object_kind(words: Words, start: int, end: int, *, is_light: bool) -> str | None:
    """Return the kind of the event noun that a verb carries: the object of a light verb, or "in a phone call"."""
    inside = is_light
    for index in range(start, end):
        count = longest_noun(words.lowers, index)
        if words.lowers[index] in ("in", "during", "by", "on", "over"):
            inside = True
        if count and inside:
            return noun_kind(" ".join(words.lowers[index : index + count]))
    return None


def _noun_at(words: Words, index: int) -> Phrase | None:
    """Read an event noun with its modifiers."""
    if words.tags[index] not in (Tag.WORD, Tag.GERUND, Tag.ADVERB) or not longest_noun(words.lowers, index):
        return None
    count = longest_noun(words.lowers, index)
    if _is_verb_use(words, index, count):
        return None
    head = index + count - 1
    if words.tag(head + 1) is Tag.WORD and longest_noun(words.lowers, head + 1):
        return None  # the first part of a compound: "sanctions deadline"
    noun = " ".join(words.lowers[index : head + 1])
    start = _modifier_start(words, index)
    end = _modifier_end(words, head + 1)
    return Phrase(head, start, end, noun, noun_kind(noun), Tense.NOUN, None, start)


def _is_verb_use(words: Words, index: int, count: int) -> bool:
    before = words.tag(index - 1)
    if count > 1:
        return False
    if words.lower(index - 1) == "to":
        return words.tag(index + 1) in (Tag.DETERMINER, Tag.NAME, Tag.PREPOSITION, Tag.PRONOUN, Tag.NUMBER)
    if before in (Tag.MODAL, Tag.DO) or words.lower(index - 1) in ("they", "we", "i", "you", "he", "she", "it", "who"):
        return True
    return (
        before is Tag.NAME and words.lowers[index].endswith("s") and words.tag(index + 1) in (Tag.DETERMINER, Tag.NAME)
    )


def _modifier_start(words: Words, index: int) -> int:
    start = index
    while start > 0 and index - start < _LONGEST_MODIFIER:
        tag = words.tags[start - 1]
        if tag not in (Tag.WORD, Tag.NUMBER, Tag.NAME, Tag.TIME) or is_past_form(words.lowers[start - 1]):
            break
        if tag is Tag.TIME and words.tag(start) is Tag.NAME:
            break
        start -= 1
    return start


def _after_time(words: Words, index: int) -> int | None:
    """Return where a noun's partners go on after its date: "a meeting on Tuesday between"."""
    while words.tag(index) is Tag.TIME:
        index += 1
    return index if words.lower(index) in ("between", "with") else None


def _modifier_end(words: Words, index: int) -> int:
    """Return where the complements of a noun end: "between X and Y", "in Moscow", "on Russia"."""
    end = index
    limit = min(len(words), index + _LONGEST_OBJECT)
    while end < limit:
        tag, lower = words.tags[end], words.lowers[end]
        if tag is Tag.COORDINATOR and words.tag(end + 1) in (Tag.NAME, Tag.NUMBER) and words.tag(end - 1) is Tag.NAME:
            end += 1
            continue
        if end == index and not (tag is Tag.PREPOSITION and lower in _NOUN_PREPOSITIONS):
            break
        if tag not in _OBJECT_TAGS or (tag is Tag.PREPOSITION and lower not in _NOUN_PREPOSITIONS) or tag is Tag.GERUND:
            break
        if tag is Tag.PREPOSITION and words.tag(end + 1) is Tag.TIME:
            resumed = _after_time(words, end + 1)
            if resumed is None:
                break
            end = resumed
            continue
        end += 1
    while end > index and words.tags[end - 1] in _LOOSE_ENDS:
        end -= 1
    return end
