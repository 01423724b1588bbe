"""Markdown for a pull request or a Prefect artifact: the verdict first, then the counts, then what failed."""

from __future__ import annotations

import re

from expectations.reports.quality import QualityReport
from expectations.validations import Validation

SHOWN_IDS = 10
#: Characters that Markdown or the HTML inside it would act on.
ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def render_markdown(report: QualityReport) -> str:
    """Render the report as GitHub-flavoured Markdown."""
    parts = [
        f"## {'✅' if report.is_passed else '❌'} {_plain(report.verdict)}",
        f"Run `{_code(report.run.run_id)}`, status **{_plain(report.run.status)}**."
        + (f" {_plain(report.run.detail)}" if report.run.detail else ""),
    ]
    if report.stage_counts:
        parts += ["### What went through", _counts(report)]
    if report.not_passed:
        parts += ["### Expectations that do not hold", _failures(report.not_passed)]
    if report.refusals:
        rows = [f"| {_plain(r.stage)} | {_plain(r.reason)} | {r.count:,} |" for r in report.refusals]
        parts += ["### Quarantine", "\n".join(["| stage | reason | count |", "|---|---|---:|", *rows])]
    return "\n\n".join(parts) + "\n"


def _counts(report: QualityReport) -> str:
    rows = [
        f"| {_plain(c.stage)} | {_plain(c.unit)} | {c.in_count:,} | {c.kept_count:,} | {c.duplicate_count:,} "
        f"| {c.quarantined_count:,} | {'' if c.seconds is None else f'{c.seconds:.1f}'} |"
        for c in report.stage_counts
    ]
    head = ["| stage | unit | in | kept | duplicate | quarantined | seconds |", "|---|---|---:|---:|---:|---:|---:|"]
    return "\n".join([*head, *rows])


def _failures(validations: tuple[Validation, ...]) -> str:
    rows = [
        f"| {'**' + v.outcome + '**' if v.is_blocking else v.outcome} | {_plain(v.severity)} | {_plain(v.stage)} "
        f"| `{_code(v.expectation)}`<br>{_plain(v.description)} | {_plain(v.observed or '')} | {_ids(v)} |"
        for v in validations
    ]
    return "\n".join(
        ["| outcome | severity | stage | expectation | observed | failing ids |", "|---|---|---|---|---|---|", *rows]
    )


def _ids(validation: Validation) -> str:
    shown = ", ".join(f"`{_code(identifier)}`" for identifier in validation.failing_ids[:SHOWN_IDS])
    more = len(validation.failing_ids) - SHOWN_IDS
    return f"{shown} and {more:,} more" if more > 0 else shown


def _plain(text: str) -> str:
    return ACTIVE.sub(r"\\\1", " ".join(text.split()))


def _code(text: str) -> str:
    return " ".join(text.replace("`", "'").replace("|", "\\|").split())
