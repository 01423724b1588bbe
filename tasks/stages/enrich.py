"""Enrich, over all articles: publication dates, time expressions, event mentions, and events merged from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from tasks.enrich.merge import merge_mentions
from tasks.enrich.publication import date_articles
from tasks.fingerprints import ANNOTATION_SOURCES, code_fingerprint
from tasks.parts import ANNOTATED, PASSAGES, write_file
from tasks.records import ArticleMention, DatableArticle, EventMention, Passage, Publication
from tasks.stages.article_texts import update_articles
from tasks.stages.dedupe import replace_rows
from tasks.stages.entities import fetch_entity_names
from warehouse.build_file import Connection
from warehouse.identifiers import identify
from warehouse.vocabulary import TEXT_KINDS

#: Kept blocks that are read for time expressions and events: the text, and what stands around it in the article.
PASSAGE_KINDS = ("headline", "dateline", *(str(kind) for kind in TEXT_KINDS), "caption")


def fetch_passages(connection: Connection) -> dict[str, list[Passage]]:
    """Return each article's passages: its kept blocks without the white space around them, with their offsets."""
    rows = connection.execute(
        f"""
        select article_id, char_start, kind, text
        from staging.blocks
        where is_kept and article_id is not null and kind in ({", ".join(f"'{kind}'" for kind in PASSAGE_KINDS)})
        order by article_id, ordinal
        """
    ).fetchall()
    passages: dict[str, list[Passage]] = defaultdict(list)
    for article_id, char_start, kind, text in rows:
        stripped = text.strip()
        if stripped:
            passages[article_id].append(Passage(char_start + text.index(stripped[0]), kind, stripped))
    return passages


def date_all(connection: Connection, passages: Mapping[str, Sequence[Passage]], as_of: date) -> dict[str, Publication]:
    """Fill the articles' publication dates, and the stories' first and last ones from them."""
    publications = date_articles(fetch_datable_articles(connection, passages), as_of)
    columns = {name: name for name in ("published_on", "published_at", "published_source")}
    columns |= {name: f"published_{name}" for name in ("earliest_on", "latest_on")}
    rows = [asdict(publication) for _, publication in sorted(publications.items())]
    for row in rows:
        if row["published_at"] is not None:
            row["published_at"] = row["published_at"].replace(tzinfo=None)
    schema = pa.schema([("article_id", pa.string()), *((name, PASSAGES.field(name).type) for name in columns)])
    publications_table = pa.Table.from_pylist(rows, schema=schema).rename_columns(["article_id", *columns.values()])
    connection.register("publications", publications_table)
    update_articles(connection, "publications", tuple(columns.values()))
    connection.unregister("publications")
    connection.execute(
        """
        update staging.stories
        set first_published_on = known.first_on, last_published_on = known.last_on
        from (
            select story_id, min(published_on) as first_on, max(published_on) as last_on
            from staging.articles
            group by story_id
        ) as known
        where stories.story_id = known.story_id
        """
    )
    return publications


def fetch_datable_articles(connection: Connection, passages: Mapping[str, Sequence[Passage]]) -> list[DatableArticle]:
    """Return the staged articles as the inference of publication dates sees them."""
    rows = connection.execute(
        """
        select
            articles.article_id,
            articles.document_id,
            articles.role,
            articles.ordinal,
            articles.lang,
            articles.cluster_id,
            articles.story_id,
            stated.published,
            stated.published_source,
            json_extract_string(documents.stated, '$.fetched_at') as fetched,
            stated.relative_time,
            articles.url
        from staging.articles as articles
        join page.articles as stated using (article_id)
        join staging.documents as documents on documents.document_id = articles.document_id
        order by articles.article_id
        """
    ).fetchall()
    names = tuple(field.name for field in fields(DatableArticle) if field.name != "passages")
    return [DatableArticle(**dict(zip(names, row, strict=True)), passages=passages.get(row[0], [])) for row in rows]


def write_annotation_batches(
    connection: Connection,
    folder: Path,
    passages: Mapping[str, Sequence[Passage]],
    publications: Mapping[str, Publication],
    batch_articles: int,
    names_model: str | None = None,
) -> list[str]:
    """Write the passages of articles whose annotation is missing or out of date, in batches; returns their files."""
    known = dict(connection.execute("select article_id, annotation_key from page.annotations").fetchall())
    languages = connection.execute("select article_id, lang from staging.articles order by article_id").fetchall()
    rows = []
    for article_id, lang in languages:
        row = _annotation_row(article_id, lang, passages.get(article_id, []), publications[article_id], names_model)
        if known.get(article_id) != row["annotation_key"]:
            rows.append(row)
    files = []
    for start in range(0, len(rows), batch_articles):
        batch = rows[start : start + batch_articles]
        path = folder / f"{identify('passages', *(row['annotation_key'] for row in batch))}.parquet"
        write_file(path, PASSAGES, batch)
        files.append(str(path))
    return files


def _annotation_row(
    article_id: str, lang: str | None, passages: Sequence[Passage], publication: Publication, names_model: str | None
) -> dict[str, Any]:
    row = asdict(publication) | {"lang": lang, "passages": [asdict(passage) for passage in passages]}
    row["names_model"] = names_model
    if row["published_at"] is not None:
        row["published_at"] = row["published_at"].replace(tzinfo=None)
    key = identify(code_fingerprint(ANNOTATION_SOURCES), orjson.dumps(row, option=orjson.OPT_SORT_KEYS))
    return row | {"annotation_key": key}


def load_annotations(connection: Connection, parts: Sequence[str]) -> None:
    """Load the results of annotation batches in place of the articles' former ones."""
    for part in parts:
        fresh = "(select article_id from read_parquet($fresh))"
        parameters = {"fresh": str(Path(part) / "annotations.parquet")}
        for table in ANNOTATED:
            connection.execute(f"delete from page.{table} where article_id in {fresh}", parameters)
            connection.execute(
                f"insert into page.{table} by name select * from read_parquet($source)",
                {"source": str(Path(part) / f"{table}.parquet")},
            )


def stage_time_expressions(connection: Connection) -> None:
    """Fill `staging.time_expressions` with those of the articles that are staged."""
    rows = _fetch(
        connection,
        """
        select expressions.*, articles.document_id
        from page.time_expressions as expressions
        join staging.articles as articles using (article_id)
        order by article_id, char_start, char_end
        """,
    )
    for row in rows:
        row["time_expression_id"] = identify("time", row["article_id"], row["char_start"], row["char_end"])
    replace_rows(connection, "time_expressions", rows)


def merge_all(connection: Connection) -> None:
    """Fill the tables of mentions, events and disagreements from the annotations of the staged articles.

    Reads the staged entities, which must be there.
    """
    mentions = _fetch_mentions(connection)
    result = merge_mentions(mentions)
    dated: list[dict[str, Any]] = []
    undated: list[dict[str, Any]] = []
    for index, told in enumerate(mentions):
        event_id = result.event_ids[index]
        row = _mention_row(told, result.mentions[index])
        if event_id is None:
            row["undated_reason"] = row["undated_reason"] or "the date has no place in the calendar"
            undated.append({name: row[name] for name in UNDATED_COLUMNS})
        else:
            dated.append({name: row[name] for name in DATED_COLUMNS} | {"event_id": event_id})
    replace_rows(connection, "event_mentions", dated)
    replace_rows(connection, "undated_mentions", undated)
    replace_rows(connection, "events", [asdict(event) for event in result.events])
    replace_rows(connection, "disagreements", [asdict(row) for row in result.disagreements])


_SHARED = ("event_mention_id", "article_id", "document_id", "sentence_start", "sentence_end", "char_start", "char_end")
UNDATED_COLUMNS = (*_SHARED, "text", "status", "undated_reason")
DATED_COLUMNS = (
    *_SHARED,
    "text",
    "sentence",
    "value",
    "granularity",
    "begin_on",
    "end_on",
    "date_source",
    "expression_start",
    "expression_end",
    "status",
    "place",
    "actors",
)


def _mention_row(told: ArticleMention, mention: EventMention) -> dict[str, Any]:
    row = asdict(mention) | {"article_id": told.article_id, "document_id": told.document_id}
    row["actors"] = list(mention.actors)
    row["event_mention_id"] = identify("mention", told.article_id, mention.char_start, mention.char_end)
    return row


def _fetch_mentions(connection: Connection) -> list[ArticleMention]:
    entities = fetch_entity_names(connection)
    rows = _fetch(
        connection,
        """
        select
            mentions.*,
            articles.document_id,
            articles.story_id,
            articles.cluster_id,
            articles.publisher,
            articles.published_on,
            articles.published_latest_on as latest_on
        from page.mentions as mentions
        join staging.articles as articles using (article_id)
        order by article_id, char_start, char_end
        """,
    )
    names = ("article_id", "document_id", "story_id", "cluster_id", "publisher", "published_on", "latest_on")
    told = []
    for row in rows:
        article = {name: row.pop(name) for name in names}
        row |= {"actors": tuple(row["actors"]), "lemmas": tuple(row["lemmas"])}
        named = entities.get(article["article_id"], {})
        told.append(ArticleMention(**article, mention=EventMention(**row), entities=named))
    return told


def _fetch(connection: Connection, sql: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = connection.sql(sql).to_arrow_table().to_pylist()
    return rows
