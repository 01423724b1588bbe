from __future__ import annotations

from collections.abc import Callable

from tasks.dedupe import dedupe_articles
from tasks.records import ArticleText

Article = Callable[..., ArticleText]

WIRE = (
    "PORT CALDER — A ferry with 212 people aboard ran aground outside Port Calder, and rescue crews spent five hours "
    "bringing everyone ashore.\n\nThe Saint Orla lost steering before midnight, according to the Westmark Maritime "
    "Safety Board. Coast guard commander Joris Rask said the swell had been dangerous. Skerry Line's chief executive, "
    "Paul Ansgar, apologised to passengers."
)
LOCAL = (
    "Marit Hansen felt a shudder and then the floor tilted. She was going home to Skerry with her grandson when the "
    "Saint Orla struck a sandbank near Port Calder.\n\nJoris Rask, who led the rescue, praised the crew. Skerry Line "
    "and its chief executive Paul Ansgar promised to pay for hotels. The ferry is to be refloated on Monday."
)
OTHER = (
    "HALDEN — The city council voted to close the Tollgate Bridge to motor traffic in April.\n\nEngineer Farid Nassiri "
    "told councillors that corrosion in the hangers had advanced. Councilwoman Greta Olund voted against the closure."
)


def stories(*articles: ArticleText) -> list[set[str]]:
    groups: dict[str, set[str]] = {}
    for article_id, place in dedupe_articles(articles).assignments.items():
        groups.setdefault(place.story_id, set()).add(article_id)
    return sorted(groups.values(), key=sorted)


def test_two_tellings_of_one_happening_are_one_story_and_two_clusters(article: Article) -> None:
    result = dedupe_articles([article("a", WIRE), article("b", LOCAL), article("c", OTHER)])
    assert result.assignments["a"].story_id == result.assignments["b"].story_id
    assert result.assignments["a"].cluster_id != result.assignments["b"].cluster_id
    assert result.assignments["a"].story_id != result.assignments["c"].story_id


def test_copies_of_one_text_share_their_story(article: Article) -> None:
    assert stories(article("a", WIRE), article("b", WIRE), article("c", OTHER)) == [{"a", "b"}, {"c"}]


def test_the_same_names_two_months_apart_are_another_story(article: Article) -> None:
    march = article("a", WIRE, published="2026-03-04T06:00:00+00:00")
    june = article("b", LOCAL, published="2026-06-04T06:00:00+00:00")
    assert stories(march, june) == [{"a"}, {"b"}]


def test_a_single_shared_place_is_no_story(article: Article) -> None:
    bakery = "The oven in Eastmere never goes out. Bread has been baked there every night for ninety years."
    library = "The library in Eastmere will lend ladders from Monday. Readers may keep them for a week."
    assert stories(article("a", bakery), article("b", library)) == [{"a"}, {"b"}]


def test_a_story_takes_its_days_and_title_from_its_articles(article: Article) -> None:
    result = dedupe_articles(
        [
            article("a", WIRE, title="Ferry aground", publisher="Wire", published="2026-03-04T06:00:00+00:00"),
            article("b", WIRE, title="Ferry aground", publisher="Courier", published="2026-03-05T06:00:00+00:00"),
        ]
    )
    (story,) = result.stories
    assert (story.title, story.article_count, story.cluster_count, story.publisher_count) == ("Ferry aground", 2, 1, 2)
    assert (str(story.first_published_on), str(story.last_published_on)) == ("2026-03-04", "2026-03-05")
