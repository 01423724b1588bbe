"""Where a document, an article or an event came from: read from the published file, told as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import UsageError
from warehouse.reading import query

Row = dict[str, Any]


def explain_target(connection: duckdb.DuckDBPyConnection, target: str) -> dict[str, Any]:
    """Find what `target` names and gather its evidence.

    Args:
        target: A document, article or event identifier (or a unique beginning of one, of 6 characters or more), or the
            path or URI of a document.

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


def _matches(connection: duckdb.DuckDBPyConnection, target: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if len(target) >= 6:
        for kind in ("article", "event", "document"):
            sql = f"select {kind}_id as id from {kind}s where starts_with({kind}_id, ?) order by 1"
            found += [(kind, row["id"]) for row in _rows(connection, sql, target)]
    if found:
        return found
    uri = target if "://" in target else Path(target).absolute().as_uri()
    sql = "select distinct document_id as id from sightings where uri = ? or starts_with(uri, ? || '#') order by 1"
    found = [("document", row["id"]) for row in query(connection, sql, [uri, uri]).as_dicts()]
    if not found:
        rows = _rows(
            connection, "select document_id as id from sightings where ends_with(uri, ?) order by 1", "/" + target
        )
        found = [("document", row["id"]) for row in rows]
    return found


def explain_document(connection: duckdb.DuckDBPyConnection, document_id: str, article_id: str | None) -> dict[str, Any]:
    """Gather a document's blocks, articles, duplicates, time expressions, events and refusals."""
    where_article = "" if article_id is None else f" and article_id = '{article_id}'"
    articles = _rows(
        connection,
        f"select * exclude (text) from articles where document_id = ?{where_article} order by ordinal",
        document_id,
    )
    return {
        "document": _rows(connection, "select * exclude (text) from documents where document_id = ?", document_id)[0],
        "articles": [article | _article_evidence(connection, article["article_id"]) for article in articles],
        "blocks": _rows(
            connection,
            "select ordinal, kind, char_start, char_end, is_kept, removed_by, element_path, article_id, text "
            f"from blocks where document_id = ?{where_article} order by ordinal",
            document_id,
        ),
        "quarantine": _rows(
            connection, "select stage, reason, detail from quarantine where document_id = ?", document_id
        ),
    }


def _article_evidence(connection: duckdb.DuckDBPyConnection, article_id: str) -> Row:
    return {
        "duplicates": [_with_passages(row) for row in _rows(connection, DUPLICATES, article_id)],
        "time_expressions": _rows(
            connection,
            "select text, value, begin_on, end_on, anchor_on, anchor_source, char_start, char_end "
            "from time_expressions where article_id = ? order by char_start",
            article_id,
        ),
        "events": _rows(connection, ARTICLE_EVENTS, article_id),
    }


DUPLICATES = """
with sides as (
    select article_id as this_id, other_article_id as other_id, relation, is_same_copy, containment, score, evidence,
        false as is_turned
    from duplicates
    union all
    select other_article_id, article_id,
        case relation when 'contains' then 'contained' when 'contained' then 'contains' else relation end,
        is_same_copy, containment, score, evidence, true
    from duplicates
)
select sides.* exclude (this_id), this.text as this_text, other.text as other_text, other.title, other.publisher
from sides
join articles as this on this.article_id = sides.this_id
join articles as other on other.article_id = sides.other_id
where sides.this_id = ?
order by score desc, other_id
"""

ARTICLE_EVENTS = """
select event_mentions.text, event_mentions.value, event_mentions.status, event_mentions.date_source,
    event_mentions.sentence, event_mentions.char_start, event_mentions.char_end, events.description, events.event_id
from event_mentions
join events using (event_id)
where event_mentions.article_id = ?
order by event_mentions.char_start
"""


def _with_passages(row: Row) -> Row:
    """Turn the evidence's offsets into the matched passages themselves, both sides."""
    this_text, other_text, evidence = row.pop("this_text"), row.pop("other_text"), json.loads(row.pop("evidence"))
    is_turned = row.pop("is_turned")
    passages = []
    for start, end, other_start, other_end in evidence:
        mine, theirs = (
            ((other_start, other_end), (start, end)) if is_turned else ((start, end), (other_start, other_end))
        )
        passages.append({"here": this_text[slice(*mine)], "there": other_text[slice(*theirs)]})
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


def tell(explanation: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of an explanation, with rich markup for what was removed."""
    if explanation["kind"] == "event":
        yield from _tell_event(explanation)
        return
    document = explanation["document"]
    yield f"[bold]Document[/] {document['document_id']}  {document['status']}"
    yield f"  {escape(document['uri'])}"
    yield f"  {document['media_type']}, {document['encoding']} ({document['encoding_source']}), {document['byte_length']:,} bytes"
    for refused in explanation["quarantine"]:
        yield f"  [bold red]refused[/] at {refused['stage']}: {refused['reason']}: {escape(refused['detail'])}"
    for article in explanation["articles"]:
        yield from _tell_article(article)
    yield ""
    yield "[bold]Text[/]  (what was removed, in grey, is followed by the rule that removed it)"
    for block in explanation["blocks"]:
        text = escape(block["text"].strip("\r\n"))
        if block["kind"] == "whitespace" or not text.strip():
            continue
        if block["is_kept"]:
            yield f"  [cyan]{block['kind']:>11}[/] │ {text}"
        else:
            yield f"  [dim]{block['kind']:>11} ✂ {text}[/]  [red]⟵ {block['removed_by']}[/]"


def _tell_article(article: Row) -> Iterator[str]:
    yield ""
    yield f"[bold]Article[/] {article['article_id']}  {article['role']}, characters {article['char_start']}–{article['char_end']}"
    yield f"  title      {escape(str(article['title'] or '(none on the page)'))}"
    yield f"  publisher  {escape(str(article['publisher'] or 'unknown'))}   byline {escape(str(article['byline'] or 'none'))}"
    yield (
        f"  published  {article['published_on'] or 'unknown'}  by {article['published_source']}"
        f" (between {article['published_earliest_on'] or '?'} and {article['published_latest_on'] or '?'})"
    )
    standing = "canonical" if article["is_canonical"] else "a copy"
    yield f"  cluster    {article['cluster_id']} ({standing})   story {article['story_id']}"
    for pair in article["duplicates"]:
        name = escape(str(pair["title"] or pair["publisher"] or "untitled"))
        yield f"  [magenta]{pair['relation']}[/] {pair['other_id']} {name}  containment {pair['containment']:.2f}, score {pair['score']:.2f}"
        for passage in pair["passages"][:3]:
            yield f"      here   {escape(_short(passage['here']))}"
            yield f"      there  {escape(_short(passage['there']))}"
    for expression in article["time_expressions"]:
        counted = (
            f"  counted from {expression['anchor_on']} ({expression['anchor_source']})"
            if expression["anchor_on"]
            else ""
        )
        yield f"  [green]time[/]  {escape(expression['text'])!s:<28} {expression['value']}{counted}"
    for event in article["events"]:
        yield f"  [yellow]event[/] {event['value']:<22} {event['status']:<12} {escape(_short(event['text']))}  (by {event['date_source']})"


def _tell_event(explanation: dict[str, Any]) -> Iterator[str]:
    event = explanation["event"]
    yield f"[bold]Event[/] {event['event_id']}  {event['status']}"
    yield f"  {escape(event['description'])}"
    yield f"  when   {event['value']} ({event['granularity']}: {event['begin_on']} to {event['end_on'] or 'open'})"
    yield f"  where  {escape(event['place'] or 'not named')}   who {escape(', '.join(event['actors']) or 'not named')}"
    yield f"  told by {event['article_count']} articles of {event['publisher_count']} known publishers"
    for side in explanation["disagreements"]:
        yield f"  [red]disagreement[/] {side['value']} in {side['article_count']} articles: {escape(_short(side['sentence']))}"
    for mention in explanation["mentions"]:
        evidence = f"“{mention['expression']}”" if mention["expression"] else "no expression of its own"
        yield ""
        yield f"  {mention['value']} {mention['status']}, dated by {mention['date_source']} ({escape(evidence)})"
        yield f"    {escape(mention['sentence'])}"
        source = mention["title"] or mention["publisher"] or "untitled"
        yield f"    [dim]{escape(str(source))}, {mention['published_on']}, characters {mention['char_start']}–{mention['char_end']} of {escape(mention['uri'])}[/]"


def _short(text: str, limit: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def escape(text: str) -> str:
    """Protect square brackets, which rich would read as markup."""
    return text.replace("[", "\\[")
