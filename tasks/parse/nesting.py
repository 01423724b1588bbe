"""Keep markup from making more of itself in the parser than a page can need.

Two kinds of markup cost the HTML standard's algorithm more than their length: elements nested in elements without end
(each new one looks through all that are open), and formatting elements left open, each of which is opened again in
every block that follows. 86 KB of the latter made 3.6 GB. Browsers cut at 512 levels; so does this, at its own numbers.
"""

from __future__ import annotations

import re
from collections import Counter

#: Pages with fewer tags than this cannot nest deep enough to matter. News pages have up to 15,000.
MANY_TAGS = 20_000
MAX_NESTING = 1_000
#: Formatting elements open at once. News pages leave some forty open by mistake.
MAX_OPEN_FORMATTING = 60
#: As each may be opened again behind each tag, long pages may leave fewer open: this many elements more in all.
MAX_ADDED = 200_000

FORMATTING = frozenset({
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
#: Elements without content, and those whose end may be left out: the latter nest only inside others.
NOT_NESTING = frozenset({
    "a", "area", "base", "basefont", "bgsound", "body", "br", "caption", "col", "colgroup", "dd", "dt", "embed",
    "head", "hr", "html", "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rb", "rp", "rt",
    "rtc", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
})  # fmt: skip

#: The first letter is asked for before the names: most tags fail there, and a search that ignores case is slow.
FORMATTING_NAME = r"(?=[bcefinstuBCEFINSTU])(?i:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>]"
OPENED = re.compile("<" + FORMATTING_NAME)
CLOSED = re.compile("</" + FORMATTING_NAME)
TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]*+)[^<>]*+>?")


def without_endless_nesting(markup: str) -> str:
    """Drop the tags that nest deeper, or leave more formatting open, than any page needs; most markup is unchanged."""
    tags, opened = markup.count("<"), len(OPENED.findall(markup))
    limit = max(1, min(MAX_OPEN_FORMATTING, MAX_ADDED // (tags + 1)))
    if tags < MANY_TAGS and (opened <= limit or opened - len(CLOSED.findall(markup)) <= limit):
        return markup
    pieces: list[str] = []
    taken = position = 0
    opened_tags: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    depth = formatting = 0
    while (match := TAG.search(markup, position)) is not None:
        position = match.end()
        name = match[2].lower()
        if name in NOT_NESTING:
            continue
        if name == "script" and not match[1]:  # its text is no markup
            end = markup.find("</script", position)
            if end < 0:
                break
            position = end
        is_drawn = (opened_tags["svg"] or opened_tags["math"]) and match.group().endswith("/>")
        keep = True
        if match[1]:
            if dropped[name]:
                dropped[name] -= 1
                keep = False
            elif opened_tags[name]:
                opened_tags[name] -= 1
                depth -= 1
                formatting -= name in FORMATTING
        elif not is_drawn:
            keep = depth < MAX_NESTING and (name not in FORMATTING or formatting < limit)
            (opened_tags if keep else dropped)[name] += 1
            depth += keep
            formatting += keep and name in FORMATTING
        if not keep:
            pieces.append(markup[taken : match.start()])
            taken = position
    return "".join([*pieces, markup[taken:]])
