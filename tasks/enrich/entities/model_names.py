"""Names that a spaCy model finds, where the run names one: they add to what the rules find, and never are required.

A model's entity says of which kind a name is; one that the rules did not see becomes a name. Kinds other than people,
organisations and places are left aside.
"""

from __future__ import annotations

import importlib
import importlib.util
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Any

from tasks.enrich.entities.name_spans import ORGANISATION, PERSON, PLACE, Span
from tasks.enrich.words import Words
from warehouse.errors import UsageError

#: Labels of English, and of the multilingual, models.
_KINDS = {"PERSON": PERSON, "PER": PERSON, "ORG": ORGANISATION, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE}


def require_model(name: str) -> str:
    """Return the name of a model after making sure that it can be loaded.

    Raises:
        UsageError: spaCy, or the model, is not installed; the message says how to install it.
    """
    if importlib.util.find_spec("spacy") is None:
        raise UsageError(
            f"DATELINE_NAMES_MODEL names the spaCy model {name!r}, but spaCy is not installed: "
            "`pip install 'dateline[spacy]'` installs it."
        )
    if importlib.util.find_spec(name) is None:
        raise UsageError(
            f"DATELINE_NAMES_MODEL names the spaCy model {name!r}, which is not installed: "
            f"`python -m spacy download {name}` installs it. Without the variable, names are found by rules."
        )
    return name


@cache
def load_model(name: str) -> Any:
    """Load a model once for each process, without the parts that names do not need."""
    return importlib.import_module("spacy").load(
        require_model(name), exclude=["parser", "lemmatizer", "attribute_ruler"]
    )


def add_model_names(spans: Sequence[Span], words: Words, text: str, shift: int, model: Any) -> list[Span]:
    """Return the names of a sentence with what the model says of them, in order.

    Args:
        spans: what the rules found, in order.
        text: the sentence; `shift` is where it begins in the passage that `words` count in.
        model: a spaCy pipeline, or anything that gives `ents` with `start_char`, `end_char` and `label_`.
    """
    known = list(spans)
    for found in model(text).ents:
        kind = _KINDS.get(found.label_)
        start = bisect_left(words.starts, found.start_char + shift)
        end = bisect_left(words.starts, found.end_char + shift)
        if kind is None or start >= end:
            continue
        met = [span for span in known if span.start < end and start < span.end]
        for span in met:
            if not span.is_sure:
                span.kind, span.is_sure = kind, True
        if not met:
            known.append(Span(start, end, " ".join(words.texts[start:end]), kind, True))
    return sorted(known, key=lambda span: span.start)
