"""Run a Prefect API server for as long as one other process lives.

A program of its own, started by `flows.orchestration` when no Prefect API is configured. It differs from the
server that Prefect starts by itself in what it costs:

- it opens its port before it imports anything, so that the other process can go on at once: requests wait in the
  socket's queue until the server answers them;
- it migrates the database only where the database is not known to be migrated, which saves half a second a run
  (and guards that first migration by a lock, for two runs may start together on a new machine);
- it ends when the process it serves ends, however that ends, so that no server is left behind.

It prints two lines: the port, as soon as it is open, and `ready`, once it answers. Standard library only until the
port is printed.
"""

from __future__ import annotations

import contextlib
import gc
import os
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from urllib.request import urlopen

PARENT_POLL_SECONDS = 0.5
DATABASE_SETTING = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
MIGRATE_SETTING = "PREFECT_SERVER_DATABASE_MIGRATE_ON_START"
REGISTER_SETTING = "PREFECT_SERVER_REGISTER_BLOCKS_ON_START"
# What Prefect tells its own factory about a server that lives as long as one client (prefect 3.8).
EPHEMERAL = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_UI_ENABLED": "0"}
# Nobody can define an automation on a server that lives for one run, so nothing needs to look for its triggers.
WITHOUT_SERVICES = {"PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}


def schema_revision(database: Path) -> str | None:
    """Read which migration a Prefect database stands at; None where there is no such database yet."""
    if not database.is_file():
        return None
    try:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def is_migrated(database: Path, stamp: Path) -> bool:
    """Tell whether this Prefect version has migrated the database and nothing has changed its schema since."""
    revision = schema_revision(database)
    return revision is not None and stamp.is_file() and stamp.read_text() == _stamp_text(revision)


def _stamp_text(revision: str) -> str:
    return f"prefect {version('prefect')} {revision}\n"


@contextlib.contextmanager
def migration_turn(home: Path) -> Iterator[None]:
    """Let one server at a time migrate `home`'s database; the rest find it migrated and are told to skip the work."""
    database, stamp = home / "prefect.db", home / "prefect.db.migrated"
    if not is_migrated(database, stamp):
        from filelock import FileLock

        with FileLock(home / "prefect.db.lock", timeout=120):
            if not is_migrated(database, stamp):
                yield
                revision = schema_revision(database)
                if revision is not None:
                    stamp.write_text(_stamp_text(revision))
                return
    os.environ.setdefault(MIGRATE_SETTING, "false")
    os.environ.setdefault(REGISTER_SETTING, "false")
    yield


def end_with(parent: int) -> None:
    """End this process once `parent` no longer is its parent; polls, since no portable signal tells of it."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_POLL_SECONDS)
        os._exit(0)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def warm_up(port: int) -> None:
    """Make the first request, for which the server builds its routes: 0.7 s that the served process need not wait."""
    with contextlib.suppress(OSError), urlopen(f"http://127.0.0.1:{port}/api/admin/version", timeout=30) as response:
        response.read()


def serve(listener: socket.socket, turn: contextlib.ExitStack) -> None:
    """Serve the Prefect API on `listener` until a signal ends it; close `turn` once the server answers."""
    # The imports make hundreds of thousands of objects that stay: collecting among them costs 0.4 s and frees nothing.
    gc.disable()
    import uvicorn
    from prefect.server.api.server import create_app

    gc.freeze()
    gc.enable()

    class AnnouncingServer(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            turn.close()
            print("ready", flush=True)
            threading.Thread(target=warm_up, args=(listener.getsockname()[1],), daemon=True).start()

    config = uvicorn.Config(create_app, factory=True, log_level="error", lifespan="on")
    AnnouncingServer(config).run(sockets=[listener])


def main(arguments: list[str]) -> None:
    """Open a free port of this machine, print it, and serve for process `arguments[0]` with home `arguments[1]`."""
    parent, home = int(arguments[0]), Path(arguments[1])
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen(2048)
    print(listener.getsockname()[1], flush=True)
    end_with(parent)
    for name, value in (EPHEMERAL | WITHOUT_SERVICES).items():
        os.environ.setdefault(name, value)
    with contextlib.ExitStack() as turn:
        # Prefect reads its settings as it is imported, so whether to migrate is decided before.
        if DATABASE_SETTING not in os.environ:
            turn.enter_context(migration_turn(home))
            os.environ[DATABASE_SETTING] = f"sqlite+aiosqlite:///{home / 'prefect.db'}"
        serve(listener, turn)


if __name__ == "__main__":
    main(sys.argv[1:])
