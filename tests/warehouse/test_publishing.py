"""Publishing: whole or not at all, readable at any instant, and undone by name."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse import publishing
from warehouse.build_file import Build, open_build
from warehouse.errors import BuildLockedError, NothingPublishedError, QueryError, TerminalError, UsageError
from warehouse.layout import layout_of
from warehouse.reading import content_digests, open_history, open_published, query

READER = """
import sys, time, duckdb
path, seconds = sys.argv[1], float(sys.argv[2])
reads, ends = 0, time.monotonic() + seconds
print("reading", flush=True)
while time.monotonic() < ends:
    with duckdb.connect(path, read_only=True) as connection:
        documents, copies = connection.execute(
            "select (select count(*) from documents), (select count(*) from sightings)"
        ).fetchone()
    assert documents == copies, f"half a release: {documents} documents, {copies} sightings"
    reads += 1
print(reads, flush=True)
"""


def add_document(build: Build, number: int) -> None:
    build.connection.execute(
        "insert into staging.documents (document_id, uri, media_type, byte_length, first_run_id, status) "
        "values (?, 'file:///x', 'text/plain', 1, 'run', 'parsed')",
        [f"document-{number}"],
    )
    build.connection.execute("insert into staging.sightings values (?, 'file:///x')", [f"document-{number}"])


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    with open_build(layout_of(tmp_path / "warehouse")) as opened:
        yield opened


def test_a_release_holds_every_table_and_view_with_comments(build: Build) -> None:
    publishing.publish_release(build, "run-1", releases_kept=3)
    with open_published(build.layout) as connection:
        for table in query(connection, "select table_name from duckdb_tables()").rows:
            assert query(connection, f"select count(*) from {table[0]}").rows == [(0,)]
        without = query(
            connection,
            "select table_name, column_name from duckdb_columns() "
            "where comment is null and table_name in (select table_name from duckdb_tables())",
        )
        assert without.rows == []
        for view in ("canonical_articles", "timeline", "removed_text", "quality_trend"):
            assert query(connection, f"from {view}").rows == []


def test_readers_in_another_process_see_no_error_and_no_half_release(build: Build) -> None:
    publishing.publish_release(build, "run-0", releases_kept=2)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(build.layout.published), "3"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "reading\n"
    number = 0
    while reader.poll() is None:
        number += 1
        add_document(build, number)
        publishing.publish_release(build, f"run-{number}", releases_kept=2)
        time.sleep(0.05)
    reads, errors = reader.communicate(timeout=30)
    assert reader.returncode == 0, errors
    assert int(reads) > 5
    assert number > 3


def test_an_open_reader_keeps_its_snapshot_while_a_release_is_published(build: Build) -> None:
    publishing.publish_release(build, "run-1", releases_kept=3)
    before = build.layout.published.stat().st_ino
    with build.layout.published.open("rb") as held:
        add_document(build, 1)
        publishing.publish_release(build, "run-2", releases_kept=3)
        assert build.layout.published.stat().st_ino != before
        assert held.read(16)
    assert (build.layout.releases / "run-1.duckdb").stat().st_ino == before


def test_a_crash_before_the_rename_leaves_the_last_release(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    publishing.publish_release(build, "run-1", releases_kept=3)
    digests = content_digests(build.layout.published)
    add_document(build, 1)

    def crash(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", crash)
        with pytest.raises(OSError, match="no space left"):
            publishing.publish_release(build, "run-2", releases_kept=3)
    assert content_digests(build.layout.published) == digests
    publishing.publish_release(build, "run-3", releases_kept=3)
    assert content_digests(build.layout.published) != digests


def test_only_the_last_releases_are_kept(build: Build) -> None:
    for number in range(5):
        publishing.publish_release(build, f"run-{number}", releases_kept=2)
    releases = publishing.list_releases(build.layout)
    assert [release.name for release in releases] == ["run-4", "run-3"]
    assert releases[0].is_current


def test_rolling_back_publishes_an_earlier_release_again(tmp_path: Path) -> None:
    layout = layout_of(tmp_path)
    with open_build(layout) as build:
        publishing.publish_release(build, "run-1", releases_kept=3)
        first = content_digests(layout.published)
        add_document(build, 1)
        publishing.publish_release(build, "run-2", releases_kept=3)
    assert content_digests(layout.published) != first
    restored = publishing.rollback_to(layout, "run-1")
    assert restored.is_current
    assert content_digests(layout.published) == first


def test_rolling_back_to_an_unknown_release_names_the_kept_ones(tmp_path: Path) -> None:
    layout = layout_of(tmp_path)
    with open_build(layout) as build:
        publishing.publish_release(build, "run-1", releases_kept=3)
    with pytest.raises(UsageError, match=r"run-1.*dateline releases"):
        publishing.rollback_to(layout, "run-9")


def test_equal_content_published_twice_has_equal_digests(build: Build) -> None:
    for number in (3, 1, 2):
        add_document(build, number)
    publishing.publish_release(build, "run-1", releases_kept=3)
    first = content_digests(build.layout.published)
    publishing.publish_release(build, "run-2", releases_kept=3)
    assert content_digests(build.layout.published) == first


def test_a_second_writer_is_told_who_holds_the_warehouse(build: Build) -> None:
    with pytest.raises(BuildLockedError, match=r"process \d+.*dateline runs"), open_build(build.layout):
        pass


def test_a_build_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    layout = layout_of(tmp_path)
    layout.build.write_bytes(b"not a database" * 1000)
    with pytest.raises(TerminalError, match=r"build\.duckdb"), open_build(layout):
        pass


def test_nothing_published_yet_names_the_next_command(tmp_path: Path) -> None:
    with pytest.raises(NothingPublishedError, match="dateline run"), open_published(layout_of(tmp_path)):
        pass
    with pytest.raises(NothingPublishedError, match="dateline run"), open_history(layout_of(tmp_path)):
        pass


def test_a_query_cannot_change_what_is_published(build: Build) -> None:
    publishing.publish_release(build, "run-1", releases_kept=3)
    with open_published(build.layout) as connection, pytest.raises(QueryError, match="read-only"):
        query(connection, "delete from documents")


def test_a_query_with_a_mistake_shows_where_it_is(build: Build) -> None:
    publishing.publish_release(build, "run-1", releases_kept=3)
    with open_published(build.layout) as connection, pytest.raises(QueryError, match="titel"):
        query(connection, "select titel from articles")


def test_migrations_are_applied_once(tmp_path: Path) -> None:
    layout = layout_of(tmp_path)
    for _ in range(2):
        with open_build(layout) as opened:
            rows = opened.connection.execute("select count(*), count(distinct name) from ledger.migrations").fetchone()
    assert rows is not None
    assert rows[0] == rows[1] >= 1


def test_an_interrupted_transaction_leaves_the_build_file_as_it_was(tmp_path: Path) -> None:
    layout = layout_of(tmp_path)
    with open_build(layout) as opened:
        add_document(opened, 1)
    program = (
        "import os, sys\n"
        "from warehouse.build_file import open_build\n"
        "from warehouse.layout import layout_of\n"
        "with open_build(layout_of(sys.argv[1])) as build:\n"
        "    build.connection.execute('begin')\n"
        "    build.connection.execute('delete from staging.documents')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], timeout=60, cwd=Path(__file__).parents[2])
    assert ended.returncode == -9
    with open_build(layout) as opened:
        assert opened.connection.execute("select count(*) from staging.documents").fetchone() == (1,)


def test_the_history_tells_of_runs_that_published_nothing(build: Build) -> None:
    build.connection.execute(
        "insert into ledger.runs (run_id, started_at, status, inputs) values ('run-1', now()::timestamp, 'gate-failed', [])"
    )
    publishing.publish_history(build)
    assert not build.layout.published.exists()
    with open_history(build.layout) as connection:
        assert query(connection, "select run_id, status from quality_trend").rows == [("run-1", "gate-failed")]


def test_a_file_name_with_a_quote_can_be_published(tmp_path: Path) -> None:
    with open_build(layout_of(tmp_path / "the editor's desk")) as opened:
        path = publishing.publish_release(opened, "run-1", releases_kept=1)
        with duckdb.connect(str(path), read_only=True) as connection:
            assert connection.execute("select count(*) from articles").fetchone() == (0,)


def test_rolling_back_waits_for_no_run_and_says_so(build: Build) -> None:
    publishing.publish_release(build, "run-1", releases_kept=3)
    with pytest.raises(BuildLockedError):
        publishing.rollback_to(build.layout, "run-1")


@pytest.mark.parametrize(
    "statement",
    [
        "copy (select 1) to '{folder}/news.duckdb' (format csv)",
        "attach '{folder}/build.duckdb' as other",
        "install httpfs",
        "set enable_external_access = true",
        "select * from read_csv('{folder}/build.lock')",
    ],
)
def test_a_query_reaches_no_other_file(tmp_path: Path, statement: str) -> None:
    layout = layout_of(tmp_path)
    with open_build(layout) as opened:
        publishing.publish_release(opened, "run-1", releases_kept=3)
    before = layout.published.read_bytes()
    with open_published(layout) as connection, pytest.raises(QueryError):
        query(connection, statement.format(folder=tmp_path))
    assert layout.published.read_bytes() == before


def test_a_damaged_published_file_is_named_and_a_rollback_mends_it(tmp_path: Path) -> None:
    layout = layout_of(tmp_path)
    with open_build(layout) as opened:
        publishing.publish_release(opened, "run-1", releases_kept=3)
    good = content_digests(layout.published)
    layout.published.unlink()
    layout.published.write_bytes(b"damaged" * 5000)
    with pytest.raises(TerminalError, match=r"news\.duckdb cannot be read.*dateline rollback"), open_published(layout):
        pass
    publishing.rollback_to(layout, "run-1")
    assert content_digests(layout.published) == good


def test_columns_of_the_same_name_are_all_kept(build: Build) -> None:
    publishing.publish_release(build, "run-1", releases_kept=3)
    with open_published(build.layout) as connection:
        assert query(connection, "select 1 as a, 2 as a, 3 as b").as_dicts() == [{"a": 1, "a_1": 2, "b": 3}]


def test_a_value_that_cannot_be_read_at_last_is_a_mistake_of_the_query(build: Build) -> None:
    publishing.publish_release(build, "run-1", releases_kept=3)
    with open_published(build.layout) as connection:
        with pytest.raises(QueryError):
            query(connection, "select cast(x as integer) from (values ('1'), ('one')) t(x)")
        assert query(connection, ";").rows == []
