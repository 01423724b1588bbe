"""A whole run without the orchestrator: the flow's own function, with its tasks called as the functions they wrap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import settings

#: How long an example takes says nothing on a busy machine; what must be fast is measured where that is tested.
settings.register_profile("without-deadlines", settings.default, deadline=None)
settings.load_profile("without-deadlines")

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "inbox"
REAL = ROOT.parent / "shared" / "seeds"

Ingest = Callable[..., str]


@pytest.fixture(scope="session")
def ingest() -> Ingest:
    """Run the whole pipeline over inputs into a warehouse; returns the run's status."""
    from flows.pipeline import ingest as flow

    def run(inputs: list[Path] | list[str], warehouse: Path, **options: Any) -> str:
        options = {"as_of": date(2026, 4, 1)} | options
        return str(flow.fn([str(path) for path in inputs], str(warehouse), 1, options))

    return run


@pytest.fixture
def rows() -> Callable[..., list[tuple[Any, ...]]]:
    """Query a published file."""

    def fetch(warehouse: Path, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()

    return fetch


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory, ingest: Ingest) -> Path:
    """The sample corpus, published once for all tests that only read it."""
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    assert ingest([SEEDS], warehouse) == "published"
    return warehouse


@pytest.fixture(scope="session")
def real_documents() -> list[Path]:
    """The five real documents, where they are at hand."""
    paths = sorted(REAL.glob("*.txt"))
    if len(paths) != 5:
        pytest.skip("the five real documents are not beside this checkout (../shared/seeds)")
    return paths


@pytest.fixture(scope="session")
def real_warehouse(
    tmp_path_factory: pytest.TempPathFactory, ingest: Ingest, real_documents: list[Path]
) -> Iterator[Path]:
    """The five real documents, published once for all tests that only read them."""
    warehouse = tmp_path_factory.mktemp("real") / "warehouse"
    assert ingest(real_documents, warehouse, as_of=date(2026, 11, 21)) == "published"
    yield warehouse
