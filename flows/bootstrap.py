"""Set up the project with nothing but a Python, then run the sample corpus or the tests.

    python3 -m flows.bootstrap sample
    python3 -m flows.bootstrap test

Makes `.venv` in the checkout from the pinned versions of `requirements.lock`, where it is missing, out of date or was
left half-made, and goes on in it. Running it again costs a second. Standard library only, and readable by a Python
that is too old for the rest, which it then says.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON, FIRST_UNTRIED_PYTHON = (3, 11), (3, 14)
CHECKOUT = Path(__file__).resolve().parent.parent
ENVIRONMENT = CHECKOUT / ".venv"
# Written last, so that an environment without it is one that was left half-made.
STAMP = ENVIRONMENT / "dateline-installed.txt"
LOCK = CHECKOUT / "requirements.lock"
SAMPLE_CORPUS = "seeds/inbox"
SAMPLE_QUERY = """\
SELECT title, publisher, copy_count, canonical_reason
FROM canonical_articles
WHERE copy_count > 1
ORDER BY copy_count DESC, title"""


class SetUpError(Exception):
    """The set-up cannot go on; the message says why and what to do next."""


def main(arguments: list[str] | None = None) -> int:
    """Set up, then do what was asked for; returns the exit code of what was run, or 2 where the set-up failed."""
    parser = argparse.ArgumentParser(prog="python3 -m flows.bootstrap", description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("install", help="only set up .venv")
    verbs.add_parser("sample", help="run the sample corpus into warehouse/ and query the result")
    test = verbs.add_parser("test", help="run the tests; what follows is passed to pytest")
    test.add_argument("pytest_arguments", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(arguments)
    try:
        check_python()
        install()
    except SetUpError as problem:
        print(f"set-up failed: {problem}", file=sys.stderr)
        return 2
    if chosen.verb == "sample":
        return run_sample()
    if chosen.verb == "test":
        return call([str(program("python")), "-m", "pytest", *chosen.pytest_arguments])
    return 0


def check_python() -> None:
    """Refuse a Python that the pinned versions do not support, or one that cannot make an environment."""
    running = sys.version_info[:2]
    if not OLDEST_PYTHON <= running < FIRST_UNTRIED_PYTHON:
        raise SetUpError(
            "this is Python {}.{}; Dateline needs 3.11, 3.12 or 3.13.\n"
            "Next: run the same command with one of those, as in `python3.11 -m flows.bootstrap sample`.".format(
                *running
            )
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as problem:
        raise SetUpError(
            f"this Python ({sys.executable}) comes without the module `{problem.name}`, which makes environments.\n"
            "Next: install it (on Debian and Ubuntu `apt-get install python3-venv`) and run the same command again."
        ) from None


def install() -> None:
    """Make the environment where it is missing, out of date or half-made."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and program("python").exists():
        return
    if ENVIRONMENT.exists():
        say(f"removing {ENVIRONMENT.name}: it is incomplete or made from other versions")
        shutil.rmtree(ENVIRONMENT)
    say(f"making {ENVIRONMENT.name} with the versions of {LOCK.name} (once, one to three minutes)")
    step([sys.executable, "-m", "venv", str(ENVIRONMENT)], "the environment could not be made")
    pip = [str(program("python")), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    step([*pip, "--no-deps", "-r", str(LOCK)], "a package could not be installed")
    step([*pip, "--no-deps", "--editable", str(CHECKOUT)], "Dateline itself could not be installed")
    STAMP.write_text(wanted, encoding="utf-8")


def fingerprint() -> str:
    """Return what the environment is made from: Python's version, hashes of the pins and the project's table."""
    files = (LOCK, CHECKOUT / "pyproject.toml")
    hashes = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    return "\n".join([f"python {sys.version.split()[0]} {CHECKOUT}", *hashes, ""])


def program(name: str) -> Path:
    """Return the path of a program of the environment."""
    return ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / (name + (".exe" if os.name == "nt" else ""))


def run_sample() -> int:
    """Run the sample corpus, then show one query of what it published; returns the run's exit code."""
    dateline = str(program("dateline"))
    code = call([dateline, "run", SAMPLE_CORPUS])
    if code != 0:
        return code
    code = call([dateline, "sql", SAMPLE_QUERY], shown=f'dateline sql "{SAMPLE_QUERY}"')
    warehouse = Path(os.environ.get("DATELINE_WAREHOUSE") or CHECKOUT / "warehouse")
    say(f"warehouse: {warehouse.resolve() / 'news.duckdb'}")
    return code


def step(command: list[str], failure: str) -> None:
    """Run one command of the set-up; its output is shown, and its failure ends the set-up."""
    code = subprocess.call(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL)
    if code != 0:
        raise SetUpError(
            f"{failure}: `{' '.join(command)}` ended with code {code}.\n"
            "Next: see the messages above (a package registry must be reachable), then run the same command again; "
            f"an unfinished {ENVIRONMENT.name} is made anew."
        )


def call(command: list[str], shown: str | None = None) -> int:
    """Run a command of the project in the checkout, saying which; returns its exit code."""
    say(f"$ {shown or ' '.join([Path(command[0]).name, *command[1:]])}")
    try:
        return subprocess.call(command, cwd=CHECKOUT)
    except KeyboardInterrupt:
        return 130


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
