"""Write the containers and the broken files: batches, a table, a feed, a web archive."""

from __future__ import annotations

import csv
import gzip
import io
import json
import struct
import uuid
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

import zstandard
from source import documents
from source.documents import Page
from source.markup import Article
from source.pages import Renderer, text_blocks
from source.publishers import PUBLISHERS

_NAMESPACE = uuid.UUID("6a1f0b52-1b1e-5c1e-9a77-202603020000")


def compress(data: bytes) -> bytes:
    """Gzip without a time stamp, so that equal input gives equal output."""
    return gzip.compress(data, compresslevel=9, mtime=0)


class Containers:
    """Builds every file that is not one page in one file."""

    def __init__(self, articles: Mapping[str, Article], renderer: Renderer) -> None:
        self._articles = articles
        self._renderer = renderer

    def files(self) -> dict[str, bytes]:
        """Return path below the inbox -> content."""
        archive = self._lines(documents.ARCHIVE, "arc")
        return {
            "batch.jsonl": self._lines(documents.BATCH, "b"),
            "archive.jsonl.zst": zstandard.ZstdCompressor(level=10).compress(archive),
            "briefs.csv": self._table(),
            "feed.xml": self._feed(),
            "crawl.warc.gz": self._crawl(),
            **self._broken(),
        }

    # --- records -----------------------------------------------------------------------------

    def _record(self, page: Page, prefix: str) -> dict[str, object]:
        article = self._articles[page.article_id]
        record: dict[str, object] = {
            "id": f"{prefix}-{page.uri.partition('#')[2]:0>4}",
            "url": article.get("url"),
        }
        if page.template == "text":
            record["text"] = "\n\n".join(block.plain for block in text_blocks(article))
            if article.get("title"):
                record["title"] = article.get("title")
                record["publisher"] = PUBLISHERS[article.fields["publisher"]].name
            if article.fields.get("stated") != "no":
                record["published"] = article.get("published")
        else:
            record["html"] = self._renderer.render(page)
        if page.article_id == "quake-wire":
            record["desk"] = {"name": "World", "priority": 2}
        if page.article_id == "bridge-vote":
            record["source"] = "Inland Tribune"
        record["fetched_at"] = "2026-03-14T04:00:00Z"
        return record

    def _lines(self, pages: Sequence[Page], prefix: str) -> bytes:
        rows = [json.dumps(self._record(page, prefix), ensure_ascii=False) for page in pages]
        return ("\n".join(rows) + "\n").encode()

    def _table(self) -> bytes:
        out = io.StringIO(newline="")
        columns = ("id", "url", "title", "source", "published", "text", "section")
        writer = csv.DictWriter(out, columns, lineterminator="\r\n")
        writer.writeheader()
        for page in documents.TABLE:
            record = self._record(page, "row")
            del record["fetched_at"]
            record["source"] = record.pop("publisher")
            writer.writerow(record | {"section": "briefs"})
        return out.getvalue().encode()

    # --- feed --------------------------------------------------------------------------------

    def _feed(self) -> bytes:
        items = []
        for page in documents.FEED:
            article = self._articles[page.article_id]
            published = datetime.fromisoformat(str(article.get("published")))
            blocks = text_blocks(article)
            is_summary = article.get("is_summary") == "yes"
            lines = [
                "<item>",
                f"<title>{escape(str(article.get('title')), quote=False)}</title>",
                f"<link>{article.get('url')}</link>",
                f'<guid isPermaLink="false">mw-{published:%Y%m%d%H%M}</guid>',
                f"<pubDate>{format_datetime(published)}</pubDate>",
            ]
            if article.get("byline"):
                lines.append(f"<dc:creator><![CDATA[{article.get('byline')}]]></dc:creator>")
            if is_summary:
                lines.append(f"<description>{escape(blocks[0].plain)}</description>")
            else:
                lines.append(f"<description>{escape(str(article.get('summary')))}</description>")
                body = "\n".join(f"<p>{block.html}</p>" for block in blocks)
                credit = (
                    f'<p>The post <a href="{article.get("url")}">{article.get("title")}</a> '
                    'appeared first on <a href="https://www.meridianwire.example">Meridian Wire</a>.</p>'
                )
                lines.append(f"<content:encoded><![CDATA[{body}\n{credit}]]></content:encoded>")
            items.append("\n".join([*lines, "</item>"]))
        head = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n'
            "<channel>\n<title>Meridian Wire: Top stories</title>\n"
            "<link>https://www.meridianwire.example/</link>\n"
            "<description>The day's news from Meridian Wire</description>\n"
            "<language>en</language>\n<ttl>15</ttl>\n"
            "<lastBuildDate>Thu, 12 Mar 2026 07:00:00 +0000</lastBuildDate>\n"
        )
        return (head + "\n".join(items) + "\n</channel>\n</rss>\n").encode()

    # --- web archive -------------------------------------------------------------------------

    def _crawl(self) -> bytes:
        corrected, launched = documents.CRAWL
        pages = {page.uri: self._renderer.render(page).encode() for page in documents.CRAWL}
        missing = (
            b"<!DOCTYPE html><html><head><title>Page not found | Harbor Ledger</title></head><body>"
            b'<h1>404</h1><p>Sorry, we can\'t find that page.</p><a href="/">Home</a></body></html>'
        )
        notice = str(self._articles[corrected.article_id].get("url"))
        launch = str(self._articles[launched.article_id].get("url"))
        records = [
            _warc(
                "warcinfo",
                "seed-info",
                None,
                "application/warc-fields",
                b"software: seed-crawler/1.0\r\nformat: WARC File Format 1.0\r\n",
            ),
            *_exchange(notice, "200 OK", "text/html; charset=utf-8", pages[corrected.uri]),
            *_exchange("https://www.harborledger.example/news/local/gone-1", "404 Not Found", "text/html", missing),
            *_exchange(launch, "200 OK", "text/html", compress(pages[launched.uri]), encoding="gzip"),
            *_exchange("https://dailyprospect.example/img.jpg", "200 OK", "image/png", png()),
            _warc(
                "metadata",
                "seed-metadata",
                launch,
                "application/warc-fields",
                b"fetchTimeMs: 181\r\ncharsetForLinkExtraction: UTF-8\r\n",
            ),
        ]
        return b"".join(compress(record) for record in records)

    # --- broken files ------------------------------------------------------------------------

    def _broken(self) -> dict[str, bytes]:
        by_uri = {page.uri: page for page in documents.FILES}
        lying = self._renderer.render(by_uri["broken/lying-encoding.html"])
        utf16 = self._renderer.render(by_uri["broken/utf16-bom.txt"])
        nested = self._renderer.render(by_uri["broken/deep-nesting.html.gz"])
        start = nested.index('<article class="story">')
        stop = nested.index("</article>") + len("</article>")
        depth = 20_000
        deep = nested[:start] + "<div>" * depth + nested[start:stop] + "</div>" * depth + nested[stop:]
        whole = compress(self._renderer.render(by_uri["html/ledger-ferry.html"]).encode())
        first, last = (json.dumps(self._record(page, "m"), ensure_ascii=False) for page in documents.PARTLY_MALFORMED)
        malformed = '{"id": "m-0002", "url": "https://radiowestmark.example/a/21041", "text": "Traffic is'
        ebcdic = "THE QUICK REPORT ON THE HARBOUR DUES WAS FILED LATE AGAIN. ".lower() * 40
        return {
            "broken/empty.txt": b"",
            "broken/whitespace.txt": b" \n\n\t\r\n  \n",
            "broken/photo.txt": png(),
            "broken/truncated.html.gz": whole[: len(whole) // 2],
            "broken/lying-encoding.html": lying.encode("cp1252"),
            "broken/utf16-bom.txt": b"\xff\xfe" + utf16.encode("utf-16-le"),
            "broken/undecodable.txt": ebcdic.encode("cp037"),
            "broken/one-line-5mb.txt.gz": compress(_one_line(5_000_000)),
            "broken/deep-nesting.html.gz": compress(deep.encode()),
            "broken/script-only.html": _SCRIPT_ONLY.encode(),
            "broken/partly-malformed.jsonl": f"{first}\n{malformed}\n{last}\n".encode(),
        }


_SCRIPT_ONLY = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>NewsHopper</title>
<script>window.__STATE__ = {"route": "/n/loading", "flags": {"a": true, "b": false}, "items": []};</script>
<style>#root{min-height:100vh}</style></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>
<script>!function(e){function t(t){for(var r,i=0;i<e.length;i++)r=e[i];return r}var n={};e.boot=t}(window);</script>
<script src="/static/js/main.4f2c.chunk.js"></script></body></html>
"""


def _one_line(size: int) -> bytes:
    """A sensor log without a line break: no prose, and much longer than any line of news."""
    out, count = io.BytesIO(), 0
    while out.tell() < size:
        out.write(b"s%05d=%03d;" % (count % 1000, (count * 7) % 1000))
        count += 1
    return out.getvalue()[:size]


def png(width: int = 24, height: int = 16) -> bytes:
    """A small real PNG image."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    row = b"\x00" + bytes(value for x in range(width) for value in (x * 10, 120, 255 - x * 10))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    # Stored, not deflated: the bytes then do not depend on the zlib in use.
    pixels = zlib.compress(row * height, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _warc(kind: str, name: str, target: str | None, content_type: str, content: bytes) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(_NAMESPACE, name)}>",
        "WARC-Date: 2026-03-14T03:10:00Z",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(content)}",
    ]
    if target:
        lines.insert(3, f"WARC-Target-URI: {target}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def _exchange(url: str, status: str, media_type: str, body: bytes, encoding: str | None = None) -> list[bytes]:
    """A request record and its response record."""
    _, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    request = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: seed-crawler/1.0\r\n\r\n".encode()
    headers = [
        f"HTTP/1.1 {status}",
        "Date: Sat, 14 Mar 2026 03:10:00 GMT",
        "Server: nginx",
        f"Content-Type: {media_type}",
        f"Content-Length: {len(body)}",
    ]
    if encoding:
        headers.append(f"Content-Encoding: {encoding}")
    response = "\r\n".join([*headers, "", ""]).encode() + body
    return [
        _warc("request", f"request {url}", url, "application/http;msgtype=request", request),
        _warc("response", f"response {url}", url, "application/http;msgtype=response", response),
    ]
