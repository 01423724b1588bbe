"""The audit's phrases find furniture standing alone on a line, and leave prose alone."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import duckdb
import pytest

from expectations import boilerplate_phrases
from expectations.boilerplate_phrases import phrase_lists, whole_line_pattern
from expectations.gate import audit
from expectations.suites.boilerplate import TOPICS

SHARED = Path(__file__).parents[2] / "../shared"


def lists_that_match(text: str) -> set[str]:
    with duckdb.connect() as connection:
        query = "select regexp_matches(?, ?)"
        return {
            name
            for name in phrase_lists()
            if connection.execute(query, [text, whole_line_pattern(name)]).fetchone() == (True,)
        }


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("  ADVERTISEMENT  ", "advertising"),
        ("© 2025 Alpha Post", "legal"),
        ("Alpha Post does not provide investment advice.", "legal"),
        ("Ada Byron writes about bridges for Alpha Post.", "biographies"),
        ("Reach the newsroom at 555-0100 or news@alpha.example.", "biographies"),
        ("The day's stories, in your inbox by six.", "newsletters"),
        ("Read more: The border talks, explained", "navigation"),
        ("» Related Articles «", "navigation"),
        ("Accessibility links", "navigation"),
        ("Sign up for our free morning newsletter!", "newsletters"),
        ("Try Our AI Features", "newsletters"),
        ("Explore what Daily8 AI can do for you:", "newsletters"),
        ("please wait", "players"),
        ("16x9 Image", "players"),
        ("0:00 0:02:30 0:00", "players"),
        ("No comments yet...", "sharing"),
        ("XS SM MD LG", "sharing"),
        ("Share on Facebook", "sharing"),
    ],
)
def test_furniture_alone_on_a_line_is_found(line: str, name: str) -> None:
    assert name in lists_that_match(f"The envoy met the minister.\n{line}\nTalks go on.")


@pytest.mark.parametrize(
    "prose",
    [
        "The advertisement was withdrawn after complaints.",
        "Police asked witnesses to share this story with neighbours who may have seen the car.",
        "He told readers to sign up for military service.",
        "Breaking news alerts woke half the country.",
        "Comments by the minister drew protests.",
        "The video could not be played in court, the judge said.",
        "Copyright law has not kept up, the publishers argue.",
        "Москва: read more",
        "The paper's correspondent writes about the sea, and sometimes about the people on it.",
        "The author is dead, said the critic.",
        "Anyone with information should contact the police on 555-0100.",
        "“Subscribe to nothing you cannot prove,” she wrote.",
    ],
)
def test_prose_is_left_alone(prose: str) -> None:
    assert lists_that_match(prose) == set()


def test_every_list_has_its_topic_and_only_good_patterns() -> None:
    assert set(phrase_lists()) == set(TOPICS)
    with duckdb.connect() as connection:
        for path in boilerplate_phrases.FOLDER.glob("*.txt"):
            lines = path.read_text("utf-8").splitlines()
            assert lines[0].startswith("# "), path
            for line in lines:
                if not line.startswith("#"):
                    assert connection.execute("select regexp_matches('', ?)", [f"^(?:{line})$"]).fetchone() == (False,)


def test_an_empty_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nothing.txt").write_text("# only a comment\n", "utf-8")
    monkeypatch.setattr(boilerplate_phrases, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"nothing\.txt"):
        whole_line_pattern("nothing")


@pytest.mark.skipif(not (SHARED / "bench/extraction").is_dir(), reason="the labelled pages are not beside the checkout")
def test_at_most_one_labelled_line_in_a_thousand_matches() -> None:
    """Measured: 3 of 3,253 lines of two labelled sets, each of them furniture that the labels had left in."""
    lines = []
    for name in ("fundus_en", "zyte"):
        with gzip.open(SHARED / f"bench/extraction/{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
            for record in map(json.loads, stream):
                lines += [line for line in re.split(r"\n+", record["gold_text"]) if line.strip()]
    with duckdb.connect() as connection:
        connection.execute("create table lines (line varchar)")
        connection.execute("insert into lines select unnest(?)", [lines])
        matching = [
            connection.execute(
                "select count(*) from lines where regexp_matches(line, ?)", [whole_line_pattern(name)]
            ).fetchall()[0][0]
            for name in phrase_lists()
        ]
    assert len(lines) > 2_000
    assert sum(matching) <= len(lines) / 1_000


@pytest.mark.parametrize(("length", "is_found"), [(300, True), (900, False)])
def test_a_notice_glued_to_an_article_of_one_line_does_not_condemn_it(
    warehouse: duckdb.DuckDBPyConnection, length: int, is_found: bool
) -> None:
    line = "We use cookies to improve your visit. ".ljust(length, "x")
    warehouse.execute("update staging.blocks set text = ? where block_id = 'envoy-block-2'", [line])
    result = audit(warehouse, "clean", schema="staging", run_id="run-1")
    (found,) = [each for each in result.results if each.expectation == "no-boilerplate-of-legal"]
    assert (found.outcome == "fail") is is_found
