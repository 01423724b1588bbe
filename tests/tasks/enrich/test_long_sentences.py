"""Sentences of any length cost time that grows with their words and no faster, whatever stands in them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest

from tasks.enrich import annotate_article
from tasks.enrich.publication_evidence import collect_evidence
from tasks.enrich.temporal import annotate_times
from tasks.records import Passage, Publication

DAY = date(2025, 8, 7)
PUBLICATION = Publication("a", DAY, None, "input", DAY, DAY)
#: What sentences repeat that could trap a rule: triggers of every kind, clauses that never end, names, marks.
RUNS = {
    "no trigger": "the envoys said that talks would go on and ",
    "weekdays": "on Wednesday the minister met envoys and on Friday will meet, ",
    "bare weekdays": "Sunday ",
    "dates": "August 6, 2025, ",
    "numbers": "12 of 34 on 5 March 2024 and ",
    "durations": "two days ago two years two weeks after ",
    "spoken years": "year two thousand and ",
    "today": "tomorrow tonight today ",
    "verbs": "decided to agree to urge to ",
    "auxiliaries": "was not been being had ",
    "names": "Jane Doe of Port Calder and Mr. John Smith met, ",
    "capitals": "ABC DEF GHI ",
    "quotes": "\"he said 'no' on Monday\" and ",
    "comparisons": "as soon as as as ",
    "abbreviations": "U.S. Gov. Mr. Sen. ",
    "commas": ", , , - ",
    "one word": "a",
    "one number": "1",
}
SHORT, LONG = 20_000, 80_000
#: Four times the text takes four times as long, sixteen times if a rule is quadratic.
MOST_TIMES_LONGER = 9
#: Too short for a ratio to mean anything.
SECONDS = 0.15


def annotate(passages: list[Passage]) -> None:
    annotate_article(passages, PUBLICATION, "en")


def times(passages: list[Passage]) -> None:
    annotate_times(passages, PUBLICATION, "en")


def evidence(passages: list[Passage]) -> None:
    collect_evidence(passages, "en", DAY)


def foreign(passages: list[Passage]) -> None:
    annotate_times(passages, PUBLICATION, "de")


def seconds(read: Callable[[list[Passage]], None], run: str, length: int, rounds: int = 2) -> float:
    """Return the processor time of reading one sentence; the best of some rounds."""
    passages = [Passage(0, "paragraph", (run * (length // len(run) + 1))[:length])]
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        read(passages)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize("run", RUNS.values(), ids=list(RUNS))
@pytest.mark.parametrize("read", [annotate, times, evidence, foreign])
def test_four_times_the_sentence_takes_about_four_times_as_long(
    read: Callable[[list[Passage]], None], run: str
) -> None:
    longer = seconds(read, run, LONG)
    if longer > SECONDS:
        assert longer < MOST_TIMES_LONGER * seconds(read, run, SHORT)


@pytest.mark.parametrize(("length", "limit"), [(230_000, 5.0), (1_000_000, 20.0)])
def test_a_sentence_of_a_quarter_of_a_megabyte_and_one_of_a_megabyte_are_read_in_seconds(
    length: int, limit: float
) -> None:
    run = "on Wednesday the envoys met in Port Calder, and two days later it was decided to meet on August 6, "
    assert seconds(annotate, run, length, rounds=1) < limit
