"""A spaCy model adds to the names found by rules, and is never required."""

from __future__ import annotations

import importlib.util

import pytest

from flows.settings import load_settings
from tasks.enrich.candidates import read_sentences
from tasks.enrich.entities.article_names import resolve_names
from tasks.enrich.entities.model_names import require_model
from tasks.records import Passage
from warehouse.errors import UsageError

HAS_SPACY = importlib.util.find_spec("spacy") is not None
needs_spacy = pytest.mark.skipif(not HAS_SPACY, reason="spaCy is not installed (pip install 'dateline[spacy]')")
TEXT = "Glimmer rose while Temika Zsolt watched from Ostrov."


def test_a_model_that_is_not_installed_is_refused_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"spacy download xx_no_such_model|pip install 'dateline\[spacy\]'"):
        require_model("xx_no_such_model")
    monkeypatch.setenv("DATELINE_NAMES_MODEL", "xx_no_such_model")
    with pytest.raises(UsageError, match="xx_no_such_model"):
        load_settings()


def test_no_model_is_needed() -> None:
    assert load_settings().names_model is None


@needs_spacy
def test_a_pipeline_gives_kinds_and_names_that_rules_do_not_see() -> None:
    import spacy

    pipeline = spacy.blank("en")  # with rules for what a trained model would say of these names
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([
        {"label": "ORG", "pattern": "Glimmer"}, {"label": "PERSON", "pattern": "Temika Zsolt"},
        {"label": "GPE", "pattern": "Ostrov"}, {"label": "DATE", "pattern": "watched"},
    ])  # fmt: skip
    sentences = read_sentences([Passage(7, "paragraph", TEXT)], [])
    names = resolve_names(sentences, pipeline)
    assert {entity.name: entity.kind for entity in names.entities} == {
        "Glimmer": "organisation", "Temika Zsolt": "person", "Ostrov": "place",
    }  # fmt: skip
    assert all(TEXT[name.char_start - 7 : name.char_end - 7] == name.text for name in names.mentions)
