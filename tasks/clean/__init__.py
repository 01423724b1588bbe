"""Clean: find the articles of a document, remove what is no part of them, and say by which rule."""

from tasks.clean.document import clean_document
from tasks.clean.removal_rules import REMOVAL_RULES, RemovalRule

__all__ = ["REMOVAL_RULES", "RemovalRule", "clean_document"]
