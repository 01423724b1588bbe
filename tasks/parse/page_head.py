"""What the head of a page holds: meta elements, title, canonical address, language, JSON-LD scripts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from selectolax.lexbor import LexborHTMLParser

#: Longest meta content that is looked at; a real one is far shorter.
MAX_CONTENT = 5_000

META_NAMES: Mapping[str, list[str]] = tomllib.loads(
    files("tasks.parse").joinpath("meta_names.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class PageHead:
    """The head of a page."""

    metas: Mapping[str, tuple[str, ...]]  # contents by the element's name, property or itemprop, lower-case
    title: str | None
    canonical: str | None
    lang: str | None
    scripts: tuple[str, ...]
    base: str | None = None  # address that relative ones count from

    def stated(self, field: str) -> Iterator[str]:
        """Yield what the meta elements state about a field of `meta_names.toml`, best evidence first."""
        for name in META_NAMES[field]:
            yield from self.metas.get(name, ())


def read_head(tree: LexborHTMLParser) -> PageHead:
    """Read the head's elements, wherever in the page they stand (broken pages leave them in the body)."""
    metas: dict[str, list[str]] = {}
    for element in tree.css("meta"):
        attributes = element.attributes
        content = " ".join((attributes.get("content") or "")[:MAX_CONTENT].split())
        if not content:
            continue
        for key in {attributes.get(name) for name in ("property", "name", "itemprop", "http-equiv")}:
            if key:
                metas.setdefault(key.strip().lower(), []).append(content)
    title = tree.css_first("head > title") or tree.css_first("title")
    canonical = tree.css_first('link[rel~="canonical"]')
    html = tree.css_first("html")
    base = tree.css_first("base[href]")
    return PageHead(
        metas={name: tuple(dict.fromkeys(contents)) for name, contents in metas.items()},
        title=" ".join(title.text().split())[:MAX_CONTENT] or None if title else None,
        canonical=(canonical.attributes.get("href") or "").strip() or None if canonical else None,
        lang=html.attributes.get("lang") or html.attributes.get("xml:lang") if html else None,
        scripts=tuple(script.text() for script in tree.css('script[type*="ld+json" i]')),
        base=(base.attributes.get("href") or "").strip() or None if base else None,
    )
