"""Which articles end in one cluster, and which do not."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tasks.dedupe import dedupe_articles
from tasks.records import ArticleText
from warehouse.identifiers import identify
from warehouse.vocabulary import Relation

Article = Callable[..., ArticleText]
Prose = Callable[..., str]

NOTICE = (
    "{city} weather forecast for {day}: {sky} at first with highs of {high} and lows of {low}.\n\n"
    "The national service said conditions in the {city} area would be {sky} through the morning, becoming breezy and "
    "bright by late afternoon. Winds will reach {wind} miles per hour with gusts of up to {gust} on higher ground.\n\n"
    "The chance of rain is {rain} percent during the day. The ultraviolet index will be {index}, so residents are "
    "advised to wear sunscreen and stay hydrated if spending long periods of time outdoors."
)


def clusters(*articles: ArticleText) -> list[set[str]]:
    groups: dict[str, set[str]] = {}
    for article_id, place in dedupe_articles(articles).assignments.items():
        groups.setdefault(place.cluster_id, set()).add(article_id)
    return sorted(groups.values(), key=sorted)


def paragraphs(text: str, *numbers: int) -> str:
    parts = text.split("\n\n")
    return "\n\n".join(parts[number] for number in numbers)


def test_no_articles_give_an_empty_result() -> None:
    result = dedupe_articles([])
    assert (result.pairs, result.clusters, result.stories, dict(result.assignments)) == ((), (), (), {})


def test_an_article_without_words_stands_alone(article: Article) -> None:
    assert clusters(article("a", ""), article("b", " \n"), article("c", "…")) == [{"a"}, {"b"}, {"c"}]


def test_an_article_given_twice_is_refused(article: Article) -> None:
    with pytest.raises(ValueError, match="given twice"):
        dedupe_articles([article("a", "text"), article("a", "text")])


def test_the_same_text_on_two_sites_is_one_cluster(article: Article, prose: Prose) -> None:
    result = dedupe_articles([article("a", prose(1)), article("b", prose(1).replace("\n\n", "\n"))])
    assert [pair.relation for pair in result.pairs] == [Relation.EXACT]
    assert [cluster.cluster_id for cluster in result.clusters] == [identify("cluster", "a", "b")]


def test_a_copy_cut_to_its_first_third_is_contained(article: Article, prose: Prose) -> None:
    result = dedupe_articles([article("a", paragraphs(prose(1, 9), 0, 1, 2)), article("b", prose(1, 9))])
    assert [(pair.relation, pair.is_same_copy) for pair in result.pairs] == [(Relation.CONTAINED, True)]
    assert result.assignments["b"].is_canonical


def test_a_trimmed_and_restyled_copy_belongs_to_its_original(article: Article) -> None:
    original = (
        "Mr Harrison’s three-year-old programme for the city centre was cancelled on Tuesday, officials said.\n\n"
        "The mayor told reporters that 35 per cent of the money had been spent on consultants from Eastmere.\n\n"
        "Residents of Mill Road have organised a protest outside the town hall for next Saturday.\n\n"
        "A spokeswoman for the labour union, Ada Brandt, said the decision had surprised all 240 workers."
    )
    copy = (
        "Harrison's 3-year-old program for the city center was canceled on Tuesday, officials said.\n\n"
        "The mayor told reporters that 35% of the money had been spent on consultants from Eastmere.\n\n"
        "A spokeswoman for the labor union, Ada Brandt, said the decision had surprised all 240 workers."
    )
    assert clusters(article("a", original), article("b", copy)) == [{"a", "b"}]


def test_reordered_paragraphs_are_still_the_same_text(article: Article, prose: Prose) -> None:
    assert clusters(article("a", prose(1)), article("b", paragraphs(prose(1), 0, 3, 1, 5, 2))) == [{"a", "b"}]


def test_two_notices_from_one_template_are_not_copies(article: Article) -> None:
    one = NOTICE.format(
        city="Halden", day="Tuesday, March 3", sky="foggy", high=11, low=1, wind=22, gust=40, rain=80, index=1
    )
    two = NOTICE.format(
        city="Tarn", day="Sunday, March 15", sky="clear", high=19, low=8, wind=9, gust=14, rain=5, index=6
    )
    assert clusters(article("a", one), article("b", two)) == [{"a"}, {"b"}]
    assert clusters(article("a", one), article("b", two), article("c", one.split("\n\nThe chance")[0])) == [
        {"a", "c"},
        {"b"},
    ]


def test_forty_notices_from_one_template_stay_forty(article: Article) -> None:
    chance = random.Random(3)
    notices = [
        article(
            f"{number:02}",
            NOTICE.format(
                city=chance.choice(["Halden", "Tarn", "Eastmere", "Port Calder", "Skerry"]),
                day=f"March {number + 1}",
                sky=chance.choice(["foggy", "clear", "overcast", "windy"]),
                high=chance.randint(9, 39),
                low=chance.randint(-9, 8),
                wind=chance.randint(5, 60),
                gust=chance.randint(61, 99),
                rain=chance.randint(0, 100),
                index=chance.randint(0, 9),
            ),
        )
        for number in range(40)
    ]
    assert len(clusters(*notices)) == 40


def test_a_follow_up_that_quotes_two_paragraphs_is_another_article(article: Article, prose: Prose) -> None:
    follow_up = "\n\n".join([paragraphs(prose(2), 0, 1, 2), paragraphs(prose(1), 1, 2), paragraphs(prose(2), 3, 4, 5)])
    assert clusters(article("a", prose(1)), article("b", follow_up)) == [{"a"}, {"b"}]


def test_a_digest_is_no_copy_of_the_stories_it_retells(article: Article, prose: Prose) -> None:
    digest = paragraphs(prose(1), 0, 1, 2) + "\n\n" + paragraphs(prose(2), 0, 1, 2)
    result = dedupe_articles(
        [
            article("a", prose(1), title="Ferry runs aground"),
            article("b", prose(2), title="Port strike begins"),
            article("c", digest, title="Morning briefing: ferry runs aground and more"),
        ]
    )
    assert result.assignments["a"].cluster_id != result.assignments["c"].cluster_id
    assert result.assignments["a"].story_id != result.assignments["c"].story_id
    assert {pair.is_same_copy for pair in result.pairs} <= {False}


def test_teasers_of_another_article_at_the_end_of_a_page_do_not_make_a_copy(article: Article, prose: Prose) -> None:
    page = f"{prose(1)}\n\nRelated Articles\n\nReuters\n19 minutes ago\n{prose(2).capitalize()}"
    assert clusters(article("a", page), article("b", prose(2)), article("c", prose(1))) == [{"a", "c"}, {"b"}]


def test_a_shared_disclaimer_makes_no_copies(article: Article, prose: Prose) -> None:
    articles = [article(f"{seed:02}", f"{prose(100, 2)}\n\n{prose(seed, 3)}") for seed in range(20)]
    assert len(clusters(*articles)) == 20


def test_a_wire_story_on_sixty_sites_is_one_cluster(article: Article, prose: Prose) -> None:
    chance = random.Random(7)
    copies = []
    for number in range(60):
        kept = [0, *sorted(chance.sample(range(1, 12), chance.randint(6, 11)))]
        copies.append(article(f"{number:02}", paragraphs(prose(1, 12), *kept)))
    others = [article(f"x{seed:02}", prose(seed)) for seed in range(2, 40)]
    assert {f"{number:02}" for number in range(60)} in clusters(*copies, *others)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Der Hafen bleibt am Montag geschlossen.", "Der Markt öffnet am Freitag um neun Uhr."),
        ("横浜港は月曜日に閉鎖されると市長が述べた。", "大阪の市場は金曜日に再び開くと発表された。"),
        ("Порт останется закрытым в понедельник.", "Рынок снова откроется в пятницу утром."),
        ("Fire.", "Flood."),
    ],
)
def test_short_texts_in_any_language_are_compared(article: Article, text: str, other: str) -> None:
    assert clusters(article("a", text), article("b", text), article("c", other)) == [{"a", "b"}, {"c"}]


def test_a_corrected_version_on_the_same_site_is_a_revision_and_the_later_one_stands(
    article: Article, prose: Prose
) -> None:
    corrected = prose(1) + "\n\nAn earlier version misstated the number of workers."
    result = dedupe_articles(
        [
            article("a", prose(1), title="Port closes", publisher="Tribune", published="2026-03-01T08:00:00+00:00"),
            article(
                "b", corrected, title="Port closes: update", publisher="Tribune", published="2026-03-01T11:00:00+00:00"
            ),
            article("c", prose(1), title="Port closes", publisher="Courier", published="2026-03-01T09:00:00+00:00"),
        ]
    )
    assert next(pair for pair in result.pairs if pair.other_article_id == "b").relation == Relation.REVISION
    assert [(cluster.canonical_article_id, cluster.article_count) for cluster in result.clusters] == [("b", 3)]


ALERT = (
    "{place} County Sheriff's Office is asking for help to find {name}, {age}, who was last seen at {hour} on {street}. "
    "{name} is about {feet} feet tall and was wearing a {colour} jacket. Anyone who has seen {name} is asked to call the "
    "office at 555-{phone} and not to approach.\n\n"
    "The office thanks residents for their help and will publish an update when there is one to give."
)


def test_two_notices_of_the_same_minute_with_other_names_and_numbers_are_not_copies(article: Article) -> None:
    facts = [
        {"place": "Marrow", "name": "Delia Faust", "age": 34, "hour": "6:10 p.m.", "street": "Ash Lane"},
        {"place": "Marrow", "name": "Ruben Okafor", "age": 71, "hour": "11:45 a.m.", "street": "Kiln Road"},
    ]
    looks = [{"feet": 5, "colour": "red", "phone": "0141"}, {"feet": 6, "colour": "grey", "phone": "0188"}]
    minute = {"publisher": "Marrow Herald", "title": "Sheriff asks for help", "published": "2026-03-01T08:00:00+00:00"}
    notices = [ALERT.format(**fact, **look) for fact, look in zip(facts, looks, strict=True)]
    restyled = notices[0].split("\n\n")[0].replace("p.m.", "pm").replace("grey", "gray").replace("County ", "Co. ")
    assert clusters(
        article("a", notices[0], **minute),
        article("b", notices[1], **minute),
        article("c", restyled, publisher="Valley Sun", title="Help sought to find woman"),
    ) == [{"a", "c"}, {"b"}]


def test_a_round_up_contains_what_it_retells_and_is_another_article(article: Article, prose: Prose) -> None:
    result = dedupe_articles(
        [
            article("a", paragraphs(prose(1), 0, 1, 2), title="Ferry runs aground"),
            article("b", f"{paragraphs(prose(1), 0, 1, 2)}\n\n{prose(2)}", title="Evening briefing: ferry and more"),
        ]
    )
    assert [(pair.relation, pair.is_same_copy) for pair in result.pairs] == [(Relation.CONTAINED, False)]


def test_a_copy_that_drops_a_paragraph_is_contained_and_one_that_restyles_is_near(
    article: Article, prose: Prose
) -> None:
    text = prose(1, 8)
    trimmed = paragraphs(text, 0, 1, 2, 3, 4, 5, 6)
    restyled = text.replace(" ba", " bah")
    result = dedupe_articles([article("a", text), article("b", trimmed), article("c", restyled)])
    relations = {(pair.article_id, pair.other_article_id): pair.relation for pair in result.pairs}
    assert (relations["a", "b"], relations["a", "c"]) == (Relation.CONTAINS, Relation.NEAR)
