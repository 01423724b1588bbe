"""What the tests of the cleaning stage share: documents through the real parse stage, and their kept text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tasks.clean import clean_document
from tasks.parse import parse_document
from tasks.records import CleanArticle, CleanedDocument, ParsedDocument, RawDocument, Refused
from warehouse.vocabulary import TEXT_KINDS


@dataclass(frozen=True)
class Cleaned:
    """A parsed document and what cleaning made of it."""

    parsed: ParsedDocument
    document: CleanedDocument

    def text(self, ordinal: int = 0) -> str:
        """The article's text as the warehouse joins it."""
        parts = [self.slice(b) for b in self.document.blocks if b.article_ordinal == ordinal and b.kind in TEXT_KINDS]
        return "\n\n".join(parts)

    def kept(self, kind: str) -> list[str]:
        return [self.slice(b) for b in self.document.blocks if b.is_kept and b.kind == kind]

    def removed(self) -> dict[str, str]:
        """Removed text with the rule that removed it."""
        return {self.slice(b): b.removed_by or "" for b in self.document.blocks if not b.is_kept}

    def slice(self, block: object) -> str:
        return self.parsed.text[block.char_start : block.char_end].strip()  # type: ignore[attr-defined]

    @property
    def lead(self) -> CleanArticle:
        return self.document.articles[0]


Parse = Callable[..., ParsedDocument]
Clean = Callable[..., Cleaned]


@pytest.fixture
def parse() -> Parse:
    def parse_content(content: str, media_type: str = "text/plain", **stated: str) -> ParsedDocument:
        raw = RawDocument("d" * 20, "memory:", None, media_type, content.encode("utf-8"), stated)
        parsed = parse_document(raw)
        assert isinstance(parsed, ParsedDocument), parsed
        return parsed

    return parse_content


@pytest.fixture
def clean(parse: Parse) -> Clean:
    def clean_content(
        content: str, media_type: str = "text/plain", restore: frozenset[str] = frozenset(), **stated: str
    ) -> Cleaned:
        parsed = parse(content, media_type, **stated)
        document = clean_document(parsed, restore)
        assert not isinstance(document, Refused), document
        return Cleaned(parsed, document)

    return clean_content
