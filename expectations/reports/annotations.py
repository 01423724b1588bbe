"""Workflow commands of GitHub Actions: each expectation that does not hold becomes an annotation of the job.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands has their syntax.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from expectations.reports.quality import QualityReport
from expectations.reports.texts import glimpse
from expectations.validations import Validation

#: Failing rows that one annotation shows: more than a few lines are folded away.
SHOWN_ROWS = 3


def render_annotations(report: QualityReport, checkout: Path) -> str:
    """Write a line for each expectation that does not hold, what closes the gate as an error, the rest as warnings.

    Where the first failing row stands in a file below `checkout`, the annotation names that file. A run that broke off
    with open gates is an error of its own, because no expectation tells of it.
    """
    lines = [_annotation(report, validation, checkout) for validation in report.not_passed]
    if not report.is_passed and not report.is_gate_closed:
        lines.insert(0, _command("error", {"title": "Dateline"}, f"{report.verdict} {report.run.detail or ''}".strip()))
    return "".join(f"{line}\n" for line in lines)


def _annotation(report: QualityReport, validation: Validation, checkout: Path) -> str:
    passages = report.passages_of(validation)
    properties = {"title": f"Dateline, {validation.stage}: {validation.expectation}"}
    if passages and (place := _path_below(checkout, passages[0].uri)):
        properties["file"] = place
    count = len(validation.failing_ids)
    rows = [f"{passage.identifier} “{glimpse(passage)}”" for passage in passages[:SHOWN_ROWS] if passage.text]
    message = [
        validation.description,
        f"Observed: {validation.observed}; allowed: {report.allowed(validation)}.",
        *rows,
        *([f"and {count - len(rows)} more"] if rows and count > len(rows) else []),
    ]
    return _command("error" if validation.is_blocking else "warning", properties, "\n".join(message))


def _path_below(checkout: Path, uri: str | None) -> str | None:
    parts = urlsplit(uri or "")
    path = Path(unquote(parts.path))
    return path.relative_to(checkout).as_posix() if parts.scheme == "file" and path.is_relative_to(checkout) else None


def _command(name: str, properties: dict[str, str], message: str) -> str:
    """Write a command; text that would end it or its properties is escaped as the runner reads it."""
    listed = ",".join(
        f"{key}={_escape(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in properties.items()
    )
    return f"::{name} {listed}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
