"""Publication dates that are withheld: what is inferred is right within a day, and the rest says that it is unknown.

Floors are a little below what `benchmarks/withheld_dates.py` measured.
"""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from tasks.enrich.publication import date_articles

ROOT = Path(__file__).parents[2]
PAGES = ROOT.parent / "shared" / "bench" / "extraction"
A_DAY = 0.95


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    specification = importlib.util.spec_from_file_location("withheld_dates", ROOT / "benchmarks/withheld_dates.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["withheld_dates"] = module
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("folds", "least_dated"), [(10, 0.5), (1, 0.08)], ids=["a fold", "all"])
def test_the_sample_s_withheld_days_are_inferred_within_a_day_or_unknown(
    sample_warehouse: Path, benchmark: ModuleType, folds: int, least_dated: float
) -> None:
    as_of = date(2026, 4, 1)
    articles = benchmark.read_warehouse(sample_warehouse)
    known = benchmark.known_articles(articles, as_of)
    inferred = benchmark.infer_by_folds(articles, known, folds, as_of)
    figures = benchmark.score(known, inferred)
    assert len(known) >= 30
    assert figures["within_a_day"] >= A_DAY, list(benchmark.errors(known, inferred))
    assert figures["dated"] >= least_dated
    assert figures["within_bounds"] >= A_DAY


def test_the_real_documents_without_their_one_stated_day_are_right_or_unknown(
    real_warehouse: Path, benchmark: ModuleType
) -> None:
    articles = [benchmark.withhold(article) for article in benchmark.read_warehouse(real_warehouse)]
    days = [found.published_on for found in date_articles(articles, date(2026, 11, 21)).values() if found.published_on]
    assert all(abs((day - date(2025, 8, 7)).days) <= 1 for day in days)


@pytest.mark.parametrize(
    ("name", "shape", "least_dated", "least_right"),
    [
        ("fundus_en", "page", 0.94, 0.92),
        ("fundus_other", "page", 0.94, 0.93),
        ("fundus_en", "flattened", 0.8, 0.94),
        ("fundus_other", "flattened", 0.84, 0.94),
    ],
)
def test_pages_whose_metadata_are_withheld_are_dated_by_what_they_show(
    benchmark: ModuleType, name: str, shape: str, least_dated: float, least_right: float
) -> None:
    path = PAGES / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip("the labelled development pages are not beside this checkout (../shared/bench)")
    known = benchmark.read_pages(path, shape)
    as_of = date(2026, 11, 21)
    visible = benchmark.score(known, date_articles([case.article for case in known], as_of))
    assert visible["dated"] >= least_dated
    assert visible["within_a_day"] >= least_right
    hidden = benchmark.score(known, date_articles([benchmark.withhold(case.article) for case in known], as_of))
    assert hidden["within_a_day"] >= A_DAY or hidden["dated"] == 0
