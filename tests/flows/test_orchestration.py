"""The Prefect API of a run: a configured one is used, a temporary one costs little and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.orchestration import PrefectApiError, configure_prefect, is_api_configured, prefect_api, start_prefect_api

CHECKOUT = Path(__file__).parents[2]
SERVE_AND_WAIT = """
import sys, time
from flows.orchestration import prefect_api
with prefect_api() as api:
    api.wait()
    print(api.server.pid, flush=True)
    time.sleep(120)
"""
RUN_A_FLOW = """
from flows.orchestration import prefect_api
with prefect_api() as api:
    from prefect import flow, task

    @task
    def double(number):
        return 2 * number

    @flow
    def doubles(numbers):
        return [future.result() for future in double.map(numbers)]

    assert api.run(doubles, [1, 2, 3]) == [2, 4, 6]
"""


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """No Prefect setting from outside, and a home folder of the test's own, which is given."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def migrated_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder whose Prefect database two first runs, started together, have migrated."""
    cache = tmp_path_factory.mktemp("cache")
    runs = [_start(RUN_A_FLOW, cache) for _ in range(2)]
    for run in runs:
        _, errors = run.communicate(timeout=120)
        assert run.returncode == 0, errors
        assert errors == ""
    return cache


def _start(program: str, cache: Path) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=cache,
        env=kept | {"XDG_CACHE_HOME": str(cache), "HOME": str(cache), "PYTHONPATH": str(CHECKOUT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _states(cache: Path, table: str) -> list[tuple[str, int]]:
    (database,) = cache.glob("dateline/*/prefect.db")
    connection = sqlite3.connect(database)
    try:
        return connection.execute(f"SELECT state_type, count(*) FROM {table} GROUP BY 1").fetchall()
    finally:
        connection.close()


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_two_first_runs_that_start_together_both_succeed_and_print_nothing(migrated_cache: Path) -> None:
    assert _states(migrated_cache, "flow_run") == [("COMPLETED", 2)]


@pytest.mark.slow
def test_every_task_run_is_recorded_before_the_server_is_stopped(migrated_cache: Path) -> None:
    assert _states(migrated_cache, "task_run") == [("COMPLETED", 6)]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the state of processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_server_outlives_its_run_however_that_ends(migrated_cache: Path, number: signal.Signals) -> None:
    run = _start(SERVE_AND_WAIT, migrated_cache)
    assert run.stdout is not None
    server = int(run.stdout.readline())
    assert _is_running(server)
    run.send_signal(number)
    run.communicate(timeout=20)
    deadline = time.monotonic() + 10
    while _is_running(server) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _is_running(server)


def test_an_api_named_in_the_environment_is_used(clean_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example/api")
    with prefect_api() as api:
        assert api.server is None
        assert api.run(lambda number: number + 1, 1) == 2
    assert os.environ["PREFECT_API_URL"] == "http://prefect.example/api"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            ".prefect/profiles.toml",
            'active = "team"\n[profiles.team]\nPREFECT_API_URL = "http://prefect.example/api"\n',
        ),
        ("prefect.toml", '[api]\nurl = "http://prefect.example/api"\n'),
        ("pyproject.toml", '[tool.prefect.api]\nurl = "http://prefect.example/api"\n'),
        (".env", "PREFECT_API_URL=http://prefect.example/api\n"),
    ],
)
def test_an_api_named_in_a_file_that_prefect_reads_is_used(clean_environment: Path, source: str, text: str) -> None:
    path = clean_environment / source
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    program = "from flows.orchestration import is_api_configured; print(is_api_configured())"
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env=dict(os.environ) | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert answer.stdout == "True\n"


def test_without_any_setting_no_api_is_configured(clean_environment: Path) -> None:
    assert not is_api_configured()


def test_settings_of_the_user_win_over_the_defaults(clean_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "true")
    monkeypatch.setenv("PREFECT_LOGGING_LEVEL", "DEBUG")
    monkeypatch.delenv("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", raising=False)
    configure_prefect()
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "true"
    assert "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL" not in os.environ


def test_a_home_that_cannot_be_written_is_replaced(clean_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (clean_environment / "file").write_text("")
    monkeypatch.setenv("HOME", str(clean_environment / "file"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(clean_environment / "file"))
    monkeypatch.setattr(tempfile, "tempdir", str(clean_environment))
    configure_prefect()
    home = Path(os.environ["PREFECT_HOME"])
    assert home.parent == clean_environment
    assert home.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_a_server_that_cannot_start_says_why_and_what_to_do(clean_environment: Path) -> None:
    home = clean_environment / "broken"
    home.mkdir()
    (home / "prefect.db").write_bytes(b"this is no database " * 100)
    api = start_prefect_api(home)
    with pytest.raises(
        PrefectApiError, match=r"(?s)ended with code .*file is not a database.*Next: .*prefect server start"
    ):
        api.wait()
    assert "PREFECT_API_URL" not in os.environ
