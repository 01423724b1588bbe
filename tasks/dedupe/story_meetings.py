"""Which articles may tell of one happening: those that rare words bring together, in memory.

A word that few articles of a period have brings all of them together; one that more have, each with its hosts; one
that very many have, none. So the pairs grow with the articles, not with their square.
"""

from __future__ import annotations

import numpy as np

from tasks.dedupe.lexicon import Ints
from tasks.dedupe.passages import gather
from tasks.dedupe.story_cells import ALL_PERIODS, FULL_GROUP, HOSTS, NO_PERIOD, SILENT_COUNT, cell_key
from tasks.dedupe.story_pairs import Tellings
from tasks.dedupe.story_terms import IS_RARE

#: Rare words by which two articles must meet to be compared.
LEAST_MEETINGS = 2


def find_meetings(told: Tellings) -> tuple[Ints, Ints]:
    """Pair article numbers that may meet often enough, the smaller number first; pairs ascend.

    None that does is missing; what the two share says whether they do. `told` has the articles in the order of their
    keys.
    """
    rare = np.flatnonzero(told.terms.has(IS_RARE))
    owner, term = told.terms.owners()[rare], told.terms.term[rare].astype(np.int64)
    period = told.period[owner]
    dated = period != NO_PERIOD
    anywhere = np.isin(term, term[~dated])
    total = len(told.key)
    keys = [
        _meet(owner[dated], term[dated], period[dated], (-1, 0, 1), total),
        _meet(owner[anywhere], term[anywhere], np.full(int(anywhere.sum()), ALL_PERIODS), (0,), total),
    ]
    met = np.sort(np.concatenate(keys))
    opens = np.flatnonzero(np.diff(met, prepend=-1))
    found = met[opens[np.diff(np.append(opens, len(met))) >= LEAST_MEETINGS]]
    return found // total, found % total


def _meet(owner: Ints, term: Ints, period: Ints, steps: tuple[int, ...], total: int) -> Ints:
    """Give the pairs as single numbers, one for each word by which two meet.

    Each article visits the hosts of its own cell and of those `steps` periods away.
    """
    order = np.lexsort((owner, period, term))
    owner, cell = owner[order], cell_key(term, period)[order]
    cells, starts, number, count = np.unique(cell, return_index=True, return_inverse=True, return_counts=True)
    hosts = np.where(count <= FULL_GROUP, count, np.minimum(count, HOSTS))
    is_host = np.arange(len(cell)) - starts[number] < hosts[number]
    bounds = np.stack([starts, starts + hosts], axis=1).reshape(-1)
    keys = [np.zeros(0, np.int64)]
    for step in steps if len(cells) else ():
        at = np.minimum(np.searchsorted(cells, cell + step), len(cells) - 1)
        guests = np.flatnonzero((cells[at] == cell + step) & (np.maximum(count[at], count[number]) < SILENT_COUNT))
        visit, host = gather(bounds, 2 * at[guests])
        guest = guests[visit]
        kept = ~is_host[guest] | (owner[guest] < owner[host])  # two hosts visit each other
        one, two = owner[guest[kept]], owner[host[kept]]
        keys.append((np.minimum(one, two) * total + np.maximum(one, two))[one != two])
    return np.concatenate(keys)
