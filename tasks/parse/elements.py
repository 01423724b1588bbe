"""How a browser lays out each HTML element: what starts a line of its own, what shows no text.

The sets follow the default style sheet of the HTML standard ("Rendering"), with the few departures explained below.
"""

from __future__ import annotations

from functools import lru_cache

BLOCK_LEVEL = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "plaintext", "pre", "search", "section", "select", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "xmp",
})  # fmt: skip

#: Inline-block by default, yet mostly separate pieces of page furniture: a line of their own outside a paragraph.
MOSTLY_BLOCK = frozenset({"button", "label", "audio-player", "slot"})

#: Elements whose content a browser does not show as text of the page (fallbacks, machine-readable parts, drawings).
NOT_SHOWN = frozenset({
    "applet", "area", "audio", "base", "basefont", "bgsound", "canvas", "col", "colgroup", "datalist", "embed",
    "frame", "head", "iframe", "img", "input", "link", "map", "meta", "noembed", "noframes", "noscript", "object",
    "param", "picture", "rp", "script", "source", "style", "svg", "template", "textarea", "title", "track", "video",
})  # fmt: skip

#: Elements that part a page into regions of their own.
SECTIONING = frozenset({"article", "aside", "footer", "header", "main", "nav", "section"})

#: Elements that keep white space as written.
PREFORMATTED = frozenset({"pre", "listing", "plaintext", "xmp"})

EMPHASIS = frozenset({"b", "strong", "em", "i"})

#: Running text: what stands inside one of these belongs to its line.
FLOW_OF_TEXT = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "em", "strong", "b", "i"})


#: What the text inside of an element has in common with that of all elements around it.
LINKED, EMPHASISED, AS_WRITTEN, HIDDEN = 1, 2, 4, 8


class Layout:
    """How elements of a name are laid out."""

    __slots__ = ("is_block", "is_cell", "is_flow", "is_mostly_block", "is_sectioning", "is_shown", "marks", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_shown = name not in NOT_SHOWN and name[0] != "-"
        self.is_block = name in BLOCK_LEVEL
        self.is_mostly_block = name in MOSTLY_BLOCK or "-" in name
        self.is_flow = name in FLOW_OF_TEXT
        self.is_cell = name in ("td", "th")
        self.is_sectioning = name in SECTIONING
        self.marks = LINKED if name == "a" else EMPHASISED if name in EMPHASIS else 0
        if name in PREFORMATTED:
            self.marks = AS_WRITTEN

    def starts_line(self, parent: Layout) -> bool:
        """Tell whether an element of this name begins a line of its own inside one of the other.

        Buttons, labels and custom elements are inline by default, but outside running text they are nearly always
        separate pieces (share buttons, cards), whose words would otherwise be glued to their neighbours'.
        """
        return self.is_block or (self.is_mostly_block and not parent.is_flow)


@lru_cache(maxsize=2_000)
def layout_of(name: str) -> Layout:
    """Return how elements named `name` are laid out."""
    return Layout(name)
