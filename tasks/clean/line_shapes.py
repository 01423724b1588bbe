"""The shape of a line: what its characters alone say about whether it is prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import NamedTuple

#: Longer lines are judged by their beginning, so that one line of 5 MB costs no more than a paragraph.
JUDGED_LETTERS = 2_000
WIDE = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af\uff01-\uff60]")
#: One Chinese, Japanese or Korean character says about as much as three letters of an alphabet.
WIDE_EXTRA = 2
SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»›“)\]」』]*\Z|[。！？」』]\Z")
SENTENCE_INSIDE = re.compile(r"[.!?][\"”’»]? +[\"“«‘(]?[^\W\d_a-zà-ÿ]|[。！？]")
FIRST_LETTER = itemgetter(0)
WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
#: Scripts of India, and pointed Hebrew and Arabic, set vowels as marks that are no letters but part of the word.
MARKED = re.compile("[\u0591-\u05c7\u064b-\u0652\u0900-\u0dff]")
MARKS = (
    "\u0591-\u05c7\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u09cd\u0a01-\u0a4d\u0a81-\u0acd"
    "\u0b01-\u0b4d\u0b82-\u0bcd\u0c00-\u0c4d\u0c81-\u0ccd\u0d00-\u0d4d\u0d81-\u0ddf"
)
MARKED_WORD = re.compile(rf"(?:[^\W\d_]|[{MARKS}])+")
STOP = re.compile(r"[.!?…؟।]+(?=[\s\"'”’»“)\]]|\Z)|[。！？]")
PAUSE = re.compile(r"[,;،؛、，；]")
KANA = re.compile("[\u3041-\u30ff]")
HANGUL = re.compile("[\uac00-\ud7af]")
MONTHS = (
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|janv|févr|avr|juin|juil|août|déc|ene|abr|ago"
    r"|dic|gen|mag|giu|lug|set|ott|maa|mrt|mei|maj|des|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек"
)
DATE = re.compile(
    rf"(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}|\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20)?\d\d\b"
    rf"|\b(?:{MONTHS})\w*\.?,? \d{{1,2}}\b"
    rf"|\b\d{{1,2}}(?:\.|st|nd|rd|th| de| of)? (?:{MONTHS})\w*\b|\d{{1,2}}月\d{{1,2}}日",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\d{1,2}[:h.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?", re.IGNORECASE)
UNITS = (
    r"sec|min|hr|hour|minute|second|day|week|month|year|stunde|minute|tag|woche|heure|jour|hora|día|dia|uur|dag|time|mo"
)
RELATIVE = re.compile(
    rf"\A(?:about |vor |il y a |hace |há |for |för )?(?:(?:an?|one|\d+) (?:{UNITS})(?:s|n|en|r)?|\d+ ?[smhdw])\.?"
    r"(?: ago| atrás| siden| sedan| geleden)?\Z|\A\d+(?:min|hr)s?(?: ago)?\Z",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"\A(?:story |written |reported |posted |words )?"
    r"(?:by|von|par|por|di|door|av|af|autor|autorin|author|text)\b:?(?= |\Z)",
    re.IGNORECASE,
)
AGENCIES = (
    r"getty(?: images)?|shutterstock|reuters|ap photo|associated press|afp|dpa|unsplash|istock(?:photo)?"
    r"|file photo|alamy|imago(?: images)?|picture[ -]alliance|epa|pa wire|bloomberg"
    r"|adobe stock|depositphotos|ansa|scanpix|handout|courtesy"
)
#: Who made a picture is said at the start of a line, or after a mark inside it.
CREDIT_START = re.compile(
    r"[\[(]?(?:photo|photos|image|images|picture|pictures|pic|foto|fotos|bild|bilder|credit|credits|crédit|crédits"
    r"|courtesy|©|source|quelle|fuente|photograph)(?:s? (?:by|credit|courtesy|von|de)\b| ?[:©/])"
    rf"|(?:{AGENCIES})\b[^.]{{0,30}}\Z",
    re.IGNORECASE,
)
CREDIT_MARK = re.compile(r"[/|(©:,]")
CREDIT_INSIDE = re.compile(
    rf"[/|(©:,] ?(?:{AGENCIES})\b[^.]{{0,40}}\Z"
    r"|\((?:photo|image|picture|pic|foto|bild|credit|source)s?(?: by| credit)?[: ][^()]{2,60}\)?\Z",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://|www\.|(?<!\S)\S[^\s@]*+@\S+\.\w|pic\.twitter|\A[@#]\w+\Z", re.IGNORECASE)


#: Narrower lines are titles, labels and links; a sentence of six words is as wide.
PROSE_WIDTH = 40


class LineShape(NamedTuple):
    """What the characters of one line say."""

    width: int  # letters and digits, wide characters counted three times
    words: int
    end: str  # sentence, ellipsis, colon, comma, quote, none
    start: str  # upper, lower, digit, quote, bullet, mark, wide
    function_words: int
    title_case: float  # share of words that start with a capital
    digits: float  # share of digits among the characters
    sentences: bool  # a sentence ends inside the line
    pattern: str  # date, clock, relative, byline, credit, address, symbol, none
    stops: int  # sentence ends, the line's own included
    pauses: int  # commas and the like
    first: str  # class of the first character
    last: str  # class of the last character
    leads_on: bool  # ends in a function word: the sentence goes on in the next line
    is_prose: bool  # reads like (a good part of) a sentence


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Read the function words of all languages as one set."""
    lines = (files("tasks.clean") / "function-words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def words_of(line: str) -> tuple[list[str], list[str]]:
    """List the words of a line's beginning, as written and in lower case."""
    head = line[:JUDGED_LETTERS]
    words = (MARKED_WORD if not head.isascii() and MARKED.search(head) else WORD).findall(head)
    return words, " ".join(words).lower().split(" ") if words else []


def shape_line(line: str, words: Sequence[str], lowered: Sequence[str]) -> LineShape:
    """Measure a line without white space around it; `words` and `lowered` are what `words_of` lists."""
    head = line[:JUDGED_LETTERS]
    is_ascii = head.isascii()
    capitals = sum(map(str.isupper, map(FIRST_LETTER, words)))
    digits = count_digits(head, is_ascii)
    wide = 0 if is_ascii else len(WIDE.findall(head))
    width, end, start = len(line) + WIDE_EXTRA * wide, end_of(line[-40:]), start_of(head)
    known = function_words()
    function_count = wide // 4 if wide else sum(map(known.__contains__, lowered))
    stops = len(STOP.findall(head)) if has_stop(head, is_ascii) else 0
    return LineShape(
        width=width,
        words=len(words),
        end=end,
        start=start,
        function_words=function_count,
        title_case=capitals / len(words) if words else 0.0,
        digits=digits / max(1, len(head)) if len(head) < 200 else 0.0,
        sentences=stops > 0 and SENTENCE_INSIDE.search(head) is not None,
        pattern=pattern_of(head, bool(words), digits > 0),
        stops=stops,
        pauses=head.count(",") + head.count(";") if is_ascii else len(PAUSE.findall(head)),
        first=first_class(line[:1]),
        last=last_class(line[-1:]),
        leads_on=end == "none" and bool(words) and line.endswith(words[-1]) and lowered[-1] in known,
        is_prose=is_prose(width, len(words), function_count, start),
    )


def is_prose(width: int, words: int, function_count: int, start: str) -> bool:
    """Tell whether a line reads like (a good part of) a sentence."""
    if width < PROSE_WIDTH or not words:
        return False
    return function_count * 12 >= words or (words < 8 and start == "wide")


def has_stop(head: str, is_ascii: bool) -> bool:
    """Tell whether a line has a mark that can end a sentence; of other scripts' marks the pattern itself tells."""
    return not is_ascii or "." in head or "!" in head or "?" in head


def count_digits(head: str, is_ascii: bool) -> int:
    """Count the digits of any script."""
    return len(head) - len(head.encode().translate(None, b"0123456789")) if is_ascii else sum(map(str.isdigit, head))


def first_class(character: str) -> str:
    """Name the class of a line's first character."""
    if not character.isalpha():
        if character in ")]}」』）.,;:!?、。，’”»":
            return "closing"
        return "digit" if character.isdigit() else "opening" if character else "none"
    if character.islower():
        return "lower"
    if character.isupper():
        return "upper"
    if KANA.match(character):
        return "kana"
    return "hangul" if HANGUL.match(character) else "han" if WIDE.match(character) else "caseless"


def last_class(character: str) -> str:
    """Name the class of a line's last character."""
    if character.isalpha():
        return "wide" if WIDE.match(character) else "letter"
    if character.isdigit():
        return "digit"
    return LAST_CLASSES.get(character, "none")


LAST_CLASSES = {
    **dict.fromkeys(".。।", "stop"),
    **dict.fromkeys("?？؟", "question"),
    **dict.fromkeys("!！", "exclamation"),
    "…": "ellipsis",
    **dict.fromkeys("\"'”’»“」』", "quote"),
    **dict.fromkeys(")]）", "bracket"),
}


def end_of(line: str) -> str:
    """Name the way a line ends."""
    last = line[-1:]
    if last.isalnum():
        return "none"
    if line.endswith(("...", "…", "[…]", "[...]")):
        return "ellipsis"
    if SENTENCE_END.search(line):
        return "sentence"
    return {":": "colon", ",": "comma", ";": "comma", "-": "comma", "–": "comma", "—": "comma"}.get(
        last, "quote" if last in "\"'”’»“" else "none"
    )


def start_of(line: str) -> str:
    """Name the way a line starts."""
    first = line[:1]
    if not first.isascii() and WIDE.match(first):
        return "wide"
    if first.isalpha():
        return "lower" if first.islower() else "upper"
    if first.isdigit():
        return "digit"
    if first in "\"'“‘«„»¿¡([":
        return "quote"
    return "bullet" if first in "-–—•·*▪►●■‣›" else "mark"


def pattern_of(line: str, has_words: bool, has_digit: bool) -> str:
    """Name what a short line is made as: a date, a byline, an address.

    Most lines have none of the marks without which a pattern cannot match; those are looked for first.
    """
    if not has_words and not (has_digit and DATE.search(line)):
        return "clock" if has_digit and CLOCK.search(line) else "symbol"
    if RELATIVE.match(line):
        return "relative"
    if len(line) <= 80 and has_digit and DATE.search(line):
        return "date"
    if len(line) <= 60 and has_digit and CLOCK.search(line):
        return "clock"
    if len(line) <= 120 and BYLINE.match(line):
        return "byline"
    if len(line) <= 400 and is_credit(line):
        return "credit"
    return "address" if len(line) <= 300 and is_address(line) else "none"


def is_address(line: str) -> bool:
    """Tell whether a line has an address or a handle."""
    if "@" in line or "://" in line or line[:1] == "#":
        return ADDRESS.search(line) is not None
    lowered = line.lower()
    return "www." in lowered or "pic.twitter" in lowered


def is_credit(line: str) -> bool:
    """Tell whether a line says who made a picture."""
    if CREDIT_START.match(line):
        return True
    return CREDIT_MARK.search(line) is not None and CREDIT_INSIDE.search(line) is not None
