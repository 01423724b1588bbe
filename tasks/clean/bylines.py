"""Bylines: lines that name the writers, and the names in them."""

from __future__ import annotations

import re

#: What a byline may call its article before it names the writer.
GENRE = (
    r"(?:an? |ein |eine |une? )?(?:story|written|reported|posted|words|text|article|analysis|opinion|review|comment"
    r"|kommentar|analyse|essay|kolumne|interview|bericht|reportage|gastbeitrag|glosse|rezension|texto|texte)"
)
BYLINE_LINE = re.compile(
    rf"\A(?:{GENRE} )?(?:by|von|par|por|di|door|av|af)"
    r"(?::\s*|\s+)(?P<names>\S.*)\Z"
    r"|\A(?:autor|autorin|author|authors|auteur|autore)\s*:\s*(?P<labelled>\S.*)\Z",
    re.IGNORECASE,
)
#: Names are written with capitals; a byline of four people with their desks stays below this length.
LONGEST = 160
#: What follows the names: their desk, the date, a button.
#: White space is looked through from its beginning only, or a long run of it would be once for each of its characters.
DESK = re.compile(r"(?<!\s)\s++[/|•·]\s+")
SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?(?:[,;|&]|\b(?:and|und|et|y)\b)\s*+")
CAPITALISED = r"[^\W\d_a-zà-ÿ][^\W\d_]*"
PARTICLE = r"(?:(?:de|del|della|von|van|der|den|la|le|bin|al|di|da|dos) )?"
NAME = re.compile(rf"{CAPITALISED}(?:[ '’.\-]+{PARTICLE}{CAPITALISED}\.?)*")


def is_byline(line: str) -> bool:
    """Tell whether a whole line is a byline: "By Ana Ruiz and Tom Lee", not "By then the ferry had left."."""
    if len(line) > LONGEST or line.endswith((".", "?", "!")):
        return False
    match = BYLINE_LINE.match(line)
    return bool(match) and any(is_name(part) for part in SEPARATOR.split(names_of(line)))


def names_of(line: str) -> str:
    """Return what a byline says after its "By"; the line itself if it has none."""
    match = BYLINE_LINE.match(line.strip())
    names = match["names"] or match["labelled"] if match else line
    return DESK.split(names, maxsplit=1)[0].strip()


def is_name(part: str) -> bool:
    """Tell whether a part of a byline is written as a name."""
    return bool(NAME.fullmatch(part.strip())) and len(part.split()) <= 6


def authors_in(byline: str) -> tuple[str, ...]:
    """List the names in a byline, in order, without repeats.

    >>> authors_in("By Ana Ruiz and Tom Lee")
    ('Ana Ruiz', 'Tom Lee')
    """
    return tuple(dict.fromkeys(part.strip() for part in SEPARATOR.split(names_of(byline)) if is_name(part)))
