"""Several articles on one page: where an embedded article of another publisher starts, and what its first lines say.

An aggregator states publisher and age above each story it embeds: "Forbes", "19 minutes ago", "- Forbes", headline,
body. A list of teasers looks much the same, so an embedded article also needs a body of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.clean.line_features import Line
from tasks.clean.line_shapes import LineShape

#: A publisher's name has at most this many letters and words.
NAME_LETTERS, NAME_WORDS = 40, 5
#: Letters of prose that an embedded article has at least where its label names the publisher twice, and where once:
#: blurbs of teasers stay below 250 letters in the pages measured.
BODY_LETTERS, BODY_LETTERS_UNCONFIRMED = 120, 600


#: An age written out, not a bare "3d".
AGE = re.compile(r"\b(?:ago|vor|il y a|hace|há|siden|sedan|geleden|atrás)\b", re.IGNORECASE)
#: The same label where a page sets it in one line: "Forbes 19 minutes ago - Forbes".
ONE_LINE_LABEL = re.compile(
    r"(?P<name>\S.{0,38}?\S) "
    r"(?P<time>(?:about )?(?:an?|\d{1,3}) \w{3,8} ago|yesterday|today|just now) ?[-–—|·•] ?(?P=name)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines of one article of a document, blank lines not counted: half-open."""

    ordinal: int
    first: int
    last: int
    label_end: int  # lines before it are the label: publisher and time
    title: int | None = None  # the line that is the embedded article's headline
    publisher: str | None = None
    relative_time: str | None = None


def segment_articles(lines: Sequence[Line]) -> list[Segment]:
    """Cut a document into its lead and the articles embedded after it."""
    labels: list[Segment] = []
    place = 0
    while place < len(lines):
        found = read_label(lines, place)
        if found is None:
            place += 1
            continue
        labels.append(found)
        place = found.last
    first_label = labels[0].first if labels else len(lines)
    segments = [Segment(0, 0, first_label, 0)]
    for ordinal, label in enumerate(labels, start=1):
        last = labels[ordinal].first if ordinal < len(labels) else len(lines)
        segments.append(
            Segment(ordinal, label.first, last, label.label_end, label.title, label.publisher, label.relative_time)
        )
    return segments


def read_label(lines: Sequence[Line], place: int) -> Segment | None:
    """Read the label of an embedded article that starts at `place`, or None."""
    if place and place + 2 < len(lines) and (match := ONE_LINE_LABEL.match(lines[place].text[:140])):
        return with_body(lines, place, place + 1, True, match["name"], match["time"])
    if place == 0 or place + 2 >= len(lines) or lines[place + 1].shape.pattern != "relative":
        return None
    if not is_name(lines[place].shape):
        return None
    title = place + 2
    is_confirmed = lines[title].key == lines[place].key
    if is_confirmed:
        title += 1
    return with_body(lines, place, title, is_confirmed, lines[place].text.lstrip("-–— "), lines[place + 1].text)


def with_body(
    lines: Sequence[Line], place: int, title: int, is_confirmed: bool, publisher: str, relative_time: str
) -> Segment | None:
    """Complete a label whose headline would stand at `title`, if a headline and a body stand there."""
    body = title + 1
    if body >= len(lines) or lines[title].shape.width > 220 or lines[title].shape.words < 3:
        return None
    if not is_confirmed and (lines[title].shape.end == "sentence" or not AGE.search(relative_time)):
        return None  # readers' comments come with name and age, too
    letters = sum(line.shape.width for line in lines[body : body + 3] if line.shape.is_prose)
    if letters < (BODY_LETTERS if is_confirmed else BODY_LETTERS_UNCONFIRMED):
        return None
    return Segment(-1, place, body + 1, title, title, publisher, relative_time)


def is_name(shape: LineShape) -> bool:
    """Tell whether a line can be the name of a publisher."""
    is_short = 2 <= shape.width <= NAME_LETTERS and 1 <= shape.words <= NAME_WORDS
    return is_short and shape.start == "upper" and shape.pattern == "none" and shape.end not in ("sentence", "colon")
