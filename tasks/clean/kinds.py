"""Kinds of kept blocks: headline, standfirst, byline, dateline, caption, credit, heading, list, paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.clean.bylines import is_byline, is_name
from tasks.clean.line_features import Line
from tasks.clean.line_rules import is_inside_sentence
from tasks.clean.line_shapes import function_words
from tasks.clean.pieces import Piece
from tasks.clean.removal_names import is_in_caption
from warehouse.vocabulary import BlockKind

#: Byline, date and pictures stand within this many lines after the headline.
HEAD_LINES = 14
HEADING_WORDS = 16
#: A picture of the article stands within this many blocks of its text.
CAPTION_REACH = 4
#: A picture's credit has fewer words than a caption that ends in one.
CREDIT_WORDS = 12
CREDIT_LINE = re.compile(
    r"\A[\[(]?(?:with (?:additional |further )?reporting (?:by|from)|with reports from|additional reporting (?:by|from)"
    r"|(?:additional |further )?reporting by|edited by|editing by|writing by|compiled by|(?:photo|image) credit)\b",
    re.IGNORECASE,
)
#: A standfirst stands within this many blocks after the headline.
STANDFIRST_REACH = 6
CLASS_WORD = re.compile(r"[a-z]+")
AUTHOR_WORDS = frozenset({"author", "authors", "byline", "autor", "autores", "auteur", "firma", "writer"})
#: A name on a line of its own.
AUTHOR_LETTERS = 40
PARSED_KINDS = frozenset({BlockKind.HEADING, BlockKind.QUOTE, BlockKind.LIST, BlockKind.TABLE, BlockKind.CAPTION})


def kinds_of_kept(
    pieces: Sequence[Piece],
    lines: Sequence[Line],
    keep: NDArray[np.bool_],
    headline: int | None,
    forced: Sequence[str | None],
    structured: bool,
) -> tuple[list[str | None], list[bool]]:
    """Name the kind of every line that is kept (None for removed ones), and whether it continues the one before.

    Byline, dateline, caption and credit lines near the article are kept though they are no part of its text.
    """
    kinds: list[str | None] = []
    joins: list[bool] = []
    kept = keep.tolist()
    after = range(0 if headline is None else headline + 1, len(lines))
    first_text = next((place for place in after if kept[place] and lines[place].shape.is_prose), len(lines))
    head = Head.of(pieces, lines, headline, first_text)
    can_be_kept = near_kept(keep)
    for place in range(len(lines)):
        kind: str | None = None
        if place == headline:
            kind = BlockKind.HEADLINE
        elif not forced[place]:
            if can_be_kept[place] or head.reaches(place) or pieces[place].kind == BlockKind.DATELINE:
                kind = kind_by_text(pieces, lines, kept, place, head)
            elif is_caption(lines, place) and not is_credit_line(lines[place]):
                kind = BlockKind.CAPTION
        kinds.append(kind)
        joins.append(
            not structured
            and kind == BlockKind.PARAGRAPH
            and place > 0
            and kinds[place - 1] == BlockKind.PARAGRAPH
            and continues(lines, place)
        )
    return kinds, joins


class Head(NamedTuple):
    """Where the article's head stands: its lines, and the places of its first and last line by themselves."""

    near: range  # lines of byline and date
    standfirsts: range

    @staticmethod
    def of(pieces: Sequence[Piece], lines: Sequence[Line], headline: int | None, first_text: int) -> Head:
        """Find the head between the headline, where there is one, and the first line of the text."""
        first = headline if headline is not None else max(0, first_text - HEAD_LINES)
        has_standfirst = first_text < len(lines) and is_standfirst(pieces[first_text], lines[first_text])
        last = min(first_text + (4 if has_standfirst else 2), first + HEAD_LINES)
        return Head(range(first - 3, last), range(first + 1, min(first_text, first + STANDFIRST_REACH) + 1))

    def reaches(self, place: int) -> bool:
        """Tell whether a line can be part of the head."""
        return place in self.near or place in self.standfirsts


def near_kept(keep: NDArray[np.bool_]) -> list[bool]:
    """Tell of each line whether it or one within reach of a caption is kept."""
    total = np.concatenate([[0], np.cumsum(keep)])
    place = np.arange(len(keep))
    reached = total[np.minimum(len(keep), place + CAPTION_REACH)] > total[np.maximum(0, place - CAPTION_REACH)]
    found: list[bool] = reached.tolist()
    return found


def kind_by_text(
    pieces: Sequence[Piece], lines: Sequence[Line], keep: Sequence[bool], place: int, head: Head
) -> str | None:
    """Name the kind of one line by its text, its neighbours and what parse says."""
    line, parsed_kind = lines[place], pieces[place].kind
    near_head = place in head.near
    if parsed_kind == BlockKind.DATELINE or (near_head and line.shape.pattern == "date" and line.shape.words <= 8):
        return BlockKind.DATELINE
    if near_head and (parsed_kind == BlockKind.BYLINE or is_byline(line.text) or is_name_of_author(pieces[place])):
        return BlockKind.BYLINE
    if place in head.standfirsts and is_standfirst(pieces[place], line):
        return BlockKind.SUMMARY
    if is_credit_line(line):
        return BlockKind.CREDIT if keep[place] or any(keep[max(0, place - 3) : place]) else None
    if (
        line.shape.pattern == "credit"
        and not line.shape.sentences
        and any(keep[max(0, place - CAPTION_REACH) : place + CAPTION_REACH])
    ):
        return BlockKind.CAPTION if line.shape.words > CREDIT_WORDS else BlockKind.CREDIT
    if is_caption(lines, place):
        return BlockKind.CAPTION
    if parsed_kind == BlockKind.CAPTION or is_in_caption(pieces[place]):
        return BlockKind.CAPTION if any(keep[max(0, place - CAPTION_REACH) : place + CAPTION_REACH]) else None
    if not keep[place]:
        return None
    if parsed_kind in PARSED_KINDS:
        return parsed_kind
    if line.shape.start == "bullet" and line.shape.words > 1 and line.text[1:2].isspace():
        return BlockKind.LIST
    return BlockKind.HEADING if is_heading(lines, keep, place) else BlockKind.PARAGRAPH


def is_standfirst(piece: Piece, line: Line) -> bool:
    """Tell whether a block between headline and text is the standfirst: its element's class says so.

    Of 36 such blocks that cleaning had removed from 133 development pages, 28 are in the publishers' own texts.
    """
    if not line.shape.is_prose or line.phrase is not None or line.shape.pattern != "none" or piece.signals.hidden:
        return False
    if piece.signals.link_chars * 4 > len(piece.text):
        return False
    names = class_words(piece)
    wanted, unwanted = standfirst_words()
    return bool(names & wanted) and not names & unwanted


def is_name_of_author(piece: Piece) -> bool:
    """Tell whether a short block is a name in an element whose class says that it names the author."""
    return len(piece.text) <= AUTHOR_LETTERS and is_name(piece.text) and bool(class_words(piece) & AUTHOR_WORDS)


def class_words(piece: Piece) -> frozenset[str]:
    """Return the words in the labels of a piece's closest elements."""
    return frozenset(word for label in piece.signals.ancestors[-2:] for word in CLASS_WORD.findall(label))


@lru_cache(maxsize=1)
def standfirst_words() -> tuple[frozenset[str], frozenset[str]]:
    """Read the words in the class names of standfirsts, and those of what is none."""
    lines = (files("tasks.clean") / "standfirst-words.txt").read_text(encoding="utf-8").splitlines()
    wanted = " ".join(line for line in lines if line[:1] not in ("#", "!"))
    unwanted = " ".join(line[1:] for line in lines if line.startswith("!"))
    return frozenset(wanted.split()), frozenset(unwanted.split())


def is_credit_line(line: Line) -> bool:
    """Tell whether a line says who else worked on the article, or made a picture."""
    return CREDIT_LINE.match(line.text) is not None and line.shape.words <= 40


def is_caption(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line is the first of two equal long lines: a picture's caption, which its gallery repeats."""
    line = lines[place]
    if place + 1 < len(lines) and line.shape.width >= 40 and line.key == lines[place + 1].key:
        return line.shape.is_prose and line.phrase is None
    return False


def continues(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line goes on with the sentence of the line before it.

    Flattening a page puts every link on a line of its own, in the middle of its sentence.
    """
    before, shape = lines[place - 1].shape, lines[place].shape
    if shape.start in ("lower", "mark"):
        return True
    if before.end not in ("none", "comma"):
        return False
    last_word = lines[place - 1].text.rpartition(" ")[2].lower()
    return before.end == "comma" or is_inside_sentence(lines, place) or last_word in function_words()


def is_heading(lines: Sequence[Line], keep: Sequence[bool], place: int) -> bool:
    """Tell whether a kept line is a sub-heading: short, not a sentence, between whole paragraphs."""
    shape = lines[place].shape
    if not 1 <= shape.words <= HEADING_WORDS or shape.start not in ("upper", "quote", "digit", "wide"):
        return False
    if (shape.end not in ("none", "quote") and not lines[place].text.endswith(("?", "!"))) or place + 1 >= len(lines):
        return False
    before, after = lines[place - 1].shape if place else None, lines[place + 1].shape
    follows_whole = before is None or before.end in ("sentence", "quote") or not keep[place - 1]
    return follows_whole and keep[place + 1] and after.is_prose and after.start not in ("lower", "mark")
