"""Which article goes into which document, in which template, with which defects in its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Embedded:
    """An article of another publisher inside an aggregator's page, perhaps cut after some words."""

    article_id: str
    age: str
    cut_words: int | None = None


@dataclass(frozen=True)
class Page:
    """One document: an article in a template.

    ``jsonld`` is one of ok, graph, modified-only, trailing-comma, raw-newline, year-one, none.
    """

    uri: str
    article_id: str
    template: str
    jsonld: str = "ok"
    options: Mapping[str, str] = field(default_factory=dict)
    embedded: tuple[Embedded, ...] = ()


FILES: tuple[Page, ...] = (
    Page(
        "text/newshopper-ferry.txt",
        "ferry-newshopper",
        "newshopper.txt",
        embedded=(
            Embedded("water-schools-embedded", "19 minutes ago"),
            Embedded("market-0304-embedded", "20 hours ago"),
            Embedded("strike-deadline-embedded", "a day ago", cut_words=58),
        ),
    ),
    Page("text/courier-ferry.txt", "ferry-courier", "lines.txt"),
    Page("text/prospect-strike-deadline.txt", "strike-deadline", "dailyprospect.txt", options={"player": "yes"}),
    Page("text/prospect-hearing-live.txt", "ferry-live", "dailyprospect.txt"),
    Page("text/quarrypost-ferry.txt", "ferry-quarrypost", "glued-date.txt"),
    Page("text/tribune-bridge-vote.txt", "bridge-vote-flat", "inlandtribune.txt"),
    Page("text/quarry-hill-bakery.txt", "bakery", "plain.txt"),
    Page("html/meridian-ferry.html", "ferry-wire", "meridianwire.html"),
    Page("html/ledger-ferry.html", "ferry-harborledger", "harborledger.html"),
    Page("html/tribune-ferry.html", "ferry-tribune", "inlandtribune.html", "trailing-comma"),
    Page("html/kuestenbote-faehre.html", "ferry-kuestenbote", "kuestenbote.html", "graph"),
    Page("html/ledger-water-notice.html", "water-notice", "harborledger.html"),
    Page("html/courier-strike-islands.html", "strike-islands", "caldercourier.html", "none"),
    Page(
        "html/newshopper-strike.html",
        "strike-newshopper",
        "newshopper.html",
        "none",
        embedded=(
            Embedded("match-0307-embedded", "3 hours ago"),
            Embedded("launch-preview-embedded", "yesterday", cut_words=61),
        ),
    ),
    Page("html/ledger-dock-deal.html", "strike-deal", "harborledger.html"),
    Page("html/tribune-bridge-followup.html", "bridge-followup", "inlandtribune.html", "raw-newline"),
    Page("html/quarrypost-bridge.html", "bridge-quarrypost", "quarrypost.html", "none"),
    Page("html/prospect-launch-preview.html", "launch-preview", "dailyprospect.html", "modified-only"),
    Page("html/elfaro-terremoto.html", "quake-faro", "elfaro.html", "none"),
    Page("html/tarnweather-2026-03-03.html", "weather-0303", "tarnweather.html", "none", {"now": "44°F"}),
    Page("html/tarnweather-2026-03-10.html", "weather-0310", "tarnweather.html", "none", {"now": "39°F"}),
    Page(
        "html/lantern-close-2026-03-04.html",
        "market-0304",
        "marketlantern.html",
        "year-one",
        {"index": "3,871.40", "oil": "71.15", "yield": "4.02%", "move": "-14.8%"},
    ),
    Page(
        "html/lantern-close-2026-03-05.html",
        "market-0305",
        "marketlantern.html",
        "ok",
        {"index": "3,898.50", "oil": "72.25", "yield": "4.04%", "move": "-4.4%"},
    ),
    Page(
        "html/touchline-rovers-quarry-hill.html",
        "match-0307",
        "touchline.html",
        "ok",
        {"home": "Eastmere Rovers", "away": "Quarry Hill", "score": "2–1", "ground": "Gale Street", "gate": "4,118"},
    ),
    Page(
        "html/touchline-halden-rovers.html",
        "match-0311",
        "touchline.html",
        "ok",
        {"home": "Halden City", "away": "Eastmere Rovers", "score": "0–2", "ground": "The Brickworks", "gate": "9,640"},
    ),
    Page("html/radiowestmark-briefing.html", "briefing", "radiowestmark.html", "none"),
    Page("html/tribune-launch-scrubbed.html.gz", "launch-scrubbed", "inlandtribune.html", "none"),
    Page("broken/lying-encoding.html", "lighthouse", "caldercourier.html", "none"),
    Page("broken/utf16-bom.txt", "library", "posted.txt"),
    Page("broken/deep-nesting.html.gz", "spring-market", "harborledger.html"),
)

# Records of containers: the template "text" puts the bare text into the record.
BATCH: tuple[Page, ...] = (
    Page("batch.jsonl#1", "ferry-radio", "text"),
    Page("batch.jsonl#2", "water-schools", "text"),
    Page("batch.jsonl#3", "quake-wire", "text"),
    Page("batch.jsonl#4", "water-lifted", "harborledger.html"),
    Page("batch.jsonl#5", "strike-courier-deal", "text"),
)
ARCHIVE: tuple[Page, ...] = (
    Page("archive.jsonl.zst#1", "bridge-vote", "inlandtribune.html", "none"),
    Page("archive.jsonl.zst#2", "ferry-refloat", "harborledger.html", "modified-only", {"meta": "none"}),
    Page("archive.jsonl.zst#3", "quake-rescue", "text"),
)
TABLE: tuple[Page, ...] = (
    Page("briefs.csv#1", "market-0311", "text"),
    Page("briefs.csv#2", "quake-colegios", "text"),
)
FEED: tuple[Page, ...] = (
    Page("feed.xml#1", "quake-feed-summary", "feed"),
    Page("feed.xml#2", "ferry-hearing", "feed"),
    Page("feed.xml#3", "launch-feed-summary", "feed"),
    Page("feed.xml#4", "strike-wire", "feed"),
)
CRAWL: tuple[Page, ...] = (
    Page("crawl.warc.gz#1", "water-notice-corrected", "harborledger.html"),
    Page("crawl.warc.gz#3", "launch-success", "dailyprospect.html", "ok"),
)
PARTLY_MALFORMED: tuple[Page, ...] = (
    Page("broken/partly-malformed.jsonl#1", "strike-ballot-brief", "text"),
    Page("broken/partly-malformed.jsonl#3", "transfer-brief", "text"),
)

# What no pipeline should publish, and why; a list means that any of its reasons will do.
QUARANTINE: tuple[tuple[str, str | list[str]], ...] = (
    ("broken/empty.txt", "empty"),
    ("broken/one-line-5mb.txt.gz", ["no-article-found", "too-large", "not-text"]),
    ("broken/partly-malformed.jsonl#2", "malformed-record"),
    ("broken/photo.txt", ["binary", "not-text"]),
    ("broken/script-only.html", "no-article-found"),
    ("broken/truncated.html.gz", "truncated"),
    ("broken/undecodable.txt", ["undecodable", "binary", "not-text"]),
    ("broken/whitespace.txt", "empty"),
    ("crawl.warc.gz#2", "no-article-found"),
    ("crawl.warc.gz#4", ["binary", "not-text"]),
)
