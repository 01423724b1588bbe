"""JUnit XML, as CI servers read it: a suite for each stage, a test case for each expectation."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from expectations.reports.quality import QualityReport
from expectations.reports.texts import glimpse
from expectations.validations import PASS, Passage, Validation

#: Characters that XML 1.0 cannot hold, however they are written.
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SHOWN_IDS = 1000


def render_junit(report: QualityReport) -> str:
    """Render the report as JUnit XML.

    A critical failure is a failure, what could not be evaluated an error. A warning that fails is a skipped case with
    its message, because a failure would turn CI red where the gate stayed open. A run that broke off with open gates,
    or that evaluated nothing, is an error of its own, because no case would tell of it.
    """
    root = ElementTree.Element("testsuites", name="dateline")
    broken_off = _broken_off(report)
    kinds = [_kind(v) for _, validations in report.stages for v in validations]
    _count(root, [*kinds, *(["error"] if broken_off is not None else [])])
    for stage, validations in report.stages:
        suite = ElementTree.SubElement(root, "testsuite", name=_clean(stage))
        _count(suite, [_kind(validation) for validation in validations])
        suite.set("timestamp", validations[0].evaluated_at.isoformat(timespec="seconds"))
        _add_properties(suite, report)
        for validation in validations:
            suite.append(_case(validation, report))
    if broken_off is not None:
        root.append(broken_off)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _count(element: ElementTree.Element, kinds: list[str]) -> None:
    element.set("tests", str(len(kinds)))
    element.set("failures", str(kinds.count("failure")))
    element.set("errors", str(kinds.count("error")))
    element.set("skipped", str(kinds.count("skipped")))


def _add_properties(suite: ElementTree.Element, report: QualityReport) -> None:
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in (("run_id", report.run.run_id), ("status", report.run.status)):
        ElementTree.SubElement(properties, "property", name=name, value=_clean(value))


def _kind(validation: Validation) -> str:
    if validation.outcome == PASS:
        return "pass"
    if validation.outcome == "fail":
        return "failure" if validation.is_blocking else "skipped"
    return "error"


def _case(validation: Validation, report: QualityReport) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase", classname=_clean(validation.suite), name=_clean(validation.expectation), time="0"
    )
    kind = _kind(validation)
    if kind != "pass":
        allowed = report.allowed(validation)
        message = _clean(f"{validation.description} Observed: {validation.observed}; allowed: {allowed}.")
        outcome = ElementTree.SubElement(case, kind, message=message)
        if kind != "skipped":
            outcome.set("type", validation.severity)
        outcome.text = _clean(_body(validation, report.passages_of(validation)))
    return case


def _body(validation: Validation, passages: tuple[Passage, ...]) -> str:
    """Write the failing rows first: CI servers cut long bodies at their end."""
    texts = {passage.identifier: passage for passage in passages}
    shown = validation.failing_ids[:SHOWN_IDS]
    more = len(validation.failing_ids) - len(shown)
    lines = [f"{identifier}{_place(texts.get(identifier))}" for identifier in shown]
    lines += [f"and {more} more, all in validations.failing_ids"] if more else []
    failing = [f"{len(validation.failing_ids)} failing:", *lines, ""] if lines else []
    return "\n".join([*failing, validation.notes or ""])


def _place(passage: Passage | None) -> str:
    if passage is None or not passage.text:
        return ""
    return f": “{glimpse(passage)}” ({passage.uri}, characters {passage.char_start}–{passage.char_end})"


def _broken_off(report: QualityReport) -> ElementTree.Element | None:
    """Return a suite with one error where the run as a whole has not passed though no case says so."""
    if report.is_passed or report.is_gate_closed:
        return None
    suite = ElementTree.Element("testsuite", name="audit", tests="1", failures="0", errors="1", skipped="0")
    _add_properties(suite, report)
    name = "run-is-complete" if report.validations else "expectations-ran"
    case = ElementTree.SubElement(suite, "testcase", classname="audit", name=name, time="0")
    error = ElementTree.SubElement(case, "error", message=_clean(report.verdict))
    error.text = _clean(report.run.detail or "")
    return suite


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)
