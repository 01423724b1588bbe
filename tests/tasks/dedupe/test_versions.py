"""Versions of one article: told from copies, put in order of time, with what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.dedupe import dedupe_articles
from tasks.dedupe.differences import find_changes
from tasks.dedupe.versions import address_of, are_versions, describe_versions, find_notices
from tasks.records import ArticleText

FIRST = (
    "A crane toppled onto the quay at Sandholm on Thursday morning and hurt 7 dockers, the harbour office said.\n\n"
    "The foreman, Idris Malloy, told reporters that the wind had risen sharply before the crane fell.\n\n"
    "The quay stays closed until inspectors from the labour ministry have looked at the cables."
)
CORRECTED = FIRST.replace("7 dockers", "9 dockers").replace("Idris Malloy", "Idris Maloney")
GROWN = FIRST + "\n\nA second crane on the same quay was lowered to the ground as a precaution, the office added."
NOTICE = "\n\nAn earlier version of this article misstated how many dockers were hurt."
HOURS = [datetime(2026, 5, 7, hour, tzinfo=UTC) for hour in (8, 9, 10, 11)]


def version(name: str, text: str, hour: int | None = None, **facts: object) -> ArticleText:
    article = ArticleText(
        name,
        f"doc-{name}",
        "lead",
        "Crane topples at Sandholm",
        "Quayside Mail",
        "https://mail.example/crane",
        None,
        "en",
        HOURS[0],
        text,
        fetched=None if hour is None else HOURS[hour],
    )
    return replace(article, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_versions_are_numbered_in_order_of_time_whatever_the_order_of_arrival(order: tuple[int, ...]) -> None:
    articles = [version("c", FIRST, 1), version("a", CORRECTED, 2), version("b", CORRECTED + NOTICE, 3)]
    described = describe_versions("cluster", [articles[number] for number in order])
    assert [(one.article_id, one.version, one.is_latest, one.previous_article_id) for one in described] == [
        ("c", 1, False, None),
        ("a", 2, False, "c"),
        ("b", 3, True, "a"),
    ]


def test_a_version_says_which_words_replaced_which() -> None:
    _, second = describe_versions("cluster", [version("a", FIRST, 1), version("b", CORRECTED, 2)])
    assert list(zip(second.removed, second.added, strict=True)) == [("7", "9"), ("Malloy", "Maloney")]
    assert (second.removed_word_count, second.added_word_count) == (2, 2)
    assert (second.changed_figure_count, second.changed_name_count) == (1, 1)
    assert not second.has_notice
    assert not second.has_new_time


def test_a_growing_article_takes_nothing_back() -> None:
    _, second = describe_versions("cluster", [version("a", FIRST, 1), version("b", GROWN, 2)])
    assert (second.removed_word_count, second.added_word_count) == (0, 18)
    assert (second.changed_figure_count, second.changed_name_count) == (0, 0)


def test_a_notice_counts_where_the_version_before_did_not_have_it() -> None:
    articles = [version("a", FIRST, 1), version("b", CORRECTED + NOTICE, 2), version("c", GROWN + NOTICE, 3)]
    assert [one.has_notice for one in describe_versions("cluster", articles)] == [False, True, False]


def test_a_notice_counts_where_cleaning_removed_it_and_stays_the_same_notice_where_it_did_not() -> None:
    notice = NOTICE.strip()
    articles = [
        version("a", FIRST, 1),
        version("b", CORRECTED, 2, removed=f"Share this article with your friends\n{notice}"),
        version("c", GROWN + NOTICE, 3),
    ]
    assert [one.has_notice for one in describe_versions("cluster", articles)] == [False, True, False]


def test_a_changed_time_of_modification_is_no_silence() -> None:
    articles = [version("a", FIRST, 1), version("b", CORRECTED, 2, modified=HOURS[1])]
    assert [one.has_new_time for one in describe_versions("cluster", articles)] == [False, True]


def test_a_stated_time_decides_before_the_time_of_fetching() -> None:
    articles = [version("a", FIRST, 3), version("b", CORRECTED, 1, modified=HOURS[1])]
    assert [one.article_id for one in describe_versions("cluster", articles)] == ["a", "b"]


def test_where_only_some_state_a_time_the_times_of_fetching_are_compared() -> None:
    articles = [version("a", CORRECTED, 2), version("b", FIRST, 1, published=None)]
    assert [one.article_id for one in describe_versions("cluster", articles)] == ["b", "a"]


def test_the_same_words_fetched_again_are_the_same_version() -> None:
    articles = [version("a", FIRST, 0), version("b", FIRST, 1), version("c", CORRECTED, 2), version("d", CORRECTED, 3)]
    described = describe_versions("cluster", articles)
    assert [(one.article_id, one.version, one.is_latest) for one in described] == [
        ("a", 1, False),
        ("b", 1, False),
        ("c", 2, True),
        ("d", 2, True),
    ]
    assert [one.removed for one in described] == [[], [], ["7", "Malloy"], ["7", "Malloy"]]
    assert describe_versions("cluster", articles[:2]) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, True),
        ({"url": "http://www.mail.example/crane/#comments", "title": "Nine hurt in port"}, True),
        ({"url": "https://mail.example/crane-2"}, True),
        ({"url": "https://mail.example/crane-2", "title": "Nine hurt in port"}, False),
        ({"url": "https://other.example/crane"}, False),
        ({"url": None}, True),
        ({"publisher": "Harbour Post"}, False),
        ({"publisher": "quayside mail "}, True),
        ({"role": "embedded"}, False),
        ({"document_id": "doc-a"}, False),
    ],
)
def test_a_version_has_the_publisher_and_the_address_or_the_titles_family(
    facts: dict[str, str | None], expected: bool
) -> None:
    one, other = version("a", FIRST), version("b", CORRECTED, **facts)
    assert are_versions(one, other) is are_versions(other, one) is expected


def test_the_front_page_of_a_site_is_no_articles_address() -> None:
    fronts = {"url": "https://mail.example/", "title": None}
    assert address_of("https://mail.example/") is None
    assert address_of("https://mail.example/?article=4") == "mail.example?article=4"
    assert not are_versions(version("a", FIRST, **fronts), version("b", CORRECTED, **fronts))


def test_versions_of_two_publishers_in_one_cluster_are_two_groups() -> None:
    courier = {"publisher": "Harbour Post", "url": "https://post.example/9"}
    articles = [
        version("a", FIRST, 0),
        version("b", CORRECTED, 1),
        version("c", FIRST, 2, **courier),
        version("d", GROWN, 3, **courier),
    ]
    described = describe_versions("cluster", articles)
    groups = {
        one.version_group_id: sorted(
            o.article_id for o in described if o == one or o.version_group_id == one.version_group_id
        )
        for one in described
    }
    assert sorted(groups.values()) == [["a", "b"], ["c", "d"]]


def test_the_latest_version_stands_for_the_article_and_the_pair_is_a_revision() -> None:
    result = dedupe_articles([version("a", CORRECTED, 2), version("b", FIRST, 1)])
    assert [pair.relation for pair in result.pairs] == ["revision"]
    assert [(cluster.canonical_article_id, cluster.canonical_reason) for cluster in result.clusters] == [
        ("a", "latest-revision")
    ]
    assert [(one.article_id, one.version) for one in result.versions] == [("a", 2), ("b", 1)]


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: the crane fell in the morning.",
        "This article was amended on 8 May to correct the foreman's name.",
        "Editor’s note: the number of the hurt was wrong.",
        "In einer früheren Version hieß es, sieben Arbeiter seien verletzt.",
    ],
)
def test_notices_of_correction_are_known(notice: str) -> None:
    assert find_notices(f"{FIRST}\n\n{notice}") == {notice}


@pytest.mark.parametrize(
    "line",
    ["The minister demanded a correction of the course.", "The house of correction is closed.", "Market correction"],
)
def test_other_corrections_are_no_notices(line: str) -> None:
    assert find_notices(line) == frozenset()


WORDS = st.lists(st.sampled_from(["the", "crane", "fell", "7", "9", "Malloy", "on", "Thursday."]), max_size=30)


@given(WORDS, WORDS)
def test_changes_turn_the_one_text_into_the_other(words: list[str], other_words: list[str]) -> None:
    text, other = " ".join(words), " ".join(other_words)
    rebuilt, place = "", 0
    for change in find_changes(text, other):
        assert place <= change.start <= change.end <= len(text)
        assert change.start < change.end or change.other_start < change.other_end
        rebuilt += f"{text[place : change.start]} {other[change.other_start : change.other_end]} "
        place = change.end
    assert (rebuilt + text[place:]).replace(".", "").split() == other.replace(".", "").split()


def test_punctuation_and_case_are_no_change() -> None:
    assert find_changes("“Stop,” he said – twice.", '"Stop", He said - twice') == ()
