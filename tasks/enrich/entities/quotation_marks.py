"""Find what stands between quotation marks in one passage.

Straight, curly, guillemets and low-high marks; a mark that closes may be of another style than the one that opened, as
happens on real pages. Apostrophes and possessives are no marks. A quotation that is still open where the passage ends
says so: it goes on in the next one, or its mark was an error. Marks inside a quotation belong to its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile("[\"“”„«»‘’']")
_DOUBLE, _SINGLE, _GUILLEMET = "double", "single", "guillemet"
#: How far a possessive is told from a closing mark by what follows, in characters.
_LOOK_AHEAD = 400
_SURE_CLOSING = re.compile(r"""[.,!?…]['’](?!\w)|(?<=[a-rt-z])['’](?!\w)""")
_OPENING_SINGLE = re.compile(r"""(?<![\w.,!?])['‘](?=\w)""")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between two marks: characters of the passage, half-open, marks left out."""

    start: int
    end: int
    is_closed: bool


def has_marks(text: str) -> bool:
    """Tell whether a text has anything that can be a quotation mark (an apostrophe is one)."""
    return _MARK.search(text) is not None


def opens_with_mark(text: str) -> bool:
    """Tell whether a passage begins with an opening mark."""
    match = _MARK.match(text)
    return match is not None and _opens(text, 0) is not None


def find_quoted(text: str) -> list[Quoted]:
    """Return what is quoted in a passage, in order.

    >>> [text[quoted.start:quoted.end] for text in ["'It's Jo's,' she said."] for quoted in find_quoted(text)]
    ["It's Jo's,"]
    """
    found: list[Quoted] = []
    family: str | None = None
    start, nested = 0, 0
    for match in _MARK.finditer(text):
        at = match.start()
        opened = _opens(text, at)
        if family is None:
            if opened is not None:
                family, start, nested = opened, at + 1, 0
        elif nested and _is_glued_left(text, at) and text[at] in "\"”’'" and text[at - 1] not in ".,!?…":
            nested -= not text[at + 1 : at + 2].isalnum()
        elif _closes(text, at, family, nested):
            if text[start:at].strip():
                found.append(Quoted(start, at, True))
            family = None
        elif opened == family and family != _SINGLE:
            start, nested = at + 1, 0  # the mark before was never closed
        elif opened is not None:
            nested += 1
    if family in (_DOUBLE, _GUILLEMET) and text[start:].strip():
        found.append(Quoted(start, len(text), False))
    return found


def _opens(text: str, at: int) -> str | None:
    """Return the family of an opening mark, or None."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if not after or (after.isspace() and mark != "«"):
        return None
    if mark in "“„":
        return _DOUBLE if not before.isalnum() else None
    if mark == '"':
        return _DOUBLE if not _is_inside(before) else None
    if mark == "«" or (mark == "»" and not before.strip() and after.isalnum()):
        return _GUILLEMET
    if mark in "‘'":
        is_elision = after.isdigit() or text[at + 1 : at + 4].lower() in ("tis", "em ")
        return _SINGLE if after.isalnum() and not is_elision and not _is_inside(before) else None
    return None


def _is_inside(before: str) -> bool:
    """Tell a character that no opening mark follows."""
    return before.isalnum() or (before != "" and before in ".,!?…%)")


def _is_glued_left(text: str, at: int) -> bool:
    return at > 0 and not text[at - 1].isspace()


def _closes(text: str, at: int, family: str, nested: int) -> bool:
    mark, after = text[at], text[at + 1 : at + 2]
    if family == _GUILLEMET:
        return mark in "»«" and (_is_glued_left(text, at) or not after.isalnum())
    if family == _DOUBLE:
        if mark in '”"“' and not after.isalnum():
            return mark != "“" or _is_glued_left(text, at)
        return mark == "”"
    if mark in '"”' and not nested:
        return _is_glued_left(text, at) and not after.isalnum()
    if mark not in "'’" or after.isalnum() or not _is_glued_left(text, at):
        return False
    return not (text[at - 1] == "s" and after == " " and _is_possessive(text, at))


def _is_possessive(text: str, at: int) -> bool:
    """Tell "the nations' leaders" inside a quotation, by a closing mark that comes before another one opens."""
    window = text[at + 1 : at + 1 + _LOOK_AHEAD]
    closing = _SURE_CLOSING.search(window)
    opening = _OPENING_SINGLE.search(window)
    return closing is not None and (opening is None or closing.start() < opening.start())
