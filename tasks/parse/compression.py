"""Read gzip and Zstandard streams with bounded memory, and notice when they end too early.

The libraries' own readers either hide a truncated Zstandard frame or expand a whole chunk at once, which a small
hostile file can make gigabytes of.
"""

from __future__ import annotations

import codecs
import io
import zlib
from pathlib import Path
from typing import BinaryIO

import zstandard

GZIP_MAGIC = b"\x1f\x8b"
#: How a member of a gzip file begins: the magic, and the only method there is.
GZIP_DEFLATE = GZIP_MAGIC + b"\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
#: Frames without data, which parallel compressors put before others; a length follows the mark.
SKIPPABLE_MAGICS = tuple(bytes([low]) + b"\x2a\x4d\x18" for low in range(0x50, 0x60))
SUFFIXES = (".gz", ".zst", ".zstd")

#: Compressed bytes fed to Zstandard at a time. A block expands to 128 KiB from 4 bytes at most: 2 KiB to 64 MiB.
ZSTD_FEED = 2048
GZIP_FEED = 65_536
GZIP_OUTPUT = 1_048_576
#: Largest Zstandard window accepted: that of `zstd --long`, 128 MiB.
MAX_WINDOW = 1 << 27


class DamagedStream(Exception):
    """A compressed stream ends early or holds impossible data."""

    def __init__(self, detail: str, *, is_truncated: bool) -> None:
        super().__init__(detail)
        self.is_truncated = is_truncated


class _Gzip:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._waiting = b""

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data)

    def expand(self, data: bytes) -> bytes:
        expanded = self._inner.decompress(data, GZIP_OUTPUT)
        self._waiting = self._inner.unconsumed_tail
        return expanded

    def take_waiting(self) -> bytes:
        waiting, self._waiting = self._waiting, b""
        return waiting


class _Zstandard:
    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj()

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data)

    def expand(self, data: bytes) -> bytes:
        return self._inner.decompress(data)

    def take_waiting(self) -> bytes:
        return b""


class DecompressedStream(io.RawIOBase):
    """The bytes of a gzip or Zstandard stream, any number of members after each other.

    At a damaged place the stream ends, so that buffered readers hand out all bytes before it, and `damage` says why;
    `resume` goes on with what follows.
    """

    def __init__(self, source: BinaryIO, magic: bytes) -> None:
        self._source = source
        self._is_gzip = magic.startswith(GZIP_MAGIC)
        self._begin()

    def _begin(self) -> None:
        self.damage: DamagedStream | None = None
        self._position = 0
        self._damaged = b""  # the compressed bytes in which the damage was met
        self._member: _Gzip | _Zstandard = self._new_member()
        self._expanded = memoryview(b"")  # not yet read
        self._compressed = b""  # not yet expanded
        self._is_inside_member = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._expanded:
            if not self._expand_more():
                return 0
        count = min(len(buffer), len(self._expanded))
        buffer[:count] = self._expanded[:count]
        self._expanded = self._expanded[count:]
        self._position += count
        return count

    def close(self) -> None:
        self._source.close()
        super().close()

    def seekable(self) -> bool:
        return self._source.seekable()

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte of the expanded stream, by reading it again from the start; damage before it is passed over.

        Raises:
            io.UnsupportedOperation: `whence` is not the start: the end is not known.
        """
        if whence == io.SEEK_CUR:
            offset += self._position
        elif whence != io.SEEK_SET:
            raise io.UnsupportedOperation("the end of a compressed stream is not known")
        if offset < self._position:
            self._source.seek(0)
            self._begin()
        while self._position < offset:
            count = self.readinto(memoryview(bytearray(min(GZIP_OUTPUT, offset - self._position))))
            if count == 0 and (self.damage is None or not self.resume()):
                break
        return self._position

    def resume(self) -> bool:
        """Go on behind a damaged place with the next member or frame; False where nothing looks like the start of one.

        Chance can make damaged bytes look like a start; then the stream is damaged again at once.
        """
        mark = GZIP_DEFLATE if self._is_gzip else ZSTD_MAGIC
        data = self._damaged[1:]
        while self.damage is not None:
            found = data.find(mark)
            if found >= 0:
                self._compressed, self._damaged, self.damage = data[found:], b"", None
                self._member, self._is_inside_member = self._new_member(), False
                break
            more = self._source.read(GZIP_FEED)
            if not more:
                self._damaged = b""
                break
            data = data[1 - len(mark) :] + more
        return self.damage is None

    def _new_member(self) -> _Gzip | _Zstandard:
        return _Gzip() if self._is_gzip else _Zstandard()

    def _expand_more(self) -> bool:
        if self.damage is not None:
            return False
        data = self._compressed or self._source.read(GZIP_FEED if self._is_gzip else ZSTD_FEED)
        self._compressed = b""
        if not self._is_inside_member and not self._is_gzip and data:
            data += self._source.read(max(0, 8 - len(data)))
            if data.startswith(SKIPPABLE_MAGICS):
                return self._skip_frame(data)
        if not data:
            if self._is_inside_member:
                self.damage = DamagedStream("the compressed data ends before its end mark", is_truncated=True)
            return False
        self._is_inside_member = True
        try:
            self._expanded = memoryview(self._member.expand(data))
        except (zlib.error, zstandard.ZstdError) as problem:
            self.damage = DamagedStream(f"the compressed data is damaged: {problem}", is_truncated=False)
            self._damaged = data
            return False
        self._compressed = self._member.take_waiting()
        if self._member.eof:
            rest = self._member.unused_data
            self._compressed = rest.lstrip(b"\x00") if self._is_gzip else rest  # tapes pad gzip with zeros
            self._member, self._is_inside_member = self._new_member(), False
        return True

    def _skip_frame(self, data: bytes) -> bool:
        length = 8 + int.from_bytes(data[4:8], "little")
        while len(data) < length and (more := self._source.read(ZSTD_FEED)):
            length, data = length - len(data), more
        if len(data) < length:
            self.damage = DamagedStream("the compressed data ends inside a skippable frame", is_truncated=True)
            return False
        self._compressed = data[length:]
        return True


def open_stream(path: Path) -> io.BufferedReader:
    """Open a file for reading, decompressed where its first bytes are those of gzip or Zstandard.

    Raises:
        OSError: the file cannot be opened.
    """
    source = path.open("rb")
    magic = source.peek(4)[:4]
    if magic.startswith((GZIP_MAGIC, ZSTD_MAGIC, *SKIPPABLE_MAGICS)):
        return io.BufferedReader(DecompressedStream(source, magic), 65_536)
    return source


class _Transcoded(io.RawIOBase):
    """A stream of UTF-16 as UTF-8; at a damaged place it ends as its source does."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._waiting = b""

    @property
    def damage(self) -> DamagedStream | None:
        return damage_of(self._source)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._waiting and (data := self._source.read(65_536)):
            self._waiting = self._decoder.decode(data).encode("utf-8", "replace")
        count = min(len(buffer), len(self._waiting))
        buffer[:count] = self._waiting[:count]
        self._waiting = self._waiting[count:]
        return count


def as_utf_8(stream: io.BufferedReader) -> io.BufferedReader:
    """Return the stream; one that begins with a byte order mark of UTF-16, as spreadsheets write it, as UTF-8."""
    if stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return io.BufferedReader(_Transcoded(stream), 65_536)
    return stream


def damage_of(stream: BinaryIO) -> DamagedStream | None:
    """Return the damage at which a stream from `open_stream` ended; None when it is sound as far as it was read."""
    damage = getattr(getattr(stream, "raw", None), "damage", None)
    return damage if isinstance(damage, DamagedStream) else None


def resume_after_damage(stream: BinaryIO) -> bool:
    """Go on with a damaged stream from `open_stream` behind the damage; False where nothing can be read any more."""
    raw = getattr(stream, "raw", None)
    return isinstance(raw, DecompressedStream) and raw.damage is not None and raw.resume()


def name_without_compression(path: Path) -> str:
    """Return the file's name in lower case, without the suffix of a compression."""
    name = path.name.lower()
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def read_bounded(stream: BinaryIO, limit: int) -> tuple[bytes, DamagedStream | None]:
    """Read at most `limit` + 1 bytes; return them with the damage that ended them, if any did."""
    chunks: list[bytes] = []
    remaining = limit + 1
    while remaining > 0 and (chunk := stream.read(min(remaining, 1 << 20))):
        chunks.append(chunk)
        remaining -= len(chunk)
    return b"".join(chunks), damage_of(stream) if remaining > 0 else None
