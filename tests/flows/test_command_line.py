"""The command line: every verb documented with an example, its output readable by people and by programs."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from flows.command_line import dateline
from flows.commands.explain import print_beside
from flows.explanation_text import Told
from warehouse.layout import layout_of

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "inbox"
VERBS = (
    "run",
    "sql",
    "timeline",
    "explain",
    "report",
    "check",
    "notify",
    "runs",
    "releases",
    "rollback",
    "quarantine",
    "rules",
)


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(dateline, [str(argument) for argument in arguments], prog_name="dateline")


@pytest.fixture
def warehouse(sample_warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the published sample that a test may spoil."""
    shutil.copytree(sample_warehouse, tmp_path / "warehouse")
    return tmp_path / "warehouse"


def test_every_verb_of_the_design_is_there() -> None:
    assert set(VERBS) <= set(dateline.commands)


@pytest.mark.parametrize("verb", [*VERBS, "quarantine list", "quarantine retry"])
def test_the_help_of_every_verb_has_an_example(verb: str) -> None:
    result = invoke(*verb.split(), "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.output
    assert f"dateline {verb}" in result.output


def test_rows_come_as_one_array_of_objects_with_dates_as_text(sample_warehouse: Path) -> None:
    result = invoke(
        "sql", "select published_on, title from articles where published_on is not null order by 1 limit 2",
        "--warehouse", sample_warehouse, "--format", "json",
    )  # fmt: skip
    rows = json.loads(result.stdout)
    assert result.exit_code == 0
    assert len(rows) == 2
    assert set(rows[0]) == {"published_on", "title"}
    assert rows[0]["published_on"].startswith("2026-03-")


@pytest.mark.parametrize("format_name", ["table", "csv", "markdown"])
def test_rows_come_in_every_format(sample_warehouse: Path, format_name: str) -> None:
    result = invoke("sql", "select 1 as one, 'a|b' as two", "--warehouse", sample_warehouse, "--format", format_name)
    assert result.exit_code == 0
    assert "one" in result.stdout


def test_a_mistake_in_a_query_is_told_without_a_stack_trace(sample_warehouse: Path) -> None:
    result = invoke("sql", "select titel from articles", "--warehouse", sample_warehouse)
    assert result.exit_code == 2
    assert "titel" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_warehouse_without_a_release_names_the_next_command(tmp_path: Path) -> None:
    for arguments in (["sql", "select 1"], ["runs"], ["check"], ["report"], ["explain", "x"], ["quarantine", "list"]):
        result = invoke(*arguments, "--warehouse", tmp_path)
        assert result.exit_code == 2, arguments
        assert "dateline run" in result.stderr


def test_an_article_is_explained_with_what_was_removed_and_why(sample_warehouse: Path) -> None:
    page = sorted((SEEDS / "html").glob("*.html"))[0]
    result = invoke("explain", page, "--warehouse", sample_warehouse)
    assert result.exit_code == 0, result.stderr
    assert "published" in result.stdout
    assert "\x1b[" not in result.stdout  # no colours where the output is no terminal
    (explained,) = json.loads(invoke("explain", page, "--warehouse", sample_warehouse, "--format", "json").stdout)
    text = "".join(block["text"] for block in explained["blocks"])
    with duckdb.connect(str(layout_of(sample_warehouse).published), read_only=True) as connection:
        (stored,) = connection.execute(
            "select text from documents where document_id = ?", [explained["document"]["document_id"]]
        ).fetchone() or ("",)
    assert text == stored
    lines = [line.rstrip() for line in result.stdout.split("\n")]
    for block in explained["blocks"]:
        first = block["text"].strip().partition("\n")[0].rstrip().expandtabs(1)
        if first and block["kind"] != "whitespace":
            label = f"{block['kind']} │" if block["is_kept"] else f"{block['removed_by']} ✂"
            assert any(f"{label} {first}" in line for line in lines), block
    removed = [block for block in explained["blocks"] if not block["is_kept"]]
    assert sum(row["block_count"] for row in explained["removals"]) == len(removed) > 0
    for row in explained["removals"]:
        assert any(row["rule"] in line and row["removes"] in line for line in lines)
        assert row["rule"] in result.stdout
    assert f"--restore-rule {explained['removals'][0]['rule']}" in result.stdout


def test_a_block_is_wrapped_beside_its_label_in_a_narrow_terminal() -> None:
    stream = io.StringIO()
    told = Told("navigation", "✂", "Home and away, news and weather, sport and culture of the coast", "red", "dim")
    print_beside(Console(file=stream, width=44), told, 44)
    lines = [line.rstrip() for line in stream.getvalue().splitlines()]
    assert lines == [
        "  navigation ✂ Home and away, news and",
        "             ✂ weather, sport and culture of",
        "             ✂ the coast",
    ]


def test_an_event_is_explained_with_each_of_its_mentions(sample_warehouse: Path) -> None:
    with duckdb.connect(str(layout_of(sample_warehouse).published), read_only=True) as connection:
        event_id, mentions = connection.execute(
            "select event_id, mention_count from events order by mention_count desc, event_id limit 1"
        ).fetchone() or ("", 0)
    (explained,) = json.loads(invoke("explain", event_id, "--warehouse", sample_warehouse, "--format", "json").stdout)
    assert len(explained["mentions"]) == mentions
    assert invoke("explain", event_id, "--warehouse", sample_warehouse).stdout.count("dated by") == mentions


def test_duplicates_are_explained_side_by_side(sample_warehouse: Path) -> None:
    with duckdb.connect(str(layout_of(sample_warehouse).published), read_only=True) as connection:
        (article_id,) = connection.execute(
            "select article_id from duplicates where relation = 'contains' limit 1"
        ).fetchone() or ("",)
    output = invoke("explain", article_id, "--warehouse", sample_warehouse).stdout
    assert "here " in output
    assert "there " in output


def test_explaining_what_is_not_there_says_where_to_look(sample_warehouse: Path) -> None:
    result = invoke("explain", "no-such-thing", "--warehouse", sample_warehouse)
    assert result.exit_code == 2
    assert "dateline quarantine list" in result.stderr


def test_the_report_is_written_in_three_forms(sample_warehouse: Path, tmp_path: Path) -> None:
    result = invoke("report", "--warehouse", sample_warehouse, "--folder", tmp_path / "quality")
    assert result.exit_code == 0, result.stderr
    assert "(published): Passed: " in result.stderr
    paths = {Path(line).suffix: Path(line) for line in result.stdout.splitlines()}
    assert set(paths) == {".html", ".xml", ".md"}
    cases = ElementTree.parse(paths[".xml"]).getroot().iter("testcase")
    assert sum(1 for _ in cases) > 100
    assert "<html" in paths[".html"].read_text("utf-8")


def test_data_docs_are_written_where_asked_for(sample_warehouse: Path, tmp_path: Path) -> None:
    result = invoke("report", "--warehouse", sample_warehouse, "--folder", tmp_path, "--data-docs")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == str(tmp_path / "data-docs" / "index.html")
    assert len(list((tmp_path / "data-docs").rglob("staging.html"))) == 4


def test_check_passes_on_what_was_published(sample_warehouse: Path) -> None:
    result = invoke("check", "--warehouse", sample_warehouse, "--format", "json")
    assert result.exit_code == 0, [row for row in json.loads(result.stdout) if row["outcome"] != "pass"]


@pytest.mark.parametrize(
    "spoil",
    [
        "update events set begin_on = begin_on + 400",
        "update articles set is_canonical = true",
        "delete from clusters",
        "update blocks set text = text || ' ' where is_kept",
    ],
)
def test_check_fails_on_a_warehouse_spoiled_by_hand(warehouse: Path, spoil: str) -> None:
    with duckdb.connect(str(layout_of(warehouse).published)) as connection:
        connection.execute(spoil)
    result = invoke("check", "--warehouse", warehouse)
    assert result.exit_code == 1
    assert "not passed" in result.stderr


def test_a_failed_check_says_what_does_not_hold_where_and_what_to_do_next(warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(layout_of(warehouse).published)) as connection:
        ((event_id,),) = connection.execute("select min(event_id) from events").fetchall()
        connection.execute("update events set begin_on = begin_on + 400 where event_id = ?", [event_id])
    result = invoke("check", "--warehouse", warehouse, "--folder", tmp_path / "quality", "--annotate")
    assert result.exit_code == 1
    assert "fail (critical, enrich): events-end-after-they-begin" in result.stdout
    assert "Observed: 1 offender; allowed: none." in result.stdout
    assert f"    {event_id} “" in result.stdout
    assert "file:///" in result.stdout
    assert all(len(line) <= 100 or "/" in line for line in result.stdout.splitlines())
    assert f"Next: `dateline explain {event_id}`" in result.stderr
    assert invoke("explain", event_id, "--warehouse", warehouse).exit_code == 0
    assert "::error title=Dateline%2C enrich%3A events-end-after-they-begin" in result.stderr
    assert "checked as it lay there" in (tmp_path / "quality" / "quality.html").read_text("utf-8")
    assert sorted(path.name for path in (tmp_path / "quality").iterdir()) == [
        "quality.html",
        "quality.md",
        "quality.xml",
    ]


def test_a_check_of_a_file_without_its_tables_still_writes_its_report(warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(layout_of(warehouse).published)) as connection:
        for table in ("runs", "stage_counts", "quarantine"):
            connection.execute(f"drop table {table}")
    result = invoke("check", "--warehouse", warehouse, "--folder", tmp_path / "quality")
    assert result.exit_code == 1, result.stderr
    assert "error (critical, parse): parse-counts-conserve" in result.stdout
    assert "<h1>Failed: " in (tmp_path / "quality" / "quality.html").read_text("utf-8")


def test_runs_and_releases_are_listed_and_an_unknown_release_is_refused(sample_warehouse: Path) -> None:
    (run,) = json.loads(invoke("runs", "--warehouse", sample_warehouse, "--format", "json").stdout)
    (release,) = json.loads(invoke("releases", "--warehouse", sample_warehouse, "--format", "json").stdout)
    assert run["status"] == "published"
    assert release["release"] == run["run_id"]
    assert release["is_published"] is True
    result = invoke("rollback", "yesterday", "--warehouse", sample_warehouse)
    assert result.exit_code == 2
    assert run["run_id"] in result.stderr


def test_the_rules_are_listed_with_what_they_remove() -> None:
    rows = json.loads(invoke("rules", "--format", "json").stdout)
    assert {"navigation", "comments", "learned-boilerplate"} <= {row["rule"] for row in rows}
    assert all(row["removes"].endswith(".") for row in rows)


def test_an_unknown_rule_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    result = invoke("run", SEEDS, "--warehouse", tmp_path, "--restore-rule", "no-such-rule")
    assert result.exit_code == 2
    assert "navigation" in result.stderr


def test_an_input_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    result = invoke("run", tmp_path / "nowhere", "--warehouse", tmp_path / "warehouse")
    assert result.exit_code == 2
    assert "nowhere" in result.stderr
    assert not (tmp_path / "warehouse").exists()


@pytest.mark.slow
def test_a_whole_run_from_the_shell_and_again(tmp_path: Path) -> None:
    environment = os.environ | {
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "DATELINE_WAREHOUSE": str(tmp_path / "warehouse"),
        "DATELINE_MAX_DOCUMENT_BYTES": "100000",
    }
    environment.pop("PREFECT_API_URL", None)
    (tmp_path / "long.txt").write_text("The council met on Tuesday.\n" * 4000)
    command = [
        sys.executable,
        "-m",
        "flows.command_line",
        "run",
        str(SEEDS / "text"),
        str(SEEDS / "broken" / "empty.txt"),
        str(tmp_path / "long.txt"),
    ]

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *options], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False
        )

    first = run()
    assert first.returncode == 0, first.stderr
    assert "Traceback" not in first.stderr
    assert "leaked" not in first.stderr
    assert f"Warehouse: {tmp_path / 'warehouse' / 'news.duckdb'}" in first.stdout
    refused = json.loads(invoke("quarantine", "list", "--warehouse", tmp_path / "warehouse", "--format", "json").stdout)
    assert {row["reason"] for row in refused} == {"empty", "too-large"}
    again = run("--format", "json")
    assert again.returncode == 0
    assert json.loads(again.stdout)[0]["status"] == "unchanged"
    assert not list((tmp_path / "warehouse" / "releases").glob("*"))[1:]


def test_a_part_of_an_article_explains_the_article(sample_warehouse: Path) -> None:
    with duckdb.connect(str(layout_of(sample_warehouse).published), read_only=True) as connection:
        parts = connection.execute(
            "(select block_id, article_id from blocks where article_id is not null limit 1) union all "
            "(select event_mention_id, article_id from event_mentions limit 1) union all "
            "(select time_expression_id, article_id from time_expressions limit 1)"
        ).fetchall()
    for part, article_id in parts:
        (explained,) = json.loads(invoke("explain", part, "--warehouse", sample_warehouse, "--format", "json").stdout)
        assert [article["article_id"] for article in explained["articles"]] == [article_id]


def test_an_embedded_article_is_explained_without_the_rest_of_its_page(sample_warehouse: Path) -> None:
    with duckdb.connect(str(layout_of(sample_warehouse).published), read_only=True) as connection:
        article_id, start, end = connection.execute(
            "select article_id, char_start, char_end from articles where role = 'embedded' order by 1 limit 1"
        ).fetchone() or ("", 0, 0)
    (explained,) = json.loads(invoke("explain", article_id, "--warehouse", sample_warehouse, "--format", "json").stdout)
    assert explained["blocks"]
    assert all(start <= block["char_start"] < end for block in explained["blocks"])
    assert any(block["is_kept"] for block in explained["blocks"])


def test_removed_text_names_the_publisher_of_the_page(sample_warehouse: Path) -> None:
    result = invoke(
        "sql", "select count(*) as named from removed_text where publisher is not null",
        "--warehouse", sample_warehouse, "--format", "json",
    )  # fmt: skip
    assert json.loads(result.stdout)[0]["named"] > 100
