"""How many articles of the same days have a word: what makes it say much or little that two articles share it.

A cell is a rare word in a period. Periods are fixed stretches of the calendar, so an article changes what is known of
its own days and no others, however many years a warehouse spans. Articles without a time may belong to any days: for
them, and whom they meet, the cell of a word over all periods counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.lexicon import Floats, Ints
from tasks.dedupe.story_terms import IS_RARE, Terms

#: Days of a period. Articles more than a period apart are no neighbours in a story.
PERIOD_DAYS = 14
#: The period of articles without a time, and that of the cells over all periods, those articles included.
NO_PERIOD, ALL_PERIODS = -1_000_000, -1_000_001
#: Articles of a cell up to which all are its hosts, whom the others meet; above, so many, those with the smallest keys.
FULL_GROUP, HOSTS = 16, 6
#: A cell of so many articles brings none together (a power of two, as `round_count` notes the step).
SILENT_COUNT = 256
#: Periods are less than two to the power of this apart.
_PERIOD_BITS = np.int64(22)
#: Greater than the key of any article.
ANY_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells in the order of their terms, then periods. One that is not listed has one article."""

    term: Ints
    period: Ints
    article_count: Ints
    last_host: Ints  # the greatest key of a host, or ANY_KEY

    def look_up(self, term: Ints, period: Ints) -> tuple[Ints, Ints]:
        """Give the number of articles and the last host of each cell."""
        mine, wanted = cell_key(self.term, self.period), cell_key(term, period)
        at = np.minimum(np.searchsorted(mine, wanted), max(0, len(mine) - 1))
        if not len(mine):
            return np.ones(len(wanted), np.int64), np.full(len(wanted), ANY_KEY)
        found = mine[at] == wanted
        return np.where(found, self.article_count[at], 1), np.where(found, self.last_host[at], ANY_KEY)


def cell_key(term: Ints, period: Ints) -> Ints:
    """Number cells, in the order of their terms, then periods."""
    return (term << _PERIOD_BITS) + (period - ALL_PERIODS)


def number_periods(hours: Floats) -> Ints:
    """Give the period of each time, in hours since 1970; NaN is no time."""
    known = ~np.isnan(hours)
    return np.where(known, np.floor(np.where(known, hours, 0) / 24 / PERIOD_DAYS), NO_PERIOD).astype(np.int64)


def count_cells(terms: Terms, period: Ints, key: Ints) -> Cells:
    """Count the articles of each cell, those over all periods included."""
    rare = np.flatnonzero(terms.has(IS_RARE))
    owner, term = np.tile(terms.owners()[rare], 2), np.tile(terms.term[rare].astype(np.int64), 2)
    of_period = np.concatenate([period[owner[: len(rare)]], np.full(len(rare), ALL_PERIODS)])
    cell = cell_key(term, of_period)
    order = np.lexsort((key[owner], cell))
    opens = np.flatnonzero(np.diff(cell[order], prepend=-1))
    count = np.diff(np.append(opens, len(cell)))
    last = key[owner[order][opens + np.minimum(count, HOSTS) - 1]]
    return Cells(term[order][opens], of_period[order][opens], count, np.where(count <= FULL_GROUP, ANY_KEY, last))


def round_count(count: Ints) -> Ints:
    """Round a count of articles down to a power of two, as its exponent.

    So a word that spreads from two articles to a thousand changes what was found about a pair nine times.
    """
    return np.asarray(np.frexp(np.maximum(count, 1).astype(np.float64))[1] - 1, np.int64)
