"""Turn bytes into text, and say how the encoding was found.

The order is that of evidence: a byte order mark, then valid UTF-8 (which other encodings practically never form by
accident, so a page that declares something else is believed to lie), then what the HTTP header and the page declare
(unless another encoding makes plainly better text of the bytes), then detection. Text that was decoded wrongly before
it reached us (mojibake) is repaired where that is certain.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from tasks.parse.charset_detection import CERTAIN, Reading, detect_charset, score_codec, score_text
from tasks.parse.charset_labels import find_codec, public_name
from tasks.parse.mojibake import repair_mojibake
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

ESCAPING_CODECS = frozenset({"iso2022_jp", "iso2022_kr", "hz"})  # all their bytes are ASCII, so valid UTF-8 too
ESCAPES = ((b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"), (b"\x1b$)C", "iso2022_kr"))

#: A statement is overruled where detection rests on so many characters and fits by so much more of them.
EVIDENCE = ((8, 0.3), (40, 0.1))
EVIDENCE_IN_LANGUAGE = (40, 0.04)  # where what was detected is the language that the page says it is in

DECLARATION = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-zA-Z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
LANGUAGE = re.compile(rb"""<html\b[^>]{0,500}?\blang\s*=\s*["']?([a-zA-Z]{2})""", re.IGNORECASE)
DECLARATION_BYTES = 8192  # the standard says 1,024; real heads put scripts first
SAMPLE_BYTES = 65_536

TAG = re.compile(rb"<(?:/[a-zA-Z]|(?:html|head|body|div|p|a|article|h1)[\s>])", re.IGNORECASE)
CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
MAX_CONTROL_SHARE = 0.02  # of a sample; text has next to none, compressed data has about 0.1
#: White space and digits alone make this many bytes of UTF-16 zero in any script.
MIN_ZERO_SHARE = 0.005
#: Of a sample read as UTF-16: how much of it is ASCII or one language's letters. In the wrong byte order about none is.
MIN_WIDE_SCORE = 0.6
C1_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
SURROGATE_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
NON_ASCII = re.compile("[^\x00-\x7f]")


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
        declared, lang = _declarations(content) if is_markup else (None, None)
        decoded = _decode_unmarked(content, http_charset, declared, lang)
    if isinstance(decoded, NotDecoded):
        return decoded
    if not decoded.text.strip():
        return NotDecoded(Refusal.EMPTY, "no characters but white space")
    text = repair_mojibake(decoded.text)
    return decoded if text == decoded.text else Decoded(text, decoded.encoding, "repaired")


def _decode_marked(content: bytes) -> Decoded | NotDecoded | None:
    for mark, encoding in BYTE_ORDER_MARKS:
        if not content.startswith(mark):
            continue
        content = content[len(mark) :]
        text = content.decode(encoding, "replace")
        if text.count("\ufffd") <= max(3, len(text) // 50):
            return Decoded(text, encoding, "bom")
        if encoding == "utf-8":
            return _decode_unmarked(content, None, None)
        return NotDecoded(Refusal.UNDECODABLE, f"the byte order mark says {encoding}, the bytes are not")
    return None


def _decode_wide(content: bytes) -> Decoded | None:
    """Read UTF-16 without its mark: the byte order that makes text of the bytes, if one does."""
    sample = content[: SAMPLE_BYTES // 8]
    zeros = sample.count(0)
    if len(sample) < 4 or not MIN_ZERO_SHARE * len(sample) < zeros < 0.6 * len(sample):
        return None
    best: tuple[float, str] = (MIN_WIDE_SCORE, "")
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        if text.count("\x00") + text.count("\ufffd") <= 1 + len(text) // 500:
            best = max(best, (score_text(text), encoding))
    if not best[1]:
        return None
    try:
        return Decoded(content[: len(content) // 2 * 2].decode(best[1]), best[1], "detected")
    except UnicodeDecodeError:
        return None


def binary_format(content: bytes) -> str | None:
    """Name the binary format whose first bytes these are."""
    return next((f"{name} data" for signature, name in BINARY_SIGNATURES if content.startswith(signature)), None)


def _binary(content: bytes, *, is_markup: bool) -> NotDecoded | None:
    if (name := binary_format(content)) is not None:
        return NotDecoded(Refusal.BINARY, f"the first bytes are those of {name}")
    sample = content[:SAMPLE_BYTES]
    counted = CONTROLS[1:] if is_markup and TAG.search(sample) else CONTROLS  # HTML parsers drop zero bytes
    controls = len(sample) - len(sample.translate(None, counted))
    if controls > max(1, MAX_CONTROL_SHARE * len(sample)):
        return NotDecoded(Refusal.BINARY, f"{controls} of the first {len(sample)} bytes are control characters")
    return None


def _decode_unmarked(
    content: bytes, http_charset: str | None, declared: str | None, lang: str | None = None
) -> Decoded | NotDecoded:
    stated = [("http", find_codec(http_charset)), ("declared", find_codec(declared))]
    has_escape = b"\x1b" in content  # one byte is sought far faster than three
    escaping = [("detected", codec) for escape, codec in ESCAPES if has_escape and escape in content]
    for source, codec in stated + escaping:
        if codec in ESCAPING_CODECS and (read := _read(content, codec)) is not None:
            return Decoded(read, public_name(codec), source)
    try:
        source = next((source for source, codec in stated if codec == "utf-8"), "utf-8")
        return Decoded(content.decode("utf-8"), "utf-8", source)
    except UnicodeDecodeError:
        pass  # the ordinary case of every other encoding
    if (mixed := _decode_damaged_utf8(content)) is not None:
        return mixed
    detected = detect_charset(content, lang)
    for source, codec in stated:
        if codec and codec != "utf-8" and (read := _read(content, codec)) is not None:
            if detected is not None and _is_plainly_better(content, detected, codec, lang):
                break
            return Decoded(read, public_name(codec), source)
    return _detect(content, detected)


def _is_plainly_better(content: bytes, detected: Reading, stated: str, lang: str | None) -> bool:
    """Tell whether a statement is a server's default, and what the bytes show is something else."""
    if detected.codec == stated or detected.score < CERTAIN:
        return False
    difference = detected.score - score_codec(content, stated)
    certainties = [*EVIDENCE, EVIDENCE_IN_LANGUAGE] if detected.lang.partition("-")[0] == lang else EVIDENCE
    return any(detected.evidence >= number and difference >= least for number, least in certainties)


def _decode_damaged_utf8(content: bytes) -> Decoded | None:
    """Read UTF-8 with a few foreign bytes in it; those are read as windows-1252.

    Twenty valid sequences for each stray byte: an eight-bit encoding forms valid UTF-8 sequences far more rarely.
    """
    lossy = content.decode("utf-8", "replace")
    strays = lossy.count("\ufffd")
    valid = len(NON_ASCII.findall(lossy)) - strays
    strays -= 6 * len(SURROGATE_PAIR.findall(content))  # each byte of a pair counts as a stray
    cut_at_end = strays == 1 and lossy.endswith("\ufffd")
    if not cut_at_end and valid < 20 * strays:
        return None
    if cut_at_end and valid == 0 and len(lossy) > 1:
        return None
    return Decoded(content.decode("utf-8", "dateline-windows-1252"), "utf-8", "repaired")


def _read_stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8: halves of a surrogate pair as their character, other bytes as windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if (pair := SURROGATE_PAIR.match(error.object, error.start)) is not None:
        halves = pair.group().decode("utf-8", "surrogatepass")
        return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le"), pair.end()
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


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


def _detect(content: bytes, detected: Reading | None) -> Decoded | NotDecoded:
    if detected is not None and detected.score >= CERTAIN and (found := _read_mostly(content, detected.codec)):
        return found
    western = _read(content, "cp1252")
    if western is not None and _is_western(western):
        return Decoded(western, "windows-1252", "detected")
    best = from_bytes(content[:SAMPLE_BYTES]).best()
    codec = find_codec(best.encoding) if best is not None else None
    if codec is not None and _extends_ascii(codec) and (found := _read_mostly(content, codec)):
        return found
    return NotDecoded(Refusal.UNDECODABLE, "no encoding makes text of the bytes")


def _read_mostly(content: bytes, codec: str) -> Decoded | None:
    """Decode with a detected codec; None where too many bytes have no meaning in it."""
    text = content.decode(codec, "replace")
    return Decoded(text, public_name(codec), "detected") if text.count("\ufffd") <= len(text) // 200 else None


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


def _declarations(content: bytes) -> tuple[str | None, str | None]:
    """Return the charset and the language that a page declares."""
    head = content[:DECLARATION_BYTES]
    charset, language = DECLARATION.search(head), LANGUAGE.search(head)
    return (
        (charset.group(1) or charset.group(2)).decode("ascii") if charset else None,
        language.group(1).decode("ascii").lower() if language else None,
    )
