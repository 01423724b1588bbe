"""Features of a second look at the lines: what the first look, a score for each line, says about those around it.

A line that is hard to tell by itself is settled by its paragraph, by the lines made like it, by the article that the
first look found around it, and by the words it shares with that article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, compress
from operator import not_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import Column, Line, main_range, shifted
from tasks.clean.paragraph_features import paragraph_of_each

#: Beyond these points the first look is as good as sure.
SURE_POINTS = 6.0
FAR = 40
WINDOWS = (2, 4, 8, 16, 40)
#: Lines narrower than this are labels; that they were removed says little about their neighbours.
PROSE_LETTERS = 45
#: Letters that every line counts for in the cluster of likely lines, so that short ones count too.
LINE_LETTERS = 15.0


def describe_scores(lines: Sequence[Line], columns: Mapping[str, Column], scores: Column) -> dict[str, Column]:
    """Compute the features of the second look: those of the first, and those of its scores."""
    points = np.clip(scores, -SURE_POINTS, SURE_POINTS)
    likely = 1 / (1 + np.exp(-points))
    letters = np.minimum(columns["width"], 1200) + LINE_LETTERS
    features: dict[str, Column] = dict(columns) | {"first_look": points}
    for step in (1, 2, 3):
        features[f"first_look_{step}_before"] = shifted(points, step, -SURE_POINTS)
        features[f"first_look_{step}_after"] = shifted(points, -step, -SURE_POINTS)
    features |= score_windows(likely, letters)
    features |= article_places(likely, letters)
    features |= decided_distances(likely, columns["width"])
    features |= pooled("paragraph", points, letters, paragraph_of_each(lines))
    shape = columns["width_and_end"] * 10 + columns["width_and_start"] % 10
    features |= pooled("like_shaped", points, letters, np.unique(shape, return_inverse=True)[1].ravel())
    features |= shared_vocabulary(lines, likely)
    return features


def score_windows(likely: Column, letters: Column) -> dict[str, Column]:
    """Say what share of the letters before and after each line is likely to be article."""
    count = len(likely)
    place = np.arange(count)
    kept = np.concatenate([[0.0], np.cumsum(likely * letters)])
    whole = np.concatenate([[0.0], np.cumsum(letters)])
    features = {}
    for window in WINDOWS:
        first, last = np.maximum(0, place - window), np.minimum(count, place + 1 + window)
        features[f"likely_before_{window}"] = (kept[place] - kept[first]) / np.maximum(1.0, whole[place] - whole[first])
        features[f"likely_after_{window}"] = (kept[last] - kept[place + 1]) / np.maximum(
            1.0, whole[last] - whole[place + 1]
        )
    total = max(1.0, float(kept[-1]))
    features["likely_share_before"] = kept[place] / total
    features["likely_share_after"] = 1 - kept[place + 1] / total
    features["likely_letters"] = np.full(count, total)
    features["likely_share"] = np.full(count, total / max(1.0, float(whole[-1])))
    return features


def article_places(likely: Column, letters: Column) -> dict[str, Column]:
    """Place each line in, before or after the range of lines where likely letters outweigh unlikely ones most."""
    place = np.arange(len(likely))
    features = {}
    for name, weight in (("by_letters", letters), ("by_lines", np.sqrt(letters))):
        first, last = main_range((likely - 0.5) * weight)
        outside = np.where(place < first, place - first, np.where(place >= last, place - last + 1, 0))
        features[f"article_distance_{name}"] = np.clip(outside, -FAR, FAR).astype(float)
        features[f"article_lines_in_{name}"] = np.where(outside == 0, np.minimum(FAR, place - first), -1).astype(float)
        features[f"article_lines_left_{name}"] = np.where(outside == 0, np.minimum(FAR, last - place), -1).astype(float)
    return features


def decided_distances(likely: Column, width: Column) -> dict[str, Column]:
    """Count the lines since and until the nearest likely line, sure line, and prose that is none of the article."""
    marks = {"likely": likely > 0.5, "sure": likely > 0.9, "other_prose": (likely < 0.2) & (width >= PROSE_LETTERS)}
    place = np.arange(len(likely))
    features: dict[str, Column] = {}
    for name, hits in marks.items():
        before = shifted(np.maximum.accumulate(np.where(hits, place, -1000)).astype(float), 1, -1000.0)
        after = np.minimum.accumulate(np.where(hits, place, 100_000_000)[::-1])[::-1].astype(float)
        features[f"since_{name}"] = np.minimum(place - before, FAR)
        features[f"until_{name}"] = np.minimum(shifted(after, -1, 1e9) - place, FAR)
    return features


def pooled(name: str, points: Column, letters: Column, owner: NDArray[np.int64]) -> dict[str, Column]:
    """Average the points over each line's group, the line itself left out, and count the group's letters."""
    whole = np.bincount(owner, weights=letters)
    total = np.bincount(owner, weights=points * letters)
    rest = whole[owner] - letters
    mean = (total[owner] - points * letters) / np.maximum(1.0, rest)
    return {
        f"{name}_points": np.where(rest > 0, mean, 0.0),
        f"{name}_count": np.minimum(30, np.bincount(owner)[owner]).astype(float),
    }


class Holders(NamedTuple):
    """The words of some lines: of any, and of more than one."""

    of_any: frozenset[str]
    of_several: frozenset[str]

    @staticmethod
    def of(lines: Iterable[Line]) -> Holders:
        """Collect the words of some lines."""
        count = Counter(chain.from_iterable(line.words for line in lines))
        return Holders(frozenset(count), frozenset(word for word, number in count.items() if number > 1))

    def beside(self, is_holder: bool) -> frozenset[str]:
        """Return the words of the lines other than one, which may be one of them."""
        return self.of_several if is_holder else self.of_any


def shared_vocabulary(lines: Sequence[Line], likely: Column) -> dict[str, Column]:
    """Say how much of each line's vocabulary the other likely lines have, and how much the unlikely ones."""
    is_likely = (likely > 0.5).tolist()
    likely_ones, others = Holders.of(compress(lines, is_likely)), Holders.of(compress(lines, map(not_, is_likely)))
    in_kept, in_removed = [], []
    for line, is_kept in zip(lines, is_likely, strict=True):
        words, size = line.words, len(line.words)
        in_kept.append(len(words & likely_ones.beside(is_kept)) / size if size else -1.0)
        in_removed.append(len(words & others.beside(not is_kept)) / size if size else -1.0)
    return {"words_in_likely": np.array(in_kept), "words_in_unlikely": np.array(in_removed)}
