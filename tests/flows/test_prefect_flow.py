"""The flow under the orchestrator: states, mapped tasks, retries and artifacts, on a server of the tests' own."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

from tasks.workers import run_in_worker, worker_pool
from warehouse.errors import TransientError

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "inbox"

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


class Receiver(BaseHTTPRequestHandler):
    """Keeps what is posted to it."""

    got: ClassVar[list[dict[str, str]]] = []

    def do_POST(self) -> None:
        self.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/alarms"
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("server")
def test_the_automation_of_the_documentation_tells_of_a_failed_gate(receiver: str, tmp_path: Path) -> None:
    from prefect.blocks.notifications import CustomWebhookNotificationBlock
    from prefect.client.orchestration import get_client
    from prefect.events.schemas.automations import AutomationCore

    from flows.pipeline import ingest

    written = re.findall(r"```yaml\n(automations:.*?)```", (ROOT / "docs" / "quality.md").read_text("utf-8"), re.S)
    ((automation,),) = (yaml.safe_load(text)["automations"] for text in written)
    body = {"title": "{{subject}}", "body": "{{body}}"}
    block = CustomWebhookNotificationBlock(name="alarms", url=receiver, method="POST", json_data=body)
    automation["actions"][0]["block_document_id"] = str(block.save("alarms"))
    with get_client(sync_client=True) as client:
        client.create_automation(AutomationCore.model_validate(automation))
    (tmp_path / "empty.txt").write_bytes(b"")
    assert ingest([str(tmp_path / "empty.txt")], str(tmp_path / "warehouse"), 1, return_state=True).is_failed()
    end = time.monotonic() + 30
    while not Receiver.got and time.monotonic() < end:
        time.sleep(0.1)
    (alarm,) = Receiver.got
    assert "1 critical expectation failed" in alarm["title"]
    assert "There is at least one article. Observed: 0." in alarm["body"]
