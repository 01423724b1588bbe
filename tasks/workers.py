"""Where batches run on this machine: a pool of processes while one is open, else the calling thread."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from warehouse.errors import TransientError

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class _Workers:
    """The pool that is open, if one is, and how to open it anew after a worker died."""

    pool: ProcessPoolExecutor | None = None
    jobs: int = 1


def _new_pool(jobs: int) -> ProcessPoolExecutor:
    # not fork: the parent runs threads (of the orchestrator, of DuckDB), whose locks a fork would copy
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context)


@contextmanager
def worker_pool(jobs: int) -> Iterator[None]:
    """Run batches in `jobs` processes until the block ends; with one job they run in the calling thread."""
    _Workers.jobs = jobs
    _Workers.pool = _new_pool(jobs) if jobs > 1 else None
    try:
        yield
    finally:
        if _Workers.pool is not None:
            _Workers.pool.shutdown(wait=True, cancel_futures=True)
        _Workers.pool = None


def run_in_worker(
    function: Callable[Parameters, Result], *arguments: Parameters.args, **options: Parameters.kwargs
) -> Result:
    """Call a function in a worker process and wait for its result.

    Raises:
        TransientError: the worker died (out of memory, or killed); the pool has been opened anew.
    """
    pool = _Workers.pool
    if pool is None:
        return function(*arguments, **options)
    try:
        return pool.submit(function, *arguments, **options).result()
    except BrokenProcessPool as problem:
        if _Workers.pool is pool:
            _Workers.pool = _new_pool(_Workers.jobs)
        raise TransientError(
            "A worker process died, most often because the machine ran out of memory. Try again with fewer --jobs, "
            "or with a smaller DATELINE_BATCH_BYTES."
        ) from problem
