"""Decide about each piece of one article: what it is, and whether it is kept or which rule removes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.clean.kinds import kinds_of_kept
from tasks.clean.line_features import Line, describe_lines
from tasks.clean.line_rules import forced_removals, name_removals
from tasks.clean.pieces import Piece
from tasks.clean.removal_rules import kind_removed_by
from tasks.clean.scorecard import decide_lines, read_scorecard, score_lines
from tasks.clean.segmentation import Segment
from tasks.clean.titles import find_headline, title_keys
from tasks.records import PageMetadata

#: Points of a line that a rule removes: more than any context can outweigh.
RULED_POINTS = 30.0


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one piece."""

    kind: str
    rule: str | None  # None: kept
    article_ordinal: int
    joins_previous: bool = False  # the same paragraph goes on


def decide_pieces(
    pieces: Sequence[Piece], lines: Sequence[Line], metadata: PageMetadata | None, segment: Segment
) -> list[Decision]:
    """Decide about the pieces of one segment, in order."""
    if not pieces:
        return []
    stated = metadata.title.value if metadata and metadata.title else None
    forced = forced_removals(lines, segment.label_end - segment.first)
    card = read_scorecard("flattened")
    scores = score_lines(card, describe_lines(lines, title_keys(lines, stated)))
    is_forced = np.array([rule is not None for rule in forced])
    keep = decide_lines(np.where(is_forced, -RULED_POINTS, scores), card.switch_cost)
    headline = find_headline(pieces, lines, keep, stated) if segment.title is None else segment.title - segment.first
    kinds, joins = kinds_of_kept(pieces, lines, keep, headline, forced)
    rules = name_removals(lines, np.array([kind is not None for kind in kinds]), forced)
    return [
        Decision(kind or kind_removed_by(rule), None if kind else rule, segment.ordinal, joined)
        for kind, rule, joined in zip(kinds, rules, joins, strict=True)
    ]
