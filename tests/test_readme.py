"""The README says what is so: its transcripts are what the program prints, and it names every command and setting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.bootstrap import SAMPLE_QUERY
from flows.command_line import dateline
from flows.rendering import render
from flows.settings import Settings
from flows.summary import summary_table
from warehouse.layout import layout_of
from warehouse.reading import open_published, query

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def transcript(name: str) -> list[str]:
    """Return the lines of the code block that follows a marker."""
    found = re.search(rf"<!-- {name} -->\n```\n(.*?)```", README, re.S)
    assert found, f"the README has no block after <!-- {name} -->"
    return found[1].splitlines()


def masked(lines: list[str]) -> list[str]:
    """Hide what differs from run to run: seconds, run identifiers, paths."""
    joined = "\n".join(line.rstrip() for line in lines)
    joined = re.sub(r"\d{8}T\d{6}Z-[0-9a-f]{6}", "RUN", joined)
    joined = re.sub(r"(Warehouse: ).*", r"\1PATH", joined)
    joined = re.sub(r"[\d.e-]+(?= *│ *(\d+ of|no gate))", "SECONDS", joined)
    return [re.sub(r"\s+|━+", " ", line) for line in joined.splitlines()]


def test_the_sample_run_prints_what_the_readme_shows(sample_warehouse: Path) -> None:
    assert masked(transcript("sample-run")) == masked(summary_table(layout_of(sample_warehouse)).splitlines())


def test_the_sample_query_gives_what_the_readme_shows(sample_warehouse: Path) -> None:
    shown = transcript("sample-query")
    with open_published(layout_of(sample_warehouse)) as connection:
        result = render(query(connection, SAMPLE_QUERY), "table").splitlines()
    assert shown[0].startswith("$ dateline sql")
    assert [line.rstrip() for line in shown[-len(result) :]] == result
    assert "\n".join(shown[: -len(result)]) == f'$ dateline sql "{SAMPLE_QUERY}"'


@pytest.mark.parametrize("verb", sorted(dateline.commands))
def test_the_readme_names_every_verb(verb: str) -> None:
    assert re.search(rf"`(dateline )?{verb}\b", README)


def test_the_readme_names_every_setting() -> None:
    named = set(re.findall(r"DATELINE_([A-Z_]+)", README))
    assert {name.upper() for name in Settings.model_fields} <= named | {"TRACEBACK"}


def test_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (Path(__file__).parents[1] / target).exists(), target


def test_the_page_on_quality_names_commands_and_settings_that_there_are() -> None:
    page = (Path(__file__).parents[1] / "docs" / "quality.md").read_text("utf-8")
    assert set(re.findall(r"(?m)(?:^|`)dateline ([a-z]+)", page)) <= set(dateline.commands)
    assert {name.lower() for name in re.findall(r"DATELINE_([A-Z_]+)", page)} <= set(Settings.model_fields)
