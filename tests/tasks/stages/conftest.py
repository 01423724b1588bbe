"""What the tests of the stages share: a build file in memory, and pages put into it as the page stage leaves them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tasks.stages.learned import remove_learned_boilerplate
from tasks.stages.page import stage_documents
from warehouse.build_file import Connection, migrate


@dataclass(frozen=True)
class Page:
    """A page that has been cleaned by itself; a line that starts with "-" was removed from it."""

    name: str
    lines: tuple[str, ...]
    publisher: str | None = "Harbour Post"
    url: str | None = None
    title: str | None = None
    kind: str = "paragraph"


class Stories:
    """Makes pages about subjects of their own, unrelated to one another."""

    subjects = (
        ("ferry", "harbour captain passengers grounding engine lifeboat sandbank"),
        ("bakery", "flour ovens sourdough customers morning recipe pastry"),
        ("council", "budget mayor chamber motion ballot deputies committee"),
        ("orchard", "apples blossom frost growers harvest ladders cider"),
        ("museum", "gallery paintings curator exhibition visitors sculpture entrance"),
        ("railway", "platform timetable carriages signals drivers tracks tunnel"),
        ("hospital", "nurses surgery wards patients doctors emergency clinic"),
        ("festival", "concert stage musicians tickets audience volunteers fireworks"),
        ("library", "novels shelves readers librarian borrowing catalogue archive"),
        ("football", "striker penalty goalkeeper season league defender stadium"),
    )

    def __call__(self, number: int, *extra: str, **options: Any) -> Page:
        """Make a page about a subject, with further lines after the story."""
        subject, words = self.subjects[number]
        first, second = words.split()[:4], words.split()[4:]
        own = (
            f"The {subject} has {', '.join(first)} in the news.",
            f"Of the {subject} people say {' and '.join(second)}.",
        )
        return Page(f"{number}-{subject}", (*own, *extra), **options)


class Warehouse:
    """The build file of a few pages, and what the learning stage makes of them."""

    def __init__(self) -> None:
        self.connection: Connection = duckdb.connect()
        migrate(self.connection)
        self.connection.execute("insert into ledger.loaded_parts values ('raw', 'part')")

    def add(self, pages: Iterable[Page]) -> None:
        """Bring pages into the tables that reading fills."""
        chosen = list(pages)
        documents, articles, blocks = [], [], []
        for page in chosen:
            text = "".join(f"{line.removeprefix('-')}\n" for line in page.lines)
            documents.append({"document_id": page.name, "raw_part": "raw", "media_type": "text/plain", "text": text})
            articles.append(
                {
                    "article_id": f"a-{page.name}", "document_id": page.name, "ordinal": 0, "role": "lead",
                    "char_start": 0, "char_end": len(text), "publisher": page.publisher, "url": page.url,
                    "title": page.title, "authors": ["none"],
                }
            )  # fmt: skip
            blocks += self._blocks(page)
        for table, rows in (("documents", documents), ("articles", articles), ("blocks", blocks)):
            if rows:
                self._insert(f"page.{table}", rows)
        names = [{"document_id": page.name, "uri": f"memory:{page.name}"} for page in chosen]
        if names:
            self._insert("ledger.sightings", names)
            rest = {
                "media_type": "text/plain", "byte_length": 1, "stated": "{}", "raw_part": "raw", "first_run_id": "r",
            }  # fmt: skip
            self._insert("ledger.inputs", [name | rest for name in names])

    def _blocks(self, page: Page) -> Iterator[dict[str, object]]:
        start = 0
        for ordinal, line in enumerate(page.lines):
            is_kept, end = not line.startswith("-"), start + len(line.removeprefix("-")) + 1
            yield {
                "block_id": f"{page.name}/{ordinal}", "document_id": page.name, "ordinal": ordinal,
                "article_id": f"a-{page.name}" if is_kept else None, "kind": page.kind if is_kept else "furniture",
                "char_start": start, "char_end": end, "is_kept": is_kept,
                "removed_by": None if is_kept else "page-furniture",
            }  # fmt: skip
            start = end

    def _insert(self, table: str, rows: list[dict[str, object]]) -> None:
        self.connection.register("rows", pa.Table.from_pylist(rows))
        self.connection.execute(f"insert into {table} by name select * from rows")
        self.connection.unregister("rows")

    def clear(self) -> None:
        """Forget all pages and all that was learned."""
        for table in ("documents", "articles", "blocks", "learned_articles", "learned_lines", "line_evidence"):
            self.connection.execute(f"delete from page.{table}")
        for table in ("inputs", "sightings", "quarantine"):
            self.connection.execute(f"delete from ledger.{table}")

    def hold_back(self, *names: str) -> None:
        """Keep documents out, as a failed expectation does, and no others."""
        self.connection.execute("delete from ledger.quarantine")
        for name in names:
            self.connection.execute(
                "insert into ledger.quarantine (run_id, stage, document_id, reason, detail) "
                "values ('r', 'clean', ?, 'expectation-failed', '')",
                [name],
            )

    def learn(self) -> list[str]:
        """Run the stage; returns the blocks that it removes."""
        stage_documents(self.connection, "r")
        remove_learned_boilerplate(self.connection)
        return list(self.evidence())

    def evidence(self) -> dict[str, str]:
        """Return what is removed, with the evidence in words."""
        return dict(
            self.connection.execute(
                "select block_id, evidence from staging.blocks where removed_by = 'learned-boilerplate' order by 1"
            ).fetchall()
        )

    def state(self) -> list[list[tuple[object, ...]]]:
        """Return all that the stage wrote and keeps."""
        tables = ("staging.blocks", "page.learned_articles", "page.learned_lines", "page.line_evidence")
        return [self.connection.execute(f"from {table} order by all").fetchall() for table in tables]


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    built = Warehouse()
    yield built
    built.connection.close()


@pytest.fixture(scope="session")
def page() -> type[Page]:
    return Page


@pytest.fixture(scope="session")
def story() -> Stories:
    return Stories()


@pytest.fixture(scope="module")
def two_warehouses() -> tuple[Warehouse, Warehouse]:
    """Two build files that a property test clears between its examples."""
    return Warehouse(), Warehouse()
