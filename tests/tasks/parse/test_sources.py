"""Every kind of input is found and read; what cannot be read is refused with a reason, and the rest lives."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import socket
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tasks.parse.compression import open_stream
from tasks.parse.sources import InputError, discover_inputs, list_input_files
from tasks.records import RawDocument, Refused

COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}
RECORD = {"id": 7, "text": "A short report.", "source": "The Example", "published": "2026-03-04", "desk": "city"}


def read(*inputs: Path, **options: int) -> list[RawDocument | Refused]:
    return list(discover_inputs([str(path) for path in inputs], **options))


def documents(found: list[RawDocument | Refused]) -> list[RawDocument]:
    return [item for item in found if isinstance(item, RawDocument)]


def reasons(found: list[RawDocument | Refused]) -> list[str]:
    return [str(item.reason) for item in found if isinstance(item, Refused)]


def write_csv(rows: list[dict[str, object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def write_parquet(rows: list[dict[str, object]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


def write_warc(*responses: tuple[str, str, bytes], compressed: bool = False) -> bytes:
    archive = b""
    for number, (status, content_type, body) in enumerate(responses):
        payload = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
        header = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-03-04T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:0000000{number}>\r\nWARC-Target-URI: http://example.org/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        record = header.encode() + payload + b"\r\n\r\n"
        archive += gzip.compress(record) if compressed else record
    return archive


@pytest.mark.parametrize("suffix", COMPRESSIONS)
@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", b"Plain words.", "text/plain"),
        ("a.md", b"# Title\n\nWords.", "text/markdown"),
        ("a.html", b"<p>Words</p>", "text/html"),
        ("a.htm", b"<p>Words</p>", "text/html"),
        ("a.xhtml", b"<html><body><p>Words</p></body></html>", "application/xhtml+xml"),
        ("page.txt", b"<!DOCTYPE html><p>Words</p>", "text/html"),
        ("words.html", b"No markup at all.", "text/plain"),
        ("page", b"\xef\xbb\xbf<html><p>Words", "text/html"),
    ],
)
def test_single_document_files_are_read_by_name_and_content(
    tmp_path: Path, name: str, content: bytes, media_type: str, suffix: str
) -> None:
    path = tmp_path / (name + suffix)
    path.write_bytes(COMPRESSIONS[suffix](content))
    (found,) = documents(read(path))
    assert (found.media_type, found.content, found.uri) == (media_type, content, path.as_uri())


@pytest.mark.parametrize("suffix", COMPRESSIONS)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.jsonl", json.dumps(RECORD).encode()),
        ("r.ndjson", json.dumps(RECORD).encode() + b"\r\n"),
        ("r.csv", write_csv([RECORD])),
        ("r.parquet", write_parquet([RECORD])),
    ],
)
def test_records_are_documents_with_stated_fields(tmp_path: Path, name: str, content: bytes, suffix: str) -> None:
    path = tmp_path / (name + suffix)
    path.write_bytes(COMPRESSIONS[suffix](content))
    (found,) = documents(read(path))
    assert found.content == b"A short report."
    assert found.uri == path.as_uri() + "#1"
    assert found.record_id == "7"
    assert found.stated["publisher"] == "The Example"
    assert found.stated["desk"] == "city"
    assert found.stated["charset"] == "utf-8"


def test_a_record_is_the_same_document_in_every_container_and_field_order(tmp_path: Path) -> None:
    reversed_record = dict(reversed(list(RECORD.items())))
    (tmp_path / "a.jsonl").write_text(json.dumps(RECORD))
    (tmp_path / "b.jsonl").write_text(" " + json.dumps(reversed_record, indent=None, separators=(" , ", " : ")) + " \n")
    (tmp_path / "c.csv").write_bytes(write_csv([RECORD]))
    (tmp_path / "d.parquet").write_bytes(write_parquet([reversed_record]))
    found = documents(read(tmp_path))
    assert len(found) == 4
    assert len({item.document_id for item in found}) == 1


def test_identical_bytes_at_two_paths_are_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"Words."))
    first, second = documents(read(tmp_path))
    assert first.document_id == second.document_id
    assert first.uri != second.uri


def test_a_malformed_line_is_refused_with_its_number_and_the_others_live(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"text": "one"}\n{broken\n[1]\n{"id": 4}\n\n{"text": "six"}\n')
    found = read(path)
    assert [item.uri.rpartition("#")[2] for item in documents(found)] == ["1", "6"]
    refused = [item for item in found if isinstance(item, Refused)]
    assert reasons(found) == ["malformed-record"] * 3
    assert "line 2" in refused[0].detail
    assert refused[0].uri.endswith("#2")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_no_input(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match="neither a file nor a folder"):
        list_input_files([str(tmp_path / "pipe.txt")])
    with pytest.raises(InputError, match="matches no file"):
        list_input_files([str(tmp_path / "*.txt")])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_and_sockets_among_files_are_refused_and_the_files_live(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    os.mkfifo(tmp_path / "b.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "c.txt"))  # an absolute one may be longer than sockets allow
    for found in (read(tmp_path), read(tmp_path / "*.txt")):
        assert [(item.uri.rpartition("/")[2], item.detail) for item in found if isinstance(item, Refused)] == [
            ("b.txt", "a pipe; files and folders are read"),
            ("c.txt", "a socket; files and folders are read"),
        ]
        assert reasons(found) == ["unsupported"] * 2
        assert len(documents(found)) == 1


def test_a_csv_header_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,text\r1,Old Macintosh line ends.\r2,More.\r")
    (tmp_path / "b.csv").write_bytes(write_csv([RECORD]))
    found = read(tmp_path)
    assert reasons(found) == ["malformed-record"]
    assert len(documents(found)) == 1


def test_a_file_whose_disk_fails_is_refused_and_the_others_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(write_csv([RECORD]))
    opened = []

    def open_failing(path: Path) -> io.BufferedReader:
        opened.append(path.name)
        if opened == ["a.csv", "a.csv"]:
            raise OSError(5, "Input/output error")
        return open_stream(path)

    monkeypatch.setattr("tasks.parse.sources.open_stream", open_failing)
    found = read(tmp_path)
    assert [item.detail for item in found if isinstance(item, Refused)] == ["cannot be read: Input/output error"]
    assert len(documents(found)) == 1


def test_a_csv_row_of_another_length_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text('id,text\n1,"two\nlines"\n2\n3,three\n')
    found = read(path)
    assert [item.content for item in documents(found)] == [b"two\nlines", b"three"]
    assert reasons(found) == ["malformed-record"]


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Example: Top stories</title><language>en</language>
<item><title>Full</title><link>http://example.org/1</link><guid>g1</guid>
<pubDate>Wed, 04 Mar 2026 23:30:00 -0500</pubDate>
<description>Short.</description><content:encoded>&lt;p&gt;All of it.&lt;/p&gt;</content:encoded></item>
<item><title>Brief</title><link>http://example.org/2</link><description>Only a summary.</description></item>
</channel></rss>"""


@pytest.mark.parametrize("name", ["f.rss", "f.xml", "f.txt", "f.rss.gz"])
def test_feed_entries_are_documents(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(RSS.encode()) if name.endswith(".gz") else RSS.encode())
    full, brief = documents(read(path))
    assert (full.media_type, full.content) == ("text/html", b"<p>All of it.</p>")
    assert full.stated["publisher"] == "The Example"
    assert full.stated["published"] == "Wed, 04 Mar 2026 23:30:00 -0500"
    assert (full.stated["title"], full.stated["url"], full.record_id) == ("Full", "http://example.org/1", "g1")
    assert "modified" not in full.stated
    assert (brief.media_type, brief.content) == ("text/plain", b"Only a summary.")


def test_an_atom_feed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "f.atom"
    path.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Ex</title><entry><id>e</id><title>T</title>'
        "<published>2026-03-04T23:30:00-05:00</published>"
        '<content type="html">&lt;p&gt;Body&lt;/p&gt;</content></entry></feed>'
    )
    (found,) = documents(read(path))
    assert found.content == b"<p>Body</p>"
    assert found.stated["published"] == "2026-03-04T23:30:00-05:00"


@pytest.mark.parametrize("compressed", [False, True])
def test_web_archive_responses_are_documents(tmp_path: Path, compressed: bool) -> None:
    path = tmp_path / ("w.warc.gz" if compressed else "w.warc")
    path.write_bytes(
        write_warc(
            ("200 OK", "text/html; charset=ISO-8859-1", "<p>café</p>".encode("latin-1")),
            ("404 Not Found", "text/html", b"no"),
            ("200 OK", "image/png", b"\x89PNG"),
            ("200 OK", "text/plain", b"plain"),
            compressed=compressed,
        )
    )
    found = read(path)
    page, text = documents(found)
    assert page.stated["charset"] == "ISO-8859-1"
    assert page.stated["url"] == "http://example.org/0"
    assert page.stated["fetched_at"] == "2026-03-04T10:00:00Z"
    assert text.uri.endswith("#4")
    assert reasons(found) == ["no-article-found", "not-text"]


@pytest.mark.parametrize("compressed", [False, True])
def test_a_truncated_web_archive_keeps_the_records_before_the_damage(tmp_path: Path, compressed: bool) -> None:
    noise = random.Random(1).randbytes(3000).hex().encode()
    whole = write_warc(("200 OK", "text/html", b"<p>first</p>"), ("200 OK", "text/html", noise), compressed=compressed)
    path = tmp_path / ("w.warc.gz" if compressed else "w.warc")
    path.write_bytes(whole[:-900])
    found = read(path)
    assert [item.content for item in documents(found)] == [b"<p>first</p>"]
    assert reasons(found) == ["truncated"]


def damaged_archive(damage: str, compressed: bool) -> bytes:
    """Write five pages, the second of them damaged."""
    noise = random.Random(5)
    records = [
        write_warc(("200 OK", "text/html", b"<p>%d %s</p>" % (n, noise.randbytes(40_000).hex().encode())))
        for n in range(5)
    ]
    header, body = records[1].split(b"\r\n\r\n", 1)
    length = header.rindex(b"Content-Length: ") + len(b"Content-Length: ")
    if damage == "a length too long":
        header = header[:length] + b"99999999"
    elif damage == "a length too short":
        header = header[:length] + b"200"
    elif damage == "no length":
        header = header[: header.rindex(b"\r\n")]
    elif damage == "a header that is none":
        header = b"\x00\x01 nothing that anybody wrote"
    elif damage == "a part missing":
        body = body[:300] + body[9000:]
    records[1] = header + b"\r\n\r\n" + body
    if compressed:
        records = [gzip.compress(record) for record in records]
        if damage == "bytes overwritten":
            records[1] = records[1][:500] + b"\xff" * 300 + records[1][800:]
    return b"".join(records)


DAMAGES = ["a length too long", "a length too short", "no length", "a header that is none", "a part missing"]


@pytest.mark.parametrize(
    ("damage", "compressed"),
    [(damage, False) for damage in DAMAGES] + [(damage, True) for damage in (*DAMAGES, "bytes overwritten")],
)
def test_a_damaged_record_of_a_web_archive_costs_no_other(
    tmp_path: Path, damage: str, compressed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / ("w.warc.gz" if compressed else "w.warc")
    path.write_bytes(damaged_archive(damage, compressed))
    found = read(path)
    pages = {item.content[3:4] for item in documents(found)}
    assert pages >= {b"0", b"2", b"3", b"4"}
    assert b"1" in pages or reasons(found)
    assert capsys.readouterr().err == ""


def test_an_archive_of_nothing_but_damage_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "w.warc"
    path.write_bytes(
        b"WARC/1.0\r\nContent-Length: 99999999\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" * 500
    )
    found = read(path)
    assert documents(found) == []
    assert len(found) == 101
    assert "given up after 100 damaged places" in found[-1].detail


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_truncated_compressed_file_is_refused(tmp_path: Path, suffix: str) -> None:
    whole = COMPRESSIONS[suffix](random.Random(2).randbytes(5000).hex().encode())
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(whole[: len(whole) // 2])
    assert reasons(read(path)) == ["truncated"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_truncated_batch_keeps_the_records_before_the_damage(tmp_path: Path, suffix: str) -> None:
    noise = random.Random(3)
    lines = [json.dumps({"id": number, "text": noise.randbytes(300).hex()}) for number in range(1000)]
    whole = COMPRESSIONS[suffix]("\n".join(lines).encode())
    path = tmp_path / f"r.jsonl{suffix}"
    path.write_bytes(whole[: len(whole) // 2])
    found = read(path)
    kept = documents(found)
    assert 0 < len(kept) < 1000
    assert [item.record_id for item in kept] == [str(number) for number in range(len(kept))]
    assert reasons(found) == ["truncated"]


def test_damaged_compressed_data_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\xff" * 200)
    assert reasons(read(path)) == ["unreadable"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("name", ["bomb.txt", "bomb.jsonl", "bomb.csv"])
def test_a_decompression_bomb_is_too_large(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / (name + suffix)
    path.write_bytes(COMPRESSIONS[suffix](b"x" * 30_000_000))
    found = read(path, max_document_bytes=100_000)
    assert documents(found) == []
    assert set(reasons(found)) <= {"too-large", "malformed-record"}
    assert len(found) == 1


def test_a_record_above_the_limit_is_refused_and_the_next_lives(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps({"text": "x" * 5000}) + "\n" + json.dumps({"text": "small"}))
    found = read(path, max_document_bytes=1000)
    assert [item.content for item in documents(found)] == [b"small"]
    assert reasons(found) == ["too-large"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("e.txt", b"", "empty"),
        ("e.jsonl", b"", "empty"),
        ("e.rss", b"", "empty"),
        ("p.png", b"\x89PNG\r\n\x1a\n", "binary"),
        ("style.css", b"p { color: red }", "unsupported"),
        ("bad.parquet", b"PAR1 not really", "unreadable"),
        ("bad.warc", b"WARC/1.0\r\nnonsense", "unreadable"),
    ],
)
def test_unreadable_files_are_refused_with_a_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert reasons(read(tmp_path / name)) == [reason]


def test_folders_are_read_in_order_and_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.txt", "b/c.txt", ".hidden.txt"):
        (tmp_path / name).write_text(name)
    names = [path.relative_to(tmp_path).as_posix() for path in list_input_files([str(tmp_path)])]
    assert names == ["a.txt", "b/c.txt", "z.txt"]


def test_a_file_named_twice_is_listed_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    assert len(list_input_files([str(tmp_path / "a.txt"), str(tmp_path / "*.txt"), str(tmp_path)])) == 1


@pytest.mark.parametrize("missing", ["nowhere.txt", "*.nothing"])
def test_a_missing_input_is_an_error_that_names_it(tmp_path: Path, missing: str) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt|\*\.nothing") as raised:
        read(tmp_path / missing)
    assert ".jsonl" in str(raised.value)
