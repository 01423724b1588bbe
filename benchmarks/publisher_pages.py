"""Build many pages of few publishers with known article text, from labelled pages of many.

A labelled page gives a frame: its lines (or elements) outside the article's text. Other pages' articles are put into
it in place of its own, so that the gold text of every page is known exactly. What changes from page to page of a real
publisher changes here: pointers to other stories are the titles of the articles that the same frame carried shortly
before, and numbers are drawn anew. Everything follows from the seed.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from fit_line_models import NOT_TEXT, covered_share

FRAME_SETS = ("fundus_en", "zyte")
ARTICLE_SETS = ("fundus_en", "wcxb_article")
#: A frame must show where its article stood: this share of the article's words is found among its lines.
FOUND_SHARE = 0.8
LEAST_FURNITURE = 30
ARTICLE_PARAGRAPHS = range(4, 60)
#: A pointer to another story has so many words and no full stop; a list of them moves on after so many pages.
TEASER_WORDS = range(5, 24)
TEASER_PAGES = 4
BLOCK_TAGS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "div", "section", "span")


@dataclass(frozen=True, slots=True)
class Article:
    """An article without its page."""

    name: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublisherPage:
    """A made page and the article text that it holds."""

    name: str
    publisher: str
    number: int  # place among the publisher's pages, from 0
    content: str
    media_type: str
    gold: str


Fill = Callable[[Article, Sequence[str], random.Random], str]


def read_sets(folder: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the labelled pages of some sets."""
    for name in names:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def read_articles(folder: Path) -> list[Article]:
    """Read the English articles that have a title and several paragraphs."""
    articles = []
    for page in read_sets(folder, ARTICLE_SETS):
        paragraphs = tuple(line.strip() for line in page["gold_text"].split("\n") if line.strip())
        if page.get("gold_title") and page["lang"] == "en" and len(paragraphs) in ARTICLE_PARAGRAPHS:
            articles.append(Article(page["id"], " ".join(page["gold_title"].split()), paragraphs))
    return articles


def make_pages(folder: Path, shape: str, frame_count: int, pages_each: int, seed: int) -> list[PublisherPage]:
    """Make `pages_each` pages of each of `frame_count` publishers; `shape` is "flattened" or "page"."""
    articles, pages = read_articles(folder), []
    media_type = "text/html" if shape == "page" else "text/plain"
    for place, (name, fill) in enumerate(read_frames(folder, shape, frame_count)):
        chance = random.Random(f"{seed}/{name}")
        chosen = chance.sample([article for article in articles if article.name != name], pages_each)
        for number, article in enumerate(chosen):
            shown = number // TEASER_PAGES * TEASER_PAGES
            titles = [other.title for other in chosen[max(0, shown - 8) : shown]] or [chosen[-1].title]
            content = fill(article, titles, random.Random(f"{seed}/{name}/{number}"))
            gold = "\n".join(article.paragraphs)
            publisher = f"Publisher {place + 1}"
            pages.append(PublisherPage(f"{name}/{number}", publisher, number, content, media_type, gold))
    return pages


def read_frames(folder: Path, shape: str, frame_count: int) -> Iterator[tuple[str, Fill]]:
    """Yield the pages that show where their article stood, each with what puts another article there."""
    found = 0
    for page in read_sets(folder, FRAME_SETS):
        fill = (read_page_frame if shape == "page" else read_line_frame)(page)
        if fill is not None and page["lang"] == "en":
            yield page["id"], fill
            found += 1
            if found == frame_count:
                return


def soup_of(page: dict[str, Any]) -> BeautifulSoup:
    soup = BeautifulSoup(page["html"], "lxml")
    for element in soup(NOT_TEXT):
        element.decompose()
    return soup


def read_line_frame(page: dict[str, Any]) -> Fill | None:
    """Read the frame of a flattened page; None where its article is not found among its lines."""
    lines = soup_of(page).get_text("\n", strip=True).split("\n")
    is_gold = gold_places(lines, page["gold_text"])
    if not is_gold or len(lines) - sum(is_gold) < LEAST_FURNITURE:
        return None
    first, last = is_gold.index(True), len(is_gold) - is_gold[::-1].index(True)
    own_title = " ".join((page.get("gold_title") or "").split()).casefold()
    head, tail = lines[:first], lines[last:]
    inside, seen = [], 0
    for line, gold in zip(lines[first:last], is_gold[first:last], strict=True):
        seen += gold
        if not gold:
            inside.append((seen / sum(is_gold), line))

    def fill(article: Article, titles: Sequence[str], chance: random.Random) -> str:
        has_title = any(line.casefold() == own_title for line in head)
        vary = Variation(article.title, own_title, titles, chance)
        body = list(article.paragraphs)
        for share, line in reversed(inside):
            body.insert(round(share * len(article.paragraphs)), vary(line))
        title = [] if has_title else [article.title]
        return "\n".join([*map(vary, head), *title, *body, *map(vary, tail)])

    return fill


def gold_places(lines: list[str], gold: str) -> list[bool]:
    """Tell which lines are the article's; short ones count where they stand between others and in its text."""
    share, counts = covered_share(lines, gold)
    found = float((share * counts).sum()) / max(1, len(gold.split()))
    if found < FOUND_SHARE:
        return []
    is_gold = [bool(part > 0.6 and count >= 4) for part, count in zip(share, counts, strict=True)]
    first, last = is_gold.index(True), len(is_gold) - is_gold[::-1].index(True)
    for place in range(first, last):
        is_gold[place] |= counts[place] < 4 and lines[place] in gold
    return is_gold


@dataclass(slots=True)
class Variation:
    """What a frame's line becomes on one page."""

    title: str
    own_title: str
    titles: Sequence[str]
    chance: random.Random
    teasers: int = 0

    def __call__(self, line: str) -> str:
        if line.casefold() == self.own_title:
            return self.title
        words = line.split()
        if len(words) in TEASER_WORDS and line[:1].isupper() and line[-1] not in ".:!" and "©" not in line:
            self.teasers += 1
            return self.titles[self.teasers % len(self.titles)]
        return re.sub(r"\d", lambda digit: str(self.chance.randint(1, 9)), line)


def read_page_frame(page: dict[str, Any]) -> Fill | None:
    """Read the frame of an HTML page; None where its article is not found among its elements."""
    soup = soup_of(page)
    leaves = [tag for tag in soup(BLOCK_TAGS) if not tag.find(BLOCK_TAGS) and tag.get_text(strip=True)]
    texts = [tag.get_text(" ", strip=True) for tag in leaves]
    is_gold = gold_places(texts, page["gold_text"])
    if not is_gold or len(texts) - sum(is_gold) < LEAST_FURNITURE:
        return None
    own_title = " ".join((page.get("gold_title") or "").split()).casefold()
    bodies = [tag for tag, gold in zip(leaves, is_gold, strict=True) if gold]
    for place, tag in enumerate(bodies):
        tag.clear()
        tag["data-place"] = str(place)
    for element in soup.select("head > title, head > meta, head > link"):
        element.decompose()
    markup = str(soup)

    def fill(article: Article, titles: Sequence[str], chance: random.Random) -> str:
        return fill_page(BeautifulSoup(markup, "lxml"), article, Variation(article.title, own_title, titles, chance))

    return fill


def fill_page(soup: BeautifulSoup, article: Article, vary: Variation) -> str:
    """Put an article into the places that the frame's own left, and vary everything else."""
    places = soup.select("[data-place]")
    for text in list(soup.find_all(string=True)):
        if text.strip() and text.parent is not None:
            text.replace_with(vary(" ".join(text.split())))
    per_place = len(article.paragraphs) / len(places)
    for place, tag in enumerate(places):
        own = article.paragraphs[round(place * per_place) : round((place + 1) * per_place)]
        del tag["data-place"]
        put_paragraphs(soup, tag, own)
    return str(soup)


def put_paragraphs(soup: BeautifulSoup, place: Tag, paragraphs: Sequence[str]) -> None:
    """Write paragraphs into an element and copies of it; an element without any goes."""
    if not paragraphs:
        place.decompose()
        return
    place.string = paragraphs[0]
    for paragraph in reversed(paragraphs[1:]):
        extra = soup.new_tag(place.name, attrs=dict(place.attrs))
        extra.string = paragraph
        place.insert_after(extra)
