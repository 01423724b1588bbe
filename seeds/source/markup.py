"""Read the stories: a small Markdown with the labels written into the prose.

A file under ``stories/`` holds several articles. Each starts with ``=== article-id``, then
``key: value`` lines up to the first blank line, then blocks parted by blank lines:

=================  =======================================================================
``text``           a paragraph
``## text``        a sub-heading
``- text``         a list, one item a line
``> text``         a pull quote or quoted paragraph that is part of the article
``!text``          a caption: on the page, not in the expected text
``%name``          a slot that the page template fills with furniture, or ignores
``@2-5``, ``@all`` these blocks (1-based; captions and slots do not count) of the ``base``
=================  =======================================================================

Inside a block ``[[phrase|value|status|event_key]]`` marks a dated event and ``[text](url)`` a link.
``swap: this => that`` rewrites what is taken from the base: the house style of another publisher.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

_MARK = re.compile(r"\[\[([^|\]]+)\|([^|]+)\|([^|]+)\|([^\]]+)\]\]|\[([^\[\]]+)\]\((\S+?)\)")
_SENTENCE_END = re.compile(r"[.!?][\"'”’»“)]*\s+(?=[\"'“‘«„(]?[^\sa-z])")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Ms|Mrs|Dr|St|E|A)|\b[ap]\.m|den \d+)\.$")
_OPENING_CONTEXT = frozenset(" \n\t([—–“‘")


@dataclass(frozen=True)
class Mention:
    """A dated event inside one block; offsets count in the block's plain text."""

    start: int
    end: int
    value: str
    status: str
    event_key: str


@dataclass(frozen=True)
class Block:
    """One block as it appears on a page: plain text, HTML and the events marked in it."""

    kind: str
    plain: str
    html: str
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class Article:
    """One article as its author wrote it, before a page is wrapped around it."""

    article_id: str
    fields: Mapping[str, str]
    sources: tuple[str, ...]
    swaps: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = field(default=())

    def get(self, key: str, default: str | None = None) -> str | None:
        """Return a field; ``-`` stands for "none"."""
        value = self.fields.get(key)
        if value is None:
            return default
        return None if value == "-" else value


def smarten(text: str, style: str) -> str:
    """Set quotation marks in a publisher's style: plain, curly, single or flat-single.

    >>> smarten('"It\\'s late," he said.', "curly")
    '“It’s late,” he said.'
    >>> smarten('"It is late," he said.', "single")
    '‘It is late,’ he said.'
    """
    if style == "plain":
        return text
    if style == "flat-single":
        return text.replace('"', "'")
    double = ("“", "”") if style == "curly" else ("‘", "’")
    out: list[str] = []
    for index, char in enumerate(text):
        opens = index == 0 or text[index - 1] in _OPENING_CONTEXT or text[:index] in ("> ", "- ")
        if char == '"':
            out.append(double[0] if opens else double[1])
        elif char == "'":
            out.append("‘" if opens else "’")
        else:
            out.append(char)
    return "".join(out)


def render_block(kind: str, source: str) -> Block:
    """Turn the marked-up text of one block into plain text, HTML and mentions."""
    plain, html, at = "", "", 0
    mentions: list[Mention] = []
    for mark in _MARK.finditer(source):
        before = source[at : mark.start()]
        plain, html, at = plain + before, html + escape(before, quote=False), mark.end()
        shown = mark[1] or mark[5]
        if mark[1]:
            mentions.append(Mention(len(plain), len(plain) + len(shown), mark[2], mark[3], mark[4]))
            html += escape(shown, quote=False)
        else:
            html += f'<a href="{escape(mark[6])}">{escape(shown, quote=False)}</a>'
        plain += shown
    return Block(kind, plain + source[at:], html + escape(source[at:], quote=False), tuple(mentions))


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence of a paragraph that holds the characters from start to end."""
    begin, stop = 0, len(text)
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text[: match.start() + 1]):
            continue
        if match.end() <= start:
            begin = match.end()
        elif match.start() >= end:
            stop = match.end()
            break
    return text[begin:stop].strip()


def _split_blocks(source: str) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    for chunk in re.split(r"\n\s*\n", source.strip()):
        if chunk.startswith("- "):
            pieces += [("item", line[2:]) for line in chunk.splitlines()]
        elif chunk.startswith("## "):
            pieces.append(("heading", chunk[3:]))
        elif chunk.startswith("> "):
            pieces.append(("quote", chunk[2:]))
        elif chunk.startswith("!"):
            pieces.append(("caption", chunk[1:]))
        elif chunk.startswith("%"):
            pieces.append(("slot", chunk[1:]))
        elif chunk.startswith("@"):
            pieces.append(("base", chunk[1:]))
        else:
            pieces.append(("paragraph", chunk))
    return pieces


def _read_articles(path: Path) -> list[Article]:
    articles = []
    for part in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        head, _, body = part.partition("\n\n")
        article_id, *lines = head.splitlines()
        fields: dict[str, str] = {}
        swaps: list[tuple[str, str]] = []
        for line in lines:
            key, _, value = line.partition(": ")
            if key == "swap":
                old, _, new = value.partition(" => ")
                swaps.append((old, new))
            else:
                fields[key] = value
        articles.append(Article(article_id, fields, (body,), tuple(swaps)))
    return articles


def _from_base(reference: str, base: list[tuple[str, str]]) -> list[tuple[str, str]]:
    countable = [piece for piece in base if piece[0] not in ("caption", "slot")]
    if reference == "all":
        return base
    first, _, last = reference.partition("-")
    return countable[int(first) - 1 : int(last or first)]


def load_articles(folder: Path, quote_styles: Mapping[str, str]) -> dict[str, Article]:
    """Read every story of a folder and resolve bases, swaps and quotation marks.

    Raises ValueError for a swap that changes nothing, a duplicate id or an unknown base.
    """
    raw: dict[str, Article] = {}
    for path in sorted(folder.glob("*.md")):
        for article in _read_articles(path):
            if article.article_id in raw:
                raise ValueError(f"{path.name}: article {article.article_id!r} is defined twice")
            raw[article.article_id] = article
    return {key: _resolve(article, raw, quote_styles) for key, article in raw.items()}


def _resolve(article: Article, raw: Mapping[str, Article], quote_styles: Mapping[str, str]) -> Article:
    base_id = article.get("base")
    if base_id is not None and base_id not in raw:
        raise ValueError(f"{article.article_id}: unknown base {base_id!r}")
    base = _split_blocks(raw[base_id].sources[0]) if base_id else []
    unused = dict(article.swaps)
    pieces: list[tuple[str, str]] = []
    for kind, text in _split_blocks(article.sources[0]):
        if kind != "base":
            pieces.append((kind, text))
            continue
        for base_kind, base_text in _from_base(text, base):
            for old, new in article.swaps:
                if old in base_text:
                    unused.pop(old, None)
                    base_text = base_text.replace(old, new)
            pieces.append((base_kind, base_text))
    if unused:
        raise ValueError(f"{article.article_id}: swaps that change nothing: {sorted(unused)}")
    style = quote_styles[article.get("quotes_of") or article.fields["publisher"]]
    blocks = tuple(render_block(kind, smarten(text, style)) for kind, text in pieces)
    return Article(article.article_id, article.fields, article.sources, article.swaps, blocks)
