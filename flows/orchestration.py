"""Choose the Prefect API that a run reports to, and pay as little wall time for it as can be.

A run is always a Prefect flow run. Where a Prefect API is configured (`PREFECT_API_URL` in the environment, a
profile, a `.env`, `prefect.toml` or `pyproject.toml`: whatever Prefect itself would read), that API is used and
nothing is started. Where none is, a temporary server is started as a process of its own, in the background, while
this process imports and works; it takes three to four seconds to come up, nearly all of it imports.

Nothing of Prefect is imported by importing this module: the settings below must be in the environment before Prefect
reads it, and a server that starts after a second of imports is ready a second later.
"""

from __future__ import annotations

import atexit
import contextlib
import getpass
import importlib.metadata
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

API_URL_SETTING = "PREFECT_API_URL"
SERVER_PROGRAM = Path(__file__).with_name("temporary_server.py")
# A cold disk and a first migration took 11 s on two busy cores; a server that needs ten times that is stuck.
START_TIMEOUT_SECONDS = 120.0
STOP_TIMEOUT_SECONDS = 5.0
LOG_TAIL_CHARACTERS = 2_000
# Defaults for a run at a terminal; a value the user has set wins.
ENVIRONMENT_DEFAULTS = {
    # Telemetry would print an error on every machine without a way out.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "GX_ANALYTICS_ENABLED": "false",
}
CONSOLE_LEVEL_SETTING = "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"
LOGGING_SETTINGS = ("PREFECT_LOGGING_LEVEL", "PREFECT_DEBUG_MODE", "PREFECT_LOGGING_SETTINGS_PATH")

Result = TypeVar("Result")


class PrefectApiError(RuntimeError):
    """The temporary Prefect server did not come up; the message says how far it came and what to do next."""


def configure_prefect() -> None:
    """Set Prefect's defaults for a run at a terminal, before Prefect is imported; values already set stay.

    The console shows nothing short of a breakdown of Prefect itself: the command line has its own progress bars and
    tells a failure itself, once and without a stack trace. The API still receives every log line. A
    home folder that cannot be written, as on a read-only file system, is replaced by one that can.
    """
    for name, value in ENVIRONMENT_DEFAULTS.items():
        os.environ.setdefault(name, value)
    if not any(name in os.environ for name in LOGGING_SETTINGS):
        os.environ.setdefault(CONSOLE_LEVEL_SETTING, "CRITICAL")
    if "PREFECT_HOME" not in os.environ and not _can_write(Path.home() / ".prefect"):
        os.environ["PREFECT_HOME"] = str(server_home())


def server_home() -> Path:
    """Return the folder that keeps the temporary servers' database: the history of the runs on this machine.

    `PREFECT_HOME` where the user has set it, else a folder of the user's cache for this version of Prefect, else,
    where that cannot be written, a folder of the system's temporary files. Kept between runs since migrating a new
    database takes five seconds.
    """
    if stated := os.environ.get("PREFECT_HOME"):
        return Path(stated).expanduser()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = f"prefect-{importlib.metadata.version('prefect')}"
    preferred = cache / "dateline" / name
    if _can_write(preferred):
        return preferred
    user = getpass.getuser()
    shared = Path(tempfile.gettempdir()) / f"dateline-{user}-{name}"
    with contextlib.suppress(FileExistsError):
        shared.mkdir(mode=0o700)
    # Everyone may make a folder of this name there: one that another user made is not trusted.
    return shared if shared.owner() == user and not shared.is_symlink() else Path(tempfile.mkdtemp(prefix="dateline-"))


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def is_api_configured() -> bool:
    """Tell whether Prefect would find the address of an API, or is forbidden to start a server, in its settings.

    Prefect itself is asked only where one of its sources could say so, since asking it costs a second of imports.
    """
    if os.environ.get(API_URL_SETTING):
        return True
    if not _may_be_configured():
        return False
    from prefect.settings import get_current_settings

    settings = get_current_settings()
    return bool(settings.api.url) or not settings.server.ephemeral.enabled


def _may_be_configured() -> bool:
    if {"PREFECT_PROFILE", "PREFECT_SERVER_EPHEMERAL_ENABLED", "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"} & set(os.environ):
        return True
    home = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect").expanduser()
    profiles = Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml").expanduser()
    sources = (
        (profiles, ""),
        (Path("prefect.toml"), ""),
        (Path(".env"), "prefect"),
        (Path("pyproject.toml"), "[tool.prefect"),
    )
    return any(path.is_file() and word in path.read_text("utf-8", "replace").lower() for path, word in sources)


@dataclass
class PrefectApi:
    """The API that this process reports to, with the temporary server behind it if one was started.

    `server` is None where an API was configured. `url` is then None too: Prefect reads it from its own settings.
    """

    url: str | None = None
    server: subprocess.Popen[str] | None = None
    log: Path | None = None
    _is_ready: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        """Wait until a temporary server answers; returns at once where an API was configured.

        Raises:
            PrefectApiError: the server ended or did not answer in time.
        """
        if self.server is None or self._is_ready.is_set():
            return
        reader = threading.Thread(target=self._read_ready, name="prefect-server-ready", daemon=True)
        reader.start()
        reader.join(START_TIMEOUT_SECONDS)
        if self._is_ready.is_set():
            return
        if not reader.is_alive():  # it closed its output, so it is about to end
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.server.wait(STOP_TIMEOUT_SECONDS)
        self._fail(self.server)

    def run(self, flow: Callable[..., Result], *arguments: Any, **parameters: Any) -> Result:
        """Call a Prefect flow once the API answers, and return what it returns.

        On a temporary server the flow sends no heartbeats: they tell a server that outlives its runs of runs that
        died, and ending them costs up to a second at the end of every flow.
        """
        self.wait()
        if self.server is None:
            return flow(*arguments, **parameters)
        from prefect.settings import temporary_settings

        with temporary_settings({"flows.heartbeat_frequency": None}):
            return flow(*arguments, **parameters)

    def close(self) -> None:
        """Send what Prefect has yet to send, and stop the temporary server, if this process started one."""
        server, self.server = self.server, None
        if server is None:
            return
        atexit.unregister(self.close)
        if os.environ.get(API_URL_SETTING) == self.url:
            _drain_prefect()
            del os.environ[API_URL_SETTING]
            _refresh_prefect_settings()
        _stop(server)

    def _read_ready(self) -> None:
        if self.server is not None and self.server.stdout is not None and self.server.stdout.readline() == "ready\n":
            self._is_ready.set()

    def _fail(self, server: subprocess.Popen[str]) -> None:
        code, tail = server.poll(), _tail(self.log)
        self.close()
        what = f"ended with code {code}" if code is not None else f"did not answer in {START_TIMEOUT_SECONDS:.0f} s"
        raise PrefectApiError(
            f"The temporary Prefect server {what}. Its log, {self.log}, ends:\n{tail or '(empty)'}\n"
            "Next: start a server with `prefect server start` and run again with "
            "PREFECT_API_URL=http://127.0.0.1:4200/api."
        )


def start_prefect_api(home: Path | None = None) -> PrefectApi:
    """Choose the API: the configured one, or a temporary server that is started now and is ready later.

    Returns within a tenth of a second with `PREFECT_API_URL` set to the server's address, so that Prefect may be
    imported at once; requests made before the server is ready wait for it. The server ends with this process, however
    this process ends.

    Args:
        home: Folder of the server's database; by default `server_home()`.

    Raises:
        PrefectApiError: the server's process could not open a port.
    """
    configure_prefect()
    if is_api_configured():
        return PrefectApi()
    folder = home or server_home()
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "temporary-server.log"
    with log.open("w", encoding="utf-8") as errors:
        # -P: the program's own folder must not come before the standard library. A session of its own: Ctrl-C must
        # reach the run alone, which then tells the server how it ended.
        server = subprocess.Popen(
            [sys.executable, "-P", str(SERVER_PROGRAM), str(os.getpid()), str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
            env=os.environ | {CONSOLE_LEVEL_SETTING: "WARNING"},  # its console is the log that a failure quotes
        )
    api = PrefectApi(server=server, log=log)
    atexit.register(api.close)
    assert server.stdout is not None
    port = server.stdout.readline().strip()
    if not port:
        server.wait(STOP_TIMEOUT_SECONDS)
        api._fail(server)
    api.url = f"http://127.0.0.1:{port}/api"
    os.environ[API_URL_SETTING] = api.url
    _refresh_prefect_settings()
    return api


@contextlib.contextmanager
def prefect_api(home: Path | None = None) -> Iterator[PrefectApi]:
    """Hold the API that this process reports to for as long as the block runs; see `start_prefect_api`."""
    api = start_prefect_api(home)
    try:
        yield api
    finally:
        api.close()


def _drain_prefect() -> None:
    """Let Prefect's background threads send the logs and events that wait, then end them; gives up after a while."""
    if "prefect.events.worker" in sys.modules:
        events = sys.modules["prefect.events.worker"].EventsWorker
        # Emptied first, since a thread told to end while events wait prints a warning about them.
        emptying = threading.Thread(target=lambda: events.instance().wait_until_empty(), daemon=True)
        emptying.start()
        emptying.join(STOP_TIMEOUT_SECONDS)
        events.drain_all(timeout=STOP_TIMEOUT_SECONDS)
    if "prefect.logging.handlers" in sys.modules:
        sys.modules["prefect.logging.handlers"].APILogWorker.drain_all(timeout=STOP_TIMEOUT_SECONDS)


def _refresh_prefect_settings() -> None:
    if "prefect.context" in sys.modules:
        sys.modules["prefect.context"].refresh_global_settings_context()


def _stop(server: subprocess.Popen[str]) -> None:
    server.terminate()
    try:
        server.wait(STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    if server.stdout is not None:
        server.stdout.close()


def _tail(log: Path | None) -> str:
    return log.read_text("utf-8", "replace")[-LOG_TAIL_CHARACTERS:].strip() if log and log.is_file() else ""
