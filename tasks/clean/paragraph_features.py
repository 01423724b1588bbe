"""Features of the paragraphs that lines are part of: whole sentences, their runs, and what repeats in a page.

Flattening a page puts every link on a line of its own, so a line may be a fragment of a paragraph. Here lines that go
on with a sentence are joined first. What then ends like a sentence is prose in any script, with or without capitals and
known function words; lists of teasers and menus are not. All features cost time linear in the number of lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import (
    ENDS,
    LONG_PARAGRAPH,
    PATTERNS,
    STARTS,
    WIDTHS,
    Column,
    Line,
    codes,
    main_range,
    shifted,
)

Places = NDArray[np.int64]

#: A paragraph this wide that ends a sentence is prose.
SENTENCE_LETTERS = 45
#: What a paragraph that is no prose costs a cluster, in letters: for close-knit and for interrupted articles.
CLUSTER_COSTS = (25.0, 80.0, 250.0)
#: Two runs of prose are one when nothing but a line or two (a heading, an advertisement) parts them.
RUN_GAP = 2
PARAGRAPH_WIDTHS = np.array([8, 20, 45, 80, 130, 200, 320, 600, 1200])
FAR = 40
#: Classes of characters that seldom start a sentence: Japanese sets particles in kana.
MIDDLE = ("kana", "closing")
FIRSTS = ("none", "kana", "closing", "han", "hangul", "caseless", "upper", "lower", "digit", "opening")
LASTS = ("none", "stop", "question", "exclamation", "ellipsis", "quote", "bracket", "digit", "letter", "wide")
#: Lines between one teaser's title and the next one's.
PERIODS = (2, 3, 4, 5)


def describe_paragraphs(lines: Sequence[Line]) -> Mapping[str, Column]:
    """Compute the features of each line that depend on the paragraph it is part of, and of the repeats around it."""
    width = np.minimum([line.shape.width for line in lines], LONG_PARAGRAPH).astype(float)
    end = codes([line.shape.end for line in lines], ENDS)
    start = codes([line.shape.start for line in lines], STARTS)
    pattern = codes([line.shape.pattern for line in lines], PATTERNS)
    owner = paragraph_of_each(lines)
    columns = paragraph_columns(lines, owner, width, end, start)
    columns |= characters(lines)
    columns |= copies(lines)
    columns |= mark_distances(pattern)
    columns |= periods(width, end, start)
    return columns


def paragraph_of_each(lines: Sequence[Line]) -> Places:
    """Number the paragraphs, and return the number of each line's.

    A line goes on with the one before where that ends open and this starts in the middle of a sentence, or where that
    ends in a function word.
    """
    is_open = np.array([line.shape.end in ("none", "comma") for line in lines])
    goes_on = np.array([line.shape.start in ("lower", "mark") or line.shape.first in MIDDLE for line in lines])
    leads_on = np.array([line.shape.leads_on for line in lines])
    joins = np.zeros(len(lines), dtype=bool)
    joins[1:] = is_open[:-1] & goes_on[1:] | leads_on[:-1]
    owner: Places = np.cumsum(~joins) - 1
    return owner


def paragraph_columns(
    lines: Sequence[Line], owner: Places, width: Column, end: Column, start: Column
) -> dict[str, Column]:
    """Describe each line's paragraph, the paragraphs beside it, and its place among runs of prose."""
    count = int(owner[-1]) + 1
    first = np.searchsorted(owner, np.arange(count))
    last = np.append(first[1:], len(owner)) - 1
    letters = np.bincount(owner, weights=width)
    stops = np.bincount(owner, weights=[line.shape.stops for line in lines])
    pauses = np.bincount(owner, weights=[line.shape.pauses for line in lines])
    own_end, own_start = end[last], start[first]
    is_sentence = (letters >= SENTENCE_LETTERS) & ((own_end == ENDS.index("sentence")) | (stops >= 2))
    prose = np.where(is_sentence, np.minimum(letters, LONG_PARAGRAPH), 0.0)
    size = np.searchsorted(PARAGRAPH_WIDTHS, letters, side="right").astype(float)
    code = size * 10 + own_end
    table: dict[str, Column] = {
        "paragraph_size_and_end": code,
        "paragraph_size_and_start": size * 10 + own_start,
        "paragraph_lines": np.minimum(last - first + 1, 12).astype(float),
        "paragraph_stops": np.minimum(stops, 9),
        "paragraph_pauses": np.round(100 * pauses / np.maximum(letters, 1)),
        "paragraph_before": shifted(code, 1, 99.0),
        "paragraph_after": shifted(code, -1, 99.0),
        "two_paragraphs_before": shifted(code, 2, 99.0),
        "two_paragraphs_after": shifted(code, -2, 99.0),
    }
    table |= sentence_windows(prose)
    table |= sentence_runs(prose)
    for cost in CLUSTER_COSTS:
        table |= sentence_cluster(prose, cost)
    columns = {name: column[owner] for name, column in table.items()}
    columns["place_in_paragraph"] = np.minimum(np.arange(len(owner)) - first[owner], 9).astype(float)
    return columns


def sentence_windows(prose: Column) -> dict[str, Column]:
    """Average the letters of whole sentences over the paragraphs before and after each."""
    total = np.concatenate([[0.0], np.cumsum(prose)])
    count = len(prose)
    place = np.arange(count)
    columns = {}
    for window in (1, 3, 6, 12, 25):
        columns[f"paragraphs_prose_before_{window}"] = (total[place] - total[np.maximum(0, place - window)]) / window
        columns[f"paragraphs_prose_after_{window}"] = (
            total[np.minimum(count, place + 1 + window)] - total[place + 1]
        ) / window
    whole = max(1.0, float(total[-1]))
    columns["paragraphs_prose_share_before"] = total[place] / whole
    columns["paragraphs_prose_share_after"] = 1 - total[place + 1] / whole
    columns["paragraphs_prose"] = np.full(count, whole)
    return columns


def sentence_runs(prose: Column) -> dict[str, Column]:
    """Describe the run of prose that each paragraph is in or nearest before or after, and the longest run."""
    count = len(prose)
    place = np.arange(count)
    spots = np.flatnonzero(prose > 0)
    if not len(spots):
        nothing = np.full(count, -1.0)
        names = ("run_letters", "run_share", "since_prose", "until_prose", "longest_run_distance", "run_place")
        return dict.fromkeys(names, nothing)
    run = np.cumsum(np.diff(spots, prepend=spots[0]) > RUN_GAP + 1)
    letters = np.bincount(run, weights=prose[spots])
    starts = spots[np.searchsorted(run, np.arange(len(letters)))]
    ends = spots[np.searchsorted(run, np.arange(len(letters)), side="right") - 1]
    before = np.searchsorted(spots, place, side="right") - 1
    after = np.minimum(np.searchsorted(spots, place, side="left"), len(spots) - 1)
    nearest = run[np.where((before < 0) | (spots[after] - place < place - spots[np.maximum(before, 0)]), after, before)]
    longest = int(np.argmax(letters))
    outside = np.where(place < starts[longest], place - starts[longest], np.maximum(0, place - ends[longest]))
    return {
        "run_letters": letters[nearest],
        "run_share": letters[nearest] / letters.max(),
        "since_prose": np.where(before < 0, FAR, np.minimum(FAR, place - spots[np.maximum(before, 0)])).astype(float),
        "until_prose": np.where(place > spots[-1], FAR, np.minimum(FAR, spots[after] - place)).astype(float),
        "longest_run_distance": np.clip(outside, -FAR, FAR).astype(float),
        "run_place": np.minimum(nearest, 20).astype(float) - min(longest, 20),
    }


def sentence_cluster(prose: Column, cost: float) -> dict[str, Column]:
    """Place each paragraph in, before or after the cluster of whole sentences that a cost of other paragraphs gives."""
    first, last = main_range(np.where(prose > 0, prose, -cost))
    place = np.arange(len(prose))
    outside = np.where(place < first, place - first, np.where(place >= last, place - last + 1, 0))
    total = np.concatenate([[0.0], np.cumsum(prose)])
    inside = max(1.0, float(total[last] - total[first]))
    name = f"sentence_cluster_{cost:.0f}"
    return {
        f"{name}_distance": np.clip(outside, -FAR, FAR).astype(float),
        f"{name}_progress": np.where(outside == 0, (total[place] - total[first]) / inside, -1.0),
        f"{name}_share": np.full(len(prose), inside / max(1.0, float(total[-1]))),
    }


def characters(lines: Sequence[Line]) -> dict[str, Column]:
    """Number the first and last characters' classes, and say how the page is written."""
    wide = np.array([line.shape.start == "wide" for line in lines], dtype=float)
    return {
        "first_character": codes([line.shape.first for line in lines], FIRSTS),
        "last_character": codes([line.shape.last for line in lines], LASTS),
        "stops": np.array([min(9, line.shape.stops) for line in lines], dtype=float),
        "pauses": np.array([min(9, line.shape.pauses) for line in lines], dtype=float),
        "page_wide": np.full(len(lines), wide.mean()),
    }


def copies(lines: Sequence[Line]) -> dict[str, Column]:
    """Count each line's copies above and below it, and how many of its neighbours stand elsewhere, too."""
    seen: Counter[str] = Counter()
    above = []
    for line in lines:
        above.append(seen[line.key])
        seen[line.key] += 1
    earlier = np.array(above, dtype=float)
    whole = np.array([seen[line.key] for line in lines], dtype=float)
    total = np.concatenate([[0.0], np.cumsum(whole > 1)])
    place = np.arange(len(lines))
    around = total[np.minimum(len(lines), place + 6)] - total[np.maximum(0, place - 5)]
    return {
        "copies_above": np.minimum(earlier, 5),
        "copies_below": np.minimum(whole - 1 - earlier, 5),
        "copied_around": around,
    }


def mark_distances(pattern: Column) -> dict[str, Column]:
    """Count the lines since and until the nearest date, byline and credit."""
    place = np.arange(len(pattern))
    columns: dict[str, Column] = {}
    marks = {"date": ("date", "clock", "relative"), "byline": ("byline",), "credit": ("credit",)}
    for name, kinds in marks.items():
        hits = np.isin(pattern, [PATTERNS.index(kind) for kind in kinds])
        last = np.maximum.accumulate(np.where(hits, place, -1000))
        following = np.minimum.accumulate(np.where(hits, place, 100_000_000)[::-1])[::-1]
        columns[f"since_{name}"] = np.minimum(place - last, FAR).astype(float)
        columns[f"until_{name}"] = np.minimum(following - place, FAR).astype(float)
    return columns


def periods(width: Column, end: Column, start: Column) -> dict[str, Column]:
    """Count the lines of the same shape at equal distances: lists of teasers repeat themselves, prose does not."""
    code = np.searchsorted(WIDTHS, width, side="right") * 100 + end * 10 + start
    columns: dict[str, Column] = {}
    best = np.zeros(len(code))
    for period in PERIODS:
        same = sum((shifted(code, period * step, -1.0) == code).astype(float) for step in (-3, -2, -1, 1, 2, 3))
        best = np.maximum(best, same)
        columns[f"same_shape_every_{period}"] = np.asarray(same, dtype=float)
    columns["same_shape_best"] = best
    return columns
