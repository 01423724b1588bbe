"""What the structure of a page settles: readers' comments, boxes of offers, prose of unlisted scripts, the tree."""

from __future__ import annotations

import numpy as np
import pytest

from tasks.clean.line_features import read_line
from tasks.clean.page_rules import is_reader_comment
from tasks.clean.page_tree import build_tree, meeting_points, sum_subtrees
from tasks.clean.pieces import split_pieces
from tests.tasks.clean.conftest import Clean, Parse

OPENING = "<p>The harbour board of Port Calder will close the eastern quay for repairs from the first week of May.</p>"
BODY = (
    "<p>Lorries bound for the cold stores will be sent round by the mill road, which the town has widened for them.</p>"
    "<p>Two dredgers have been hired from the island yards, and a third is to follow when the autumn storms are over.</p>"
    "<p>Divers found last year that the oldest piles had been hollowed out by worms to a third of their thickness.</p>"
    "<p>Until the new piles stand, no lorry of more than twelve tons has been allowed on the quay, the board said.</p>"
    "<p>Fishing boats are to move to the northern basin, where forty berths have been kept free since the winter.</p>"
    "<p>The work is expected to take six months and to cost eleven million, half of it paid by the province.</p>"
)


def page(inside: str, after: str = "") -> str:
    title = "Eastern quay closes for repairs in May"
    return (
        f"<html><head><title>{title}</title></head><body><main><article><h1>{title}</h1><div class='entry-content'>"
        f"{OPENING}{inside}{BODY}</div></article>{after}</main></body></html>"
    )


def test_readers_comments_are_removed_though_they_are_longer_than_the_article(clean: Clean) -> None:
    said = "I moored there for twenty years, and every one of those repairs took twice as long as the board had said."
    who = ("Ann", "Bo", "Cleo", "Dag", "Eva", "Finn", "Greta", "Hal", "Ida", "Jon", "Kim", "Lars", "Mo", "Nan", "Odd")
    thread = "".join(
        f"<li class='comment even' id='comment-{number}'><div class='comment-body'><p>{name} is right. {said}</p></div></li>"
        for number, name in enumerate(who)
    )
    cleaned = clean(page("", f"<ol class='commentlist'>{thread}</ol>"), "text/html")
    assert "northern basin" in cleaned.text()
    assert said not in cleaned.text()
    assert {rule for text, rule in cleaned.removed().items() if said in text} == {"comments"}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("li.comment.even#comment-17", True),
        ("div.comment-body", True),
        ("ol.commentlist", True),
        ("div.comment__text", True),
        ("article.comments-open", False),
        ("div.commentary", False),
        ("div.no-comment", False),
        ("body.comment", False),
    ],
)
def test_only_class_names_of_single_comments_mark_readers_comments(label: str, expected: bool) -> None:
    assert is_reader_comment(label) is expected


def test_the_list_that_an_offer_of_a_subscription_heads_is_removed_with_it(clean: Clean) -> None:
    offer = (
        "<div class='panel'><p>Subscribe now to go on reading what happens in your town.</p><ul>"
        "<li>Unlimited reading of all our pages, on every device that you own.</li>"
        "<li>The puzzles of the weekend, with the solutions of the week before.</li></ul></div>"
    )
    cleaned = clean(page(offer), "text/html")
    assert "puzzles of the weekend" not in cleaned.text()
    assert "northern basin" in cleaned.text()
    assert {rule for text, rule in cleaned.removed().items() if "puzzles" in text} == {"newsletter-box"}


def test_an_appeal_directly_among_the_paragraphs_takes_no_paragraph_with_it(clean: Clean) -> None:
    cleaned = clean(page("<p>Subscribe to our newsletter</p>"), "text/html")
    assert "eastern quay" in cleaned.text()
    assert "six months" in cleaned.text()


@pytest.mark.parametrize(
    "line",
    [
        "أعلنت هيئة الميناء أن الرصيف الشرقي سيغلق للإصلاح ابتداء من الأسبوع الأول من شهر مايو المقبل.",
        "बंदरगाह बोर्ड ने बताया कि पूर्वी घाट मई के पहले सप्ताह से मरम्मत के लिए बंद रहेगा और काम छह महीने चलेगा।",
    ],
)
def test_sentences_in_scripts_without_listed_function_words_are_prose(line: str) -> None:
    assert read_line(line).shape.is_prose


def test_subtrees_hold_what_is_inside_them_and_meet_below_their_common_element(parse: Parse) -> None:
    parsed = parse("<body><div><p>one two</p><p>three</p></div><ul><li>four</li></ul></body>", "text/html")
    pieces = [piece for piece in split_pieces(parsed) if not piece.is_blank]
    tree = build_tree(pieces)
    sums = sum_subtrees(tree, np.array([1.0, 2.0, 4.0]))
    first, second, third = tree.own.tolist()
    assert tree.parent[first] == tree.parent[second] != tree.parent[third]
    assert sums[tree.parent[first]] == 3.0
    assert sums[0] == 7.0
    assert tree.likeness[first] == tree.likeness[second]
    meeting, branch = meeting_points(tree, first)
    assert meeting[second] == tree.parent[first]
    assert branch[third] == tree.parent[third]
