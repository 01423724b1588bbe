"""Columns of numbers come back from blobs as they went in."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tasks.stages.blob_columns import from_blobs, from_steps, to_blobs, to_steps

STEPS = st.integers(0, 2000) | st.sampled_from([0, 254, 255, 256, 509, 510, 511, 100_000])


@given(st.lists(st.lists(STEPS, max_size=6), max_size=5))
def test_the_places_of_words_come_back_from_their_steps(articles: list[list[int]]) -> None:
    starts = np.cumsum([0, *map(len, articles)])
    places = np.array([place for steps in articles for place in accumulate(steps)], np.int64)
    rows = pa.table({"steps": to_steps(starts, places)})
    assert from_steps(rows, "steps").tolist() == places.tolist()


@given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=6), max_size=5))
def test_numbers_come_back_from_blobs_article_by_article(articles: list[list[int]]) -> None:
    starts = np.cumsum([0, *map(len, articles)])
    values = np.array([value for own in articles for value in own], np.uint32)
    found_starts, found = from_blobs(pa.table({"codes": to_blobs(starts, values)}), "codes", np.uint32)
    assert found_starts.tolist() == starts.tolist()
    assert found.tolist() == values.tolist()
