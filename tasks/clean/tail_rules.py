"""What stands between the last paragraph and the page's foot: biographies of authors, notices of the publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np

from tasks.clean.line_features import Line, prose_letters

#: The tail begins after this share of the document's prose; in the pages measured, biographies and notices together
#: are under a fifth of it.
TAIL_SHARE = 0.75
NAME_WORDS = 6
#: Appeals to readers are a sentence or two.
APPEAL_LETTERS = 320
READER = re.compile(r"\b(?:you|your|we|our|us|sie|ihr|ihre|vous|votre|nos|tu|tus|nuestro|nossa|seu|jij|je|onze)\b")
CONTACT = re.compile(r"(?<!\S)\S[^\s@]*+@\S+\.\w|\b(?:[Rr]each|[Ff]ollow|[Cc]ontact|[Ee]mail)\b")
ROLES = (
    r"reporter|journalist|editor|columnist|correspondent|writer|author|contributor|producer|professor|fellow|critic"
    r"|blogger|freelancer|lecturer|researcher|co-?founder|founder|director|analyst"
)
SELF_DESCRIPTION = re.compile(
    rf"\A(?:[^\W\d_a-z][\w.'’\-]*\s+){{1,4}}(?:is|was|has been|works as|serves as) (?:an?|the|our|[^\W\d_a-z][\w'’]*)\b"
    rf"[^.]{{0,90}}\b(?:{ROLES})s?\b"
)
WRITES_FOR = re.compile(
    r"\A(?:[^\W\d_a-z][\w.'’\-]*\s+){1,4}(?:writes|covers|reports|has covered|has written|joined)\b[^.]{0,80}"
    r"\b(?:for|about|from|at|on)\b"
)


def tail_removals(lines: Sequence[Line], forced: Sequence[str | None]) -> list[str | None]:
    """Add the removals of the document's tail to those already forced.

    Appeals to the reader, and self-descriptions with a way to reach the writer, are removed wherever they stand. A
    biography is a line that only names someone, after furniture or a credit, before prose that starts with the
    same name; or, among the last lines, a sentence that says what someone writes or edits. What follows a biography
    is no article any more.
    """
    rules = list(forced)
    prose = prose_letters(lines)
    if not prose.any():
        return rules
    progress = (np.cumsum(prose) / prose.sum()).tolist()
    appeals = appeals_in(lines)
    ended = False
    for place, line in enumerate(lines):
        if rules[place] is not None:
            continue
        if appeals and is_appeal(line, appeals):
            rules[place] = "newsletter-box"
        elif is_self(line) and CONTACT.search(line.text[:600]):
            rules[place] = "author-biography"
        if rules[place] is not None or (place and progress[place - 1] < TAIL_SHARE):
            continue
        if ended:
            rules[place] = (
                "legal-notice" if is_notice(line.text) else "author-biography" if is_self(line) else "outside-article"
            )
        elif is_named_biography(lines, rules, place):
            rules[place], ended = "author-biography", True
            rules[place + 1] = "author-biography"
        elif is_self(line) and not any(later.shape.is_prose for later in unruled(lines, rules, place + 1)[3:]):
            rules[place] = "author-biography"
    return rules


def unruled(lines: Sequence[Line], rules: Sequence[str | None], first: int) -> list[Line]:
    """List the lines from `first` on that no rule has removed."""
    return [line for line, rule in zip(lines[first:], rules[first:], strict=True) if rule is None]


def is_named_biography(lines: Sequence[Line], rules: Sequence[str | None], place: int) -> bool:
    """Tell whether a name stands alone after furniture, and prose that starts with it follows."""
    line = lines[place]
    if place == 0 or place + 1 >= len(lines) or not 1 <= line.shape.words <= NAME_WORDS or line.shape.is_prose:
        return False
    if line.shape.end != "none" or rules[place - 1] is None:
        return False
    following = lines[place + 1]
    return following.shape.is_prose and following.text.startswith(line.text + " ")


def is_self(line: Line) -> bool:
    """Tell whether a line says what a person writes, edits or reports."""
    return line.shape.is_prose and bool(SELF_DESCRIPTION.match(line.text[:300]) or WRITES_FOR.match(line.text[:300]))


def appeals_in(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the parts of appeals that stand in any of the lines: few documents have more than two."""
    whole = "\n".join(line.text for line in lines if line.shape.width <= APPEAL_LETTERS).lower()
    return tuple(part for part in parts_of("appeal-parts.txt") if part in whole)


def is_appeal(line: Line, parts: Sequence[str]) -> bool:
    """Tell whether a short block asks its reader for money, an address or good manners, in one of some parts."""
    if line.shape.width > APPEAL_LETTERS or line.shape.words < 4 or line.shape.start == "quote":
        return False
    lowered = line.text.lower()
    return any(part in lowered for part in parts) and READER.search(lowered) is not None


def is_notice(text: str) -> bool:
    """Tell whether a line has one of the phrases of publishers' notices."""
    lowered = text[:600].lower()
    return any(part in lowered for part in parts_of("notice-words.txt"))


@lru_cache(maxsize=4)
def parts_of(name: str) -> tuple[str, ...]:
    """Read a file of sentence parts."""
    lines = (files("tasks.clean") / name).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
