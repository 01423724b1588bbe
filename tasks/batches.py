"""Work on one batch of documents or articles: paths in, a path out, so that any worker that sees the paths can do it.

A document that makes a stage fail unexpectedly is refused with the reason `stage-failed`; the others of its batch
are not affected, and nothing is lost.
"""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from tasks.clean import clean_document
from tasks.enrich import annotate_article
from tasks.parse import parse_document
from tasks.parts import ANNOTATED, PARSED, is_complete, read_file, write_part
from tasks.records import (
    CleanArticle,
    CleanBlock,
    CleanedDocument,
    ParsedDocument,
    Passage,
    Publication,
    RawDocument,
    Refused,
)
from warehouse.identifiers import identify
from warehouse.vocabulary import Refusal

Records = dict[str, list[dict[str, Any]]]


def parse_batch(raw_part: str, part: str, restore_rules: tuple[str, ...] = ()) -> str:
    """Parse and clean the documents of an archive part, and write them as the part `part`, whose path is returned."""
    if not is_complete(Path(part)):
        records: Records = defaultdict(list)
        for row in read_file(Path(raw_part)):
            raw = RawDocument(
                document_id=row["document_id"],
                uri=row["uri"],
                record_id=row["record_id"],
                media_type=row["media_type"],
                content=row["content"],
                stated=orjson.loads(row["stated"]),
            )
            _add_document(records, raw, frozenset(restore_rules))
        write_part(Path(part), PARSED, records)
    return part


def _add_document(records: Records, raw: RawDocument, restore_rules: frozenset[str]) -> None:
    stage = "parse"
    try:
        parsed = parse_document(raw)
        if isinstance(parsed, Refused):
            _add_refusal(records, parsed)
            return
        stage = "clean"
        cleaned = clean_document(parsed, restore_rules)
    except (OSError, MemoryError):
        raise  # the machine's fault, not the document's: the batch is tried again
    except Exception as problem:
        _add_refusal(records, _failure(raw.document_id, raw.uri, stage, problem))
        return
    if isinstance(cleaned, Refused):
        _add_refusal(records, cleaned)
        cleaned = _nothing_found(parsed, cleaned)
    _add_cleaned(records, parsed, cleaned)


def _failure(document_id: str, uri: str, stage: str, problem: Exception) -> Refused:
    place = traceback.extract_tb(problem.__traceback__)[-1]
    where = f"{Path(place.filename).stem}.{place.name}:{place.lineno}"
    return Refused(document_id, uri, stage, Refusal.STAGE_FAILED, f"{type(problem).__name__} in {where}")


def _nothing_found(parsed: ParsedDocument, refused: Refused) -> CleanedDocument:
    """Keep the blocks of a document without an article, all removed by the reason of its refusal."""
    blocks = tuple(
        CleanBlock(
            ordinal=block.ordinal,
            char_start=block.char_start,
            char_end=block.char_end,
            kind=block.kind,
            article_ordinal=None,
            is_kept=False,
            removed_by=refused.reason,
            element_path=block.element_path,
        )
        for block in parsed.blocks
    )
    return CleanedDocument(parsed.document_id, blocks, ())


def _add_refusal(records: Records, refused: Refused) -> None:
    records["refusals"].append(
        {
            "document_id": refused.document_id,
            "stage": refused.stage,
            "reason": str(refused.reason),
            "detail": refused.detail,
        }
    )


def _add_cleaned(records: Records, parsed: ParsedDocument, cleaned: CleanedDocument) -> None:
    document_id = parsed.document_id
    records["documents"].append(
        {
            "document_id": document_id,
            "media_type": parsed.media_type,
            "encoding": parsed.encoding,
            "encoding_source": parsed.encoding_source,
            "text": parsed.text,
        }
    )
    article_ids = {article.ordinal: identify("article", document_id, article.ordinal) for article in cleaned.articles}
    records["articles"].extend(_article_row(document_id, article_ids, article) for article in cleaned.articles)
    records["blocks"].extend(_block_row(document_id, article_ids, block) for block in cleaned.blocks)


def _article_row(document_id: str, article_ids: Mapping[int, str], article: CleanArticle) -> dict[str, Any]:
    row = asdict(article)
    row["authors"] = list(article.authors)
    return row | {"article_id": article_ids[article.ordinal], "document_id": document_id, "role": str(article.role)}


def _block_row(document_id: str, article_ids: Mapping[int, str], block: CleanBlock) -> dict[str, Any]:
    row = block._asdict()
    row["kind"] = str(block.kind)
    ordinal = row.pop("article_ordinal")
    row["block_id"] = identify("block", document_id, block.char_start)
    row["document_id"] = document_id
    row["article_id"] = None if ordinal is None else article_ids[ordinal]
    return row


def annotate_batch(passages: str, part: str) -> str:
    """Find times, events, names and quotations in a file of articles' passages, and write them as the part `part`."""
    if not is_complete(Path(part)):
        records: Records = defaultdict(list)
        for row in read_file(Path(passages)):
            _add_annotation(records, row)
        write_part(Path(part), ANNOTATED, records)
    return part


def _add_annotation(records: Records, given: Mapping[str, Any]) -> None:
    article_id = given["article_id"]
    passages = [Passage(**passage) for passage in given["passages"]]
    annotation = annotate_article(passages, _publication(given), given["lang"], given["names_model"])
    records["annotations"].append({"article_id": article_id, "annotation_key": given["annotation_key"]})
    for expression in annotation.time_expressions:
        record = asdict(expression)
        record.pop("modifier")
        records["time_expressions"].append({"article_id": article_id} | record)
    for mention in annotation.mentions:
        records["mentions"].append({"article_id": article_id} | asdict(mention))
    for entity in annotation.names.entities:
        records["named_entities"].append({"article_id": article_id} | entity._asdict())
    for name in annotation.names.mentions:
        key = identify("name", article_id, name.char_start, name.char_end)
        records["names"].append({"article_id": article_id, "entity_mention_id": key} | name._asdict())
    utterances: dict[int, str] = {}
    for quotation in annotation.quotations:
        key = identify("quote", article_id, quotation.char_start, quotation.char_end)
        row = quotation._asdict()
        row["utterance_id"] = utterances.setdefault(row.pop("utterance_start"), key)
        records["quotations"].append({"article_id": article_id, "quote_id": key} | row)


def _publication(row: Mapping[str, Any]) -> Publication:
    published_at: datetime | None = row["published_at"]
    published_on: date | None = row["published_on"]
    return Publication(
        article_id=row["article_id"],
        published_on=published_on,
        published_at=published_at,
        published_source=row["published_source"],
        earliest_on=row["earliest_on"],
        latest_on=row["latest_on"],
    )
