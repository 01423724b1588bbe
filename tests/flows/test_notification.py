"""Alarms reach a receiver on this machine: who is told of what, and what happens where nobody can be told."""

from __future__ import annotations

import json
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from flows import notification
from flows.command_line import dateline
from flows.gates import GateFailedError
from flows.settings import load_settings
from warehouse.layout import layout_of
from warehouse.reading import open_history, query
from warehouse.sessions import build_session

SEEDS = Path(__file__).parents[2] / "seeds" / "inbox"
Ingest = Callable[..., str]


@dataclass
class Receiver:
    """A web server that keeps what is posted to it, and answers what it is told to, else 204."""

    address: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    types: list[str] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.types.append(self.headers["Content-Type"])
            kept.got.append(json.loads(body))
            self.send_response(kept.answers.pop(0) if kept.answers else 204)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.address = f"http://127.0.0.1:{server.server_port}/alarms"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield kept
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notification, "PAUSE_SECONDS", 0.01)


@pytest.fixture
def unreachable() -> str:
    """An address at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://user:secret@127.0.0.1:{probe.getsockname()[1]}/alarms?token=secret"


@pytest.fixture
def empty_inbox(tmp_path: Path) -> Path:
    """An inbox whose run fails its gate: it holds no article."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "empty.txt").write_bytes(b"")
    return tmp_path / "inbox"


def fail_a_gate(ingest: Ingest, inbox: Path, warehouse: Path) -> None:
    with pytest.raises(GateFailedError):
        ingest([inbox], warehouse)
    with open_history(layout_of(warehouse)) as connection:
        assert query(connection, "select status from runs").rows == [("gate-failed",)]


def test_a_failed_gate_is_posted_as_json(
    receiver: Receiver, empty_inbox: Path, tmp_path: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_NOTIFY", receiver.address)
    fail_a_gate(ingest, empty_inbox, tmp_path / "warehouse")
    (alarm,) = receiver.got
    assert receiver.types == ["application/json"]
    assert (alarm["source"], alarm["kind"], alarm["status"]) == ("dateline", "gate-failed", "gate-failed")
    assert alarm["text"].startswith(f"Dateline: run {alarm['run_id']}: Failed: ")
    assert "There is at least one article." in alarm["text"]
    assert alarm["warehouse"] == str(tmp_path / "warehouse")
    assert ("articles-are-there", "critical", "fail") in {
        (one["expectation"], one["severity"], one["outcome"]) for one in alarm["expectations"]
    }


def test_an_expectation_that_cannot_be_evaluated_is_told_apart(
    receiver: Receiver, tmp_path: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "warehouse"
    (page, *_) = sorted((SEEDS / "html").glob("*.html"))
    assert ingest([page], warehouse) == "published"
    with build_session(load_settings(warehouse=warehouse).layout) as build:
        build.connection.execute("alter table staging.disagreements alter column event_id type integer[] using null")
    monkeypatch.setenv("DATELINE_NOTIFY", receiver.address)
    with pytest.raises(GateFailedError):
        ingest([page, SEEDS / "text" / "quarry-hill-bakery.txt"], warehouse)
    assert [alarm["kind"] for alarm in receiver.got] == ["gate-error"]


def test_drift_of_a_published_run_is_told_and_a_good_run_is_not(
    receiver: Receiver, tmp_path: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_NOTIFY", receiver.address)
    warehouse, inbox = tmp_path / "warehouse", tmp_path / "inbox"
    shutil.copytree(SEEDS / "text", inbox)
    assert ingest([inbox], warehouse) == "published"
    assert receiver.got == []
    for number in range(40):  # a source that delivers empty pages
        (inbox / f"page-{number}.html").write_text(f"<html><body><p>{number}</p></body></html>")
    assert ingest([inbox], warehouse) == "published"
    (alarm,) = receiver.got
    assert (alarm["kind"], alarm["status"]) == ("drift", "published")
    assert all(one["is_about_drift"] for one in alarm["expectations"])
    assert any(one["expectation"].endswith("quarantine-is-not-unusual") for one in alarm["expectations"])
    assert "which was published" in alarm["title"]


def test_a_receiver_that_is_not_there_is_a_warning_and_changes_nothing(
    unreachable: str,
    empty_inbox: Path,
    tmp_path: Path,
    ingest: Ingest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATELINE_NOTIFY", unreachable)
    fail_a_gate(ingest, empty_inbox, tmp_path / "warehouse")
    said = capsys.readouterr().err
    assert "Warning: the notification (gate-failed) was not delivered to http://127.0.0.1:" in said
    assert "ConnectError" in said
    assert "secret" not in said


def test_addresses_and_commands_are_not_recorded_with_the_run(
    unreachable: str, empty_inbox: Path, tmp_path: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_NOTIFY", unreachable)
    monkeypatch.setenv("DATELINE_NOTIFY_COMMAND", "true secret")
    fail_a_gate(ingest, empty_inbox, tmp_path / "warehouse")
    with open_history(layout_of(tmp_path / "warehouse")) as connection:
        ((settings,),) = query(connection, "select settings from runs").rows
    assert "secret" not in settings


def test_targets_that_can_never_be_reached_are_named_when_a_run_begins(
    tmp_path: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATELINE_NOTIFY", "nonsense://user:secret@where https://alarms.example.org")
    monkeypatch.setenv("DATELINE_NOTIFY_COMMAND", "no-such-command-anywhere --loud")
    shutil.copy(SEEDS / "text" / "quarry-hill-bakery.txt", tmp_path)
    assert ingest([tmp_path / "quarry-hill-bakery.txt"], tmp_path / "warehouse") == "published"
    said = capsys.readouterr().err
    assert "DATELINE_NOTIFY names nonsense://where, but the address is neither" in said
    assert "'no-such-command-anywhere'" in said
    assert "alarms.example.org" not in said
    assert "secret" not in said


def test_alarms_of_one_trouble_share_a_key(
    receiver: Receiver, empty_inbox: Path, tmp_path: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_NOTIFY", receiver.address)
    for _ in range(2):
        with pytest.raises(GateFailedError):
            ingest([empty_inbox], tmp_path / "warehouse")
    first, second = receiver.got
    assert first["run_id"] != second["run_id"]
    assert first["dedup_key"] == second["dedup_key"]
    assert told(DATELINE_NOTIFY=receiver.address)[0] == 0
    assert receiver.got[-1]["dedup_key"] != first["dedup_key"]


def told(**options: Any) -> tuple[int, str]:
    """Send a test message; returns the exit code and what was said."""
    result = CliRunner().invoke(dateline, ["notify"], env=options)
    return result.exit_code, result.stderr


@pytest.mark.parametrize(("answers", "posts", "code"), [([503, 429], 3, 0), ([500, 500, 500], 3, 3), ([404], 1, 3)])
def test_a_receiver_in_trouble_is_asked_again_and_one_that_refuses_is_not(
    receiver: Receiver, answers: list[int], posts: int, code: int
) -> None:
    receiver.answers = list(answers)
    exit_code, said = told(DATELINE_NOTIFY=receiver.address)
    assert (len(receiver.got), exit_code) == (posts, code)
    assert f"answered {answers[-1]}" in said if code else "Notified http://127.0.0.1:" in said


def test_a_service_that_apprise_knows_is_told_in_its_own_way(receiver: Receiver) -> None:
    exit_code, said = told(DATELINE_NOTIFY=receiver.address.replace("http://", "json://"))
    assert exit_code == 0, said
    assert [(alarm["title"], alarm["type"]) for alarm in receiver.got] == [("Dateline: a test message", "info")]


def test_a_service_of_apprise_that_fails_says_why(receiver: Receiver) -> None:
    receiver.answers = [500] * 10
    exit_code, said = told(DATELINE_NOTIFY=receiver.address.replace("http://", "json://"))
    assert exit_code == 3
    assert "error=500" in said


def test_one_target_that_fails_does_not_keep_the_others_from_being_told(receiver: Receiver, unreachable: str) -> None:
    exit_code, said = told(DATELINE_NOTIFY=f"nonsense://where {unreachable} {receiver.address}")
    assert exit_code == 3
    assert len(receiver.got) == 1
    assert said.count("Warning: ") == 2
    assert "neither http(s) nor one that Apprise knows" in said


def test_a_command_gets_the_message_on_its_standard_input(tmp_path: Path) -> None:
    exit_code, said = told(DATELINE_NOTIFY_COMMAND=f"tee '{tmp_path / 'the alarm.json'}'")
    assert exit_code == 0, said
    assert json.loads((tmp_path / "the alarm.json").read_bytes())["kind"] == "test"


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (f"{sys.executable} -c 'import sys; sys.exit(\"the pager is off\")'", "ended with code 1: the pager is off"),
        ("no-such-command-anywhere", "could not be run"),
        ("tee 'unclosed", "No closing quotation"),
    ],
)
def test_a_command_that_fails_is_a_warning_with_its_reason(command: str, reason: str) -> None:
    exit_code, said = told(DATELINE_NOTIFY_COMMAND=command)
    assert exit_code == 3
    assert reason in said


def test_without_a_target_the_test_message_is_wrong_usage() -> None:
    exit_code, said = told(DATELINE_NOTIFY="")
    assert exit_code == 2
    assert "DATELINE_NOTIFY" in said


def test_a_check_that_fails_is_told(receiver: Receiver, sample_warehouse: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(sample_warehouse, warehouse)
    with duckdb.connect(str(layout_of(warehouse).published)) as connection:
        connection.execute("update events set begin_on = begin_on + 400")
    result = CliRunner().invoke(
        dateline, ["check", "--warehouse", str(warehouse)], env={"DATELINE_NOTIFY": receiver.address}
    )
    assert result.exit_code == 1
    assert [(alarm["kind"], alarm["status"]) for alarm in receiver.got] == [("gate-failed", "checked")]
    assert receiver.got[0]["next"] == "dateline check"
