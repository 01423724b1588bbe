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
from tasks.records import CleanedDocument, ParsedDocument, Refused
from warehouse.vocabulary import TEXT_KINDS, Refusal

#: The shortest text that is an article: wire flashes of two sentences have about this many words.
MINIMUM_WORDS = 12


def clean_document(parsed: ParsedDocument, restore_rules: frozenset[str] = frozenset()) -> CleanedDocument | Refused:
    """Find the articles of a document and mark every block as kept or as removed by a named rule.

    `restore_rules` names rules whose removals are kept instead, for readers who want, say, the comments. A document
    in which no text reads like an article is refused with `no-article-found`.
    """
    pieces = split_datelines(parsed, split_pieces(parsed))
    visible = [piece for piece in pieces if not piece.is_blank]
    lines = [read_line(piece.text) for piece in visible]
    segments = segment_articles(lines)
    decisions: list[Decision] = []
    for segment in segments:
        decisions.extend(decide_segment(parsed, visible, lines, segment))
    blocks = assemble_blocks(pieces, decisions, restore_rules)
    if not has_article(visible, lines, decisions):
        detail = f"none of {len(visible)} text blocks ({len(parsed.text)} characters) reads like an article"
        return Refused(parsed.document_id, parsed.uri, "clean", Refusal.NO_ARTICLE_FOUND, detail)
    return CleanedDocument(parsed.document_id, blocks, describe_articles(parsed, blocks, segments))


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


def has_article(visible: Sequence[Piece], lines: Sequence[Line], decisions: Sequence[Decision]) -> bool:
    """Tell whether the kept text has at least a few words of prose."""
    kept = [
        line.shape
        for line, decision in zip(lines, decisions, strict=True)
        if decision.kind in TEXT_KINDS and not decision.rule
    ]
    words = sum(max(shape.words, shape.function_words) for shape in kept)
    return words >= MINIMUM_WORDS and any(shape.function_words for shape in kept)
