"""`prefect.yaml`: what it deploys exists, is called with what it takes, and names no place of one machine."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.client.schemas.schedules import construct_schedule

CHECKOUT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text("utf-8"))
DEPLOYMENTS = {deployment["name"]: deployment for deployment in PROJECT["deployments"]}


def test_an_ingest_of_the_inbox_and_a_daily_report_are_deployed() -> None:
    assert {"ingest-inbox", "daily-quality-report"} <= set(DEPLOYMENTS)


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_deployed_flow_takes_the_parameters_it_is_given(name: str) -> None:
    path, _, function = DEPLOYMENTS[name]["entrypoint"].partition(":")
    assert (CHECKOUT / path).is_file()
    flow = getattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), function)
    inspect.signature(flow.fn).bind(**DEPLOYMENTS[name]["parameters"])


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_deployment_has_a_valid_schedule_and_runs_one_at_a_time(name: str) -> None:
    deployment = DEPLOYMENTS[name]
    assert deployment["schedules"]
    for schedule in deployment["schedules"]:
        construct_schedule(
            cron=schedule.get("cron"), interval=schedule.get("interval"), timezone=schedule.get("timezone")
        )
    limit = deployment["concurrency_limit"]
    assert (limit if isinstance(limit, int) else limit["limit"]) == 1


def test_runs_start_in_the_checkout_that_was_deployed_wherever_that_is() -> None:
    assert PROJECT["pull"] == [{"prefect.deployments.steps.set_working_directory": {"directory": "{{ $PWD }}"}}]
    assert all(not value.startswith("/") for value in _texts(PROJECT))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []
