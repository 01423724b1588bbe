"""A corrected article, collected again: one article with versions, its difference told, its silence listed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from rich.console import Console

from flows.command_line import dateline
from flows.commands.explain import print_compared
from flows.explanation_text import Compared
from warehouse.layout import layout_of

FIRST = (
    "A crane toppled onto the quay at Sandholm on Thursday morning and hurt 7 dockers, the harbour office said. The "
    "fire brigade closed the road to the fish market and asked drivers to use the tunnel instead.\n\n"
    "The foreman, Idris Malloy, told reporters that the wind had risen sharply before the crane fell. Work on the two "
    "neighbouring ships was broken off, and their crews were taken ashore by bus.\n\n"
    "The quay stays closed until inspectors from the labour ministry have looked at the cables, the office added."
)
CORRECTED = FIRST.replace("7 dockers", "9 dockers").replace("Idris Malloy", "Idris Maloney")


def record(name: str, text: str, fetched: str, **facts: str) -> dict[str, str]:
    stated = {"url": "https://mail.example/crane", "publisher": "Quayside Mail", "title": "Crane topples at Sandholm"}
    return stated | {"id": name, "text": text, "published": "2026-05-07T08:00:00+00:00", "fetched_at": fetched} | facts


RECORDS = (
    record("first", FIRST, "2026-05-07T08:30:00+00:00"),
    record("second", CORRECTED, "2026-05-07T11:30:00+00:00"),
    record("copy", FIRST, "2026-05-07T10:00:00+00:00", url="https://post.example/4", publisher="Harbour Post"),
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, ingest: Callable[..., object]) -> Path:
    """The later version arrives first, in a run of its own."""
    folder = tmp_path_factory.mktemp("versions")
    for number, places in enumerate(((1,), (0, 2))):
        inputs = folder / f"{number}.jsonl"
        inputs.write_text("".join(json.dumps(RECORDS[place]) + "\n" for place in places), "utf-8")
        assert ingest([inputs], folder / "warehouse", as_of=date(2026, 5, 8)) == "published"
    return folder / "warehouse"


def read(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(layout_of(warehouse).published), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_correction_is_a_version_whatever_arrived_first(warehouse: Path) -> None:
    versions = "select record_id, version, version_count, is_latest, removed, added from article_versions "
    joined = "join articles using (article_id) join documents using (document_id) order by version"
    assert read(warehouse, versions + joined) == [
        ("first", 1, 2, False, [], []),
        ("second", 2, 2, True, ["7", "Malloy"], ["9", "Maloney"]),
    ]


def test_the_latest_version_is_shown_and_the_earlier_ones_are_kept(warehouse: Path) -> None:
    assert read(
        warehouse,
        "select record_id, canonical_reason, copy_count from canonical_articles join documents using (document_id)",
    ) == [("second", "latest-revision", 3)]
    assert read(warehouse, "select count(*) from articles") == [(3,)]


def test_a_silent_correction_is_listed(warehouse: Path) -> None:
    columns = "version, changed_figure_count, changed_name_count, removed_word_count, removed, added"
    assert read(warehouse, f"select {columns} from silent_corrections") == [
        (2, 1, 1, 2, ["7", "Malloy"], ["9", "Maloney"])
    ]


def test_an_explanation_shows_the_difference_and_where_it_stands(warehouse: Path) -> None:
    ((article_id,),) = read(warehouse, "select article_id from article_versions where version = 2")
    arguments = ["explain", str(article_id), "--warehouse", str(warehouse)]
    text = CliRunner().invoke(dateline, arguments).stdout
    assert "2 of 2" in text
    assert "[-7-] {+9+}" in text
    assert "[-9-] dockers" in text
    assert "{+7+} dockers" in text
    (explained,) = json.loads(CliRunner().invoke(dateline, [*arguments, "--format", "json"]).stdout)
    (article,) = explained["articles"]
    assert [(version["version"], version["removed"]) for version in article["versions"]] == [
        (1, []),
        (2, ["7", "Malloy"]),
    ]
    assert {pair["relation"] for pair in article["duplicates"]} == {"revision", "near"}
    texts = dict(read(warehouse, "select document_id, text from documents"))
    for pair in article["duplicates"]:
        for passage in pair["passages"]:
            here, there = texts[article["document_id"]], texts[pair["other_document_id"]]
            assert here[passage["here_start"] : passage["here_end"]] == passage["here"]  # type: ignore[index]
            assert there[passage["there_start"] : passage["there_end"]] == passage["there"]  # type: ignore[index]
            assert [difference["kind"] for difference in passage["differences"]] == ["changed", "changed"]


@pytest.mark.parametrize(("width", "in_columns"), [(100, True), (40, False), (None, False)])
def test_two_texts_stand_side_by_side_where_there_is_room(width: int | None, in_columns: bool) -> None:
    stream = io.StringIO()
    compared = Compared("here 0–30", "It hurt [-7-] dockers. " * 4, "there 5–35", "It hurt {+9+} dockers. " * 4)
    print_compared(Console(file=stream, width=width or 200, soft_wrap=True), compared, width)
    lines = stream.getvalue().splitlines()
    assert any("[-7-]" in line and "{+9+}" in line for line in lines) is in_columns
    assert any("here 0–30" in line and "there 5–35" in line for line in lines) is in_columns
    if width:
        assert max(len(line.rstrip()) for line in lines) <= width
