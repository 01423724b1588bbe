"""Decide about each piece of one article: what it is, and whether it is kept or which rule removes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.clean.boosted_trees import read_model, score_lines
from tasks.clean.kinds import kinds_of_kept
from tasks.clean.line_features import Column, Line, describe_lines
from tasks.clean.line_rules import forced_removals, name_removals
from tasks.clean.page_features import describe_structure
from tasks.clean.page_rules import force_page_removals, repeated_quotes, repeated_text
from tasks.clean.paragraph_features import describe_paragraphs
from tasks.clean.pieces import Piece
from tasks.clean.removal_names import name_page_removals
from tasks.clean.removal_rules import kind_removed_by
from tasks.clean.score_features import describe_scores
from tasks.clean.segmentation import Segment
from tasks.clean.smoothing import decide_lines
from tasks.clean.tail_rules import tail_removals
from tasks.clean.titles import find_headline, repeated_titles, title_keys
from tasks.records import PageMetadata

#: Points of a line that a rule removes: more than any context can outweigh.
RULED_POINTS = 30.0


#: Fewer kept words than this are looked at again, with this many points more for every line; measured on the three
#: pages of the development sets that kept no text at all.
FEW_WORDS = 25
SECOND_LOOK = 2.5


class Decision(NamedTuple):
    """What became of one piece."""

    kind: str
    rule: str | None  # None: kept
    article_ordinal: int
    joins_previous: bool = False  # the same paragraph goes on


def decide_pieces(
    pieces: Sequence[Piece], lines: Sequence[Line], metadata: PageMetadata | None, segment: Segment, structured: bool
) -> list[Decision]:
    """Decide about the pieces of one segment, in order."""
    if not pieces:
        return []
    stated = metadata.title.value if metadata and metadata.title else None
    keys = title_keys(lines if not structured else (), stated)
    if structured:
        keys |= title_keys((), *(piece.text for piece in pieces if piece.signals.tag == "h1"))
    forced = tail_removals(lines, forced_removals(lines))
    if structured:
        forced = force_page_removals(pieces, forced)
    model = read_model("page" if structured else "flattened")
    columns = describe_pieces(pieces, lines, keys, structured)
    scores = score_lines(model, columns)
    if model.second_look is not None:
        model = model.second_look
        scores = score_lines(model, describe_scores(lines, columns, scores))
    if segment.title is not None:
        scores[segment.title + 1 - segment.first] = RULED_POINTS  # the label was told from a teaser's by this body
    is_forced = np.array([rule is not None for rule in forced])
    keep = decide_lines(np.where(is_forced, -RULED_POINTS, scores), model.switch_cost)
    if count_words(lines, keep) < FEW_WORDS:  # a short article among long furniture: look again with less doubt
        keep = decide_lines(np.where(is_forced, -RULED_POINTS, scores + SECOND_LOOK), model.switch_cost)
    for place in [*repeated_text(lines, keep), *(repeated_quotes(pieces, lines, keep) if structured else ())]:
        keep[place], forced[place] = False, "repeated-text"
    if segment.title is not None:
        headline: int | None = segment.title - segment.first
    else:
        headline = find_headline(pieces, lines, keep, keys)
    for place in repeated_titles(lines, headline):
        forced[place] = "repeated-title"
    kinds, joins = kinds_of_kept(pieces, lines, keep, headline, forced, structured)
    is_kept = np.array([kind is not None for kind in kinds])
    rules = name_removals(lines, is_kept, forced)
    if structured:
        rules = name_page_removals(pieces, lines, rules, forced)
    return [
        Decision(kind or kind_removed_by(rule), None if kind else rule, segment.ordinal, joined)
        for kind, rule, joined in zip(kinds, rules, joins, strict=True)
    ]


def describe_pieces(
    pieces: Sequence[Piece], lines: Sequence[Line], keys: frozenset[str], structured: bool
) -> Mapping[str, Column]:
    """Compute the features of a segment's pieces: those of its lines, and of the structure or else of paragraphs."""
    more = describe_structure(pieces, lines, keys) if structured else describe_paragraphs(lines)
    return {**describe_lines(lines, keys), **more}


def count_words(lines: Sequence[Line], keep: NDArray[np.bool_]) -> int:
    """Count the words of the kept lines that are prose."""
    return sum(line.shape.width // 5 for line, kept in zip(lines, keep, strict=True) if kept and line.shape.is_prose)
