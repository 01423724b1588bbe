"""Boilerplate that only a publisher's other articles betray: lines that repeat in unrelated articles."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa

from tasks.clean.phrases import line_key
from warehouse.vocabulary import TEXT_KINDS, BlockKind

RULE = "learned-boilerplate"
#: A line is furniture when this many unrelated articles of a publisher have it, and this share of all its articles.
MINIMUM_ARTICLES = 3
MINIMUM_SHARE = 0.05
#: More unrelated holders than this prove nothing further; the bound keeps the cost linear.
ENOUGH = 12
#: Two articles are copies of one story when they share more than this part of the shorter one's lines.
COPY_SHARE = 0.5
#: Bylines, datelines and credits repeat by their nature.
REPEATABLE = frozenset({*TEXT_KINDS, BlockKind.CAPTION})
RESULT = pa.schema([("block_id", pa.string()), ("removed_by", pa.string())])


def find_learned_boilerplate(lines: pa.Table) -> pa.Table:
    """Name the kept blocks whose text repeats across a publisher's unrelated articles.

    `lines` has a row for each kept block: publisher (may be null), document_id, article_id (may be null), block_id,
    text, kind. Returns block_id and removed_by, ordered by block_id. Copies of one story share most of their lines and
    count as one article, so that a syndicated paragraph is not taken for furniture. The result does not depend on
    the order of the rows.
    """
    rows = lines.select(["publisher", "document_id", "article_id", "block_id", "text", "kind"]).to_pylist()
    by_publisher: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        key = line_key(row["text"] or "")
        if row["publisher"] and key and row["kind"] in REPEATABLE:
            article = row["article_id"] or row["document_id"]
            by_publisher[row["publisher"]][article].append((key, row["block_id"]))
    found: list[str] = []
    for publisher in sorted(by_publisher):
        found.extend(find_in_publisher(by_publisher[publisher]))
    return pa.table({"block_id": sorted(found), "removed_by": [RULE] * len(found)}, schema=RESULT)


def find_in_publisher(articles: dict[str, list[tuple[str, str]]]) -> list[str]:
    """Return the blocks of one publisher whose lines repeat in enough unrelated articles."""
    keys_of = {article: frozenset(key for key, _ in own) for article, own in sorted(articles.items())}
    holders: dict[str, list[str]] = defaultdict(list)
    for article, keys in keys_of.items():
        for key in sorted(keys):
            holders[key].append(article)
    furniture = {
        key
        for key, holding in sorted(holders.items())
        if len(holding) >= MINIMUM_ARTICLES
        and count_unrelated(holding, keys_of, key) >= max(MINIMUM_ARTICLES, MINIMUM_SHARE * len(articles))
    }
    return [block for own in articles.values() for key, block in own if key in furniture]


def count_unrelated(holding: list[str], keys_of: dict[str, frozenset[str]], key: str) -> int:
    """Count the holders of a line that are no copies of one another, leaving the line itself out of the comparison."""
    distinct: list[frozenset[str]] = []
    for article in holding:
        others = keys_of[article] - {key}
        if not any(are_copies(others, seen) for seen in distinct):
            distinct.append(others)
            if len(distinct) >= ENOUGH and len(holding) > 4 * ENOUGH:
                return len(holding)
    return len(distinct)


def are_copies(lines: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two articles share most lines of the shorter one; two without further lines are the same."""
    shorter = min(len(lines), len(others))
    return len(lines & others) > COPY_SHARE * shorter if shorter else len(lines) == len(others)
