"""Whatever the bytes are: every input ends as documents or refusals, blocks tile, and the same again is the same."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.clean import clean_document
from tasks.parse import parse_document
from tasks.parse.sources import read_input_file
from tasks.records import ParsedDocument, RawDocument, Refused

SENTENCE = "The council voted on Tuesday to close the old bridge for repairs until spring. "
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [SENTENCE, SENTENCE * 4, "By Ana Ruiz", "Share", "2 hours ago", "\0", "\u202e\u200d", "Ã©", "&lt;", "<"]
    ),
)
TAGS = st.sampled_from(
    [
        "p",
        "div",
        "h1",
        "span",
        "a",
        "b",
        "li",
        "ul",
        "table",
        "tr",
        "td",
        "script",
        "svg",
        "time",
        "br",
        "article",
        "title",
    ]
)
ATTRIBUTES = st.sampled_from(
    ["", " class=byline", " hidden", " datetime='2026-03-04'", " href='//['", " style='display:none'", " a='", ' type="application/ld+json"']
)  # fmt: skip
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, attributes, parts, closed: f"<{tag}{attributes}>{''.join(parts)}{f'</{tag}>' if closed else ''}",
        TAGS, ATTRIBUTES, st.lists(inner, max_size=4), st.booleans(),
    ),
    max_leaves=25,
)  # fmt: skip
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252", "cp1251", "cp932"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30) | st.just("\ud83d"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "url", "html", "x"]), inner),
    max_leaves=8,
)
RECORDS = st.dictionaries(st.sampled_from(["id", "text", "html", "title", "published", "fetched_at", "x"]), VALUES)
LINES = st.lists(RECORDS.map(json.dumps) | st.text(max_size=30), max_size=6).map("\n".join)
TABLES = st.lists(st.lists(st.text('ab",;\n\t é"', max_size=8), max_size=4).map(",".join), max_size=6).map("\n".join)
FEEDS = st.lists(
    TREES | st.sampled_from(["<item>", "</item>", "<title>", "<description>", "<![CDATA[", "]]>", "&e;"])
).map(lambda parts: "<rss><channel>" + "".join(parts))
ARCHIVES = st.lists(
    st.sampled_from(
        ["WARC/1.0\r\n", "WARC-Type: response\r\n", "Content-Length: 40\r\n", "Content-Length: x\r\n", "\r\n", "HTTP/1.1 200 OK\r\n",
         "Content-Type: text/html\r\n", "Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n", "<p>words</p>", ":", "WARC-Type: revisit\r\n"]
    ),
    max_size=25,
).map(lambda parts: "WARC/1.0\r\n" + "".join(parts))  # fmt: skip


def check_document(raw: RawDocument) -> None:
    parsed = parse_document(raw)
    assert parse_document(raw) == parsed
    if isinstance(parsed, Refused):
        return
    assert isinstance(parsed, ParsedDocument)
    assert [block.char_start for block in parsed.blocks] == [0, *(block.char_end for block in parsed.blocks[:-1])]
    assert parsed.blocks[-1].char_end == len(parsed.text)
    parsed.text.encode("utf-8")  # no lone surrogates, which no table could hold
    cleaned = clean_document(parsed)
    assert clean_document(parsed) == cleaned
    if isinstance(cleaned, Refused):
        return
    assert "".join(parsed.text[block.char_start : block.char_end] for block in cleaned.blocks) == parsed.text
    assert all(block.is_kept == (block.removed_by is None) for block in cleaned.blocks)


def check_file(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        found = list(read_input_file(path, max_document_bytes=100_000))
        assert found == list(read_input_file(path, max_document_bytes=100_000))
    assert found
    for item in found:
        if isinstance(item, Refused):
            assert item.reason != "stage-failed", item.detail
        else:
            check_document(item)


@settings(max_examples=60, deadline=None)
@given(TREES, ENCODINGS, st.sampled_from(["text/html", "text/plain", "text/markdown"]))
def test_any_page_is_parsed_and_cleaned_or_refused(tree: str, encoding: str, media_type: str) -> None:
    check_document(RawDocument("d", "file:///x", None, media_type, tree.encode(encoding, "replace")))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize(
    ("name", "texts"),
    [("a.jsonl", LINES), ("a.json", LINES), ("a.csv", TABLES), ("a.rss", FEEDS), ("a.warc", ARCHIVES)],
)
@given(data=st.data(), encoding=ENCODINGS, cut=st.integers(0, 40))
def test_any_file_is_read_or_refused(
    name: str, texts: st.SearchStrategy[str], data: st.DataObject, encoding: str, cut: int
) -> None:
    content = data.draw(texts).encode(encoding, "replace")
    check_file(name, ("id,text\n".encode(encoding) if name == "a.csv" else b"") + content[: len(content) - cut])


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["a", "a.html", "a.xml", "a.warc.gz", "a.json", "a.parquet"]),
    st.binary(max_size=300),
    st.booleans(),
)
def test_any_bytes_under_any_name_are_accounted_for(name: str, content: bytes, compressed: bool) -> None:
    check_file(name, gzip.compress(content) if compressed else content)


def test_a_web_archive_answer_without_a_status_line_is_refused(tmp_path: Path) -> None:
    for number, head in enumerate(["HTTP/1.1\r\n", "\r\n", ":\r\n", "HTTP/1.1 x y\r\n\r\n"]):
        body = head.encode() + b"words"
        record = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        check_file(f"{number}.warc", record + b"Content-Length: %d\r\n\r\n" % len(body) + body + b"\r\n\r\n")
        check_file(f"{number}.warc", record.replace(b"msgtype=response", b"") + b"Content-Length: 0\r\n\r\n")
