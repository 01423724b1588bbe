"""Several articles on one page: where each starts, and what its first lines say.

Precision comes first. The page's own article has a label like those of embedded ones, and so have teasers and readers'
comments; a headed story embedded in a page has a body of its own, and stands after the body of another. A live blog is
one article: its posts are headed by times, not by publishers and bylines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.clean.article_elements import find_article_elements
from tasks.clean.article_labels import ArticleLabel, possible_starts, read_label
from tasks.clean.line_features import Line
from tasks.clean.pieces import Piece

#: Letters of prose that an embedded article has at least where its label names the publisher twice, and where once:
#: blurbs of teasers stay below 250 letters in the pages measured.
BODY_LETTERS, BODY_LETTERS_UNCONFIRMED = 120, 600
#: A digest has at least this many items under labels of one layout, of at least two publishers; most have as many
#: letters of whole sentences.
DIGEST_ITEMS, DIGEST_LETTERS = 3, 280
#: The first lines of a body, which are prose; what stands further down may be anything.
BODY_LINES = 12
#: A headline has this many words in common with its own text and not with the text above; short ones half of theirs.
OWN_WORDS = 2
#: Less prose than this before a label is a page's head or a greeting: the label is that of the lead.
LEAD_LETTERS = 400


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines of one article of a document, blank lines not counted: half-open."""

    ordinal: int
    first: int
    last: int
    title: int | None = None  # the line that is the article's headline, where its label tells
    label: tuple[int, ...] = ()  # lines that only name publisher and time
    publisher: str | None = None
    relative_time: str | None = None
    published: str | None = None  # ISO day, as the label states it
    is_element: bool = False  # one of the page's own articles, told by its element


def segment_articles(lines: Sequence[Line], pieces: Sequence[Piece] = ()) -> list[Segment]:
    """Cut a document into its lead and the articles embedded after it.

    `pieces` are given for pages, whose elements tell their articles; labels in the text tell them elsewhere.
    """
    elements = find_article_elements(pieces, lines)
    if elements:
        starts = [0, *(element.first for element in elements[1:]), len(lines)]
        return [
            Segment(ordinal, starts[ordinal], starts[ordinal + 1], element.title, is_element=True)
            for ordinal, element in enumerate(elements)
        ]
    labels = chosen_labels(lines, [label for label in find_labels(lines) if not is_card(pieces, lines, label)])
    lead = None
    if labels and not labels[0].is_confirmed and prose_between(lines, 0, labels[0].first) < LEAD_LETTERS:
        lead, *labels = labels
    if not labels:
        return [Segment(0, 0, len(lines))]
    starts = [0, *(label.first for label in labels), len(lines)]
    return [
        make_segment(ordinal, label, starts[ordinal], starts[ordinal + 1])
        for ordinal, label in enumerate([lead, *labels])
    ]


def make_segment(ordinal: int, label: ArticleLabel | None, first: int, last: int) -> Segment:
    """Make the segment of one article from its label, if it has one."""
    if label is None:
        return Segment(ordinal, first, last)
    return Segment(
        ordinal, first, last, label.title, label.label, label.publisher, label.relative_time, label.published
    )


def find_labels(lines: Sequence[Line]) -> list[ArticleLabel]:
    """Read every label, in order; they do not overlap. Below the heading of the comments only confirmed ones count."""
    labels: list[ArticleLabel] = []
    place, in_comments = 0, False
    can_start = possible_starts(lines)
    while place < len(lines):
        if lines[place].phrase in ("comments", "related-articles"):
            in_comments = lines[place].phrase == "comments"
        found = read_label(lines, place) if can_start[place] else None
        if found is None or (in_comments and not found.is_confirmed):
            place += 1
            continue
        labels.append(found)
        place = found.body
    return labels


def chosen_labels(lines: Sequence[Line], labels: Sequence[ArticleLabel]) -> list[ArticleLabel]:
    """Choose the labels that have bodies of their own."""
    ends = [*(label.first for label in labels[1:]), len(lines)]
    letters = {label: body_letters(lines, label, end) for label, end in zip(labels, ends, strict=False)}
    full = Counter(label.layout for label in labels if letters[label] >= BODY_LETTERS_UNCONFIRMED)
    digests = {layout for layout in full.keys() | {label.layout for label in labels} if is_digest(layout, letters)}
    keys: set[str] = set()
    chosen: list[ArticleLabel] = []
    for label in labels:
        key = lines[label.title].key
        is_headed = label.is_listed or (key not in keys and owns_body(lines, label))
        is_short = letters[label] < BODY_LETTERS_UNCONFIRMED
        is_listed = label.is_listed or label.layout in digests
        is_alike = is_listed or full[label.layout] > 1 or label.relative_time is not None
        if (
            is_headed
            and is_alike
            and letters[label] >= (BODY_LETTERS if is_listed and is_short else BODY_LETTERS_UNCONFIRMED)
        ):
            keys.add(key)
            chosen.append(label)
    return chosen


def is_card(pieces: Sequence[Piece], lines: Sequence[Line], label: ArticleLabel) -> bool:
    """Tell a teaser's card inside the article of a page: the element of the text above goes on below."""
    if not pieces or label.is_confirmed:
        return False
    above = {parent_of(pieces[place]) for place in range(label.first) if is_body(lines[place], False)}
    below = [
        place for place in range(label.body, min(label.body + BODY_LINES, len(lines))) if is_body(lines[place], False)
    ]
    return bool(below) and parent_of(pieces[below[0]]) in above


def parent_of(piece: Piece) -> str:
    """Return the path of the element that holds a piece's element."""
    return piece.element_path.rpartition("/")[0]


def owns_body(lines: Sequence[Line], label: ArticleLabel) -> bool:
    """Tell whether the headline speaks of the text below it, in words that the text above it does not have.

    A card in the middle of an article has a headline of its own and the article's next paragraphs below it.
    """
    title = lines[label.title].words
    before = words_of(lines[max(0, label.first - BODY_LINES) : label.first])
    after = words_of(lines[label.body : label.body + BODY_LINES])
    return len(title & (after - before)) >= min(OWN_WORDS, max(1, len(title) // 2))


def words_of(lines: Sequence[Line]) -> frozenset[str]:
    """Collect the longer words of the prose among some lines."""
    return frozenset().union(*(line.words for line in lines if is_body(line, False)))


def is_digest(layout: str, letters: dict[ArticleLabel, float]) -> bool:
    """Tell whether the labels of a layout head the items of a digest."""
    items = [label for label in letters if label.layout == layout and label.publisher]
    long = [label for label in items if letters[label] >= DIGEST_LETTERS]
    publishers = {label.publisher for label in long}
    return len(long) >= DIGEST_ITEMS and len(long) * 5 >= len(items) * 3 and len(publishers) > 1


def body_letters(lines: Sequence[Line], label: ArticleLabel, end: int) -> float:
    """Count the letters of prose in the first lines of a label's body; none where the body does not start at once."""
    reach = 3 if label.is_listed else BODY_LINES
    body = lines[label.body : min(end, label.body + reach)]
    if not any(line.shape.is_prose for line in body[:2]):
        return 0.0
    return sum(line.shape.width for line in body if is_body(line, label.is_listed))


def is_body(line: Line, is_settled: bool) -> bool:
    """Tell whether a line is prose; where the label does not settle it, whole sentences."""
    return line.shape.is_prose and line.phrase is None and (is_settled or line.shape.end in ("sentence", "quote"))


def prose_between(lines: Sequence[Line], first: int, last: int) -> int:
    """Count the letters of whole sentences in a range of lines."""
    return sum(line.shape.width for line in lines[first:last] if is_body(line, False))
