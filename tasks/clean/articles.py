"""What is known about each article of a document: title, publisher, byline, language, dates, with their sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.clean.bylines import authors_in, is_name, names_of
from tasks.clean.date_lines import day_beside_headline, last_day
from tasks.clean.datelines import stated_date
from tasks.clean.languages import language_of
from tasks.clean.pieces import is_structured
from tasks.clean.segmentation import Segment
from tasks.clean.titles import title_of
from tasks.records import CleanArticle, CleanBlock, PageMetadata, ParsedDocument, Stated
from warehouse.vocabulary import TEXT_KINDS, BlockKind, Role

VISIBLE_TEXT = "visible-text"
#: What marks a line as the title in Markdown and in items pasted from a feed.
TITLE_MARK = re.compile(r"\A(?:#{1,6} +|(?:title|headline): +)", re.IGNORECASE)


def describe_articles(
    parsed: ParsedDocument, blocks: Sequence[CleanBlock], segments: Sequence[Segment]
) -> tuple[CleanArticle, ...]:
    """Describe the articles that have text; ordinals stay those of their segments."""
    articles = []
    for segment in segments:
        own = [block for block in blocks if block.article_ordinal == segment.ordinal]
        if any(block.kind in TEXT_KINDS for block in own):
            articles.append(describe_article(parsed, own, segment))
    return tuple(articles)


def describe_article(parsed: ParsedDocument, own: Sequence[CleanBlock], segment: Segment) -> CleanArticle:
    """Describe one article: the lead from the page's metadata, else its lines; an embedded one from its lines."""
    is_lead = segment.ordinal == 0
    metadata = parsed.metadata if is_lead else PageMetadata()
    title = metadata.title or from_block(parsed.text, own, BlockKind.HEADLINE)
    byline = metadata.byline or from_block(parsed.text, own, BlockKind.BYLINE)
    byline = byline or name_beside_date(parsed.text, own)
    shown = visible(segment.published) or date_from_blocks(parsed.text, own)
    published = metadata.published or (shown if shown and shown.value <= last_day(parsed.metadata.fetched) else None)
    publisher = metadata.publisher or visible(segment.publisher)
    if segment.is_element:  # one of the page's own articles
        publisher = publisher or parsed.metadata.publisher
    text = "\n\n".join(
        parsed.text[block.char_start : block.char_end].strip() for block in own if block.kind in TEXT_KINDS
    )
    lang, lang_source = language_of(text, metadata.lang)
    if published is None and is_lead and not is_structured(parsed):
        published = day_beside_headline(parsed, own, lang)
    return CleanArticle(
        ordinal=segment.ordinal,
        role=str(Role.LEAD if is_lead else Role.EMBEDDED),
        char_start=own[0].char_start,
        char_end=own[-1].char_end,
        title=title.value if title else None,
        title_source=title.source if title else None,
        publisher=publisher.value if publisher else None,
        publisher_source=publisher.source if publisher else None,
        byline=byline.value if byline else None,
        byline_source=byline.source if byline else None,
        url=metadata.url.value if metadata.url else None,
        section=metadata.section.value if metadata.section else None,
        lang=lang,
        lang_source=lang_source,
        published=published.value if published else None,
        published_source=published.source if published else None,
        modified=metadata.modified.value if metadata.modified else None,
        relative_time=segment.relative_time,
        authors=metadata.authors or (authors_in(byline.value) if byline else ()),
    )


def visible(value: str | None) -> Stated | None:
    """State a value that the page shows."""
    return Stated(value, VISIBLE_TEXT) if value else None


def from_block(text: str, own: Sequence[CleanBlock], kind: BlockKind) -> Stated | None:
    """Return the text of the article's first block of a kind."""
    for block in own:
        if block.kind == kind:
            value = TITLE_MARK.sub("", title_of(text[block.char_start : block.char_end]))
            return Stated(names_of(value) if kind == BlockKind.BYLINE else value, VISIBLE_TEXT)
    return None


def date_from_blocks(text: str, own: Sequence[CleanBlock]) -> Stated | None:
    """Return the day that the article's first dateline states, if one does."""
    for block in own:
        if block.kind == BlockKind.DATELINE:
            day = stated_date(text[block.char_start : block.char_end])
            if day:
                return Stated(day, VISIBLE_TEXT)
    return None


def name_beside_date(text: str, own: Sequence[CleanBlock]) -> Stated | None:
    """Return the name that stands before the date in a line like "Ana Ruiz | Published: 4 March"."""
    for block in own:
        name, bar, _ = text[block.char_start : block.char_end].strip().partition(" | ")
        if block.kind == BlockKind.DATELINE and bar and is_name(name) and 2 <= len(name.split()) <= 4:
            return Stated(name, VISIBLE_TEXT)
    return None
