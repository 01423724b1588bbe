"""Several articles on one page: where an embedded article of another publisher starts, and what its first lines say.

An aggregator states publisher and age above each story it embeds: "Forbes", "19 minutes ago", "- Forbes", headline,
body. A list of teasers looks much the same, so an embedded article also needs a body of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.clean.line_features import Line
from tasks.clean.line_shapes import LineShape

#: A publisher's name has at most this many letters and words.
NAME_LETTERS, NAME_WORDS = 40, 5
#: Letters of prose that an embedded article has at least where its label names the publisher twice, and where once:
#: blurbs of teasers stay below 250 letters in the pages measured.
BODY_LETTERS, BODY_LETTERS_UNCONFIRMED = 120, 600


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
    if place == 0 or place + 2 >= len(lines) or lines[place + 1].shape.pattern != "relative":
        return None
    if not is_name(lines[place].shape):
        return None
    title = place + 2
    is_confirmed = lines[title].key == lines[place].key
    if is_confirmed:
        title += 1
    body = title + 1
    if body >= len(lines) or lines[title].shape.width > 220 or lines[title].shape.words < 3:
        return None
    letters = sum(line.shape.width for line in lines[body : body + 3] if line.shape.is_prose)
    if letters < (BODY_LETTERS if is_confirmed else BODY_LETTERS_UNCONFIRMED):
        return None
    return Segment(-1, place, body + 1, title, title, lines[place].text.lstrip("-–— "), lines[place + 1].text)


def is_name(shape: LineShape) -> bool:
    """Tell whether a line can be the name of a publisher."""
    return (
        2 <= shape.width <= NAME_LETTERS and 1 <= shape.words <= NAME_WORDS and shape.end not in ("sentence", "colon")
    )
