"""The flow under the orchestrator: states, mapped tasks, retries and artifacts, on a server of the tests' own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.workers import run_in_worker, worker_pool
from warehouse.errors import TransientError

SEEDS = Path(__file__).parents[2] / "seeds" / "inbox"

pytestmark = pytest.mark.filterwarnings("default")  # the orchestrator's own threads warn when its server goes down


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


def test_a_worker_that_dies_is_a_transient_failure_and_the_next_try_succeeds() -> None:
    with worker_pool(2):
        assert run_in_worker(shutil.which, "sh")
        with pytest.raises(TransientError, match="worker process died"):
            run_in_worker(os._exit, 9)
        assert run_in_worker(shutil.which, "sh")


@pytest.mark.usefixtures("server")
def test_a_flow_run_completes_with_mapped_tasks_and_a_markdown_artifact(tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

    from flows.pipeline import ingest

    inbox = tmp_path / "inbox"
    shutil.copytree(SEEDS / "text", inbox)
    options = {"batch_documents": 2, "as_of": "2026-04-01"}
    state = ingest([str(inbox)], str(tmp_path / "warehouse"), 1, options, return_state=True)
    assert state.is_completed()
    assert state.result() == "published"
    with get_client(sync_client=True) as client:
        runs = client.read_task_runs()
        names = [run.name.split("-")[0] for run in runs]
        assert names.count("parse") == 4  # seven documents, two a batch
        assert all(run.state and run.state.is_completed() for run in runs)
        (artifact, *_) = client.read_artifacts(
            artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=["dateline-run"]))
        )
    assert "parse" in str(artifact.data)
    assert "expectations" in str(artifact.data)


@pytest.mark.usefixtures("server")
def test_a_transient_failure_of_a_batch_is_tried_again_and_a_terminal_one_is_not(tmp_path: Path) -> None:
    from prefect import flow

    from tasks.prefect_tasks import parse_batch

    @flow(name="one-batch")
    def one_batch(raw_part: str) -> str:
        return parse_batch.with_options(retry_delay_seconds=0).submit(raw_part, str(tmp_path / "part"), ()).result()

    missing = one_batch(str(tmp_path / "missing.parquet"), return_state=True)
    assert missing.is_failed()
    assert run_count("parse") == 3  # a file that is not there may be there in a moment: two retries

    (tmp_path / "broken.parquet").write_bytes(b"PAR1 this is no Parquet file PAR1")
    broken = one_batch(str(tmp_path / "broken.parquet"), return_state=True)
    assert broken.is_failed()
    assert run_count("parse") == 1


def run_count(task: str) -> int:
    """Return how many times the newest run of a task was started."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import TaskRunSort

    with get_client(sync_client=True) as client:
        runs = client.read_task_runs(sort=TaskRunSort.EXPECTED_START_TIME_DESC)
    return next(run.run_count for run in runs if run.name.startswith(task))


@pytest.mark.usefixtures("server")
def test_a_failed_gate_is_a_failed_flow_run(tmp_path: Path) -> None:
    from flows.pipeline import ingest

    (tmp_path / "empty.txt").write_bytes(b"")
    state = ingest([str(tmp_path / "empty.txt")], str(tmp_path / "warehouse"), 1, return_state=True)
    assert state.is_failed()
    assert "nothing was published" in str(state.message)
