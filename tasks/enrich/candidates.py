"""Gather what each sentence of an article offers: its event phrases, time expressions, names and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tasks.enrich.event_lexicon import control_of, is_known_verb, longest_noun, noun_kind, singular, verb_kind
from tasks.enrich.event_phrases import Phrase, find_phrases
from tasks.enrich.names import Name, NameIndex, country_of, find_names, is_place, place_of
from tasks.enrich.sentences import split_sentences
from tasks.enrich.words import Tag, Words, cut_words, lemma_of, tag_of
from tasks.records import Passage, TimeExpression

_CONTENT_TAGS = frozenset((Tag.WORD, Tag.NUMBER, Tag.PAST, Tag.GERUND))
#: Characters beyond which a run of text without a full stop is cut.
_LONGEST_SENTENCE = 2000
_LEFT_REACH = 14  # words looked at before a verb for its subject


@dataclass(slots=True)
class Dated:
    """A date found for a phrase, and how."""

    value: str
    granularity: str
    begin: date | None
    end: date | None
    source: str
    expression: TimeExpression | None = None


@dataclass(slots=True)
class Timed:
    """A time expression in a sentence, as word indices, half-open."""

    start: int
    end: int
    expression: TimeExpression


@dataclass(slots=True)
class Sentence:
    """A sentence with everything found in it. `start` and `end` count characters of the document."""

    passage: int
    ordinal: int
    kind: str
    start: int
    end: int
    text: str
    words: Words
    phrases: list[Phrase]
    times: list[Timed]
    names: list[Name]


@dataclass(slots=True)
class Candidate:
    """An event phrase on its way to a mention."""

    sentence: Sentence
    phrase: Phrase
    dated: Dated | None = None
    status: str = ""
    actors: tuple[str, ...] = ()
    place: str | None = None
    lemmas: tuple[str, ...] = ()
    reason: str = "no-date"
    is_absorbed: bool = field(default=False)  # told by another phrase of its sentence


def read_sentences(passages: Sequence[Passage], expressions: Sequence[TimeExpression]) -> list[Sentence]:
    """Return the sentences of an article; `expressions` are sorted by where they begin."""
    sentences: list[Sentence] = []
    position = 0
    for number, passage in enumerate(passages):
        shift = passage.char_start
        while position < len(expressions) and expressions[position].char_start < shift:
            position += 1
        inside: list[TimeExpression] = []
        while position < len(expressions) and expressions[position].char_start < shift + len(passage.text):
            inside.append(expressions[position])
            position += 1
        sentences += _sentences_of(number, passage, inside, len(sentences))
    return sentences


def _sentences_of(number: int, passage: Passage, inside: list[TimeExpression], ordinal: int) -> list[Sentence]:
    shift, text = passage.char_start, passage.text
    found: list[Sentence] = []
    for start, end in _bounded(split_sentences(text), text):
        own = [item for item in inside if start <= item.char_start - shift and item.char_end - shift <= end]
        spans = [(item.char_start - shift, item.char_end - shift) for item in own if not _is_adjective(item)]
        words = cut_words(text, start, end, spans)
        if passage.kind in ("headline", "heading"):
            _lower_title_case(words)
        phrases = find_phrases(words, is_headline=passage.kind in ("headline", "caption"))
        times = _timed(words, own, shift)
        found.append(
            Sentence(
                number,
                ordinal + len(found),
                passage.kind,
                shift + start,
                shift + end,
                text[start:end],
                words,
                phrases,
                times,
                find_names(words),
            )
        )
    return found


def _bounded(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Cut what is too long to be a sentence at a space, so that the cost stays linear on text without full stops."""
    bounded: list[tuple[int, int]] = []
    for start, end in spans:
        while end - start > _LONGEST_SENTENCE:
            cut = text.rfind(" ", start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE)
            cut = cut if cut > start else start + _LONGEST_SENTENCE
            bounded.append((start, cut))
            start = cut
            while start < end and text[start].isspace():
                start += 1
        bounded.append((start, end))
    return [(start, end) for start, end in bounded if end > start]


def _is_adjective(item: TimeExpression) -> bool:
    """Tell "50-day", a word about a noun, from an adverbial of time."""
    return item.timex_type == "DURATION" and "-" in item.text


def _lower_title_case(words: Words) -> None:
    """Read the words of a headline in title case by what they are in lower case, where that is no plain word."""
    capitals = sum(tag is Tag.NAME for tag in words.tags)
    if capitals * 2 < len(words):
        return
    for index, tag in enumerate(words.tags):
        lower = words.lowers[index]
        if tag is not Tag.NAME or words.texts[index].isupper():
            continue
        ordinary = tag_of(lower)
        if ordinary is not Tag.WORD:
            words.tags[index] = ordinary
        elif (
            noun_kind(lower)
            or is_known_verb(lower)
            or (lower.endswith("s") and is_known_verb(lemma_of(lower)))
            or control_of(lower)
        ):
            words.tags[index] = Tag.WORD


def _timed(words: Words, own: list[TimeExpression], shift: int) -> list[Timed]:
    timed: list[Timed] = []
    index = 0
    for item in own:
        while index < len(words) and words.ends[index] <= item.char_start - shift:
            index += 1
        end = index
        while end < len(words) and words.starts[end] < item.char_end - shift:
            end += 1
        if end > index:
            timed.append(Timed(index, end, item))
        index = end
    return timed


def index_names(sentences: Sequence[Sentence]) -> NameIndex:
    """Return the names of an article, ready to resolve surnames."""
    names = NameIndex()
    for sentence in sentences:
        names.add(sentence.names)
    names.settle()
    return names


def gather_candidates(sentences: Sequence[Sentence], names: NameIndex) -> list[Candidate]:
    """Return one candidate a phrase, with its actors, place and content words."""
    candidates: list[Candidate] = []
    subject: tuple[str, ...] = ()
    for sentence in sentences:
        for phrase in sentence.phrases:
            actors, subject = _actors(sentence, phrase, names, subject)
            candidates.append(
                Candidate(
                    sentence,
                    phrase,
                    actors=actors,
                    place=_place(sentence, phrase),
                    lemmas=_lemmas(sentence.words, phrase),
                )
            )
    return candidates


def _place(sentence: Sentence, phrase: Phrase) -> str | None:
    limit = phrase.end + 4
    return place_of(sentence.words, sentence.names, phrase.head, min(limit, len(sentence.words)))


def _lemmas(words: Words, phrase: Phrase) -> tuple[str, ...]:
    """Return the content words of a phrase; the one that tells its kind comes first."""
    found: set[str] = set()
    for index in range(phrase.start, phrase.end):
        if words.tags[index] in _CONTENT_TAGS and len(words.lowers[index]) > 1:
            found.add(lemma_of(words.lowers[index]))
            if "-" in words.lowers[index]:
                found.update(part for part in words.lowers[index].split("-") if len(part) > 3)
        elif words.tags[index] is Tag.NAME and (country := country_of(words.texts[index])):
            found.add(country.casefold())
    head = phrase.lemma
    if phrase.kind is not None and (verb_kind(head) if phrase.is_verb else noun_kind(head)) != phrase.kind:
        head = _carried_noun(words, phrase) or head
    elif not phrase.is_verb:
        head = singular(head)
    return (head, *sorted(found - {head}))


def _carried_noun(words: Words, phrase: Phrase) -> str | None:
    """Return the event noun inside a verb's phrase that gives it its kind."""
    for index in range(phrase.head + 1, phrase.end):
        noun = " ".join(words.lowers[index : index + longest_noun(words.lowers, index)])
        if noun and noun_kind(noun) == phrase.kind:
            return singular(noun)
    return None


def _actors(
    sentence: Sentence, phrase: Phrase, names: NameIndex, subject: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names in the phrase and its subject; and the subject that a later pronoun can stand for."""
    inside = [name for name in sentence.names if phrase.start <= name.start < phrase.end]
    if not phrase.is_verb:  # "the Kremlin meeting": where, not who
        inside = [
            name for name in inside if name.end > phrase.head or not (name.end == phrase.head and is_place(name.text))
        ]
    place = _place(sentence, phrase)
    if phrase.is_verb:
        doers, is_pronoun = _subject_names(sentence, phrase)
        if is_pronoun:
            resolved_doers = subject
        else:
            resolved_doers = tuple(_resolve(doers, names))
            people = tuple(name for name in resolved_doers if country_of(name) is None)
            subject = people or subject
    else:
        owner = [name for name in sentence.names if name.end == phrase.start - 1]
        owned = owner if sentence.words.tag(phrase.start - 1) is Tag.POSSESSIVE else []
        resolved_doers = tuple(_resolve(owned, names))
    objects = [text for text in _resolve(inside, names) if text != place]
    return tuple(dict.fromkeys((*resolved_doers, *objects))), subject


def _resolve(found: Sequence[Name], names: NameIndex) -> list[str]:
    resolved: list[str] = []
    for name in found:
        parts = name.text.split("-")
        if len(parts) > 1 and all(names.is_known(part) or country_of(part) for part in parts):
            resolved += [country_of(part) or names.resolve(part) for part in parts]
        else:
            resolved.append(names.resolve(name.text))
    return resolved


def _subject_names(sentence: Sentence, phrase: Phrase) -> tuple[list[Name], bool]:
    """Return the names that stand before a verb group as its subject, and whether a pronoun stands there instead."""
    words = sentence.words
    floor = max(0, phrase.group_start - _LEFT_REACH)
    index = phrase.group_start - 1
    crossed_comma = False
    while index >= floor:
        tag = words.tags[index]
        if tag is Tag.PRONOUN and not crossed_comma:
            return [], words.lowers[index] in ("he", "she", "they")
        if tag is Tag.NAME:
            name = next((name for name in sentence.names if name.start <= index < name.end), None)
            if name is not None and (words.tag(name.end) is Tag.POSSESSIVE or _is_oblique(words, name)):
                index = name.start - 1
                continue
            if name is not None:
                return _with_coordinated(sentence, name), False
        if tag in (Tag.SUBORDINATOR, Tag.TEMPORAL) or (tag is Tag.BREAK and words.texts[index] != "."):
            break
        crossed_comma = crossed_comma or tag is Tag.COMMA
        index -= 1
    return [], False


def _is_oblique(words: Words, name: Name) -> bool:
    """Tell a name after a preposition, which is no subject: "in Moscow"."""
    before = name.start - 1
    while before >= 0 and words.tags[before] in (Tag.DETERMINER, Tag.WORD, Tag.NAME, Tag.POSSESSIVE):
        text = words.texts[before]
        if words.tags[before] is Tag.NAME and country_of(text) == text and words.tags[before + 1] is not Tag.POSSESSIVE:
            return False  # "in Russia US envoy Jane Doe": the country ends the adverbial
        before -= 1
    return before >= 0 and words.tags[before] is Tag.PREPOSITION


def _with_coordinated(sentence: Sentence, name: Name) -> list[Name]:
    words = sentence.words
    if words.tag(name.start - 1) is Tag.COORDINATOR:
        other = next((other for other in sentence.names if other.end == name.start - 1), None)
        if other is not None:
            return [other, name]
        if words.lower(name.start - 2) in ("he", "she"):
            return [name]
    return [name]
