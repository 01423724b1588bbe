"""Lines that glue the date of publication to the title: split into a dateline and the rest."""

from __future__ import annotations

import re

from tasks.clean.phrases import rule_of_phrase
from tasks.clean.pieces import Piece, is_structured
from tasks.records import ParsedDocument
from warehouse.vocabulary import BlockKind

#: Only the top of a text states its date; further down a date at a line's start belongs to the prose.
TOP_LINES = 6
LABEL = (
    r"(?:date|dated|published(?: on)?|posted(?: on)?|updated|datum|fecha|data|le|veröffentlicht(?: am)?)\s*[:\-–]?\s*"
)
MONTH = r"[^\W\d_]{3,10}\.?"
DAY = (
    r"(?:(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
    rf"|\d{{1,2}}\.? {MONTH},? (?:19|20)\d\d|{MONTH} \d{{1,2}}, (?:19|20)\d\d|\d{{1,2}}[./]\d{{1,2}}[./](?:19|20)\d\d)"
)
GLUED_DATE = re.compile(rf"\s*(?:{LABEL}(?={DAY}))?{DAY}\s*[|:,–—-]?\s+(?=[A-ZÀ-ÞА-Я\"“‘'«„¿¡])", re.IGNORECASE)
REST_WORDS = 3


def split_datelines(parsed: ParsedDocument, pieces: list[Piece]) -> list[Piece]:
    """Split the top lines of a plain text that start with a full date and go on with a title."""
    if is_structured(parsed):
        return pieces
    split: list[Piece] = []
    seen = 0
    for piece in pieces:
        seen += not piece.is_blank
        cut_at = glued_date_end(parsed.text, piece) if seen <= TOP_LINES and not piece.is_blank else None
        if cut_at is None:
            split.append(piece)
            continue
        for start, end, kind in (
            (piece.char_start, cut_at, BlockKind.DATELINE),
            (cut_at, piece.char_end, BlockKind.HEADLINE),
        ):
            split.append(Piece(start, end, parsed.text[start:end].strip(), kind, piece.signals, piece.element_path))
    return split


def glued_date_end(text: str, piece: Piece) -> int | None:
    """Return where the date at the start of a title line ends, or None if the line is not made so."""
    line = text[piece.char_start : min(piece.char_end, piece.char_start + 400)]
    match = GLUED_DATE.match(line)
    if match is None:
        return None
    rest = line[match.end() :].strip()
    is_title = rest[:1] and not rest[:1].islower() and not rest.endswith(".") and len(rest) <= 300
    is_title = is_title and rule_of_phrase(rest) is None
    return piece.char_start + match.end() if is_title and len(rest.split()) >= REST_WORDS else None
