"""The index in which articles find others on the same happening: tables of the build file, kept from run to run.

An article's terms depend on it alone. What changes with the others is how far a word has spread in a period, and that
only in steps; so a new article is compared with those that it meets, and older pairs are looked at again only where a
word that both have has passed a step. The tables hold at any time what they would hold if all articles had come at
once.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from tasks.dedupe.columns import publication_hours
from tasks.dedupe.lexicon import Ints
from tasks.dedupe.stories import describe_tellings
from tasks.dedupe.story_cells import ALL_PERIODS, ANY_KEY, FULL_GROUP, HOSTS, NO_PERIOD, Cells
from tasks.dedupe.story_pairs import MOST_SPREAD, Tellings
from tasks.dedupe.story_terms import IS_RARE, Terms
from tasks.stages.article_texts import fetch_texts
from tasks.stages.blob_columns import from_blobs, to_blobs
from tasks.stages.copy_columns import fetch_sketches
from warehouse.build_file import Connection

#: Articles described at once: bounds the memory, whatever the number of articles.
DESCRIBED_AT_ONCE = 5_000

TABLES = ("articles", "postings", "cells", "pairs", "members", "stories")


def clear_stories(connection: Connection) -> None:
    """Forget everything."""
    for table in TABLES:
        connection.execute(f"delete from stories.{table}")


def update_story_index(connection: Connection, source: str) -> int:
    """Take the articles that are no longer canonical out of the index, and those that are new into it.

    Returns how many came or went. Fills the temporary tables `told_fresh` (article_key), `cells_changed` (term, period,
    gains) and `stories_touched` (articles that lost a pair).
    """
    _find_changes(connection)
    _remove_gone(connection)
    connection.execute("create or replace temp table fresh_seats (term uinteger, period integer, article_key bigint)")
    for told, titles in _describe_fresh(connection, source):
        _add(connection, told, titles)
    connection.execute("insert into stories.postings from fresh_seats")
    _update_cells(connection)
    ((count,),) = connection.execute(
        "select (select count(*) from told_fresh) + (select count(*) from told_gone)"
    ).fetchall()
    return int(count)


def _find_changes(connection: Connection) -> None:
    connection.execute(
        """
        create or replace temp table canonical as
        select article_key, content_key
        from copies.articles
        semi join copies.clusters as clusters on clusters.canonical_article_id = articles.article_id
        """
    )
    connection.execute(
        """
        create or replace temp table told_fresh as
        select article_key from canonical anti join stories.articles using (article_key, content_key)
        """
    )
    connection.execute(
        """
        create or replace temp table told_gone as
        select article_key from stories.articles anti join canonical using (article_key, content_key)
        """
    )


def _remove_gone(connection: Connection) -> None:
    connection.execute(
        """
        create or replace temp table departed_seats as
        select distinct term, period from stories.postings semi join told_gone using (article_key)
        """
    )
    connection.execute(
        """
        create or replace temp table stories_touched as
        select article_key from stories.pairs where other_key in (from told_gone)
        union
        select other_key from stories.pairs where article_key in (from told_gone)
        union
        select article_key from stories.members
        where centre_key in (select centre_key from stories.members semi join told_gone using (article_key))
        """
    )
    connection.execute(
        "delete from stories.pairs where article_key in (from told_gone) or other_key in (from told_gone)"
    )
    for table in ("articles", "postings", "members"):
        connection.execute(f"delete from stories.{table} where article_key in (from told_gone)")


def _describe_fresh(connection: Connection, source: str) -> Iterator[tuple[Tellings, list[str | None]]]:
    keys = np.asarray(
        connection.execute("select article_key from told_fresh order by article_key").fetchnumpy()["article_key"]
    )
    for start in range(0, len(keys), DESCRIBED_AT_ONCE):
        chosen = keys[start : start + DESCRIBED_AT_ONCE]
        articles = fetch_texts(connection, source, chosen, with_text=False)
        hours = publication_hours(articles)
        yield (
            describe_tellings(chosen, hours, fetch_sketches(connection, chosen)),
            [article.title for article in articles],
        )


def _add(connection: Connection, told: Tellings, titles: list[str | None]) -> None:
    terms = told.terms
    connection.register(
        "described",
        pa.table(
            {
                "article_key": told.key,
                "title": pa.array(titles, pa.string()),
                "hours": pa.array(told.hours, from_pandas=True),
                "period": told.period.astype(np.int32),
                "is_english": terms.is_english,
                "terms": to_blobs(terms.starts, terms.term),
                "weights": to_blobs(terms.starts, terms.weight),
                "flags": to_blobs(terms.starts, terms.flags),
            }
        ),
    )
    connection.execute(
        "insert into stories.articles by name select described.*, content_key from described join canonical "
        "using (article_key)"
    )
    connection.unregister("described")
    rare, owner = terms.has(IS_RARE), terms.owners()
    seats = {"term": terms.term[rare], "period": told.period[owner[rare]].astype(np.int32)}
    connection.register("taken", pa.table(seats | {"article_key": told.key[owner[rare]]}))
    connection.execute("insert into fresh_seats from taken")
    connection.unregister("taken")


def _update_cells(connection: Connection) -> None:
    """Count the cells anew that articles came to or left, and note which of them now weigh otherwise."""
    connection.execute(
        f"""
        create or replace temp table cells_due as
        with seats as (
            select term, period from fresh_seats union select term, period from departed_seats
        ),
        anywhere as (
            select distinct term, {ALL_PERIODS} as period from seats
        )
        from seats where period <> {NO_PERIOD}
        union all
        from anywhere
        where term in (select term from stories.postings where period = {NO_PERIOD})
           or term in (select term from stories.cells where period = {ALL_PERIODS})
        """
    )
    connection.execute(
        f"""
        create or replace temp table cells_now as
        with held as materialized (
            select term, period, article_key
            from stories.postings
            where term in (select term from cells_due)
        ),
        seats as (
            from held
            union all
            select term, {ALL_PERIODS}, article_key
            from held
            where term in (select term from held where period = {NO_PERIOD})
        )
        select
            term,
            period,
            count(*)::integer as article_count,
            if(count(*) <= {FULL_GROUP}, {ANY_KEY}, list_last(min(article_key, {HOSTS}))) as last_host
        from seats
        semi join cells_due using (term, period)
        group by term, period
        having count(*) > 1
        """
    )
    _note_changes(connection)
    connection.execute("delete from stories.cells where (term, period) in (select (term, period) from cells_due)")
    connection.execute("insert into stories.cells by name from cells_now")


def _note_changes(connection: Connection) -> None:
    """List the cells that weigh otherwise, and whether they may bring pairs together that were not: `cells_changed`.

    A cell that no one left can only come to say less, of fewer pairs.
    """
    connection.execute(
        f"""
        create or replace temp table cells_changed as
        with departed as (
            select term, period from departed_seats
            union
            select term, {ALL_PERIODS} from departed_seats
        ),
        compared as (
            select
                due.term,
                due.period,
                departed.term is not null as was_left,
                {_step("before")} as step_before,
                {_step("now")} as step_now,
                coalesce(before.last_host, {ANY_KEY}) as host_before,
                coalesce(now.last_host, {ANY_KEY}) as host_now
            from cells_due as due
            left join departed using (term, period)
            left join stories.cells as before using (term, period)
            left join cells_now as now using (term, period)
        )
        select term, period, was_left and (step_now < step_before or host_now > host_before) as gains
        from compared
        where step_now <> step_before or host_now <> host_before
        """
    )


def _step(table: str) -> str:
    """Write the step of a count, as `round_count` has it, as far as it matters."""
    return f"least(greatest(floor(log2(coalesce({table}.article_count, 1)) + 1e-9), 1), {MOST_SPREAD + 1})"


def fetch_cells(connection: Connection, told: Tellings) -> Cells:
    """Fetch all cells that count when articles are compared with each other."""
    rare = told.terms.has(IS_RARE)
    term, period = told.terms.term[rare], told.period[told.terms.owners()[rare]]
    connection.register("asked", pa.table({"term": term, "period": period.astype(np.int32)}))
    rows = connection.execute(
        f"""
        with wanted as (
            from asked
            union
            select term, {ALL_PERIODS} from asked where term in (select term from asked where period = {NO_PERIOD})
        )
        select term, period, article_count, last_host
        from stories.cells
        semi join wanted using (term, period)
        order by term, period
        """
    ).fetchnumpy()
    connection.unregister("asked")
    return Cells(*(np.asarray(rows[name], np.int64) for name in ("term", "period", "article_count", "last_host")))


def fetch_tellings(connection: Connection, keys: Ints) -> Tellings:
    """Fetch what is known of articles, in the order of their keys (ascending, distinct)."""
    connection.register("told_keys", pa.table({"article_key": keys}))
    rows = connection.sql(
        "select hours, period, is_english, terms, weights, flags from stories.articles semi join told_keys "
        "using (article_key) order by article_key"
    ).to_arrow_table()
    connection.unregister("told_keys")
    if rows.num_rows != len(keys):
        raise LookupError(f"{len(keys)} articles were asked of the index of stories, and {rows.num_rows} are in it")
    starts, term = from_blobs(rows, "terms", np.uint32)
    return Tellings(
        key=keys,
        terms=Terms(
            starts,
            term,
            from_blobs(rows, "weights", np.float32)[1],
            from_blobs(rows, "flags", np.uint8)[1],
            rows["is_english"].to_numpy(zero_copy_only=False).astype(bool),
        ),
        hours=rows["hours"].to_numpy(zero_copy_only=False).astype(np.float64),
        period=rows["period"].to_numpy(zero_copy_only=False).astype(np.int64),
    )
