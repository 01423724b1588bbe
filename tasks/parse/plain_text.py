"""Plain text and Markdown: the decoded input, unchanged, with one block for each line.

What a line is (headline, caption, furniture) is for the cleaning stage; only Markdown marks its kinds.
"""

from __future__ import annotations

import re

from tasks.records import Block
from warehouse.vocabulary import BlockKind

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MARKDOWN_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
MARKDOWN_LIST = re.compile(r" {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]")


def split_lines(text: str, *, is_markdown: bool = False) -> tuple[Block, ...]:
    """Part `text` into blocks: each line with its newline is one, each run of blank lines another.

    >>> [(block.char_start, block.char_end, str(block.kind)) for block in split_lines("One\\n\\n\\nTwo")]
    [(0, 4, 'paragraph'), (4, 6, 'whitespace'), (6, 9, 'paragraph')]
    """
    blocks: list[Block] = []
    blank_from: int | None = None
    for match in LINE.finditer(text):
        start, end = match.span()
        line = match.group()
        if not line.strip():
            blank_from = start if blank_from is None else blank_from
            continue
        if blank_from is not None:
            blocks.append(Block(len(blocks), blank_from, start, BlockKind.WHITESPACE))
            blank_from = None
        blocks.append(Block(len(blocks), start, end, markdown_kind(line) if is_markdown else BlockKind.PARAGRAPH))
    if blank_from is not None:
        blocks.append(Block(len(blocks), blank_from, len(text), BlockKind.WHITESPACE))
    return tuple(blocks)


def markdown_kind(line: str) -> BlockKind:
    """Read the kind that a Markdown line's first characters mark."""
    if MARKDOWN_HEADING.match(line):
        return BlockKind.HEADLINE if line.lstrip().startswith(("# ", "#\t")) else BlockKind.HEADING
    if line.lstrip(" ").startswith(">"):
        return BlockKind.QUOTE
    return BlockKind.LIST if MARKDOWN_LIST.match(line) else BlockKind.PARAGRAPH
