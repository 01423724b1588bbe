"""A page's visible text, in reading order, in blocks that tile it and say where they come from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse import parse_document
from tasks.records import Block, ParsedDocument, RawDocument, Refused


def parse(markup: str) -> ParsedDocument | Refused:
    return parse_document(RawDocument("id", "file:///x.html", None, "text/html", markup.encode()))


def parsed(markup: str) -> ParsedDocument:
    found = parse(markup)
    assert isinstance(found, ParsedDocument), found
    return found


def lines(markup: str) -> list[str]:
    return parsed(markup).text.split("\n")


def only_block(markup: str) -> Block:
    (block,) = parsed(markup).blocks
    return block


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One <b>two</b>\n  three</p><p>Four</p>", ["One two three", "Four"]),
        ("<div>Before<p>inside</p>after</div>", ["Before", "inside", "after"]),
        ("<p>One<br>two</p>", ["One", "two"]),
        ("<pre>a\n  b</pre>", ["a", "  b"]),
        ("<h1>Title</h1><ul><li>a<li>b</ul>", ["Title", "a", "b"]),
        ("<p>J<span>ohn</span></p>", ["John"]),
        ("<nav><a href=x>Home</a><a href=y>News</a></nav>", ["Home News"]),
        ("<table><tr><th>Team</th><td>3</td></tr></table>", ["Team\t3"]),
        ("<table><tr><td><p>Left</p></td><td>Right</td></tr></table>", ["Left", "Right"]),
        ("<p>a</p><script>b</script><style>c</style><noscript>d</noscript><template>e</template>f", ["a", "f"]),
        ("<head><title>T</title></head><body>x<title>y</title></body>", ["x"]),
        ("<div>Text<button>Share</button>more</div>", ["Text", "Share", "more"]),
        ("<p>a&nbsp;b &amp; c</p>", ["a\u00a0b & c"]),
        ("<p>visible <span hidden>not</span>here</p>", ["visible here"]),
    ],
)
def test_text_is_rendered_as_a_browser_lays_it_out(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected


def test_two_breaks_part_blocks_and_one_does_not() -> None:
    assert len(parsed("<div>a<br>b<br> <br>c</div>").blocks) == 2


def test_a_block_names_its_element_and_its_signals() -> None:
    markup = (
        '<main><article class="Story big" id=s><p>no</p>'
        "<p class=lead>go <a href=x>there</a> <b>now</b></p></article></main>"
    )
    block = parsed(markup).blocks[1]
    assert block.element_path == "/html[1]/body[1]/main[1]/article[1]/p[2]"
    signals = block.signals
    assert signals.tag == "p"
    assert signals.ancestors == ("html", "body", "main", "article.story.big#s", "p.lead")
    assert (signals.link_chars, signals.emphasis_chars) == (5, 3)


def test_an_inline_element_that_holds_the_whole_block_is_among_its_ancestors() -> None:
    assert (
        only_block('<div><span class="byline">By <a href=x>Ann</a></span></div>').signals.ancestors[-1] == "span.byline"
    )
    assert only_block("<div><i>a</i> <span class=x>b</span></div>").signals.ancestors[-1] == "div"


def test_blocks_of_one_sectioning_element_share_their_region() -> None:
    regions = [block.signals.region for block in parsed("<nav><p>a<p>b</nav><main><p>c</p></main><p>d").blocks]
    assert regions[0] == regions[1] != regions[2]
    assert regions[3] == 0


@pytest.mark.parametrize("attribute", ["hidden", 'aria-hidden="true"', 'style="color:red; display : none"'])
def test_hidden_blocks_are_marked(attribute: str) -> None:
    assert [b.signals.hidden for b in parsed(f"<div {attribute}><p>a</p></div><p>b</p>").blocks] == [True, False]


@pytest.mark.parametrize(
    ("markup", "kind"),
    [("<h1>x</h1>", "headline"), ("<h3>x</h3>", "heading"), ("<ul><li>x</ul>", "list"), ("<p>x</p>", "paragraph"),
     ("<figure><figcaption>x</figcaption></figure>", "caption"), ("<blockquote>x</blockquote>", "quote")],
)  # fmt: skip
def test_elements_suggest_kinds(markup: str, kind: str) -> None:
    assert only_block(markup).kind == kind


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<html><body></body></html>", "no-article-found"),
        ("<div></div>", "no-article-found"),
        ("<body><script>document.write(1)</script></body>", "no-article-found"),
        ("<frameset><frame src=a></frameset>", "no-article-found"),
    ],
)
def test_pages_without_text_are_refused(markup: str, reason: str) -> None:
    found = parse(markup)
    assert isinstance(found, Refused)
    assert found.reason == reason


TAGS = st.sampled_from(
    ["p", "div", "span", "a", "b", "h1", "ul", "li", "table", "tr", "td", "br", "pre", "nav", "article", "script",
     "button", "x-card", "select", "option"]
)  # fmt: skip
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    TAGS.map(lambda tag: f"<{tag} class='a B' id=c hidden>"),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(
        ["<!--", "-->", "<", "&amp;", "&#0;", "\x00", "\n", "<![CDATA[", "<time datetime='2026-03-04'>x</time>"]
    ),
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_blocks_tile_any_page(markup: str) -> None:
    found = parse(markup)
    if isinstance(found, Refused):
        return
    position = 0
    for ordinal, block in enumerate(found.blocks):
        assert (block.ordinal, block.char_start) == (ordinal, position)
        assert block.char_end > block.char_start
        assert block.signals.link_chars <= block.char_end - block.char_start
        position = block.char_end
    assert position == len(found.text)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_same_bytes_give_the_same_document(markup: str) -> None:
    assert parse(markup) == parse(markup)
