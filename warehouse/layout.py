"""Where each file of a warehouse folder lies."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WarehouseLayout:
    """The files of one warehouse folder.

    Readers open `published` (and `history`); everything else is private to the run that holds `lock`.
    """

    root: Path

    @property
    def published(self) -> Path:
        """The file that readers open: replaced whole, never written in place."""
        return self.root / "news.duckdb"

    @property
    def history(self) -> Path:
        """Runs, validations and quarantine up to the last run, failed ones included; replaced whole."""
        return self.root / "history.duckdb"

    @property
    def build(self) -> Path:
        """The private build file."""
        return self.root / "build.duckdb"

    @property
    def lock(self) -> Path:
        return self.root / "build.lock"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def archive(self) -> Path:
        """Columnar files of the raw documents."""
        return self.root / "archive"

    @property
    def parts(self) -> Path:
        """Results of batches, keyed by content, code and settings."""
        return self.root / "parts"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    def owns(self, path: Path) -> bool:
        """Tell whether a path is one of the warehouse's own files, which are no input to it."""
        folders = (self.releases, self.archive, self.parts, self.reports)
        return any(path.is_relative_to(folder) for folder in folders) or (
            path.parent == self.root and path.name.split(".")[0] in ("news", "history", "build")
        )


def layout_of(warehouse: str | Path) -> WarehouseLayout:
    """Return the layout of a warehouse folder, as an absolute path, without creating anything."""
    return WarehouseLayout(Path(warehouse).absolute())


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, so that a rename in it survives a power cut (POSIX only)."""
    if os.name == "nt":  # Windows has no handle for a folder to sync
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
