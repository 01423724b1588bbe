"""Pages of several articles: each is one of its own, with publisher and time; an ordinary page is never cut."""

from __future__ import annotations

from typing import Any

import pytest

STORIES = {
    "Ferry Company Orders Two New Ships": [
        "The ferry company said on Monday that it would order two new ships, each for two hundred people, to replace a "
        "fleet that is older than most of its crews.",
        "The ships will be built in a yard on the southern coast and are to sail from next summer, when the old ferry "
        "Gull is retired after forty years of service on the northern route.",
        "Passengers on the islands had complained for years about cancelled sailings; the ferry operator counted "
        "ninety of them last winter alone, most because of its ageing engines.",
        "The order is worth sixty million and will be paid in three parts, the last of them when the second of the two "
        "ships has passed its trials at sea.",
        "Unions welcomed the order and asked that the crews be trained before the first of the ships arrives.",
    ],
    "Storm Closes Schools Along the Coast": [
        "Schools along the coast stayed closed on Thursday after a storm tore roofs from three gyms and left eleven "
        "villages without power for most of the night.",
        "The weather service had warned of gusts of up to a hundred and forty kilometres an hour and said that the "
        "storm would move inland by the evening.",
        "Fire crews were called out more than two hundred times, mostly for fallen trees; no one was badly hurt, the "
        "district office said in the afternoon.",
        "Classes will start again on Monday at the earliest, since two of the damaged buildings have to be checked by "
        "engineers before children may return to them.",
        "The schools will send lessons by post to families without a connection to the network.",
    ],
    "Council Passes Budget After Night of Talks": [
        "The city council passed its budget early on Friday by a single vote, after a night of talks that several "
        "members described as the longest they had sat through.",
        "The budget raises the tax on second homes and cuts the allowance for the theatre, which had sold fewer "
        "tickets than planned in each of the last four seasons.",
        "The mayor said that the council had kept its promise to repair the roads first and that everything else had "
        "to wait until the debt of the city is lower.",
        "Members of the opposition voted against the budget because it takes money from the reserve, which they want "
        "to keep for another winter with high prices.",
        "A second reading of the budget is planned for the end of the month, when all members are to be present.",
    ],
}
TITLES = list(STORIES)
PUBLISHERS = ("Coast Times", "Pier Weekly", "Harbour Post")
AGES = ("2 hours ago", "5 hours ago", "1 day ago")
DAYS = ("7 August 2025", "6 August 2025", "5 August 2025")
ISO_DAYS = ["2025-08-07", "2025-08-06", "2025-08-05"]


def pasted(layout: str, times: tuple[str, ...], paragraphs: int = 5) -> str:
    """Write the three stories one below the other, each headed in a layout."""
    parts = []
    for title, publisher, time in zip(TITLES, PUBLISHERS, times, strict=True):
        head = layout.format(title=title, publisher=publisher, time=time)
        parts.append("\n".join([head, *STORIES[title][:paragraphs]]))
    return "\n\n".join(parts)


@pytest.mark.parametrize(
    ("layout", "times"),
    [
        ("{publisher} · {time}\n{title}", AGES),
        ("{time} | {publisher}\n{title}", AGES),
        ("{title}\n{publisher} · {time}", AGES),
        ("{publisher}\n{time}\n{title}", AGES),
        ("{publisher} · {time}\n{title}", ("vor 2 Stunden", "vor 19 Minuten", "vor einer Stunde")),
        ("{publisher} | {time}\n{title}", ("hace 2 horas", "hace 5 horas", "hace 1 día")),
        ("{publisher} · {time}\n{title}", ("3 godziny temu", "5 godzin temu", "2 dni temu")),
        ("{publisher}\n{time}\n{title}", ("3 часа назад", "5 часов назад", "2 дня назад")),
        ("{time} | {publisher}\n{title}", ("3 saat önce", "5 saat önce", "2 gün önce")),
        ("{publisher} · {time}\n{title}", ("3 uur geleden", "5 uur geleden", "2 dagen geleden")),
        ("{publisher} · {time}\n{title}", ("منذ 3 ساعات", "منذ 5 ساعات", "منذ 2 يوم")),
        ("{publisher}\n{time}\n{title}", ("3小时前", "5小时前", "2天前")),
    ],
)
def test_each_story_under_a_publisher_and_an_age_is_an_article(clean: Any, layout: str, times: tuple[str, ...]) -> None:
    cleaned = clean(pasted(layout, times))
    found = [(a.role, a.title, a.publisher, a.relative_time) for a in cleaned.document.articles]
    roles = ("lead", "embedded", "embedded")
    assert found == list(zip(roles, TITLES, PUBLISHERS, times, strict=True))
    for ordinal, title in enumerate(TITLES):
        assert cleaned.text(ordinal) == "\n\n".join(STORIES[title])
    assert set(cleaned.removed().values()) == {"embedded-article-label"}


@pytest.mark.parametrize(
    ("layout", "times"),
    [
        ("({publisher}) — {time}\n{title}", DAYS),
        ("{title}\n{time} | {publisher}", DAYS),
        ("{title}\n{publisher}, {time}", ("August 7, 2025", "Aug. 6, 2025 10:30", "2025-08-05")),
        ("Title: {title}\nSource: {publisher}\nDate: {time}", DAYS),
    ],
)
def test_each_story_under_a_publisher_and_a_day_is_an_article(clean: Any, layout: str, times: tuple[str, ...]) -> None:
    articles = clean(pasted(layout, times)).document.articles
    assert [article.title for article in articles] == TITLES
    assert [article.publisher for article in articles] == list(PUBLISHERS)
    assert [article.published for article in articles] == ISO_DAYS


def test_markdown_headings_with_bylines_head_articles(clean: Any) -> None:
    articles = clean(pasted("## {title}\nBy Ana Ruiz\n{time}", DAYS), "text/markdown").document.articles
    assert [(a.title, a.byline, a.published) for a in articles] == [
        (title, "Ana Ruiz", day) for title, day in zip(TITLES, ISO_DAYS, strict=True)
    ]


def test_the_short_items_of_a_digest_are_articles_and_its_greeting_is_none(clean: Any) -> None:
    digest = "Good morning. Here is what to know today.\n\n" + pasted("{title}\n{publisher} · {time}", AGES, 2)
    assert [article.title for article in clean(digest).document.articles] == TITLES


def test_one_related_story_pasted_in_full_is_embedded(clean: Any) -> None:
    lead, related = ("\n".join([title, *STORIES[title]]) for title in TITLES[:2])
    articles = clean(f"{lead}\nRelated Articles\nPier Weekly · 3 hours ago\n{related}").document.articles
    assert [(article.role, article.publisher) for article in articles] == [("lead", None), ("embedded", "Pier Weekly")]


@pytest.mark.parametrize(
    "card",
    [f"{TITLES[2]}\nPier Weekly · 3 hours ago", f"Pier Weekly\n3 hours ago\n{TITLES[2]}", f"{TITLES[2]}\nBy Ana Ruiz"],
)
def test_a_teasers_card_inside_an_article_cuts_nothing(clean: Any, card: str) -> None:
    ferry, storm = STORIES[TITLES[0]], STORIES[TITLES[1]]
    text = "\n".join([TITLES[0], *ferry[:3], card, ferry[3], *ferry[:3], *storm[:1]])
    assert len(clean(text).document.articles) == 1


def test_a_dateline_and_one_byline_make_no_second_article(clean: Any) -> None:
    text = "\n".join([TITLES[0], "Coast Times, 7 August 2025", "By Ana Ruiz", *STORIES[TITLES[0]]])
    assert len(clean(text).document.articles) == 1


def element(title: str, heading: str = "h1", kind: str = "", head: str = "") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORIES[title])
    return f'<article class="{kind}"><{heading}>{title}</{heading}>{head}<div>{paragraphs}</div></article>'


def page(*parts: str) -> str:
    head = '<title>Coast Times</title><meta property="og:site_name" content="Coast Times">'
    menu = '<nav><a href="/">Home</a><a href="/news">News</a></nav>'
    return f"<html><head>{head}</head><body>{menu}<main>{''.join(parts)}</main></body></html>"


SIGNED = "<p>By Ana Ruiz</p><time>7 August 2025</time>"


@pytest.mark.parametrize("heading", ["h1", "h2"])
def test_article_elements_with_headline_byline_and_prose_are_articles(clean: Any, heading: str) -> None:
    cleaned = clean(page(*(element(title, heading, head=SIGNED) for title in TITLES)), "text/html")
    found = [(a.role, a.title, a.publisher, a.byline, a.published) for a in cleaned.document.articles]
    roles = ("lead", "embedded", "embedded")
    assert [title for _, title, *_ in found[1:]] == TITLES[1:]
    assert [(role, *rest) for role, _, *rest in found] == [
        (role, "Coast Times", "Ana Ruiz", "2025-08-07") for role in roles
    ]
    assert cleaned.text(1) == "\n\n".join(STORIES[TITLES[1]])


def test_a_live_blog_is_one_article_that_keeps_all_posts(clean: Any) -> None:
    posts = [element(title, "h2", head=f"<time>1{n}:05</time>") for n, title in enumerate(TITLES)]
    live = page("<h1>Storm on the coast: live updates</h1>", *posts)
    classed = page('<div class="live-blog">', *(element(title, "h2", head=SIGNED) for title in TITLES), "</div>")
    for markup in (live, classed):
        cleaned = clean(markup, "text/html")
        assert len(cleaned.document.articles) == 1
        assert all(text in cleaned.text() for story in STORIES.values() for text in story)


def test_comments_in_article_elements_are_no_articles(clean: Any) -> None:
    comments = "".join(element(title, "h3", "comment", "<time>7 August 2025</time>") for title in TITLES[1:])
    markup = page(element(TITLES[0], head=SIGNED), f'<section id="comments">{comments}</section>')
    assert len(clean(markup, "text/html").document.articles) == 1


def test_labels_on_a_page_of_plain_elements_start_articles(clean: Any) -> None:
    items = [
        f"<div><h2>{title}</h2><div>{publisher} · {age}</div>{''.join(f'<p>{text}</p>' for text in STORIES[title])}</div>"
        for title, publisher, age in zip(TITLES, PUBLISHERS, AGES, strict=True)
    ]
    articles = clean(page(*items), "text/html").document.articles
    assert [(a.title, a.relative_time) for a in articles[1:]] == list(zip(TITLES[1:], AGES[1:], strict=True))
