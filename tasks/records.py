"""The records that stages hand to each other. Frozen, small, free of behaviour.

Those that a page has hundreds of are named tuples, which are made several times faster than frozen data classes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One input document as it came: bytes, and what the input said about them.

    `stated` holds the fields the input gave as text: url, title, publisher, published, fetched_at, byline, lang,
    charset (of an HTTP header), and whatever else it had, under its own names.
    """

    document_id: str
    uri: str
    record_id: str | None
    media_type: str  # text/plain, text/html, application/xhtml+xml, text/markdown
    content: bytes
    stated: Mapping[str, str] = field(default_factory=dict)


class Signals(NamedTuple):
    """What the page's structure says about a block. Plain text has the defaults."""

    tag: str = ""  # nearest block-level element: p, h1, li, figcaption, div, ...
    ancestors: tuple[str, ...] = ()  # "tag.class1.class2#id" from the outermost to the parent, lower-case
    link_chars: int = 0  # characters inside <a>
    emphasis_chars: int = 0  # characters inside <b>, <strong>, <em>, <i>
    region: int = 0  # blocks with the same number share their closest sectioning element
    hidden: bool = False  # not shown by a browser (hidden, aria-hidden, display:none)


class Block(NamedTuple):
    """A half-open range of the document's text; all blocks of a document tile it."""

    ordinal: int
    char_start: int
    char_end: int
    kind: str  # BlockKind, as far as parse can tell; clean has the last word
    element_path: str = ""  # for HTML: the element's path, e.g. /html[1]/body[1]/main[1]/p[3]
    signals: Signals = Signals()


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a page or its input states, and where: input, json-ld, meta, time-element, url, visible-text, ..."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page states about its lead article; nothing here is inferred."""

    title: Stated | None = None
    publisher: Stated | None = None
    byline: Stated | None = None
    section: Stated | None = None
    url: Stated | None = None
    lang: Stated | None = None  # ISO 639-1
    published: Stated | None = None  # ISO 8601: a day, or a time with its offset
    modified: Stated | None = None
    fetched: Stated | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    document_id: str
    uri: str
    record_id: str | None
    media_type: str
    encoding: str
    encoding_source: str  # bom, http, declared, detected, utf-8, repaired
    byte_length: int
    text: str  # decoded input (plain text, Markdown) or the page's visible text (HTML)
    blocks: tuple[Block, ...]  # tile `text`: no gap, no overlap, in order
    metadata: PageMetadata = PageMetadata()
    stated: Mapping[str, str] = field(default_factory=dict)


class CleanBlock(NamedTuple):
    """A block after cleaning: what it is, which article holds it, and the rule that removed it, if one did."""

    ordinal: int
    char_start: int
    char_end: int
    kind: str
    article_ordinal: int | None  # which article of the document, None for page furniture
    is_kept: bool
    removed_by: str | None  # the rule's name; None exactly when kept
    element_path: str = ""
    restored_rule: str | None = None  # the rule that would have removed it, had the run not been told to keep it


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """One article of a document. Its text is the kept blocks of text kinds, joined by blank lines."""

    ordinal: int  # 0 is the lead
    role: str
    char_start: int
    char_end: int
    title: str | None
    title_source: str | None
    publisher: str | None
    publisher_source: str | None
    byline: str | None
    byline_source: str | None
    url: str | None
    section: str | None
    lang: str | None
    lang_source: str | None
    published: str | None  # ISO day or time with offset, stated on the page or by the input; never inferred
    published_source: str | None
    modified: str | None
    relative_time: str | None = None  # "19 minutes ago", as found beside an embedded article
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanedDocument:
    document_id: str
    blocks: tuple[CleanBlock, ...]  # tile the same text as the parsed blocks (blocks may be split further)
    articles: tuple[CleanArticle, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A document (or a record of a container) that cannot become articles, and why."""

    document_id: str
    uri: str
    stage: str
    reason: str  # vocabulary.Refusal
    detail: str
    byte_length: int = 0  # of what could be read of it


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What dedupe sees of an article."""

    article_id: str
    document_id: str
    role: str
    title: str | None
    publisher: str | None
    url: str | None
    byline: str | None
    lang: str | None
    published: datetime | None  # as stated; UTC
    text: str  # clean text; paragraphs parted by blank lines
    modified: datetime | None = None  # as stated; UTC
    fetched: datetime | None = None  # as the input states; UTC
    removed: str = ""  # what cleaning took out of its document, a line a block, as far as versions read it


@dataclass(frozen=True, slots=True)
class Passage:
    """A kept block as enrich sees it: its words and where they stand in the document."""

    char_start: int  # of the first character of `text`, in documents.text
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class DatableArticle:
    """What publication-date inference sees of an article."""

    article_id: str
    document_id: str
    role: str
    ordinal: int
    lang: str | None
    cluster_id: str
    story_id: str
    published: str | None  # as stated: ISO day or time with offset
    published_source: str | None
    fetched: str | None  # ISO time
    relative_time: str | None
    url: str | None
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article was published, how that is known, and how precisely."""

    article_id: str
    published_on: date | None
    published_at: datetime | None  # UTC; only where a time of day is stated or follows
    published_source: (
        str  # input, json-ld, meta, time-element, ..., text-date, weekday, fetch-time, duplicate, story, unknown
    )
    earliest_on: date | None
    latest_on: date | None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3 expression with its value. Offsets count characters of documents.text."""

    char_start: int
    char_end: int
    text: str
    value: str  # ISO 8601 / TIMEX3: 2025-08-06, 2025-W33, 2025-08, P3D, FUTURE_REF, 2025-08-05/2025-08-06
    timex_type: str  # DATE, TIME, DURATION, SET
    granularity: str
    begin_on: date | None
    end_on: date | None
    anchor_on: date | None  # the day it was counted from
    anchor_source: str  # published, reference-day, explicit, none
    modifier: str | None = None  # TIMEX3 mod: START, MID, END, APPROX, BEFORE, AFTER


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event phrase in a sentence, with its date. Offsets count characters of documents.text."""

    char_start: int
    char_end: int
    sentence_start: int
    sentence_end: int
    text: str
    sentence: str
    value: str | None  # None: not dated (`undated_reason` says why)
    granularity: str | None
    begin_on: date | None
    end_on: date | None
    date_source: str | None  # clause, sentence, reference-day, published, story, duration
    status: str
    actors: tuple[str, ...] = ()
    place: str | None = None
    lemmas: tuple[str, ...] = ()  # content words of the event and its arguments, for merging
    undated_reason: str | None = None
    expression_start: int | None = None  # the time expression used, if one was
    expression_end: int | None = None


class EntityName(NamedTuple):
    """An entity of the warehouse and the name it goes by."""

    entity_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ArticleMention:
    """An event mention with the article that tells it: what merging sees."""

    article_id: str
    document_id: str
    story_id: str
    cluster_id: str
    publisher: str | None
    published_on: date | None
    mention: EventMention
    latest_on: date | None = None  # the latest day the article can have been published
    entities: Mapping[str, EntityName] = field(default_factory=dict)  # whom and what its actors and place name


class NamedEntity(NamedTuple):
    """A person, organisation or place as one article names it."""

    ordinal: int  # number in the article, by first mention
    kind: str | None  # person, organisation, place; None where the article says too little
    is_sure: bool  # whether the kind can be relied on: a title, a telling word, a gazetteer
    name: str  # the fullest form that the article gives
    gender: str | None  # m or f, by title or given name
    acronym: str | None  # of an organisation, as the article explains it
    is_ambiguous: bool  # a surname that several people of the article share


class NameMention(NamedTuple):
    """A mention of a named entity. Offsets count characters of documents.text."""

    ordinal: int  # of the entity in its article
    char_start: int
    char_end: int
    sentence_start: int
    sentence_end: int
    text: str
    sentence: str


class Quotation(NamedTuple):
    """A passage in quotation marks that somebody said. Offsets count characters of documents.text."""

    char_start: int  # the marks are left out
    char_end: int
    text: str
    utterance_start: int  # where the first part of the same utterance begins
    part: int  # number of the part, from 1
    cue: str | None  # the verb that introduces it, as written, in lower case
    speaker_source: str  # name, pronoun, description, same-speaker, none
    speaker_start: int | None
    speaker_end: int | None
    speaker_ordinal: int | None  # of the entity in its article
    unresolved_reason: str | None  # why there is no entity
