"""Lines that repeat across a publisher's unrelated articles are furniture; copies of one story prove nothing."""

from __future__ import annotations

import random

import pyarrow as pa

from tasks.clean import find_learned_boilerplate

Row = dict[str, str | None]
APPEAL = "The Harbour Post is written by nine people. Become a member."


def article(
    number: int, lines: list[str], publisher: str | None = "Harbour Post", kind: str = "paragraph"
) -> list[Row]:
    return [
        {"publisher": publisher, "document_id": f"d{number}", "article_id": f"a{number}",
         "block_id": f"a{number}-{place}",
         "text": line, "kind": kind}
        for place, line in enumerate(lines)
    ]  # fmt: skip


def unrelated(number: int, *extra: str, publisher: str | None = "Harbour Post", kind: str = "paragraph") -> list[Row]:
    own = [
        f"Story {word} tells of the {word} in words of its own."
        for word in (f"alpha{chr(97 + number)}", f"beta{chr(97 + number)}")
    ]
    return article(number, [*own, *extra], publisher, kind)


def found(rows: list[Row]) -> list[str]:
    result = find_learned_boilerplate(pa.Table.from_pylist(rows))
    assert set(result.column("removed_by").to_pylist()) <= {"learned-boilerplate"}
    return result.column("block_id").to_pylist()  # type: ignore[no-any-return]


def test_a_line_in_many_unrelated_articles_is_removed_from_all_of_them() -> None:
    rows = [row for number in range(5) for row in unrelated(number, APPEAL)]
    assert found(rows) == [f"a{number}-2" for number in range(5)]


def test_numbers_and_case_do_not_hide_a_repeated_line() -> None:
    rows = [row for number in range(5) for row in unrelated(number, f"Call us on 555-{number}{number}, every day.")]
    assert len(found(rows)) == 5


def test_a_line_in_two_articles_only_stays() -> None:
    rows = [row for number in range(6) for row in unrelated(number, *([APPEAL] if number < 2 else []))]
    assert found(rows) == []


def test_copies_of_one_story_do_not_make_its_paragraphs_furniture() -> None:
    story = ["The ferry sank in the night.", "Nobody was hurt, the coast guard said.", "The cause is not known."]
    rows = [row for number in range(6) for row in article(number, story)]
    assert found(rows) == []


def test_copies_of_a_single_line_flash_stay() -> None:
    assert found([row for number in range(6) for row in article(number, ["The ferry sank in the night."])]) == []


def test_the_same_line_at_different_publishers_stays() -> None:
    rows = [row for number in range(6) for row in unrelated(number, APPEAL, publisher=f"Publisher {number}")]
    assert found(rows) == []


def test_articles_without_a_publisher_prove_nothing() -> None:
    assert found([row for number in range(6) for row in unrelated(number, APPEAL, publisher=None)]) == []


def test_bylines_repeat_without_being_furniture() -> None:
    rows = [row for number in range(6) for row in unrelated(number) + article(number, ["By Ana Ruiz"], kind="byline")]
    assert found(rows) == []


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [row for number in range(9) for row in unrelated(number, APPEAL)]
    shuffled = rows.copy()
    random.Random(7).shuffle(shuffled)
    assert found(shuffled) == found(rows) != []


def test_no_rows_give_no_boilerplate() -> None:
    schema = pa.schema(
        [(name, pa.string()) for name in ("publisher", "document_id", "article_id", "block_id", "text", "kind")]
    )
    assert find_learned_boilerplate(schema.empty_table()).num_rows == 0
