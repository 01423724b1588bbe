"""Floors for time expressions on labelled news stories (TempEval-3), where they are at hand."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).parents[3]
STORIES = CHECKOUT / "../shared/bench/temporal"


@pytest.fixture(scope="module")
def dates() -> ModuleType:
    """The benchmark program, which reads and scores the stories."""
    specification = importlib.util.spec_from_file_location("benchmark_dates", CHECKOUT / "benchmarks/dates.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["benchmark_dates"] = module
    specification.loader.exec_module(module)
    return module


@pytest.mark.skipif(not STORIES.is_dir(), reason="the labelled stories are not beside the checkout")
def test_stories_score_at_least_their_floors(dates: ModuleType) -> None:
    stories = [dates.read_story(path) for path in sorted(STORIES.glob("*.tml"))]
    figures = dates.score([row for story in stories for row in dates.compare(story, dates.annotate_story(story))])
    assert figures["value_f1"] >= 0.80
    assert figures["value_one_spelling_f1"] >= 0.82
    assert figures["relaxed_f1"] >= 0.94
    assert figures["strict_f1"] >= 0.88


def test_the_score_counts_spans_values_and_spellings(dates: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "story.tml"
    path.write_text(
        '<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2000-02-10">February 10</TIMEX3></DCT>\n<TEXT>\n'
        'He came <TIMEX3 tid="t1" type="DATE" value="2000-W6">this week</TIMEX3> &amp; left '
        '<TIMEX3 tid="t2" type="DATE" value="2000-02-09">Wednesday</TIMEX3>, as <TIMEX3 tid="t3" type="DATE" '
        'value="PAST_REF">once</TIMEX3> in <TIMEX3 tid="t4" type="DATE" value="1999">1998</TIMEX3>.\n</TEXT></TimeML>',
        encoding="utf-8",
    )
    story = dates.read_story(path)
    figures = dates.score(list(dates.compare(story, dates.annotate_story(story))))
    # three of four found, none extra; one value equal, one more in another spelling
    assert figures["relaxed_f1"] == pytest.approx(6 / 7, abs=1e-4)
    assert figures["value_f1"] == pytest.approx(2 / 7, abs=1e-4)
    assert figures["value_one_spelling_f1"] == pytest.approx(4 / 7, abs=1e-4)


def test_a_folder_without_stories_is_refused(
    dates: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dates.main([str(tmp_path)]) == 2
    assert "no .tml files" in capsys.readouterr().err
