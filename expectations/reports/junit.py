"""JUnit XML, as CI servers read it: a suite for each stage, a test case for each expectation."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from expectations.reports.quality import QualityReport
from expectations.validations import PASS, Validation

#: Characters that XML 1.0 cannot hold, however they are written.
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SHOWN_IDS = 1000


def render_junit(report: QualityReport) -> str:
    """Render the report as JUnit XML.

    A critical failure is a failure, what could not be evaluated an error. A warning that fails is a skipped case with
    its message, because a failure would turn CI red where the gate stayed open.
    """
    root = ElementTree.Element("testsuites", name="dateline")
    cases = [v for _, validations in report.stages for v in validations]
    _count(root, cases)
    for stage, validations in report.stages:
        suite = ElementTree.SubElement(root, "testsuite", name=_clean(stage))
        _count(suite, validations)
        suite.set("timestamp", validations[0].evaluated_at.isoformat(timespec="seconds"))
        for validation in validations:
            suite.append(_case(validation))
    if not cases:
        _no_expectations(root)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _count(element: ElementTree.Element, validations: list[Validation] | tuple[Validation, ...]) -> None:
    kinds = [_kind(validation) for validation in validations]
    element.set("tests", str(len(kinds)))
    element.set("failures", str(kinds.count("failure")))
    element.set("errors", str(kinds.count("error")))
    element.set("skipped", str(kinds.count("skipped")))


def _kind(validation: Validation) -> str:
    if validation.outcome == PASS:
        return "pass"
    if validation.outcome == "fail":
        return "failure" if validation.is_blocking else "skipped"
    return "error"


def _case(validation: Validation) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase", classname=_clean(validation.suite), name=_clean(validation.expectation), time="0"
    )
    kind = _kind(validation)
    if kind != "pass":
        message = _clean(f"{validation.description} Observed: {validation.observed}")
        outcome = ElementTree.SubElement(case, kind, message=message)
        if kind != "skipped":
            outcome.set("type", validation.severity)
        outcome.text = _clean(_body(validation))
    return case


def _body(validation: Validation) -> str:
    shown = validation.failing_ids[:SHOWN_IDS]
    more = len(validation.failing_ids) - len(shown)
    lines = [*shown, *([f"and {more} more, all in validations.failing_ids"] if more else [])]
    return "\n".join([validation.notes or "", *lines])


def _no_expectations(root: ElementTree.Element) -> None:
    for attribute in ("tests", "errors"):
        root.set(attribute, "1")
    suite = ElementTree.SubElement(root, "testsuite", name="audit", tests="1", failures="0", errors="1", skipped="0")
    case = ElementTree.SubElement(suite, "testcase", classname="audit", name="expectations-ran", time="0")
    ElementTree.SubElement(case, "error", message="No expectation ran: nothing is proven.")


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)
