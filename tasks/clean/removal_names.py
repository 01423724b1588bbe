"""Names of what was removed from a page: by the block's own words, else the nearest telling element, else its menu.

Names change nothing about what is kept. They matter to who reads `dateline explain`, or restores a rule.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from tasks.clean.line_features import Line
from tasks.clean.page_features import class_word_groups, groups_of_label, tag_of
from tasks.clean.pieces import Piece

#: The rule that names a removal, by groups of class names, the most telling first; groups not listed say too little.
RULE_OF_GROUP = {
    "related": "related-articles",
    "teaser": "teaser",
    "comments": "comments",
    "share": "share-bar",
    "newsletter": "newsletter-box",
    "advert": "advertisement",
    "legal": "legal-notice",
    "author": "author-biography",
    "player": "player-furniture",
    "tags": "navigation",
    "nav": "navigation",
    "footer": "navigation",
    "header": "navigation",
    "embed": "social-embed",
}
RULE_OF_TAG = {"nav": "navigation", "footer": "navigation", "button": "navigation", "header": "navigation"}
#: Class names further up than this are the page's frame.
NEAR = 8
#: Words such as "item", "list", "tools" or "modal" also name parts of menus and forms. Of a short label, or
#: where the class names speak for something else too, they tell something only beside one of these.
TELLING = {
    "teaser": re.compile(r"teas|card|tile|promo|story|article|post"),
    "related": re.compile(
        r"relat|recom|more|read|also|like|popular|trend|recirc|outbrain|taboola|suggest|similar|stor"
    ),
    "share": re.compile(r"shar|social|follow|addthis|bookmark|print"),
    "legal": re.compile(r"cookie|consent|gdpr|disclaim|privacy|legal|onetrust"),
}
LABEL_LETTERS = 30
#: A notice of rights says so itself.
COPYRIGHT = re.compile(r"©\s*(?:copyright\s*)?(?:19|20)\d\d|\A(?:copyright|\(c\))\s", re.IGNORECASE)
#: The list that a block is an item of.
LIST = re.compile(r"\A.*/(?:ul|ol|menu)(?:\[\d+\])?(?=/)")
#: Lists of at least so many short labels have one name, if more than half of them have it.
MENU_LABELS = 3
MENU_RULES = frozenset({"navigation", "share-bar"})
#: What a label of a menu is named by its words alone; notices of rights keep theirs.
LABEL_RULES = MENU_RULES | {"teaser", "related-articles", "newsletter-box", "player-furniture", "status-label"}


def name_page_removals(
    pieces: Sequence[Piece], lines: Sequence[Line], rules: Sequence[str], forced: Sequence[str | None]
) -> list[str]:
    """Name the removal of each block of a page; `rules` are the names that the text alone gives, `forced` the certain.

    Entries of blocks that are kept mean nothing.
    """
    named = [
        name_removal(piece, line, rule, own)
        for piece, line, rule, own in zip(pieces, lines, rules, forced, strict=True)
    ]
    return name_menus_alike(pieces, named)


def name_removal(piece: Piece, line: Line, rule: str, own: str | None) -> str:
    """Name one removal: what is not shown is hidden text, else its own words count, else the elements around it."""
    if piece.signals.hidden:
        return "hidden-text"
    if own is not None:
        return own
    if COPYRIGHT.search(piece.text):
        return "legal-notice"
    is_link = piece.signals.link_chars * 2 > len(piece.text)
    found = rule_of_ancestors(piece.signals.ancestors, line, is_link=is_link)
    if found is None and rule == "navigation" and is_in_caption(piece):
        return "page-furniture"
    return found or rule


def is_in_caption(piece: Piece) -> bool:
    """Tell whether a block stands in a caption of a picture."""
    return any(tag_of(label) == "figcaption" for label in piece.signals.ancestors[-3:])


def rule_of_ancestors(ancestors: Sequence[str], line: Line, *, is_link: bool = False) -> str | None:
    """Return the rule that the nearest telling ancestor speaks for; sentences are no menu, unless they are links.

    >>> from tasks.clean.line_features import read_line
    >>> rule_of_ancestors(["nav.main", "li.menu-item"], read_line("Sport"))
    'navigation'
    >>> rule_of_ancestors(["footer.recirc-stories"], read_line("Quay closes"))
    'related-articles'
    """
    if any(tag_of(label) == "figcaption" for label in ancestors[-3:]):
        return None
    is_short = len(line.text) <= LABEL_LETTERS and not line.shape.is_prose
    for label in reversed(ancestors[-NEAR:]):
        for rule, names_labels in rules_of_label(label):
            if (names_labels or not is_short) and fits(rule, line, is_link):
                return rule
    return None


@lru_cache(maxsize=20_000)
def rules_of_label(label: str) -> tuple[tuple[str, bool], ...]:
    """Return the rules that an element speaks for, the most telling first, and whether each may name short labels."""
    names, _, _ = class_word_groups()
    groups = {names[group] for group in groups_of_label(label)} & RULE_OF_GROUP.keys()
    rules = [
        (rule, is_telling(group, label))
        for group, rule in RULE_OF_GROUP.items()
        if group in groups and (len(groups) == 1 or is_telling(group, label))
    ]
    tag_rule = RULE_OF_TAG.get(tag_of(label))
    return (*rules, (tag_rule, True)) if tag_rule else tuple(rules)


def is_telling(group: str, label: str) -> bool:
    """Tell whether class names have a word of their group that nothing else is called."""
    return group not in TELLING or TELLING[group].search(label) is not None


def fits(rule: str, line: Line, is_link: bool) -> bool:
    """Tell whether a line can be what a rule removes: menus have no sentences but links, biographies nothing else."""
    if rule == "navigation":
        return is_link or not line.shape.is_prose
    return rule != "author-biography" or line.shape.is_prose


def name_menus_alike(pieces: Sequence[Piece], named: Sequence[str]) -> list[str]:
    """Give the short labels of one list one name, where most of them have it."""
    lists: dict[str, list[int]] = defaultdict(list)
    for place, piece in enumerate(pieces):
        if len(piece.text) <= LABEL_LETTERS and named[place] in LABEL_RULES:
            found = LIST.match(piece.element_path)
            if found:
                lists[found[0]].append(place)
    result = list(named)
    for places in lists.values():
        name, count = Counter(named[place] for place in places).most_common(1)[0]
        if len(places) >= MENU_LABELS and name in MENU_RULES and count * 2 > len(places):
            for place in places:
                result[place] = name
    return result
