"""Group facts into events: average linkage inside blocks, so that no chain of pairs joins what most pairs deny.

Blocks keep the cost near linear: only facts of one story and kind (or head word, or shared rare words) are compared,
and across stories only facts of one day, kind and pair of actors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations

from tasks.enrich.likeness import SAME_EVENT, Fact, agrees_across_stories, likeness

#: Facts compared pairwise in a block; larger blocks are cut by their first day.
_LARGEST_BLOCK = 150
#: Words that more facts of a story than this share say nothing about one event.
_COMMON_WORD = 12


def group_facts(facts: Sequence[Fact]) -> list[list[int]]:
    """Return groups of indices into `facts`, which must be distinct and sorted; each index is in one group."""
    groups = _link(len(facts), _pairs_within_stories(facts), lambda a, b: likeness(facts[a], facts[b]), SAME_EVENT)
    return _join_across_stories(facts, groups)


def _pairs_within_stories(facts: Sequence[Fact]) -> set[tuple[int, int]]:
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        blocks[fact.story_id, "kind", fact.kind or f"word {fact.head}"].append(index)
        for lemma in fact.lemmas:
            blocks[fact.story_id, "word", lemma].append(index)
    pairs: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if isinstance(key, tuple) and key[1] == "word" and len(members) > _COMMON_WORD:
            continue
        for part in _cut(facts, members):
            pairs.update(combinations(part, 2))
    return pairs


def _cut(facts: Sequence[Fact], members: list[int]) -> Iterable[list[int]]:
    if len(members) <= _LARGEST_BLOCK:
        return [members]
    days: dict[str, list[int]] = defaultdict(list)
    for index in members:
        days[str(facts[index].begin)].append(index)
    return [
        part[start : start + _LARGEST_BLOCK] for part in days.values() for start in range(0, len(part), _LARGEST_BLOCK)
    ]


def _link(
    count: int, pairs: Iterable[tuple[int, int]], score: Callable[[int, int], float], threshold: float
) -> list[list[int]]:
    """Join the closest pairs first, each time only if the two groups agree on average."""
    scores = {pair: value for pair in pairs if (value := score(*pair)) > 0.0}
    edges = sorted(
        (pair for pair, value in scores.items() if value >= threshold), key=lambda pair: (-scores[pair], pair)
    )
    group_of = list(range(count))
    members = {index: [index] for index in range(count)}
    for left, right in edges:
        first, second = sorted((group_of[left], group_of[right]))
        if first == second:
            continue
        across = [scores.get((min(a, b), max(a, b)), 0.0) for a in members[first] for b in members[second]]
        if sum(across) < threshold * len(across):
            continue
        for index in members[second]:
            group_of[index] = first
        members[first] += members.pop(second)
    return [sorted(group) for _, group in sorted(members.items())]


def _voters(facts: Sequence[Fact], group: list[int]) -> list[int]:
    """Return the facts of a group that say enough to be known in another story."""
    return [index for index in group if len(facts[index].actors) >= 2 and facts[index].begin == facts[index].end]


def _join_across_stories(facts: Sequence[Fact], groups: list[list[int]]) -> list[list[int]]:
    """Join groups of different stories where most pairs of their dated facts agree strongly."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        keys = {
            (fact.begin, fact.kind, pair)
            for fact in (facts[index] for index in group)
            if fact.kind is not None and fact.begin is not None and fact.begin == fact.end
            for pair in combinations(sorted(fact.actors)[:6], 2)
        }
        for key in sorted(keys, key=str):
            blocks[key].append(number)
    pairs = {pair for members in blocks.values() if len(members) <= _LARGEST_BLOCK for pair in combinations(members, 2)}

    def agreement(left: int, right: int) -> float:
        if facts[groups[left][0]].story_id == facts[groups[right][0]].story_id:
            return 0.0
        votes = [
            agrees_across_stories(facts[a], facts[b])
            for a in _voters(facts, groups[left])
            for b in _voters(facts, groups[right])
        ]
        return sum(votes) / len(votes) if votes else 0.0

    joined = _link(len(groups), sorted(pairs), agreement, 0.5)
    return [sorted(index for number in part for index in groups[number]) for part in joined]
