"""Features that a page's structure adds to those of its lines: elements, class names, links, and the main container."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np

from tasks.clean.line_features import WIDTHS, Column, Line, prose_letters
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
WORD_BREAK = re.compile(r"[.#_\-]+")
#: Further up, an element says little about a single block.
REACH = 12


@lru_cache(maxsize=1)
def class_word_groups() -> tuple[tuple[str, ...], Mapping[str, int], tuple[tuple[str, int], ...]]:
    """Read the groups, the whole words with their group, and the parts with theirs."""
    names: list[str] = []
    whole: dict[str, int] = {}
    parts: list[tuple[str, int]] = []
    for line in (files("tasks.clean") / "class-words.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, words = line.partition(": ")
        for word in words.split():
            if word.startswith("^"):
                whole.setdefault(word.strip("^$"), len(names))
            else:
                parts.append((word, len(names)))
        names.append(name)
    return tuple(names), whole, tuple(parts)


@lru_cache(maxsize=20_000)
def groups_of_label(label: str) -> tuple[int, ...]:
    """Return the groups that an element's class names and id speak for."""
    _, _, names = label.partition(".") if "." in label else label.partition("#")
    if not names:
        return ()
    _, whole, parts = class_word_groups()
    found = {whole[word] for word in WORD_BREAK.split(names) if word in whole}
    found.update(group for part, group in parts if part in names)
    return tuple(sorted(found))


def describe_structure(pieces: Sequence[Piece], lines: Sequence[Line]) -> Mapping[str, Column]:
    """Compute the structural features of a page's blocks."""
    count = len(pieces)
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
    columns |= container_features(pieces, prose, width, links, count)
    return columns


def nearest_ancestors(pieces: Sequence[Piece]) -> dict[str, Column]:
    """Give for each group of class names, and each container element, how far above the block the nearest one is."""
    names, _, _ = class_word_groups()
    groups = np.full((len(names), len(pieces)), float(REACH + 1))
    elements = np.full((len(CONTAINERS), len(pieces)), float(REACH + 1))
    element_number = {tag: place for place, tag in enumerate(CONTAINERS)}
    memo: dict[tuple[str, ...], tuple[Column, Column]] = {}
    for place, piece in enumerate(pieces):
        ancestors = piece.signals.ancestors
        found = memo.get(ancestors)
        if found is None:
            group_row, element_row = np.full(len(names), float(REACH + 1)), np.full(len(CONTAINERS), float(REACH + 1))
            for distance in range(len(ancestors) - 1, -1, -1):
                up = len(ancestors) - 1 - distance
                label = ancestors[distance]
                for group in groups_of_label(label):
                    if group_row[group] > REACH:
                        group_row[group] = min(up, REACH)
                number = element_number.get(tag_of(label))
                if number is not None and element_row[number] > REACH:
                    element_row[number] = min(up, REACH)
            found = memo[ancestors] = (group_row, element_row)
        groups[:, place], elements[:, place] = found
    columns = {f"class_{name}": groups[place] for place, name in enumerate(names)}
    columns |= {f"element_{name}": elements[place] for place, name in enumerate(CONTAINERS)}
    return columns


def tag_of(label: str) -> str:
    """Return the element's name from its label."""
    for place, letter in enumerate(label):
        if letter in ".#":
            return label[:place]
    return label


def container_features(
    pieces: Sequence[Piece], prose: Column, width: Column, links: Column, count: int
) -> dict[str, Column]:
    """Say how much of the page's prose each block's parent, grandparent, region and like-made blocks hold.

    The main container is the element whose own child blocks hold most prose.
    """
    paths = [tuple(piece.element_path.split("/")) for piece in pieces]
    total = max(1.0, float(prose.sum()))
    columns: dict[str, Column] = {}
    by_level: list[dict[tuple[str, ...], float]] = []
    for level in (1, 2, 3, 4):
        sums: dict[tuple[str, ...], float] = defaultdict(float)
        widths: dict[tuple[str, ...], float] = defaultdict(float)
        linked: dict[tuple[str, ...], float] = defaultdict(float)
        members: dict[tuple[str, ...], int] = defaultdict(int)
        keys = [path[:-level] for path in paths]
        for place, key in enumerate(keys):
            sums[key] += prose[place]
            widths[key] += width[place]
            linked[key] += links[place]
            members[key] += 1
        by_level.append(sums)
        columns[f"prose_share_up_{level}"] = np.array([sums[key] for key in keys]) / total
        columns[f"link_share_up_{level}"] = np.array([linked[key] / max(1.0, widths[key]) for key in keys])
        columns[f"blocks_up_{level}"] = np.array([min(60, members[key]) for key in keys], dtype=float)
        columns[f"prose_density_up_{level}"] = np.array([sums[key] / max(1.0, widths[key]) for key in keys])
    main = max(sorted(by_level[0]), key=lambda key: by_level[0][key]) if count else ()
    shared = [shared_length(path, main) for path in paths]
    columns["levels_above_main"] = np.array([min(20, len(main) - common) for common in shared], dtype=float)
    columns["levels_off_main"] = np.array(
        [min(20, len(path) - common) for path, common in zip(paths, shared, strict=True)], dtype=float
    )
    columns["off_and_above_main"] = np.minimum(columns["levels_above_main"], 9) * 10 + np.minimum(
        columns["levels_off_main"], 9
    )
    columns["main_share"] = np.full(count, by_level[0].get(main, 0.0) / total)
    columns |= likeness(pieces, prose, total)
    return columns


def likeness(pieces: Sequence[Piece], prose: Column, total: float) -> dict[str, Column]:
    """Say how much prose stands in blocks made like each block: same element under a like-named parent."""
    signatures = [(piece.signals.tag, *piece.signals.ancestors[-2:]) for piece in pieces]
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    regions: dict[int, float] = defaultdict(float)
    for place, signature in enumerate(signatures):
        sums[signature] += prose[place]
        counts[signature] += 1
        regions[pieces[place].signals.region] += prose[place]
    return {
        "like_prose_share": np.array([sums[signature] for signature in signatures]) / total,
        "like_prose_each": np.array([sums[signature] / counts[signature] for signature in signatures]),
        "region_prose_share": np.array([regions[piece.signals.region] for piece in pieces]) / total,
    }


def shared_length(path: tuple[str, ...], main: tuple[str, ...]) -> int:
    """Count the leading steps that two paths share."""
    for place, (mine, theirs) in enumerate(zip(path, main, strict=False)):
        if mine != theirs:
            return place
    return min(len(path), len(main))
