"""The sample corpus is what its sources say, and its labels are true of its documents."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import subprocess
import sys
import zlib
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import zstandard
from bs4 import BeautifulSoup

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
INBOX = SEEDS / "inbox"
REASONS = {
    "empty",
    "binary",
    "undecodable",
    "too-large",
    "no-article-found",
    "not-text",
    "truncated",
    "malformed-record",
}


def read_lines(name: str) -> list[dict[str, Any]]:
    lines = (SEEDS / "labels" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ARTICLES = read_lines("articles.jsonl")
EVENTS = read_lines("events.jsonl")
QUARANTINE = read_lines("quarantine.jsonl")


def expand(name: str, content: bytes) -> bytes:
    """Decompress as far as possible: what must be equal is the content, not the compressor."""
    if name.endswith(".zst"):
        return zstandard.ZstdDecompressor().decompressobj().decompress(content)
    if not name.endswith(".gz"):
        return content
    if "truncated" in name:
        # Where a cut stream stops depends on the compressor; a common head is all there is.
        return zlib.decompressobj(wbits=31).decompress(content)[:1000]
    return gzip.decompress(content)


def fold_space(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def html_text(markup: str | bytes, encoding: str | None = None) -> str:
    soup = BeautifulSoup(markup, "html.parser", from_encoding=encoding)
    for node in soup(["script", "style"]):
        node.decompose()
    return fold_space(soup.get_text(""))


def response_bodies() -> list[bytes]:
    bodies = []
    rest = gzip.decompress((INBOX / "crawl.warc.gz").read_bytes())
    while rest:
        head, _, tail = rest.partition(b"\r\n\r\n")
        length = int(re.search(rb"Content-Length: (\d+)", head)[1])  # type: ignore[index]
        content, rest = tail[:length], tail[length + 4 :]
        if b"WARC-Type: response" in head:
            fields, _, body = content.partition(b"\r\n\r\n")
            bodies.append(gzip.decompress(body) if b"Content-Encoding: gzip" in fields else body)
    return bodies


def page_text(uri: str) -> str:
    """Return what a reader of one document sees, with white space folded."""
    name, _, number = uri.partition("#")
    content = expand(name, (INBOX / name).read_bytes())
    index = int(number or 1) - 1
    if ".jsonl" in name:
        record = json.loads(content.decode().splitlines()[index])
        return html_text(record["html"]) if "html" in record else fold_space(record["text"])
    if name.endswith(".csv"):
        return fold_space(list(csv.DictReader(io.StringIO(content.decode())))[index]["text"])
    if ".warc" in name:
        return html_text(response_bodies()[index].decode())
    if name == "feed.xml":
        item = ElementTree.fromstring(content).findall("./channel/item")[index]
        full = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
        return html_text(full or str(item.findtext("description")))
    if "deep-nesting" in name:
        # Cut the nest away: this test is about the labels, not about anybody's parser.
        return html_text(re.sub(rb"(<div>){100,}|(</div>){100,}", b"", content).decode())
    if ".html" in name:
        return html_text(content, "windows-1252" if "lying" in name else "utf-8")
    return fold_space(content.decode("utf-16" if "utf16" in name else "utf-8"))


def label_id(label: dict[str, Any]) -> str:
    return f"{label['uri']}:{label.get('ordinal', 0)}"


def test_building_again_gives_the_committed_files(tmp_path: Path) -> None:
    command = [sys.executable, "-B", str(SEEDS / "build_seeds.py"), "--output", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    for folder in ("inbox", "labels"):
        built = {p.relative_to(tmp_path) for p in (tmp_path / folder).rglob("*") if p.is_file()}
        kept = {p.relative_to(SEEDS) for p in (SEEDS / folder).rglob("*") if p.is_file()}
        assert built == kept
        for path in sorted(built):
            new = expand(path.name, (tmp_path / path).read_bytes())
            old = expand(path.name, (SEEDS / path).read_bytes())
            assert new == old, f"{path} differs: run python seeds/build_seeds.py"


def test_every_file_of_the_inbox_has_a_label_and_every_label_a_file() -> None:
    labelled = {label["uri"].partition("#")[0] for label in ARTICLES + QUARANTINE}
    files = {p.relative_to(INBOX).as_posix() for p in INBOX.rglob("*") if p.is_file()}
    assert labelled == files


def test_every_record_of_a_container_has_a_label() -> None:
    archive = expand("archive.jsonl.zst", (INBOX / "archive.jsonl.zst").read_bytes())
    malformed = (INBOX / "broken/partly-malformed.jsonl").read_text(encoding="utf-8")
    feed = ElementTree.parse(INBOX / "feed.xml").findall("./channel/item")
    with (INBOX / "briefs.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    expected = {
        "batch.jsonl": len((INBOX / "batch.jsonl").read_text(encoding="utf-8").splitlines()),
        "archive.jsonl.zst": len(archive.decode().splitlines()),
        "broken/partly-malformed.jsonl": len(malformed.splitlines()),
        "briefs.csv": len(rows),
        "feed.xml": len(feed),
        "crawl.warc.gz": len(response_bodies()),
    }
    uris = {label["uri"] for label in ARTICLES + QUARANTINE if "#" in label["uri"]}
    assert uris == {f"{name}#{n}" for name, count in expected.items() for n in range(1, count + 1)}


@pytest.mark.parametrize("label", ARTICLES, ids=label_id)
def test_the_expected_text_is_on_the_page_in_order(label: dict[str, Any]) -> None:
    page, at = page_text(label["uri"]), 0
    for paragraph in label["text"].split("\n\n"):
        found = page.find(fold_space(paragraph), at)
        assert found >= 0, f"not on the page, or out of order: {paragraph!r}"
        at = found + len(fold_space(paragraph))


@pytest.mark.parametrize("label", ARTICLES, ids=label_id)
def test_an_expected_title_and_byline_are_on_the_page_or_in_its_record(label: dict[str, Any]) -> None:
    name, _, number = label["uri"].partition("#")
    seen = page_text(label["uri"])
    if number:
        raw = expand(name, (INBOX / name).read_bytes()).decode("utf-8", "replace")
        seen += raw.replace('\\"', '"')
    for value in (label["title"], label["byline"], label["standfirst"]):
        assert value is None or fold_space(value).casefold() in seen.casefold()


def test_an_article_without_a_title_has_none_on_its_page() -> None:
    untitled = [label for label in ARTICLES if label["title"] is None]
    assert len(untitled) >= 2
    assert all(page_text(u["uri"]).startswith(fold_space(u["text"])[:80]) for u in untitled)


def test_event_phrases_and_sentences_are_in_the_expected_text() -> None:
    texts = {(label["uri"], label["ordinal"]): label["text"] for label in ARTICLES}
    for event in EVENTS:
        text = texts[event["uri"], event["ordinal"]]
        assert text.count(event["sentence"]) == 1, event
        assert event["sentence"].count(event["event_text"]) == 1, event


def test_event_dates_are_ordered_and_statuses_known() -> None:
    assert {event["status"] for event in EVENTS} == {"occurred", "scheduled", "hypothetical"}
    assert all(date.fromisoformat(e["begin_on"]) <= date.fromisoformat(e["end_on"]) for e in EVENTS)


def test_no_event_is_called_past_before_its_article_was_published() -> None:
    published = {(label["uri"], label["ordinal"]): label["published_on"] for label in ARTICLES}
    for event in EVENTS:
        day = published[event["uri"], event["ordinal"]]
        if event["status"] == "occurred":
            assert event["begin_on"] <= day, event
        if event["status"] == "scheduled":
            assert event["end_on"] >= day, event


def test_the_only_weekday_of_a_sentence_fits_an_event_or_stands_beside_another_date() -> None:
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    weekdays = defaultdict(set)
    for event in EVENTS:
        if event["begin_on"] == event["end_on"]:
            weekdays[event["sentence"]].add(names[date.fromisoformat(event["begin_on"]).weekday()])
    for sentence, days in weekdays.items():
        named = {name for name in names if re.search(rf"\b{name}\b", sentence)}
        other = re.search(r"tomorrow|today|a day after|March|December|this weekend", sentence)
        assert len(named) != 1 or named <= days or other, (days, sentence)


def test_the_same_event_is_told_by_several_articles() -> None:
    articles_by_event = defaultdict(set)
    for event in EVENTS:
        articles_by_event[event["event_key"]].add(label_id(event))
    assert sum(len(ids) >= 2 for ids in articles_by_event.values()) >= 10
    assert len(EVENTS) >= 60


def test_each_cluster_has_one_canonical_article() -> None:
    canonical = Counter(label["cluster"] for label in ARTICLES if label["is_canonical"])
    assert canonical == Counter({label["cluster"]: 1 for label in ARTICLES})


def test_the_canonical_copy_is_the_longest_of_its_cluster() -> None:
    clusters = defaultdict(list)
    for label in ARTICLES:
        clusters[label["cluster"]].append((len(label["text"]), label["is_canonical"]))
    assert all(max(members)[1] for members in clusters.values())


def test_the_corpus_is_as_broad_as_it_claims() -> None:
    assert len({label["publisher"] for label in ARTICLES if label["publisher"]}) >= 8
    assert len({label["story"] for label in ARTICLES}) >= 6
    assert {label["lang"] for label in ARTICLES} == {"en", "de", "es"}
    assert max(Counter(label["cluster"] for label in ARTICLES).values()) >= 5
    days = sorted(label["published_on"] for label in ARTICLES if label["published_on"])
    assert date.fromisoformat(days[0]) >= date(2026, 3, 2)
    assert date.fromisoformat(days[-1]) <= date(2026, 3, 15)
    assert any(label["published_on"] is None for label in ARTICLES)


def test_quarantine_reasons_are_known() -> None:
    for label in QUARANTINE:
        reasons = [label["reason"]] if isinstance(label["reason"], str) else label["reason"]
        assert reasons and set(reasons) <= REASONS


def test_the_broken_files_are_broken_as_described() -> None:
    broken = INBOX / "broken"
    assert (broken / "empty.txt").read_bytes() == b""
    assert (broken / "photo.txt").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(EOFError):
        gzip.decompress((broken / "truncated.html.gz").read_bytes())
    lying = (broken / "lying-encoding.html").read_bytes()
    assert b"charset=utf-8" in lying and b"\x92" in lying
    for encoding in ("utf-8", "windows-1252"):
        with pytest.raises(UnicodeDecodeError):
            (broken / "undecodable.txt").read_bytes().decode(encoding)
    line = gzip.decompress((broken / "one-line-5mb.txt.gz").read_bytes())
    assert len(line) == 5_000_000 and b"\n" not in line
    assert gzip.decompress((broken / "deep-nesting.html.gz").read_bytes()).count(b"<div>") >= 20_000
