"""Clean one document: find its articles, name every block, keep or remove it by a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.clean.articles import describe_articles
from tasks.clean.assembly import assemble_blocks
from tasks.clean.decisions import Decision, decide_pieces
from tasks.clean.line_features import Line, read_line
from tasks.clean.pieces import Piece, is_structured, split_pieces
from tasks.clean.prose import MINIMUM_LETTERS, prose_weight, weigh
from tasks.clean.removal_rules import kind_removed_by
from tasks.clean.segmentation import Segment, segment_articles
from tasks.clean.splitting import split_datelines
from tasks.records import CleanBlock, CleanedDocument, ParsedDocument, Refused
from warehouse.vocabulary import TEXT_KINDS, BlockKind, Refusal

#: A text of so few lines, most of it sentences, is a flash.
FLASH_LINES, FLASH_SHARE = 12, 0.6
LABEL_RULE = "embedded-article-label"
#: Rules that name a removal by where it stands, not by what it says.
RULES_OF_PLACE = frozenset({"navigation", "outside-article", "page-furniture"})


def clean_document(parsed: ParsedDocument, restore_rules: frozenset[str] = frozenset()) -> CleanedDocument | Refused:
    """Find the articles of a document and mark every block as kept or as removed by a named rule.

    `restore_rules` names rules whose removals are kept instead, for readers who want, say, the comments. A document
    in which no text reads like an article is refused with `no-article-found`.
    """
    blocks, segments, has_prose = cleaned_blocks(parsed, restore_rules)
    articles = describe_articles(parsed, blocks, segments) if has_prose else ()
    if not articles:
        detail = f"none of {len(blocks)} blocks ({len(parsed.text)} characters) reads like an article"
        return Refused(parsed.document_id, parsed.uri, "clean", Refusal.NO_ARTICLE_FOUND, detail)
    return CleanedDocument(parsed.document_id, blocks, articles)


def cleaned_blocks(
    parsed: ParsedDocument, restore_rules: frozenset[str] = frozenset()
) -> tuple[tuple[CleanBlock, ...], list[Segment], bool]:
    """Decide about every character of a document; say also which segments it has and whether any holds prose."""
    pieces = split_datelines(parsed, split_pieces(parsed))
    visible = [piece for piece in pieces if not piece.is_blank]
    lines = [read_line(piece.text) for piece in visible]
    segments = segment_articles(lines, visible if is_structured(parsed) else ())
    decisions: list[Decision] = []
    for segment in segments:
        decisions.extend(decide_segment(parsed, visible, lines, segment))
    found = has_prose(visible, lines, decisions)
    if not found and not is_structured(parsed) and is_flash(lines):
        decisions, found = keep_sentences(lines, decisions), True
    return assemble_blocks(pieces, decisions, restore_rules), segments, found


def decide_segment(
    parsed: ParsedDocument, visible: Sequence[Piece], lines: Sequence[Line], segment: Segment
) -> list[Decision]:
    """Decide about the pieces of one article of the document; the lines of its label are no part of it."""
    places = [place for place in range(segment.first, segment.last) if place not in segment.label]
    title = places.index(segment.title) if segment.title in places else None
    decided = decide_pieces(
        [visible[place] for place in places],
        [lines[place] for place in places],
        parsed.metadata if segment.ordinal == 0 else None,
        replace(segment, first=0, last=len(places), title=title),
        is_structured(parsed),
    )
    by_place = dict(zip(places, decided, strict=True))
    label = Decision(kind_removed_by(LABEL_RULE), LABEL_RULE, segment.ordinal)
    return [by_place.get(place, label) for place in range(segment.first, segment.last)]


def has_prose(pieces: Sequence[Piece], lines: Sequence[Line], decisions: Sequence[Decision]) -> bool:
    """Tell whether the kept text has a sentence or two of prose that is not links or addresses."""
    weight = 0.0
    for piece, line, decision in zip(pieces, lines, decisions, strict=True):
        is_text = decision.rule is None and decision.kind in TEXT_KINDS
        is_link = piece.signals.link_chars * 2 > len(piece.text) or line.shape.pattern == "address"
        if is_text and not is_link:
            weight += prose_weight(piece.text, line.shape.is_prose)
            if weight >= MINIMUM_LETTERS:
                return True
    return False


def is_flash(lines: Sequence[Line]) -> bool:
    """Tell whether a short plain text is mostly sentences, which makes it an article whatever its lines look like."""
    if len(lines) > FLASH_LINES:
        return False
    weights = [prose_weight(line.text, line.shape.is_prose) for line in lines]
    return sum(weights) >= max(MINIMUM_LETTERS, FLASH_SHARE * sum(weigh(line.text) for line in lines))


def keep_sentences(lines: Sequence[Line], decisions: Sequence[Decision]) -> list[Decision]:
    """Keep the sentences that only their surroundings spoke against: no rule names them by what they say."""
    return [
        Decision(BlockKind.PARAGRAPH, None, decision.article_ordinal)
        if decision.rule in RULES_OF_PLACE and prose_weight(line.text, line.shape.is_prose)
        else decision
        for line, decision in zip(lines, decisions, strict=True)
    ]
