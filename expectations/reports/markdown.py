"""Markdown for a pull request or a Prefect artifact: the verdict first, then the counts, then what failed."""

from __future__ import annotations

import re

from expectations.reports.flow import FlowStep, lay_out_flow
from expectations.reports.quality import QualityReport
from expectations.reports.texts import glimpse
from expectations.validations import Passage, Validation

SHOWN_IDS = 10
#: Characters that Markdown or the HTML inside it would act on.
ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def render_markdown(report: QualityReport) -> str:
    """Render the report as GitHub-flavoured Markdown."""
    parts = [
        f"## {'✅' if report.is_passed else '❌'} {_plain(report.verdict)}",
        f"Run `{_code(report.run.run_id)}`, status **{_plain(report.run.status)}**.",
    ]
    if report.run.detail and not report.is_gate_closed:  # else it repeats the table of what does not hold
        parts.append(_plain(report.run.detail))
    if report.stage_counts:
        parts += ["### What went through", _counts(report)]
    if report.not_passed:
        parts += ["### Expectations that do not hold", _failures(report), _next_step(report)]
    if report.refusals:
        rows = [f"| {_plain(r.stage)} | {_plain(r.reason)} | {r.count:,} |" for r in report.refusals_in_order]
        parts += ["### Quarantine", "\n".join(["| stage | reason | count |", "|---|---|---:|", *rows])]
    return "\n\n".join(parts) + "\n"


def _counts(report: QualityReport) -> str:
    return "\n".join(
        [
            "| stage | unit | in | kept | duplicate | quarantined | seconds | gate |",
            "|---|---|---:|---:|---:|---:|---:|---|",
            *(_count_row(step) for step in lay_out_flow(report)),
        ]
    )


def _count_row(step: FlowStep) -> str:
    c = step.count
    unit = f"{c.unit} ({step.entry})" if step.entry else c.unit
    seconds = "" if c.seconds is None else f"{c.seconds:.1f}"
    gate = step.gate if step.is_open is not False else f"**{step.gate}**"
    adds_up = "" if c.is_conserved else " **does not add up**"
    return (
        f"| {_plain(c.stage)} | {_plain(unit)} | {c.in_count:,}{adds_up} | {c.kept_count:,} | {c.duplicate_count:,} "
        f"| {c.quarantined_count:,} | {seconds} | {gate} |"
    )


def _failures(report: QualityReport) -> str:
    rows = [
        f"| {'**' + v.outcome + '**' if v.is_blocking else v.outcome} | {_plain(v.severity)} | {_plain(v.stage)} "
        f"| `{_code(v.expectation)}`<br>{_plain(v.description)} | {_plain(v.observed or '')} "
        f"| {_plain(report.allowed(v))} | {_ids(v, report.passages_of(v))} |"
        for v in report.not_passed
    ]
    return "\n".join(
        [
            "| outcome | severity | stage | expectation | observed | allowed | failing |",
            "|---|---|---|---|---|---|---|",
            *rows,
        ]
    )


def _next_step(report: QualityReport) -> str:
    if report.is_published:
        return "`dateline explain ID` shows where a document, an article or an event came from."
    return "Nothing was published. `dateline quarantine list` names the documents that critical failures stand in."


def _ids(validation: Validation, passages: tuple[Passage, ...]) -> str:
    texts = {passage.identifier: f" {_plain(glimpse(passage))}" for passage in passages if passage.text}
    shown = [f"`{_code(identifier)}`{texts.get(identifier, '')}" for identifier in validation.failing_ids[:SHOWN_IDS]]
    more = len(validation.failing_ids) - SHOWN_IDS
    return ("<br>" if texts else ", ").join(shown) + (f" and {more:,} more" if more > 0 else "")


def _plain(text: str) -> str:
    return ACTIVE.sub(r"\\\1", " ".join(text.split()))


def _code(text: str) -> str:
    return " ".join(text.replace("`", "'").replace("|", "\\|").split())
