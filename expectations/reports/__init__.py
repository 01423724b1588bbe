"""Quality reports, from rows that the caller has read: JUnit XML, Markdown, annotations, and one HTML page."""

from __future__ import annotations

from pathlib import Path

from expectations.reports.annotations import render_annotations
from expectations.reports.html import render_html
from expectations.reports.junit import render_junit
from expectations.reports.markdown import render_markdown
from expectations.reports.quality import (
    QualityReport,
    Refusals,
    RemovedText,
    RunSummary,
    StageCount,
    TrendPoint,
)

__all__ = [
    "QualityReport",
    "Refusals",
    "RemovedText",
    "RunSummary",
    "StageCount",
    "TrendPoint",
    "render_annotations",
    "render_html",
    "render_junit",
    "render_markdown",
    "write_reports",
]


def write_reports(report: QualityReport, folder: Path) -> list[Path]:
    """Write the report in every form into `folder`, which is made if it is not there; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, render in (
        ("quality.html", render_html),
        ("quality.xml", render_junit),
        ("quality.md", render_markdown),
    ):
        path = folder / name
        path.write_text(render(report), encoding="utf-8")
        written.append(path)
    return written
