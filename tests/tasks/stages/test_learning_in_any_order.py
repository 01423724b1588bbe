"""What is learned follows from the documents alone: any order, any split into runs, any coming and going."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks import batches
from tasks.stages.clean import clean_articles
from tasks.stages.discover import Limits, discover
from tasks.stages.page import load_parsed_parts, raw_parts, stage_documents
from warehouse.build_file import open_build
from warehouse.layout import layout_of

Made = Any  # the classes and functions of conftest.py

SEEDS = Path(__file__).parents[3] / "seeds" / "inbox"
STANDING = ("Become a member of the paper.", "Read 12 comments", "Background", "-Share this story with your friends")

plans = st.lists(
    st.tuples(
        st.integers(0, 9),  # the subject
        st.lists(st.sampled_from(STANDING), max_size=3, unique=True),
        st.sampled_from(["Harbour Post", "Inland Echo", None]),
    ),
    min_size=1,
    max_size=12,
)


def pages_of(plan: list[tuple[int, list[str], str | None]], page: Made, story: Made) -> list[Made]:
    """Make the planned pages; two with the same subject are copies that may differ in what stands below them."""
    return [
        page(f"page-{number}", story(subject, *extra).lines, publisher, "https://www.post.example/news")
        for number, (subject, extra, publisher) in enumerate(plan)
    ]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans, data=st.data())
def test_any_order_and_split_with_pages_held_back_and_released_equals_one_run(
    two_warehouses: Made, page: Made, story: Made, plan: list[tuple[int, list[str], str | None]], data: st.DataObject
) -> None:
    pages = pages_of(plan, page, story)
    whole, split = two_warehouses
    whole.clear()
    split.clear()
    whole.add(pages)
    kept_out = data.draw(st.lists(st.sampled_from([made.name for made in pages]), max_size=2, unique=True))
    whole.hold_back(*kept_out)
    whole.learn()
    waiting = data.draw(st.permutations(pages))
    while waiting:
        size = data.draw(st.integers(1, len(waiting)))
        split.add(waiting[:size])
        waiting = waiting[size:]
        split.hold_back(*data.draw(st.lists(st.sampled_from([made.name for made in pages]), max_size=2, unique=True)))
        split.learn()
    split.hold_back(*kept_out)
    split.learn()
    assert split.state() == whole.state()


def clean_sample(folder: Path, runs: list[list[Path]]) -> list[list[tuple[object, ...]]]:
    """Read files of the sample corpus in several runs through the stages; returns their blocks, articles, evidence."""
    with open_build(layout_of(folder)) as build:
        for number, paths in enumerate(runs):
            for _ in discover(build, "run", [str(path) for path in paths], Limits(50_000_000, 200, 32_000_000)):
                pass
            loaded = {raw for (raw,) in build.connection.execute("select raw_part from ledger.loaded_parts").fetchall()}
            due = [raw for raw in raw_parts(build.connection) if raw not in loaded]
            (folder / "parts").mkdir(exist_ok=True)
            parts = {
                raw: batches.parse_batch(str(build.layout.archive / raw), str(folder / "parts" / f"{number}-{raw}"))
                for raw in due
            }
            load_parsed_parts(build.connection, parts)
            stage_documents(build.connection, "run")
            clean_articles(build.connection, "run")
        tables = ("staging.blocks", "staging.articles", "page.learned_lines", "page.line_evidence")
        return [build.connection.execute(f"from {table} order by all").fetchall() for table in tables]


def test_the_sample_corpus_is_cleaned_alike_in_several_runs_and_orders(tmp_path: Path) -> None:
    paths = sorted(path for path in SEEDS.rglob("*") if path.is_file() and "broken" not in path.parts)
    whole = clean_sample(tmp_path / "whole", [paths])
    backwards = [paths[start : start + 9][::-1] for start in range(0, len(paths), 9)][::-1]
    assert clean_sample(tmp_path / "backwards", backwards) == whole
    assert clean_sample(tmp_path / "interleaved", [paths[start::3] for start in (2, 0, 1)]) == whole
