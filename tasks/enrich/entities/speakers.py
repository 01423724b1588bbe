"""Find who said a quotation: the verb that introduces it, and the verb's subject.

What is read is the sentence around the quotation, without what is quoted: '"…," said Jane Doe', 'Jane Doe said: "…"',
'Doe, head of the port, called it "…"', 'according to Doe'. A pronoun is the subject of the sentence before, where that
is one person whom the pronoun fits; otherwise it stays unresolved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.enrich.candidates import Sentence
from tasks.enrich.entities.lexicons import is_speech_verb
from tasks.enrich.entities.name_spans import ORGANISATION, PERSON
from tasks.enrich.words import Tag
from tasks.records import NamedEntity, NameMention

_REACH = 16  # words looked at on either side of a quotation
_MENTIONS_BACK = 50  # names looked back over for the ministry that "the ministry" is
_PRONOUNS = {"he": "m", "she": "f", "it": "", "they": "", "i": "", "we": "", "who": ""}
_BETWEEN = frozenset((Tag.ADVERB, Tag.HAVE, Tag.MODAL, Tag.TIME, Tag.NEGATION, Tag.BE, Tag.TEMPORAL))
_NOUN_PHRASE = frozenset((Tag.WORD, Tag.NAME, Tag.POSSESSIVE, Tag.NUMBER, Tag.GERUND, Tag.PAST))
_WIDE_PHRASE = _NOUN_PHRASE - {Tag.PAST} | {Tag.DETERMINER, Tag.PREPOSITION}
_REFLEXIVE = frozenset(("himself", "herself", "itself"))
_FIRST_PERSON = frozenset(("i", "we"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a passage, with its place in documents.text."""

    start: int
    end: int
    lower: str
    tag: Tag
    is_last: bool  # of its sentence


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something, as far as it is known.

    Attributes:
        source: name, pronoun, description (nobody is named: "a spokesman"), same-speaker, or none.
        entity: number of the entity in the article, or None, and then `reason` says why.
        cue: the verb or the words that introduce the quotation.
    """

    source: str
    start: int | None = None
    end: int | None = None
    entity: int | None = None
    cue: str | None = None
    reason: str | None = None


class Context:
    """What attribution reads of an article: its names by place, and the subjects of its sentences."""

    def __init__(
        self, sentences: Sequence[Sentence], entities: Sequence[NamedEntity], mentions: Sequence[NameMention]
    ) -> None:
        self.sentences = sentences
        self.entities = entities
        self._mentions = mentions
        self._starts = [mention.char_start for mention in mentions]
        self._subjects: dict[int, tuple[NameMention, ...]] = {}

    def mention_at(self, start: int, end: int) -> NameMention | None:
        """Return the first name that begins in a range of documents.text."""
        at = bisect_left(self._starts, start)
        return self._mentions[at] if at < len(self._starts) and self._starts[at] < end else None

    def mention_ending(self, end: int) -> NameMention | None:
        """Return the name that ends at a place of documents.text."""
        at = bisect_left(self._starts, end) - 1
        return self._mentions[at] if at >= 0 and self._mentions[at].char_end == end else None

    def organisation_called(self, phrase: Sequence[Token], last: Token) -> int | None:
        """Return the organisation named last that "the ministry" can stand for, or None."""
        if len(phrase) != 2 or phrase[0].lower != "the" or phrase[1].end != last.end:
            return None
        here = bisect_left(self._starts, last.start)
        for name in reversed(self._mentions[max(0, here - _MENTIONS_BACK) : here]):
            if self.entities[name.ordinal].kind == ORGANISATION and name.text.lower().endswith(f" {last.lower}"):
                return name.ordinal
        return None

    def mentions_in(self, start: int, end: int) -> Sequence[NameMention]:
        """Return the names that begin in a range of documents.text."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def can_speak(self, mention: NameMention) -> bool:
        """Tell whether a name is that of a person or an organisation, or of something unknown."""
        return self.entities[mention.ordinal].kind in (PERSON, ORGANISATION, None)

    def antecedent(self, pronoun: str, ordinal: int) -> NameMention | None:
        """Return the subject of the sentence before that a pronoun can stand for, looking back over two sentences.

        The first subject is it where it fits; where it does not, the one other that does.
        """
        for before in (ordinal - 1, ordinal - 2):
            subjects = self._subjects_of(before)
            if subjects:
                if self._fits(pronoun, subjects[0]):
                    return subjects[0]
                fitting = {name.ordinal: name for name in subjects if self._fits(pronoun, name)}
                return next(iter(fitting.values())) if len(fitting) == 1 else None
        return None

    def _fits(self, pronoun: str, subject: NameMention) -> bool:
        entity = self.entities[subject.ordinal]
        gender = _PRONOUNS[pronoun]
        if pronoun == "it":
            return entity.kind == ORGANISATION
        return bool(gender) and entity.kind == PERSON and entity.gender in (None, gender)

    def _subjects_of(self, ordinal: int) -> tuple[NameMention, ...]:
        if ordinal < 0:
            return ()
        if ordinal not in self._subjects:
            self._subjects[ordinal] = ()  # while it is looked for
            self._subjects[ordinal] = self._find_subjects(self.sentences[ordinal])
        return self._subjects[ordinal]

    def _find_subjects(self, sentence: Sentence) -> tuple[NameMention, ...]:
        """Return the names of a sentence that are no complements; a pronoun before them stands for an earlier one."""
        tokens = [
            token
            for token, is_quoted in zip(tokens_of([sentence]), sentence.words.quoted, strict=True)
            if not is_quoted
        ]
        found: list[NameMention] = []
        for at, token in enumerate(tokens):
            if token.lower in ("he", "she") and not found:
                earlier = self.antecedent(token.lower, sentence.ordinal) if sentence.ordinal else None
                return (earlier,) if earlier is not None else ()
            name = self.mention_at(token.start, token.start + 1)
            if name is None or not self.can_speak(name) or (at and tokens[at - 1].tag is Tag.PREPOSITION):
                continue
            head = _head_name(_until_break(tokens[at:]), self)
            if head is not None and head not in found:
                found.append(head)
        return tuple(found)


def find_speaker(
    before: Sequence[Token], after: Sequence[Token], ending: str, context: Context, ordinal: int
) -> Speaker | None:
    """Return who said a quotation, or None where no verb of speech introduces it.

    Args:
        before: the words of its sentence before it, after: those that follow, without what is quoted.
        ending: the last character of the quotation, or the comma that follows it.
        ordinal: number of its sentence.
    """
    if ending in ",?!—–-…":
        found = _after(after, context, ordinal)
        if found is not None:
            return found
    found = _before(before, context, ordinal)
    if found is not None and found.entity is None and found.source == "none":
        passive = _by_agent(after, context)
        return passive or found
    return found or _according_to(after, context) or (_after(after, context, ordinal) if ending != "." else None)


def _after(tokens: Sequence[Token], context: Context, ordinal: int) -> Speaker | None:
    """Read '," said Doe' and '," Doe said'."""
    tokens = _clause(tokens)
    if not tokens:
        return None
    if is_speech_verb(tokens[0].lower) and tokens[0].tag is not Tag.GERUND:
        return _subject_after(tokens, context, ordinal)
    for index, token in enumerate(tokens[1:], 1):
        if token.tag in (Tag.PAST, Tag.WORD) and is_speech_verb(token.lower):
            subject = [item for item in tokens[:index] if item.tag not in _BETWEEN]
            return _phrase_speaker(subject, context, ordinal, token.lower) if subject else None
        if token.tag in (Tag.SUBORDINATOR, Tag.RELATIVE) and token.lower != "who":
            return None
    return None


def _subject_after(tokens: Sequence[Token], context: Context, ordinal: int) -> Speaker | None:
    """Read 'said Doe' and 'said his spokeswoman, Jane Doe'; the first token is the verb."""
    cue, phrase = tokens[0].lower, _until_break(tokens[1:])
    found = _phrase_speaker(phrase, context, ordinal, cue)
    if found is None or found.source != "description" or found.entity is not None:
        return found
    at = tokens.index(phrase[-1]) + 1
    if at + 1 < len(tokens) and tokens[at].tag is Tag.COMMA:
        name = context.mention_at(tokens[at + 1].start, tokens[at + 1].end)
        if name is not None and context.entities[name.ordinal].kind == PERSON:
            return Speaker("name", name.char_start, name.char_end, name.ordinal, cue)
    return found


def _clause(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens[:_REACH]:
        if token.tag in (Tag.QUOTE, Tag.COMMA) and not kept:
            continue
        if token.tag is Tag.COORDINATOR and not kept:
            return []
        if (token.tag is Tag.BREAK and token.lower not in (".", "-")) or token.tag is Tag.QUOTE:
            break
        kept.append(token)
        if token.is_last:
            break
    return kept


def _until_break(tokens: Sequence[Token]) -> list[Token]:
    """Return the words of a subject that follows its verb: up to a comma, a preposition or a time."""
    kept: list[Token] = []
    for token in tokens:
        if token.tag in (Tag.COMMA, Tag.TIME, Tag.SUBORDINATOR, Tag.RELATIVE, Tag.TEMPORAL, Tag.COORDINATOR):
            break
        if (token.tag is Tag.PREPOSITION and token.lower != "of") or (token.tag is Tag.PAST and kept):
            break
        if token.tag is Tag.ADVERB and not kept:
            continue
        kept.append(token)
    return kept


def _phrase_speaker(tokens: Sequence[Token], context: Context, ordinal: int, cue: str) -> Speaker | None:
    """Return the speaker that a subject names: a name, a pronoun, or somebody without a name."""
    if not tokens:
        return None
    name = _head_name(tokens, context)
    if name is not None:
        return Speaker("name", name.char_start, name.char_end, name.ordinal, cue)
    pronoun = next((token for token in tokens if token.lower in _PRONOUNS), None)
    if pronoun is not None:
        return _pronoun_speaker(pronoun, context, ordinal, cue)
    phrase = [token for token in tokens if token.tag in _NOUN_PHRASE or token.tag is Tag.DETERMINER]
    if not phrase or phrase[-1].tag is Tag.DETERMINER:
        return None
    comma = next(
        (at for at, token in enumerate(tokens) if token.tag is Tag.COMMA and token.start > phrase[0].start), None
    )
    last = tokens[-1] if not comma else tokens[comma - 1]
    known = context.organisation_called(phrase, last)
    reason = None if known is not None else "not-named"
    return Speaker("description", phrase[0].start, last.end, known, cue, reason)


def _head_name(tokens: Sequence[Token], context: Context) -> NameMention | None:
    """Return the name that a noun phrase is about: one that no noun follows, as in "EU officials"."""
    places = {token.start: at for at, token in enumerate(tokens)}
    for name in context.mentions_in(tokens[0].start, tokens[-1].end):
        at = places.get(name.char_start)
        while at is not None and at < len(tokens) and tokens[at].end <= name.char_end:
            at += 1
        follows = tokens[at].tag if at is not None and at < len(tokens) else None
        if context.can_speak(name) and follows not in (Tag.WORD, Tag.NAME, Tag.POSSESSIVE, Tag.GERUND):
            return name
    return None


def _pronoun_speaker(pronoun: Token, context: Context, ordinal: int, cue: str) -> Speaker:
    if pronoun.lower in _FIRST_PERSON:
        return Speaker("pronoun", pronoun.start, pronoun.end, None, cue, "pronoun-of-the-writer")
    found = context.antecedent(pronoun.lower, ordinal)
    if found is None:
        return Speaker("pronoun", pronoun.start, pronoun.end, None, cue, "pronoun-unresolved")
    return Speaker("pronoun", pronoun.start, pronoun.end, found.ordinal, cue)


def _before(tokens: Sequence[Token], context: Context, ordinal: int) -> Speaker | None:
    """Read 'Doe said: "…"', 'Doe, head of the port, called it "…"', 'Doe left, saying "…"'."""
    verb = next((at for at in range(len(tokens) - 1, -1, -1) if _introduces(tokens, at)), None)
    if verb is None:
        return _according_to(tokens, context)
    cue = tokens[verb].lower
    if tokens[verb - 1].lower == "as" and cue == "saying":  # "cited the ministry as saying"
        names = context.mentions_in(tokens[0].start, tokens[verb].start)
        return Speaker("name", names[-1].char_start, names[-1].char_end, names[-1].ordinal, cue) if names else None
    index = verb - 1
    while index >= 0 and tokens[index].tag in _BETWEEN and tokens[index].tag is not Tag.BE:
        index -= 1
    if index >= 0 and tokens[index].tag is Tag.BE and tokens[verb].tag is Tag.PAST:
        return Speaker("none", cue=cue, reason="passive")
    if tokens[verb].tag is Tag.GERUND or index < 0 or tokens[index].tag is Tag.COORDINATOR:
        nearest = _nearest_subject(tokens[:verb], context, ordinal, cue)
        return nearest or _main_subject(tokens[:verb], context, ordinal, cue)
    if tokens[index].tag is Tag.COMMA:
        apposed = _apposed(tokens[:index], context)
        if apposed is not None:
            return Speaker("name", apposed.char_start, apposed.char_end, apposed.ordinal, cue)
        return _main_subject(tokens[:verb], context, ordinal, cue)
    return _subject_before(tokens, index, context, ordinal, cue)


def _apposed(tokens: Sequence[Token], context: Context) -> NameMention | None:
    """Return the person named between commas before the verb: "his spokeswoman, Jane Doe, said"."""
    comma = next((at for at in range(len(tokens) - 1, -1, -1) if tokens[at].tag is Tag.COMMA), None)
    if comma is None or comma + 1 >= len(tokens):
        return None
    name = context.mention_at(tokens[comma + 1].start, tokens[comma + 1].end)
    is_person = name is not None and context.entities[name.ordinal].kind == PERSON
    return name if name is not None and is_person and name.char_end == tokens[-1].end else None


def _nearest_subject(tokens: Sequence[Token], context: Context, ordinal: int, cue: str) -> Speaker | None:
    """Return the subject of the nearest verb in the past that follows a name or pronoun: "Doe left, saying"."""
    for verb in range(len(tokens) - 1, 0, -1):
        if tokens[verb].tag is not Tag.PAST:
            continue
        at = verb - 1
        while at > 0 and (tokens[at].tag in _BETWEEN or tokens[at].lower in _REFLEXIVE):
            at -= 1
        if tokens[at].lower in ("he", "she", "it"):
            return _pronoun_speaker(tokens[at], context, ordinal, cue)
        name = context.mention_ending(tokens[at].end)
        if name is not None and context.can_speak(name):
            return Speaker("name", name.char_start, name.char_end, name.ordinal, cue)
    return None


def _introduces(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.tag not in (Tag.PAST, Tag.WORD, Tag.GERUND) or not is_speech_verb(token.lower):
        return False
    before = tokens[at - 1] if at else None
    return token.tag is not Tag.WORD or before is None or before.tag not in (Tag.DETERMINER, Tag.WORD, Tag.PREPOSITION)


def _subject_before(tokens: Sequence[Token], index: int, context: Context, ordinal: int, cue: str) -> Speaker | None:
    """Return the subject that ends at `index`."""
    token = tokens[index]
    if token.lower in _PRONOUNS and token.lower != "who":
        return _pronoun_speaker(token, context, ordinal, cue)
    first = index
    while first > 0 and (
        tokens[first - 1].tag in _WIDE_PHRASE
        or (tokens[first - 1].tag is Tag.BREAK and tokens[first - 1].lower in "-.")
    ):
        first -= 1
    phrase = tokens[first : index + 1]
    head = next((at for at, one in enumerate(phrase) if at and one.tag is Tag.PREPOSITION), len(phrase))
    found = _phrase_speaker(phrase[:head], context, ordinal, cue)
    if found is not None and found.source == "description" and found.start is not None and head < len(phrase):
        found = replace(found, end=phrase[-1].end)
    if (found is None or found.entity is None) and _is_after_comma(tokens, first):
        return _main_subject(tokens[: index + 1], context, ordinal, cue) or found
    return found or _main_subject(tokens[: index + 1], context, ordinal, cue)


def _is_after_comma(tokens: Sequence[Token], first: int) -> bool:
    return first > 0 and tokens[first - 1].tag is Tag.COMMA


def _main_subject(tokens: Sequence[Token], context: Context, ordinal: int, cue: str) -> Speaker | None:
    """Return the subject of a sentence: its first name that is no complement, or its first pronoun."""
    for at, token in enumerate(tokens):
        if token.lower in ("he", "she", "it") and (at == 0 or tokens[at - 1].tag is not Tag.PREPOSITION):
            return _pronoun_speaker(token, context, ordinal, cue)
        name = context.mention_at(token.start, token.start + 1)
        if name is None or not context.can_speak(name) or (at and tokens[at - 1].tag is Tag.PREPOSITION):
            continue
        head = _head_name(_until_break(tokens[at:]), context)
        if head is not None:
            return Speaker("name", head.char_start, head.char_end, head.ordinal, cue)
    return None


def _according_to(tokens: Sequence[Token], context: Context) -> Speaker | None:
    for at in range(len(tokens) - 2):
        if tokens[at].lower == "according" and tokens[at + 1].lower == "to":
            end = min(at + 12, len(tokens)) - 1
            names = [name for name in context.mentions_in(tokens[at].start, tokens[end].end) if context.can_speak(name)]
            if names:
                people = [name for name in names if context.entities[name.ordinal].kind == PERSON]
                name = (people or names)[0]
                return Speaker("name", name.char_start, name.char_end, name.ordinal, "according to")
    return None


def _by_agent(tokens: Sequence[Token], context: Context) -> Speaker | None:
    """Read 'was described as "…" by Jane Doe'."""
    words = [token for token in tokens[:_REACH] if token.tag is not Tag.QUOTE]
    if not words or words[0].lower != "by":
        return None
    found = _phrase_speaker(_until_break(words[1:]), context, 0, "by")
    return found if found is not None and found.source == "name" else None


def tokens_of(sentences: Sequence[Sentence]) -> list[Token]:
    """Return the words of the sentences of a passage."""
    tokens: list[Token] = []
    for sentence in sentences:
        words = sentence.words
        shift = sentence.start - words.starts[0]
        last = len(words) - 1
        tokens += [
            Token(words.starts[at] + shift, words.ends[at] + shift, words.lowers[at], words.tags[at], at == last)
            for at in range(len(words))
        ]
    return tokens
