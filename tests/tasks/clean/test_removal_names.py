"""What was removed has the name of what it was, by its words, its elements, and the menu it is part of."""

from __future__ import annotations

import pytest

from tasks.clean.line_features import read_line
from tasks.clean.removal_names import rule_of_ancestors
from tests.tasks.clean.conftest import Clean
from tests.tasks.clean.test_page_structure import page


@pytest.mark.parametrize(
    ("ancestors", "text", "rule"),
    [
        (("nav", "li.menu-item"), "Sport", "navigation"),
        (("footer.site", "ul", "li.item"), "Careers", "navigation"),
        (("main", "div.latest-list", "div.card"), "Quay closes", "teaser"),
        (("main", "footer.footer-recirc", "div.story"), "Quay closes", "related-articles"),
        (("header", "div.intro"), "The board said on Monday that the quay will close, and that it will stay closed.", None),
        (("div.account-tools",), "My profile", None),
        (("div.social-share",), "Send", "share-bar"),
        (("footer.page", "div.related", "div.author"), "By Ann Lee", "related-articles"),
    ],
)  # fmt: skip
def test_the_nearest_element_that_tells_something_names_a_removal(
    ancestors: tuple[str, ...], text: str, rule: str | None
) -> None:
    assert rule_of_ancestors(ancestors, read_line(text)) == rule


def test_the_labels_of_one_menu_have_one_name(clean: Clean) -> None:
    labels = ("Home", "Harbour", "Most commented", "Podcast", "Tide tables", "Archive", "Weather")
    menu = "".join(f"<li class='item'><a href='/{place}'>{label}</a></li>" for place, label in enumerate(labels))
    removed = clean(page("", f"<ul class='menu'>{menu}</ul>"), "text/html").removed()
    assert {label: removed[label] for label in labels} == dict.fromkeys(labels, "navigation")


def test_a_copyright_line_among_buttons_is_a_notice(clean: Clean) -> None:
    removed = clean(
        page("", "<div class='social'><p>Calder Media © 2025 All rights kept</p></div>"), "text/html"
    ).removed()
    assert removed["Calder Media © 2025 All rights kept"] == "legal-notice"


def test_a_label_that_asks_for_a_gift_does_not_name_the_menu_below_it(clean: Clean) -> None:
    body = (
        "The harbour board of Port Calder will close the eastern quay for repairs from the first week of May.\n"
        "Lorries bound for the cold stores will be sent round by the mill road, which the town has widened.\n"
        "Two dredgers have been hired from the island yards, and a third is to follow in the autumn.\n"
    )
    removed = clean(f"Donate\nLog In\nHarbour\nTides\nClimate\nBooks\nEastern quay closes in May\n{body}").removed()
    assert {removed[label] for label in ("Harbour", "Tides", "Climate", "Books")} == {"navigation"}


def test_a_pull_quote_is_removed_and_its_sentence_stays(clean: Clean) -> None:
    said = "no lorry of more than twelve tons has been allowed on the quay"
    cleaned = clean(page(f"<blockquote class='pull-quote'><p>“{said}”</p></blockquote>"), "text/html")
    assert cleaned.text().count(said) == 1
    assert cleaned.removed()[f"“{said}”"] == "repeated-text"


def test_a_quotation_that_stands_once_stays(clean: Clean) -> None:
    said = "We have waited thirty years for these piles, and we shall wait six months more, the master said."
    assert said in clean(page(f"<blockquote><p>{said}</p></blockquote>"), "text/html").text()
