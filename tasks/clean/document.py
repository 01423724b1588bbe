"""Clean one document: find its articles, name every block, keep or remove it by a rule."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.clean.articles import describe_articles
from tasks.clean.assembly import assemble_blocks
from tasks.clean.decisions import Decision, decide_pieces
from tasks.clean.line_features import Line, read_line
from tasks.clean.pieces import Piece, is_structured, split_pieces
from tasks.clean.segmentation import Segment, segment_articles
from tasks.clean.splitting import split_datelines
from tasks.records import CleanBlock, CleanedDocument, ParsedDocument, Refused
from warehouse.vocabulary import TEXT_KINDS, Refusal

#: The shortest text that is an article: a flash of one sentence has about this many letters.
MINIMUM_LETTERS = 60


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
    segments = segment_articles(lines)
    decisions: list[Decision] = []
    for segment in segments:
        decisions.extend(decide_segment(parsed, visible, lines, segment))
    return assemble_blocks(pieces, decisions, restore_rules), segments, has_prose(visible, lines, decisions)


def decide_segment(
    parsed: ParsedDocument, visible: Sequence[Piece], lines: Sequence[Line], segment: Segment
) -> list[Decision]:
    """Decide about the pieces of one article of the document."""
    chosen = slice(segment.first, segment.last)
    return decide_pieces(
        visible[chosen],
        lines[chosen],
        parsed.metadata if segment.ordinal == 0 else None,
        segment,
        is_structured(parsed),
    )


def has_prose(pieces: Sequence[Piece], lines: Sequence[Line], decisions: Sequence[Decision]) -> bool:
    """Tell whether the kept text has a sentence or two of prose that is not links or addresses."""
    letters = 0
    for piece, line, decision in zip(pieces, lines, decisions, strict=True):
        is_text = decision.rule is None and decision.kind in TEXT_KINDS
        is_link = piece.signals.link_chars * 2 > len(piece.text) or line.shape.pattern == "address"
        if is_text and line.shape.is_prose and not is_link:
            letters += line.shape.width
    return letters >= MINIMUM_LETTERS
