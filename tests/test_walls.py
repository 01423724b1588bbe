"""Who may import whom: the walls between the packages, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("flows", "tasks", "expectations", "warehouse")
MAY_IMPORT = {
    "flows": {"flows", "tasks", "expectations", "warehouse"},
    "tasks": {"tasks", "warehouse"},
    "expectations": {"expectations", "warehouse"},
    "warehouse": {"warehouse"},
}
#: The pure stage packages know nothing of the orchestrator or the database.
PURE = ("tasks/parse", "tasks/clean", "tasks/dedupe", "tasks/enrich")
MACHINERY = {"prefect", "duckdb", "great_expectations", "sqlalchemy"}


def imported_packages(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield path.relative_to(ROOT).parts[0]
            elif node.module:
                yield node.module.partition(".")[0]


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_what_lies_on_its_side_of_the_wall(package: str) -> None:
    files = sources(package)
    assert files, f"{package} holds no source"
    crossings = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        for name in imported_packages(path)
        if name in PACKAGES and name not in MAY_IMPORT[package]
    }
    assert not crossings


def test_the_pure_stages_know_neither_the_orchestrator_nor_the_database() -> None:
    crossings = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(*PURE)
        for name in imported_packages(path)
        if name in MACHINERY
    }
    assert not crossings


def test_the_wall_test_sees_an_import_inside_a_function(tmp_path: Path) -> None:
    offender = tmp_path / "offender.py"
    offender.write_text("def late():\n    import expectations.gate\n    from tasks.clean import learned\n")
    assert set(imported_packages(offender)) == {"expectations", "tasks"}


def test_the_audit_reads_no_word_list_of_the_stages() -> None:
    mentions = [path for path in sources("expectations") if "tasks/" in path.read_text("utf-8").replace("`tasks/`", "")]
    assert not mentions
