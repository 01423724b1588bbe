"""Lines that repeat across a publisher's unrelated articles are furniture; copies of one story prove nothing."""

from __future__ import annotations

from typing import Any

Made = Any  # the classes and functions of conftest.py

APPEAL = "The Harbour Post is written by nine people. Become a member."


def test_a_line_in_many_unrelated_articles_is_removed_from_all_of_them(warehouse: Made, story: Made) -> None:
    warehouse.add(story(number, APPEAL) for number in range(5))
    assert warehouse.learn() == [f"{number}-{story.subjects[number][0]}/2" for number in range(5)]


def test_the_evidence_is_told_in_words(warehouse: Made, story: Made) -> None:
    warehouse.add(story(number, *([APPEAL] if number < 4 else [])) for number in range(6))
    warehouse.learn()
    assert set(warehouse.evidence().values()) == {
        "stands in 4 of 6 articles of Harbour Post; of 4 compared with one another, 4 are unrelated"
    }


def test_numbers_and_case_do_not_hide_a_repeated_line(warehouse: Made, story: Made) -> None:
    warehouse.add(story(number, f"CALL us on 555-{number}{number}, at 1{number}:30 every day.") for number in range(5))
    assert len(warehouse.learn()) == 5


def test_a_line_in_two_articles_only_stays(warehouse: Made, story: Made) -> None:
    warehouse.add(story(number, *([APPEAL] if number < 2 else [])) for number in range(6))
    assert warehouse.learn() == []


def test_later_articles_clean_earlier_ones(warehouse: Made, story: Made) -> None:
    warehouse.add([story(0, APPEAL), story(1, APPEAL)])
    assert warehouse.learn() == []
    warehouse.add([story(2, APPEAL)])
    assert warehouse.learn() == ["0-ferry/2", "1-bakery/2", "2-council/2"]


def test_a_line_that_other_pages_removed_by_themselves_is_removed_where_one_kept_it(
    warehouse: Made, story: Made
) -> None:
    warehouse.add(story(number, APPEAL if number == 7 else f"-{APPEAL}") for number in range(10))
    assert warehouse.learn() == ["7-festival/2"]


def test_copies_of_one_story_do_not_make_its_paragraphs_furniture(warehouse: Made, page: Made) -> None:
    lines = ("The ferry sank in the night.", "Nobody was hurt, the coast guard said.", "The cause is not known.")
    warehouse.add(page(f"copy-{number}", lines) for number in range(6))
    assert warehouse.learn() == []


def test_copies_with_furniture_of_their_own_keep_their_paragraphs(warehouse: Made, story: Made, page: Made) -> None:
    copies = [page(f"copy-{number}", (*story(0).lines, APPEAL)) for number in range(3)]
    warehouse.add([*copies, *(story(number, APPEAL) for number in range(1, 6))])
    assert {block.rsplit("/")[-1] for block in warehouse.learn()} == {"2"}


def test_follow_ups_that_carry_a_paragraph_along_keep_it(warehouse: Made, story: Made, page: Made) -> None:
    background = "The ferry ran onto a sandbank on Tuesday with two hundred passengers and its captain aboard."
    words = "ferry harbour captain passengers grounding engine lifeboat sandbank"
    follow_ups = [
        page(f"follow-{number}", (f"Day {number}: {words} {story.subjects[number + 1][1]}.", background))
        for number in range(6)
    ]
    warehouse.add([*follow_ups, *(story(number) for number in range(1, 9))])
    assert warehouse.learn() == []


def test_pages_that_share_more_furniture_than_text_are_told_apart_by_their_text(warehouse: Made, story: Made) -> None:
    furniture = [f"Standing line {word} of the page that every article of ours carries." for word in "abcdefghi"]
    warehouse.add(story(number, *furniture) for number in range(6))
    assert len(warehouse.learn()) == 6 * len(furniture)


def test_a_short_subheading_that_some_articles_have_stays(warehouse: Made, story: Made, page: Made) -> None:
    warehouse.add(story(number, *(["Background"] if number % 5 < 1 else [])) for number in range(10))
    assert warehouse.learn() == []
    for number in range(10):
        warehouse.add([page(f"more-{number}", (f"Word{chr(97 + number) * 5} alone.", "Background"), kind="heading")])
    assert warehouse.learn() == []


def test_an_articles_own_title_stays_where_other_pages_point_to_it(warehouse: Made, story: Made) -> None:
    title = "Ferry runs aground off the eastern harbour wall"
    warehouse.add(story(number, title if number < 1 else f"-{title}", title=title if number < 1 else None)
                  for number in range(8))  # fmt: skip
    assert warehouse.learn() == []


def test_a_pointer_to_an_article_is_removed_where_it_is_not_the_title(warehouse: Made, story: Made) -> None:
    title = "Ferry runs aground off the eastern harbour wall"
    warehouse.add(story(number, title if number < 2 else f"-{title}", title=title if number < 1 else None)
                  for number in range(10))  # fmt: skip
    assert warehouse.learn() == ["1-bakery/2"]


def test_a_standfirst_stays_on_its_own_page_where_others_show_it_beside_a_pointer(warehouse: Made, story: Made) -> None:
    standfirst = "Two hundred passengers wait for the tide on the eastern sandbank."
    warehouse.add(story(number, standfirst if number < 1 else f"-{standfirst}") for number in range(7))
    assert warehouse.learn() == []


def test_the_same_line_at_different_publishers_stays(warehouse: Made, story: Made) -> None:
    warehouse.add(story(number, APPEAL, publisher=f"Publisher {number}") for number in range(6))
    assert warehouse.learn() == []


def test_where_no_publisher_is_known_the_host_of_the_address_stands_for_it(warehouse: Made, story: Made) -> None:
    warehouse.add(
        story(number, APPEAL, publisher=None, url=f"https://www.post.example/story/{number}") for number in range(5)
    )
    assert len(warehouse.learn()) == 5
    assert "articles of post.example;" in warehouse.evidence()["0-ferry/2"]


def test_articles_without_publisher_and_address_prove_nothing(warehouse: Made, story: Made) -> None:
    warehouse.add(story(number, APPEAL, publisher=None) for number in range(6))
    assert warehouse.learn() == []


def test_bylines_repeat_without_being_furniture(warehouse: Made, story: Made) -> None:
    warehouse.add(story(number, "By Ana Ruiz", kind="byline") for number in range(6))
    assert warehouse.learn() == []


def test_documents_that_are_held_back_take_their_evidence_along(warehouse: Made, story: Made) -> None:
    warehouse.add(story(number, APPEAL) for number in range(3))
    assert len(warehouse.learn()) == 3
    warehouse.hold_back("1-bakery")
    assert warehouse.learn() == []
    warehouse.hold_back()
    assert len(warehouse.learn()) == 3


def test_no_pages_give_no_boilerplate(warehouse: Made) -> None:
    assert warehouse.learn() == []


def test_a_run_with_nothing_new_changes_nothing(warehouse: Made, story: Made) -> None:
    warehouse.add(story(number, APPEAL) for number in range(5))
    warehouse.learn()
    before = warehouse.state()
    warehouse.learn()
    assert warehouse.state() == before
