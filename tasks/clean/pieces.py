"""Pieces: what cleaning decides about. A plain text's pieces are its lines, a page's pieces are its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tasks.records import Block, ParsedDocument, Signals
from warehouse.vocabulary import BlockKind

#: A line with what ends it, and any blank lines after it.
LINE = re.compile(r"[^\n]*\n\s*|[^\n]+\Z")


class Piece(NamedTuple):
    """A half-open range of the document's text; all pieces of a document tile it."""

    char_start: int
    char_end: int
    text: str  # the slice without white space around it; empty for white space
    kind: str  # what parse says it is
    signals: Signals
    element_path: str

    @property
    def is_blank(self) -> bool:
        return not self.text


def is_structured(parsed: ParsedDocument) -> bool:
    """Tell whether the document's blocks carry the structure of a page."""
    return any(block.signals.tag for block in parsed.blocks)


def split_pieces(parsed: ParsedDocument) -> list[Piece]:
    """Cut the parsed blocks into pieces: at line ends in plain text, as they are in pages.

    A cut keeps every character: what is between two lines belongs to the first of them.
    """
    structured = is_structured(parsed)
    pieces: list[Piece] = []
    for block in parsed.blocks:
        for start, end in [(block.char_start, block.char_end)] if structured else line_ranges(parsed.text, block):
            pieces.append(cut(parsed.text, block, start, end))
    return pieces


def line_ranges(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a block's lines; white space before the first line is a range of its own."""
    position = block.char_start
    content = text[block.char_start : block.char_end]
    lead = len(content) - len(content.lstrip())
    newline = content.rfind("\n", 0, lead)
    if newline >= 0:
        yield position, position + newline + 1
        position += newline + 1
    for match in LINE.finditer(text, position, block.char_end):
        yield match.span()


def cut(text: str, block: Block, start: int, end: int, kind: str | None = None) -> Piece:
    """Make a piece of `block` from a range of the document's text."""
    content = text[start:end].strip()
    kind = kind or (block.kind if content else BlockKind.WHITESPACE)
    return Piece(start, end, content, kind, block.signals, block.element_path)
