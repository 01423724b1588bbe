"""Great Expectations' Data Docs of recent runs, from the same rows as the other reports, readable offline.

Great Expectations renders the pages. What they would fetch from the network (styles, scripts, pictures) is taken out
and a style of our own put in; the index, which its scripts would fill, is written here.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC
from html import escape
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
from bs4 import BeautifulSoup, Tag

from expectations.reports.html import split_notes
from expectations.reports.quality import QualityReport
from expectations.validations import ERROR, PASS, Validation

STYLE = Path(__file__).with_name("data_docs.css")
BATCH = "staging"
#: Elements that act or fetch, and parts of the pages that do nothing without scripts.
INERT = (
    "script, link, img, iframe, object, embed, footer, style, .modal, .toast, #ge-cta-footer, .card:has(.btn-group), "
    "[data-toggle=collapse]"
)
#: Status icons are letters of a font from the network; these are in every font.
ICONS = {"fa-check-circle": "✓", "fa-times": "✕", "fa-exclamation-triangle": "!"}


def write_data_docs(reports: Sequence[QualityReport], folder: Path) -> Path:
    """Write the Data Docs of runs, the newest first, into `folder`, in place of what was there; return the index."""
    for part in ("validations", "expectations", "static"):  # of an earlier report; nothing else there is ours
        shutil.rmtree(folder / part, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    audited = [report for report in reports if report.validations]
    _build(audited, folder)
    shutil.rmtree(folder / "static", ignore_errors=True)
    (folder / "data_docs.css").write_bytes(STYLE.read_bytes())
    for page in sorted(folder.rglob("*.html")):
        _make_offline(page, folder)
    index = folder / "index.html"
    index.write_text(_index().render(rows=list(_index_rows(audited, folder))), "utf-8")
    return index


def _build(reports: Sequence[QualityReport], folder: Path) -> None:
    """Have Great Expectations build its site from the results of the runs."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("TQDM_DISABLE", "1")
    from great_expectations.core import ExpectationSuite
    from great_expectations.data_context.types.base import ProgressBarsConfig

    gx: Any = import_module("great_expectations")
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    for name in list(context.get_site_names()):
        context.delete_data_docs_site(name)
    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)}
    index = {"class_name": "DefaultSiteIndexBuilder"}
    site = {"class_name": "SiteBuilder", "show_how_to_buttons": False, "site_index_builder": index}
    context.add_data_docs_site("dateline", site | {"store_backend": store})
    known: set[str] = set()
    for report in reports:
        for stage, validations in report.stages:
            expectations = [_expectation(validation) for validation in validations]
            if stage not in known:  # of the newest run that came so far
                context.suites.add(ExpectationSuite(name=stage, expectations=expectations))
                known.add(stage)
            key, result = _suite_result(report, stage, validations, expectations)
            context.validation_results_store.set(key, result)
    context.build_data_docs()


def _expectation(validation: Validation) -> Any:
    """Return an expectation that the pages describe in our words: the table has no arguments of the original.

    The pages take descriptions and observed values for markup.
    """
    from expectations.offenders import ExpectNoOffenders

    return ExpectNoOffenders(
        query=split_notes(validation)[1] or "select 1 where false",
        description=escape(validation.description, quote=False),
        meta={"name": validation.expectation},
    )


def _suite_result(
    report: QualityReport, stage: str, validations: Sequence[Validation], expectations: Sequence[Any]
) -> tuple[Any, Any]:
    from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    run = RunIdentifier(run_name=report.run.run_id, run_time=report.run.started_at.replace(tzinfo=UTC))
    held, total = sum(validation.outcome == PASS for validation in validations), len(validations)
    result = ExpectationSuiteValidationResult(
        success=not any(validation.is_blocking for validation in validations),
        results=[_result(*pair) for pair in zip(validations, expectations, strict=True)],
        suite_name=stage,
        statistics={
            "evaluated_expectations": total,
            "successful_expectations": held,
            "unsuccessful_expectations": total - held,
            "success_percent": 100 * held / total,
        },
        meta={
            "run_id": run,
            "great_expectations_version": version("great_expectations"),
            "batch_markers": {},
            "active_batch_definition": {"data_asset_name": f"tables of {stage}"},
            "checkpoint_name": None,
        },
    )
    return ValidationResultIdentifier(ExpectationSuiteIdentifier(stage), run, BATCH), result


def _result(validation: Validation, expectation: Any) -> Any:
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult

    is_error = validation.outcome == ERROR
    observed = escape(validation.observed or "nothing", quote=False)
    return ExpectationValidationResult(
        success=validation.outcome == PASS,
        expectation_config=expectation.configuration,
        result={"observed_value": f"could not be evaluated: {observed}" if is_error else observed},
        exception_info={"raised_exception": False, "exception_message": None, "exception_traceback": None},
        meta={},
    )


def _make_offline(path: Path, folder: Path) -> None:
    """Take out whatever fetches or acts, and style what is left."""
    page = BeautifulSoup(path.read_text("utf-8"), "lxml")
    for element in page.select("i"):
        sign = next((sign for name, sign in ICONS.items() if name in (element.get("class") or [])), "")
        element.replace_with(sign)
    for element in page.select(INERT):
        element.decompose()
    for element in page.find_all(True):
        for name in [name for name in element.attrs if name.startswith("on") or name in ("style", "src")]:
            del element[name]
        if str(element.get("href", "")).startswith(("http:", "https:", "//")):
            del element["href"]
    style = f"{'../' * len(path.parent.relative_to(folder).parts)}data_docs.css"
    if isinstance(page.head, Tag):
        page.head.append(page.new_tag("link", rel="stylesheet", href=style))
        page.head.append(page.new_tag("meta", attrs={"name": "viewport", "content": "width=device-width"}))
    path.write_text(str(page), "utf-8")


def _index_rows(reports: Sequence[QualityReport], folder: Path) -> Iterator[dict[str, Any]]:
    for report in reports:
        for stage, validations in report.stages:
            (page,) = (folder / "validations" / stage / report.run.run_id).glob(f"*/{BATCH}.html")
            yield {
                "run": report.run,
                "stage": stage,
                "is_open": not any(validation.is_blocking for validation in validations),
                "held": sum(validation.outcome == PASS for validation in validations),
                "total": len(validations),
                "page": page.relative_to(folder).as_posix(),
                "suite": f"expectations/{stage}.html",
            }


def _index() -> jinja2.Template:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(STYLE.parent), autoescape=True)
    return environment.get_template("data_docs_index.html")
