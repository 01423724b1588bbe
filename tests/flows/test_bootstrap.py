"""The set-up: what it refuses, what it makes anew, and that its pins are complete."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from flows import bootstrap

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def bare_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose one pin no registry has, with pip kept from asking one."""
    (tmp_path / "requirements.lock").write_text("a-package-that-is-nowhere==0\n")
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setattr(bootstrap, "CHECKOUT", tmp_path)
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "stamp.txt")
    monkeypatch.setattr(bootstrap, "LOCK", tmp_path / "requirements.lock")
    return tmp_path


def _pins() -> dict[str, str]:
    lines = (CHECKOUT / "requirements.lock").read_text("utf-8").splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in pinned)
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in pinned)}


def test_every_dependency_of_the_project_is_pinned_within_its_bounds() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = _pins()
    for text in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
        wanted = Requirement(text)
        assert pins[canonicalize_name(wanted.name)] in wanted.specifier


def test_what_the_pinned_packages_need_is_pinned_too() -> None:
    pins = _pins()
    for name in pins:
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:  # a pin for another Python than this one
            continue
        for wanted in map(Requirement, needs):
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                assert canonicalize_name(wanted.name) in pins, f"{name} needs {wanted}"


def test_a_python_that_is_too_old_is_told_which_one_to_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(bootstrap.SetUpError, match=r"this is Python 3\.9; .*\nNext: .*python3\.11 -m flows\.bootstrap"):
        bootstrap.check_python()


def test_a_python_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(bootstrap.SetUpError, match=r"(?s)Next: .*python3-venv"):
        bootstrap.check_python()


def test_an_environment_left_half_made_is_made_anew(bare_checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    leftover = bare_checkout / ".venv" / "leftover"
    leftover.parent.mkdir()
    leftover.write_text("")
    with pytest.raises(bootstrap.SetUpError, match=r"(?s)a package could not be installed.*Next:"):
        bootstrap.install()
    assert not leftover.exists()
    assert not bootstrap.STAMP.exists()
    assert "a-package-that-is-nowhere" in capfd.readouterr().err


def test_an_environment_that_is_complete_is_left_alone_until_a_pin_changes(bare_checkout: Path) -> None:
    python = bootstrap.program("python")
    python.parent.mkdir(parents=True)
    python.write_text("")
    bootstrap.STAMP.write_text(bootstrap.fingerprint())
    bootstrap.install()
    assert python.read_text() == ""
    bootstrap.LOCK.write_text("another-package-that-is-nowhere==0\n")
    assert bootstrap.STAMP.read_text() != bootstrap.fingerprint()


def test_the_set_up_runs_on_the_standard_library_alone() -> None:
    answer = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(CHECKOUT)!r}); import flows.bootstrap",
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert answer.returncode == 0, answer.stderr
