"""Who and where, and what was said: named entities of an article, quotations with their speakers, entities merged."""

from __future__ import annotations
