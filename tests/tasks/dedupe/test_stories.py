from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


SERIES = (
    "The Westmark 50 closed {move} on {day}, {led}. The index ended at {points} points after {volume} million shares "
    "changed hands. Brokers at Ansgar Brothers said investors were waiting for figures on prices.\n\nSkerry Line "
    "{ferry} and Calder Foods {foods}. Turnover on the exchange in Port Calder was {turnover} million crowns."
)
MONDAY = {"move": "lower", "day": "Monday", "led": "dragged down by shipping", "points": "4,812", "volume": "61"}
MONDAY |= {"ferry": "fell 6.2 percent", "foods": "rose 0.4 percent", "turnover": "212"}
TUESDAY = {"move": "higher", "day": "Tuesday", "led": "lifted by food makers", "points": "4,907", "volume": "48"}
TUESDAY |= {"ferry": "won back 2.8 percent", "foods": "gained 3.1 percent", "turnover": "187"}


def test_the_market_reports_of_two_days_are_two_stories(article: Article) -> None:
    reports = article("a", SERIES.format(**MONDAY)), article("b", SERIES.format(**TUESDAY))
    assert stories(*reports) == [{"a"}, {"b"}]


def test_a_follow_up_a_week_later_belongs_to_its_story(article: Article) -> None:
    later = (
        "The captain of the Saint Orla told a hearing in Port Calder that the steering failed without warning. Joris "
        "Rask of the coast guard described the rescue of the ferry's passengers from the sandbank. The Westmark "
        "Maritime Safety Board asked Skerry Line for its maintenance records, and Paul Ansgar promised them."
    )
    first, second = "2026-03-04T06:00:00+00:00", "2026-03-11T06:00:00+00:00"
    assert stories(article("a", WIRE, published=first), article("b", later, published=second)) == [{"a", "b"}]


def test_two_unrelated_articles_in_a_language_without_a_table_of_common_words_are_two_stories(article: Article) -> None:
    bridge = (
        "El ayuntamiento de Halden aprobó cerrar el puente viejo al tráfico porque los técnicos encontraron grietas en "
        "los cables. También pidió dinero al gobierno para arreglarlo, pero todavía no hay respuesta. Cuando empiecen "
        "las obras, los autobuses darán un rodeo por el molino, según explicó la ingeniera Nadia Roth."
    )
    school = (
        "El colegio de Tarn estrenó una biblioteca porque las familias reunieron libros durante todo el invierno. "
        "También habrá cuentos cada viernes, pero todavía no hay horario. Cuando llegue el verano, los alumnos podrán "
        "llevarse tres libros a casa, según explicó el director Martín Sedal."
    )
    assert stories(article("a", bridge), article("b", school)) == [{"a"}, {"b"}]


def test_a_telling_in_another_language_meets_its_story_by_the_names(article: Article) -> None:
    english = (
        "A ferry of Skerry Line ran aground off Port Calder. Joris Rask led the rescue, and Paul Ansgar apologised. "
        "The Saint Orla will be towed to Norderhafen."
    )
    spanish = (
        "El transbordador Saint Orla, de Skerry Line, encalló cerca de Port Calder con todos los pasajeros a salvo. "
        "Joris Rask dirigió el rescate. Paul Ansgar pidió disculpas, y el barco irá a Norderhafen para su reparación."
    )
    assert stories(article("a", english), article("b", spanish), article("c", OTHER)) == [{"a", "b"}, {"c"}]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)))
def test_the_order_of_the_articles_plays_no_part(article: Article, order: list[int]) -> None:
    told = [
        article("a", WIRE, published="2026-03-04T06:00:00+00:00"),
        article("b", LOCAL),
        article("c", OTHER),
        article("d", WIRE[:260], published="2026-03-05T06:00:00+00:00"),
        article("e", SERIES.format(**MONDAY)),
        article("f", SERIES.format(**TUESDAY)),
    ]
    result = dedupe_articles([told[number] for number in order])
    expected = dedupe_articles(told)
    assert (result.stories, result.assignments) == (expected.stories, expected.assignments)
