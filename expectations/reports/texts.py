"""The texts of failing rows as one page shows them: each once, wherever it is referred to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from expectations.reports.quality import QualityReport
from expectations.validations import Passage, Validation

#: Characters of a text that a reference to it shows.
GLIMPSE = 90
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Text:
    """One text with the expectations that its row fails: (name, place in the page, empty where it has none)."""

    anchor: str
    passage: Passage
    expectations: tuple[tuple[str, str], ...]

    @property
    def before(self) -> str:
        """What stands before the row, from the beginning of a word."""
        before = self.passage.text_before or ""
        if (self.passage.char_start or 0) <= len(before):
            return before
        words = before.split(maxsplit=1)
        return ELLIPSIS + (before[before.index(words[1], len(words[0])) :] if len(words) == 2 else before)

    @property
    def after(self) -> str:
        """What follows the characters of the row that are kept, to the end of a word."""
        after = self.passage.text_after or ""
        words = after.rsplit(maxsplit=1)
        return (words[0] if len(words) == 2 and not self.is_cut else after) + ELLIPSIS if after else ""

    @property
    def is_cut(self) -> bool:
        """Whether the row goes on after the characters that are kept."""
        kept, passage = len(self.passage.text or ""), self.passage
        return passage.char_start is not None and (passage.char_end or 0) - passage.char_start > kept


def failing_anchor(place: int) -> str:
    """Return the anchor of an expectation in the list of those that do not hold, by its place from 1."""
    return f"failing-{place}"


def collect_texts(report: QualityReport) -> Mapping[str, Text]:
    """Return failing row -> its text, in the order in which the page names the rows."""
    shown: dict[str, list[tuple[Passage, str, str]]] = {}
    failing = [(validation, failing_anchor(place)) for place, validation in enumerate(report.not_passed, start=1)]
    aside = [(validation, "") for validation in report.validations if validation not in report.not_passed]
    for validation, anchor in (*failing, *aside):
        for passage in report.passages_of(validation):
            if passage.text:
                shown.setdefault(passage.identifier, []).append((passage, validation.expectation, anchor))
    return {
        identifier: Text(
            f"text-{number}", named[0][0], tuple(dict.fromkeys((name, anchor) for _, name, anchor in named))
        )
        for number, (identifier, named) in enumerate(shown.items(), start=1)
    }


def glimpse(passage: Passage) -> str:
    """Return the beginning of a text on one line, its identifier where it has none."""
    line = " ".join((passage.text or "").split()) or passage.identifier
    return line if len(line) <= GLIMPSE else line[: GLIMPSE - 1].rstrip() + ELLIPSIS


def other_failing(report: QualityReport, validation: Validation) -> tuple[str, ...]:
    """Return the failing rows of an expectation that no passage tells of."""
    told = {passage.identifier for passage in report.passages_of(validation)}
    return tuple(identifier for identifier in validation.failing_ids if identifier not in told)
