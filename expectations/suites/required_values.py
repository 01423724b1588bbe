"""No missing value in what people join, filter and count on: the audit's own list, one expectation a table."""

from __future__ import annotations

from expectations.checks import CRITICAL, Check
from expectations.offenders import ExpectNoOffenders

#: table -> columns that no row may leave empty. The first is the one that names the row.
REQUIRED: dict[str, tuple[str, ...]] = {
    "documents": ("document_id", "uri", "media_type", "byte_length", "first_run_id", "status"),
    "sightings": ("document_id", "uri"),
    "blocks": ("block_id", "document_id", "ordinal", "kind", "char_start", "char_end", "is_kept", "text"),
    "quarantine": ("reason", "stage", "run_id", "detail"),
    "articles": (
        *("article_id", "document_id", "ordinal", "role", "char_start", "char_end", "text", "word_count"),
        *("published_source", "cluster_id", "is_canonical", "story_id"),
    ),
    "duplicates": (
        *("article_id", "other_article_id", "relation", "is_same_copy", "containment", "resemblance", "score"),
        "evidence",
    ),
    "clusters": ("cluster_id", "canonical_article_id", "canonical_reason", "article_count", "publisher_count"),
    "stories": ("story_id", "article_count", "cluster_count", "publisher_count"),
    "time_expressions": (
        *("time_expression_id", "article_id", "document_id", "char_start", "char_end", "text", "value"),
        *("timex_type", "granularity", "anchor_source"),
    ),
    "event_mentions": (
        *("event_mention_id", "event_id", "article_id", "document_id", "sentence_start", "sentence_end"),
        *("char_start", "char_end", "text", "sentence", "value", "granularity", "date_source", "status", "actors"),
    ),
    "undated_mentions": (
        *("event_mention_id", "article_id", "document_id", "sentence_start", "sentence_end", "char_start"),
        *("char_end", "text", "status", "undated_reason"),
    ),
    "events": (
        *("event_id", "description", "begin_on", "granularity", "value", "status", "actors", "mention_count"),
        *("article_count", "publisher_count", "has_disagreement"),
    ),
    "disagreements": ("event_id", "description", "value", "article_count", "article_ids", "sentence"),
    "entities": ("entity_id", "kind", "name", "variants", "mention_count", "article_count", "publisher_count"),
    "entity_mentions": (
        *("entity_mention_id", "entity_id", "article_id", "document_id", "sentence_start", "sentence_end"),
        *("char_start", "char_end", "text", "sentence"),
    ),
    "quotes": (
        *("quote_id", "utterance_id", "part", "article_id", "document_id", "char_start", "char_end", "text"),
        "speaker_source",
    ),
    "stage_counts": ("stage", "run_id", "unit", "in_count", "kept_count", "duplicate_count", "quarantined_count"),
    "runs": ("run_id", "started_at", "status", "inputs"),
    "validations": ("expectation", "run_id", "stage", "suite", "outcome", "severity", "evaluated_at", "failing_ids"),
}


def required_values(table: str) -> Check:
    """Say that no row leaves a required column empty."""
    columns = REQUIRED[table]
    empty = " or ".join(f"{column} is null" for column in columns)
    missing = ", ".join(f"case when {column} is null then '{column}' end" for column in columns)
    return Check(
        name=f"{table.replace('_', '-')}-have-no-missing-value",
        table=table,
        expectation=ExpectNoOffenders(
            query=f"""
select coalesce({columns[0]}, '(no {columns[0]})') as named, concat_ws(', ', {missing}) as missing
from {table}
where {empty}"""
        ),
        description=f"No row of {table} leaves any of these empty: {', '.join(columns)}.",
        severity=CRITICAL,
        why="People join, filter and count on them, and a missing value slips through every check of values.",
        breaks="A loader that lets DuckDB guess the tables, or a part that was written by an older version.",
        id_column="named",
    )
