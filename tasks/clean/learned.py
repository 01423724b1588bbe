"""Boilerplate that only a publisher's other articles betray: lines that repeat in unrelated articles.

Evidence is counted a line: how many articles of a source hold it, on how many pages it was removed for reasons of the
page itself, and whether the articles that hold it are about different things. A sample of holders, always the same for
the same holders, is compared word by word; so neither the order of arrival nor the number of holders matters.
Out of scope: what only some pages repeat for a day, such as lists of headlines, below the least count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

RULE = "learned-boilerplate"
#: A line is looked at when this many articles of a source hold it.
MINIMUM_ARTICLES = 3
#: So many of a line's holders are compared; more would prove nothing further.
SAMPLE = 12
#: Two articles are related when the shorter one shares more than this part of its content words with the other.
RELATED_SHARE = 0.3
#: With fewer content words beside the line, two articles cannot be told apart and count as one.
FEWEST_WORDS = 6
#: Where pages by themselves kept a line on at most this part of its articles, there is doubt about the others.
DOUBTED_SHARE = 0.9
#: The least share of a source's articles, of unrelated ones: for a line in doubt, for any other, for a short label.
DOUBTED_MINIMUM, LINE_MINIMUM, LABEL_MINIMUM = 0.01, 0.05, 0.3
LABEL_WORDS = 4
#: What only one or two pages kept may be their own standfirst, which others show beside a pointer to them; unless at
#: least this part of the articles, and so many, have it.
EVERYWHERE, MANY_ARTICLES = 0.5, 10
#: The least part of the compared holders that must be unrelated: follow-ups carry paragraphs of background along.
LINE_UNRELATED, PROSE_UNRELATED = 1 / 3, 0.5
CONTENT_WORD = re.compile(r"[^\W\d_]{5,}")

COMPARED = pa.schema(
    [
        ("source", pa.string()),
        ("line_key", pa.uint64()),
        ("compared_count", pa.int64()),
        ("unrelated_count", pa.int64()),
    ]
)


def content_words(text: str) -> frozenset[str]:
    """Return the words that say what a text is about: those of five letters or more, in lower case."""
    return frozenset(CONTENT_WORD.findall(text.casefold()))


def compare_holders(holders: pa.Table, lines: pa.Table) -> pa.Table:
    """Tell of each repeated line whether the articles that hold it are about different things.

    `holders` has source, line_key and article_id, a row for each holder that is compared; `lines` has article_id,
    line_key and text, the lines of those articles as their pages by themselves were cleaned. Returns, for each source
    and line_key in order, how many holders were compared and how many groups of unrelated ones they form.
    """
    articles = Articles.of(lines)
    holding: dict[tuple[str, int], list[str]] = {}
    columns = (holders[name].to_pylist() for name in ("source", "line_key", "article_id"))
    for source, line_key, article_id in zip(*columns, strict=True):
        holding.setdefault((source, line_key), []).append(article_id)
    rows = []
    for (source, line_key), own in sorted(holding.items()):
        rows.append(
            {
                "source": source,
                "line_key": line_key,
                "compared_count": len(own),
                "unrelated_count": articles.count_groups(sorted(own)),
            }
        )
    return pa.Table.from_pylist(rows, schema=COMPARED)


@dataclass(frozen=True)
class Articles:
    """The content words of articles, line by line, and which pairs are related, each computed once."""

    lines: Mapping[str, Mapping[int, frozenset[str]]]  # article -> line key -> content words

    @staticmethod
    def of(lines: pa.Table) -> Articles:
        """Read the lines of articles from a table with article_id, line_key and text."""
        words: dict[str, dict[int, frozenset[str]]] = {}
        columns = (lines[name].to_pylist() for name in ("article_id", "line_key", "text"))
        for article_id, line_key, text in zip(*columns, strict=True):
            words.setdefault(article_id, {})[line_key] = content_words(text)
        return Articles(words)

    @cached_property
    def _related(self) -> dict[tuple[str, str], bool]:
        return {}

    def are_related(self, article_id: str, other_id: str) -> bool:
        """Tell whether two articles are copies, or share much of what they say beside the lines that both have.

        Lines that both have are left out: they would make any two pages of a publisher alike.
        """
        pair = (article_id, other_id)
        if pair not in self._related:
            mine, theirs = self.lines.get(article_id, {}), self.lines.get(other_id, {})
            common = mine.keys() & theirs.keys()
            rest, other = (
                frozenset().union(*(words for key, words in own.items() if key not in common)) for own in (mine, theirs)
            )
            shorter = min(len(rest), len(other))
            self._related[pair] = shorter < FEWEST_WORDS or len(rest & other) > RELATED_SHARE * shorter
        return self._related[pair]

    def count_groups(self, articles: Sequence[str]) -> int:
        """Count the groups of articles that are related to one another, directly or through others of the group."""
        group = list(range(len(articles)))
        for place, article_id in enumerate(articles):
            for other in range(place):
                if group[place] != group[other] and self.are_related(articles[other], article_id):
                    joined = group[place]
                    group = [group[other] if number == joined else number for number in group]
        return len(set(group))


def decide_lines(evidence: pa.Table) -> NDArray[np.bool_]:
    """Tell of each repeated line whether it is furniture.

    `evidence` has, a row for each line, article_count, kept_count, compared_count, unrelated_count, word_count,
    is_prose and source_count (all articles of the source). Enough unrelated articles must hold the line, and a share of
    all articles that depends on what else speaks for furniture: little where pages by themselves removed it, more where
    they all kept it, and most for a word or two, which may be a subheading that a newsroom likes.
    """
    column = {name: np.asarray(evidence[name].to_numpy(zero_copy_only=False)) for name in evidence.column_names}
    unrelated_share = column["unrelated_count"] / np.maximum(1, column["compared_count"])
    share = column["article_count"] * unrelated_share / np.maximum(1, column["source_count"])
    is_removed_elsewhere = column["kept_count"] <= DOUBTED_SHARE * column["article_count"]
    needed = np.where(
        is_removed_elsewhere,
        DOUBTED_MINIMUM,
        np.where(column["word_count"] < LABEL_WORDS, LABEL_MINIMUM, LINE_MINIMUM),
    )
    unrelated = np.where(column["is_prose"], PROSE_UNRELATED, LINE_UNRELATED)
    is_kept_often = column["kept_count"] >= MINIMUM_ARTICLES
    is_everywhere = (share >= EVERYWHERE) & (column["article_count"] >= MANY_ARTICLES)
    furniture: NDArray[np.bool_] = (
        (is_kept_often | is_everywhere)
        & (column["unrelated_count"] >= MINIMUM_ARTICLES)
        & (unrelated_share >= unrelated)
        & (share >= needed)
    )
    return furniture
