"""Settings: options first, then the environment, then defaults; a wrong value is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import load_settings
from warehouse.errors import UsageError


def test_an_option_beats_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_JOBS", "3")
    assert load_settings().jobs == 3
    assert load_settings(jobs=5).jobs == 5


def test_the_warehouse_folder_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_WAREHOUSE", str(tmp_path / "news"))
    assert load_settings().layout.root == tmp_path / "news"


def test_rules_to_restore_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_RESTORE_RULES", "author-biography, legal-notice")
    assert load_settings().restore_rules == ("author-biography", "legal-notice")


def test_a_wrong_value_names_the_setting_and_the_value() -> None:
    with pytest.raises(UsageError, match=r"jobs.*greater than or equal to 1.*got 0"):
        load_settings(jobs=0)


def test_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageError, match="job_count"):
        load_settings(job_count=2)


def test_where_the_warehouse_lies_does_not_change_what_is_published(tmp_path: Path) -> None:
    one, other = load_settings(warehouse=tmp_path / "a", jobs=1), load_settings(warehouse=tmp_path / "b", jobs=2)
    assert one.content_settings() == other.content_settings()
    assert load_settings(restore_rules=("teaser",)).content_settings() != one.content_settings()
