"""The flows: parse, clean, dedupe and enrich, each behind its gate, then publish; and the quality report.

One flow with mapped tasks, not many subflows: each subflow costs about a second at its end. Everything between the
first staged row and the last gate is one transaction of the build file, so that a run that fails leaves no trace but
its row, its counts, its gate results and its quarantine.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.context import FlowRunContext
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows import counts, ledger
from flows.fingerprints import content_fingerprint, page_part_name
from flows.gates import GateFailedError, pass_gate
from flows.notification import raise_alarm, warn_of_unusable_targets
from flows.progress import progress
from flows.reporting import gather_run, summarise_run, write_quality_report
from flows.settings import Settings, load_settings, usable_cores
from tasks import prefect_tasks as tasks
from tasks.stages import discover, page
from tasks.workers import worker_pool
from warehouse import release_state
from warehouse.build_file import Build, transaction
from warehouse.errors import UsageError, is_interruption
from warehouse.publishing import publish_history, publish_release
from warehouse.sessions import build_session
from warehouse.vocabulary import RunStatus

#: Batches below this many documents in all are run in the process itself: a pool of workers takes seconds to start.
DOCUMENTS_WORTH_A_POOL = 400


def task_runner(dask_address: str | None, jobs: int | None = None) -> TaskRunner[Any]:
    """Return where batch tasks run: threads of this process (which hand batches to worker processes), or Dask."""
    if not dask_address:
        return ThreadPoolTaskRunner(max_workers=jobs or usable_cores())
    try:
        from prefect_dask import DaskTaskRunner
    except ImportError as problem:
        raise UsageError(
            "DATELINE_DASK_ADDRESS names a Dask cluster, but the runner for it is not installed: "
            "`pip install 'dateline[dask]'` installs it."
        ) from problem

    runner: TaskRunner[Any] = DaskTaskRunner(address=dask_address)
    return runner


@flow(name="ingest", log_prints=False, task_runner=task_runner(os.environ.get("DATELINE_DASK_ADDRESS")))
def ingest(
    inputs: list[str], warehouse: str | None = None, jobs: int | None = None, options: dict[str, Any] | None = None
) -> str:
    """Bring the inputs into the warehouse and publish; returns the run's status (published or unchanged).

    Args:
        inputs: Files, folders or globs.
        warehouse: Folder of the warehouse; by default `DATELINE_WAREHOUSE`, else `warehouse`.
        jobs: Worker processes; by default as many as there are processors.
        options: Further settings by name, as in `flows.settings.Settings`.

    Raises:
        GateFailedError: a gate did not pass; nothing was published.
        DatelineError: the run could not be done; the message says why.
    """
    settings = load_settings(warehouse=warehouse, jobs=jobs, **(options or {}))
    warn_of_unusable_targets(settings)
    with build_session(settings.layout, memory_limit=settings.memory_limit) as build:
        run = ledger.begin_run(build.connection, inputs, settings)
        try:
            status = _run_stages(build, run, settings)
        except GateFailedError as failure:
            release_state.forget_published(build.connection)
            ledger.rewrite_after_rollback(build.connection, run, failure.quarantine)
            _close_run(build, run, RunStatus.GATE_FAILED, detail=str(failure))
            raise_alarm(gather_run(build.layout), settings)
            raise
        except Exception as problem:
            status = RunStatus.INTERRUPTED if is_interruption(problem) else RunStatus.FAILED
            ledger.rewrite_after_rollback(build.connection, run, [])
            _close_run(build, run, status, detail=f"{type(problem).__name__}: {problem}")
            if status is RunStatus.FAILED:
                raise_alarm(gather_run(build.layout), settings)
            raise
        if status is RunStatus.PUBLISHED:
            raise_alarm(gather_run(build.layout), settings)
        return status


def _run_stages(build: Build, run: ledger.RunRecord, settings: Settings) -> RunStatus:
    with ledger.timed() as seconds:
        found = _discover(build, run, settings)
    discovered = counts.count_discovered(run.run_id, found, seconds[0])
    if not counts.count_known(build.connection) or release_state.is_up_to_date(build, content_fingerprint(settings)):
        ledger.record_count(build.connection, run, discovered)
        _close_run(build, run, RunStatus.UNCHANGED)
        return RunStatus.UNCHANGED
    with worker_pool(_jobs(build, settings)):
        with ledger.timed() as parsing:
            parts = _parse(build, settings)
        with transaction(build.connection):
            ledger.record_count(build.connection, run, discovered)
            _stage_and_audit(build, run, settings, parts, parsing[0])
            release_state.write_state(build.connection, release_state.COMMITTED, run.run_id)
    _publish(build, run, settings)
    return RunStatus.PUBLISHED


def _discover(build: Build, run: ledger.RunRecord, settings: Settings) -> discover.Discovery:
    limits = discover.Limits(settings.max_document_bytes, settings.batch_documents, settings.batch_bytes)
    found = discover.Discovery()
    progress().start("discover", None)
    for found in discover.discover(build, run.run_id, run.inputs, limits):
        progress().advance("discover", found.in_count)
    progress().finish("discover", f"{found.in_count} records, {found.new_count} new")
    return found


def _jobs(build: Build, settings: Settings) -> int:
    """Return how many worker processes are worth starting: none for a handful of documents, none beside Dask."""
    ((waiting,),) = build.connection.execute(
        """
        select count(*) from ledger.inputs
        where raw_part is not null and raw_part not in (select raw_part from ledger.loaded_parts)
        """
    ).fetchall()
    return settings.jobs if waiting >= DOCUMENTS_WORTH_A_POOL and settings.dask_address is None else 1


def _parse(build: Build, settings: Settings) -> dict[str, str]:
    """Parse the archive parts whose result is missing or out of date; returns archive part -> result, to be loaded."""
    loaded = page.loaded_parts(build.connection)
    wanted = {part: page_part_name(part, settings) for part in page.raw_parts(build.connection)}
    if not settings.keep_archive:  # what is loaded and no longer archived cannot be parsed again
        wanted = {part: name for part, name in wanted.items() if (build.layout.archive / part).exists()}
    due = {part: name for part, name in wanted.items() if loaded.get(part) != name}
    folder = build.layout.parts / "page"
    targets = [tasks.part_path(folder, name) for name in due.values()]
    sources = [str(build.layout.archive / part) for part in due]
    results = _map(tasks.parse_batch, "parse", sources, targets, [settings.restore_rules] * len(due))
    return dict(zip(due, results, strict=True))


def _call(task: Any, *arguments: Any) -> Any:
    """Call a task: as a task run inside a flow run, as the plain function it wraps outside of one."""
    return task.fn(*arguments) if FlowRunContext.get() is None else task(*arguments)


def _map(task: Any, stage: str, *columns: Sequence[Any]) -> list[str]:
    """Map a batch task over columns of arguments, on the flow's task runner, telling progress."""
    calls = list(zip(*columns, strict=True))
    progress().start(stage, len(calls))
    if FlowRunContext.get() is None:
        pending = (task.fn(*call) for call in calls)
    else:
        pending = (future.result() for future in [task.submit(*call) for call in calls])
    results = []
    for done, result in enumerate(pending, start=1):
        results.append(result)
        progress().advance(stage, done, len(calls))
    progress().finish(stage, f"{len(calls)} batch{'' if len(calls) == 1 else 'es'}")
    return results


def _stage_and_audit(
    build: Build, run: ledger.RunRecord, settings: Settings, parts: dict[str, str], parsing_seconds: float
) -> None:
    """Derive the stages one by one, each behind its gate; begin again where a gate set rows aside."""
    root = str(build.layout.root)
    with ledger.timed() as loading:
        _call(tasks.load_parsed, root, parts)
    derive: dict[str, tuple[Callable[[], object], Callable[..., ledger.StageCount]]] = {
        "parse": (lambda: _call(tasks.stage_documents, root, run.run_id), counts.count_parsed),
        "clean": (lambda: _call(tasks.clean, root, run.run_id, settings.restore_rules), counts.count_cleaned),
        "dedupe": (lambda: _call(tasks.dedupe, root), counts.count_deduped),
        "enrich": (lambda: _enrich(build, settings), counts.count_enriched),
    }
    pending, round_number = list(derive), 1
    while pending:
        stage = pending.pop(0)
        with ledger.timed() as seconds:
            derive[stage][0]()
        spent = seconds[0] + (parsing_seconds + loading[0] if stage == "parse" else 0)
        ledger.record_count(build.connection, run, derive[stage][1](build.connection, run.run_id, spent))
        _tell_kept(stage, run.counts[-1].kept_count)
        if not pass_gate(build.connection, run, stage, round_number):
            pending, round_number = list(derive), round_number + 1


def _tell_kept(stage: str, kept: int) -> None:
    if stage == "clean":
        progress().finish(stage, f"{kept} documents with articles")
    elif stage == "dedupe":
        progress().finish(stage, f"{kept} canonical articles")


def _enrich(build: Build, settings: Settings) -> None:
    root = str(build.layout.root)
    batches = _call(tasks.date_articles, root, settings.as_of, settings.batch_documents, settings.names_model)
    folder = build.layout.parts / "annotations"
    targets = [tasks.part_path(folder, Path(batch).stem) for batch in batches]
    parts = _map(tasks.annotate_batch, "enrich", batches, targets)
    _call(tasks.merge_events, root, parts)


def _publish(build: Build, run: ledger.RunRecord, settings: Settings) -> None:
    progress().start("publish", 1)
    ledger.end_run(build.connection, run, RunStatus.PUBLISHED, release=run.run_id)
    try:
        path = publish_release(build, run.run_id, releases_kept=settings.releases_kept)
    except BaseException:
        ledger.end_run(build.connection, run, RunStatus.FAILED, detail="the release could not be written")
        raise
    release_state.write_state(build.connection, release_state.PUBLISHED, run.run_id)
    release_state.write_state(build.connection, release_state.FINGERPRINT, content_fingerprint(settings))
    _close_run(build, run, RunStatus.PUBLISHED, release=run.run_id)
    shutil.rmtree(build.layout.parts, ignore_errors=True)  # all of it is loaded now
    if not settings.keep_archive:
        discover.drop_archive(build.layout.archive)
    progress().finish("publish", str(path))


def _close_run(
    build: Build, run: ledger.RunRecord, status: RunStatus, *, detail: str | None = None, release: str | None = None
) -> None:
    ledger.end_run(build.connection, run, status, detail=detail, release=release)
    publish_history(build)
    if FlowRunContext.get() is not None:
        create_markdown_artifact(
            markdown=summarise_run(build.layout), key="dateline-run", description=f"Dateline run {run.run_id}: {status}"
        )


@flow(name="quality-report", log_prints=False)
def quality_report(warehouse: str | None = None, folder: str | None = None) -> str:
    """Write the quality report of the last run (HTML, JUnit XML, Markdown) into a folder; returns the folder.

    Raises:
        NothingPublishedError: nothing has run in that warehouse yet.
    """
    settings = load_settings(warehouse=warehouse)
    target = Path(folder) if folder else settings.layout.reports
    write_quality_report(settings.layout, target)
    create_markdown_artifact(markdown=summarise_run(settings.layout), key="dateline-quality", description="Last run")
    return str(target)
