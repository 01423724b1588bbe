"""The text of failing rows, read while the tables that failed are still there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from expectations.engine import Offender, Schema, Verdict
from expectations.validations import Passage

#: Failing rows of one expectation whose text is kept; `validations.failing_ids` names all.
KEPT_OFFENDERS = 50
#: Characters kept of a failing row's text, and on either side of it.
KEPT_CHARACTERS, KEPT_CONTEXT = 600, 160
DETAIL_LIMIT = 500

#: Table -> the column that names a row of it, and in which order the rows of one name are preferred. Each has
#: the columns of `SPAN`.
PLACES = (
    ("blocks", "block_id", "0"),
    ("time_expressions", "time_expression_id", "0"),
    ("event_mentions", "event_mention_id", "0"),
    ("undated_mentions", "event_mention_id", "0"),
    ("event_mentions", "event_id", "0"),
    ("entity_mentions", "entity_mention_id", "0"),
    ("entity_mentions", "entity_id", "0"),
    ("quotes", "quote_id", "0"),
    ("articles", "article_id", "0"),
    ("articles", "cluster_id", "if(is_canonical, 0, 1)"),
    ("articles", "story_id", "if(is_canonical, 0, 1)"),
)
SPAN = frozenset(("document_id", "char_start", "char_end"))
#: Table -> the columns without which no text is looked up.
NEEDED = {"documents": {"document_id", "uri", "text"}, "articles": {"document_id", "ordinal", "title", "is_canonical"}}


def find_passages(
    connection: duckdb.DuckDBPyConnection, schema: Schema, verdicts: Sequence[Verdict], *, run_id: str, stage: str
) -> tuple[Passage, ...]:
    """Return the failing rows of every verdict, the first `KEPT_OFFENDERS` of each, with their text where it is known.

    A table or column that is not there, which may be what failed, costs the text of the rows that it would name.
    """
    rows = [
        (verdict.check.name, ordinal, identifier, offender)
        for verdict in verdicts
        for ordinal, (identifier, offender) in enumerate(_first_of_each(verdict.offenders))
    ]
    places = _look_up(connection, schema, sorted({identifier for _, _, identifier, _ in rows}))
    return tuple(
        Passage(run_id, stage, name, ordinal, identifier, offender.detail[:DETAIL_LIMIT], **places.get(identifier, {}))
        for name, ordinal, identifier, offender in rows
    )


def _first_of_each(offenders: Sequence[Offender]) -> list[tuple[str, Offender]]:
    first: dict[str, Offender] = {}
    for offender in offenders:
        if offender.identifier is not None:
            first.setdefault(offender.identifier, offender)
    return list(first.items())[:KEPT_OFFENDERS]


def _look_up(
    connection: duckdb.DuckDBPyConnection, schema: Schema, identifiers: list[str]
) -> dict[str, dict[str, Any]]:
    if not identifiers or any(not names <= set(schema.tables.get(table, {})) for table, names in NEEDED.items()):
        return {}
    ((database,),) = connection.execute("select current_database()").fetchall()
    known = [place for place in PLACES if {place[1], *SPAN} <= set(schema.tables.get(place[0], {}))]
    sql = _places_query(f'"{database}"."{schema.name}"', known)
    cursor = connection.execute(sql, {"identifiers": identifiers})
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row.pop("identifier"): row for row in rows}


def _places_query(place: str, known: Sequence[tuple[str, str, str]]) -> str:
    named = "".join(
        f"    union all select {name}, document_id, char_start, char_end, {rank} from {place}.{table}\n"
        for table, name, rank in known
    )
    return f"""
with places as (
    select
        document_id as identifier, document_id, 0 as char_start, length(text) as char_end, 0 as place_rank
    from {place}.documents
{named}),
chosen as (
    select * from places
    where identifier in (select unnest($identifiers::varchar[]))
    qualify row_number() over (partition by identifier order by place_rank, document_id, char_start, char_end) = 1
)
select
    chosen.identifier, chosen.document_id, documents.uri, leads.title, chosen.char_start, chosen.char_end,
    substring(
        documents.text, greatest(chosen.char_start - {KEPT_CONTEXT}, 0) + 1, least(chosen.char_start, {KEPT_CONTEXT})
    ) as text_before,
    substring(
        documents.text, chosen.char_start + 1, least(chosen.char_end - chosen.char_start, {KEPT_CHARACTERS})
    ) as text,
    substring(
        documents.text, least(chosen.char_end, chosen.char_start + {KEPT_CHARACTERS}) + 1, {KEPT_CONTEXT}
    ) as text_after
from chosen
join {place}.documents as documents using (document_id)
left join {place}.articles as leads on leads.document_id = chosen.document_id and leads.ordinal = 0
"""
