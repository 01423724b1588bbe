"""Find the documents among files, folders and globs.

Bad content never raises: what cannot be read comes back as refused, with a reason, so that no input is lost. Only an
input that does not exist is an error, because that is a mistake in the command and not in the data.
"""

from __future__ import annotations

import glob
import os
import stat
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from tasks.parse.compression import as_utf_8, name_without_compression, open_stream, read_bounded
from tasks.parse.containers import damaged, read_json, read_json_lines
from tasks.parse.decoding import binary_format
from tasks.parse.delimited_tables import read_csv
from tasks.parse.feeds import read_feed
from tasks.parse.parquet_tables import read_parquet
from tasks.parse.sniffing import MEDIA_TYPES, READABLE, SAMPLE_BYTES, Content, archive_format, sniff
from tasks.parse.stated_fields import make_document, refuse
from tasks.parse.web_archives import read_web_archive
from tasks.records import RawDocument, Refused
from warehouse.errors import UsageError
from warehouse.vocabulary import Refusal

#: How the detail of a refusal begins where the system, not the content, kept a file from being read.
NOT_READ = "cannot be"
MAX_DOCUMENT_BYTES = 50_000_000
SPECIAL_KINDS = (("pipe", stat.S_ISFIFO), ("socket", stat.S_ISSOCK), ("device", stat.S_ISCHR), ("device", stat.S_ISBLK))


class InputError(UsageError):
    """An input does not exist."""


def discover_inputs(
    inputs: Sequence[str], *, max_document_bytes: int = MAX_DOCUMENT_BYTES
) -> Iterator[RawDocument | Refused]:
    """Read every document of the inputs: files, folders (with all below them) and globs.

    Raises:
        InputError: an input matches no file; nothing has been read then.
    """
    for path in list_input_files(inputs):
        yield from read_input_file(path, max_document_bytes=max_document_bytes)


def list_input_files(inputs: Sequence[str]) -> list[Path]:
    """List the files of the inputs as absolute paths, each once: those of a folder or a glob in order of their names.

    Files and folders whose name begins with a dot are left out, except where they are named themselves.

    Raises:
        InputError: an input matches no file.
    """
    found: dict[Path, None] = {}
    for given in inputs:
        for path in _expand(given):
            found[path.absolute()] = None
    return list(found)


def _expand(given: str) -> list[Path]:
    path = Path(given).expanduser()
    if path.is_dir():
        return _files_below(path)
    if path.is_file():
        return [path]
    if path.exists():
        raise InputError(f"The input {given!r} is neither a file nor a folder, but a pipe or a device. {_VALID}")
    if glob.has_magic(given):
        matches = sorted(Path(match) for match in glob.glob(str(path), recursive=True))  # noqa: PTH207 (absolute globs)
        files = [file for match in matches for file in (_files_below(match) if match.is_dir() else [match])]
        if any(file.is_file() for file in files):
            return files
        raise InputError(f"The glob {given!r} matches no file below {Path.cwd()}. {_VALID}")
    raise InputError(f"The input {given!r} does not exist ({path.absolute()}). {_VALID}")


_VALID = f"Inputs are files, folders or globs (quoted) of {READABLE}; for example: dateline run seeds/documents"


def _files_below(folder: Path) -> list[Path]:
    """List the files below a folder, through links to folders; links that lead nowhere, folders that cannot be listed
    and what is no file are there too, to be refused."""
    found: list[Path] = []
    visited: set[str] = set()

    def refuse_folder(problem: OSError) -> None:
        found.append(Path(problem.filename))

    for parent, folders, names in os.walk(folder, onerror=refuse_folder, followlinks=True):
        real = os.path.realpath(parent)
        if real in visited:  # a link to a folder above it, or a second one to the same
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found.extend(Path(parent) / name for name in names if not name.startswith("."))
    return sorted(found)


def read_input_file(path: Path, *, max_document_bytes: int = MAX_DOCUMENT_BYTES) -> Iterator[RawDocument | Refused]:
    """Read the documents of one file; a file without any yields one refusal."""
    uri = path.absolute().as_uri()
    if (kind := _special_kind(path)) is not None:  # to open one might wait for ever
        yield refuse(uri, Refusal.UNSUPPORTED, f"a {kind}; files and folders are read")
        return
    try:
        stream = open_stream(path)
    except OSError as problem:
        yield refuse(uri, Refusal.UNREADABLE, f"{NOT_READ} opened: {problem.strerror}")
        return
    count = 0
    try:
        with stream:
            for found in _read_stream(path, stream, uri, max_document_bytes):
                count += 1
                yield found
    except Exception as problem:  # as in the later stages: what is wrong with one file must not stop the others
        yield _failed(f"{uri}#{count + 1}" if count else uri, problem)
        return
    if not count:
        yield refuse(uri, Refusal.EMPTY, "no records")


def _special_kind(path: Path) -> str | None:
    """Name what is no file, folder or link: a pipe, a socket or a device."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    return next((name for name, is_one in SPECIAL_KINDS if is_one(mode)), None)


def _failed(uri: str, problem: Exception) -> Refused:
    if isinstance(problem, OSError):
        return refuse(uri, Refusal.UNREADABLE, f"{NOT_READ} read: {problem.strerror or problem}")
    place = traceback.extract_tb(problem.__traceback__)[-1]
    detail = f"{type(problem).__name__} in {Path(place.filename).stem}.{place.name}:{place.lineno}"
    return refuse(uri, Refusal.STAGE_FAILED, detail)


def _read_stream(path: Path, stream: BinaryIO, uri: str, limit: int) -> Iterator[RawDocument | Refused]:
    name = name_without_compression(path)
    sample, damage = read_bounded(stream, SAMPLE_BYTES - 1)
    kind = sniff(name, sample)
    if (archive := archive_format(sample)) is not None and kind is not Content.WARC:
        detail = f"a {archive}; unpack it, and give the folder of its files"
        yield refuse(uri, Refusal.UNSUPPORTED, detail, sample)
        return
    if damage is not None and kind not in (Content.JSON_LINES, Content.JSON, Content.CSV, Content.WARC):
        yield damaged(uri, damage, sample)
        return
    whole = open_stream(path)
    with whole:
        if kind in (Content.JSON_LINES, Content.JSON, Content.CSV):
            whole = as_utf_8(whole)
        match kind:
            case Content.JSON_LINES:
                yield from read_json_lines(whole, uri, limit)
            case Content.JSON:
                yield from read_json(whole, uri, limit)
            case Content.CSV:
                yield from read_csv(whole, uri, limit)
            case Content.PARQUET:
                yield from read_parquet(path, whole, uri, limit)
            case Content.WARC:
                yield from read_web_archive(whole, uri, limit)
            case _:
                yield from _read_whole(whole, uri, kind, limit)


def _read_whole(stream: BinaryIO, uri: str, kind: Content, limit: int) -> Iterator[RawDocument | Refused]:
    """Read a file that is one document, or a feed."""
    content, damage = read_bounded(stream, limit)
    if damage is not None:
        yield damaged(uri, damage, content)
    elif len(content) > limit:
        yield refuse(uri, Refusal.TOO_LARGE, f"more than {limit} bytes", content)
    elif not content:
        yield refuse(uri, Refusal.EMPTY, "no bytes")
    elif kind is Content.FEED:
        yield from read_feed(content, uri, limit)
    elif kind is Content.UNKNOWN:
        name = binary_format(content)
        reason = Refusal.BINARY if name else Refusal.UNSUPPORTED
        yield refuse(uri, reason, f"{name or 'the kind of file'} is not read; read are {READABLE}", content)
    else:
        yield make_document(uri, MEDIA_TYPES[kind], content)
