"""Features of lines in their document: shape, phrases, neighbours, density of prose, place beside the main cluster.

Every feature is one number a line; a scorecard turns them into points. All are computed over whole columns or in one
pass, so the cost is linear in the number of lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_shapes import WIDE, WORD, LineShape, shape_line, words_of
from tasks.clean.phrases import line_key, rule_of_phrase
from tasks.clean.removal_rules import REMOVAL_RULES

Column = NDArray[np.float64]

WIDTHS = np.array([4, 12, 25, 45, 70, 110, 180, 320])
ENDS = ("none", "sentence", "colon", "comma", "quote", "ellipsis")
STARTS = ("upper", "lower", "digit", "quote", "bullet", "mark", "wide")
PATTERNS = ("none", "date", "clock", "relative", "byline", "credit", "address", "symbol")
PHRASES = (None, *(rule.name for rule in REMOVAL_RULES))
WINDOWS = (1, 2, 4, 8, 16, 32)
#: Rules whose phrases head a section that is no part of the article.
SECTIONS = (
    "related-articles",
    "comments",
    "newsletter-box",
    "author-biography",
    "share-bar",
    "legal-notice",
    "navigation",
)
#: What a line without prose costs the main cluster, in letters of prose.
GAP_COST = 45.0
LONG_PARAGRAPH = 1_200
#: Letters of a line whose words are compared with the rest.
VOCABULARY_LETTERS = 300
#: Shorter words say little about what a line speaks of.
CONTENT_LETTERS = 4
#: Lines are the same when these letters of theirs are.
KEY_LETTERS = 400
#: Longer lines are seldom the same on two pages.
SHORT_LETTERS = 60
FAR = 99.0


class Line(NamedTuple):
    """A line as the features see it."""

    text: str
    key: str
    shape: LineShape
    phrase: str | None
    words: frozenset[str]  # the longer ones of its beginning


def read_line(text: str) -> Line:
    """Measure one line; short lines are remembered, since the pages of a publisher share their menus."""
    return read_short_line(text) if len(text) <= SHORT_LETTERS else measure_line(text)


@lru_cache(maxsize=20_000)
def read_short_line(text: str) -> Line:
    """Measure a line that is likely to come again."""
    return measure_line(text)


def measure_line(text: str) -> Line:
    """Measure one line afresh."""
    key = line_key(text[:KEY_LETTERS])
    phrase = rule_of_phrase(text, key if len(text) <= KEY_LETTERS else None)
    words, lowered = words_of(text)
    if len(text) <= VOCABULARY_LETTERS and text.isascii():
        vocabulary = frozenset([word for word in lowered if len(word) >= CONTENT_LETTERS])  # the key has the same words
    else:
        vocabulary = content_words(key)
    return Line(text, key, shape_line(text, words, lowered), phrase, vocabulary)


def describe_lines(lines: Sequence[Line], title_keys: frozenset[str] = frozenset()) -> Mapping[str, Column]:
    """Compute the features of a document's lines (blank lines left out).

    `title_keys` are the keys of lines that state the article's title, as far as it is known.
    """
    shapes = [line.shape for line in lines]
    width = np.array([shape.width for shape in shapes], dtype=float)
    prose = prose_letters(lines)
    width_bin = np.searchsorted(WIDTHS, width, side="right").astype(float)
    end = codes([shape.end for shape in shapes], ENDS)
    start = codes([shape.start for shape in shapes], STARTS)
    function_share = np.array([shape.function_words / max(1, shape.words) for shape in shapes])
    pattern = codes([shape.pattern for shape in shapes], PATTERNS)
    counts = Counter(line.key for line in lines)
    share_bin = np.searchsorted([0.05, 0.15, 0.25, 0.35, 0.45], function_share, side="right")
    title_bin = np.searchsorted([0.2, 0.5, 0.8], [shape.title_case for shape in shapes], side="right")
    columns: dict[str, Column] = {
        "width": width,
        "width_and_end": width_bin * 10 + end,
        "width_and_start": width_bin * 10 + start,
        "width_and_function_words": width_bin * 10 + share_bin,
        "width_and_title_case": width_bin * 10 + title_bin,
        "width_and_sentences": width_bin * 10 + np.array([shape.sentences for shape in shapes], dtype=float),
        "width_and_pattern": width_bin * 10 + pattern,
        "width_and_repeats": width_bin * 10 + np.array([min(3, counts[line.key]) for line in lines], dtype=float),
        "digits": np.array([shape.digits for shape in shapes]),
        "phrase": codes([line.phrase for line in lines], PHRASES),
    }
    columns |= neighbours(width_bin, end, start, pattern, columns["phrase"])
    columns |= densities(prose)
    columns |= sentence_densities(prose, end, pattern)
    columns |= cluster_places(prose, width)
    columns |= section_distances(lines, width)
    columns |= title_distance(lines, title_keys, prose)
    columns |= shared_words(lines, title_keys, prose)
    columns["page_density"] = np.full(len(lines), prose.sum() / max(1.0, width.sum() + 15.0 * len(lines)))
    return columns


def prose_letters(lines: Sequence[Line]) -> Column:
    """Count each line's letters of prose; a very long line counts as a long paragraph."""
    return np.array(
        [min(line.shape.width, LONG_PARAGRAPH) if line.shape.is_prose else 0 for line in lines], dtype=float
    )


def codes(values: Sequence[str | None], names: tuple[str | None, ...]) -> Column:
    """Number each value by its place among the names."""
    number = {name: float(place) for place, name in enumerate(names)}
    return np.array([number.get(value, 0.0) for value in values])


def shifted(column: Column, by: int, fill: float) -> Column:
    """Move a column down by `by` lines (up where negative)."""
    moved = np.full_like(column, fill)
    if abs(by) < len(column):
        if by > 0:
            moved[by:] = column[:-by]
        else:
            moved[:by] = column[-by:]
    return moved


def neighbours(width_bin: Column, end: Column, start: Column, pattern: Column, phrase: Column) -> dict[str, Column]:
    """Say what stands just before and after, and whether the line continues it."""
    opens = (start == STARTS.index("lower")) | (start == STARTS.index("mark"))
    is_open = (end == ENDS.index("none")) | (end == ENDS.index("comma"))
    before_is_open = shifted(is_open.astype(float), 1, 0.0)
    after_continues = shifted(opens.astype(float), -1, 0.0)
    return {
        "before_width_and_end": shifted(width_bin * 10 + end, 1, 99.0),
        "after_width_and_start": shifted(width_bin * 10 + start, -1, 99.0),
        "before_pattern": shifted(pattern, 1, 9.0),
        "after_pattern": shifted(pattern, -1, 9.0),
        "before_phrase": shifted(phrase, 1, 50.0),
        "after_phrase": shifted(phrase, -1, 50.0),
        "two_before_width": shifted(width_bin, 2, 9.0),
        "two_after_width": shifted(width_bin, -2, 9.0),
        "joins": before_is_open * 8 + opens * 4 + is_open * 2 + after_continues,
        "before_and_own_width": shifted(width_bin, 1, 9.0) * 10 + width_bin,
        "own_and_after_width": width_bin * 10 + shifted(width_bin, -1, 9.0),
        "around_width": shifted(width_bin, 1, 9.0) * 10 + shifted(width_bin, -1, 9.0),
    }


def densities(prose: Column) -> dict[str, Column]:
    """Sum the letters of prose in windows before and after each line, per line of the window."""
    total = np.concatenate([[0.0], np.cumsum(prose)])
    count = len(prose)
    place = np.arange(count)
    columns = {}
    for window in WINDOWS:
        columns[f"prose_before_{window}"] = (total[place] - total[np.maximum(0, place - window)]) / window
        columns[f"prose_after_{window}"] = (total[np.minimum(count, place + 1 + window)] - total[place + 1]) / window
    whole = max(1.0, total[-1])
    columns["prose_share_before"] = total[place] / whole
    columns["prose_share_after"] = 1 - total[place + 1] / whole
    return columns


def main_cluster(prose: Column) -> tuple[int, int]:
    """Return the range of lines whose prose, less the cost of lines without any, sums highest (maximum sub-array)."""
    return main_range(np.where(prose > 0, prose, -GAP_COST))


def main_range(values: Column) -> tuple[int, int]:
    """Return the half-open range whose values sum highest (maximum sub-array); an empty one where none is positive."""
    best, best_range, running, running_start = 0.0, (0, 0), 0.0, 0
    for place, value in enumerate(values.tolist()):
        if running <= 0:
            running, running_start = 0.0, place
        running += value
        if running > best:
            best, best_range = running, (running_start, place + 1)
    return best_range


def cluster_places(prose: Column, width: Column) -> dict[str, Column]:
    """Place each line in, before or after the main cluster of prose, with the distance in lines and its share."""
    first, last = main_cluster(prose)
    place = np.arange(len(prose))
    outside = np.where(place < first, place - first, np.where(place >= last, place - last + 1, 0)).astype(float)
    total = np.concatenate([[0.0], np.cumsum(prose)])
    inside = max(1.0, total[last] - total[first])
    return {
        "cluster_distance": np.clip(outside, -40, 40),
        "cluster_progress": np.where(outside == 0, (total[place] - total[first]) / inside, -1.0),
        "cluster_share": np.full(len(prose), inside / max(1.0, total[-1])),
        "cluster_and_width": np.sign(outside) * 100 + np.searchsorted(WIDTHS, width, side="right"),
        "cluster_lines_left": np.where(outside == 0, np.minimum(30, last - place), -1.0),
    }


def section_distances(lines: Sequence[Line], width: Column) -> dict[str, Column]:
    """Count the lines since and until the nearest phrase of each kind that heads or ends a section."""
    columns: dict[str, Column] = {}
    place = np.arange(len(lines))
    for rule in SECTIONS:
        hits = np.array([line.phrase == rule for line in lines], dtype=bool)
        last = np.maximum.accumulate(np.where(hits, place, -1000))
        following = np.minimum.accumulate(np.where(hits, place, 100000)[::-1])[::-1]
        columns[f"since_{rule}"] = np.minimum(place - last, 40).astype(float)
        columns[f"until_{rule}"] = np.minimum(following - place, 40).astype(float)
    return columns


def sentence_densities(prose: Column, end: Column, pattern: Column) -> dict[str, Column]:
    """Count, around each line, the letters of whole sentences, the lines that are none, and the dates.

    Lists of teasers are prose without full stops; comments come with a date each.
    """
    whole = np.where(end == ENDS.index("sentence"), prose, 0.0)
    is_title = ((prose > 0) & (end != ENDS.index("sentence"))).astype(float)
    is_date = np.isin(pattern, [PATTERNS.index(name) for name in ("date", "clock", "relative")]).astype(float)
    columns = {}
    for window in (2, 5, 12):
        columns[f"sentences_before_{window}"] = windowed(whole, window, before=True)
        columns[f"sentences_after_{window}"] = windowed(whole, window, before=False)
        columns[f"titles_around_{window}"] = windowed(is_title, window, True) + windowed(is_title, window, False)
        columns[f"dates_around_{window}"] = windowed(is_date, window, True) + windowed(is_date, window, False)
    return columns


def windowed(column: Column, window: int, before: bool) -> Column:
    """Average a column over the `window` lines before (or after) each line."""
    total = np.concatenate([[0.0], np.cumsum(column)])
    place = np.arange(len(column))
    if before:
        averaged: Column = (total[place] - total[np.maximum(0, place - window)]) / window
    else:
        averaged = (total[np.minimum(len(column), place + 1 + window)] - total[place + 1]) / window
    return averaged


def title_distance(lines: Sequence[Line], title_keys: frozenset[str], prose: Column) -> dict[str, Column]:
    """Place each line after the title: lines, letters of prose and the longest gap in the prose since it.

    The title stands again above the text it belongs to: its last copy before the main cluster counts, else its first.
    """
    count = len(lines)
    place = np.arange(count)
    first, last = main_cluster(prose)
    copies = [spot for spot, line in enumerate(lines) if spot and line.key in title_keys]
    before = [spot for spot in copies if spot <= first + 3]
    title = before[-1] if before else copies[0] if copies else -1
    since = np.clip(place - title, -40, 60).astype(float) if copies else np.full(count, FAR)
    total = np.concatenate([[0.0], np.cumsum(prose)])
    gap = place - np.maximum.accumulate(np.where(prose > 0, place, -1))
    started = np.where(place > max(title, 0), gap, 0) * (total[place] > total[max(title, 0)])
    longest = np.maximum.accumulate(started)
    to_end = np.maximum.accumulate(np.where(place >= last, gap, 0))
    letters = np.where(place > title, total[place] - total[max(title, 0)], -1.0) if copies else np.full(count, -2.0)
    return {
        "title_distance": since,
        "letters_since_title": np.minimum(letters, 20_000.0),
        "longest_gap_since_title": np.minimum(longest, 60).astype(float),
        "longest_gap_after_cluster": np.minimum(to_end, 60).astype(float),
        "title_to_cluster": np.full(count, float(np.clip(first - title, -40, 60)) if copies else FAR),
    }


def shared_words(lines: Sequence[Line], title_keys: frozenset[str], prose: Column) -> dict[str, Column]:
    """Say how much of each line's vocabulary the title and the main cluster's other lines have too.

    Summaries and captions speak of the article's own things, teasers of others. Words of fewer than four letters, and
    all but the first words of a long line, are left out; a wide script's pairs of characters stand for its words.
    """
    first, last = main_cluster(prose)
    words = [line.words for line in lines]
    holders = Counter(chain.from_iterable(words[first:last]))
    anywhere = holders.keys()
    elsewhere = {word for word, count in holders.items() if count > 1}  # a line of the cluster is one holder itself
    title = frozenset().union(*(line.words for line in lines if line.key in title_keys))
    in_cluster, in_title, rare = [], [], []
    for place, own in enumerate(words):
        known = len(own & (elsewhere if first <= place < last else anywhere))
        in_cluster.append(known / len(own) if own else -1.0)
        in_title.append(min(4.0, float(len(own & title))) if title else -1.0)
        rare.append(float(min(12, len(own) - known)))
    width_bin = np.searchsorted(WIDTHS, [line.shape.width for line in lines], side="right")
    return {
        "words_in_cluster": np.array(in_cluster),
        "words_in_title": np.array(in_title) * 10 + width_bin,
        "words_of_its_own": np.array(rare),
    }


def content_words(key: str) -> frozenset[str]:
    """Return the longer words of a line's beginning, given its key."""
    key = key[:VOCABULARY_LETTERS]
    if not key.isascii() and WIDE.search(key[:12]):
        return frozenset(key[place : place + 2] for place in range(len(key) - 1))
    return frozenset([word for word in WORD.findall(key) if len(word) >= CONTENT_LETTERS])
