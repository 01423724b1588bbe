"""Merging: one happening is one event, whoever tells it, in whatever order; differing dates stay side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.enrich import annotate_article
from tasks.enrich.grouping import group_facts
from tasks.enrich.likeness import fact_of
from tasks.enrich.merge import MergeResult, mention_key, merge_mentions
from tasks.records import ArticleMention, EntityName, Passage, Publication


def tell(
    article: str, published: date, *paragraphs: str, story: str = "s", publisher: str | None = None
) -> list[ArticleMention]:
    passages, position = [], 0
    for text in paragraphs:
        passages.append(Passage(position, "paragraph", text))
        position += len(text) + 2
    annotation = annotate_article(passages, Publication(article, published, None, "input", published, published), "en")
    return [
        ArticleMention(article, f"doc-{article}", story, f"cluster-{article}", publisher or article, published, mention)
        for mention in annotation.mentions
    ]


def event_of(result: MergeResult, mentions: list[ArticleMention], article: str, part: str) -> str | None:
    for told, event_id in zip(mentions, result.event_ids, strict=True):
        if told.article_id == article and part in told.mention.text:
            return event_id
    raise AssertionError(f"no mention of {part!r} in {article}")


DAY = date(2026, 3, 11)
FIRST = tell("a", DAY, "President Clara Obi met Prime Minister Yuri Zelensky in Geneva on Tuesday.")
SECOND = tell("b", DAY, "The Tuesday talks between Obi and Yury Zelenskyy in Geneva lasted an hour.")


def test_the_same_meeting_in_two_articles_is_one_event_under_any_spelling() -> None:
    mentions = FIRST + SECOND
    result = merge_mentions(mentions)
    assert event_of(result, mentions, "a", "met") == event_of(result, mentions, "b", "talks")
    (event,) = [item for item in result.events if item.article_count == 2]
    assert (event.value, event.status, event.place) == ("2026-03-10", "occurred", "Geneva")
    assert set(event.actors) == {"Clara Obi", "Yuri Zelensky"} or len(event.actors) == 2
    assert event.publisher_count == 2
    assert event.first_reported_on == DAY
    assert not event.has_disagreement


def test_meetings_of_other_people_are_other_events() -> None:
    mentions = FIRST + tell("b", DAY, "Clara Obi met Paul Kerr in Vienna on Tuesday.")
    result = merge_mentions(mentions)
    assert event_of(result, mentions, "a", "met") != event_of(result, mentions, "b", "met")


def test_what_may_happen_is_not_what_happened() -> None:
    mentions = FIRST + tell("b", DAY, "Clara Obi could meet Yuri Zelensky in Geneva next week.")
    result = merge_mentions(mentions)
    assert event_of(result, mentions, "a", "met") != event_of(result, mentions, "b", "meet")


def test_differing_dates_are_kept_side_by_side() -> None:
    mentions = tell("a", DAY, "Paul Kerr ordered three nuclear submarines to the strait on March 2.")
    mentions += tell("b", DAY, "Paul Kerr ordered three nuclear submarines into the strait on March 5.")
    result = merge_mentions(mentions)
    (event,) = [item for item in result.events if item.article_count == 2]
    assert event.has_disagreement
    rows = [row for row in result.disagreements if row.event_id == event.event_id]
    assert [row.value for row in rows] == ["2026-03-02", "2026-03-05"]
    assert [row.article_ids for row in rows] == [("a",), ("b",)]


def test_a_coarser_date_does_not_disagree_with_the_day_in_it() -> None:
    mentions = tell("a", DAY, "Rebels invaded the island of Sark in February 2025.")
    mentions += tell("b", DAY, "Rebels invaded the island of Sark on February 24, 2025.")
    result = merge_mentions(mentions)
    (event,) = result.events
    assert (event.value, event.has_disagreement) == ("2025-02-24", False)


def test_an_undated_mention_is_dated_by_another_article_of_its_story() -> None:
    dated = tell("a", DAY, "Paul Kerr ordered three nuclear submarines to the strait on March 2.")
    undated = tell(
        "b", DAY, "Kerr previously ordered three nuclear submarines to the strait.", "The council voted on Tuesday."
    )
    assert undated[0].mention.value is None
    result = merge_mentions(dated + undated)
    mention = result.mentions[len(dated)]
    assert (mention.value, mention.date_source, mention.undated_reason) == ("2026-03-02", "story", None)


def test_another_story_dates_nothing() -> None:
    dated = tell("a", DAY, "Paul Kerr ordered three nuclear submarines to the strait on March 2.")
    undated = tell(
        "b", DAY, "Kerr previously ordered three nuclear submarines.", "The council voted on Tuesday.", story="t"
    )
    result = merge_mentions(dated + undated)
    assert result.mentions[len(dated)].value is None
    assert result.event_ids[len(dated)] is None


def test_stories_share_an_event_when_day_kind_and_two_actors_agree() -> None:
    mentions = FIRST + [replace(told, story_id="t") for told in SECOND]
    result = merge_mentions(mentions)
    assert event_of(result, mentions, "a", "met") == event_of(result, mentions, "b", "talks")


def test_stories_do_not_share_an_event_for_one_actor() -> None:
    mentions = tell("a", DAY, "Clara Obi met reporters on Tuesday.") + tell(
        "b", DAY, "Clara Obi met doctors on Tuesday.", story="t"
    )
    result = merge_mentions(mentions)
    assert event_of(result, mentions, "a", "met") != event_of(result, mentions, "b", "met")


def test_no_chain_joins_what_most_pairs_deny() -> None:
    mentions: list[ArticleMention] = []
    names = ["Ana Ruiz", "Ben Holt", "Cara Lind", "Dov Marsh", "Eva Stone", "Finn Ward"]
    for number, (left, right) in enumerate(pairwise(names)):
        mentions += tell(f"a{number}", DAY, f"Minister {left} met envoy {right} in Geneva on Tuesday.")
    facts = sorted({fact_of(told) for told in mentions if told.mention.value}, key=lambda fact: fact.sort_key)
    assert max(len(group) for group in group_facts(facts)) <= 2


def test_no_mentions_make_no_events() -> None:
    assert merge_mentions([]) == MergeResult((), (), (), ())


MANY = [
    *FIRST,
    *SECOND,
    *tell("c", DAY, "Clara Obi met Yuri Zelensky on Monday, aides said.", "A deal is due on Friday."),
    *tell(
        "d", DAY, "Rebels struck the harbour of Lund on Sunday, killing four people.", "Obi signed the deal on March 2."
    ),
    *tell(
        "e",
        DAY,
        "Rebels bombed the harbour of Lund on March 7.",
        "The strike killed four people, officials said on Monday.",
    ),
    *tell("f", DAY, "Obi and Zelenskiy could meet again next week.", "She previously signed the deal.", story="t"),
]


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(len(MANY))))
def test_the_order_of_mentions_does_not_matter(order: list[int]) -> None:
    straight = merge_mentions(MANY)
    shuffled = merge_mentions([MANY[index] for index in order])
    assert shuffled.events == straight.events
    assert shuffled.disagreements == straight.disagreements
    assert [shuffled.event_ids[order.index(index)] for index in range(len(MANY))] == list(straight.event_ids)
    assert [shuffled.mentions[order.index(index)] for index in range(len(MANY))] == list(straight.mentions)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, len(MANY) - 1)))
def test_every_dated_mention_is_in_one_event_that_counts_it(chosen: set[int]) -> None:
    mentions = [MANY[index] for index in sorted(chosen)]
    result = merge_mentions(mentions)
    counts = {event.event_id: event.mention_count for event in result.events}
    assert sum(counts.values()) == sum(event_id is not None for event_id in result.event_ids)
    for event_id, mention in zip(result.event_ids, result.mentions, strict=True):
        assert (event_id is None) == (mention.value is None)
        assert event_id is None or event_id in counts


def test_a_bare_verb_is_described_with_its_subject_and_what_follows() -> None:
    (event,) = merge_mentions(tell("a", DAY, "Clara Obi announced on Tuesday that the harbour will close.")).events[:1]
    assert event.description.startswith("Clara Obi announced on Tuesday that the harbour")


def test_copies_are_counted_but_change_no_date() -> None:
    copies = [replace(told, article_id=f"copy-{number}") for number in range(3) for told in FIRST]
    result = merge_mentions(FIRST + copies)
    (event,) = result.events
    assert (event.mention_count, event.article_count, event.value) == (4, 4, "2026-03-10")


def test_event_ids_are_hashes_of_the_mentions() -> None:
    (one,) = merge_mentions(FIRST).events
    (two,) = merge_mentions(list(reversed(FIRST))).events
    assert one.event_id == two.event_id
    assert len(mention_key(FIRST[0])) == 20


@pytest.mark.parametrize("count", [400])
def test_a_large_story_stays_cheap(count: int) -> None:
    mentions: list[ArticleMention] = []
    for number in range(count):
        mentions += [replace(told, article_id=f"x{number}") for told in MANY]
    result = merge_mentions(mentions)
    assert len(result.events) == len(merge_mentions(MANY).events)


def test_actors_go_by_the_name_of_their_entity_and_say_which_it_is() -> None:
    obi, zelensky = EntityName("e1", "Clara Obi"), EntityName("e2", "Yuri Zelensky")
    first = [replace(told, entities={"Clara Obi": obi, "Yuri Zelensky": zelensky}) for told in FIRST]
    (event,) = [item for item in merge_mentions(first + SECOND).events if item.article_count == 2]
    assert dict(zip(event.actors, event.actor_entity_ids, strict=True)) == {"Clara Obi": "e1", "Yuri Zelensky": "e2"}


def test_people_of_one_surname_stay_apart_among_the_actors() -> None:
    father, son = EntityName("e1", "Harold Penwick"), EntityName("e2", "Martin Penwick")
    told = tell("a", DAY, "Harold Penwick met Martin Penwick in Geneva on Tuesday.")
    named = [replace(one, entities={"Harold Penwick": father, "Martin Penwick": son}) for one in told]
    (event,) = merge_mentions(named).events
    assert set(event.actors) == {"Harold Penwick", "Martin Penwick"}


def test_a_place_goes_by_the_name_of_its_entity() -> None:
    told = tell("a", DAY, "Clara Obi met Paul Kerr in Kiev on Tuesday.")
    named = [replace(one, entities={one.mention.place or "": EntityName("e3", "Kyiv")}) for one in told]
    (event,) = merge_mentions(named).events
    assert (event.place, event.place_entity_id) == ("Kyiv", "e3")


def test_the_evidence_of_a_side_is_a_mention_that_names_its_date() -> None:
    mentions = (
        tell("a", DAY, "President Clara Obi met Prime Minister Paul Kerr in Geneva on Monday, March 9.")
        + tell("b", DAY, "President Clara Obi met Prime Minister Paul Kerr in Geneva on Tuesday, March 10.")
    )  # fmt: skip
    result = merge_mentions(mentions)
    keys = {mention_key(told): told.mention for told in mentions}
    for side in result.disagreements:
        evidence = keys[side.event_mention_id]
        assert (evidence.value, evidence.sentence) == (side.value, side.sentence)
        assert evidence.expression_start is not None
    assert len(result.disagreements) == 2
