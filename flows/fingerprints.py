"""What decides, beside the documents, what is published: the code and the settings of content."""

from __future__ import annotations

from pathlib import Path

from flows.settings import Settings
from tasks.fingerprints import ALL_SOURCES, PAGE_SOURCES, code_fingerprint
from warehouse.build_file import Connection
from warehouse.identifiers import identify


def content_fingerprint(settings: Settings) -> str:
    """Hash the code of all stages and the settings that change what they make of the same documents."""
    return identify("content", code_fingerprint(ALL_SOURCES), repr(settings.content_settings()))


def page_part_name(raw_part: str, settings: Settings) -> str:
    """Return the name of the batch result of an archive part: by its content, the code and the settings."""
    rules = repr(sorted(settings.restore_rules))
    return identify("page", raw_part, code_fingerprint(PAGE_SOURCES), rules)


def are_files_known(connection: Connection, paths: list[Path], settings: Settings) -> bool:
    """Tell, without reading them, whether all files were read as they are now (path, length and time of change)."""
    known = {tuple(row) for row in connection.execute("select * exclude (record_count) from ledger.files").fetchall()}
    for path in paths:
        stat = path.stat()
        if (str(path), stat.st_size, stat.st_mtime_ns, settings.max_document_bytes) not in known:
            return False
    return True
