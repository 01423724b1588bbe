"""What a page or its input states about its lead article, and where each value comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from tasks.parse.addresses import choose_url, settle_url
from tasks.parse.authors import (
    LABEL,
    MAX_BYLINE,
    Authors,
    Site,
    authors_beside_date,
    authors_of_bold_lines,
    authors_of_lines,
    authors_of_pieces,
    choose_authors,
    clean_names,
    site_of,
    stated_authors,
)
from tasks.parse.header_elements import read_authors
from tasks.parse.headlines import choose_title, site_name_after
from tasks.parse.page_head import PageHead, read_head
from tasks.parse.publication_choice import DatedPage, choose_published
from tasks.parse.publication_dates import most_precise, stated_in_head
from tasks.parse.rendering import Rendering
from tasks.parse.stated_dates import read_date
from tasks.parse.structured_data import StructuredData, plain, read_structured_data
from tasks.parse.visible_dates import headline_place, lines_near_headline
from tasks.records import PageMetadata, Stated

LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)

#: Fields that an input may state under a name of its own.
STATED_FIELDS = {
    "title": "title", "publisher": "publisher", "byline": "byline", "section": "section", "url": "url", "lang": "lang",
    "language": "lang", "published": "published", "modified": "modified", "fetched_at": "fetched",
}  # fmt: skip
#: Lines below the headline in which a name in bold is a byline.
REACH_OF_NAMES = 6
DATE_FIELDS = frozenset({"published", "modified", "fetched"})


def read_page_metadata(
    tree: LexborHTMLParser, rendering: Rendering, url: str | None, fetched: str | None = None
) -> PageMetadata:
    """Read what the page states about its lead article.

    `url` is where it was fetched from and `fetched` the ISO time when, where these are known.
    """
    head = read_head(tree)
    headlines = [text for element in tree.css("h1") if (text := " ".join(element.text(separator=" ").split()))]
    address = choose_url(head, url)
    data = read_structured_data(head.scripts, address.value if address else url, headlines[0] if headlines else None)
    language_tag = next(iter(language_tags(head, data)), None)
    publisher = choose_publisher(head, data, headlines)
    title = choose_title(head, data, headlines, publisher.value if publisher else None)
    if publisher is None and title and head.title and (name := site_name_after(title.value, head.title)) is not None:
        publisher = Stated(name, "title-element")
    site = publisher.value if publisher else None
    place = headline_place(rendering, title.value if title else None)
    where = address.value if address else None
    authors = choose_byline(tree, head, data, site_of(site, where), rendering, place)
    dated = DatedPage(tree, rendering, head, data, place, where, fetched)
    return PageMetadata(
        title=title,
        publisher=publisher,
        byline=Stated(", ".join(authors.names), authors.source) if authors else None,
        section=choose_section(head, data),
        url=address,
        lang=read_language(language_tag),
        published=choose_published(dated, date_order(language_tag, where)),
        modified=most_precise(stated_in_head(head, data, "modified", language_tag)),
        authors=authors.names if authors else (),
    )


def date_order(lang: str | None, address: str | None) -> str | None:
    """Refine a language tag for reading "03/04/2026": English without a country, on an American or general domain,
    puts the month first."""
    if (lang or "").lower() not in ("en", "en_us", "en-us"):
        return lang
    host = (address or "").partition("://")[2].partition("/")[0].lower()
    return "en-us" if host.endswith((".com", ".org", ".net", ".gov", ".edu", ".us")) else lang


def choose_byline(
    tree: LexborHTMLParser, head: PageHead, data: StructuredData, site: Site, rendering: Rendering, place: int | None
) -> Authors | None:  # fmt: skip
    """Choose the authors: stated ones, else those of byline elements, else of lines near the headline, else labelled.

    `place` is that of the headline's block.
    """
    near = lines_near_headline(rendering, place)

    def candidates() -> Iterator[Authors]:
        yield from stated_authors(head, data)
        yield authors_of_pieces(read_authors(tree))
        yield authors_of_lines(near)
        yield authors_beside_date(near)
        yield authors_of_lines(labelled_lines(rendering), LABEL)
        yield authors_of_bold_lines(bold_lines(rendering, place))

    return choose_authors(candidates(), site)


def bold_lines(rendering: Rendering, place: int | None) -> Iterator[str]:
    """Yield the short lines within reach below the headline, whose block is at `place`, that are wholly emphasised."""
    for block in rendering.blocks[place + 1 : place + 1 + REACH_OF_NAMES] if place is not None else ():
        length = block.char_end - block.char_start
        line = " ".join(rendering.text[block.char_start : block.char_end].split())
        if length <= MAX_BYLINE and block.signals.tag == "p" and block.signals.emphasis_chars >= len(line) > 0:
            yield line


def labelled_lines(rendering: Rendering) -> Iterator[str]:
    """Yield the short lines of the page that begin with a label such as "Author:"."""
    for block in rendering.blocks:
        if block.char_end - block.char_start <= MAX_BYLINE and not block.signals.hidden:
            line = " ".join(rendering.text[block.char_start : block.char_end].split())
            if LABEL.match(line):
                yield line


def choose_publisher(head: PageHead, data: StructuredData, headlines: Sequence[str] = ()) -> Stated | None:
    """Choose the publisher's name: the site's own name before the company's, before what follows the headline in the
    title element."""
    for value in head.metas.get("og:site_name", ()):
        return Stated(value, "meta")
    for node in (data.article, data.page):
        name = plain(data.follow(node.get("publisher")))
        if name:
            return Stated(name, "json-ld")
    for value in head.stated("publisher"):
        return Stated(value, "meta")
    for headline in headlines:
        if head.title and len(headline) > 10 and (name := site_name_after(headline, head.title)) is not None:
            return Stated(name, "title-element")
    return None


def choose_section(head: PageHead, data: StructuredData) -> Stated | None:
    """Choose the section of the publication."""
    if (section := plain(data.article.get("articleSection"))) is not None:
        return Stated(section, "json-ld")
    return next((Stated(value, "meta") for value in head.stated("section")), None)


def language_tags(head: PageHead, data: StructuredData) -> list[str]:
    """List the language tags that the page states, best evidence first."""
    tags = [head.lang, *head.stated("lang"), plain(data.article.get("inLanguage")), plain(data.page.get("inLanguage"))]
    return [tag for tag in tags if tag and LANGUAGE.fullmatch(tag.strip())]


def read_language(tag: str | None) -> Stated | None:
    """Reduce a language tag to its ISO 639-1 code."""
    match = LANGUAGE.fullmatch((tag or "").strip())
    return Stated(match[1].lower(), "meta") if match else None


def apply_stated(metadata: PageMetadata, stated: Mapping[str, str]) -> PageMetadata:
    """Let what the input stated overrule what the page states; dates that cannot be read are left to the page."""
    values: dict[str, Any] = {}
    lang = stated.get("lang") or stated.get("language") or (metadata.lang.value if metadata.lang else None)
    for name, field in STATED_FIELDS.items():
        text: str | None = " ".join(stated.get(name, "").split())
        if text and field in DATE_FIELDS:
            text = read_date(text, lang)
        if text and field == "lang":
            language = read_language(text)
            text = language.value if language else None
        if text:
            values.setdefault(field, Stated(text, "input"))
    if "url" in values:
        values["url"] = settle_url(values["url"].value, metadata.url)
    if "byline" in values and (names := clean_names([values["byline"].value])):
        values["authors"] = names
    return replace(metadata, **values)
