"""Features that a page's structure adds to those of its lines: elements, class names, links, and the main container."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import WIDTHS, Column, Line, prose_letters
from tasks.clean.page_tree import PageTree, build_tree, describe_tree, meeting_points
from tasks.clean.pieces import Piece

TAGS = (
    "", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "blockquote", "td", "tr", "th", "dd", "dt",
    "section", "article", "main", "aside", "footer", "header", "nav", "figure", "button", "label", "form", "ul", "ol",
    "pre", "address", "body", "summary", "fieldset", "option",
)  # fmt: skip
#: Elements whose presence above a block says what it is part of.
CONTAINERS = (
    "article",
    "main",
    "aside",
    "nav",
    "footer",
    "header",
    "figure",
    "form",
    "ul",
    "ol",
    "table",
    "section",
    "button",
    "a",
    "blockquote",
    "details",
    "span",
    "strong",
    "em",
    "time",
    "label",
    "dialog",
)
#: Parts of class names are looked up by this many of their first letters.
PART_LETTERS = 3
#: Further up, an element says little about a single block.
REACH = 12
#: For each distance the distance from one element below; beyond the reach there is no mark at all.
ONE_STEP_FURTHER = bytes([*range(1, REACH + 1), REACH, *range(REACH + 1, 256)])


@lru_cache(maxsize=1)
def class_word_groups() -> tuple[tuple[str, ...], Mapping[str, int], Mapping[str, tuple[tuple[str, int], ...]]]:
    """Read the groups, the whole words with their group, and by their first letters the parts of words with theirs."""
    names: list[str] = []
    whole: dict[str, int] = {}
    parts: dict[str, list[tuple[str, int]]] = {}
    for line in (files("tasks.clean") / "class-words.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, words = line.partition(": ")
        for word in words.split():
            if word.startswith("^"):
                whole.setdefault(word.strip("^$"), len(names))
            elif len(word) < PART_LETTERS:
                raise ValueError(
                    f"class-words.txt: {name}: a part of a word needs {PART_LETTERS} letters, not {word!r}"
                )
            else:
                parts.setdefault(word[:PART_LETTERS], []).append((word, len(names)))
        names.append(name)
    return tuple(names), whole, {letters: tuple(words) for letters, words in parts.items()}


@lru_cache(maxsize=20_000)
def groups_of_label(label: str) -> tuple[int, ...]:
    """Return the groups that an element's class names and id speak for."""
    _, _, names = label.partition(".") if "." in label else label.partition("#")
    if not names:
        return ()
    found: set[int] = set()
    for name in names.replace("#", ".").split("."):
        found |= groups_of_name(name)
    return tuple(sorted(found))


@lru_cache(maxsize=20_000)
def groups_of_name(name: str) -> frozenset[int]:
    """Return the groups that one class name speaks for: by a whole word of it, or by a part."""
    _, whole, parts = class_word_groups()
    found = {whole[word] for word in name.replace("_", "-").split("-") if word in whole}
    for place in range(len(name) - PART_LETTERS + 1):
        for part, group in parts.get(name[place : place + PART_LETTERS], ()):
            if name.startswith(part, place):
                found.add(group)
    return frozenset(found)


def describe_structure(
    pieces: Sequence[Piece], lines: Sequence[Line], title_keys: frozenset[str] = frozenset()
) -> Mapping[str, Column]:
    """Compute the structural features of a page's blocks; `title_keys` as for the lines."""
    prose = prose_letters(lines)
    width = np.array([max(1, line.shape.width) for line in lines], dtype=float)
    length = np.array([max(1, len(piece.text)) for piece in pieces], dtype=float)
    links = np.array([piece.signals.link_chars for piece in pieces], dtype=float)
    width_bin = np.searchsorted(WIDTHS, width, side="right").astype(float)
    link_share = np.minimum(1.0, links / length)
    link_bin = np.searchsorted([0.001, 0.15, 0.35, 0.6, 0.9], link_share, side="right").astype(float)
    tag_number = {tag: place for place, tag in enumerate(TAGS)}
    tag = np.array([tag_number.get(piece.signals.tag, 2) for piece in pieces], dtype=float)
    emphasis = np.array([piece.signals.emphasis_chars for piece in pieces]) / length
    columns: dict[str, Column] = {
        "tag_and_width": tag * 4 + np.searchsorted([2, 4, 6], width_bin, side="right"),
        "links_and_width": link_bin * 10 + width_bin,
        "links_and_tag": link_bin * 40 + tag,
        "emphasis": np.where(emphasis > 0.9, 2.0, np.where(emphasis > 0.05, 1.0, 0.0)) * 10 + width_bin,
        "hidden": np.array([piece.signals.hidden for piece in pieces], dtype=float),
        "depth": np.array([len(piece.signals.ancestors) for piece in pieces], dtype=float),
        "tag_before": np.concatenate([[99.0], tag[:-1]]),
        "tag_after": np.concatenate([tag[1:], [99.0]]),
        "links_before": np.concatenate([[9.0], link_bin[:-1]]),
        "links_after": np.concatenate([link_bin[1:], [9.0]]),
    }
    columns |= nearest_ancestors(pieces)
    tree = build_tree(pieces)
    columns |= container_features(tree, prose, width, links)
    columns |= likeness(pieces, prose)
    columns |= describe_tree(tree, pieces, lines, width, links, link_share, title_keys)
    columns["emphasis_share"] = emphasis
    return columns


def nearest_ancestors(pieces: Sequence[Piece]) -> dict[str, Column]:
    """Give for each group of class names, and each container element, how far above the block the nearest one is."""
    names, _, _ = class_word_groups()
    memo: dict[tuple[str, ...], bytes] = {(): bytes([REACH + 1]) * (len(names) + len(CONTAINERS))}
    rows = b"".join([distances_above(piece.signals.ancestors, memo) for piece in pieces])
    table = np.frombuffer(rows, dtype=np.uint8).reshape(len(pieces), -1).T.astype(float)
    columns = {f"class_{name}": table[place] for place, name in enumerate(names)}
    columns |= {f"element_{name}": table[len(names) + place] for place, name in enumerate(CONTAINERS)}
    return columns


def distances_above(ancestors: tuple[str, ...], memo: dict[tuple[str, ...], bytes]) -> bytes:
    """Count the steps from an element up to the nearest of each mark, in a byte each.

    The marks of its parent are one step further.
    """
    missing = []
    while ancestors not in memo:
        missing.append(ancestors)
        ancestors = ancestors[:-1]
    row = memo[ancestors]
    for chain in reversed(missing):
        further = bytearray(row.translate(ONE_STEP_FURTHER))
        for place in marks_of_label(chain[-1]):
            further[place] = 0
        row = memo[chain] = bytes(further)
    return row


@lru_cache(maxsize=20_000)
def marks_of_label(label: str) -> tuple[int, ...]:
    """Return the places of an element's marks: its groups of class names, then its own name if it is a container."""
    names, _, _ = class_word_groups()
    tag = tag_of(label)
    own = (len(names) + CONTAINERS.index(tag),) if tag in CONTAINERS else ()
    return groups_of_label(label) + own


def tag_of(label: str) -> str:
    """Return the element's name from its label."""
    return label.partition(".")[0].partition("#")[0]


def container_features(tree: PageTree, prose: Column, width: Column, links: Column) -> dict[str, Column]:
    """Say how much of the page's prose each block's parent, grandparent and further ancestors hold.

    The main container is the element whose own child blocks hold most prose.
    """
    total = max(1.0, float(prose.sum()))
    columns: dict[str, Column] = {}
    holder = tree.own
    main, main_prose = 0, 0.0
    for level in (1, 2, 3, 4):
        holder = tree.parent[holder]
        sums, widths, linked = (np.bincount(holder, weights=column) for column in (prose, width, links))
        if level == 1:
            main_prose = float(sums.max())
            main = min(set(holder[sums[holder] == main_prose].tolist()), key=tree.paths.__getitem__)
        columns[f"prose_share_up_{level}"] = sums[holder] / total
        columns[f"link_share_up_{level}"] = (linked / np.maximum(1.0, widths))[holder]
        columns[f"blocks_up_{level}"] = np.minimum(60, np.bincount(holder))[holder].astype(float)
        columns[f"prose_density_up_{level}"] = (sums / np.maximum(1.0, widths))[holder]
    meeting = tree.depth[meeting_points(tree, main)[0][tree.own]]
    above = np.minimum(20, tree.depth[main] - meeting).astype(float)
    off = np.minimum(20, tree.depth[tree.own] - meeting).astype(float)
    return columns | {
        "levels_above_main": above,
        "levels_off_main": off,
        "off_and_above_main": np.minimum(above, 9) * 10 + np.minimum(off, 9),
        "main_share": np.full(len(prose), main_prose / total),
    }


def likeness(pieces: Sequence[Piece], prose: Column) -> dict[str, Column]:
    """Say how much prose stands in blocks made like each block: same element under a like-named parent."""
    signals = [piece.signals for piece in pieces]
    alike = numbered([(own.tag, own.ancestors[-2:]) for own in signals])
    region = numbered([own.region for own in signals])
    total = max(1.0, float(prose.sum()))
    sums = np.bincount(alike, weights=prose)
    return {
        "like_prose_share": sums[alike] / total,
        "like_prose_each": (sums / np.bincount(alike))[alike],
        "region_prose_share": np.bincount(region, weights=prose)[region] / total,
    }


def numbered(values: Sequence[Hashable]) -> NDArray[np.int64]:
    """Number the values in the order in which each comes first."""
    number: dict[Hashable, int] = {}
    return np.array([number.setdefault(value, len(number)) for value in values])
