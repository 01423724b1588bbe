"""Data Docs show every result of the runs, need no network and run nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from expectations.reports import QualityReport, RunSummary
from expectations.reports.data_docs import write_data_docs
from expectations.validations import Validation

NOON = datetime(2025, 8, 7, 12)
HOSTILE = "<script>alert('x')</script> $column & <b>\"bold\"</b> 100 % {braces} ${value}"
HELD = Validation(
    "run-2", "parse", "parse", 0, "documents-are-there", "expect_table_row_count_to_be_between",
    "There is at least one document.", "critical", "pass", "4", (), "Why: a test.\nOffenders: select 1", NOON,
)  # fmt: skip
FAILED = replace(
    HELD, ordinal=1, expectation="ids-are-unique", description="No id twice.", outcome="fail", observed="2"
)
WARNED = replace(FAILED, ordinal=2, expectation="decodes", description=HOSTILE, observed=HOSTILE, severity="warning")
ERRED = replace(
    FAILED, stage="clean", suite="clean", expectation="language", outcome="error", observed="Binder Error: no"
)


def report_of(run_id: str, started_at: datetime, *validations: Validation) -> QualityReport:
    return QualityReport(
        RunSummary(run_id, started_at, None, "gate-failed"), tuple(replace(one, run_id=run_id) for one in validations)
    )


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    reports = [
        report_of("run-2", NOON, HELD, FAILED, WARNED, ERRED),
        report_of("run-1", NOON - timedelta(days=1), HELD),
        report_of("run-0", NOON - timedelta(days=2)),  # broke off before its first gate
    ]
    return write_data_docs(reports, folder).parent


def read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "lxml")


def test_the_index_leads_to_a_page_for_each_gate_of_each_run(docs: Path) -> None:
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all("td")]
        for row in read(docs / "index.html").select("tbody tr")
    ]
    assert rows == [
        ["run-2", "gate-failed", "parse", "✕ closed", "1 of 3", "expectations"],
        ["run-2", "gate-failed", "clean", "✕ closed", "0 of 1", "expectations"],
        ["run-1", "gate-failed", "parse", "✓ open", "1 of 1", "expectations"],
    ]


def test_every_link_leads_to_a_file_of_the_site(docs: Path) -> None:
    for page in docs.rglob("*.html"):
        for link in read(page).select("[href]"):
            target = str(link["href"]).partition("#")[0]
            assert not target or (page.parent / target).resolve().is_file(), (page, link)


def test_a_page_has_every_expectation_with_what_was_observed(docs: Path) -> None:
    (path,) = (docs / "validations" / "parse" / "run-2").rglob("*.html")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
        for row in read(path).select("#section-2 tbody tr")
    ]
    assert rows == [
        ["✓", "There is at least one document.", "4"],
        ["✕", "No id twice.", "2"],
        ["✕", HOSTILE, HOSTILE],
    ]
    (path,) = (docs / "validations" / "clean" / "run-2").rglob("*.html")
    assert "could not be evaluated: Binder Error: no" in read(path).get_text(" ")


def test_the_pages_need_no_network_and_run_nothing(docs: Path) -> None:
    pages = list(docs.rglob("*.html"))
    assert len(pages) == 6
    for page in pages:
        text = page.read_text("utf-8")
        assert "http" not in text.replace("http-equiv", "")
        shown = read(page)
        assert not shown.select("script, img, iframe, object, embed")
        assert {str(link["rel"][0]) for link in shown.select("link")} == {"stylesheet"}
        assert not [name for element in shown.find_all(True) for name in element.attrs if name.startswith("on")]


def test_writing_again_replaces_what_was_there_and_leaves_the_rest(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    write_data_docs([report_of("run-1", NOON, HELD)], tmp_path)
    write_data_docs([report_of("run-2", NOON, HELD)], tmp_path)
    assert [path.name for path in (tmp_path / "validations" / "parse").iterdir()] == ["run-2"]
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_without_an_audited_run_the_index_says_so(tmp_path: Path) -> None:
    assert "No run was audited." in write_data_docs([], tmp_path).read_text("utf-8")
