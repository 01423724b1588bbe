"""Assemble the document's blocks from pieces and decisions: they tile the text, and lines of a paragraph are one."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.clean.decisions import Decision
from tasks.clean.pieces import Piece
from tasks.records import CleanBlock
from warehouse.vocabulary import BlockKind


def assemble_blocks(
    pieces: Sequence[Piece], decisions: Sequence[Decision], restore_rules: frozenset[str]
) -> tuple[CleanBlock, ...]:
    """Make one block of every piece, or of every run of lines that are one paragraph.

    `decisions` are those of the pieces that are not blank, in order. White space between blocks is kept as a block of
    its own and belongs to no article.
    """
    blocks: list[CleanBlock] = []
    remaining = iter(decisions)
    for piece in pieces:
        if piece.is_blank:
            blocks.append(white_space(len(blocks), piece))
            continue
        decision = next(remaining)
        is_kept = decision.rule is None or decision.rule in restore_rules
        if (
            decision.joins_previous
            and is_kept
            and blocks
            and blocks[-1].kind == BlockKind.PARAGRAPH
            and blocks[-1].is_kept
            and blocks[-1].restored_rule is None
        ):
            before = blocks.pop()
            blocks.append(extend(before, piece.char_end))
            continue
        blocks.append(
            CleanBlock(
                ordinal=len(blocks),
                char_start=piece.char_start,
                char_end=piece.char_end,
                kind=kind_of(decision, is_kept),
                article_ordinal=decision.article_ordinal if is_kept else None,
                is_kept=is_kept,
                removed_by=None if is_kept else decision.rule,
                element_path=piece.element_path,
                restored_rule=decision.rule if is_kept else None,
            )
        )
    return tuple(blocks)


def kind_of(decision: Decision, is_kept: bool) -> str:
    """Return a block's kind: what a restored rule would have removed is read as text of the article."""
    return str(BlockKind.PARAGRAPH if decision.rule is not None and is_kept else decision.kind)


def white_space(ordinal: int, piece: Piece) -> CleanBlock:
    """Make the block of a piece without any text."""
    return CleanBlock(
        ordinal, piece.char_start, piece.char_end, str(BlockKind.WHITESPACE), None, True, None, piece.element_path
    )


def extend(block: CleanBlock, char_end: int) -> CleanBlock:
    """Lengthen a block up to `char_end`."""
    return block._replace(char_end=char_end)
