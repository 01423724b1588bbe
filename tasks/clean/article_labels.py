"""Labels that part several articles on one page: what stands above or below each headline, in the layouts of the web.

Aggregators write publisher and age, digests publisher and day, newsletters a byline under a Markdown heading. Such a
label also stands above teasers, comments and the page's own article, so a label alone proves nothing: `segmentation`
asks for bodies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.clean.bylines import is_byline
from tasks.clean.datelines import stated_date
from tasks.clean.line_features import Line
from tasks.clean.line_shapes import LineShape
from tasks.parse.relative_times import age_of

#: A publisher's name has at most this many letters and words.
NAME_LETTERS, NAME_WORDS = 40, 5
#: A headline.
TITLE_LETTERS, TITLE_WORDS = 220, 3
#: Labels are short.
LABEL_LETTERS = 140

#: An age written out, not a bare "3d". Ages with a number are read in the languages of `relative_times.tsv`, too.
AGE = re.compile(r"\b(?:ago|vor|il y a|hace|há|siden|sedan|geleden|atrás)\b", re.IGNORECASE)
AGE_TEXT = (
    r"(?:about |etwa |ca\. )?(?:(?:an?|one|\d{1,3}) ?(?:\w{3,8}|[hmdw]) ago|(?:vor|il y a|hace|há) \w{1,5} \w{3,10}"
    r"|\d{1,3} \w{3,10} (?:siden|sedan|geleden|atrás)|yesterday|just now)"
)
MONTH = r"[^\W\d_]{3,12}\.?"
DAY_TEXT = (
    rf"(?:(?:[^\W\d_]{{3,10}}\.?, )?(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    rf"|\d{{1,2}}\.? (?:de )?{MONTH}(?: de)?,? (?:19|20)\d\d)"
    r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)"
    r"(?:,?(?: at| um| à)? \d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?"
)
SEPARATOR = r"(?:\s*[|·•–—/]+\s*|\s+-+\s+|,\s+)"
NAME = r"[^\W\d_][^|·•–—\n]{1,39}?"
TIME = rf"(?P<time>{AGE_TEXT}|{DAY_TEXT})"
OPENS, CLOSES = r"[(\[*_]*+", r"[)\]*_]*+"
#: "Coast Times 3 hours ago - Coast Times"; "Coast Times · 3 hours ago", "(Coast Times) — 7 August 2025"; and
#: "3 hours ago | Coast Times".
LAYOUTS = {
    "name-age-name": rf"(?P<name>{NAME}) (?P<time>{AGE_TEXT}|today) ?[-–—|·•] ?(?P=name)\Z",
    "name-time": rf"{OPENS}(?P<name>{NAME}){CLOSES}{SEPARATOR}{TIME}{CLOSES}\Z",
    "time-name": rf"{OPENS}{TIME}{SEPARATOR}{OPENS}(?P<name>{NAME}){CLOSES}\Z",
}
ONE_LINE = {layout: re.compile(pattern, re.IGNORECASE) for layout, pattern in LAYOUTS.items()}
#: Without one of these there is no time in a line; most lines have none.
TIME_MARK = re.compile(r"\d|ago|yesterday|just now|today|vor |il y a |hace |há ", re.IGNORECASE)
#: Fields of an item that was pasted from a feed, and what they hold.
FIELD_NAMES = {
    "title": "title", "headline": "title", "source": "publisher", "publisher": "publisher", "feed": "publisher",
    "date": "day", "published": "day", "pubdate": "day", "link": "address", "url": "address", "guid": "address",
    "author": "author", "by": "author", "description": "text", "summary": "text", "content": "text",
}  # fmt: skip
FIELDS = 7
FIELD = re.compile(rf"(?P<name>{'|'.join(FIELD_NAMES)})\s*:\s+(?P<value>\S.*)\Z", re.IGNORECASE | re.DOTALL)
DIGIT = re.compile(r"\d")
PARTED = re.compile(r" ?[|·•–—/] ?| - |, ")
#: An age is short: "hace aproximadamente 3 horas".
AGE_LETTERS, AGE_WORDS = 30, 4
MARKDOWN_HEADING = re.compile(r"#{1,6} +(?=\S)")


@dataclass(frozen=True, slots=True)
class ArticleLabel:
    """The head of one article among several: its lines, and what they say."""

    layout: str
    first: int  # the label's or the headline's line, whichever comes first
    body: int  # the first line after both
    title: int
    label: tuple[int, ...] = ()  # lines that only name publisher and time
    publisher: str | None = None
    relative_time: str | None = None
    published: str | None = None  # ISO day

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the label names its publisher twice, as no teaser or comment does."""
        return self.layout.startswith("name-age-name")

    @property
    def is_listed(self) -> bool:
        """Tell whether the layout itself says that an item of a list follows, however short."""
        return self.is_confirmed or self.layout == "fields"


def possible_starts(lines: Sequence[Line]) -> list[bool]:
    """Tell of each line whether a label can start there: one has a time in three lines, a mark or a field's name.

    Most lines have none of these, and need not be read as any of the layouts.
    """
    timed = [is_age(line) or parse_label(line) is not None for line in lines] + [False, False]
    return [
        timed[place]
        or timed[place + 1]
        or timed[place + 2]
        or line.text[:1] == "#"
        or (":" in line.text and FIELD.match(line.text) is not None)
        for place, line in enumerate(lines)
    ]


def can_have_time(line: Line) -> bool:
    """Tell whether a line is short, no phrase of furniture, and has what every time has."""
    return line.shape.width <= LABEL_LETTERS and line.phrase is None and TIME_MARK.search(line.text) is not None


def read_label(lines: Sequence[Line], place: int) -> ArticleLabel | None:
    """Read the head of an article that starts at `place`, or None."""
    return (
        read_stacked(lines, place)
        or read_one_line(lines, place)
        or read_below_title(lines, place)
        or read_heading(lines, place)
        or read_fields(lines, place)
    )


def read_stacked(lines: Sequence[Line], place: int) -> ArticleLabel | None:
    """Read "Coast Times", "3 hours ago" and perhaps "- Coast Times", one below the other, then the headline."""
    if place + 2 >= len(lines) or not is_age(lines[place + 1]) or not is_name(lines[place].shape):
        return None
    is_confirmed = lines[place + 2].key == lines[place].key
    title = place + 3 if is_confirmed else place + 2
    if title >= len(lines) or (not is_confirmed and not is_written_out(lines[place + 1].text)):
        return None  # readers' comments come with name and age, too
    layout = "name-age-name stacked" if is_confirmed else "name, age"
    name = lines[place].text.lstrip("-–— ")
    found = ArticleLabel(layout, place, title + 1, title, tuple(range(place, title)), name, lines[place + 1].text)
    return with_title(lines, found)


def read_one_line(lines: Sequence[Line], place: int) -> ArticleLabel | None:
    """Read a label in one line above the headline."""
    found = parse_label(lines[place])
    if found is None or place + 2 >= len(lines):
        return None
    return with_title(lines, replace(found, first=place, title=place + 1, body=place + 2, label=(place,)))


def read_below_title(lines: Sequence[Line], place: int) -> ArticleLabel | None:
    """Read a headline with its label, and perhaps a byline, in the lines below it."""
    if place + 2 >= len(lines) or not is_title(lines[place]):
        return None
    label = place + 2 if is_byline(lines[place + 1].text) and place + 3 < len(lines) else place + 1
    found = parse_label(lines[label])
    if found is None or found.is_confirmed:
        return None
    body = label + 2 if is_byline(lines[label + 1].text) else label + 1
    return replace(found, layout="title, " + found.layout, first=place, title=place, body=body, label=(label,))


def read_heading(lines: Sequence[Line], place: int) -> ArticleLabel | None:
    """Read a Markdown heading with a byline below it, and perhaps the day.

    Without its mark a headline with a byline is the card of a teaser as often as the head of an article.
    """
    if place + 2 >= len(lines) or not MARKDOWN_HEADING.match(lines[place].text) or not is_title(lines[place]):
        return None
    if not is_byline(lines[place + 1].text.strip("*_ ")):
        return None
    day = stated_date(lines[place + 2].text) if lines[place + 2].shape.pattern == "date" else None
    return ArticleLabel("heading, byline", place, place + (3 if day else 2), place, (), None, None, day)


def read_fields(lines: Sequence[Line], place: int) -> ArticleLabel | None:
    """Read the fields of a feed's item, each on a line with its name: "Title: …", "Source: …", "Date: …"."""
    values: dict[str, tuple[int, str]] = {}
    last = place
    while last < len(lines) and (match := FIELD.match(lines[last].text)) and len(values) < FIELDS:
        name = FIELD_NAMES[match["name"].lower()]
        if name in values:
            break
        values[name] = (last, match["value"])
        last += 1
        if name == "text":
            break
    if "title" not in values or len(values) < 2:
        return None
    label = tuple(line for name, (line, _) in values.items() if name in ("publisher", "day", "address"))
    day = stated_date(values["day"][1]) if "day" in values else None
    publisher = values["publisher"][1] if "publisher" in values else None
    body = values["text"][0] if "text" in values else last
    return ArticleLabel("fields", place, body, values["title"][0], label, publisher, None, day)


def parse_label(line: Line) -> ArticleLabel | None:
    """Read publisher and time from one line; its places are filled in by whoever knows them."""
    if not can_have_time(line):
        return None
    for layout, pattern in ONE_LINE.items():
        match = pattern.match(line.text)
        if match is None or is_byline(line.text):
            continue
        name, time = match["name"].strip(" -–—"), match["time"]
        if not 1 <= len(name.split()) <= NAME_WORDS or not name[0].isupper() or stated_date(name):
            continue
        day = stated_date(time)
        if day is None and not re.fullmatch(AGE_TEXT + "|today", time, re.IGNORECASE):
            continue
        kind = layout if day is None or layout == "name-age-name" else layout + "-day"
        return ArticleLabel(kind, 0, 0, 0, (), name, None if day else time, day)
    return parse_age_label(line)


def parse_age_label(line: Line) -> ArticleLabel | None:
    """Read publisher and age from one line in any language whose ages are known: "Gazeta · 3 godziny temu"."""
    if not DIGIT.search(line.text) or age_of(line.text) is None or is_byline(line.text):
        return None
    parts = [part.strip(" ()[]*_") for part in PARTED.split(line.text.strip(), maxsplit=1)]
    for name, time in zip(parts, reversed(parts), strict=True) if len(parts) == 2 else ():
        is_named = 2 <= len(name) <= NAME_LETTERS and len(name.split()) <= NAME_WORDS and name[0].isupper()
        if is_named and not DIGIT.search(name) and DIGIT.search(time) and is_whole_age(time):
            return ArticleLabel("name-time" if name == parts[0] else "time-name", 0, 0, 0, (), name, time)
    return None


def is_age(line: Line) -> bool:
    """Tell whether a line says how old something is, and no more."""
    return line.shape.pattern == "relative" or (
        line.shape.width <= AGE_LETTERS and DIGIT.search(line.text) is not None and is_whole_age(line.text)
    )


def is_whole_age(text: str) -> bool:
    """Tell whether a text is an age of a few words."""
    return len(text) <= AGE_LETTERS and len(text.split()) <= AGE_WORDS and age_of(text) is not None


def is_written_out(text: str) -> bool:
    """Tell "3 hours ago" from "3h"."""
    return AGE.search(text) is not None or age_of(text) is not None


def with_title(lines: Sequence[Line], found: ArticleLabel) -> ArticleLabel | None:
    """Return the label if its headline can be one."""
    if found.is_confirmed:
        shape = lines[found.title].shape
        return found if shape.width <= TITLE_LETTERS and shape.words >= TITLE_WORDS else None
    return found if is_title(lines[found.title]) else None


def is_name(shape: LineShape) -> bool:
    """Tell whether a line can be the name of a publisher."""
    is_short = 2 <= shape.width <= NAME_LETTERS and 1 <= shape.words <= NAME_WORDS
    return is_short and shape.start == "upper" and shape.pattern == "none" and shape.end not in ("sentence", "colon")


def is_title(line: Line) -> bool:
    """Tell whether a line can be the headline of an article: some words, no sentence, no label."""
    shape = line.shape
    is_short = shape.width <= TITLE_LETTERS and (
        shape.words >= TITLE_WORDS or (shape.start == "wide" and shape.width >= 24)
    )
    is_marked = bool(MARKDOWN_HEADING.match(line.text))
    is_plain = shape.pattern == "none" and line.phrase is None and shape.start not in ("lower", "bullet")
    ends_open = shape.end not in ("sentence", "comma", "colon", "ellipsis") or line.text.endswith(("?", "!"))
    return is_short and is_plain and ends_open and (is_marked or shape.start != "mark")
