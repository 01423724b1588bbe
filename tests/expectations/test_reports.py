"""Reports say the verdict first, hold nothing that acts, need no network, and are read by what reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.reports import (
    QualityReport,
    Refusals,
    RemovedText,
    RunSummary,
    StageCount,
    TrendPoint,
    render_annotations,
    render_html,
    render_junit,
    render_markdown,
    write_reports,
)
from expectations.reports.html import split_code
from expectations.validations import Passage, Validation

NOON = datetime(2025, 8, 7, 12)
HOSTILE = "<script>alert('x')</script> & \"quotes\" | `ticks` ]]> \x00 \x1b \N{WAVING HAND SIGN}"

PASSED = Validation(
    run_id="run-1",
    stage="parse",
    suite="parse",
    ordinal=0,
    expectation="documents-are-there",
    expectation_type="expect_table_row_count_to_be_between",
    description="There is at least one document.",
    severity="critical",
    outcome="pass",
    observed="4",
    failing_ids=(),
    notes="Why: a test.",
    evaluated_at=NOON,
)
FAILED = replace(
    PASSED, ordinal=1, expectation="ids-are-unique", outcome="fail", observed="2 of 9 rows", failing_ids=("one", "two")
)
WARNED = replace(FAILED, ordinal=2, expectation="documents-decode-cleanly", severity="warning")
ERRED = replace(FAILED, ordinal=3, stage="clean", suite="clean", expectation="language-is-known", outcome="error")

PASSAGE = Passage(
    run_id="run-1",
    stage="parse",
    expectation="ids-are-unique",
    ordinal=0,
    identifier="one",
    detail="seen 2 times",
    document_id="a" * 20,
    uri="file:///news/a.html",
    title="A title",
    char_start=900,
    char_end=928,
    text_before="ies behind the news.\n",
    text="Subscribe to our newsletter\n",
    text_after="The council me",
)


def report_of(*validations: Validation, text: str = "usual") -> QualityReport:
    return QualityReport(
        run=RunSummary("run-1", NOON, NOON + timedelta(seconds=9), "published", text, "run-1"),
        validations=validations,
        stage_counts=(StageCount("parse", "document", 4, 3, 0, 1, 0.25), StageCount("dedupe", "article", 3, 2, 0, 0)),
        trend=tuple(
            TrendPoint(f"run-{n}", NOON + timedelta(days=n), text, 100, 2, n % 2, 0, 4, 3, 2) for n in range(60)
        ),
        removed=(RemovedText("newsletter-box", text, 3, 400), RemovedText("navigation", None, 9, 4000)),
        refusals=(Refusals("parse", "empty", 1),),
    )


def test_a_warning_does_not_fail_the_report() -> None:
    report = report_of(PASSED, WARNED)
    assert report.is_passed
    assert report.verdict == "Passed: 1 of 2 expectations hold, 1 warning."


def test_failures_and_errors_are_told_apart() -> None:
    report = report_of(PASSED, FAILED, WARNED, ERRED)
    assert not report.is_passed
    assert report.verdict == "Failed: 1 critical expectation failed, 1 could not be evaluated (of 4)."
    assert [validation.is_blocking for validation in report.not_passed] == [True, True, False]


@pytest.mark.parametrize("outcome", ["error", "skipped", ""])
def test_an_outcome_that_is_neither_pass_nor_fail_blocks(outcome: str) -> None:
    assert not report_of(PASSED, replace(WARNED, outcome=outcome)).is_passed


def test_a_run_without_expectations_has_not_passed() -> None:
    report = report_of()
    assert not report.is_passed
    assert "nothing is proven" in report.verdict
    root = ElementTree.fromstring(render_junit(report))
    assert root.find(".//error") is not None
    assert root.get("errors") == "1"


def test_junit_has_a_case_for_each_expectation() -> None:
    root = ElementTree.fromstring(render_junit(report_of(PASSED, FAILED, WARNED, ERRED)))
    cases = {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")}
    assert cases == {
        "documents-are-there": [],
        "ids-are-unique": ["failure"],
        "documents-decode-cleanly": ["skipped"],
        "language-is-known": ["error"],
    }
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == ("4", "1", "1", "1")
    assert [suite.get("tests") for suite in root.iter("testsuite")] == ["3", "1"]
    assert {case.get("classname") for case in root.iter("testcase")} == {"parse", "clean"}


@pytest.mark.parametrize(("status", "reason"), [("failed", "run failed"), ("interrupted", "was interrupted")])
def test_a_run_that_broke_off_has_not_passed_though_its_gates_were_open(status: str, reason: str) -> None:
    whole = report_of(PASSED, WARNED)
    report = replace(whole, run=replace(whole.run, status=status, release=None, detail="Worker 3 `gone`."))
    assert not report.is_passed
    assert report.verdict.startswith("Not published: the")
    assert reason in report.verdict
    page = render_html(report)
    assert 'class="verdict passed"' not in page
    assert "<p>Worker 3 <code>gone</code>.</p>" in page  # nothing below tells why
    assert "gone" in render_markdown(report)
    root = ElementTree.fromstring(render_junit(report))
    assert (root.get("tests"), root.get("errors")) == ("3", "1")
    assert root.find(".//testcase[@name='run-is-complete']/error") is not None
    assert render_markdown(report).startswith("## ❌ Not published")


def test_junit_counts_every_case_of_its_suites() -> None:
    for validations in ((), (PASSED,), (PASSED, FAILED, WARNED, ERRED)):
        root = ElementTree.fromstring(render_junit(report_of(*validations)))
        for counted in (root, *root.iter("testsuite")):
            assert counted.get("tests") == str(len(list(counted.iter("testcase"))))
            assert counted.get("errors") == str(len(list(counted.iter("error"))))
            assert counted.get("failures") == str(len(list(counted.iter("failure"))))


def test_junit_names_the_run_and_puts_failing_ids_before_the_reasons() -> None:
    root = ElementTree.fromstring(render_junit(report_of(FAILED)))
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message", "").endswith("Observed: 2 of 9 rows; allowed: as stated.")
    assert (failure.text or "").startswith("2 failing:\none\ntwo\n\nWhy: a test.")
    assert root.find("./testsuite/properties/property[@name='run_id'][@value='run-1']") is not None


@given(st.text())
def test_junit_parses_whatever_the_text(text: str) -> None:
    shown = replace(FAILED, observed=text, notes=text, failing_ids=(text,), description=text)
    root = ElementTree.fromstring(render_junit(report_of(shown)).encode("utf-8"))
    assert root.find(".//failure") is not None


class Page(HTMLParser):
    """The tags of a page, and every attribute that could fetch or act."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_the_page_needs_no_network_and_runs_nothing() -> None:
    hostile = replace(FAILED, observed=HOSTILE, notes=HOSTILE, failing_ids=(HOSTILE,), description=HOSTILE)
    text = render_html(report_of(PASSED, hostile, text=HOSTILE))
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "action")]
    links = [value for name, value in page.attributes if name == "href"]
    assert links
    assert all(re.fullmatch(r"#[a-z]+(-\d+)?", link) for link in links)  # within the page, whatever the text
    assert not re.search(r"https?:|//|url\(|@import", re.sub(r"<!--.*?-->", "", text))
    assert "&lt;script&gt;" in text


VOID = {"meta", "br", "rect", "path"}


class Nesting(HTMLParser):
    """Checks that every element of a page is closed where it was opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, self.getpos()


@given(st.text())
def test_elements_are_closed_where_they_were_opened_whatever_the_text(text: str) -> None:
    hostile = replace(FAILED, expectation=text, observed=text, notes=text, failing_ids=(text,), description=text)
    Nesting(render_html(report_of(PASSED, hostile, WARNED, ERRED, text=text)))


def test_a_run_that_failed_its_gate_shows_where_it_stopped_and_where_the_offenders_are() -> None:
    whole = report_of(PASSED, FAILED)
    failed = replace(whole, run=replace(whole.run, status="gate-failed", release=None, detail="Gate `parse` shut."))
    page = render_html(failed)
    assert "gate closed: 1 of 2 hold" in page
    assert '<span class="label">observed</span> 2 of 9 rows</span>' in page
    assert '<span class="label">allowed</span> as stated</span>' in page
    assert "<dt>Why</dt><dd>a test.</dd>" in page
    assert "<code>dateline quarantine list</code> names the documents they stand in" in page
    assert "dateline explain" not in page  # it reads the published file, which knows nothing of this run
    assert "<summary>What the run said</summary><div>Gate <code>parse</code> shut.</div>" in page
    assert "Gate" not in render_markdown(failed)
    assert "`dateline quarantine list`" in render_markdown(failed)


def test_offenders_of_a_published_run_are_shown_with_the_command_that_explains_them() -> None:
    report = report_of(PASSED, replace(WARNED, notes="Why: a test.\nOffenders: select uri from documents"))
    page = render_html(report)
    assert "<code>dateline explain ID</code>" in page
    assert "<code>one</code>" in page
    assert ">select uri from documents</pre>" in page
    assert "`dateline explain ID`" in render_markdown(report)


def test_what_an_expectation_allows_stands_beside_what_was_observed() -> None:
    report = report_of(PASSED)
    rows = replace(FAILED, expectation_type="expect_no_offenders")
    assert report.allowed(rows) == "none"
    assert report.allowed(replace(rows, expectation_type="expect_column_values_to_be_unique")) == "none"
    assert report.allowed(PASSED) == "as stated"  # the number of rows is bounded in its description
    assert "failure" in report.allowed(replace(rows, expectation="canary-of-queries-fails"))


@given(st.text(alphabet="`a b"))
def test_splitting_code_loses_no_word(text: str) -> None:
    pieces = split_code(text)
    assert "".join(piece for _, piece in pieces).replace("`", "") == text.replace("`", "")
    assert not any(is_code and "`" in piece for is_code, piece in pieces)


def test_a_backtick_without_a_partner_stays() -> None:
    assert split_code("a `b` c ` d") == [(False, "a "), (True, "b"), (False, " c ` d")]


def test_refusals_stand_in_the_order_of_the_stages() -> None:
    report = replace(
        report_of(PASSED),
        refusals=(Refusals("dedupe", "empty", 1), Refusals("elsewhere", "empty", 9), Refusals("parse", "binary", 1)),
    )
    assert [refusal.stage for refusal in report.refusals_in_order] == ["parse", "dedupe", "elsewhere"]


def test_the_page_says_the_verdict_first() -> None:
    page = render_html(report_of(PASSED, FAILED, WARNED, ERRED))
    assert page.lstrip().startswith("<!doctype html>")
    assert page.index("<h1>Failed: 1 critical") < page.index("ids-are-unique") < page.index('<h2 id="all">')
    assert "does not add up" in page  # dedupe: 3 in, 2 kept
    assert page.count("<rect") == 40 * 2 + 20  # the last forty runs: passed and warnings, every other one critical


def test_the_page_works_with_the_least_there_is() -> None:
    page = render_html(QualityReport(RunSummary("run-1", NOON, None, "failed"), ()))
    assert "nothing is proven" in page
    assert "<svg" not in page


def test_the_page_can_be_used_by_keyboard_and_on_a_phone() -> None:
    page = Page(render_html(report_of(PASSED, FAILED)))
    assert ("name", "viewport") in page.attributes
    assert page.tags.count("summary") == page.tags.count("details") > 0
    assert ("lang", "en") in page.attributes
    targets = {value for name, value in page.attributes if name == "id"}
    assert {value.removeprefix("#") for name, value in page.attributes if name == "href"} <= targets
    assert page.tags[page.tags.index("body") + 1] == "a"  # the first stop of the keyboard skips the head


def test_a_failing_row_is_shown_with_its_text_in_the_page_and_told_by_the_other_forms() -> None:
    report = replace(
        report_of(PASSED, FAILED, WARNED), passages=(PASSAGE, replace(PASSAGE, ordinal=1, identifier="two"))
    )
    page = render_html(report)
    assert '<a href="#text-1">Subscribe to our newsletter</a>' in page
    assert '<article id="text-1"' in page
    assert (
        '<span class="soft">…behind the news.\n</span><mark>Subscribe to our newsletter\n</mark><span class="soft">The council…'
        in page
    )
    assert '<a href="#failing-1">ids-are-unique</a>' in page
    assert '<details class="expectation" id="failing-1" open>' in page
    body = ElementTree.fromstring(render_junit(report)).find(".//failure")
    assert body is not None
    assert "one: “Subscribe to our newsletter” (file:///news/a.html, characters 900–928)" in (body.text or "")
    assert "`one` Subscribe to our newsletter<br>`two`" in render_markdown(report)


def test_a_text_that_several_expectations_refuse_stands_once_in_the_page() -> None:
    both = (PASSAGE, replace(PASSAGE, expectation="documents-decode-cleanly"))
    page = render_html(replace(report_of(FAILED, WARNED), passages=both))
    assert page.count("<mark>") == 1
    assert "ids-are-unique</a>, <a" in page


def test_a_long_text_says_that_it_goes_on() -> None:
    page = render_html(replace(report_of(FAILED), passages=(replace(PASSAGE, char_end=5000),)))
    assert "<em>(4,100 characters in all)</em>" in page


def test_a_check_reports_the_published_file_and_not_the_run() -> None:
    report = replace(report_of(PASSED, FAILED), checked_at=NOON)
    page = render_html(report)
    assert "<title>Not passed: quality of the published file</title>" in page
    assert "checked as it lay there at 2025-08-07 12:00:00 UTC" in page
    assert "dateline explain ID" in page


def test_annotations_name_what_failed_where_and_how_bad(tmp_path: Path) -> None:
    place = (tmp_path / "inbox" / "a, b.html").as_uri()
    hostile = replace(FAILED, description="100 %\n::error::", failing_ids=("one", "two"))
    report = replace(report_of(PASSED, hostile, WARNED, ERRED), passages=(replace(PASSAGE, uri=place),))
    lines = render_annotations(report, tmp_path).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::warning"]
    (told,) = [line for line in lines if "ids-are-unique" in line]
    assert "title=Dateline%2C parse%3A ids-are-unique,file=inbox/a%2C b.html::100 %25%0A::error::%0AObserved: " in told
    assert told.endswith("%0Aone “Subscribe to our newsletter”%0Aand 1 more")
    assert render_annotations(report_of(PASSED), tmp_path) == ""


def test_a_run_that_broke_off_is_annotated_though_no_expectation_failed(tmp_path: Path) -> None:
    whole = report_of(PASSED)
    report = replace(whole, run=replace(whole.run, status="failed", release=None, detail="Worker 3 gone."))
    assert render_annotations(report, tmp_path).startswith("::error title=Dateline::Not published: the run failed;")


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    channels = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1])
def test_every_colour_of_text_has_enough_contrast(theme: int) -> None:
    page = render_html(report_of(PASSED))
    colours = dict(re.findall(r"--(\w+): (#\w+)", re.findall(r":root \{(.*?)\}", page, flags=re.DOTALL)[theme]))
    for ground in ("ground", "panel"):
        for ink in ("ink", "soft", "pass", "warning", "fail", "error", "link"):
            light, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)  # WCAG 2.2 AA
    light, dark = sorted((_luminance(colours["ink"]), _luminance(colours["mark"])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_markdown_says_the_verdict_first_and_lists_what_failed() -> None:
    text = render_markdown(report_of(PASSED, FAILED, ERRED))
    assert text.splitlines()[0].startswith("## ❌ Failed: 1 critical")
    assert "| **fail** | critical | parse | `ids-are-unique`" in text
    assert "`one`, `two`" in text
    assert "documents-are-there" not in text


def test_markdown_holds_hostile_text_in_one_cell() -> None:
    hostile = replace(FAILED, observed=HOSTILE + "\n\n# not a heading", failing_ids=(HOSTILE,))
    text = render_markdown(report_of(hostile))
    assert "<script>" not in re.sub(r"`[^`]*`|\\.", "", text)
    (row,) = [line for line in text.splitlines() if "ids-are-unique" in line]
    assert len(re.findall(r"(?<!\\)\|", row)) == 8


def test_many_failing_ids_are_cut_in_reports_and_counted() -> None:
    many = replace(FAILED, failing_ids=tuple(f"id-{n}" for n in range(1500)))
    assert "and 500 more" in render_html(report_of(many))
    assert "and 500 more" in render_junit(report_of(many))
    assert "and 1,490 more" in render_markdown(report_of(many))


def test_all_forms_are_written_into_a_folder(tmp_path: Path) -> None:
    written = write_reports(report_of(PASSED), tmp_path / "new" / "reports")
    assert sorted(path.name for path in written) == ["quality.html", "quality.md", "quality.xml"]
    assert all(path.read_text("utf-8").strip() for path in written)
