"""Enrich articles: time expressions, dated events, publication dates; and merge events across articles."""

from __future__ import annotations

from tasks.enrich.annotate import Annotation, annotate_article

__all__ = ["Annotation", "annotate_article"]
