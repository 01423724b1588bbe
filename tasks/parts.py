"""Columnar parts: how batches of records travel between the process that plans and the workers that work.

A part is a folder of Parquet files, one a record type. It is written beside its place and renamed into it, so that
a part that exists is complete; its name is a hash of what went in, of the code and of the settings.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

STRINGS = pa.list_(pa.string())

RAW_DOCUMENTS = pa.schema(
    [
        ("document_id", pa.string()),
        ("uri", pa.string()),
        ("record_id", pa.string()),
        ("media_type", pa.string()),
        ("stated", pa.string()),
        ("content", pa.binary()),
    ]
)

PARSED: Mapping[str, pa.Schema] = {
    "documents": pa.schema(
        [
            ("document_id", pa.string()),
            ("media_type", pa.string()),
            ("encoding", pa.string()),
            ("encoding_source", pa.string()),
            ("text", pa.string()),
        ]
    ),
    "blocks": pa.schema(
        [
            ("block_id", pa.string()),
            ("document_id", pa.string()),
            ("article_id", pa.string()),
            ("ordinal", pa.int32()),
            ("kind", pa.string()),
            ("char_start", pa.int64()),
            ("char_end", pa.int64()),
            ("is_kept", pa.bool_()),
            ("removed_by", pa.string()),
            ("element_path", pa.string()),
            ("restored_rule", pa.string()),
        ]
    ),
    "articles": pa.schema(
        [
            ("article_id", pa.string()),
            ("document_id", pa.string()),
            ("ordinal", pa.int32()),
            ("role", pa.string()),
            ("char_start", pa.int64()),
            ("char_end", pa.int64()),
            ("title", pa.string()),
            ("title_source", pa.string()),
            ("publisher", pa.string()),
            ("publisher_source", pa.string()),
            ("byline", pa.string()),
            ("byline_source", pa.string()),
            ("authors", STRINGS),
            ("url", pa.string()),
            ("section", pa.string()),
            ("lang", pa.string()),
            ("lang_source", pa.string()),
            ("published", pa.string()),
            ("published_source", pa.string()),
            ("modified", pa.string()),
            ("relative_time", pa.string()),
        ]
    ),
    "refusals": pa.schema(
        [("document_id", pa.string()), ("stage", pa.string()), ("reason", pa.string()), ("detail", pa.string())]
    ),
}

PASSAGES = pa.schema(
    [
        ("article_id", pa.string()),
        ("annotation_key", pa.string()),
        ("names_model", pa.string()),
        ("lang", pa.string()),
        ("published_on", pa.date32()),
        ("published_at", pa.timestamp("us")),
        ("published_source", pa.string()),
        ("earliest_on", pa.date32()),
        ("latest_on", pa.date32()),
        (
            "passages",
            pa.list_(pa.struct([("char_start", pa.int64()), ("kind", pa.string()), ("text", pa.string())])),
        ),
    ]
)

ANNOTATED: Mapping[str, pa.Schema] = {
    "annotations": pa.schema([("article_id", pa.string()), ("annotation_key", pa.string())]),
    "time_expressions": pa.schema(
        [
            ("article_id", pa.string()),
            ("char_start", pa.int64()),
            ("char_end", pa.int64()),
            ("text", pa.string()),
            ("value", pa.string()),
            ("timex_type", pa.string()),
            ("granularity", pa.string()),
            ("begin_on", pa.date32()),
            ("end_on", pa.date32()),
            ("anchor_on", pa.date32()),
            ("anchor_source", pa.string()),
        ]
    ),
    "mentions": pa.schema(
        [
            ("article_id", pa.string()),
            ("char_start", pa.int64()),
            ("char_end", pa.int64()),
            ("sentence_start", pa.int64()),
            ("sentence_end", pa.int64()),
            ("text", pa.string()),
            ("sentence", pa.string()),
            ("value", pa.string()),
            ("granularity", pa.string()),
            ("begin_on", pa.date32()),
            ("end_on", pa.date32()),
            ("date_source", pa.string()),
            ("status", pa.string()),
            ("actors", STRINGS),
            ("place", pa.string()),
            ("lemmas", STRINGS),
            ("undated_reason", pa.string()),
            ("expression_start", pa.int64()),
            ("expression_end", pa.int64()),
        ]
    ),
    "named_entities": pa.schema(
        [
            ("article_id", pa.string()),
            ("ordinal", pa.int32()),
            ("kind", pa.string()),
            ("is_sure", pa.bool_()),
            ("name", pa.string()),
            ("gender", pa.string()),
            ("acronym", pa.string()),
            ("is_ambiguous", pa.bool_()),
        ]
    ),
    "quotations": pa.schema(
        [
            ("article_id", pa.string()),
            ("quote_id", pa.string()),
            ("utterance_id", pa.string()),
            ("part", pa.int32()),
            ("char_start", pa.int64()),
            ("char_end", pa.int64()),
            ("text", pa.string()),
            ("cue", pa.string()),
            ("speaker_source", pa.string()),
            ("speaker_start", pa.int64()),
            ("speaker_end", pa.int64()),
            ("speaker_ordinal", pa.int32()),
            ("unresolved_reason", pa.string()),
        ]
    ),
    "names": pa.schema(
        [
            ("article_id", pa.string()),
            ("entity_mention_id", pa.string()),
            ("ordinal", pa.int32()),
            ("char_start", pa.int64()),
            ("char_end", pa.int64()),
            ("sentence_start", pa.int64()),
            ("sentence_end", pa.int64()),
            ("text", pa.string()),
            ("sentence", pa.string()),
        ]
    ),
}


def is_complete(part: Path) -> bool:
    """Tell whether a part is there; one that is there is whole."""
    return part.is_dir()


def write_part(
    part: Path, schemas: Mapping[str, pa.Schema], records: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    """Write one Parquet file a record type into the folder `part`, all or nothing."""
    unfinished = part.with_name(f".{part.name}.{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name, schema in schemas.items():
        table = pa.Table.from_pylist(list(records.get(name, ())), schema=schema)
        pq.write_table(table, unfinished / f"{name}.parquet", compression="zstd")
    try:
        unfinished.replace(part)
    except OSError:
        if not is_complete(part):  # another worker finished the same part first: both are equal
            raise
        shutil.rmtree(unfinished)


def write_file(path: Path, schema: pa.Schema, records: Iterable[Mapping[str, Any]]) -> None:
    """Write one Parquet file, all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    pq.write_table(pa.Table.from_pylist(list(records), schema=schema), unfinished, compression="zstd")
    unfinished.replace(path)


def read_file(path: Path) -> list[dict[str, Any]]:
    """Read one Parquet file as a list of records."""
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows
