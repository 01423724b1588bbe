"""From points to decisions: articles come in runs, so every change between article and furniture costs points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tasks.clean.line_features import Column


def decide_lines(scores: Column, switch_cost: float) -> NDArray[np.bool_]:
    """Choose article or furniture for every line so that points less the cost of changes are highest (Viterbi)."""
    count = len(scores)
    keep_from_drop = np.zeros(count, dtype=bool)
    drop_from_keep = np.zeros(count, dtype=bool)
    keep, drop = 0.0, 0.0
    for place, score in enumerate(scores.tolist()):
        keep_from_drop[place] = drop - switch_cost > keep
        drop_from_keep[place] = keep - switch_cost > drop
        keep, drop = max(keep, drop - switch_cost) + score / 2, max(drop, keep - switch_cost) - score / 2
    decided = np.zeros(count, dtype=bool)
    state = keep > drop
    for place in range(count - 1, -1, -1):
        decided[place] = state
        if keep_from_drop[place] if state else drop_from_keep[place]:
            state = not state
    return decided
