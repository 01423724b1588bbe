"""Render a parsed page to its visible text, in reading order, with the blocks that tile it.

One walk over the tree, without recursion, so that depth costs no stack. White space is collapsed as a browser does
it; block-level elements start a line; nothing is judged here: navigation and teasers are rendered like the article,
and the signals of each block let the cleaning stage tell them apart. Style sheets are not read: what only CSS hides
or reorders is rendered where the page has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborNode

from tasks.parse.elements import AS_WRITTEN, BLOCK_LEVEL, EMPHASISED, HIDDEN, LINKED, Layout, layout_of
from tasks.records import Block, Signals
from warehouse.vocabulary import BlockKind

#: Deeper elements take their ancestors and path from the one at this depth. News pages stay under 60; browsers cut at
#: 512. The bound keeps a page of nested elements from costing memory that grows with the square of its size.
MAX_DEPTH = 100
#: Longest label of an element in `Signals.ancestors`; longer class lists are cut.
MAX_LABEL = 200
#: Levels of inline elements that are compared to find the element holding all of a block.
MAX_INLINE_DEPTH = 8
#: A row with more text than this is taken to be page layout, not a row of data.
MAX_ROW_CHARS = 400

Attributes = Mapping[str, str | None]

#: White space that is not already one space.
COLLAPSIBLE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
INSIDE_A_CELL = ",".join(sorted(BLOCK_LEVEL - {"td", "th", "tr"} | {"br"}))
LINE_BREAK = "\n"

KIND_OF_TAG = {
    "h1": BlockKind.HEADLINE,
    "h2": BlockKind.HEADING,
    "h3": BlockKind.HEADING,
    "h4": BlockKind.HEADING,
    "h5": BlockKind.HEADING,
    "h6": BlockKind.HEADING,
    "li": BlockKind.LIST,
    "dt": BlockKind.LIST,
    "dd": BlockKind.LIST,
    "tr": BlockKind.TABLE,
    "td": BlockKind.TABLE,
    "th": BlockKind.TABLE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "blockquote": BlockKind.QUOTE,
    "nav": BlockKind.NAVIGATION,
}


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page's visible text and the blocks that tile it."""

    text: str
    blocks: tuple[Block, ...]


class Frame:
    """An open element during the walk, with what its content inherits from it."""

    resume_at: LexborNode | None  # where the walk goes on after the element; set when it is entered

    __slots__ = (
        "_ancestors", "_path", "attributes", "block", "child_counts", "depth", "index", "is_row", "layout", "marks",
        "parent", "region", "resume_at",
    )  # fmt: skip

    def __init__(
        self, parent: Frame | None, layout: Layout, index: int, attributes: Attributes, is_block: bool
    ) -> None:
        self.parent = parent
        self.layout = layout
        self.index = index  # among the elements of its name in the same parent
        self.attributes = attributes
        self.child_counts: dict[str, int] = {}
        self.is_row = False
        self._path: str | None = None
        self._ancestors: tuple[str, ...] = ()
        #: The block around an inline element. None for a block: a frame that held itself would wait for the collector.
        self.block: Frame | None = None
        if parent is None:
            self.depth, self.region, self.marks = 1, 0, 0
            return
        if not is_block:
            self.block = parent.block or parent
        self.depth = parent.depth + 1
        self.region = parent.region
        self.marks = parent.marks | layout.marks

    def label(self) -> str:
        """Write the element as `tag.class1.class2#id`, in lower case."""
        return label_of(self.layout.name, self.attributes)

    def resolve(self) -> tuple[str, tuple[str, ...]]:
        """Return the element's path, with the place of each element among its like-named siblings, and the labels from
        the outermost element to this one."""
        if self._path is not None:
            return self._path, self._ancestors
        chain: list[Frame] = []
        frame: Frame | None = self
        while frame is not None and frame._path is None:
            chain.append(frame)
            frame = frame.parent
        path, ancestors = ("", ()) if frame is None else (frame._path or "", frame._ancestors)
        for member in reversed(chain):
            if member.depth <= MAX_DEPTH:
                path = f"{path}/{member.layout.name}[{member.index}]"
                ancestors = (*ancestors, member.label())
            member._path, member._ancestors = path, ancestors
        return path, ancestors


#: Of a line whose text is in no inline element, or in several.
NO_FRAMES: list[Frame] = []


class Run:
    """The text of the line being collected, and what its pieces were inside of."""

    __slots__ = ("break_count", "emphasis_chars", "ends_in_space", "frame", "holders", "link_chars", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.holders: list[Frame] | None = None  # inline elements that hold all of the run so far
        self.frame: Frame | None = None
        self.link_chars = self.emphasis_chars = 0
        self.ends_in_space = True
        self.break_count = 0  # consecutive line breaks at the end

    def add(self, text: str, frame: Frame) -> None:
        """Add the text of an element."""
        marks = frame.marks
        if not marks & AS_WRITTEN:
            if "  " in text or not text.isprintable():  # most text has nothing to collapse
                text = COLLAPSIBLE.sub(" ", text)
            if self.ends_in_space and text[0] == " ":
                text = text[1:]
        block = frame.block
        if block is None:
            self.holders = NO_FRAMES
            self.frame = frame
        else:
            if self.holders is not NO_FRAMES:
                self._narrow_holders(frame, block)
            self.frame = block
        self.break_count = 0
        if marks & LINKED:
            self.link_chars += len(text)
        if marks & EMPHASISED:
            self.emphasis_chars += len(text)
        self.pieces.append(text)
        self.ends_in_space = text[-1] in " \n\t"

    def add_space(self, text: str, frame: Frame) -> None:
        """Add white space that stands between tags."""
        if frame.marks & AS_WRITTEN:
            self.pieces.append(text)
            self.ends_in_space = text[-1] in " \n\t"
        else:
            self.pieces.append(" ")
            self.ends_in_space = True

    def separate(self, separator: str) -> None:
        """Part what follows from what is already there by a space or a tab."""
        if self.pieces and not self.ends_in_space:
            self.pieces.append(separator)
            self.ends_in_space = True

    def break_line(self) -> None:
        self.pieces.append(LINE_BREAK)
        self.ends_in_space = True
        self.break_count += 1

    def _narrow_holders(self, frame: Frame, block: Frame) -> None:
        inline: list[Frame] = []
        holder: Frame | None = frame
        while holder is not None and holder is not block and len(inline) < MAX_INLINE_DEPTH:
            inline.append(holder)
            holder = holder.parent
        inline.reverse()
        if self.holders is None:
            self.holders = inline
            return
        shared = 0
        for mine, theirs in zip(self.holders, inline, strict=False):
            if mine is not theirs:
                break
            shared += 1
        self.holders = self.holders[:shared] or NO_FRAMES


class Renderer:
    """Collects lines into blocks while the tree is walked."""

    def __init__(self) -> None:
        self.run = Run()
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.position = 0
        self.region_count = 0

    def flush(self) -> None:
        """End the line being collected; a line of nothing but white space leaves no trace."""
        run = self.run
        if not run.pieces:
            return
        self.run = Run()
        text = tidy_line("".join(run.pieces), run.frame)
        if run.frame is None or not text:
            return
        end = self.position + len(text) + 1
        self.lines.append(text)
        self.blocks.append(make_block(len(self.blocks), self.position, end, run, run.frame, len(text)))
        self.position = end

    def enter(self, node: LexborNode, layout: Layout, parent: Frame) -> Frame | None:
        """Open an element; None where its content is not to be walked."""
        attributes: Attributes = node.attributes
        name, counts = layout.name, parent.child_counts
        index = counts[name] = counts.get(name, 0) + 1
        is_block = layout.is_block or layout.starts_line(parent.layout)
        if parent.is_row and layout.is_cell:
            self.run.separate("\t")
            is_block = False
        frame = Frame(parent, layout, index, attributes, is_block)
        if attributes and not frame.marks & HIDDEN and is_hidden(name, attributes):
            if not is_block and node.css_first(INSIDE_A_CELL) is None:
                return None  # a hidden phrase inside a visible line
            frame.marks |= HIDDEN
        if is_block:
            if self.run.pieces:
                self.flush()
            if name == "tr":
                frame.is_row = is_data_row(node)
            elif layout.is_sectioning:
                self.region_count += 1
                frame.region = self.region_count
        elif index > 1 and name == "a" and is_link(node.prev):
            self.run.separate(" ")  # links set side by side are parted by style sheets, seldom by spaces
        return frame

    def add_break(self, frame: Frame) -> None:
        """Break the line; a second break in a row ends the block, as authors mean by it."""
        if self.run.break_count and not frame.marks & AS_WRITTEN:
            self.flush()
        elif self.run.pieces:
            self.run.break_line()


def render(root: LexborNode) -> Rendering:
    """Render the element `root` (a page's body) to text and blocks.

    Blocks' texts end with the newline that parts them from the next; the last has none.
    """
    renderer = Renderer()
    html = Frame(None, layout_of("html"), 1, {}, True)
    frame = Frame(html, layout_of(root.tag or "body"), 1, root.attributes, True)
    outermost = frame
    node = root.first_child
    while True:
        if node is None:
            if frame.block is None and renderer.run.pieces:
                renderer.flush()
            if frame is outermost:
                break
            node = frame.resume_at
            frame = frame.parent or outermost
            continue
        tag = node.tag
        if tag == "-text":
            text = node.text_content
            run = renderer.run
            if not text:
                pass
            elif not text.isspace():
                run.add(text, frame)
            elif not run.ends_in_space or frame.marks & AS_WRITTEN:
                run.add_space(text, frame)
        elif tag == "br":
            renderer.add_break(frame)
        elif tag is not None and (layout := layout_of(tag)).is_shown:
            entered = renderer.enter(node, layout, frame)
            if entered is not None:
                entered.resume_at = node.next
                frame, node = entered, node.first_child
                continue
        node = node.next
    return finish(renderer)


def finish(renderer: Renderer) -> Rendering:
    text = "\n".join(renderer.lines)
    blocks = renderer.blocks
    if blocks:
        last = blocks[-1]
        blocks[-1] = Block(last.ordinal, last.char_start, len(text), last.kind, last.element_path, last.signals)
    return Rendering(text, tuple(blocks))


def tidy_line(text: str, frame: Frame | None) -> str:
    """Strip a line, and the spaces around its inner breaks; preformatted text keeps its indentation."""
    if frame is not None and frame.marks & AS_WRITTEN:
        return text.strip("\r\n").rstrip()
    if LINE_BREAK in text:
        text = "\n".join([line.strip() for line in text.split(LINE_BREAK)])
    return text.strip()


def make_block(ordinal: int, start: int, end: int, run: Run, frame: Frame, length: int) -> Block:
    holders = run.holders
    path, ancestors = frame.resolve()
    is_hidden = frame.marks & HIDDEN != 0
    if holders:
        if frame.depth + len(holders) <= MAX_DEPTH:
            ancestors = (*ancestors, *[holder.label() for holder in holders])
        is_hidden = holders[-1].marks & HIDDEN != 0
    name = frame.layout.name
    signals = Signals(
        name, ancestors, min(run.link_chars, length), min(run.emphasis_chars, length), frame.region, is_hidden
    )
    return Block(ordinal, start, end, KIND_OF_TAG.get(name, BlockKind.PARAGRAPH), path, signals)


def label_of(tag: str, attributes: Attributes) -> str:
    """Write an element as `tag.class1.class2#id`, in lower case."""
    return write_label(tag, attributes.get("class"), attributes.get("id")) if attributes else tag


@lru_cache(maxsize=10_000)
def write_label(tag: str, classes: str | None, identifier: str | None) -> str:
    """Write the label of an element; those of one page repeat."""
    label = tag
    if classes:
        label += "." + ".".join(classes[:MAX_LABEL].split())
    if identifier:
        label += "#" + identifier[:MAX_LABEL]
    return label[:MAX_LABEL].lower()


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """Tell whether the element's own markup keeps it from being shown."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if tag == "dialog" and "open" not in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and HIDING_STYLE.search(style or "") is not None


def is_link(node: LexborNode | None) -> bool:
    return node is not None and node.tag == "a"


def is_data_row(row: LexborNode) -> bool:
    """Tell a row of figures from one that only lays out the page: short cells without blocks inside."""
    return row.css_first(INSIDE_A_CELL) is None and len(row.text()) <= MAX_ROW_CHARS
