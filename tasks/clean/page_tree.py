"""The tree above a page's blocks, and what its subtrees hold: branches beside the article, rows of like siblings.

Only the elements that have text are in it. Elements come before what is inside them, so one pass upwards sums
subtrees and one pass downwards hands on what an element inherits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import Column, Line
from tasks.clean.pieces import Piece

Numbers = NDArray[np.int64]

#: A line this wide is text even if it does not end like a sentence.
TEXT_WIDTH, SENTENCE_WIDTH = 110, 40
#: Lines with a greater share of links are menus and teasers.
LINK_SHARE = 0.4
LONGEST = 1_200
MOST, LEVELS = 30, 20
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TITLE_TAGS = frozenset({"h2", "h3", "div", "p"})


@dataclass(frozen=True, slots=True)
class PageTree:
    """Elements by number: 0 is above all, a parent's number is lower than its children's."""

    parent: Numbers
    depth: Numbers
    likeness: Numbers  # the group of siblings with the same name and classes
    own: Numbers  # the element of each block
    paths: Sequence[str]  # of each element


def build_tree(pieces: Sequence[Piece]) -> PageTree:
    """Collect the elements above the blocks."""
    number: dict[str, int] = {"": 0}
    parent, depth, likeness = [0], [0], [0]
    groups: dict[tuple[int, str], int] = {(-1, ""): 0}
    own = []
    for piece in pieces:
        path = piece.element_path
        missing = []
        while path not in number:
            missing.append(path)
            path = path.rpartition("/")[0]
        place = number[path]
        ancestors = piece.signals.ancestors
        for path in reversed(missing):
            level = depth[place]
            label = ancestors[level] if level < len(ancestors) else ""
            likeness.append(groups.setdefault((place, label), len(groups)))
            parent.append(place)
            depth.append(level + 1)
            place = number[path] = len(parent) - 1
        own.append(place)
    return PageTree(np.array(parent), np.array(depth), np.array(likeness), np.array(own), tuple(number))


def text_letters(pieces: Sequence[Piece], lines: Sequence[Line], link_share: Column) -> Column:
    """Count each line's letters if it reads like text in any language: long, or a sentence, and no link."""
    return np.array(
        [
            min(line.shape.width, LONGEST)
            if share < LINK_SHARE
            and (
                line.shape.width >= TEXT_WIDTH
                or (line.shape.width >= SENTENCE_WIDTH and line.shape.end in ("sentence", "quote"))
            )
            else 0
            for line, share in zip(lines, link_share.tolist(), strict=True)
        ],
        dtype=float,
    )


def describe_tree(
    tree: PageTree,
    pieces: Sequence[Piece],
    lines: Sequence[Line],
    width: Column,
    links: Column,
    link_share: Column,
    title_keys: frozenset[str],
) -> dict[str, Column]:
    """Compute the features of the blocks that follow from the tree above them."""
    text = text_letters(pieces, lines, link_share)
    total = max(1.0, float(text.sum()))
    sums = [sum_subtrees(tree, column) for column in (text, width, links, np.ones(len(pieces)))]
    holder = tree.parent[tree.own]
    by_parent = np.bincount(holder, weights=text, minlength=len(tree.parent)).astype(np.float64)
    main = int(holder[by_parent[holder].argmax()])
    columns = sibling_features(tree, sums, total)
    columns |= branch_features(tree, main, sums, total)
    columns |= order_features(tree, main, text, by_parent, total)
    columns |= title_features(tree, pieces, lines, text, main, title_keys)
    columns |= heading_features(pieces, link_share)
    columns["link_share"] = link_share
    return columns


def sum_subtrees(tree: PageTree, column: Column) -> Column:
    """Sum a column of the blocks over every element with all that is inside it."""
    sums = np.bincount(tree.own, weights=column, minlength=len(tree.parent)).tolist()
    parent = tree.parent.tolist()
    for place in range(len(parent) - 1, 0, -1):
        sums[parent[place]] += sums[place]
    return np.array(sums)


def sibling_features(tree: PageTree, sums: Sequence[Column], total: float) -> dict[str, Column]:
    """Describe the rows of like-named siblings that a block's element and the three above it stand in.

    Comments, teasers and cards come in such rows.
    """
    text, width, links, _ = sums
    count = np.bincount(tree.likeness)
    row_text, row_width, row_links = (
        np.bincount(tree.likeness, weights=column) for column in (text, np.maximum(width, 1), links)
    )
    columns: dict[str, Column] = {}
    element = tree.own
    for level in range(4):
        row = tree.likeness[element]
        columns[f"like_siblings_{level}"] = np.minimum(MOST, count[row]).astype(float)
        columns[f"like_siblings_text_{level}"] = row_text[row] / count[row]
        columns[f"like_siblings_links_{level}"] = row_links[row] / row_width[row]
        columns[f"like_siblings_share_{level}"] = row_text[row] / total
        element = tree.parent[element]
    return columns


def branch_features(tree: PageTree, main: int, sums: Sequence[Column], total: float) -> dict[str, Column]:
    """Describe the highest element above each block that does not hold the main container."""
    text, width, links, count = sums
    meeting, branch = meeting_points(tree, main)
    own = branch[tree.own]
    return {
        "text_levels_above_main": np.minimum(LEVELS, tree.depth[main] - tree.depth[meeting[tree.own]]).astype(float),
        "text_levels_off_main": np.minimum(LEVELS, tree.depth[tree.own] - tree.depth[meeting[tree.own]]).astype(float),
        "branch_text_share": text[own] / total,
        "branch_links": links[own] / np.maximum(1, width[own]),
        "branch_blocks": np.minimum(60, count[own]),
        "branch_text_each": text[own] / np.maximum(1, count[own]),
    }


def meeting_points(tree: PageTree, target: int) -> tuple[Numbers, Numbers]:
    """Return for each element the lowest one above it that holds `target`, and the one below that, towards it."""
    holds = np.zeros(len(tree.parent), dtype=bool)
    holds[0] = True
    place = target
    while place:
        holds[place] = True
        place = int(tree.parent[place])
    own = np.arange(len(holds))
    below = holds[tree.parent] & ~holds  # each hangs from the way to the target
    branch = highest(np.where(holds | below, own, tree.parent))
    return np.where(holds, own, tree.parent[branch]), branch


def highest(above: Numbers) -> Numbers:
    """Follow each element to the one that is its own `above`, in steps that double."""
    further = above[above]
    while not np.array_equal(further, above):
        above, further = further, further[further]
    return above


def order_features(tree: PageTree, main: int, text: Column, by_parent: Column, total: float) -> dict[str, Column]:
    """Place each block among its parent's blocks, and before, in or after the main container's text."""
    count = len(text)
    holder = tree.parent[tree.own]
    in_main = np.where(holder == main, text, 0.0)
    passed = np.cumsum(in_main)
    whole = max(1.0, float(passed[-1]))
    order = np.argsort(holder, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(holder))])
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count) - starts[holder[order]]
    same = np.concatenate([[False], holder[1:] == holder[:-1], [False]]).astype(float)
    return {
        "text_share_up_1": by_parent[holder] / total,
        "text_of_parent": by_parent[holder],
        "main_progress": (passed - in_main) / whole,
        "main_left": 1 - passed / whole,
        "place_in_parent": np.minimum(MOST, place).astype(float),
        "left_in_parent": np.minimum(MOST, np.bincount(holder)[holder] - 1 - place).astype(float),
        "same_parent": same[:-1] * 2 + same[1:],
    }


def title_features(
    tree: PageTree,
    pieces: Sequence[Piece],
    lines: Sequence[Line],
    text: Column,
    main: int,
    title_keys: frozenset[str],
) -> dict[str, Column]:
    """Say how far from the headline each block stands in the tree, and the letters of text between them.

    The headline stands again above the text it belongs to: its last copy before the main container counts, else its
    first.
    """
    count = len(pieces)
    copies = [
        place
        for place, (piece, line) in enumerate(zip(pieces, lines, strict=True))
        if piece.signals.tag == "h1" or (line.key in title_keys and piece.signals.tag in TITLE_TAGS)
    ]
    if not copies:
        return {name: np.full(count, -1.0) for name in ("levels_off_title", "title_levels_up", "text_since_title")}
    first = int(np.flatnonzero(tree.parent[tree.own] == main)[0])
    before = [place for place in copies if place <= first]
    title = before[-1] if before else copies[0]
    meeting = tree.depth[meeting_points(tree, int(tree.own[title]))[0][tree.own]]
    passed = np.cumsum(text)
    return {
        "levels_off_title": np.minimum(LEVELS, tree.depth[tree.own] - meeting).astype(float),
        "title_levels_up": np.minimum(LEVELS, tree.depth[tree.own[title]] - meeting).astype(float),
        "text_since_title": np.where(np.arange(count) > title, passed - passed[title] - text, -1.0),
    }


def heading_features(pieces: Sequence[Piece], link_share: Column) -> dict[str, Column]:
    """Count the blocks since the last heading, and say whether that was a link."""
    place = np.arange(len(pieces))
    is_heading = np.array([piece.signals.tag in HEADINGS for piece in pieces])
    last = np.maximum.accumulate(np.where(is_heading, place, -1))
    return {
        "since_heading": np.where(last < 0, 40.0, np.minimum(40, place - last)),
        "heading_links": np.where(last < 0, 0.0, link_share[last]),
    }
