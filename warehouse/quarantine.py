"""Another try for what was refused: forget the refusal, so that the next run treats the document as new."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from warehouse.build_file import Build, transaction
from warehouse.errors import UsageError
from warehouse.release_state import forget_published


def release_documents(build: Build, document_ids: Sequence[str] = ()) -> list[str] | None:
    """Release documents (all of them, if none is named) from quarantine.

    Documents in the archive are parsed again from there; what could not be read is read again from its file.

    Returns:
        The paths of the files that have to be read again and still exist; None where nothing is in quarantine.

    Raises:
        UsageError: a named document is not in quarantine.
    """
    connection = build.connection
    held = {row[0] for row in connection.execute("select distinct document_id from ledger.quarantine").fetchall()}
    unknown = sorted(set(document_ids) - held)
    if unknown:
        raise UsageError(f"Not in quarantine: {', '.join(unknown)}. `dateline quarantine list` shows what is.")
    if not held:
        return None
    chosen = sorted(set(document_ids) or {document_id for document_id in held if document_id})
    with transaction(connection):
        connection.execute("create or replace temp table chosen as select unnest($ids) as document_id", {"ids": chosen})
        paths = _files_to_read_again(build)
        connection.execute("delete from ledger.quarantine where document_id in (from chosen)")
        connection.execute(
            """
            delete from ledger.loaded_parts
            where raw_part in (select raw_part from ledger.inputs where document_id in (from chosen))
            """
        )
        unread = "select document_id from ledger.refusals where document_id in (from chosen)"
        connection.execute(f"delete from ledger.sightings where document_id in ({unread})")
        connection.execute(f"delete from ledger.inputs where document_id in ({unread})")
        connection.execute("delete from ledger.refusals where document_id in (from chosen)")
        if paths:
            connection.execute("delete from ledger.files where path in (select unnest($paths))", {"paths": paths})
        forget_published(connection)
    return paths


def _files_to_read_again(build: Build) -> list[str]:
    rows = build.connection.execute(
        "select distinct uri from ledger.refusals where document_id in (from chosen)"
    ).fetchall()
    paths = {unquote(urlsplit(uri).path) for (uri,) in rows if uri.startswith("file://")}
    return sorted(path for path in paths if Path(path).exists())
