"""A slow query writes no progress bar into what a program prints."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.build_file import open_build
from warehouse.layout import layout_of
from warehouse.reading import open_read_only

SHOWS_PROGRESS = "select current_setting('enable_progress_bar')"


def test_the_build_file_shows_no_progress_bar(tmp_path: Path) -> None:
    with open_build(layout_of(tmp_path)) as build:
        assert build.connection.execute(SHOWS_PROGRESS).fetchall() == [(False,)]


def test_a_published_file_shows_no_progress_bar(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    duckdb.connect(str(path)).close()
    with open_read_only(path, "") as connection:
        assert connection.execute(SHOWS_PROGRESS).fetchall() == [(False,)]
