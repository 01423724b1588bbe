"""How right the extracted text, title and day are.

Text is compared by the multiset of its runs of four words. Precision is averaged over the pages for which an extractor
found any words, recall over all pages that have a gold text, and F1 is that of the two averages. A day is right when it
is the gold day; a title when its words are, whatever their case and punctuation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from extraction.pages import LabelledPage

WORD = re.compile(r"\w+")
RUN = 4


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an extractor says about a page; None where it says nothing."""

    text: str | None = None
    title: str | None = None
    date: str | None = None


def runs_of_words(text: str | None) -> Counter[tuple[str, ...]]:
    """Count the runs of four words; a shorter text is one run."""
    words = WORD.findall(text or "")
    if len(words) <= RUN:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[start:] for start in range(RUN)), strict=False))


def harmonic_mean(precision: float, recall: float) -> float:
    """Return F1."""
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def score(pages: Iterable[LabelledPage], answers: Mapping[str, Extracted]) -> dict[str, float | int | None]:
    """Score answers by page; a figure is None where no page has the gold for it, or no answer tries."""
    nothing = Extracted()
    pairs = [(page, answers.get(page.page_id, nothing)) for page in pages]
    return {"pages": len(pairs), **score_texts(pairs), **score_titles(pairs), **score_dates(pairs)}


def score_texts(pairs: list[tuple[LabelledPage, Extracted]]) -> dict[str, float | None]:
    """Score the texts."""
    precisions, recalls = [], []
    for page, answer in pairs:
        wanted, found = runs_of_words(page.gold_text), runs_of_words(answer.text)
        shared = (wanted & found).total()
        if page.gold_text:
            recalls.append(shared / wanted.total() if wanted else 1.0)
            if found:
                precisions.append(shared / found.total())
    if not recalls:
        return {"text_precision": None, "text_recall": None, "text_f1": None}
    precision, recall = fmean(precisions) if precisions else 0.0, fmean(recalls)
    return {"text_precision": precision, "text_recall": recall, "text_f1": harmonic_mean(precision, recall)}


def score_titles(pairs: list[tuple[LabelledPage, Extracted]]) -> dict[str, float | None]:
    """Return the share of gold titles that were found, word by word."""
    titled = [(page.gold_title, answer.title) for page, answer in pairs if page.gold_title]
    is_tried = any(found for _, found in titled)
    return {"title": fmean(same_words(wanted, found) for wanted, found in titled) if is_tried else None}


def same_words(wanted: str, found: str | None) -> bool:
    """Tell whether two titles have the same words in the same order."""
    return WORD.findall(wanted.casefold()) == WORD.findall((found or "").casefold())


def score_dates(pairs: list[tuple[LabelledPage, Extracted]]) -> dict[str, float | None]:
    """Score the days."""
    dated = [(page.gold_date[:10], (answer.date or "")[:10]) for page, answer in pairs if page.gold_date]
    if not any(found for _, found in dated):
        return {"date_precision": None, "date_recall": None}
    right = sum(wanted == found for wanted, found in dated)
    return {
        "date_precision": right / max(1, sum(bool(found) for _, found in dated)),
        "date_recall": right / len(dated),
    }
