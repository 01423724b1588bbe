"""Faults of the audit itself: a library that raises, results that are lost, suites that were emptied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from great_expectations.validator.validator import Validator

from expectations.checks import Suite
from expectations.offenders import ExpectNoOffenders
from expectations.suites import SUITES


@dataclass(frozen=True, slots=True)
class AuditFault:
    """One way in which an audit can be broken while the data are right."""

    kind: str
    breaking: Callable[[str], AbstractContextManager[None]]


def _raise(*arguments: Any, **settings: Any) -> Any:
    raise RuntimeError("the library raised")


@contextmanager
def _query_metric_raises(stage: str) -> Iterator[None]:
    """Every expectation of our own raises while it judges its rows."""
    with mock.patch.object(ExpectNoOffenders, "_validate", _raise):
        yield


@contextmanager
def _stock_expectation_raises(stage: str) -> Iterator[None]:
    """One real expectation of the library raises while it judges."""
    from great_expectations.expectations.expectation import ColumnMapExpectation

    with mock.patch.object(ColumnMapExpectation, "_validate", _raise):
        yield


@contextmanager
def _validator_raises(stage: str) -> Iterator[None]:
    """The library raises before it judges anything."""
    with mock.patch.object(Validator, "graph_validate", _raise):
        yield


@contextmanager
def _results_are_lost(stage: str) -> Iterator[None]:
    """The library judges and hands back nothing."""
    with mock.patch.object(Validator, "graph_validate", lambda *arguments, **settings: []):
        yield


@contextmanager
def _everything_passes(stage: str) -> Iterator[None]:
    """The library calls everything a success."""

    def judge(self: object, metrics: object, *arguments: object, **settings: object) -> dict[str, Any]:
        return {"success": True, "result": {"observed_value": 0}}

    with mock.patch.object(ExpectNoOffenders, "_validate", judge):
        yield


@contextmanager
def _suite_is_emptied(stage: str) -> Iterator[None]:
    with mock.patch.dict(SUITES, {stage: Suite(stage, ())}):
        yield


AUDIT_FAULTS = (
    AuditFault("query-expectation-raises", _query_metric_raises),
    AuditFault("stock-expectation-raises", _stock_expectation_raises),
    AuditFault("validator-raises", _validator_raises),
    AuditFault("results-are-lost", _results_are_lost),
    AuditFault("everything-passes", _everything_passes),
    AuditFault("suite-emptied", _suite_is_emptied),
)
