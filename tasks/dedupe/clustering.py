"""Clusters from verified pairs, so that one bad pair cannot join two clusters.

Connected components would merge whole clusters through a single wrong pair. Here two groups merge only when most of
what is known about the pairs between them speaks for it. The order of the input plays no part: pairs are taken by
falling score, ties by article number, and the numbers follow the article ids.
"""

from __future__ import annotations

from collections.abc import Iterable

from tasks.dedupe.lexicon import Floats, Ints

#: Share of the compared pairs between two groups that must be verified for the groups to become one.
LEAST_SUPPORT = 0.5


def cluster_pairs(
    article_count: int,
    first: Ints,
    other: Ints,
    score: Floats,
    least_score: float,
    least_support: float = LEAST_SUPPORT,
    reach: int = 0,
) -> list[list[int]]:
    """Group articles 0 to `article_count` - 1 by their compared pairs; each group ascending, groups by first member.

    Each article was compared with `reach` others at least, if it is like so many: up to that number, pairs that were
    never compared speak against merging. Beyond it they say nothing, for in large groups not every pair is compared.
    """
    groups = _Groups(article_count)
    verified = score >= least_score
    for left, right, is_verified in zip(first.tolist(), other.tolist(), verified.tolist(), strict=True):
        groups.know(left, right, int(is_verified))
    order = sorted(zip((-score[verified]).tolist(), first[verified].tolist(), other[verified].tolist(), strict=True))
    for _, left, right in order:
        groups.join(left, right, least_support, reach)
    return groups.members()


class _Groups:
    """Disjoint groups with, for each neighbouring group, the compared and the verified pairs between the two."""

    def __init__(self, count: int) -> None:
        self.group_of = list(range(count))
        self.members_of: dict[int, list[int]] = {}
        self.known: dict[int, dict[int, tuple[int, int]]] = {}

    def know(self, left: int, right: int, verified: int) -> None:
        for one, two in ((left, right), (right, left)):
            compared, agreed = self.known.setdefault(one, {}).get(two, (0, 0))
            self.known[one][two] = (compared + 1, agreed + verified)

    def join(self, left: int, right: int, least_support: float, reach: int) -> None:
        one, two = self.group_of[left], self.group_of[right]
        if one == two:
            return
        compared, agreed = self.known[one][two]
        sizes = len(self.members_of.get(one, (one,))), len(self.members_of.get(two, (two,)))
        expected = min(sizes[0] * sizes[1], reach * min(sizes))
        if agreed < least_support * max(compared, expected):
            return
        if len(self.known[one]) < len(self.known[two]):  # the smaller neighbourhood is rewritten
            one, two = two, one
        moved = self.members_of.pop(two, [two])
        for member in moved:
            self.group_of[member] = one
        self.members_of.setdefault(one, [one]).extend(moved)
        self._move_neighbours(one, two)

    def _move_neighbours(self, one: int, two: int) -> None:
        for neighbour, (compared, agreed) in self.known.pop(two).items():
            del self.known[neighbour][two]
            if neighbour == one:
                continue
            before = self.known[one].get(neighbour, (0, 0))
            after = (before[0] + compared, before[1] + agreed)
            self.known[one][neighbour] = self.known[neighbour][one] = after

    def members(self) -> list[list[int]]:
        groups: dict[int, list[int]] = {}
        for article, group in enumerate(self.group_of):
            groups.setdefault(group, []).append(article)
        return list(_by_first_member(groups.values()))


def _by_first_member(groups: Iterable[list[int]]) -> list[list[int]]:
    return sorted(groups)
