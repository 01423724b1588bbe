"""What an extractor costs: processor time and memory a page, all extractors on the same pages in one process.

The extractors take turns on every page, and the turn that goes first moves on with each page and round, so that noise
of the machine and warm caches fall on all alike. A page's time is its best of the rounds.
"""

from __future__ import annotations

import ctypes
import gc
import re
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean, median

from extraction.accuracy import Extracted
from extraction.extractors import Extractor
from extraction.pages import LabelledPage

WARM_UP_PAGES = 3
STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def run_in_turns(
    extractors: Mapping[str, Extractor], pages: Sequence[LabelledPage], rounds: int
) -> tuple[dict[str, dict[str, Extracted]], dict[str, list[float]]]:
    """Return each extractor's answers by page, and its milliseconds of processor time for each page."""
    answers: dict[str, dict[str, Extracted]] = {name: {} for name in extractors}
    times: dict[str, list[float]] = {name: [float("inf")] * len(pages) for name in extractors}
    for name, extract in extractors.items():
        for page in pages[:WARM_UP_PAGES]:
            attempt(name, extract, page)
    names = list(extractors)
    for turn in range(rounds):
        for place, page in enumerate(pages):
            first = (turn + place) % len(names)
            for name in names[first:] + names[:first]:
                began = time.process_time_ns()
                answers[name][page.page_id] = attempt(name, extractors[name], page)
                spent = (time.process_time_ns() - began) / 1e6
                times[name][place] = min(times[name][place], spent)
    return answers, times


def attempt(name: str, extract: Extractor, page: LabelledPage) -> Extracted:
    """Run an extractor; one that fails on a page has no answer for it, and the page is named on stderr."""
    try:
        return extract(page)
    except Exception as problem:  # peers fail in ways of their own, and the others have to go on
        print(f"{name} failed on {page.page_id}: {type(problem).__name__}: {problem}", file=sys.stderr)
        return Extracted()


def describe_times(times: Sequence[float]) -> dict[str, float]:
    """Return the median and mean milliseconds a page."""
    return {"median_ms": median(times), "mean_ms": fmean(times)}


def peak_megabytes(extract: Extractor, pages: Sequence[LabelledPage]) -> dict[str, float]:
    """Return by how much the process grew at most while it read a page: median and largest, in megabytes.

    Empty where the system does not tell (it is read from /proc, as on Linux).
    """
    if not RESET.exists():
        return {}
    growth = []
    for page in pages:
        gc.collect()
        give_back_memory()
        RESET.write_text("5")  # the high-water mark starts again from what is held now
        before = resident_kilobytes("VmRSS")
        extract(page)
        growth.append((resident_kilobytes("VmHWM") - before) / 1024)
    return {"median_peak_mb": median(growth), "largest_peak_mb": max(growth)}


def give_back_memory() -> None:
    """Hand freed memory back to the system, where the C library can, so that the next page's need is seen."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def resident_kilobytes(field: str) -> int:
    """Read a figure of this process's memory."""
    match = re.search(rf"^{field}:\s+(\d+) kB", STATUS.read_text(encoding="ascii"), re.MULTILINE)
    return int(match[1]) if match else 0
