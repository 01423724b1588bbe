"""What cleaning removed, added up by rule and by publisher, the most first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from expectations.reports.quality import RemovedText

UNKNOWN_PUBLISHER = "(unknown)"


@dataclass(frozen=True, slots=True)
class RemovedTotal:
    """What one rule removed, or what was removed from one publisher.

    `parts` are the publishers of the rule, or the rules of the publisher: (name, blocks, characters).
    """

    name: str
    block_count: int
    char_count: int
    parts: tuple[tuple[str, int, int], ...]

    def share_of(self, largest: RemovedTotal) -> float:
        """Return how many characters it has in percent of the largest, at least one so that it can be seen."""
        return max(1.0, round(100 * self.char_count / largest.char_count, 1)) if largest.char_count else 1.0


def total_by_rule(removed: Iterable[RemovedText]) -> tuple[RemovedTotal, ...]:
    """Add up what each rule removed, with the publishers it removed it from."""
    return _total(removed, lambda group: group.rule, _publisher)


def total_by_publisher(removed: Iterable[RemovedText]) -> tuple[RemovedTotal, ...]:
    """Add up what was removed from each publisher, with the rules that removed it."""
    return _total(removed, _publisher, lambda group: group.rule)


def _publisher(group: RemovedText) -> str:
    return group.publisher or UNKNOWN_PUBLISHER


def _total(
    removed: Iterable[RemovedText], name_of: Callable[[RemovedText], str], part_of: Callable[[RemovedText], str]
) -> tuple[RemovedTotal, ...]:
    groups: dict[str, list[RemovedText]] = {}
    for group in removed:
        groups.setdefault(name_of(group), []).append(group)
    totals = [
        RemovedTotal(
            name,
            sum(group.block_count for group in members),
            sum(group.char_count for group in members),
            tuple(
                (part_of(group), group.block_count, group.char_count)
                for group in sorted(members, key=lambda group: (-group.char_count, part_of(group)))
            ),
        )
        for name, members in groups.items()
    ]
    return tuple(sorted(totals, key=lambda total: (-total.char_count, total.name)))
