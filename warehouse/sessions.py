"""The build files that this process has open, by folder: tasks are given a folder's path, never a connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.build_file import Build, open_build
from warehouse.errors import TerminalError
from warehouse.layout import WarehouseLayout

_OPEN: dict[str, Build] = {}


@contextmanager
def build_session(layout: WarehouseLayout, *, memory_limit: str | None = None) -> Iterator[Build]:
    """Open the build file and let `build_of` find it until the block ends."""
    with open_build(layout, memory_limit=memory_limit) as build:
        _OPEN[str(layout.root)] = build
        try:
            yield build
        finally:
            del _OPEN[str(layout.root)]


def build_of(root: str) -> Build:
    """Return the open build file of a warehouse folder.

    Raises:
        TerminalError: this process does not hold it open.
    """
    if root not in _OPEN:
        raise TerminalError(f"The build file of {root} is not open in this process; run it through `dateline run`.")
    return _OPEN[root]
