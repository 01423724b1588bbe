"""Undo a wrong decoding that happened before a text reached us (mojibake), where that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator

import ftfy

#: What the bytes of multi-byte UTF-8 look like when read as windows-1252 or Latin-1: a lead byte, then a trail byte.
TRAIL_BYTES = "".join(
    sorted({chr(byte) for byte in range(0x80, 0xC0)} | set(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")))
)
LEAD_BYTES = "ÂÃÄÅÎÏÐÑØÙâð"
MOJIBAKE = re.compile(f"[{LEAD_BYTES}][{TRAIL_BYTES}]")
SEGMENT = re.compile(r"[^\n\r<>]+")
MAX_REPAIRED_SEGMENT = 100_000

REPAIR = ftfy.TextFixerConfig(
    unescape_html=False, remove_terminal_escapes=False, fix_encoding=True, restore_byte_a0=True,
    replace_lossy_sequences=False, decode_inconsistent_utf8=True, fix_c1_controls=True, fix_latin_ligatures=False,
    fix_character_width=False, uncurl_quotes=False, fix_line_breaks=False, fix_surrogates=False,
    remove_control_chars=False, normalization=None, explain=False,
)  # fmt: skip


def repair_mojibake(text: str) -> str:
    """Repair a text segment by segment, where the sequence leaves no doubt.

    Only the encoding is touched: quotes, ligatures, widths and line ends stay as they are.
    """
    if text.isascii() or not any(lead in text for lead in LEAD_BYTES):
        return text  # told without the slower search
    if MOJIBAKE.search(text) is None:
        return text
    return "".join(_repaired_segments(text))


def _repaired_segments(text: str) -> Iterator[str]:
    position = 0
    for segment in SEGMENT.finditer(text):
        found = segment.group()
        if len(found) > MAX_REPAIRED_SEGMENT or MOJIBAKE.search(found) is None:
            continue
        yield text[position : segment.start()]
        yield ftfy.fix_encoding(found, REPAIR)
        position = segment.end()
    yield text[position:]
