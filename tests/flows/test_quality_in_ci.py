"""The workflow that people copy, and the shell recipe beside it, step by step: green on good data, red on bad."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "quality.yml").read_text("utf-8"))
STEPS = WORKFLOW["jobs"]["quality"]["steps"]
SPOIL = "update events set begin_on = begin_on + 400 where event_id = (select min(event_id) from events)"

pytestmark = pytest.mark.slow


@dataclass
class Job:
    """A job of the workflow on this machine: its folder, what its steps said, and how each ended."""

    folder: Path
    outcomes: dict[str, str] = field(default_factory=dict)
    said: str = ""

    @property
    def has_failed(self) -> bool:
        return "failure" in self.outcomes.values()

    @property
    def summary(self) -> Path:
        return self.folder / "summary.md"

    def run(self, command: list[str]) -> int:
        environment = os.environ | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.folder),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }
        for name in ("PREFECT_API_URL", "DATELINE_WAREHOUSE"):
            environment.pop(name, None)
        done = subprocess.run(
            command, cwd=self.folder, env=environment | WORKFLOW["env"], capture_output=True, text=True, timeout=240
        )
        self.said += done.stdout + done.stderr
        return done.returncode


def is_due(step: dict[str, str], job: Job) -> bool:
    """Evaluate the conditions that the workflow uses; any other is an error of this test."""
    conditions: dict[str, Callable[[], bool]] = {
        "": lambda: not job.has_failed,
        "${{ failure() && steps.run.outcome == 'failure' }}": lambda: job.outcomes.get("run") == "failure",
        "${{ !cancelled() && hashFiles('quality/quality.md') != '' }}": (job.folder / "quality" / "quality.md").exists,
        "${{ !cancelled() }}": lambda: True,
    }
    return conditions[step.get("if", "")]()


def run_workflow(job: Job) -> Job:
    """Run the steps of the workflow that are commands, as its runner does, but for the installation."""
    for step in STEPS:
        if "run" not in step or step.get("id") == "install" or not is_due(step, job):
            continue
        code = job.run(["bash", "-e", "-o", "pipefail", "-c", step["run"]])
        job.outcomes[step.get("id", step["name"])] = "success" if code == 0 else "failure"
    return job


def new_job(folder: Path) -> Job:
    shutil.copytree(ROOT / "seeds" / "inbox", folder / "seeds" / "inbox")
    return Job(folder)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Job:
    return run_workflow(new_job(tmp_path_factory.mktemp("good")))


@pytest.fixture
def spoiled(good: Job) -> Job:
    """The same checkout after someone has changed a day in the published file by hand."""
    with duckdb.connect(str(good.folder / "warehouse" / "news.duckdb")) as connection:
        connection.execute(SPOIL)
    shutil.rmtree(good.folder / "quality")
    good.summary.unlink()
    return Job(good.folder)


def red_cases(job: Job) -> list[str]:
    cases = ElementTree.parse(job.folder / "quality" / "quality.xml").getroot().iter("testcase")
    return [case.get("name", "") for case in cases if case.find("failure") is not None]


def test_the_sample_passes_with_a_summary_and_a_page(good: Job) -> None:
    assert not good.has_failed, good.said
    assert "Report the run that failed" not in good.outcomes
    assert good.summary.read_text("utf-8").startswith("## ✅ Passed")
    assert "<h1>Passed" in (good.folder / "quality" / "quality.html").read_text("utf-8")
    assert red_cases(good) == []
    assert "::error" not in good.said


def test_the_page_is_uploaded_whatever_became_of_the_steps_before(good: Job) -> None:
    (upload,) = [step for step in STEPS if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert upload["if"] == "${{ !cancelled() }}"
    assert (good.folder / upload["with"]["path"] / "quality.html").exists()


def test_a_warehouse_spoiled_by_hand_fails_the_job_and_leaves_annotations_summary_and_page(spoiled: Job) -> None:
    shell = Job(spoiled.folder)
    assert shell.run([str(ROOT / ".ci" / "quality"), "seeds/inbox"]) == 1
    shell.summary.unlink()
    run_workflow(spoiled)
    assert spoiled.outcomes["run"] == "success"  # nothing new: the run touches nothing
    assert spoiled.outcomes["Check what is published"] == "failure"
    assert "Report the run that failed" not in spoiled.outcomes
    for job in (spoiled, shell):
        errors = [line for line in job.said.splitlines() if line.startswith("::error ")]
        assert any("events-end-after-they-begin" in line and ",file=seeds/inbox/" in line for line in errors)
        assert "Next: `dateline explain " in job.said
    assert "events-end-after-they-begin" in red_cases(spoiled)
    assert spoiled.summary.read_text("utf-8").startswith("## ❌ Failed")
    assert "<h1>Failed" in (spoiled.folder / "quality" / "quality.html").read_text("utf-8")


def test_a_run_whose_gate_fails_is_reported_itself(tmp_path: Path) -> None:
    job = new_job(tmp_path)
    shutil.rmtree(tmp_path / "seeds" / "inbox")
    (tmp_path / "seeds" / "inbox").mkdir()
    (tmp_path / "seeds" / "inbox" / "empty.txt").write_bytes(b"")
    run_workflow(job)
    assert job.outcomes["run"] == "failure"
    assert job.outcomes["Report the run that failed"] == "success"
    assert "Check what is published" not in job.outcomes
    assert "fail (critical, clean): articles-are-there\n  There is at least one article.\n  Observed: 0;" in job.said
    assert "::error title=Dateline%2C clean%3A articles-are-there::" in job.said
    assert job.summary.read_text("utf-8").startswith("## ❌ Failed")
    assert "<h1>Failed" in (tmp_path / "quality" / "quality.html").read_text("utf-8")


def test_inputs_that_are_not_there_fail_the_recipe_with_the_code_for_wrong_input(tmp_path: Path) -> None:
    job = Job(tmp_path)
    assert job.run([str(ROOT / ".ci" / "quality"), "nowhere"]) == 2
    assert "nowhere" in job.said
    assert not (tmp_path / "quality").exists()
