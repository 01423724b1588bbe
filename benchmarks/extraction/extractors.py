"""The extractors that are compared: Dateline, and those of its peers that are installed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from extraction.accuracy import Extracted
from extraction.pages import FLATTENED, LabelledPage
from tasks.clean import boosted_trees, clean_document
from tasks.parse import parse_document
from tasks.records import RawDocument, Refused
from warehouse.vocabulary import TEXT_KINDS

Extractor = Callable[[LabelledPage], Extracted]
DATELINE, BASELINE = "dateline", "trafilatura+meta"


def use_models(folder: Path) -> None:
    """Let Dateline read its line models from another folder."""
    boosted_trees.MODELS = folder
    boosted_trees.read_model.cache_clear()


def extract_by_dateline(page: LabelledPage) -> Extracted:
    """Parse and clean a page, as a batch of the pipeline does; the answer is its lead article."""
    raw = raw_document(page)
    parsed = parse_document(raw)
    if isinstance(parsed, Refused):
        return Extracted()
    cleaned = clean_document(parsed)
    if isinstance(cleaned, Refused) or cleaned.articles[0].ordinal != 0:
        return Extracted()
    kept = [
        parsed.text[block.char_start : block.char_end].strip()
        for block in cleaned.blocks
        if block.article_ordinal == 0 and block.kind in TEXT_KINDS
    ]
    lead = cleaned.articles[0]
    return Extracted("\n\n".join(kept), lead.title, lead.published)


def raw_document(page: LabelledPage) -> RawDocument:
    """Make the document that a record with this page becomes."""
    stated = {"charset": "utf-8"} | ({"url": page.url} if page.url else {})
    media_type = "text/plain" if page.shape == FLATTENED else "text/html"
    content = page.content.encode("utf-8", "replace")
    return RawDocument(page.page_id, page.page_id, page.page_id, media_type, content, stated)


def load_trafilatura() -> Extractor:
    from trafilatura import extract

    return lambda page: Extracted(extract(page.content, url=page.url))


def load_trafilatura_with_metadata() -> Extractor:
    from trafilatura import bare_extraction

    def run(page: LabelledPage) -> Extracted:
        found = bare_extraction(page.content, url=page.url, with_metadata=True)
        return Extracted(found.text, found.title, found.date) if found else Extracted()

    return run


def load_readability() -> Extractor:
    from lxml.html import fromstring
    from readability import Document

    def run(page: LabelledPage) -> Extracted:
        document = Document(page.content, url=page.url)
        summary = document.summary(html_partial=True)
        return Extracted("\n".join(fromstring(summary).itertext()) if summary else None, document.short_title())

    return run


def load_newspaper() -> Extractor:
    from newspaper import Article

    def run(page: LabelledPage) -> Extracted:
        article = Article(page.url or "https://example.org/", fetch_images=False)
        article.download(input_html=page.content)
        article.parse()
        return Extracted(article.text, article.title, str(article.publish_date)[:10] if article.publish_date else None)

    return run


def load_resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: Extracted(extract_plain_text(page.content, main_content=True))


LOADERS: dict[str, Callable[[], Extractor]] = {
    DATELINE: lambda: extract_by_dateline,
    BASELINE: load_trafilatura_with_metadata,
    "trafilatura": load_trafilatura,
    "readability-lxml": load_readability,
    "newspaper4k": load_newspaper,
    "resiliparse": load_resiliparse,
}


@cache
def load(name: str) -> Extractor | str:
    """Return an extractor, or why it cannot be used."""
    try:
        return LOADERS[name]()
    except ImportError as problem:
        return f"{name}: skipped, not installed ({problem})"
