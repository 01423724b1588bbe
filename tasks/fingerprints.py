"""Fingerprints of code: results are kept only as long as what made them is the same."""

from __future__ import annotations

import importlib.metadata
from functools import cache
from hashlib import blake2b
from pathlib import Path

FOLDER = Path(__file__).parent

#: Libraries whose behaviour shows in results; a new version of one makes results anew.
LIBRARIES = (
    "beautifulsoup4",
    "charset-normalizer",
    "feedparser",
    "ftfy",
    "lxml",
    "numpy",
    "py3langid",
    "python-dateutil",
    "selectolax",
    "warcio",
)

PAGE_SOURCES = ("records.py", "parts.py", "batches.py", "parse", "clean")
ANNOTATION_SOURCES = ("records.py", "parts.py", "batches.py", "enrich", "dedupe/common_words.tsv")
ALL_SOURCES = ("",)


@cache
def code_fingerprint(sources: tuple[str, ...]) -> str:
    """Hash the source and data files under `sources` (names in this package) and the libraries' versions.

    Returns 20 hexadecimal characters.
    """
    digest = blake2b(digest_size=10)
    for library in LIBRARIES:
        digest.update(f"{library}=={importlib.metadata.version(library)}\n".encode())
    for path in sorted(_files(sources)):
        digest.update(str(path.relative_to(FOLDER)).encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()


def _files(sources: tuple[str, ...]) -> set[Path]:
    roots = [FOLDER / source for source in sources]
    found = {path for root in roots for path in (root.rglob("*") if root.is_dir() else [root])}
    return {path for path in found if path.is_file() and "__pycache__" not in path.parts}
