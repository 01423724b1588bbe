"""Every character of a document lies in exactly one block, and every block is kept or removed by a known rule."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean import REMOVAL_RULES, clean_document
from tasks.clean.decisions import decide_pieces
from tasks.clean.document import cleaned_blocks
from tasks.parse import parse_document
from tasks.records import CleanedDocument, ParsedDocument, RawDocument
from warehouse.vocabulary import BlockKind

LINES = [
    "The council voted on Tuesday to close the bridge for repairs, which will take until the spring of next year.",
    "The ferry, he said, would run twice an hour. Nobody had asked for more.",
    "Share", "Advertisement", "12 Comments", "By Ana Ruiz", "2 hours ago", "Daily Post", "- Daily Post", "• Home",
    "date 2025-03-04 Council Closes the Old Bridge", "Council Closes the Old Bridge for a Year", "0:00 0:10", "",
    "   ", "Related Articles", "Kai Berg", "Kai Berg writes about harbours for this newspaper and lives in the port.",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=60)), min_size=1, max_size=25).map("\n".join)
RULES = {rule.name for rule in REMOVAL_RULES}


def parse(content: str, media_type: str) -> ParsedDocument | None:
    parsed = parse_document(RawDocument("d" * 20, "memory:", None, media_type, content.encode("utf-8", "replace")))
    return parsed if isinstance(parsed, ParsedDocument) else None


def check(parsed: ParsedDocument) -> None:
    blocks = cleaned_blocks(parsed)[0]
    assert [block.ordinal for block in blocks] == list(range(len(blocks)))
    assert [block.char_start for block in blocks] == [0, *(block.char_end for block in blocks[:-1])]
    assert blocks[-1].char_end == len(parsed.text)
    for block in blocks:
        assert block.char_start < block.char_end
        assert block.is_kept == (block.removed_by is None)
        assert block.removed_by is None or block.removed_by in RULES
        assert block.kind in set(BlockKind)
        assert block.is_kept or block.article_ordinal is None


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_blocks_tile_every_plain_text(content: str) -> None:
    parsed = parse(content, "text/plain")
    if parsed is not None and parsed.text:
        check(parsed)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["p", "h1", "h2", "li", "div", "figcaption", "blockquote", "nav", "td"]),
                          st.sampled_from(["", "article-body", "related", "comments", "nav", "share"]),
                          st.sampled_from(LINES)), min_size=1, max_size=20))  # fmt: skip
def test_blocks_tile_every_page(elements: list[tuple[str, str, str]]) -> None:
    markup = "".join(f'<{tag} class="{name}">{text}</{tag}>' for tag, name, text in elements)
    parsed = parse(f"<html><body>{markup}</body></html>", "text/html")
    if parsed is not None and parsed.text:
        check(parsed)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_articles_lie_where_their_blocks_lie(content: str) -> None:
    parsed = parse(content, "text/plain")
    cleaned = clean_document(parsed) if parsed is not None and parsed.text else None
    if not isinstance(cleaned, CleanedDocument):
        return
    for article in cleaned.articles:
        own = [block for block in cleaned.blocks if block.article_ordinal == article.ordinal]
        assert (own[0].char_start, own[-1].char_end) == (article.char_start, article.char_end)
    assert [article.ordinal for article in cleaned.articles] == sorted({a.ordinal for a in cleaned.articles})


def test_a_segment_without_pieces_needs_no_decision() -> None:
    from tasks.clean.segmentation import Segment

    assert decide_pieces([], [], None, Segment(0, 0, 0, 0), False) == []
