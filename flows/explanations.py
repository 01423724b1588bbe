"""Where a document, an article or an event came from: read from the published file, told as text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from flows.comparisons import compare_texts, find_places, place_in_document
from tasks.clean.removal_rules import RULES_BY_NAME
from warehouse.errors import UsageError
from warehouse.reading import query

Row = dict[str, Any]


def explain_target(connection: duckdb.DuckDBPyConnection, target: str) -> dict[str, Any]:
    """Find what `target` names and gather its evidence.

    Args:
        target: An identifier of a document, article or event, or of a part of an article (a block, a mention, a time
            expression), or a unique beginning of one, of 6 characters or more; or the path or URI of a document.

    Raises:
        UsageError: nothing, or more than one thing, has that name.
    """
    found = _matches(connection, target)
    if not found:
        raise UsageError(
            f"Nothing published is named {target!r}: it is no document, article or event identifier, and no document's "
            'path. `dateline sql "select uri, document_id from documents"` lists the documents; refused ones are in '
            "`dateline quarantine list`."
        )
    if len(found) > 1:
        names = ", ".join(f"{kind} {identifier}" for kind, identifier in found[:5])
        raise UsageError(f"{target!r} names {len(found)} things: {names}{', …' if len(found) > 5 else ''}. Name one.")
    kind, identifier = found[0]
    if kind == "event":
        return {"kind": kind} | explain_event(connection, identifier)
    if kind == "article":
        rows = _rows(connection, "select document_id from articles where article_id = ?", identifier)
        return {"kind": kind} | explain_document(connection, rows[0]["document_id"], identifier)
    return {"kind": kind} | explain_document(connection, identifier, None)


#: Every identifier, and what naming it explains: a part of an article explains the article that holds it.
IDENTIFIERS = """
with identifiers as (
    select article_id as id, 'article' as kind, article_id as subject_id from articles
    union all select event_id, 'event', event_id from events
    union all select document_id, 'document', document_id from documents
    union all select time_expression_id, 'article', article_id from time_expressions
    union all select event_mention_id, 'article', article_id from event_mentions
    union all select event_mention_id, 'article', article_id from undated_mentions
    union all select entity_mention_id, 'article', article_id from entity_mentions
    union all select quote_id, 'article', article_id from quotes
    union all
    select block_id, if(article_id is null, 'document', 'article'), coalesce(article_id, document_id) from blocks
)
select distinct kind, subject_id from identifiers where starts_with(id, ?) order by all
"""

PLACES = """
select distinct document_id from sightings
where uri = $uri or starts_with(uri, $uri || '#') or ends_with(uri, '/' || $given)
order by document_id
"""

SHORTEST_BEGINNING = 6


def _matches(connection: duckdb.DuckDBPyConnection, target: str) -> list[tuple[str, str]]:
    if len(target) >= SHORTEST_BEGINNING:
        found = query(connection, IDENTIFIERS, [target]).rows
        if found:
            return [(kind, identifier) for kind, identifier in found]
    uri = target if "://" in target else Path(target).absolute().as_uri()
    rows = connection.execute(PLACES, {"uri": uri, "given": target}).fetchall()
    return [("document", identifier) for (identifier,) in rows]


def explain_document(connection: duckdb.DuckDBPyConnection, document_id: str, article_id: str | None) -> dict[str, Any]:
    """Gather a document's blocks, articles, duplicates, time expressions, events and refusals."""
    where_article = "" if article_id is None else f" and article_id = '{article_id}'"
    articles = _rows(
        connection,
        f"select * exclude (text) from articles where document_id = ?{where_article} order by ordinal",
        document_id,
    )
    blocks = _rows(
        connection,
        "select ordinal, kind, char_start, char_end, is_kept, removed_by, restored_rule, evidence, element_path, "
        f"article_id, text from blocks where document_id = ?{_within(articles)} order by ordinal",
        document_id,
    )
    return {
        "document": _rows(connection, "select * exclude (text) from documents where document_id = ?", document_id)[0],
        "articles": [article | _article_evidence(connection, article["article_id"]) for article in articles],
        "blocks": blocks,
        "removals": summarise_removals(blocks),
        "quarantine": _rows(
            connection, "select stage, reason, detail from quarantine where document_id = ?", document_id
        ),
    }


def summarise_removals(blocks: Iterable[Row]) -> list[Row]:
    """Count what each rule removed, in blocks and characters, most characters first, with what the rule means."""
    counts: dict[str, list[int]] = {}
    for block in blocks:
        if not block["is_kept"]:
            count = counts.setdefault(block["removed_by"], [0, 0])
            count[0] += 1
            count[1] += len(block["text"].strip())
    return [
        {
            "rule": rule,
            "block_count": blocks_of_rule,
            "character_count": characters,
            "removes": RULES_BY_NAME[rule].removes if rule in RULES_BY_NAME else "Text of what was refused.",
            "can_be_restored": rule in RULES_BY_NAME,
        }
        for rule, (blocks_of_rule, characters) in sorted(counts.items(), key=lambda item: (-item[1][1], item[0]))
    ]


def _within(articles: list[Row]) -> str:
    """Confine the blocks to those of an embedded article, where one is explained; a lead is shown with its page."""
    if len(articles) != 1 or articles[0]["role"] != "embedded":
        return ""
    return f" and char_start between {articles[0]['char_start']} and {articles[0]['char_end'] - 1}"


def _article_evidence(connection: duckdb.DuckDBPyConnection, article_id: str) -> Row:
    return {
        "duplicates": _compared(connection, article_id),
        "versions": _rows(connection, VERSIONS, article_id),
        "time_expressions": _rows(
            connection,
            "select text, value, begin_on, end_on, anchor_on, anchor_source, char_start, char_end "
            "from time_expressions where article_id = ? order by char_start",
            article_id,
        ),
        "events": _rows(connection, ARTICLE_EVENTS, article_id),
        "entities": _rows(connection, ARTICLE_ENTITIES, article_id),
        "quotes": _rows(connection, ARTICLE_QUOTES, article_id),
    }


DUPLICATES = """
with sides as (
    select article_id as this_id, other_article_id as other_id, relation, is_same_copy, containment, resemblance,
        number_agreement, name_agreement, score, evidence, false as is_turned
    from duplicates
    union all
    select other_article_id, article_id,
        case relation when 'contains' then 'contained' when 'contained' then 'contains' else relation end,
        is_same_copy, containment, resemblance, number_agreement, name_agreement, score, evidence, true
    from duplicates
)
select sides.* exclude (this_id), this.text as this_text, other.text as other_text,
    other.title, other.publisher, other.document_id as other_document_id
from sides
join articles as this on this.article_id = sides.this_id
join articles as other on other.article_id = sides.other_id
where sides.this_id = ?
order by score desc, other_id
"""

VERSIONS = """
select others.article_id, others.version, others.version_count, others.is_latest, others.stated_published_at,
    others.stated_modified_at, others.fetched_at, others.added_word_count, others.removed_word_count,
    others.has_notice, others.has_new_time, others.removed, others.added
from article_versions
join article_versions as others using (version_group_id)
where article_versions.article_id = ?
order by others.version, others.fetched_at, others.article_id
"""

ARTICLE_EVENTS = """
select event_mentions.text, event_mentions.value, event_mentions.status, event_mentions.date_source,
    event_mentions.sentence, event_mentions.char_start, event_mentions.char_end, events.description, events.event_id
from event_mentions
join events using (event_id)
where event_mentions.article_id = ?
order by event_mentions.char_start
"""

ARTICLE_ENTITIES = """
select entities.kind, entities.name, count(*)::integer as mention_count,
    list(distinct entity_mentions.text order by entity_mentions.text) as forms, entity_id
from entity_mentions
join entities using (entity_id)
where entity_mentions.article_id = ?
group by entity_id, entities.kind, entities.name
order by list_position(['person', 'organisation', 'place'], entities.kind), mention_count desc, entities.name, entity_id
"""

ARTICLE_QUOTES = """
select quotes.text, quotes.speaker, quotes.cue, quotes.speaker_source, quotes.unresolved_reason, entities.name,
    quotes.char_start, quotes.char_end, quotes.quote_id, quotes.utterance_id, quotes.part
from quotes
left join entities using (entity_id)
where quotes.article_id = ?
order by quotes.char_start
"""


def _compared(connection: duckdb.DuckDBPyConnection, article_id: str) -> list[Row]:
    """Gather the pairs of an article, each with its passages and, for a revision, what the later version changed."""
    pairs = _rows(connection, DUPLICATES, article_id)
    return [_with_passages(connection, article_id, pair) for pair in pairs]


def _with_passages(connection: duckdb.DuckDBPyConnection, article_id: str, row: Row) -> Row:
    """Turn the evidence's offsets into the matched passages themselves, both sides, with their differences.

    Offsets of passages count in each side's documents.text, those of differences within the passages.
    """
    this_text, other_text, evidence = row.pop("this_text"), row.pop("other_text"), json.loads(row.pop("evidence"))
    is_turned = row.pop("is_turned")
    places, other_places = find_places(connection, article_id), find_places(connection, row["other_id"])
    passages = []
    for start, end, other_start, other_end in evidence:
        mine, theirs = (
            ((other_start, other_end), (start, end)) if is_turned else ((start, end), (other_start, other_end))
        )
        here, there = this_text[slice(*mine)], other_text[slice(*theirs)]
        here_start, here_end = place_in_document(places, *mine)
        there_start, there_end = place_in_document(other_places, *theirs)
        passages.append(
            {
                "here": here,
                "there": there,
                "here_start": here_start,
                "here_end": here_end,
                "there_start": there_start,
                "there_end": there_end,
                "differences": compare_texts(here, there),
            }
        )
    return row | {"passages": passages}


def explain_event(connection: duckdb.DuckDBPyConnection, event_id: str) -> dict[str, Any]:
    """Gather an event's mentions, each with its sentence, its date's source and its article, and its disagreements."""
    return {
        "event": _rows(connection, "select * from events where event_id = ?", event_id)[0],
        "mentions": _rows(connection, MENTIONS, event_id),
        "disagreements": _rows(
            connection,
            "select value, article_count, sentence from disagreements where event_id = ? order by value",
            event_id,
        ),
    }


MENTIONS = """
select event_mentions.text, event_mentions.value, event_mentions.date_source, event_mentions.status,
    event_mentions.sentence, event_mentions.char_start, event_mentions.char_end,
    substring(documents.text, expression_start + 1, expression_end - expression_start) as expression,
    articles.published_on, articles.publisher, articles.title, event_mentions.article_id, documents.uri
from event_mentions
join articles using (article_id)
join documents on documents.document_id = event_mentions.document_id
where event_mentions.event_id = ?
order by articles.published_on, documents.uri, event_mentions.char_start
"""


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, *parameters: Any) -> list[Row]:
    return query(connection, sql, parameters).as_dicts()
