"""What a page states about itself is found in its best place, and what the input states wins."""

from __future__ import annotations

import json

import pytest

from tasks.parse import parse_document
from tasks.parse.structured_data import parse_json
from tasks.records import PageMetadata, ParsedDocument, RawDocument, Stated


def metadata(body: str = "<p>Words.</p>", head: str = "", stated: dict[str, str] | None = None) -> PageMetadata:
    content = f"<html lang=en-GB><head>{head}</head><body>{body}</body></html>".encode()
    found = parse_document(RawDocument("id", "file:///x", None, "text/html", content, stated or {}))
    assert isinstance(found, ParsedDocument)
    return found.metadata


def json_ld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'


def test_json_ld_states_everything() -> None:
    found = metadata(
        head=json_ld(
            headline="Rain stops &amp; play resumes",
            datePublished="2026-03-04T23:30:00-05:00",
            dateModified="2026-03-05T08:00:00-05:00",
            author=[{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Ek"}],
            publisher={"name": "The Example"},
            articleSection="Sport",
        )
    )
    assert found.title == Stated("Rain stops & play resumes", "json-ld")
    assert found.published == Stated("2026-03-04T23:30:00-05:00", "json-ld")
    assert found.modified == Stated("2026-03-05T08:00:00-05:00", "json-ld")
    assert found.authors == ("Ann Lee", "Bo Ek")
    assert found.publisher == Stated("The Example", "json-ld")
    assert found.section == Stated("Sport", "json-ld")
    assert found.lang == Stated("en", "meta")


def test_a_graph_with_references_is_followed() -> None:
    graph = {
        "@graph": [
            {"@type": "WebPage", "@id": "#p", "datePublished": "2020-01-01", "name": "x"},
            {"@type": "Article", "headline": "T", "datePublished": "2026-03-04", "author": {"@id": "#a"}},
            {"@type": "Person", "@id": "#a", "name": "Ann Lee"},
        ]
    }
    found = metadata(head=f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert found.published == Stated("2026-03-04", "json-ld")
    assert found.authors == ("Ann Lee",)


def test_the_article_of_the_page_is_told_from_teasers() -> None:
    teaser = json_ld(headline="Another story", datePublished="2020-01-01", url="https://example.org/other")
    own = json_ld(headline="Own story", datePublished="2026-03-04", url="https://example.org/own")
    found = metadata("<h1>Own story</h1><p>x", teaser + own)
    assert found.published == Stated("2026-03-04", "json-ld")


@pytest.mark.parametrize(
    "script",
    ['{"a": 1,}', "<!-- {\"a\": 1} -->", '<![CDATA[\n{"a": 1}\n]]>', '{"a": 1};', '{&quot;a&quot;: 1}',
     '[{"a": 1}, ]', '{"a": 1} {"b": 2}'],
)  # fmt: skip
def test_broken_json_is_mended(script: str) -> None:
    (first, *_) = parse_json(script)
    assert first in ({"a": 1}, [{"a": 1}])


@pytest.mark.parametrize("script", ["", "nothing", "{", "[[[[", '{"a": }'])
def test_hopeless_json_states_nothing(script: str) -> None:
    assert parse_json(script) == []


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<meta property="article:published_time" content="2026-03-04T10:00:00+01:00">', "x",
         Stated("2026-03-04T10:00:00+01:00", "meta")),
        ('<meta name="parsely-pub-date" content="2026-03-04">', "x", Stated("2026-03-04", "meta")),
        ('<meta itemprop="datePublished" content="2026-03-04">', "x", Stated("2026-03-04", "meta")),
        ("", '<h1>T</h1><time datetime="2026-03-04T10:00:00Z">today</time>',
         Stated("2026-03-04T10:00:00+00:00", "time-element")),
        ("", '<abbr class="published" title="2026-03-04">x</abbr>', Stated("2026-03-04", "time-element")),
        ("", "<h1>Title of it</h1><p>4 March 2026</p><p>Words in 2019.</p>", Stated("2026-03-04", "visible-text")),
        ("", "<p>Copyright 1 January 2020</p><h1>Title</h1><p>x</p>", None),
        ("", "<h1>Title</h1><p>Nothing stated.</p>", None),
    ],
)  # fmt: skip
def test_the_publication_date_is_taken_from_its_best_place(head: str, body: str, expected: Stated | None) -> None:
    assert metadata(body, head).published == expected


def test_a_headline_without_a_heading_element_is_found_by_the_title() -> None:
    head = "<title>Rain stops play at Quarry Hill : The Example</title>"
    body = "<p>1 May 2020</p><div><b>Rain stops play at Quarry Hill</b></div><div>Posted: 4 March 2026</div>"
    found = metadata(body, head)
    assert found.published == Stated("2026-03-04", "visible-text")
    assert found.publisher == Stated("The Example", "title-element")


def test_a_day_in_the_address_is_a_date() -> None:
    found = metadata(stated={"url": "https://example.org/news/2026/03/04/story.html"})
    assert found.published == Stated("2026-03-04", "url")


def test_a_time_in_utc_gives_way_to_the_same_instant_in_local_time() -> None:
    head = json_ld(headline="T", datePublished="2026-03-05T04:30:00Z")
    head += '<meta property="article:published_time" content="2026-03-04T23:30:00-05:00">'
    found = metadata(head=head).published
    assert found is not None
    assert found.value == "2026-03-04T23:30:00-05:00"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>Rain stops play | The Example</title><meta property=og:site_name content='The Example'>",
            "x",
            "Rain stops play",
        ),
        (
            "<title>The Example - Rain stops play again</title>",
            "<h1>Rain stops play again</h1>",
            "Rain stops play again",
        ),
        ("<meta property=og:title content='Rain stops play'>", "<h1>The Example</h1><p>x", "Rain stops play"),
        ("", "<h1>Rain stops play</h1>", "Rain stops play"),
    ],
)
def test_the_title_is_the_headline_without_the_site_name(head: str, body: str, title: str) -> None:
    found = metadata(body, head).title
    assert found is not None
    assert found.value == title


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        # nested elements leave white space before a colon
        ("<meta property=og:title content='Port strike: Cranes stand still'>",
         "<h1><b>Port strike</b> <i>:</i> Cranes stand still</h1>", "Port strike: Cranes stand still"),
        # a kicker with a dash before what every other source calls the headline
        ("<meta property=og:title content='Cranes stand still in three ports'>",
         "<h1>Strike in the west - Cranes stand still in three ports</h1>", "Cranes stand still in three ports"),
        # the domain behind a JSON-LD headline
        (json_ld(headline="Cranes stand still in three ports - Example.org")
         + "<meta property=og:site_name content='Example'>", "<p>x", "Cranes stand still in three ports"),
        # a headline for searches, and the one that is shown
        (json_ld(headline="Port strike explained 2026", name="Cranes stand still in three ports"),
         "<h1>Cranes stand still in three ports</h1>", "Cranes stand still in three ports"),
        # a headline that the page does not show is the newsroom's own all the same
        (json_ld(headline="Cranes stand still in three ports"), "<h1>Strike: all the news</h1>",
         "Cranes stand still in three ports"),
    ],
)  # fmt: skip
def test_the_title_is_what_the_newsroom_calls_the_article(head: str, body: str, title: str) -> None:
    found = metadata(body, head).title
    assert found is not None
    assert found.value == title


def test_the_site_name_after_the_headline_is_the_publisher() -> None:
    found = metadata("<h1>Rain stops play</h1>", "<title>Rain stops play - Sport | The Example</title>")
    assert found.publisher == Stated("The Example", "title-element")


def test_a_page_without_a_headline_has_no_title() -> None:
    assert metadata("<p>Only words.</p>").title is None


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        ('<meta name="author" content="By Ann Lee and Bo Ek">', "x", ("Ann Lee", "Bo Ek")),
        ('<meta property="article:author" content="https://example.org/ann">', "x", ()),
        ("", '<a rel="author" href="/ann">Ann Lee</a><p>x', ("Ann Lee",)),
        ("", '<div class="byline">By <a href="/ann">Ann Lee</a>, 4 March 2026</div><p>x', ("Ann Lee",)),
        ("", "<h1>Title</h1><p>By Ann Lee</p><p>Words.</p>", ("Ann Lee",)),
        ("<title>Rain stops play at Quarry Hill : The Example</title>",
         "<div><b>Rain stops play at Quarry Hill</b></div><div>Posted: 4 March 2026<br>By Ann Lee</div>", ("Ann Lee",)),
        ("<meta name=author content=admin>", "<p>x", ()),
        (json_ld(headline="T", author={"@type": "Organization", "name": "The Example"})
         + "<meta property=og:site_name content='The Example'>", '<p class="byline">Ann Lee</p>', ("Ann Lee",)),
    ],
)  # fmt: skip
def test_authors_are_people(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert metadata(body, head).authors == authors


EXAMPLE = "<meta property=og:site_name content='The Example'><link rel=canonical href='https://www.example.org/a'>"


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        # beside people, the site's own name is no author; alone it is, as is its domain
        (json_ld(headline="T", author=[{"name": "Ann Lee"}, {"name": "Example.org"}]), "<p>x", ("Ann Lee",)),
        (json_ld(headline="T", author={"@type": "Organization", "name": "example.org"}), "<p>x", ("example.org",)),
        ("<meta name=author content='Example'>", "<h1>Title</h1><p>von Ann Lee</p><p>x", ("Ann Lee",)),
        ("", '<h1>Title</h1><p class="author">von Ann Lee, EXAMPLE Sport</p><p>x', ("Ann Lee",)),
        # an account's name is taken where nothing better is stated
        ("<meta name=author content=ann.lee>", "<p>x", ("ann.lee",)),
        ("<meta name=author content=annlee99>", '<p class="byline">By Ann Lee</p><p>x', ("Ann Lee",)),
        ("<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ann Lee'>", "x", ("Ann Lee",)),
        # roles and credits are no names
        ("", '<div class="byline"><b>Ann Lee</b><i>Senior Harbour Editor</i></div><p>x', ("Ann Lee",)),
        ("", '<div class="byline">By Ann Lee ⋅ Review Editor ⋅</div><p>x', ("Ann Lee",)),
        ("", '<p class="author">Bild: Bo Ek</p><p>x', ()),
        ("<meta name=author content='News24 Desk'>", "<p>x", ("News24 Desk",)),
        ("<meta name=author content='박준석 기자'>", "<p>x", ("박준석",)),
        # lines that begin, or are parted, as bylines are
        ("", "<h1>Title</h1><p>ByAnn Lee</p><p>x", ("Ann Lee",)),
        ("", "<h1>Title</h1><p>作者：王小明</p><p>x", ("王小明",)),
        ("", "<h1>Title</h1><p>Ann Lee | 4 March 2026</p><p>x", ("Ann Lee",)),
        ("", "<h1>Title</h1><p>Latest news | 4 March 2026</p><p>x", ()),
        ("", "<h1>Title</h1><p><b>Ann Lee/Bo Ek</b></p><p>x", ("Ann Lee", "Bo Ek")),
        ("", "<h1>Title</h1><p><b>The ferry ran aground</b></p><p>x", ()),
        ("", "<h1>Title</h1>" + "<p>Words of it.</p>" * 30 + "<ul><li>Autorin/Autor Ann Lee</li></ul>", ("Ann Lee",)),
    ],
)  # fmt: skip
def test_authors_are_told_from_their_site_their_roles_and_their_accounts(
    head: str, body: str, authors: tuple[str, ...]
) -> None:
    assert metadata(body, EXAMPLE + head).authors == authors


def test_the_canonical_address_is_made_absolute() -> None:
    found = metadata(head='<link rel="canonical" href="/a/b">', stated={"url": "https://example.org/x?utm=1"})
    assert found.url == Stated("https://example.org/x?utm=1", "input")
    assert metadata(head='<link rel="canonical" href="https://example.org/a">').url == Stated(
        "https://example.org/a", "canonical-link"
    )


def test_an_address_is_settled_on_its_canonical_form() -> None:
    fetched = {"url": "https://example.org/a/b?id=3&utm_source=x#top"}
    link = '<link rel="canonical" href="b?id=3"><base href="/a/">'
    assert metadata(head=link, stated=fetched).url == Stated("https://example.org/a/b?id=3", "canonical-link")
    assert metadata(stated=fetched).url == Stated("https://example.org/a/b?id=3#top", "input")
    elsewhere = '<link rel="canonical" href="https://example.org/other">'
    assert metadata(head=elsewhere, stated=fetched).url == Stated(fetched["url"], "input")


def test_what_the_input_states_beats_the_page() -> None:
    stated = {"title": "Given", "published": "Wed, 04 Mar 2026 23:30:00 -0500", "publisher": "P", "lang": "de-AT",
              "fetched_at": "2026-03-05T00:00:00Z", "byline": "By Ann Lee"}  # fmt: skip
    found = metadata("<h1>Other</h1>", json_ld(headline="Other", datePublished="2020-01-01"), stated)
    assert found.title == Stated("Given", "input")
    assert found.published == Stated("2026-03-04T23:30:00-05:00", "input")
    assert found.publisher == Stated("P", "input")
    assert found.lang == Stated("de", "input")
    assert found.fetched == Stated("2026-03-05T00:00:00+00:00", "input")
    assert found.authors == ("Ann Lee",)


def test_a_stated_date_that_is_none_leaves_the_pages_own() -> None:
    found = metadata(head=json_ld(headline="T", datePublished="2026-03-04"), stated={"published": "soon"})
    assert found.published == Stated("2026-03-04", "json-ld")
