"""Find the day of publication that a page shows its readers: the date line beside the headline, else elsewhere.

A date line is short and says little more than its date; a caption or a sentence that names a day is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from tasks.parse.rendering import Rendering
from tasks.parse.stated_dates import find_dates
from tasks.records import Block, Stated

SOURCE = "visible-text"
#: Source of a day of publication for which only the day of the last change is known.
SOURCE_OF_CHANGE = "modified"

#: Labels of elements that hold the date of an article, and of those that hold other dates.
DATE_LABEL = re.compile(
    r"date|time(?!line)|publish|posted|byline|meta|info|dateline|stamp|author|datum|fecha|data\b|submitted|details",
    re.IGNORECASE,
)
OTHER_LABEL = re.compile(
    r"comment|related|teaser|sidebar|widget|footer|recent|archive|calendar|breadcrumb|copyright|popular|modif"
    r"|latest|most-?read|trending|promo(?!ted)|recommend|more-",
    re.IGNORECASE,
)
OTHER_STORY = re.compile(
    r"comment|related|teaser|recent|popular|latest|most-?read|trending|promo(?!ted)|recommend", re.IGNORECASE
)
COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
COULD_HOLD_DATE = re.compile(r"\d{4}|\d[./]\s?\d{1,2}[./]\s?\d\d")
WORD = re.compile(r"[^\W\d_]{2,}")
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
OPENING = re.compile(r"[-–—|:,„“\"«]")

LINES_BEFORE, LINES_AFTER = 8, 14
MAX_DATE_LINE = 180
FAR = 100  # behind any line that does not state a change
DATE_OPENING = 36  # characters of a paragraph in which its opening date stands, with the place before it
MAX_WORDS = 7  # of a line that nothing marks as a date line, the month and the weekday among them
MAX_WORDS_OF_BARE_DATE = 4
MAX_LABEL = 35  # characters of the line above a date that says what the date is


@cache
def label_pattern(kind: str) -> re.Pattern[str]:
    """Compile the words of `date_labels.tsv` of a kind: published or modified."""
    lines = files("tasks.parse").joinpath("date_labels.tsv").read_text(encoding="utf-8").splitlines()
    words = [line.partition("\t")[2] for line in lines if line.startswith(f"{kind}\t")]
    return re.compile("|".join(rf"(?<!\w){word}" for word in words), re.IGNORECASE)


def beside_headline(rendering: Rendering, place: int | None, lang: str | None) -> Stated | None:
    """Find the date line nearest to the headline, whose block is at `place`."""
    if place is None:
        return None
    blocks = rendering.blocks
    best: tuple[int, Stated] | None = None
    for index in range(max(0, place - LINES_BEFORE), min(len(blocks), place + LINES_AFTER)):
        value = date_of_line(rendering, blocks[index], lang, lines_below=index - place)
        if value is None:
            continue
        distance = (index - place if index >= place else 3 * (place - index)) * 2 - _label_bonus(blocks[index])
        text = rendering.text[blocks[index].char_start : blocks[index].char_end][:MAX_DATE_LINE]
        found = Stated(value, SOURCE)
        if is_of_change(text):
            distance, found = distance + FAR, Stated(value, SOURCE_OF_CHANGE)
        if best is None or distance < best[0]:
            best = (distance, found)
    return best[1] if best else None


def elsewhere(rendering: Rendering, place: int | None, lang: str | None) -> Iterator[Stated]:
    """Yield date lines anywhere on the page, best first.

    The first that says it is the day of publication, one that is marked up as a date, one that is little more than a
    date, and last one that states the day of the last change.
    """
    published = label_pattern("published")
    found: dict[str, str] = {}
    label = ""
    for index, block in enumerate(rendering.blocks):
        text, label_before = rendering.text[block.char_start : block.char_end].strip(), label
        label = text if len(text) <= MAX_LABEL else ""
        value = date_of_line(rendering, block, lang)
        if value is None:
            continue
        if is_of_change(text) or is_of_change(label_before):
            found.setdefault("changed", value)
        elif published.search(text) or published.search(label_before):
            yield Stated(value, SOURCE)
            return
        elif _label_bonus(block) > 0:
            found.setdefault("marked", value)
        elif index > (place or 0) and block.signals.tag != "li" and len(WORD.findall(text)) <= MAX_WORDS_OF_BARE_DATE:
            found.setdefault("bare", value)
    yield from (Stated(found[kind], SOURCE) for kind in ("marked", "bare") if kind in found)
    if "changed" in found:
        yield Stated(found["changed"], SOURCE_OF_CHANGE)


def date_of_line(
    rendering: Rendering, block: Block, lang: str | None, *, lines_below: int | None = None
) -> str | None:  # fmt: skip
    """Read the date of a short line; None for running text, other stories' lines, copyright notices.

    A line close to the headline may belong to a "teaser" by its class, and a paragraph below it may open with its date.
    `lines_below` counts from the headline.
    """
    length = block.char_end - block.char_start
    if block.signals.hidden or length < 6:
        return None
    text = rendering.text[block.char_start : block.char_end][: MAX_DATE_LINE + 1].strip()
    if not COULD_HOLD_DATE.search(text) or COPYRIGHT.search(text):
        return None
    is_close = lines_below is not None and -2 <= lines_below <= 3
    says_published = label_pattern("published").search(text) is not None
    if OTHER_LABEL.search(" ".join(block.signals.ancestors[-4:])) and not is_close:
        is_told = lines_below is None and (says_published or is_of_change(text))
        if not is_told or OTHER_STORY.search(" ".join(block.signals.ancestors[-4:])):
            return None
    if length > MAX_DATE_LINE:
        return _opening_date(text, lang, is_close=is_close) if lines_below is not None and lines_below >= 0 else None
    dates = list(find_dates(text, lang))
    if not dates:
        return None
    if not (_label_bonus(block) or says_published or is_of_change(text)) and len(WORD.findall(text)) > MAX_WORDS:
        return _opening_date(text, lang, is_close=False)
    return _published_of(text, dates)


def _opening_date(text: str, lang: str | None, *, is_close: bool) -> str | None:
    """Read the date that a paragraph opens with, set off by a dash or the like; close to the headline after a place."""
    for place, value in find_dates(text[:DATE_OPENING], lang):
        if is_close or (place == 0 and OPENING.search(text[6:DATE_OPENING])):
            return value
    return None


def _published_of(text: str, dates: list[tuple[int, str]]) -> str | None:
    """Choose the date of publication among those of a line; the date of a change where it has no other."""
    if len(dates) > 1 and (match := label_pattern("modified").search(text)) is not None and match.start() < dates[0][0]:
        between = text[dates[0][0] : dates[1][0]]
        return dates[1][1] if label_pattern("published").search(between) else dates[0][1]
    return dates[0][1]


def is_of_change(text: str) -> bool:
    """Tell whether a line states the day of a change and not that of publication.

    >>> is_of_change("Aktualisiert am 4. März 2026"), is_of_change("Published 3 March 2026, updated 4 March 2026")
    (True, False)
    >>> is_of_change("03.03.2026 - Aktualisiert: 04.03.2026")
    False
    """
    change = label_pattern("modified").search(text)
    if change is None or label_pattern("published").search(text):
        return False
    return not (DIGIT.search(text, 0, change.start()) and len(YEAR.findall(text)) > 1)


def _label_bonus(block: Block) -> int:
    return 6 if DATE_LABEL.search(" ".join(block.signals.ancestors[-2:])) or block.signals.tag == "time" else 0


def lines_near_headline(rendering: Rendering, place: int | None) -> list[str]:
    """List the short lines after the headline, nearest first, then those before it."""
    return [line for block in _blocks_near(rendering, place) for line in _lines(rendering, block)]


def _blocks_near(rendering: Rendering, place: int | None) -> Iterable[Block]:
    if place is None:
        return ()
    after = rendering.blocks[place + 1 : place + LINES_AFTER]
    before = rendering.blocks[max(0, place - LINES_BEFORE) : place]
    return (
        block
        for block in (*after, *reversed(before))
        if block.char_end - block.char_start <= MAX_DATE_LINE and not block.signals.hidden
    )


def _lines(rendering: Rendering, block: Block) -> Iterator[str]:
    return (line.strip() for line in rendering.text[block.char_start : block.char_end].splitlines() if line.strip())


def headline_place(rendering: Rendering, title: str | None) -> int | None:
    """Find the block of the headline: the one whose text is the title, else the first h1, else the first h2."""
    blocks = rendering.blocks
    wanted = " ".join((title or "").split()).lower()
    least, most = len(wanted), len(wanted) + 10
    equal = [
        index
        for index, (_, start, end, *_) in enumerate(blocks if wanted else ())
        if least <= end - start <= most and " ".join(rendering.text[start:end].split()).lower() == wanted
    ]
    for tag in ("h1", "h2", "h3"):
        for index in equal:
            if blocks[index].signals.tag == tag:
                return index
    if equal and not blocks[equal[0]].signals.link_chars:
        return equal[0]
    for tag in ("h1", "h2"):
        for index, block in enumerate(blocks):
            if block.signals.tag == tag and not block.signals.hidden:
                return index
    return None
