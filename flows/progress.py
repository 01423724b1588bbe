"""Progress, told to whoever listens: bars at a terminal, lines in a log file, nothing in a scheduled run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Progress(Protocol):
    """A listener."""

    def start(self, stage: str, total: int | None) -> None: ...

    def advance(self, stage: str, done: int, total: int | None = None) -> None: ...

    def finish(self, stage: str, summary: str, is_good: bool = True) -> None: ...


class Silence:
    """Listens to nothing."""

    def start(self, stage: str, total: int | None) -> None:
        pass

    def advance(self, stage: str, done: int, total: int | None = None) -> None:
        pass

    def finish(self, stage: str, summary: str, is_good: bool = True) -> None:
        pass


_LISTENER: ContextVar[Progress] = ContextVar("progress", default=Silence())  # noqa: B039  (it has no state)


@contextmanager
def listening(listener: Progress) -> Iterator[None]:
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def progress() -> Progress:
    """Return the listener of the current run."""
    return _LISTENER.get()
