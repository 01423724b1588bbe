"""Wrap articles into pages: render the templates and write the metadata, defects included."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from source.documents import Page
from source.markup import Article, Block
from source.publishers import PUBLISHERS

TEXT_KINDS = ("paragraph", "heading", "item", "quote")


@dataclass(frozen=True)
class ShownArticle:
    """An article as one page shows it; ``blocks`` are the expected text, in order."""

    article: Article
    role: str
    ordinal: int
    blocks: tuple[Block, ...]
    joiner: str = "\n\n"

    @property
    def text(self) -> str:
        """The expected clean text."""
        return self.joiner.join(block.plain for block in self.blocks)


def text_blocks(article: Article) -> tuple[Block, ...]:
    """Return the blocks that belong to the article's text: no captions, no furniture."""
    return tuple(block for block in article.blocks if block.kind in TEXT_KINDS)


def cut(blocks: Sequence[Block], words: int | None) -> tuple[Block, ...]:
    """Keep the first words of some blocks and the events that lie wholly within them."""
    if words is None:
        return tuple(blocks)
    kept: list[Block] = []
    for block in blocks:
        parts = block.plain.split(" ")
        if len(parts) < words:
            kept.append(block)
            words -= len(parts)
            continue
        plain = " ".join(parts[:words])
        mentions = tuple(m for m in block.mentions if m.end <= len(plain))
        kept.append(Block(block.kind, plain, plain, mentions))
        break
    return tuple(kept)


def shown_articles(page: Page, articles: Mapping[str, Article]) -> list[ShownArticle]:
    """Return the lead and the embedded articles of a page, in page order."""
    lead = articles[page.article_id]
    shown = [ShownArticle(lead, "lead", 0, text_blocks(lead))]
    for ordinal, entry in enumerate(page.embedded, start=1):
        article = articles[entry.article_id]
        blocks = cut(text_blocks(article), entry.cut_words)
        shown.append(ShownArticle(article, "embedded", ordinal, blocks, joiner=" "))
    return shown


def states_date(page: Page, article: Article) -> bool:
    """Tell whether a page or its record says when it was published; a change date does not."""
    return article.fields.get("stated") != "no" and page.jsonld != "modified-only"


def _shown_time(stamp: str | None, publisher: str, stated: bool) -> str | None:
    """Write a time the way a publisher does; None when the page does not say it."""
    if not stamp or not stated:
        return None
    moment = datetime.fromisoformat(stamp)
    day = f"{moment:%B} {moment.day}, {moment.year}"
    if publisher == "caldercourier":
        return f"{moment:%d/%m/%Y}"
    if len(stamp) == 10:
        return day
    clock = f"{moment.hour % 12 or 12}:{moment:%M}"
    if publisher == "harborledger":
        return f"{day} at {clock} {'a.m.' if moment.hour < 12 else 'p.m.'}"
    if publisher == "inlandtribune":
        return f"{day} {clock} {'am' if moment.hour < 12 else 'pm'}"
    return day


def _json_ld(article: Article, kind: str) -> str:
    if kind == "none":
        return ""
    publisher = PUBLISHERS[article.fields["publisher"]]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.get("title"),
        "description": article.get("summary") or "",
        "mainEntityOfPage": article.get("url"),
        "datePublished": article.get("published"),
        "dateModified": article.get("modified") or article.get("published"),
        "author": [{"@type": "Person", "name": article.get("byline") or publisher.name}],
        "publisher": {"@type": "NewsMediaOrganization", "name": publisher.name},
    }
    if kind == "modified-only":
        del data["datePublished"]
    if kind == "year-one":
        data["datePublished"] = data["dateModified"] = "0001-01-01T00:00:00Z"
    if kind == "graph":
        organisation = {"@type": "Organization", "@id": "#verlag", "name": publisher.name}
        data = {"@context": data.pop("@context"), "@graph": [{"@type": "WebSite"}, organisation, data]}
    if kind == "raw-newline":
        data["description"] = "BREAK"
    body = json.dumps(data, ensure_ascii=False, indent=1)
    if kind == "trailing-comma":
        body = body.removesuffix("\n}") + ",\n}"
    if kind == "raw-newline":
        body = body.replace("BREAK", "A memo from last year.\nThe city says nothing.")
    return f'<script type="application/ld+json">\n{body}\n</script>'


def _grouped(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Put runs of list items into one list block, which is what templates draw."""
    grouped: list[dict[str, Any]] = []
    for block in blocks:
        entry = {"kind": block.kind, "html": block.html, "plain": block.plain}
        if block.kind != "item":
            grouped.append(entry)
        elif grouped and grouped[-1]["kind"] == "list":
            grouped[-1]["items"].append(entry)
        else:
            grouped.append({"kind": "list", "items": [entry], "plain": "", "html": ""})
    return grouped


def _related(article: Article, articles: Mapping[str, Article]) -> list[dict[str, str]]:
    """Return other stories of the same publisher as teasers: text that must not reach the article."""
    publisher = PUBLISHERS[article.fields["publisher"]]
    others = [
        {
            "title": str(other.get("title")),
            "url": str(other.get("url")),
            "teaser": other.get("summary") or "",
            "date": _shown_time(other.get("published"), "", stated=True) or "",
        }
        for other in articles.values()
        if other.fields["publisher"] == article.fields["publisher"]
        and other.get("url") not in (None, article.get("url"))
        and other.get("title")
    ]
    standing = [{"title": t, "url": "#", "teaser": s, "date": s} for t, s in publisher.teasers]
    start = len(article.article_id) % max(len(others), 1)
    return ((others[start:] + others[:start])[:3] + standing)[:5]


class Renderer:
    """Render pages with the templates of one folder."""

    def __init__(self, templates: Path, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=lambda name: bool(name and ".html" in name),
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )

    def render(self, page: Page) -> str:
        """Return the page as a string, ending in exactly one newline."""
        article = self._articles[page.article_id]
        fields = article.fields
        stated = states_date(page, article)
        keys = ("title", "summary", "byline", "published", "modified", "url")
        text = self._environment.get_template(f"{page.template}.j2").render(
            a={key: article.get(key) for key in keys},
            pub=PUBLISHERS[fields["publisher"]],
            blocks=_grouped(article.blocks) if ".html" in page.template else article.blocks,
            flat=[block.plain for block in text_blocks(article)],
            embedded=[
                {
                    "publisher": PUBLISHERS[shown.article.fields["publisher"]].name,
                    "age": entry.age,
                    "title": shown.article.get("title"),
                    "text": shown.text,
                    "cut": entry.cut_words is not None,
                }
                for entry, shown in zip(page.embedded, shown_articles(page, self._articles)[1:], strict=True)
            ],
            related=_related(article, self._articles),
            jsonld=_json_ld(article, page.jsonld),
            shown_date=_shown_time(article.get("published"), fields["publisher"], stated),
            shown_modified=_shown_time(article.get("modified"), fields["publisher"], stated),
            opts=_Options(page.options),
        )
        return text.rstrip("\n") + "\n"


class _Options(dict[str, str]):
    """Page options in a template: what a page does not set is empty."""

    def __missing__(self, key: str) -> str:
        return ""
