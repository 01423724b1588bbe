"""Turn bytes into text, and say how the encoding was found.

The order is that of evidence: a byte order mark, then valid UTF-8 (which other encodings practically never form by
accident, so a page that declares something else is believed to lie), then what the HTTP header and the page declare,
then detection. Text that was decoded wrongly before it reached us (mojibake) is repaired where that is certain.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

import ftfy
from charset_normalizer import from_bytes

from warehouse.vocabulary import Refusal

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: First bytes of common formats that hold no text of their own.
BINARY_SIGNATURES = (
    (b"%PDF-", "PDF"), (b"\x89PNG\r\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"PK\x03\x04", "ZIP"),
    (b"RIFF", "RIFF"), (b"\x7fELF", "ELF"), (b"MZ\x90", "Windows program"), (b"\xd0\xcf\x11\xe0", "OLE document"),
    (b"OggS", "Ogg"), (b"ID3", "MP3"), (b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "Zstandard"), (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"), (b"7z\xbc\xaf", "7-Zip"), (b"SQLite format 3", "SQLite"), (b"wOF2", "font"), (b"wOFF", "font"),
)  # fmt: skip

#: Labels that browsers read as a wider encoding (WHATWG Encoding Standard), and names that Python spells otherwise.
WIDER_CODEC = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
NOT_FOR_PAGES = frozenset({"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs"})
ESCAPING_CODECS = frozenset({"iso2022_jp", "iso2022_kr", "hz"})  # all their bytes are ASCII, so valid UTF-8 too

DECLARATION = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-zA-Z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
DECLARATION_BYTES = 8192  # the standard says 1,024; real heads put scripts first
SAMPLE_BYTES = 65_536

CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
MAX_CONTROL_SHARE = 0.02  # of a sample; text has next to none, compressed data has about 0.1
C1_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
NON_ASCII = re.compile("[^\x00-\x7f]")

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


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read with, and how that was found."""

    text: str
    encoding: str
    source: str  # bom, http, declared, utf-8, detected, repaired


@dataclass(frozen=True, slots=True)
class NotDecoded:
    """Why bytes are no text."""

    reason: Refusal
    detail: str


def decode(content: bytes, *, http_charset: str | None = None, is_markup: bool = False) -> Decoded | NotDecoded:
    """Decode `content`, or say why it cannot be.

    `http_charset` is what the transport stated; a declaration inside the bytes is only looked for in markup.
    """
    if not content.strip():
        return NotDecoded(Refusal.EMPTY, "no bytes but white space" if content else "no bytes")
    decoded = _decode_marked(content) or _decode_wide(content)
    if decoded is None:
        if (refused := _binary(content, is_markup=is_markup)) is not None:
            return refused
        decoded = _decode_unmarked(content, http_charset, _declared_charset(content) if is_markup else None)
    if isinstance(decoded, NotDecoded):
        return decoded
    if not decoded.text.strip():
        return NotDecoded(Refusal.EMPTY, "no characters but white space")
    return repair_mojibake(decoded)


def _decode_marked(content: bytes) -> Decoded | NotDecoded | None:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, "replace")
            if text.count("\ufffd") > max(3, len(text) // 50):
                return NotDecoded(Refusal.UNDECODABLE, f"the byte order mark says {encoding}, the bytes are not")
            return Decoded(text, encoding, "bom")
    return None


def _decode_wide(content: bytes) -> Decoded | None:
    """Read UTF-16 without its mark: every other byte of mostly-Latin text is zero."""
    sample = content[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 0.6 * len(zeros) and sample.count(0) < 0.6 * len(sample):
            try:
                return Decoded(content.decode(encoding), encoding, "detected")
            except UnicodeDecodeError:
                continue
    return None


def binary_format(content: bytes) -> str | None:
    """Name the binary format whose first bytes these are."""
    return next((f"{name} data" for signature, name in BINARY_SIGNATURES if content.startswith(signature)), None)


def _binary(content: bytes, *, is_markup: bool) -> NotDecoded | None:
    if (name := binary_format(content)) is not None:
        return NotDecoded(Refusal.BINARY, f"the first bytes are those of {name}")
    sample = content[:SAMPLE_BYTES]
    counted = CONTROLS[1:] if is_markup and b"</" in sample else CONTROLS  # HTML parsers drop zero bytes
    controls = len(sample) - len(sample.translate(None, counted))
    if controls > max(1, MAX_CONTROL_SHARE * len(sample)):
        return NotDecoded(Refusal.BINARY, f"{controls} of the first {len(sample)} bytes are control characters")
    return None


def _decode_unmarked(content: bytes, http_charset: str | None, declared: str | None) -> Decoded | NotDecoded:
    http_codec, declared_codec = find_codec(http_charset), find_codec(declared)
    stated = [("http", http_codec), ("declared", declared_codec)]
    for source, codec in stated:
        if codec in ESCAPING_CODECS and (read := _read(content, codec)) is not None:
            return Decoded(read, codec, source)
    try:
        source = next((source for source, codec in stated if codec == "utf-8"), "utf-8")
        return Decoded(content.decode("utf-8"), "utf-8", source)
    except UnicodeDecodeError:
        pass  # the ordinary case of every other encoding
    if (mixed := _decode_damaged_utf8(content)) is not None:
        return mixed
    for source, codec in stated:
        if codec and codec != "utf-8" and (read := _read(content, codec)) is not None:
            return Decoded(read, public_name(codec), source)
    return _detect(content)


def _decode_damaged_utf8(content: bytes) -> Decoded | None:
    """Read UTF-8 with a few foreign bytes in it; those are read as windows-1252.

    Twenty valid sequences for each stray byte: an eight-bit encoding forms valid UTF-8 sequences far more rarely.
    """
    lossy = content.decode("utf-8", "replace")
    strays = lossy.count("\ufffd")
    valid = len(NON_ASCII.findall(lossy)) - strays
    cut_at_end = strays == 1 and lossy.endswith("\ufffd")
    if not cut_at_end and valid < 20 * strays:
        return None
    if cut_at_end and valid == 0 and len(lossy) > 1:
        return None
    return Decoded(content.decode("utf-8", "dateline-windows-1252"), "utf-8", "repaired")


def _read_stray_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


codecs.register_error("dateline-windows-1252", _read_stray_bytes)


def _read(content: bytes, codec: str) -> str | None:
    """Decode with a stated codec; None where the bytes show that the statement is wrong."""
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        if codec != "cp1252":
            return None
        text = content.decode(codec, "replace")  # five bytes have no meaning in it; pages hold them by accident
        if text.count("\ufffd") * 200 > len(NON_ASCII.findall(text)):
            return None
    return None if len(C1_CONTROLS.findall(text)) > 2 else text


def _detect(content: bytes) -> Decoded | NotDecoded:
    western = _read(content, "cp1252")
    if western is not None and _is_western(western):
        return Decoded(western, "windows-1252", "detected")
    best = from_bytes(content[:SAMPLE_BYTES]).best()
    codec = find_codec(best.encoding) if best is not None else None
    if codec is not None and _extends_ascii(codec):
        text = content.decode(codec, "replace")
        if text.count("\ufffd") <= len(text) // 200:
            return Decoded(text, public_name(codec), "detected")
    return NotDecoded(Refusal.UNDECODABLE, "no encoding makes text of the bytes")


def _extends_ascii(codec: str) -> bool:
    """Tell encodings that news text comes in from mainframe ones, which fit any bytes and are never right here."""
    letters = "abcxyz ABCXYZ 0189"
    return letters.encode("ascii").decode(codec, "replace") == letters


def _is_western(text: str) -> bool:
    """Tell Western European text from another script read as windows-1252, which has runs of accented letters."""
    foreign = NON_ASCII.findall(text)
    letters = sum(character.isalpha() for character in text[:SAMPLE_BYTES])
    runs = len(re.findall("[À-ÖØ-öø-ÿ]{3}", text))
    return len(foreign) < 0.3 * max(letters, 1) and runs * 20 <= len(foreign)


def _declared_charset(content: bytes) -> str | None:
    found = DECLARATION.search(content[:DECLARATION_BYTES])
    return (found.group(1) or found.group(2)).decode("ascii") if found else None


def find_codec(label: str | None) -> str | None:
    """Find the codec a browser would use for a label; None for unknown labels and those no page can have."""
    if not label:
        return None
    try:
        info = codecs.lookup(label.strip().strip("\"'").lower())
    except (LookupError, ValueError):
        return None
    name = WIDER_CODEC.get(info.name, info.name)
    if name in NOT_FOR_PAGES or not getattr(info, "_is_text_encoding", True) or name.startswith(("utf-16", "utf-32")):
        return None
    return name


def public_name(codec: str) -> str:
    """Spell a codec as the web does."""
    return "windows-" + codec[2:] if codec.startswith("cp125") else codec


def repair_mojibake(decoded: Decoded) -> Decoded:
    """Undo a wrong decoding that happened upstream, segment by segment, where the sequence leaves no doubt.

    Only the encoding is touched: quotes, ligatures, widths and line ends stay as they are.
    """
    if decoded.text.isascii() or not any(lead in decoded.text for lead in LEAD_BYTES):
        return decoded  # told without the slower search
    if MOJIBAKE.search(decoded.text) is None:
        return decoded
    text = "".join(_repaired_segments(decoded.text))
    return decoded if text == decoded.text else Decoded(text, decoded.encoding, "repaired")


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
