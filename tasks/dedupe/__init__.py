"""Dedupe: which articles are copies of one text, which copy stands for them, and which tell of one happening."""

from __future__ import annotations

from tasks.dedupe.pipeline import dedupe_articles
from tasks.dedupe.records import Assignment, Cluster, DedupeResult, DuplicatePair, Story

__all__ = ["Assignment", "Cluster", "DedupeResult", "DuplicatePair", "Story", "dedupe_articles"]
