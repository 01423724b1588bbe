"""Discover: find what is new among the inputs, by content hash, and archive its raw bytes in columnar parts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import pyarrow as pa

from tasks.parse.sources import NOT_READ, list_input_files, read_input_file
from tasks.parts import RAW_DOCUMENTS, write_file
from tasks.records import RawDocument, Refused
from warehouse.build_file import Build, Connection, transaction
from warehouse.identifiers import identify
from warehouse.layout import WarehouseLayout
from warehouse.release_state import forget_published

#: A refusal names a place where it still holds.
REFUSED_ELSEWHERE = """
update ledger.refusals set uri = places.uri
from (select document_id, min(uri) as uri from ledger.sightings group by document_id) as places
where places.document_id = refusals.document_id
    and (refusals.document_id, refusals.uri) not in (select (document_id, uri) from ledger.sightings)
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a document and a batch of documents may be."""

    max_document_bytes: int
    batch_documents: int
    batch_bytes: int


@dataclass(slots=True)
class Discovery:
    """How many records the inputs held, and what became of them: in = new + known + refused."""

    in_count: int = 0
    new_count: int = 0
    known_count: int = 0
    refused_count: int = 0
    new_sighting_count: int = 0


@dataclass(slots=True)
class _Pending:
    """What has been read but not yet written."""

    documents: list[RawDocument] = field(default_factory=list)
    byte_length: int = 0
    refusals: list[Refused] = field(default_factory=list)
    sightings: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, int, int, int, int]] = field(default_factory=list)
    outdated: list[tuple[str, str]] = field(default_factory=list)  # refused there before, and no more
    retired: list[str] = field(default_factory=list)  # refused nowhere any more


def input_files(inputs: Sequence[str], layout: WarehouseLayout) -> list[Path]:
    """List the files of the inputs, without the warehouse's own where a folder holds both.

    Raises:
        UsageError: an input does not exist.
    """
    return [path for path in list_input_files(inputs) if not layout.owns(path)]


def discover(build: Build, run_id: str, inputs: Sequence[str], limits: Limits) -> Iterator[Discovery]:
    """Read the inputs and archive what is new; yields the counts so far after each file.

    A file whose path, length and modification time are known is not read again. Everything is written in small
    transactions, so that an interrupted run finds on its next start what it had read.

    Raises:
        UsageError: an input does not exist or is of no known kind.
    """
    connection = build.connection
    known_files = {row[:4]: row[4] for row in connection.execute("from ledger.files").fetchall()}
    known_ids = {row[0] for row in connection.execute("select document_id from ledger.inputs").fetchall()}
    sighted = set(connection.execute("select document_id, uri from ledger.sightings").fetchall())
    refusals = _Refusals(connection)
    counts, pending = Discovery(), _Pending()
    for path in input_files(inputs, build.layout):
        key = _file_key(path, limits)
        if key in known_files:
            counts.in_count += known_files[key]
            counts.known_count += known_files[key]
            yield counts
            continue
        before, is_sound = counts.in_count, key is not None
        for found in read_input_file(path, max_document_bytes=limits.max_document_bytes):
            _take(found, counts, pending, known_ids, sighted)
            if isinstance(found, Refused):
                refusals.add(found)
                is_sound = is_sound and not found.detail.startswith(NOT_READ)
            if len(pending.documents) >= limits.batch_documents or pending.byte_length >= limits.batch_bytes:
                _write(build, run_id, pending)
                pending = _Pending()
        if key is not None and is_sound and key == _file_key(path, limits):
            pending.files.append((*key, counts.in_count - before))
            outdated, retired = refusals.outdated_of(path)
            pending.outdated += outdated
            pending.retired += retired
            sighted.difference_update(outdated)
            known_ids.difference_update(retired)
        refusals.begin_file()
        yield counts
    _write(build, run_id, pending)
    yield counts


class _Refusals:
    """Where each thing refused was seen, so that a refusal goes once its file is read and no longer holds it."""

    def __init__(self, connection: Connection) -> None:
        self._places: dict[str, set[str]] = {}  # of each document refused
        self._earlier: dict[str, list[tuple[str, str]]] = {}  # of each file, in earlier runs
        self._here: set[tuple[str, str]] = set()  # in the file that is being read
        query = "select document_id, uri from ledger.sightings semi join ledger.refusals using (document_id)"
        for document_id, uri in connection.execute(query).fetchall():
            self._places.setdefault(document_id, set()).add(uri)
            self._earlier.setdefault(uri.partition("#")[0], []).append((document_id, uri))

    def begin_file(self) -> None:
        self._here.clear()

    def add(self, found: Refused) -> None:
        self._places.setdefault(found.document_id, set()).add(found.uri)
        self._here.add((found.document_id, found.uri))

    def outdated_of(self, path: Path) -> tuple[list[tuple[str, str]], list[str]]:
        """Return the places where a file was refused and is no more, and the documents that are refused nowhere now."""
        outdated = [place for place in self._earlier.get(path.absolute().as_uri(), ()) if place not in self._here]
        for document_id, uri in outdated:
            self._places[document_id].discard(uri)
        return outdated, sorted({document_id for document_id, _ in outdated if not self._places[document_id]})


def _file_key(path: Path, limits: Limits) -> tuple[str, int, int, int] | None:
    """Return what a file is known by, None where it cannot be looked at. Names may hold bytes that are no UTF-8."""
    try:
        stat = path.stat()
    except OSError:
        return None
    name = os.fsencode(path).decode("utf-8", "backslashreplace")
    return name, stat.st_size, stat.st_mtime_ns, limits.max_document_bytes


def _take(
    found: RawDocument | Refused,
    counts: Discovery,
    pending: _Pending,
    known_ids: set[str],
    sighted: set[tuple[str, str]],
) -> None:
    counts.in_count += 1
    place = (found.document_id, found.uri)
    if place not in sighted:
        sighted.add(place)
        pending.sightings.append(place)
        counts.new_sighting_count += 1
    if isinstance(found, Refused):
        counts.refused_count += 1
        if found.document_id not in known_ids:
            pending.refusals.append(found)
    elif found.document_id in known_ids:
        counts.known_count += 1
    else:
        counts.new_count += 1
        pending.documents.append(found)
        pending.byte_length += len(found.content)
    known_ids.add(found.document_id)


def _write(build: Build, run_id: str, pending: _Pending) -> None:
    """Archive the pending documents as one part and record them; the part is there before the ledger names it."""
    raw_part = None
    if pending.documents:
        raw_part = f"{identify('raw', *sorted(document.document_id for document in pending.documents))}.parquet"
        write_file(build.layout.archive / raw_part, RAW_DOCUMENTS, map(_raw_row, pending.documents))
    with transaction(build.connection):
        if pending.documents or pending.refusals or pending.sightings or pending.outdated:
            forget_published(build.connection)
        _take_back(build.connection, pending)
        _insert_inputs(build.connection, run_id, raw_part, pending)
        _insert(build.connection, "sightings", ("document_id", "uri"), pending.sightings)
        if pending.outdated:
            build.connection.execute(REFUSED_ELSEWHERE)
        paths = [[row[0]] for row in pending.files]
        if paths:
            build.connection.executemany("delete from ledger.files where path = ?", paths)
        columns = ("path", "byte_length", "modified_ns", "max_document_bytes", "record_count")
        _insert(build.connection, "files", columns, pending.files)


def _take_back(connection: Connection, pending: _Pending) -> None:
    """Forget what was refused in files that have been read since."""
    if pending.outdated:
        connection.executemany("delete from ledger.sightings where document_id = ? and uri = ?", pending.outdated)
    for document_id in pending.retired:
        for table in ("refusals", "inputs"):
            connection.execute(f"delete from ledger.{table} where document_id = ?", [document_id])


def _raw_row(document: RawDocument) -> dict[str, object]:
    return {
        "document_id": document.document_id,
        "uri": document.uri,
        "record_id": document.record_id,
        "media_type": document.media_type,
        "stated": _json(document),
        "content": document.content,
    }


def _json(document: RawDocument) -> str:
    return orjson.dumps(dict(document.stated), option=orjson.OPT_SORT_KEYS).decode()


def _insert_inputs(connection: Connection, run_id: str, raw_part: str | None, pending: _Pending) -> None:
    rows: list[tuple[object, ...]] = [
        (item.document_id, item.uri, item.record_id, item.media_type, len(item.content), _json(item), raw_part, run_id)
        for item in pending.documents
    ]
    rows += [
        (item.document_id, item.uri, None, "application/octet-stream", item.byte_length, "{}", None, run_id)
        for item in pending.refusals
    ]
    columns = ("document_id", "uri", "record_id", "media_type", "byte_length", "stated", "raw_part", "first_run_id")
    _insert(connection, "inputs", columns, rows)
    refusals = [(item.document_id, item.uri, str(item.reason), item.detail, run_id) for item in pending.refusals]
    _insert(connection, "refusals", ("document_id", "uri", "reason", "detail", "run_id"), refusals)


def _insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        connection.register("discovered", pa.table(dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))))
        connection.execute(f"insert into ledger.{table} by name select * from discovered")
        connection.unregister("discovered")


def drop_archive(folder: Path) -> None:
    """Delete the archived raw documents (a setting asks for it once their results are published)."""
    for path in folder.glob("*.parquet"):
        path.unlink()
