"""The closed vocabularies of the tables: one place for the words that logs, tables and documents use.

Only names live here; the rules behind them live with the stage that applies them. The audit in `expectations/`
keeps its own copies on purpose, so that a word added here without thought fails there.
"""

from __future__ import annotations

from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADLINE = "headline"
    BYLINE = "byline"
    DATELINE = "dateline"  # a line or prefix that states the date of the article
    SUMMARY = "summary"  # standfirst, deck
    PARAGRAPH = "paragraph"
    HEADING = "heading"  # a sub-heading inside an article
    QUOTE = "quote"
    LIST = "list"
    TABLE = "table"
    CAPTION = "caption"
    CREDIT = "credit"  # photo credits, "With reporting by ..."
    NAVIGATION = "navigation"
    TEASER = "teaser"  # a link or blurb for another story
    PROMOTION = "promotion"  # newsletter boxes, subscriptions, adverts, apps
    COMMENTS = "comments"
    BIOGRAPHY = "biography"
    LEGAL = "legal"
    PLAYER = "player"  # media player and gallery furniture
    FURNITURE = "furniture"  # any other page furniture
    WHITESPACE = "whitespace"


#: Kinds whose kept blocks make up `articles.text`, in document order.
TEXT_KINDS = (
    BlockKind.SUMMARY,
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.QUOTE,
    BlockKind.LIST,
    BlockKind.TABLE,
)


class Role(StrEnum):
    LEAD = "lead"
    EMBEDDED = "embedded"


class Relation(StrEnum):
    """What the first article of a verified pair is to the second."""

    EXACT = "exact"
    NEAR = "near"
    CONTAINS = "contains"
    CONTAINED = "contained"
    REVISION = "revision"


class EventStatus(StrEnum):
    OCCURRED = "occurred"
    SCHEDULED = "scheduled"
    HYPOTHETICAL = "hypothetical"


class EntityKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


class SpeakerSource(StrEnum):
    """How the speaker of a quotation is told."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"  # "a spokesman": somebody, or something, without a name
    SAME_SPEAKER = "same-speaker"  # goes on where the quotation before was introduced
    NONE = "none"


class Granularity(StrEnum):
    INSTANT = "instant"  # a clock time
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"
    DURATION = "duration"
    SET = "set"
    VAGUE = "vague"


class Refusal(StrEnum):
    """Why something was quarantined."""

    EMPTY = "empty"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    TOO_LARGE = "too-large"
    NOT_TEXT = "not-text"
    TRUNCATED = "truncated"
    MALFORMED_RECORD = "malformed-record"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    NO_ARTICLE_FOUND = "no-article-found"
    STAGE_FAILED = "stage-failed"
    EXPECTATION_FAILED = "expectation-failed"


class Severity(StrEnum):
    CRITICAL = "critical"
    WARNING = "warning"


class Outcome(StrEnum):
    PASS = "pass"
    FAIL = "fail"
    ERROR = "error"


class RunStatus(StrEnum):
    RUNNING = "running"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    GATE_FAILED = "gate-failed"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
