"""The pipeline as a whole: nothing lost, nothing twice, the same whatever the order."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tasks.clean.removal_rules import REMOVAL_RULES
from warehouse.layout import layout_of
from warehouse.publishing import list_releases
from warehouse.reading import content_digests, open_history, query

Rows = Callable[..., list[tuple[Any, ...]]]
Ingest = Callable[..., str]

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "inbox"

STORY = """Council approves harbour bridge after long debate

By Ines Calloway

Thursday, March 5, 2026

The Marrow Bay council voted on Wednesday to build a new harbour bridge, ending a debate of almost three years.
Mayor Tomas Ridley said work would begin next month and that the bridge would open in June 2028.

Residents of the eastern quarter had asked the council for a tunnel instead, which engineers called too costly.
The old bridge was closed on February 11 after inspectors found cracks in two of its piers.

"We have waited long enough," Ridley told reporters after the vote. The contract is worth 48 million crowns.
"""
OTHER = """Weather service warns of late frost

Growers in the Senn valley should cover young vines on Friday night, the weather service said on Thursday.
Temperatures could fall to minus four degrees, which is unusual for the second week of March in the valley.

Last year a frost in April destroyed a third of the harvest, according to the growers' association of the valley.
The service expects milder air from the west to arrive on Sunday and to stay for most of the following week.
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "bridge.txt").write_text(STORY, "utf-8")
    (folder / "frost.txt").write_text(OTHER, "utf-8")
    return folder


def test_every_record_of_the_sample_ends_as_articles_or_in_quarantine(sample_warehouse: Path, rows: Rows) -> None:
    lost = rows(
        sample_warehouse,
        """
        select uri from documents
        where document_id not in (select document_id from articles)
          and document_id not in (select document_id from quarantine where document_id is not null)
        """,
    )
    assert lost == []


def test_the_blocks_of_each_document_tile_its_text(sample_warehouse: Path, rows: Rows) -> None:
    texts = dict(rows(sample_warehouse, "select document_id, text from documents where text is not null"))
    assert texts
    for document_id, text in texts.items():
        blocks = rows(
            sample_warehouse,
            "select char_start, char_end, text from blocks where document_id = ? order by ordinal",
            document_id,
        )
        assert "".join(block for _, _, block in blocks) == text
        assert all(text[start:end] == block for start, end, block in blocks)


def test_each_stage_counts_what_came_in(sample_warehouse: Path, rows: Rows) -> None:
    counts = rows(
        sample_warehouse, "select stage, in_count, kept_count, duplicate_count, quarantined_count from stage_counts"
    )
    assert {stage for stage, *_ in counts} == {"discover", "parse", "clean", "dedupe", "enrich"}
    for stage, came_in, kept, duplicate, quarantined in counts:
        assert came_in == kept + duplicate + quarantined, stage
        assert came_in > 0, stage


def test_every_table_of_the_sample_warehouse_but_that_of_failing_rows_holds_rows(
    sample_warehouse: Path, rows: Rows
) -> None:
    tables = [name for (name,) in rows(sample_warehouse, "select table_name from duckdb_tables()")]
    empty = [name for name in tables if rows(sample_warehouse, f"select count(*) from {name}") == [(0,)]]
    assert empty == ["offenders"]


def test_running_again_adds_nothing_and_publishes_the_same(inbox: Path, tmp_path: Path, ingest: Ingest) -> None:
    warehouse = tmp_path / "warehouse"
    assert ingest([inbox], warehouse) == "published"
    first = content_digests(layout_of(warehouse).published)
    assert ingest([inbox], warehouse) == "unchanged"
    assert content_digests(layout_of(warehouse).published) == first
    assert len(list_releases(layout_of(warehouse))) == 1


def test_a_file_that_is_touched_or_copied_adds_no_document(
    inbox: Path, tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    warehouse = tmp_path / "warehouse"
    ingest([inbox], warehouse)
    (inbox / "frost.txt").touch()
    assert ingest([inbox], warehouse) == "unchanged"
    shutil.copy(inbox / "frost.txt", inbox / "again.txt")
    assert ingest([inbox], warehouse) == "published"
    assert rows(warehouse, "select count(*) from documents") == [(2,)]
    assert rows(warehouse, "select count(*) from sightings") == [(3,)]


def test_split_into_runs_in_reverse_order_the_same_is_published(tmp_path: Path, ingest: Ingest) -> None:
    chosen = sorted((SEEDS / "text").iterdir()) + sorted((SEEDS / "html").iterdir())[:6] + [SEEDS / "batch.jsonl"]
    ingest(chosen, tmp_path / "whole")
    for path in reversed(chosen):
        ingest([path], tmp_path / "split")
    whole, split = (content_digests(layout_of(tmp_path / name).published) for name in ("whole", "split"))
    assert whole == split


def test_a_broken_document_is_quarantined_and_the_rest_is_published(
    inbox: Path, tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "truncated.html.gz").write_bytes(gzip.compress(STORY.encode() * 200)[:300])
    (inbox / "records.jsonl").write_text(json.dumps({"id": "1", "text": STORY + "More."}) + "\n{not json}\n", "utf-8")
    warehouse = tmp_path / "warehouse"
    assert ingest([inbox], warehouse) == "published"
    reasons = rows(warehouse, "select regexp_extract(uri, '[^/]+$'), reason from quarantine order by 1")
    assert reasons == [
        ("empty.txt", "empty"),
        ("records.jsonl#2", "malformed-record"),
        ("truncated.html.gz", "truncated"),
    ]
    assert rows(warehouse, "select count(distinct document_id) from articles") == [(3,)]


def test_a_document_above_the_limit_is_quarantined_until_the_limit_is_raised(
    inbox: Path, tmp_path: Path, ingest: Ingest, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "long.txt").write_text(STORY.replace("harbour", "railway") * 2, "utf-8")
    warehouse = tmp_path / "warehouse"
    monkeypatch.setenv("DATELINE_MAX_DOCUMENT_BYTES", str(len(STORY) + 100))
    assert ingest([inbox], warehouse) == "published"
    refused = "select stage, reason, detail, regexp_extract(uri, '[^/]+$') from quarantine"
    assert rows(warehouse, refused) == [("discover", "too-large", f"more than {len(STORY) + 100} bytes", "long.txt")]
    monkeypatch.delenv("DATELINE_MAX_DOCUMENT_BYTES")
    assert ingest([inbox], warehouse) == "published"
    assert rows(warehouse, refused) == []
    assert rows(warehouse, "select count(*) from documents where status = 'parsed'") == [(3,)]


def test_an_input_of_refused_documents_alone_does_not_publish_an_empty_warehouse(
    tmp_path: Path, ingest: Ingest
) -> None:
    from flows.gates import GateFailedError

    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(GateFailedError, match="nothing was published"):
        ingest([tmp_path / "empty.txt"], tmp_path / "warehouse")
    assert not layout_of(tmp_path / "warehouse").published.exists()


def test_a_restored_rule_keeps_what_it_removed(tmp_path: Path, ingest: Ingest, rows: Rows) -> None:
    page = sorted((SEEDS / "html").glob("*.html"))[0]
    ingest([page], tmp_path / "plain")
    (rule,) = rows(
        tmp_path / "plain",
        "select removed_by from blocks where removed_by is not null and kind <> 'whitespace' "
        "group by removed_by order by count(*) desc limit 1",
    )[0]
    removed = rows(tmp_path / "plain", "select block_id from blocks where removed_by = ?", rule)
    ingest([page], tmp_path / "restored", restore_rules=(rule,))
    assert rows(tmp_path / "restored", "select count(*) from blocks where removed_by = ?", rule) == [(0,)]
    assert set(removed) <= set(rows(tmp_path / "restored", "select block_id from blocks where restored_rule = ?", rule))


def test_a_run_that_restores_every_rule_is_published_and_each_restored_block_names_its_rule(
    tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    rules = tuple(rule.name for rule in REMOVAL_RULES)
    assert ingest([SEEDS / "html"], tmp_path / "plain") == "published"
    assert ingest([SEEDS / "html"], tmp_path / "restored", restore_rules=rules) == "published"
    by_rule = (
        "select {0}, count(*) from blocks where {0} is not null and kind <> 'whitespace' group by {0} order by {0}"
    )
    removed = rows(tmp_path / "plain", by_rule.format("removed_by"))
    assert len(removed) >= 8
    assert rows(tmp_path / "restored", by_rule.format("restored_rule")) == removed
    assert rows(tmp_path / "restored", "select count(*) from blocks where removed_by is not null") == [(0,)]


def test_a_killed_run_leaves_the_last_release_and_the_next_one_completes(
    inbox: Path, tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    warehouse = tmp_path / "warehouse"
    ingest([inbox / "bridge.txt"], warehouse)
    before = content_digests(layout_of(warehouse).published)
    program = (
        "import sys\nfrom flows.pipeline import ingest\n"
        "ingest.fn(sys.argv[1:2], sys.argv[2], 1, {'as_of': '2026-04-01'})\n"
    )
    for patience in (1.5, 3.0, 4.5):
        victim = subprocess.Popen(
            [sys.executable, "-c", program, str(inbox), str(warehouse)], cwd=ROOT, start_new_session=True
        )
        time.sleep(patience)
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait(30)
        published = content_digests(layout_of(warehouse).published)
        if published != before:
            break  # the run was faster than the kill
    assert ingest([inbox], warehouse) in ("published", "unchanged")
    assert rows(warehouse, "select count(*) from documents") == [(2,)]
    ingest([inbox], tmp_path / "undisturbed")
    assert content_digests(layout_of(warehouse).published) == content_digests(
        layout_of(tmp_path / "undisturbed").published
    )
    with open_history(layout_of(warehouse)) as connection:
        statuses = {row[0] for row in query(connection, "select status from runs").rows}
    assert "running" not in statuses


READER = """
import sys, duckdb
path, stop = sys.argv[1:]
import pathlib
reads = 0
print("reading", flush=True)
while not pathlib.Path(stop).exists():
    with duckdb.connect(path, read_only=True) as news:
        (documents, articles, canonical, clusters, runs), = news.execute(
            "select (select count(*) from documents), (select count(*) from articles), "
            "(select count(*) from articles where is_canonical), (select count(*) from clusters), "
            "(select count(*) from runs where status = 'running')"
        ).fetchall()
    assert canonical == clusters and documents >= 1 and articles >= documents and runs == 0, "half a run"
    reads += 1
print(reads, flush=True)
"""


def test_a_reader_in_another_process_sees_whole_runs_and_no_error_while_runs_go_on(
    inbox: Path, tmp_path: Path, ingest: Ingest
) -> None:
    warehouse, stop = tmp_path / "warehouse", tmp_path / "stop"
    ingest([inbox / "bridge.txt"], warehouse)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(warehouse / "news.duckdb"), str(stop)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "reading\n"
    for path in (inbox / "frost.txt", *sorted((SEEDS / "text").iterdir())[:2]):
        assert ingest([path], warehouse) == "published"
    stop.touch()
    reads, errors = reader.communicate(timeout=60)
    assert reader.returncode == 0, errors
    assert int(reads) > 20


def test_without_an_archive_no_raw_document_is_kept_and_later_runs_go_on(
    inbox: Path, tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    warehouse = tmp_path / "warehouse"
    assert ingest([inbox / "bridge.txt"], warehouse, keep_archive=False) == "published"
    assert not list((warehouse / "archive").iterdir())
    assert ingest([inbox], warehouse, keep_archive=False) == "published"
    assert not list((warehouse / "archive").iterdir())
    assert rows(warehouse, "select count(distinct document_id) from articles") == [(2,)]
    ingest([inbox], tmp_path / "archived")
    without, archived = (content_digests(layout_of(tmp_path / name).published) for name in ("warehouse", "archived"))
    assert without == archived


def test_an_inbox_without_a_file_is_nothing_new_and_no_failure(tmp_path: Path, ingest: Ingest) -> None:
    (tmp_path / "inbox").mkdir()
    assert ingest([tmp_path / "inbox"], tmp_path / "warehouse") == "unchanged"
    assert not layout_of(tmp_path / "warehouse").published.exists()


def test_the_warehouse_is_no_input_to_itself(inbox: Path, ingest: Ingest, rows: Rows) -> None:
    warehouse = inbox / "warehouse"
    assert ingest([inbox], warehouse) == "published"
    (warehouse / "reports").mkdir()
    (warehouse / "reports" / "quality.md").write_text(STORY, "utf-8")
    assert ingest([inbox], warehouse) == "unchanged"
    assert rows(warehouse, "select count(*) from documents") == [(2,)]
    assert rows(warehouse, "select count(*) from quarantine") == [(0,)]


def test_a_day_that_is_named_as_the_last_one_makes_the_dates_anew(
    inbox: Path, tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    warehouse = tmp_path / "warehouse"
    ingest([inbox], warehouse, as_of="2026-04-01")
    assert ingest([inbox], warehouse, as_of="2026-04-01") == "unchanged"
    assert ingest([inbox], warehouse, as_of="2026-04-02") == "published"


def test_a_file_that_cannot_be_opened_is_refused_and_read_once_it_can(
    inbox: Path, tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    warehouse = tmp_path / "warehouse"
    (inbox / "later.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert ingest([inbox], warehouse) == "published"
    assert rows(warehouse, "select stage, reason from quarantine") == [("discover", "unreadable")]
    (tmp_path / "elsewhere.txt").write_text(STORY.replace("harbour", "railway"), "utf-8")
    assert ingest([inbox], warehouse) == "published"
    assert rows(warehouse, "select count(*) from articles") == [(3,)]
    assert rows(warehouse, "select * from quarantine") == []


def test_a_refusal_goes_when_its_file_is_mended_and_stays_where_another_file_has_it(
    inbox: Path, tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    warehouse, quarantine = tmp_path / "warehouse", "select regexp_extract(uri, '[^/]+$'), detail from quarantine"
    record = json.dumps({"text": STORY.replace("harbour", "railway")})
    for name in ("a.jsonl", "b.jsonl"):
        (inbox / name).write_text(f"{record}\n{{broken}}\n", "utf-8")
    assert ingest([inbox], warehouse) == "published"
    assert [place for place, _ in rows(warehouse, quarantine)] == ["a.jsonl#2"]
    (inbox / "a.jsonl").write_text(f"{record}\n", "utf-8")
    assert ingest([inbox], warehouse) == "published"
    assert [place for place, _ in rows(warehouse, quarantine)] == ["b.jsonl#2"]
    (inbox / "b.jsonl").write_text(f"{record}\n", "utf-8")
    assert ingest([inbox], warehouse) == "published"
    assert rows(warehouse, quarantine) == []
    assert ingest([inbox], warehouse) == "unchanged"
    (inbox / "c.jsonl").write_text("{broken}\n", "utf-8")
    assert ingest([inbox], warehouse) == "published"
    assert [place for place, _ in rows(warehouse, quarantine)] == ["c.jsonl#1"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are always Unicode")
def test_a_file_whose_name_is_no_utf_8_is_known_the_next_time(
    inbox: Path, tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    warehouse = tmp_path / "warehouse"
    (inbox / "frost.txt").rename(Path(os.fsdecode(os.fsencode(inbox) + b"/gel\xe9e.txt")))
    assert ingest([inbox], warehouse) == "published"
    assert ingest([inbox], warehouse) == "unchanged"
    assert rows(warehouse, "select count(*) from articles") == [(2,)]


def test_a_file_that_vanishes_before_it_is_read_is_refused(
    inbox: Path, tmp_path: Path, ingest: Ingest, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tasks.stages import discover

    listed = discover.list_input_files

    def list_and_lose(inputs: list[str]) -> list[Path]:
        found = listed(inputs)
        (inbox / "frost.txt").unlink()
        return found

    monkeypatch.setattr(discover, "list_input_files", list_and_lose)
    warehouse = tmp_path / "warehouse"
    assert ingest([inbox], warehouse) == "published"
    assert rows(warehouse, "select reason from quarantine") == [("unreadable",)]
