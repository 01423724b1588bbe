"""A small warehouse in memory that every suite passes: three articles, two of them copies, and one refused document."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb
import pytest

from warehouse import schema

DOCUMENTS = {"envoy": "a" * 20, "copy": "b" * 20, "vote": "c" * 20, "broken": "d" * 20}

HEADLINE = unicodedata.normalize(
    "NFD", "Envoy meets minister in café \N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}\n"
)
MET = "The envoy met the minister in the capital on Wednesday, August 6, 2025, officials on both sides said.\n"
TALKS = (
    "The two sides spoke for three hours about the border \N{FLEXED BICEPS}, the price of grain and the return of "
    "prisoners, and each promised to send a written answer before the end of the month, according to a statement that "
    "both governments read out at the same time in front of reporters from a dozen countries.\n"
)
VOTE = "Parliament will vote on the budget on Friday, the speaker told members from every party.\n"
BUDGET = (
    "The finance committee wants to spend less on roads and more on schools; its chair expects a long night, many "
    "amendments and a narrow majority, while the opposition has asked for a delay until the figures are complete.\n"
)


@dataclass(frozen=True, slots=True)
class Piece:
    kind: str
    text: str
    removed_by: str | None = None


PIECES = {
    "envoy": (
        Piece("navigation", "Home | World | Sport\n", "navigation"),
        Piece("headline", HEADLINE),
        Piece("paragraph", MET),
        Piece("paragraph", TALKS),
        Piece("whitespace", "\n \n", "whitespace"),
    ),
    "copy": (Piece("paragraph", MET), Piece("paragraph", TALKS)),
    "vote": (Piece("paragraph", VOTE), Piece("paragraph", BUDGET), Piece("promotion", "Sign up!\n", "newsletter-box")),
}
PUBLISHERS = {"envoy": "Alpha Post", "copy": "Beta News", "vote": "Alpha Post"}
CLUSTERS = {"envoy": ("cluster-1", "story-1"), "copy": ("cluster-1", "story-1"), "vote": ("cluster-2", "story-2")}


def _text(name: str) -> str:
    return "".join(piece.text for piece in PIECES[name])


def _load_documents(connection: duckdb.DuckDBPyConnection) -> None:
    for name, document in DOCUMENTS.items():
        text = _text(name) if name in PIECES else None
        connection.execute(
            "insert into staging.documents values (?, ?, null, ?, ?, ?, ?, ?, null, 'run-1', ?)",
            [
                document,
                f"file:///news/{name}",
                "text/html" if name == "envoy" else "text/plain",
                "utf-8" if text else None,
                "utf-8" if text else None,
                len(text.encode()) if text else 0,
                text,
                "parsed" if text else "quarantined",
            ],
        )
    connection.execute(
        "insert into staging.quarantine values ('run-1', 'parse', ?, null, null, 'empty', 'no bytes', 'file:///news/broken')",
        [DOCUMENTS["broken"]],
    )


def _load_articles(connection: duckdb.DuckDBPyConnection) -> None:
    for name, pieces in PIECES.items():
        start, kept_range = 0, []
        for ordinal, piece in enumerate(pieces):
            end = start + len(piece.text)
            kept_range += [] if piece.removed_by else [start, end]
            connection.execute(
                """
                insert into staging.blocks by name
                select
                    ? as block_id, ? as document_id, ? as article_id, ? as ordinal, ? as kind, ? as char_start,
                    ? as char_end, ? as is_kept, ? as removed_by, ? as text
                """,
                [
                    f"{name}-block-{ordinal}",
                    DOCUMENTS[name],
                    None if piece.removed_by else f"{name}-article",
                    ordinal,
                    piece.kind,
                    start,
                    end,
                    piece.removed_by is None,
                    piece.removed_by,
                    piece.text,
                ],
            )
            start = end
        clean = "\n\n".join(piece.text.strip() for piece in pieces if piece.kind == "paragraph")
        connection.execute(
            """
            insert into staging.articles by name
            select
                ? as article_id, ? as document_id, 0 as ordinal, 'lead' as role, ? as char_start, ? as char_end,
                ? as publisher, 'A title' as title, 'en' as lang, date '2025-08-06' as published_on,
                timestamp '2025-08-06 18:00:00' as published_at, 'json-ld' as published_source,
                date '2025-08-06' as published_earliest_on, date '2025-08-06' as published_latest_on, ? as text,
                ? as word_count, ? as cluster_id, ? as is_canonical, ? as story_id
            """,
            [
                f"{name}-article",
                DOCUMENTS[name],
                kept_range[0],
                kept_range[-1],
                PUBLISHERS[name],
                clean,
                len(clean.split()),
                CLUSTERS[name][0],
                name != "copy",
                CLUSTERS[name][1],
            ],
        )


def _load_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        insert into staging.duplicates values
            ('copy-article', 'envoy-article', 'exact', true, 1, 1, 1, 1, 1, 0, 0.99, '[]');
        insert into staging.clusters values
            ('cluster-1', 'envoy-article', 'smallest-id', 2, 2), ('cluster-2', 'vote-article', 'only-copy', 1, 1);
        insert into staging.stories values
            ('story-1', 'A title', 2, 1, 2, date '2025-08-06', date '2025-08-06'),
            ('story-2', 'A title', 1, 1, 1, date '2025-08-06', date '2025-08-06');
        """
    )


def _load_events(connection: duckdb.DuckDBPyConnection) -> None:
    for name, sentence, phrase, expression, day, event, status in (
        ("envoy", MET, "met", "Wednesday, August 6, 2025", "2025-08-06", "event-1", "occurred"),
        ("copy", MET, "met", "Wednesday, August 6, 2025", "2025-08-06", "event-1", "occurred"),
        ("vote", VOTE, "vote", "on Friday", "2025-08-08", "event-2", "scheduled"),
    ):
        text = _text(name)
        start = text.index(sentence)
        at, named = start + sentence.index(phrase), start + sentence.index(expression)
        connection.execute(
            "insert into staging.time_expressions values (?, ?, ?, ?, ?, ?, ?, 'DATE', 'day', ?, ?, null, 'none')",
            [
                f"{name}-time",
                f"{name}-article",
                DOCUMENTS[name],
                named,
                named + len(expression),
                expression,
                day,
                day,
                day,
            ],
        )
        connection.execute(
            """
            insert into staging.event_mentions values
                (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'day', ?, ?, 'clause', ?, ?, ?, null, ['Envoy'])
            """,
            [
                f"{name}-mention",
                event,
                f"{name}-article",
                DOCUMENTS[name],
                start,
                start + len(sentence.rstrip()),
                at,
                at + len(phrase),
                phrase,
                sentence.rstrip(),
                day,
                day,
                day,
                named,
                named + len(expression),
                status,
            ],
        )
    spoke = _text("envoy").index("spoke")
    connection.execute(
        "insert into staging.undated_mentions values "
        "('envoy-undated', 'envoy-article', ?, ?, ?, ?, ?, 'spoke', 'occurred', 'no-expression')",
        [DOCUMENTS["envoy"], spoke - 14, spoke + 40, spoke, spoke + 5],
    )
    connection.execute(
        """
        insert into staging.events values
            ('event-1', 'met', date '2025-08-06', date '2025-08-06', 'day', '2025-08-06', 'occurred', null, ['Envoy'],
                'story-1', 2, 2, 2, date '2025-08-06', false, [null], null),
            ('event-2', 'vote', date '2025-08-08', date '2025-08-08', 'day', '2025-08-08', 'scheduled', null, [],
                'story-2', 1, 1, 1, date '2025-08-06', false, [], null);
        """
    )


def _load_entities(connection: duckdb.DuckDBPyConnection) -> None:
    named, said = "Parliament", "members from every party"
    text = _text("vote")
    start = text.index(VOTE)
    connection.execute(
        """
        insert into staging.entities values
            ('entity-1', 'organisation', 'Parliament', ['Parliament'], 1, 1, 1, date '2025-08-06')
        """
    )
    connection.execute(
        "insert into staging.entity_mentions values ('name-1', 'entity-1', 'vote-article', ?, ?, ?, ?, ?, ?, ?)",
        [DOCUMENTS["vote"], start, start + len(VOTE.rstrip()), start, start + len(named), named, VOTE.rstrip()],
    )
    connection.execute(
        "insert into staging.quotes values ('quote-1', 'quote-1', 1, 'vote-article', ?, ?, ?, ?, 'told', ?, ?, ?, "
        "'name', 'entity-1', null)",
        [
            DOCUMENTS["vote"],
            text.index(said),
            text.index(said) + len(said),
            said,
            named,
            start,
            start + len(named),
        ],
    )


def _load_ledger(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        insert into staging.runs
            values ('run-1', timestamp '2025-08-07 06:00:00', null, 'published', null, ['news'], null, null, null, null);
        insert into staging.stage_counts values
            ('run-1', 'discover', 'record', 4, 4, 0, 0, 0.1), ('run-1', 'parse', 'document', 4, 3, 0, 1, 0.1),
            ('run-1', 'clean', 'document', 3, 3, 0, 0, 0.1), ('run-1', 'dedupe', 'article', 3, 2, 1, 0, 0.1),
            ('run-1', 'enrich', 'article', 3, 3, 0, 0, 0.1);
        insert into staging.sightings select document_id, uri from staging.documents;
        insert into staging.validations
            select
                'run-1', stage, stage, n, stage || '-' || n, 'query', 'It is so.', 'critical', 'pass', null, [], null,
                timestamp '2025-08-07 06:01:00', false
            from (values ('parse'), ('clean'), ('dedupe'), ('enrich')) as stages(stage), range(15) as numbers(n);
        """
    )


def build_warehouse() -> duckdb.DuckDBPyConnection:
    """Return a connection to a good warehouse in schema `staging`, all of it committed."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("create schema staging")
    schema.create_tables(connection, "staging")
    schema.create_views(connection, "staging", schema.view_names())
    for load in (_load_documents, _load_articles, _load_duplicates, _load_events, _load_entities, _load_ledger):
        load(connection)
    return connection


@pytest.fixture(scope="session")
def shared_warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """One good warehouse for the tests that undo what they change."""
    with build_warehouse() as connection:
        yield connection


@pytest.fixture
def warehouse(shared_warehouse: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A good warehouse inside an open transaction, as the gate finds it; rolled back afterwards."""
    shared_warehouse.execute("begin")
    yield shared_warehouse
    shared_warehouse.execute("rollback")


@pytest.fixture
def new_warehouse() -> Iterator[Callable[[], duckdb.DuckDBPyConnection]]:
    """A maker of good warehouses for tests that need one of their own."""
    made: list[duckdb.DuckDBPyConnection] = []

    def make() -> duckdb.DuckDBPyConnection:
        made.append(build_warehouse())
        return made[-1]

    yield make
    for connection in made:
        connection.close()
