"""The registry of removal rules: the one place for their names, the kind of what they remove, and what that is."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.vocabulary import BlockKind


@dataclass(frozen=True, slots=True)
class RemovalRule:
    """A reason for which a block is removed from an article."""

    name: str
    kind: BlockKind
    removes: str


REMOVAL_RULES: tuple[RemovalRule, ...] = (
    RemovalRule("navigation", BlockKind.NAVIGATION, "Menus, sign-in links, search boxes, skip links and page tools."),
    RemovalRule("share-bar", BlockKind.FURNITURE, "Buttons for sharing, saving, printing and following."),
    RemovalRule("advertisement", BlockKind.PROMOTION, "Labels of adverts and sponsored places."),
    RemovalRule("newsletter-box", BlockKind.PROMOTION, "Invitations to newsletters, alerts, subscriptions and apps."),
    RemovalRule(
        "related-articles", BlockKind.TEASER, "Headings of lists of other stories, and lines that point to one."
    ),
    RemovalRule("teaser", BlockKind.TEASER, "Titles and blurbs of other stories, beside or inside the article."),
    RemovalRule("comments", BlockKind.COMMENTS, "Readers' comments, with the headings and controls of their section."),
    RemovalRule("author-biography", BlockKind.BIOGRAPHY, "Lines about the author or publisher after the story."),
    RemovalRule("legal-notice", BlockKind.LEGAL, "Copyright, terms, cookies and other notices of the publisher."),
    RemovalRule("player-furniture", BlockKind.PLAYER, "Media players, galleries and the messages they leave behind."),
    RemovalRule("repeated-caption", BlockKind.CAPTION, "A caption that stands a second time beside its picture."),
    RemovalRule("repeated-title", BlockKind.HEADLINE, "The article's title standing again on its page."),
    RemovalRule("repeated-text", BlockKind.FURNITURE, "A paragraph that stands twice, or a pull quote."),
    RemovalRule("status-label", BlockKind.FURNITURE, "Labels such as breaking, updated, live, exclusive or premium."),
    RemovalRule("stray-date", BlockKind.FURNITURE, "Dates and clock times of the page or of other stories."),
    RemovalRule(
        "embedded-article-label", BlockKind.FURNITURE, "Publisher and time above a story embedded in the page."
    ),
    RemovalRule("hidden-text", BlockKind.FURNITURE, "Text that a browser does not show."),
    RemovalRule("social-embed", BlockKind.FURNITURE, "Posts of social networks embedded in the page."),
    RemovalRule("page-furniture", BlockKind.FURNITURE, "Short lines inside the article that are no part of its prose."),
    RemovalRule("outside-article", BlockKind.FURNITURE, "Text before or after the article that no other rule names."),
    RemovalRule("failed-expectation", BlockKind.FURNITURE, "Lines that the clean gate refused; quarantine says why."),
    RemovalRule("learned-boilerplate", BlockKind.FURNITURE, "Text that repeats in a publisher's unrelated articles."),
)

RULES_BY_NAME = {rule.name: rule for rule in REMOVAL_RULES}


def kind_removed_by(name: str) -> BlockKind:
    """Return the kind of block that a removal rule removes."""
    return RULES_BY_NAME[name].kind
