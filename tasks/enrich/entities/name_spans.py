"""Find the names in a sentence, each with what the words around it tell about its kind.

A name is a run of capitalised words, cut at titles ("US President Jane Doe"), and joined over "of" where an
organisation's name goes on. Adjectives of countries are no names. Nothing here looks beyond the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.enrich.entities.lexicons import (
    gender_of,
    is_addressing_verb,
    is_common,
    is_known_place,
    is_speech_verb,
    name_words,
)
from tasks.enrich.event_lexicon import is_known_verb
from tasks.enrich.names import country_of
from tasks.enrich.word_lists import read_sections
from tasks.enrich.words import Tag, Words, lemma_of

PERSON, ORGANISATION, PLACE = "person", "organisation", "place"

#: Tags of what a name before it only describes: "in Republican states".
_MODIFIED = frozenset((Tag.WORD, Tag.GERUND, Tag.NUMBER))
#: Tags that the first word of a sentence can have and yet be a surname: "Manning said".
_MISREAD = frozenset((Tag.GERUND, Tag.PAST, Tag.WORD))
_LONGEST_RUN = 12  # words; beyond it capitals are a heading
_LONGEST_PERSON = 5
_LONGEST_ACRONYM = 5  # letters; longer words in capitals are mostly emphasis, or the place of a dateline
_PLACE_PREPOSITIONS = frozenset(("in", "near", "outside", "across", "throughout", "toward", "towards"))
_TITLES = frozenset(read_sections("titles.txt")["title"]) | name_words("more-titles")
_PARTICLES = frozenset(read_sections("titles.txt")["particle"])
_NOBODY = frozenset(read_sections("titles.txt")["not-a-name"]) | name_words("no-name")
_ORGANISATION = name_words("organisation")
_ORGANISATION_OF = name_words("organisation-of")
_SEAT = name_words("seat")
_PLACE = name_words("place")
_PLACE_FIRST = name_words("place-first")
_PLACE_NOUN = name_words("place-noun")
_ROLE = name_words("role")
_MALE = name_words("male-title")
_FEMALE = name_words("female-title")
_SUFFIX = name_words("suffix")
_COMMON = _PLACE | _PLACE_NOUN | _ROLE  # words that alone name nobody
_ORGANISATION_NOUN = name_words("organisation-noun")
_ABBREVIATION = name_words("abbreviation")
#: Titles that are adjectives or parts of other names as often as titles: alone they prove no person.
_WEAK_TITLES = name_words("weak-title")
_DIRECTIONS = ("north", "south", "east", "west")
_LINKS = frozenset(("of", "for"))
_APOSTROPHES = frozenset(("'", "’", "'s", "’s"))
_FURTHER_LINKS = frozenset(("of", "and", "&"))


@dataclass(slots=True)
class Span:
    """A name in a sentence: word indices, half-open.

    Attributes:
        kind: what the words of the name and those around it say it is; None where they say nothing.
        is_sure: whether they can be relied on (a title, a word such as "Ministry", a gazetteer).
        is_initial: whether the name may owe its capital to the beginning of the sentence.
        gender: m or f, by the title.
    """

    start: int
    end: int
    text: str
    kind: str | None = None
    is_sure: bool = False
    is_initial: bool = False
    gender: str | None = None


def find_spans(words: Words) -> list[Span]:
    """Return the names of a sentence in order."""
    spans: list[Span] = []
    index, tags = 0, words.tags
    first = _first_word(words)
    while index < len(tags):
        if tags[index] is not Tag.NAME:
            is_misread = index == first and words.texts[index][:1].isupper() and tags[index] in _MISREAD
            if not (is_misread and words.tag(index + 1) is Tag.NAME and gender_of(words.texts[index])):
                if is_misread:
                    spans.append(Span(index, index + 1, words.texts[index], is_initial=True))
                index += 1
                continue
        end = _run_end(words, index)
        for span in _cut_run(words, index, end):
            span.is_initial = span.start == first
            _judge(words, span)
            spans.append(span)
        index = end
    return spans


def _first_word(words: Words) -> int:
    index = 0
    while index < len(words) and words.tags[index] in (Tag.QUOTE, Tag.BREAK):
        index += 1
    return index


def _run_end(words: Words, start: int) -> int:
    """Return where a run of capitals ends, over particles, initials, abbreviated titles, and "of" in organisations."""
    tags = words.tags
    end, is_linked = start + 1, False
    while end < len(tags) and end - start < _LONGEST_RUN:
        if tags[end] is Tag.NAME:
            end += 1
            continue
        resumed = _after_link(words, end, is_linked)
        if resumed is None:
            break
        is_linked = is_linked or words.lowers[end] in _LINKS
        end = resumed + 1
    return end


def _after_link(words: Words, index: int, is_linked: bool) -> int | None:
    """Return the next capital that a name goes on with after a particle, a full stop, a slash or "of", or None."""
    lower, before = words.lowers[index], words.lowers[index - 1]
    if lower == "/" and _is_acronym(words.texts[index - 1]):
        glued = words.ends[index - 1] == words.starts[index] and words.tag(index + 1) is Tag.NAME
        return index + 1 if glued and _is_acronym(words.texts[index + 1]) else None
    if lower == ".":
        is_short = before in _TITLES or len(before) == 1 or before in ("mt", "st")
        glued = words.ends[index - 1] == words.starts[index]
        return index + 1 if is_short and glued and words.tag(index + 1) is Tag.NAME else None
    if (lower in _LINKS and before in _ORGANISATION_OF) or (is_linked and lower in _FURTHER_LINKS):
        after = index + 2 if words.lower(index + 1) == "the" else index + 1
        if words.tag(after) is not Tag.NAME:
            return None
        is_other = lower not in _LINKS and (_is_acronym(words.texts[after]) or is_known_place(words.texts[after]))
        return None if is_other else after
    if lower in ("and", "&") and is_common(before) and words.tag(index + 1) is Tag.NAME:
        return index + 1 if any(word in _ORGANISATION for word in words.lowers[index + 1 : index + 4]) else None
    if words.texts[index] in _APOSTROPHES:  # the Grocers' League, the Children's Fund
        is_owner = (words.texts[index] in "’'" and before.endswith("s")) or is_common(before) or before in _TITLES
        glued = words.ends[index - 1] == words.starts[index]
        return index + 1 if is_owner and glued and words.lower(index + 1) in _ORGANISATION else None
    end = index
    while end < index + 2 and words.lower(end) in _PARTICLES and words.tag(end) is not Tag.NAME:
        end += 1
    return end if end > index and words.tag(end) is Tag.NAME else None


def _cut_run(words: Words, start: int, end: int) -> list[Span]:
    """Cut a run into names: an organisation up to its last telling word, people at their titles."""
    spans: list[Span] = []
    first, gender, is_titled = start, None, False
    if words.lower(start - 1) == "of" and words.lower(start - 2) in _TITLES and words.lowers[start] == "state":
        first, is_titled = start + 1, True  # Secretary of State Jane Doe
    stop = _organisation_end(words, first, end)
    if stop is not None:
        begin = _organisation_begin(words, first, stop)
        if begin > first:
            spans += _cut_run(words, first, begin)
        spans.append(Span(begin, stop, _text(words, begin, stop), ORGANISATION, True))
        return spans + (_cut_run(words, stop, end) if stop < end else [])
    index = first
    while index < end:
        lower = words.lowers[index]
        if lower in _TITLES or lower in _NOBODY:
            if lower in ("great", "new") and words.lowers[end - 1] in _PLACE and index + 1 < end:
                index += 1
                continue  # the Great Barrier Reef
            spans += _named(words, first, index, gender, is_titled)
            gender = "m" if lower in _MALE else "f" if lower in _FEMALE else None
            is_titled = lower in _TITLES and (lower not in _WEAK_TITLES or (is_titled and index == first))
            first = index + 1
            if first < end and words.texts[first] == ".":
                first = index = first + 1
                continue
        index += 1
    return spans + _named(words, first, end, gender, is_titled)


def _organisation_end(words: Words, start: int, end: int) -> int | None:
    """Return where an organisation's name ends: after its last telling word, or the words joined to it by "of"."""
    last = None
    for index in range(start, end):
        if words.lowers[index] in _ORGANISATION and (
            index > start or (words.lower(index + 1) in _LINKS and end > index + 1)
        ):
            last = index
        elif last is None and _is_seat(words, index, end):
            return index + (1 if words.lowers[index] in _SEAT else 2)
    if last is None:
        return None
    if words.lower(last + 1) in _LINKS and last + 1 < end:
        return end
    if words.lower(last) in ("post", "times", "news", "press", "police", "service", "guard") and last + 1 < end:
        return last + 1 if words.lowers[last + 1] not in _TITLES else None  # "Police Chief", "Press Secretary"
    if last + 1 < end and last - start <= 1 and is_known_place(words.texts[last + 1]):
        return last + 2  # the Calder Hospital Geneva
    return last + 1


def _is_seat(words: Words, index: int, end: int) -> bool:
    return words.lowers[index] in _SEAT or (
        index + 1 < end and f"{words.lowers[index]} {words.lowers[index + 1]}" in _SEAT
    )


def _organisation_begin(words: Words, start: int, stop: int) -> int:
    """Leave out what stands before an organisation's name; a seat of power has its own words alone."""
    for length in (1, 2):
        if " ".join(words.lowers[stop - length : stop]) in _SEAT:
            return max(start, stop - length)
    begin = start
    while begin < stop - 2 and words.lowers[begin] in _NOBODY and not words.lowers[begin].startswith(_DIRECTIONS):
        begin += 1
    return begin


def _named(words: Words, start: int, end: int, gender: str | None, is_titled: bool) -> list[Span]:
    """Return the name from `start` to `end` without the country's adjective before it; nothing for an adjective."""
    while start < end and words.texts[start] == ".":
        start += 1
    if end - start > 1 and start == _first_word(words) and _is_only_first(words.lowers[start], words.lowers[end - 1]):
        start += 1
    if start >= end:
        return []
    text = _text(words, start, end)
    country = country_of(text)
    if country is not None:
        return [Span(start, end, text, PLACE, True)] if _names_country(text, country) else []
    head = country_of(words.texts[start])
    if head is not None and end - start > 1 and not is_known_place(text):
        rest = Span(start + 1, end, _text(words, start + 1, end), None, False, False, gender)
        own = [Span(start, start + 1, words.texts[start], PLACE, True)] if words.texts[start] == head else []
        return own + ([rest] if rest.text.lower() not in _TITLES else [])
    if len(text) < 2 or (end - start == 1 and text.lower() in _TITLES):
        return []
    kind = PERSON if is_titled and end - start <= _LONGEST_PERSON and not _is_acronym(text) else None
    return [Span(start, end, text, kind, kind is not None, False, gender)]


def _is_only_first(word: str, last: str) -> bool:
    """Tell a word that has its capital from beginning the sentence: "Neither Doe nor Roe"."""
    return is_common(word) and gender_of(word) is None and last not in _PLACE and word not in _PLACE_FIRST


def _names_country(text: str, country: str) -> bool:
    """Tell a country's own name, or an abbreviation of it, from its adjective ("Russian") and its people."""
    return text == country or text.replace(".", "").isupper() or " " in text


def _text(words: Words, start: int, end: int) -> str:
    """Return the words of a name as they are compared: parted by single spaces, without the stops of abbreviations."""
    text = " ".join(text for text in words.texts[start:end] if text != ".")
    return text.replace(" / ", "/").replace(" ’", "’").replace(" '", "'")


def _judge(words: Words, span: Span) -> None:
    """Add what the name itself and the words around it tell about its kind."""
    if span.is_sure:
        return
    if _opens_dateline(words, span):
        span.kind, span.is_sure = PLACE, True
        return
    texts = span.text.split()
    last, first = texts[-1].lower(), texts[0].lower()
    if span.text.lower() in _SEAT:
        span.kind, span.is_sure = ORGANISATION, True
    elif len(texts) > 1 and (last in _PLACE or first in _PLACE_FIRST):
        span.kind, span.is_sure = PLACE, True
    elif len(texts) > 1 and (last in ("jr", "sr") or _is_personal(texts)):
        if words.lower(span.start - 1) not in ("the", "a", "an"):  # the ship, the prize, the act of that name
            span.kind = PERSON
            span.is_sure = gender_of(texts[0]) is not None and not is_known_place(texts[0]) and not is_common(last)
    elif _is_acronym(span.text):
        span.kind = None if last in _ABBREVIATION or is_known_verb(lemma_of(last)) else ORGANISATION
    else:
        span.kind = _kind_by_context(words, span)
        if span.kind in (None, PLACE) and is_known_place(span.text):
            span.kind, span.is_sure = PLACE, True


def _opens_dateline(words: Words, span: Span) -> bool:
    """Tell the place of a dateline: capitals at the beginning, then a dash or the agency in brackets."""
    return (
        span.is_initial
        and span.text.isupper()
        and len(span.text) > _LONGEST_ACRONYM
        and words.lower(span.end) in ("—", "–", "-", "(")
    )


def _is_personal(texts: list[str]) -> bool:
    """Tell a given name with a surname: "Jane Doe", "J. Doe"."""
    if len(texts) > _LONGEST_PERSON or any(text.lower() in _ORGANISATION for text in texts):
        return False
    first, last = texts[0], texts[-1].lower()
    is_initials = len(first) == 1 and first.isupper()
    if is_known_place(" ".join(texts)) or texts[-1].isdigit() or texts[-1].isupper():
        return False
    if is_common(last) and (len(texts) > 2 or is_common(first.lower()) or is_known_place(first)):
        return False
    return gender_of(first) is not None or is_initials


def _is_acronym(text: str) -> bool:
    letters = text.replace("&", "").replace("/", "")
    return 2 <= len(letters) <= _LONGEST_ACRONYM and letters.isupper() and letters.isalpha()


def _kind_by_context(words: Words, span: Span) -> str | None:
    """Read the neighbours: a place noun or preposition, a role before or after, a verb of speech."""
    before, after = words.lower(span.start - 1), words.lower(span.end)
    if not span.text[-1].islower() or span.text.lower() in _COMMON:
        return None
    if after in _PLACE_NOUN and before not in ("a", "an"):
        return PLACE
    if before == "of" and words.lower(span.start - 2) in _PLACE_NOUN:
        return PLACE
    if is_common(span.text.rpartition(" ")[2].lower()) and not is_known_place(span.text):
        return None
    if before in _PLACE_PREPOSITIONS and words.tag(span.end) not in _MODIFIED:
        return PLACE
    if span.text.split()[0].lower() in _DIRECTIONS and " " in span.text:
        return PLACE
    if before in ("the", "a", "an") or span.text.lower() in _ORGANISATION:
        return ORGANISATION if before == "the" and is_speech_verb(after) else None
    if before in _ORGANISATION_NOUN:
        return ORGANISATION
    if is_known_place(span.text):
        return PERSON if before in _ROLE else PLACE
    if before in _ROLE or _is_followed_by_role(words, span):
        return PERSON
    if words.tag(span.start - 1) is Tag.COMMA and words.lower(span.start - 2) in _ROLE:
        return PERSON
    if after == "who" or (words.tag(span.end) is Tag.COMMA and words.lower(span.end + 1) == "who"):
        return PERSON
    if is_speech_verb(after):
        return PERSON if after != "reported" else ORGANISATION
    return PERSON if is_speech_verb(before) and not is_addressing_verb(before) and _ends_quote(words, span) else None


def _ends_quote(words: Words, span: Span) -> bool:
    """Tell the speaker after a quotation: '," said Jane'."""
    return words.tag(span.start - 2) in (Tag.QUOTE, Tag.COMMA)


def _is_followed_by_role(words: Words, span: Span) -> bool:
    """Tell an apposition: ", a survivor", ", deputy director of", ", 45,"."""
    if words.tag(span.end) is not Tag.COMMA:
        return False
    index = span.end + 1
    if words.tag(index) is Tag.NUMBER and words.tag(index + 1) is Tag.COMMA and words.lower(index).isdigit():
        return len(words.lower(index)) <= 2
    for at in range(index, min(index + 5, len(words))):
        if words.texts[at] in _ROLE:  # in small letters: a capital would begin another name
            return True
        if words.tags[at] in (Tag.COMMA, Tag.PREPOSITION, Tag.BREAK, Tag.PAST, Tag.POSSESSIVE):
            return False
    return False
