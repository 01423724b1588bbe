"""Stories from compared pairs: two groups become one where their pairs speak for it on average.

One strong pair must not chain two stories together, as a round-up or a live ticker that mentions both would, and one
weak pair must not keep a sidebar out of its story. So what counts is the mean over all pairs between two groups,
those included that were never compared for want of common terms. Pairs are taken by falling odds, ties by number, so
the order of the input plays no part.
"""

from __future__ import annotations

from tasks.dedupe.lexicon import Ints

#: Log-odds that a single pair can count for or against a merge.
MOST_ODDS = 4.0
#: Log-odds of a pair that is not known, and the pairs of an article that can be missing: where many articles meet each
#: is compared with the hosts only (`story_cells.HOSTS`), and what else is missing says nothing.
UNMET_ODDS, REACH = -2.0, 6


def group_pairs(article_count: int, first: Ints, other: Ints, odds: Ints, least_odds: int) -> list[list[int]]:
    """Group articles 0 to `article_count` - 1 by the log-odds of their pairs; groups by first member, each ascending.

    Two groups become one where a pair between them reaches `least_odds` and the mean is not negative. Log-odds are
    given in thousandths: sums of integers have no order.
    """
    groups = _Groups(article_count)
    most = int(1000 * MOST_ODDS)
    for left, right, value in zip(first.tolist(), other.tolist(), odds.clip(-most, most).tolist(), strict=True):
        groups.know(left, right, value)
    strong = odds >= least_odds
    for _, left, right in sorted(
        zip((-odds[strong]).tolist(), first[strong].tolist(), other[strong].tolist(), strict=True)
    ):
        groups.join(left, right)
    return groups.listed()


class _Groups:
    """Disjoint groups; for each neighbour of a group, the pairs between the two and the sum of their odds."""

    def __init__(self, count: int) -> None:
        self.group_of = list(range(count))
        self.members: dict[int, list[int]] = {}
        self.known: dict[int, dict[int, tuple[int, int]]] = {}

    def know(self, left: int, right: int, odds: int) -> None:
        for one, two in ((left, right), (right, left)):
            self.known.setdefault(one, {})[two] = (1, odds)

    def join(self, left: int, right: int) -> None:
        one, two = self.group_of[left], self.group_of[right]
        if one == two:
            return
        compared, odds = self.known[one][two]
        sizes = len(self.members.get(one, (one,))), len(self.members.get(two, (two,)))
        unmet = max(0, min(sizes[0] * sizes[1], REACH * min(sizes)) - compared)
        if odds + unmet * int(1000 * UNMET_ODDS) < 0:
            return
        if len(self.known[one]) < len(self.known[two]):  # the smaller neighbourhood is rewritten
            one, two = two, one
        moved = self.members.pop(two, [two])
        for member in moved:
            self.group_of[member] = one
        self.members.setdefault(one, [one]).extend(moved)
        self._move_neighbours(one, two)

    def _move_neighbours(self, one: int, two: int) -> None:
        for neighbour, (compared, odds) in self.known.pop(two).items():
            del self.known[neighbour][two]
            if neighbour == one:
                continue
            before = self.known[one].get(neighbour, (0, 0))
            self.known[one][neighbour] = self.known[neighbour][one] = (before[0] + compared, before[1] + odds)

    def listed(self) -> list[list[int]]:
        groups: dict[int, list[int]] = {}
        for article, group in enumerate(self.group_of):
            groups.setdefault(group, []).append(article)
        return sorted(groups.values())
