"""Plain text stays as it is; its lines are its blocks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tasks.parse import parse_document
from tasks.parse.plain_text import split_lines
from tasks.records import ParsedDocument, RawDocument


def parse(text: str, media_type: str = "text/plain") -> ParsedDocument:
    found = parse_document(RawDocument("id", "file:///x", None, media_type, text.encode()))
    assert isinstance(found, ParsedDocument)
    return found


def slices(parsed: ParsedDocument) -> list[tuple[str, str]]:
    return [(str(block.kind), parsed.text[block.char_start : block.char_end]) for block in parsed.blocks]


def test_each_line_is_a_block_and_runs_of_blank_lines_another() -> None:
    parsed = parse("One\r\n\n \t\nTwo\rThree")
    assert slices(parsed) == [
        ("paragraph", "One\r\n"),
        ("whitespace", "\n \t\n"),
        ("paragraph", "Two\r"),
        ("paragraph", "Three"),
    ]


def test_the_text_is_the_decoded_input_unchanged() -> None:
    text = "\n  Indented “quotes”\u00a0and\u2028separators \r\n\r\n"
    assert parse(text).text == text


def test_markdown_marks_its_kinds() -> None:
    kinds = [kind for kind, _ in slices(parse("# Title\n## Part\n> said\n- item\n1. item\nwords\n", "text/markdown"))]
    assert kinds == ["headline", "heading", "quote", "list", "list", "paragraph"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200), st.booleans())
def test_blocks_tile_any_text(text: str, is_markdown: bool) -> None:
    blocks = split_lines(text, is_markdown=is_markdown)
    assert "".join(text[block.char_start : block.char_end] for block in blocks) == text
    assert [block.ordinal for block in blocks] == list(range(len(blocks)))
    assert all(block.char_start < block.char_end for block in blocks)
