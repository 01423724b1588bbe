"""Measure what Dateline makes of labelled pages, beside its peers: accuracy, milliseconds and memory a page.

    python benchmarks/extract.py FOLDER
    python benchmarks/extract.py FOLDER --sets fundus_en zyte --peers trafilatura+meta --rounds 3
    python benchmarks/extract.py FOLDER --shape flattened
    python benchmarks/extract.py FOLDER --end-to-end

FOLDER holds sets of labelled pages, gzipped JSON Lines with `id`, `html` and, where known, `url`, `gold_text`,
`gold_title` and `gold_date`. Text figures are precision, recall and F1 over word 4-grams. All extractors run in one
process, taking turns on each page; `ratio` is the median time against trafilatura with metadata. Peers that are not
installed are skipped. `--shape flattened` gives Dateline the pages' text with everything in it (peers read pages only).
`--end-to-end` runs the pages through the whole pipeline instead and scores the published lead articles.
`--models DIR` reads the line models from DIR, as `benchmarks/fit_line_models.py` writes them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from extraction.accuracy import score
from extraction.cost import describe_times, peak_megabytes, run_in_turns
from extraction.extractors import BASELINE, DATELINE, LOADERS, Extractor, load, use_models
from extraction.pages import FLATTENED, PAGE, LabelledPage, every, read_set, set_names

Row = dict[str, Any]
#: Memory is measured on this many pages of all sets, one at a time.
PAGES_FOR_MEMORY = 60
COLUMNS = (
    "set", "extractor", "pages", "text_precision", "text_recall", "text_f1", "title", "date_precision", "date_recall",
    "median_ms", "mean_ms", "ratio", "median_peak_mb", "largest_peak_mb",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0, or 1 where the pipeline published nothing."""
    options = read_options(arguments)
    if options.models:
        use_models(options.models)
    sets = {name: read_set(options.folder, name, options.shape, options.limit) for name in options.sets}
    if options.end_to_end:
        return print_published(sets, options)
    extractors = usable_extractors([DATELINE, *options.peers] if options.shape == PAGE else [DATELINE])
    times: dict[str, list[float]] = {name: [] for name in extractors}
    rows: list[Row] = []
    for set_name, pages in sets.items():
        answers, spent = run_in_turns(extractors, pages, options.rounds)
        rows += [
            {"set": set_name, "extractor": name, **score(pages, answers[name]), **describe_times(spent[name])}
            for name in extractors
        ]
        for name in extractors:
            times[name] += spent[name]
    everything = [page for pages in sets.values() for page in pages]
    rows += [
        {
            "set": "all",
            "extractor": name,
            "pages": len(everything),
            **describe_times(times[name]),
            **peak_megabytes(extract, every(everything, PAGES_FOR_MEMORY)),
        }
        for name, extract in extractors.items()
    ]
    print_rows(with_ratios(rows), options.format)
    return 0


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; wrong usage ends with exit code 2."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of sets, each NAME.jsonl.gz")
    parser.add_argument("--sets", nargs="+", metavar="NAME", help="sets to read (default: all of the folder)")
    peers = [name for name in LOADERS if name != DATELINE]
    parser.add_argument("--peers", nargs="*", choices=peers, default=peers, help="peers to run (default: all)")
    parser.add_argument("--limit", type=int, help="pages of each set (default: all)")
    parser.add_argument("--rounds", type=int, default=1, help="rounds of the speed measurement (default: 1)")
    parser.add_argument("--shape", choices=(PAGE, FLATTENED), default=PAGE, help="what Dateline gets (default: page)")
    parser.add_argument("--end-to-end", action="store_true", help="score what the pipeline publishes")
    parser.add_argument("--jobs", type=int, default=1, help="worker processes of --end-to-end (default: 1)")
    parser.add_argument("--models", type=Path, metavar="DIR", help="folder of line models to use instead")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    options = parser.parse_args(arguments)
    known = set_names(options.folder)
    options.sets = options.sets or known
    if not known or set(options.sets) - set(known):
        parser.error(f"{options.folder} holds the sets: {', '.join(known) or 'none'}")
    if options.rounds < 1 or (options.limit or 1) < 1 or options.jobs < 1:
        parser.error("--rounds, --limit and --jobs must be at least 1")
    if options.models and options.jobs > 1:
        parser.error("--models works in this process only: leave out --jobs")
    return options


def usable_extractors(names: Sequence[str]) -> dict[str, Extractor]:
    """Load the extractors that are installed; say on stderr which are not."""
    usable: dict[str, Extractor] = {}
    for name in names:
        found = load(name)
        if isinstance(found, str):
            print(found, file=sys.stderr)
        else:
            usable[name] = found
    return usable


def with_ratios(rows: list[Row]) -> list[Row]:
    """Add to each row its median time against that of trafilatura with metadata on the same set, where that ran."""
    baseline = {row["set"]: row["median_ms"] for row in rows if row["extractor"] == BASELINE}
    return [
        row | ({"ratio": row["median_ms"] / baseline[row["set"]]} if row["set"] in baseline else {}) for row in rows
    ]


def print_published(sets: dict[str, list[LabelledPage]], options: argparse.Namespace) -> int:
    """Run the pipeline over all sets at once; print the figures of each, the refusals and the time."""
    from extraction.end_to_end import publish

    from flows.gates import GateFailedError

    pages = [page for members in sets.values() for page in members]
    try:
        published = publish(pages, options.jobs)
    except GateFailedError as failure:
        print(f"nothing was published: {failure}", file=sys.stderr)
        return 1
    rows = [
        {"set": name, "extractor": "published", **score(members, published.answers)} for name, members in sets.items()
    ]
    print_rows(rows, options.format)
    told = sys.stderr if options.format == "json" else sys.stdout
    print(f"published {len(published.answers)} of {len(pages)} pages in {published.seconds:.1f} s", file=told)
    print("days known from: " + ", ".join(f"{name} {n}" for name, n in published.date_sources.most_common()), file=told)
    for failure in published.failures:
        print(f"a run that published nothing: {failure}", file=told)
    for stage, reason, count in published.refusals:
        print(f"refused in {stage}: {count} {reason}", file=told)
    return 0


def print_rows(rows: Sequence[Row], format_name: str) -> None:
    """Print rows as a table, or one JSON object a line."""
    if format_name == "json":
        for row in rows:
            rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in row.items()}
            print(json.dumps(rounded))
        return
    columns = [column for column in COLUMNS if any(row.get(column) is not None for row in rows)]
    cells = [columns, *([cell(column, row.get(column)) for column in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        names = [text.ljust(width) for text, width in zip(line[:2], widths[:2], strict=True)]
        figures = [text.rjust(width) for text, width in zip(line[2:], widths[2:], strict=True)]
        print("  ".join(names + figures))


def cell(column: str, value: Any) -> str:
    """Write a value for the table."""
    if value is None:
        return "-"
    if not isinstance(value, float):
        return str(value)
    return f"{value:.1f}" if column.endswith(("_ms", "_mb")) else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
