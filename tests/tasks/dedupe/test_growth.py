"""What the search for copies costs as the articles grow in number: memory has a bound, and pairs grow with articles.

Runs `benchmarks/copy_scale.py`, a process for each size, on articles that it invents.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARK = Path(__file__).parents[3] / "benchmarks/copy_scale.py"


def grow(*arguments: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(BENCHMARK), *arguments, "--new", "0"], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_three_times_the_articles_take_no_more_memory_than_the_setting_allows() -> None:
    fewer, more = grow("2000", "6000", "--memory-limit", "60MB")
    taken = [size["peak_megabytes"] - size["megabytes_before"] for size in (fewer, more)]
    assert max(taken) < 60 + 60  # the database's limit, a portion of 24 MB, and the memory of words
    assert more["peak_megabytes"] - fewer["peak_megabytes"] < 60
    assert min(size["pair_f1"] for size in (fewer, more)) > 0.98


@pytest.mark.slow
def test_a_disclaimer_below_every_article_and_reports_of_one_form_do_not_bring_all_articles_together() -> None:
    fewer, more = grow("1500", "3000", "--disclaimer", "--templates", "0.5")
    assert more["pairs"] / more["articles"] < 1.5 * fewer["pairs"] / fewer["articles"]
