"""Inputs as people really have them: every kind, plain and compressed, and the odd shapes of each."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import os
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tasks.parse import json_values, parse_document
from tasks.parse.sources import discover_inputs
from tasks.records import ParsedDocument, RawDocument, Refused

STORY = "The council voted on Tuesday to close the old bridge for repairs."
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title>'
    f"<entry><id>e</id><title>Bridge</title><updated>2026-03-04T10:00:00Z</updated><summary>{STORY}</summary></entry></feed>"
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>The Example</title>'
    f"<item><title>Bridge</title><description><![CDATA[<p>{STORY}</p>]]></description></item></channel></rss>"
)


def read(*inputs: Path, **options: int) -> list[RawDocument | Refused]:
    return list(discover_inputs([str(path) for path in inputs], **options))


def documents(found: list[RawDocument | Refused]) -> list[RawDocument]:
    return [item for item in found if isinstance(item, RawDocument)]


def refusals(found: list[RawDocument | Refused]) -> list[tuple[str, str]]:
    return [(str(item.reason), item.detail) for item in found if isinstance(item, Refused)]


def reasons(found: list[RawDocument | Refused]) -> list[str]:
    return [reason for reason, _ in refusals(found)]


def parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def warc(body: bytes, *headers: str, record_headers: str = "", record_type: str = "response") -> bytes:
    payload = "\r\n".join(["HTTP/1.1 200 OK", *headers, "", ""]).encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {record_type}\r\nWARC-Date: 2026-03-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Target-URI: http://example.org/\r\n{record_headers}Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


KINDS = {
    "a.txt": STORY.encode(),
    "a.md": f"# Bridge\n\n{STORY}".encode(),
    "a.html": f"<html><body><p>{STORY}</p></body></html>".encode(),
    "a.xhtml": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{STORY}</p></body></html>'.encode(),
    "a.jsonl": json.dumps({"text": STORY}).encode(),
    "a.json": json.dumps([{"text": STORY}], indent=2).encode(),
    "a.csv": f'id,text\n1,"{STORY}"\n'.encode(),
    "a.tsv": f"id\ttext\n1\t{STORY}\n".encode(),
    "a.parquet": parquet(pa.table({"text": [STORY]})),
    "a.rss": RSS.encode(),
    "a.atom": ATOM.encode(),
    "a.xml": RSS.encode(),
    "a.warc": warc(f"<p>{STORY}</p>".encode(), "Content-Type: text/html"),
}


@pytest.mark.parametrize("suffix", COMPRESSIONS)
@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_read_plain_and_compressed(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / (name + suffix)
    path.write_bytes(COMPRESSIONS[suffix](KINDS[name]))
    (found,) = documents(read(path))
    parsed = parse_document(found)
    assert isinstance(parsed, ParsedDocument)
    assert STORY in parsed.text


@pytest.mark.parametrize("name", ["a.html", "a.jsonl", "a.warc", "a.xml"])
def test_a_compressed_file_without_its_suffix_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(KINDS[name]))
    assert len(documents(read(tmp_path))) == 1


def test_members_and_frames_after_each_other_are_one_stream(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"{STORY} {number}"}).encode() + b"\n" for number in range(3)]
    (tmp_path / "a.jsonl.gz").write_bytes(b"".join(map(gzip.compress, lines)) + b"\x00" * 512)
    skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    (tmp_path / "b.jsonl.zst").write_bytes(skippable + b"".join(map(zstandard.compress, lines)) + skippable)
    assert [len(documents(read(tmp_path / name))) for name in ("a.jsonl.gz", "b.jsonl.zst")] == [3, 3]


def test_a_long_window_is_read_and_an_endless_one_is_refused(tmp_path: Path) -> None:
    for name, window in (("a.txt.zst", 27), ("b.txt.zst", 31)):
        parameters = zstandard.ZstdCompressionParameters(window_log=window, enable_ldm=False)
        compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
        (tmp_path / name).write_bytes(compressor.compress(STORY.encode()) + compressor.flush())
    found = read(tmp_path)
    assert len(documents(found)) == 1
    assert reasons(found) == ["unreadable"]


@pytest.mark.parametrize(
    ("line", "text", "repaired"),
    [
        (b'{"text": "Half \\ud83d a pair"}', "Half \ufffd a pair", "1 halves of surrogate pairs replaced"),
        (b'{"text": "Whole \\ud83d\\ude00 pair"}', "Whole \U0001f600 pair", None),
        (b'{"text": "Words", "score": NaN}', "Words", "not strict JSON"),
        (b'{"text": "Two\nlines"}'.replace(b"\n", b"\t"), "Two\tlines", "not strict JSON"),
        ('{"text": "Die Brücke über den Fluß"}'.encode("cp1252"), "Die Brücke über den Fluß", "encoding windows-1252"),
        (b'\xef\xbb\xbf{"text": "Words"}\r', "Words", None),
        (b'{"html": "", "text": "Words"}', "Words", None),
        (b'{"text": "Words", "deep": ' + b"[" * 400 + b"]" * 400 + b"}", "Words", None),
        (b'{"text": "Words", "id": 123456789012345678901234567890}', "Words", None),
    ],
)
def test_records_that_are_not_quite_json_are_read_and_say_so(
    tmp_path: Path, line: bytes, text: str, repaired: str | None
) -> None:
    (tmp_path / "r.jsonl").write_bytes(line + b"\n\n" + b'{"text": "The next."}\n')
    found = read(tmp_path)
    first, second = documents(found)
    assert (first.content.decode(), second.content) == (text, b"The next.")
    assert first.stated.get("repaired") == repaired
    assert "repaired" not in second.stated


def test_a_document_read_leniently_counts_as_repaired(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_bytes(b'{"text": "Half \\ud83d a pair"}')
    (found,) = documents(read(tmp_path))
    parsed = parse_document(found)
    assert isinstance(parsed, ParsedDocument)
    assert parsed.encoding_source == "repaired"


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_nested_without_end_is_refused_and_the_others_live(tmp_path: Path, opening: str) -> None:
    (tmp_path / "r.jsonl").write_text(opening * 100_000 + '\n{"text": "Words"}\n')
    found = read(tmp_path)
    assert (len(documents(found)), reasons(found)) == (1, ["malformed-record"])


@pytest.mark.parametrize(
    "content",
    [
        '[{"text": "One {[\\"]} \\\\"}, {"text": "Two"}]',
        '{"text": "One"}\n{"text": "Two"}',
        '{\n  "text": "One"\n}\n{\n  "text": "Two"\n}',
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a"])
def test_json_files_hold_a_document_an_object(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert [item.content[:3] for item in documents(read(tmp_path))] == [b"One", b"Two"]


def test_an_answer_of_a_web_service_holds_its_records_in_a_list(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"status": "ok", "articles": [{"text": "One"}, {"text": "Two"}, {"id": 3}]}')
    found = read(tmp_path)
    assert [item.uri.rpartition("#")[2] for item in documents(found)] == ["1.1", "1.2"]
    assert reasons(found) == ["malformed-record"]


def test_a_json_array_named_as_lines_is_read_and_a_broken_object_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('[\n{"text": "One"},\n{"text": broken},\n{"text": "Three"}\n]')
    found = read(tmp_path)
    assert [item.content for item in documents(found)] == [b"One", b"Three"]
    assert refusals(found)[0][1].startswith("value 2 is not JSON")


@pytest.mark.parametrize(
    ("content", "strays"),
    [
        ('[{"text": "One"}, null, {"text": "Two"}]', ["2 null"]),
        ('[null, 7.5, true, "a, {b}]", {"text": "One"}, [{"text": "Two"}, -1]]',
         ["1 null", "2 number", "3 boolean", "4 string", "7 number"]),
        ('{"text": "One"}\n"half a line\n{"text": "Two"}', ["2"]),
        ('\ufeff{"text": "One"} tail {"text": "Two"}\x1e\n', ["2"]),
        ('{"data": [null, {"text": "One"}, "b", {"text": "Two"}]}', ["1.1 null", "1.3 string"]),
        ('[{"text": "One"}, {"text": "Two"}, 1', ["3 number"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("chunk", [1 << 20, 3])
def test_values_that_are_no_objects_are_refused_with_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, strays: list[str], chunk: int
) -> None:
    monkeypatch.setattr(json_values, "CHUNK", chunk)
    (tmp_path / "a.json").write_text(content, "utf-8")
    found = read(tmp_path)
    assert [item.content for item in documents(found)] == [b"One", b"Two"]
    assert reasons(found) == ["malformed-record"] * len(strays)
    for item, stray in zip((item for item in found if isinstance(item, Refused)), strays, strict=True):
        place, _, kind = stray.partition(" ")
        assert item.uri.endswith(f"#{place}")
        assert item.detail.startswith(f"value {place} is ")
        assert kind in item.detail


def test_a_file_of_numbers_is_refused_in_few_words(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([*range(1500), {"text": STORY}, 7]))
    found = read(tmp_path)
    assert len(documents(found)) == 1
    assert len(found) == 1002
    assert refusals(found)[-1] == ("malformed-record", "501 more values are no objects; objects are needed")


def test_json_objects_are_found_across_the_chunks_of_reading(tmp_path: Path) -> None:
    long = "\\\\" * 600_000 + '\\"' * 300_000
    (tmp_path / "a.json").write_text(f'[{{"text": "{long}"}}, {{"text": "a{long}"}}, {{"text": "Words"}}]')
    found = documents(read(tmp_path))
    assert [len(item.content) for item in found] == [900_000, 900_001, 5]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_in_the_forms_of_spreadsheets(tmp_path: Path, delimiter: str, encoding: str) -> None:
    body = 'id;Text;note\r\n1;"Die Brücke ""{}"" über\r\nden Fluß";x\r\n2;Zwei für alle;"y"\r\n'
    (tmp_path / "a.csv").write_bytes(body.replace(";", delimiter).format(delimiter).encode(encoding))
    first, second = documents(read(tmp_path))
    assert first.content.decode() == f'Die Brücke "{delimiter}" über\r\nden Fluß'
    assert (second.content.decode(), second.stated["note"]) == ("Zwei für alle", "y")


def test_a_quote_that_is_never_closed_costs_one_record(tmp_path: Path) -> None:
    rows = "".join(f"{number},Report {number}\n" for number in range(4, 200))
    (tmp_path / "a.csv").write_text(f'id,text\n1,One\n2,"Two\n3,Three\n{rows}')
    found = read(tmp_path)
    assert len(documents(found)) == 198
    assert [reason for reason, _ in refusals(found)] == ["malformed-record"]
    assert "line 3" in refusals(found)[0][1]


def test_a_csv_file_without_a_header_is_refused_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"1,{STORY}\n2,{STORY}\n")
    found = read(tmp_path)
    assert reasons(found) == ["malformed-record"]
    assert "no column `html` or `text`" in refusals(found)[0][1]


def test_parquet_columns_of_any_type_are_read(tmp_path: Path) -> None:
    zone = datetime.timezone(datetime.timedelta(hours=2))
    table = pa.table(
        {
            "html": pa.array(["<p>Größe</p>".encode("cp1252"), b"<p>plain</p>"], pa.binary()),
            "publisher": pa.array(["Example", "Example"]).dictionary_encode(),
            "published": pa.array([datetime.datetime(2026, 3, 4, 12, tzinfo=zone)] * 2, pa.timestamp("us", "+02:00")),
            "tags": pa.array([[{"name": "a"}], None], pa.list_(pa.struct([("name", pa.string())]))),
            "impossible": pa.array([2**62, 1], pa.timestamp("us")),
        }
    )
    (tmp_path / "a.parquet").write_bytes(parquet(table))
    first, second = documents(read(tmp_path))
    parsed = parse_document(first)
    assert isinstance(parsed, ParsedDocument)
    assert (parsed.text, parsed.encoding) == ("Größe", "windows-1252")
    assert first.stated["published"] == "2026-03-04T12:00:00+02:00"
    assert (first.stated["publisher"], first.stated["tags"]) == ("Example", '[{"name":"a"}]')
    assert second.stated["charset"] == "utf-8"


def test_parquet_text_that_is_no_utf_8_costs_no_record(tmp_path: Path) -> None:
    broken = pa.array(["Größe".encode("cp1252"), b"plain"], pa.binary()).view(pa.string())
    (tmp_path / "a.parquet").write_bytes(parquet(pa.table({"text": broken})))
    assert len(documents(read(tmp_path))) == 2


def test_feeds_keep_cdata_links_and_dublin_core_dates(tmp_path: Path) -> None:
    (tmp_path / "a.rdf").write_text(
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ex</title></channel>'
        f"<item><title>T</title><link>http://example.org/1</link><dc:date>2026-03-04T10:00:00Z</dc:date>"
        f"<description><![CDATA[<p>{STORY}</p>]]></description></item></rdf:RDF>"
    )
    (tmp_path / "b.atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.org/news/"><title>Ex</title>'
        f'<entry><title>T</title><link href="2.html"/><content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content></entry></feed>'
    )
    first, second = documents(read(tmp_path))
    assert (first.content.decode(), first.stated["published"]) == (f"<p>{STORY}</p>", "2026-03-04T10:00:00Z")
    assert second.stated["url"] == "http://example.org/news/2.html"


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1"])
def test_a_feed_whose_declaration_lies_is_decoded_all_the_same(tmp_path: Path, declared: str) -> None:
    text = "Мэр сообщил вчера, что мост через реку будет закрыт на полгода из-за ремонта."
    feed = RSS.replace(STORY, text).replace('"1.0"?', f'"1.0" encoding="{declared}"?', 1)
    (tmp_path / "a.rss").write_bytes(feed.encode("cp1251"))
    (found,) = documents(read(tmp_path))
    assert found.content.decode() == f"<p>{text}</p>"


def test_content_that_a_feed_escapes_twice_is_markup(tmp_path: Path) -> None:
    body = f"&amp;lt;p&amp;gt;{STORY}&amp;lt;/p&amp;gt;"
    (tmp_path / "a.rss").write_text(RSS.replace(f"<![CDATA[<p>{STORY}</p>]]>", body))
    (found,) = documents(read(tmp_path))
    assert (found.media_type, found.content.decode()) == ("text/html", f"<p>{STORY}</p>")


def test_a_malformed_feed_gives_its_sound_entries_and_one_refusal(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS.replace("</channel></rss>", "<item><title>Broken<description>&x"))
    found = read(tmp_path)
    assert STORY.encode() in documents(found)[0].content
    assert "malformed-record" in reasons(found)


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.xhtml"])
def test_entities_that_expand_without_end_do_not(tmp_path: Path, name: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = RSS if name != "a.xhtml" else f"<html><body><p>{STORY}</p></body></html>"
    bomb = body.removeprefix('<?xml version="1.0"?>').replace(STORY, STORY + "&e11;")
    doctype = f'<!DOCTYPE {"html" if name == "a.xhtml" else "rss"} [<!ENTITY e0 "ha">{entities}]>'
    (tmp_path / name).write_text(f'<?xml version="1.0"?>{doctype}{bomb}')
    found = read(tmp_path)
    assert len(documents(found)) == 1
    assert sum(len(item.content) for item in documents(found)) < 10_000


CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n"


@pytest.mark.parametrize("per_record", [False, True])
@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-15)),
        ("zstd", zstandard.compress),
        ("gzip", bytes),  # the header was kept, the body stored as a page
        ("", bytes),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_web_archive_bodies_are_unpacked(
    tmp_path: Path, encoding: str, encode: Callable[[bytes], bytes], chunked: bool, per_record: bool
) -> None:
    page = f"<p>{STORY}</p>".encode()
    body = encode(page)
    headers = ["Content-Type: text/html; charset=utf-8"] + ([f"Content-Encoding: {encoding}"] if encoding else [])
    if chunked:
        headers.append("Transfer-Encoding: chunked")
        body = CHUNKED % (len(body), body)
    archive = warc(body, *headers)
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(archive) if per_record else archive)
    (found,) = documents(read(tmp_path))
    assert found.content == page


def test_brotli_bodies_are_read_or_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.warc").write_bytes(warc(b"\x0b\x02\x80hello\x03", "Content-Type: text/html", "Content-Encoding: br"))
    monkeypatch.setitem(sys.modules, "brotli", None)
    ((reason, detail),) = refusals(read(tmp_path))
    assert reason == "unsupported"
    assert "brotli" in detail
    monkeypatch.undo()
    pytest.importorskip("brotli")
    assert [item.content for item in documents(read(tmp_path))] == [b"hello"]


def test_a_body_that_expands_without_end_is_too_large(tmp_path: Path) -> None:
    bomb = zstandard.compress(b"x" * 50_000_000)
    (tmp_path / "a.warc").write_bytes(warc(bomb, "Content-Type: text/html", "Content-Encoding: zstd"))
    assert reasons(read(tmp_path, max_document_bytes=100_000)) == ["too-large"]


def test_records_that_hold_no_page_are_accounted_for(tmp_path: Path) -> None:
    page = warc(f"<p>{STORY}</p>".encode(), "Content-Type: text/html", record_headers="WARC-Truncated: length\r\n")
    revisit = warc(b"", "Content-Type: text/html", record_type="revisit")
    request = b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, (request, revisit, page))))
    found = read(tmp_path)
    assert reasons(found) == ["unsupported"]
    assert documents(found)[0].stated["truncated"] == "length"


def test_archives_of_files_are_unsupported_and_say_what_to_do(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("page.html"))
    with zipfile.ZipFile(tmp_path / "b.html", "w") as archive_of_pages:
        archive_of_pages.writestr("page.html", STORY)
    (tmp_path / "c.txt.bz2").write_bytes(b"BZh91AY&SY")
    found = refusals(read(tmp_path))
    assert [reason for reason, _ in found] == ["unsupported"] * 3
    assert all("unpack it" in detail for _, detail in found)


def test_links_are_followed_once_and_those_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text(STORY)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "inbox" / "loop").symlink_to(tmp_path / "inbox")
    (tmp_path / "inbox" / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = read(tmp_path / "inbox")
    assert len(documents(found)) == 1
    assert reasons(found) == ["unreadable"]


@pytest.mark.skipif(sys.platform == "win32" or sys.platform == "darwin", reason="names there are always Unicode")
def test_a_name_that_is_no_utf_8_is_read(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w") as file:  # noqa: PTH123 (a path of bytes)
        file.write(STORY)
    (found,) = documents(read(tmp_path))
    assert found.uri.endswith("caf%E9.txt")


def test_records_with_one_id_are_two_documents(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "One"}\n{"id": 1, "text": "Two"}\n')
    found = documents(read(tmp_path))
    assert [item.record_id for item in found] == ["1", "1"]
    assert len({item.document_id for item in found}) == 2


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (1772666000, "2026-03-04T23:13:20+00:00"),
        (1772666000000, "2026-03-04T23:13:20+00:00"),
        (1772666000.25, "2026-03-04T23:13:20+00:00"),
        ("1772666000123456", "2026-03-04T23:13:20+00:00"),
        ("Wed, 04 Mar 2026 23:30:00 GMT", "2026-03-04T23:30:00+00:00"),
        ("Wed, 04 Mar 26 23:30:00 GMT", "2026-03-04T23:30:00+00:00"),
        ("4 Mar 2026 23:30 +0100", "2026-03-04T23:30:00+01:00"),
        ("2026-03-04T23:30:00.123456789Z", "2026-03-04T23:30:00+00:00"),
        ("2026-03-04 23:30:00", "2026-03-04"),
        ("2026-03-04", "2026-03-04"),
        ("04.03.2026 23:30", "2026-03-04"),
        ("04/03/2026", "2026-03-04"),
        ("4 mars 2026", "2026-03-04"),
        ("2026-03-04T99:99:99+99:99", "2026-03-04"),
    ],
)
def test_days_and_times_that_records_state_are_read(tmp_path: Path, stated: object, expected: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": STORY, "published": stated, "fetched_at": stated}))
    (found,) = documents(read(tmp_path))
    parsed = parse_document(found)
    assert isinstance(parsed, ParsedDocument)
    assert parsed.metadata.published is not None
    assert parsed.metadata.fetched is not None
    assert {parsed.metadata.published.value, parsed.metadata.fetched.value} == {expected}
    assert parsed.stated["published"] == parsed.stated["fetched_at"] == str(stated)


@pytest.mark.parametrize(
    "stated",
    ["   ", "soon", "0000-00-00", "2026-13-45", -1, 10**40, 1e300, True, [2026, 3], {"day": 4}, "9" * 5000,
     "Wed, 99 Foo 2026 25:61:00 GMT", "9999999999.5"],
)  # fmt: skip
def test_times_that_make_no_sense_are_kept_as_stated_and_date_nothing(tmp_path: Path, stated: object) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": STORY, "published": stated, "fetched_at": stated}))
    (found,) = documents(read(tmp_path))
    parsed = parse_document(found)
    assert isinstance(parsed, ParsedDocument)
    assert parsed.metadata.published is parsed.metadata.fetched is None
    assert found.stated["published"] == found.stated["fetched_at"] != ""
