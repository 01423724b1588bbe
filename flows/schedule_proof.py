"""Show that the deployments of `prefect.yaml` run on schedule and publish, on a Prefect server of their own.

    python -m flows.schedule_proof

A deploy that exits with 0 proves little: a server whose scheduler loop fails still accepts deployments, and looks
healthy. So this program starts a server and a process worker in a temporary folder, deploys, and then asks the
server: are there SCHEDULED runs, did one of them complete, and does the published file hold articles? It touches
neither the user's Prefect settings nor the checkout's warehouse; it ends within three minutes, with exit code 0 or 1.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
WORK_POOL = "dateline"
SCHEDULED, REPORT = "ingest-inbox", "daily-quality-report"
# Prefect takes no interval shorter than a few seconds in earnest; a run of the sample inbox takes about ten.
INTERVAL_SECONDS = 15
# The whole proof, teardown included, must end within three minutes.
TIME_LIMIT_SECONDS = 165.0
KILL_AFTER_SECONDS = 5.0
LOG_TAIL_LINES = 30


class ProofFailedError(Exception):
    """What should have happened on the server did not, or not in time."""


@dataclass
class Site:
    """The temporary place of the proof: its folders, its server's address, and the time it has."""

    root: Path
    port: int
    began: float = field(default_factory=time.monotonic)

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DATELINE_"))
        }
        return inherited | {
            "PREFECT_HOME": str(self.root / "prefect"),
            "PREFECT_API_URL": self.api_url,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_UI_ENABLED": "false",
            "PREFECT_CLI_PROMPT": "false",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            "DO_NOT_TRACK": "1",
            "DATELINE_WAREHOUSE": str(self.warehouse),
            "PWD": str(CHECKOUT),  # what `prefect.yaml` names as the place to run in
        }

    def say(self, message: str) -> None:
        print(f"[{time.monotonic() - self.began:5.1f} s] {message}", flush=True)


def main() -> int:
    """Run the proof; returns 0 where every step held, else 1."""
    # So that the server and the worker are ended too when this program is told to end.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="dateline-schedule-", ignore_cleanup_errors=True) as folder:
        site = Site(Path(folder), _free_port())
        try:
            prove(site)
        except ProofFailedError as failure:
            site.say(f"FAILED: {failure}")
            _print_logs(site.root)
            return 1
        site.say("proved: the schedules are on the server, and a scheduled run published")
    return 0


def prove(site: Site) -> None:
    """Take the steps in order.

    Raises:
        ProofFailedError: a step did not hold.
    """
    shutil.copytree(CHECKOUT / "seeds" / "inbox", site.root / "inbox")
    with _running(site, "server", "server", "start", "--host", "127.0.0.1", "--port", str(site.port)) as server:
        _wait(site, "the server to answer", server, lambda: _ask(site, "GET", "/health") is True)
        site.say(f"a Prefect server answers at {site.api_url}")
        _prefect(site, "work-pool", "create", WORK_POOL, "--type", "process")
        _prefect(site, "deploy", "--all", "--prefect-file", str(_write_deployments(site)))
        for deployment in (SCHEDULED, REPORT):
            runs = _wait(site, f"scheduled runs of {deployment}", server, _runs_of(site, deployment, "SCHEDULED"))
            site.say(
                f"{deployment}: {len(runs)} SCHEDULED, the first for {min(run['expected_start_time'] for run in runs)}"
            )
        with _running(site, "worker", "worker", "start", "--pool", WORK_POOL) as worker:
            run = _wait(site, f"a run of {SCHEDULED} to complete", worker, _runs_of(site, SCHEDULED, "COMPLETED"))[0]
            if not run["auto_scheduled"]:
                raise ProofFailedError(f"run {run['name']} completed, but no schedule had started it")
            site.say(f"{SCHEDULED}: scheduled run {run['name']} COMPLETED in {run['total_run_time']:.1f} s")
            site.say(f"published {_count_articles(site)} articles in news.duckdb")
            _run_now(site, REPORT)
            _wait(site, f"a run of {REPORT} to complete", worker, _runs_of(site, REPORT, "COMPLETED"))
            reports = sorted(path.name for path in (site.warehouse / "reports").rglob("*") if path.is_file())
            if not reports:
                raise ProofFailedError(f"{REPORT} completed, but wrote no report")
            site.say(f"{REPORT}: a run of now COMPLETED and wrote {', '.join(reports)}")


def _write_deployments(site: Site) -> Path:
    """Write `prefect.yaml` anew with the temporary inbox and warehouse, and schedules that fit into the proof.

    The ingest comes due within seconds. The report, which rightly fails in a warehouse where nothing has run yet, is
    moved half a day away, so that the hour at which the proof is started does not decide its outcome.
    """
    import yaml  # type: ignore[import-untyped]

    project = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text("utf-8"))
    for deployment in project["deployments"]:
        deployment["parameters"]["warehouse"] = str(site.warehouse)
        if deployment["name"] == SCHEDULED:
            deployment["parameters"]["inputs"] = [str(site.root / "inbox")]
            deployment["schedules"] = [{"slug": "proof", "interval": INTERVAL_SECONDS}]
        else:
            half_a_day_away = (datetime.now(UTC).hour + 12) % 24
            deployment["schedules"] = [{"slug": "proof", "cron": f"0 {half_a_day_away} * * *", "timezone": "UTC"}]
    path = site.root / "prefect.yaml"
    path.write_text(yaml.safe_dump(project), "utf-8")
    return path


def _runs_of(site: Site, deployment: str, state: str) -> Callable[[], list[dict[str, Any]]]:
    """Return a question: which runs of a deployment does the server hold in a state? A failed run ends the asking."""

    def ask() -> list[dict[str, Any]]:
        named = {"deployments": {"name": {"any_": [deployment]}}}
        failed = _ask(site, "POST", "/flow_runs/filter", named | _in_state("FAILED", "CRASHED"))
        if failed:
            raise ProofFailedError(f"run {failed[0]['name']} of {deployment}: {failed[0]['state']['message']}")
        return list(_ask(site, "POST", "/flow_runs/filter", named | _in_state(state)) or [])

    return ask


def _run_now(site: Site, deployment: str) -> None:
    """Start a run of a deployment whose schedule is too far ahead to wait for."""
    found = _ask(site, "POST", "/deployments/filter", {"deployments": {"name": {"any_": [deployment]}}})
    if not found or _ask(site, "POST", f"/deployments/{found[0]['id']}/create_flow_run", {}) is None:
        raise ProofFailedError(f"the server would not start a run of {deployment}")


def _in_state(*types: str) -> dict[str, Any]:
    return {"flow_runs": {"state": {"type": {"any_": list(types)}}}}


def _ask(site: Site, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Ask the server's REST API; None while nothing listens at its port."""
    request = urllib.request.Request(
        site.api_url + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return None


def _wait(site: Site, what: str, process: subprocess.Popen[bytes], is_there: Callable[[], Any]) -> Any:
    """Ask until the answer is not empty; fails when the time is up or the process that should bring it about ends."""
    while time.monotonic() - site.began < TIME_LIMIT_SECONDS:
        if answer := is_there():
            return answer
        if process.poll() is not None:
            raise ProofFailedError(f"waited for {what}, but the process ended with code {process.returncode}")
        time.sleep(0.5)
    raise ProofFailedError(f"waited for {what} until the {TIME_LIMIT_SECONDS:.0f} s were up")


def _prefect(site: Site, *arguments: str) -> None:
    command = [sys.executable, "-m", "prefect", *arguments]
    left = max(1.0, TIME_LIMIT_SECONDS - (time.monotonic() - site.began))
    with (site.root / "commands.log").open("ab") as log:
        try:
            code = subprocess.run(
                command,
                cwd=CHECKOUT,
                env=site.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                timeout=left,
            ).returncode
        except subprocess.TimeoutExpired:
            raise ProofFailedError(f"`prefect {' '.join(arguments)}` did not end in {left:.0f} s") from None
    if code != 0:
        raise ProofFailedError(f"`prefect {' '.join(arguments)}` ended with code {code}")
    site.say(f"prefect {' '.join(arguments[:3])}: done")


@contextlib.contextmanager
def _running(site: Site, name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Prefect service for the length of the block, with its log in `<name>.log`, then end it and its children.

    A worker may outlive its first SIGTERM, and its runs are processes of their own: so the whole group gets the
    signal, and after a while the one that cannot be ignored.
    """
    with (site.root / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", *arguments],
            cwd=CHECKOUT,
            env=site.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            for signal_number in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal_number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(KILL_AFTER_SECONDS)


def _count_articles(site: Site) -> int:
    import duckdb

    published = site.warehouse / "news.duckdb"
    if not published.is_file():
        raise ProofFailedError(f"the run completed, but {published.name} is not there")
    with duckdb.connect(str(published), read_only=True) as connection:
        row = connection.execute("SELECT count(*) FROM articles").fetchone()
    if not row or not row[0]:
        raise ProofFailedError(f"the run completed, but {published.name} holds no articles")
    return int(row[0])


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _print_logs(root: Path) -> None:
    for log in sorted(root.glob("*.log")):
        lines = log.read_text("utf-8", "replace").splitlines()[-LOG_TAIL_LINES:]
        print(f"--- the end of {log.name}", *lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
