"""Matched passages as character ranges of the two texts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tasks.dedupe.lexicon import Ints

#: Passages kept as evidence for a pair, the longest ones.
MOST_PASSAGES = 20


def passage_evidence(
    ranges: Sequence[tuple[int, int, int, int]], spans: Ints, other_spans: Ints
) -> str:
    """Give JSON [[start, end, other_start, other_end], ...], in text order, for passages counted in words."""
    longest = sorted(ranges, key=lambda r: (r[0] - r[1], r))[:MOST_PASSAGES]
    rows = [
        [
            int(spans[start, 0]),
            int(spans[min(end, len(spans)) - 1, 1]),
            int(other_spans[other_start, 0]),
            int(other_spans[min(other_end, len(other_spans)) - 1, 1]),
        ]
        for start, end, other_start, other_end in sorted(longest)
    ]
    return json.dumps(rows, separators=(",", ":"))
