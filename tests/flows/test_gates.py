"""Gates that do not pass: nothing is published, everything is recorded, and the way back is open."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.gates import GateFailedError
from flows.settings import load_settings
from tasks.dedupe import verdict
from warehouse.layout import layout_of
from warehouse.quarantine import release_documents
from warehouse.reading import content_digests, open_history, query
from warehouse.sessions import build_session

Rows = Callable[..., list[tuple[Any, ...]]]
Ingest = Callable[..., str]

SEEDS = Path(__file__).parents[2] / "seeds" / "inbox"
PAGES = sorted((SEEDS / "html").glob("*.html"))

#: Removed blocks of the sample pages, as conditions: all that lie inside their article, and two lines.
INSIDE_ARTICLES = "blocks.char_start >= leads.char_start and blocks.char_end <= leads.char_end"
TWO_LABELS = """
    trim(substring(text, blocks.char_start + 1, blocks.char_end - blocks.char_start), chr(10))
        in ('Leave a Reply', 'Share this:')
"""


def history(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    with open_history(layout_of(warehouse)) as connection:
        return query(connection, sql).rows


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory, ingest: Ingest) -> Path:
    """A warehouse with one good release of all pages but one, into which their boilerplate got, and a run after that."""
    warehouse = tmp_path_factory.mktemp("refused") / "warehouse"
    assert ingest(PAGES[1:], warehouse) == "published"
    shutil.copy(warehouse / "news.duckdb", warehouse / "before.copy")
    assert len(let_removed_blocks_through(warehouse, INSIDE_ARTICLES)) > 20
    with pytest.raises(GateFailedError, match="clean gate"):
        ingest(PAGES, warehouse)
    return warehouse


def test_a_failed_gate_leaves_the_published_file_as_it_was(refused: Path) -> None:
    assert (refused / "news.duckdb").read_bytes() == (refused / "before.copy").read_bytes()


def test_a_failed_gate_records_the_run_its_counts_and_its_results(refused: Path) -> None:
    runs = history(refused, "select status, detail, release from runs order by started_at")
    assert [status for status, *_ in runs] == ["published", "gate-failed"]
    assert "nothing was published" in runs[1][1]
    assert runs[1][2] is None
    last = "run_id = (select max(run_id) from runs)"
    stages = history(refused, f"select distinct stage from stage_counts where {last}")
    assert {stage for (stage,) in stages} == {"discover", "parse", "clean"}
    outcomes = dict(history(refused, f"select outcome, count(*) from validations where {last} group by outcome"))
    assert outcomes["fail"] >= 1
    failed = history(refused, f"select expectation from validations where {last} and outcome = 'fail'")
    assert any("boilerplate" in name for (name,) in failed)
    assert outcomes["pass"] >= 20


def test_the_rows_that_failed_are_in_quarantine_with_the_expectation(refused: Path) -> None:
    rows = history(refused, "select stage, reason, detail from quarantine")
    assert rows
    assert {(stage, reason) for stage, reason, _ in rows} == {("clean", "expectation-failed")}
    failed = history(
        refused, "select distinct expectation from validations where outcome = 'fail' and severity = 'critical'"
    )
    assert {detail.partition(":")[0] for _, _, detail in rows} <= {name for (name,) in failed}


def test_the_text_of_rows_that_failed_outlives_the_rollback(refused: Path) -> None:
    last = "run_id = (select max(run_id) from runs)"
    shown = history(refused, f"select expectation, identifier, text, uri from offenders where {last}")
    named = history(
        refused,
        f"select expectation, unnest(failing_ids) from validations where {last} and stage = 'clean' and outcome = 'fail'",
    )
    assert {(name, identifier) for name, identifier, *_ in shown} == set(named)
    assert all(text.strip() and uri.endswith(".html") for _, _, text, uri in shown)


def test_after_a_failed_gate_the_next_run_publishes_the_rest_and_retry_the_whole(
    refused: Path, tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(refused, warehouse)
    held = {row[0] for row in history(warehouse, "select document_id from quarantine")}
    if len(held) < len(PAGES):
        assert ingest(PAGES, warehouse) == "published"
        published = {row[0] for row in rows(warehouse, "select distinct document_id from articles")}
        assert published.isdisjoint(held)
    with build_session(load_settings(warehouse=warehouse).layout) as build:
        release_documents(build)
    assert ingest(PAGES, warehouse) == "published"
    ingest(PAGES, tmp_path / "fresh")
    retried, fresh = (content_digests(layout_of(tmp_path / name).published) for name in ("warehouse", "fresh"))
    assert retried == fresh


def test_an_expectation_that_cannot_be_evaluated_publishes_nothing_and_is_recorded_as_an_error(
    tmp_path: Path, ingest: Ingest
) -> None:
    warehouse, inbox = tmp_path / "warehouse", tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(PAGES[0], inbox)
    assert ingest([inbox], warehouse) == "published"
    before = content_digests(layout_of(warehouse).published)
    with build_session(load_settings(warehouse=warehouse).layout) as build:  # no row is written to this table here
        assert build.connection.execute("select count(*) from staging.disagreements").fetchall() == [(0,)]
        build.connection.execute("alter table staging.disagreements alter column event_id type integer[] using null")
    shutil.copy(SEEDS / "text" / "quarry-hill-bakery.txt", inbox)
    with pytest.raises(GateFailedError, match="enrich gate"):
        ingest([inbox], warehouse)
    assert content_digests(layout_of(warehouse).published) == before
    last = "run_id = (select max(run_id) from runs)"
    assert history(warehouse, f"select status from runs where {last}") == [("gate-failed",)]
    outcomes = dict(history(warehouse, f"select outcome, count(*) from validations where {last} group by outcome"))
    assert outcomes["error"] >= 1
    assert outcomes["pass"] >= 100


def let_removed_blocks_through(warehouse: Path, which: str) -> list[str]:
    """Make the build file look as if cleaning had kept blocks that it removed; returns their ids."""
    with build_session(load_settings(warehouse=warehouse).layout) as build:
        chosen = build.connection.execute(
            f"""
            select block_id
            from page.blocks as blocks
            join page.documents using (document_id)
            join page.articles as leads on leads.document_id = blocks.document_id and leads.ordinal = 0
            where not is_kept and {which}
            order by block_id
            """
        ).fetchall()
        for (block_id,) in chosen:
            build.connection.execute(
                """
                update page.blocks
                set is_kept = true, removed_by = null, kind = 'paragraph', article_id = articles.article_id
                from page.articles as articles
                where page.blocks.document_id = articles.document_id and articles.ordinal = 0 and block_id = ?
                """,
                [block_id],
            )
        build.connection.execute(
            """
            update page.articles
            set char_start = least(articles.char_start, first), char_end = greatest(articles.char_end, last)
            from (
                select article_id, min(char_start) as first, max(char_end) as last
                from page.blocks
                where is_kept
                group by article_id
            ) as kept
            where kept.article_id = articles.article_id
            """
        )
    return [block_id for (block_id,) in chosen]


@pytest.fixture(scope="module")
def leaky(tmp_path_factory: pytest.TempPathFactory, ingest: Ingest) -> tuple[Path, list[str]]:
    """A warehouse of all sample pages into which two lines of furniture got past the rules, and a run after that."""
    folder = tmp_path_factory.mktemp("leaky")
    warehouse, inbox = folder / "warehouse", folder / "inbox"
    shutil.copytree(SEEDS / "html", inbox)
    ingest([inbox], warehouse)
    through = let_removed_blocks_through(warehouse, TWO_LABELS)
    shutil.copy(SEEDS / "text" / "quarry-hill-bakery.txt", inbox)
    assert ingest([inbox], warehouse) == "published"
    return warehouse, through


def test_a_few_failing_lines_are_set_aside_and_their_articles_published_without_them(
    leaky: tuple[Path, list[str]], rows: Rows
) -> None:
    warehouse, through = leaky
    assert len(through) == 2
    aside = rows(
        warehouse, "select block_id, is_kept, removed_by, article_id from blocks where block_id = any(?)", through
    )
    assert sorted(aside) == [(block_id, False, "failed-expectation", None) for block_id in through]
    told = rows(
        warehouse,
        """
        select quarantine.block_id, quarantine.stage, reason, split_part(detail, ':', 1), articles.article_id is not null
        from quarantine left join articles using (article_id) where quarantine.block_id is not null
        """,
    )
    assert sorted(told) == [
        (block_id, "clean", "expectation-failed", "no-boilerplate-of-sharing", True) for block_id in through
    ]


def test_the_results_of_a_run_say_how_many_rows_were_set_aside(leaky: tuple[Path, list[str]], rows: Rows) -> None:
    warehouse, through = leaky
    found = rows(
        warehouse,
        """
        select outcome, observed, failing_ids from validations
        where run_id = (select max(run_id) from runs) and expectation = 'no-boilerplate-of-sharing' and stage = 'clean'
        """,
    )
    assert [(outcome, observed, sorted(ids)) for outcome, observed, ids in found] == [
        ("pass", "0 offenders; 2 set aside", through)
    ]
    counted = rows(
        warehouse,
        "select stage, count(*) from stage_counts where run_id = (select max(run_id) from runs) group by stage",
    )
    assert sorted(counted) == [(stage, 1) for stage in ("clean", "dedupe", "discover", "enrich", "parse")]


def test_the_text_of_rows_set_aside_is_kept(leaky: tuple[Path, list[str]], rows: Rows) -> None:
    warehouse, through = leaky
    found = rows(warehouse, "select identifier, trim(text, chr(10)) from offenders order by 2")
    assert [text for _, text in found] == ["Leave a Reply", "Share this:"]
    assert {identifier for identifier, _ in found} == set(through)


def test_rows_set_aside_stay_aside_in_the_next_run_and_come_back_with_a_retry(
    leaky: tuple[Path, list[str]], tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    source, through = leaky
    warehouse = tmp_path / "warehouse"
    shutil.copytree(source, warehouse)
    assert ingest([SEEDS / "text"], warehouse) == "published"
    kept = "select count(*) from blocks where block_id = any(?) and is_kept"
    assert rows(warehouse, kept, through) == [(0,)]
    with build_session(load_settings(warehouse=warehouse).layout) as build:
        release_documents(build)
    ingest([SEEDS / "text"], warehouse)
    assert rows(warehouse, "select count(*) from quarantine where block_id is not null") == [(0,)]  # parsed again, well


def test_a_document_with_a_failing_article_is_set_aside_and_the_others_are_published(
    tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    warehouse, inbox = tmp_path / "warehouse", tmp_path / "inbox"
    shutil.copytree(SEEDS / "text", inbox)
    ingest([inbox], warehouse)
    with build_session(load_settings(warehouse=warehouse).layout) as build:
        ((document_id,),) = build.connection.execute("select min(document_id) from page.articles").fetchall()
        build.connection.execute("update page.articles set lang = 'english' where document_id = ?", [document_id])
    assert ingest([inbox, PAGES[0]], warehouse) == "published"
    assert rows(warehouse, "select status from documents where document_id = ?", document_id) == [("quarantined",)]
    told = rows(
        warehouse, "select stage, reason, split_part(detail, ':', 1) from quarantine where document_id = ?", document_id
    )
    assert told == [("clean", "expectation-failed", "languages-are-codes")]
    ((observed,),) = rows(
        warehouse,
        "select observed from validations where run_id = (select max(run_id) from runs)"
        " and expectation = 'languages-are-codes'",
    )
    assert observed.endswith("; 1 set aside")


def test_an_article_of_which_nothing_is_left_is_refused_with_its_document_and_holds_up_nothing(
    tmp_path: Path, ingest: Ingest, rows: Rows
) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(SEEDS / "text", tmp_path / "inbox")
    ingest([tmp_path / "inbox"], warehouse)
    with build_session(load_settings(warehouse=warehouse).layout) as build:  # as if an audit had refused every block
        ((document_id,),) = build.connection.execute(
            "select document_id from page.articles group by all having count(*) = 1 order by document_id limit 1"
        ).fetchall()
        build.connection.execute(
            """
            insert into ledger.quarantine (run_id, stage, document_id, article_id, block_id, reason, detail)
            select 'earlier', 'clean', document_id, article_id, block_id, 'expectation-failed', 'a test'
            from page.blocks where document_id = ? and is_kept and kind <> 'whitespace'
            """,
            [document_id],
        )
    assert ingest([tmp_path / "inbox", PAGES[0]], warehouse) == "published"
    assert rows(warehouse, "select status from documents where document_id = ?", document_id) == [("quarantined",)]
    assert rows(warehouse, "select count(*) from articles where document_id = ?", document_id) == [(0,)]
    reasons = rows(warehouse, "select distinct reason from quarantine where document_id = ? order by 1", document_id)
    assert reasons == [("expectation-failed",), ("no-article-found",)]


def test_a_copy_that_dedupe_missed_is_set_aside_with_its_document_and_holds_up_nothing(
    tmp_path: Path, ingest: Ingest, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, warehouse = tmp_path / "inbox", tmp_path / "warehouse"
    inbox.mkdir()
    original = (SEEDS / "text" / "quarry-hill-bakery.txt").read_text("utf-8")
    (inbox / "original.txt").write_text(original, "utf-8")
    (inbox / "trimmed.txt").write_text("\n\n".join(original.strip().split("\n\n")[:-1]), "utf-8")
    shutil.copy(PAGES[0], inbox)
    with monkeypatch.context() as broken:
        broken.setitem(verdict.WEIGHTS, "bias", -100.0)  # no pair is a copy any more
        assert ingest([inbox], warehouse) == "published"
    told = rows(warehouse, "select stage, split_part(detail, ':', 1), parse_filename(uri) from quarantine")
    assert told == [("dedupe", "no-two-canonicals-are-the-same-text", "trimmed.txt")]
    assert rows(warehouse, "select count(*) from documents where status = 'quarantined'") == [(1,)]
    published = (
        "select parse_filename(uri) from articles join documents using (document_id) where is_canonical order by 1"
    )
    assert ("original.txt",) in rows(warehouse, published)
