"""The columns and types that a stage's tables must have: the audit's own copy of the contract with analysts."""

from __future__ import annotations

from expectations.checks import CRITICAL, Check
from expectations.offenders import ExpectNoOffenders

#: table -> column -> DuckDB type. More columns are welcome; these must be there.
COLUMNS: dict[str, dict[str, str]] = {
    "documents": {
        "document_id": "VARCHAR",
        "uri": "VARCHAR",
        "record_id": "VARCHAR",
        "media_type": "VARCHAR",
        "encoding": "VARCHAR",
        "byte_length": "BIGINT",
        "text": "VARCHAR",
        "first_run_id": "VARCHAR",
        "status": "VARCHAR",
    },
    "blocks": {
        "block_id": "VARCHAR",
        "document_id": "VARCHAR",
        "article_id": "VARCHAR",
        "ordinal": "INTEGER",
        "kind": "VARCHAR",
        "char_start": "BIGINT",
        "char_end": "BIGINT",
        "is_kept": "BOOLEAN",
        "removed_by": "VARCHAR",
        "restored_rule": "VARCHAR",
        "text": "VARCHAR",
    },
    "quarantine": {
        "run_id": "VARCHAR",
        "stage": "VARCHAR",
        "document_id": "VARCHAR",
        "article_id": "VARCHAR",
        "block_id": "VARCHAR",
        "reason": "VARCHAR",
        "detail": "VARCHAR",
        "uri": "VARCHAR",
    },
    "articles": {
        "article_id": "VARCHAR",
        "document_id": "VARCHAR",
        "ordinal": "INTEGER",
        "role": "VARCHAR",
        "char_start": "BIGINT",
        "char_end": "BIGINT",
        "url": "VARCHAR",
        "publisher": "VARCHAR",
        "title": "VARCHAR",
        "byline": "VARCHAR",
        "lang": "VARCHAR",
        "published_on": "DATE",
        "published_at": "TIMESTAMP",
        "published_source": "VARCHAR",
        "text": "VARCHAR",
        "word_count": "INTEGER",
        "cluster_id": "VARCHAR",
        "is_canonical": "BOOLEAN",
        "story_id": "VARCHAR",
    },
    "duplicates": {
        "article_id": "VARCHAR",
        "other_article_id": "VARCHAR",
        "relation": "VARCHAR",
        "is_same_copy": "BOOLEAN",
        "containment": "DOUBLE",
        "resemblance": "DOUBLE",
        "score": "DOUBLE",
        "evidence": "VARCHAR",
    },
    "clusters": {
        "cluster_id": "VARCHAR",
        "canonical_article_id": "VARCHAR",
        "canonical_reason": "VARCHAR",
        "article_count": "INTEGER",
        "publisher_count": "INTEGER",
    },
    "article_versions": {
        "article_id": "VARCHAR",
        "version_group_id": "VARCHAR",
        "cluster_id": "VARCHAR",
        "version": "INTEGER",
        "version_count": "INTEGER",
        "is_latest": "BOOLEAN",
        "previous_article_id": "VARCHAR",
        "fetched_at": "TIMESTAMP",
        "added_word_count": "INTEGER",
        "removed_word_count": "INTEGER",
        "has_notice": "BOOLEAN",
        "removed": "VARCHAR[]",
        "added": "VARCHAR[]",
    },
    "stories": {"story_id": "VARCHAR", "title": "VARCHAR", "article_count": "INTEGER", "cluster_count": "INTEGER"},
    "time_expressions": {
        "time_expression_id": "VARCHAR",
        "article_id": "VARCHAR",
        "document_id": "VARCHAR",
        "char_start": "BIGINT",
        "char_end": "BIGINT",
        "text": "VARCHAR",
        "value": "VARCHAR",
        "granularity": "VARCHAR",
        "begin_on": "DATE",
        "end_on": "DATE",
        "anchor_on": "DATE",
        "anchor_source": "VARCHAR",
    },
    "event_mentions": {
        "event_mention_id": "VARCHAR",
        "event_id": "VARCHAR",
        "article_id": "VARCHAR",
        "document_id": "VARCHAR",
        "sentence_start": "BIGINT",
        "sentence_end": "BIGINT",
        "char_start": "BIGINT",
        "char_end": "BIGINT",
        "text": "VARCHAR",
        "value": "VARCHAR",
        "granularity": "VARCHAR",
        "begin_on": "DATE",
        "end_on": "DATE",
        "date_source": "VARCHAR",
        "status": "VARCHAR",
    },
    "events": {
        "event_id": "VARCHAR",
        "description": "VARCHAR",
        "begin_on": "DATE",
        "end_on": "DATE",
        "granularity": "VARCHAR",
        "status": "VARCHAR",
        "place": "VARCHAR",
        "actors": "VARCHAR[]",
        "mention_count": "INTEGER",
        "article_count": "INTEGER",
        "publisher_count": "INTEGER",
        "first_reported_on": "DATE",
        "actor_entity_ids": "VARCHAR[]",
        "place_entity_id": "VARCHAR",
    },
    "quotes": {
        "quote_id": "VARCHAR",
        "utterance_id": "VARCHAR",
        "part": "INTEGER",
        "article_id": "VARCHAR",
        "document_id": "VARCHAR",
        "char_start": "BIGINT",
        "char_end": "BIGINT",
        "text": "VARCHAR",
        "cue": "VARCHAR",
        "speaker": "VARCHAR",
        "speaker_source": "VARCHAR",
        "entity_id": "VARCHAR",
        "unresolved_reason": "VARCHAR",
    },
    "entities": {
        "entity_id": "VARCHAR",
        "kind": "VARCHAR",
        "name": "VARCHAR",
        "variants": "VARCHAR[]",
        "mention_count": "INTEGER",
        "article_count": "INTEGER",
        "publisher_count": "INTEGER",
        "first_seen_on": "DATE",
    },
    "entity_mentions": {
        "entity_mention_id": "VARCHAR",
        "entity_id": "VARCHAR",
        "article_id": "VARCHAR",
        "document_id": "VARCHAR",
        "sentence_start": "BIGINT",
        "sentence_end": "BIGINT",
        "char_start": "BIGINT",
        "char_end": "BIGINT",
        "text": "VARCHAR",
        "sentence": "VARCHAR",
    },
}


def columns_and_types(table: str) -> Check:
    """Say that a table has the columns that people rely on, each of its type."""
    wanted = ", ".join(f"('{column}', '{type_}')" for column, type_ in COLUMNS[table].items())
    return Check(
        name=f"{table.replace('_', '-')}-have-their-columns",
        table=table,
        expectation=ExpectNoOffenders(
            query=f"""
with wanted(column_name, data_type) as (values {wanted}),
found as (
    select column_name, data_type
    from duckdb_columns()
    where database_name = 'temp' and table_name = '{table}'
)
select wanted.column_name, wanted.data_type as wanted_type, found.data_type as found_type
from wanted
left join found using (column_name)
where found.data_type is distinct from wanted.data_type"""
        ),
        description=f"The table {table} has every column that people rely on, each of its type.",
        severity=CRITICAL,
        why="These columns are the contract with everyone who queries the warehouse; more columns are welcome.",
        breaks="A renamed or dropped column, or a loader that lets DuckDB guess a type.",
        id_column="column_name",
    )
