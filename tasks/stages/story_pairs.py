"""Which pairs of the index of stories have to be looked at after an update, and what comes of it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from tasks.dedupe.lexicon import Flags, Ints
from tasks.dedupe.stories import StoryPairs, weigh_pairs
from tasks.dedupe.story_cells import ALL_PERIODS, ANY_KEY, NO_PERIOD, SILENT_COUNT
from tasks.dedupe.story_meetings import LEAST_MEETINGS
from tasks.dedupe.story_series import are_series
from tasks.stages.copy_columns import fetch_sketches
from tasks.stages.story_index import fetch_cells, fetch_tellings
from warehouse.build_file import Connection

#: Articles whose meetings are counted at once, and pairs compared at once: bounds the memory.
MEETING_AT_ONCE, COMPARED_AT_ONCE = 20_000, 100_000


def find_story_pairs(connection: Connection) -> None:
    """Fill the temporary table `stories_due` with the pairs of keys that have to be compared, smaller key first."""
    connection.execute("create or replace temp table stories_due (article_key bigint, other_key bigint)")
    _known_pairs(connection)
    connection.execute(
        f"""
        create or replace temp table refreshed as
        select article_key from told_fresh
        union
        select article_key
        from stories.postings as postings
        join cells_changed as cells
            on cells.term = postings.term and (cells.period = postings.period or cells.period = {ALL_PERIODS})
        where cells.gains
        """
    )
    _take_seats(connection)
    keys = connection.execute("select article_key from refreshed order by article_key").fetchnumpy()["article_key"]
    for start in range(0, len(keys), MEETING_AT_ONCE):
        last = min(start + MEETING_AT_ONCE, len(keys)) - 1
        _meet(connection, int(keys[start]), int(keys[last]))


def _known_pairs(connection: Connection) -> None:
    """Find the known pairs that share a word whose cell changed."""
    connection.execute(
        f"""
        insert into stories_due
        with changed as (
            select term, period from cells_changed where not gains
        ),
        near as (
            select distinct term, period + step as period
            from changed, (values (-1), (0), (1)) as steps (step)
            where period <> {ALL_PERIODS}
        ),
        anywhere as (
            select term from changed where period = {ALL_PERIODS}
        ),
        holders as materialized (
            select
                term,
                article_key,
                (term, period) in (select (term, period) from changed) as is_changed,
                period = {NO_PERIOD} and term in (from anywhere) as is_anywhere
            from stories.postings
            where (term, period) in (select (term, period) from near) or term in (from anywhere)
        )
        select distinct pairs.article_key, pairs.other_key
        from stories.pairs as pairs
        join holders as one on one.article_key = pairs.article_key
        join holders as two on two.article_key = pairs.other_key and two.term = one.term
        where one.is_changed or two.is_changed or one.is_anywhere or two.is_anywhere
        """
    )


def _take_seats(connection: Connection) -> None:
    """List who sits in the cells that count for the refreshed articles, and who is a host there: `seats`."""
    connection.execute(
        f"""
        create or replace temp table seats as
        with mine as (
            select distinct term, period from stories.postings semi join refreshed using (article_key)
        ),
        near as (
            select distinct term, period + step as period
            from mine, (values (-1), (0), (1)) as steps (step)
            where period <> {NO_PERIOD}
        ),
        anywhere as (
            select distinct term
            from stories.postings
            where period = {NO_PERIOD} and term in (select term from mine)
        ),
        taken as (
            select term, period, period as cell, article_key
            from stories.postings
            where period <> {NO_PERIOD} and (term, period) in (select (term, period) from near)
            union all
            select term, period, {ALL_PERIODS} as cell, article_key
            from stories.postings
            semi join anywhere using (term)
        )
        select
            taken.term,
            taken.period,
            taken.cell,
            taken.article_key,
            article_key <= coalesce(last_host, {ANY_KEY}) as is_host,
            article_key in (from refreshed) as is_refreshed
        from taken
        left join stories.cells as cells on cells.term = taken.term and cells.period = taken.cell
        where coalesce(article_count, 1) < {SILENT_COUNT}
        """
    )


def _meet(connection: Connection, first_key: int, last_key: int) -> None:
    """Find the pairs that refreshed articles of a range of keys make with all others, if they meet often enough."""
    visit = f"""
        select least(mine.article_key, others.article_key) as one, greatest(mine.article_key, others.article_key) as two
        from mine
        join seats as others on others.term = mine.term and others.cell = mine.cell + mine.step
        where mine.article_key <> others.article_key
          and (not others.is_refreshed or mine.article_key < others.article_key)
          and (mine.cell <> {ALL_PERIODS} or mine.period = {NO_PERIOD} or others.period = {NO_PERIOD})
    """
    connection.execute(
        f"""
        insert into stories_due
        with mine as materialized (
            select *
            from seats, (values (-1), (0), (1)) as steps (step)
            where article_key between $first_key and $last_key
              and is_refreshed
              and (cell <> {ALL_PERIODS} or step = 0)
        ),
        visits as (
            {visit} and others.is_host
            union all
            {visit} and not others.is_host and mine.is_host
        )
        select one, two from visits group by one, two having count(*) >= {LEAST_MEETINGS}
        """,
        {"first_key": first_key, "last_key": last_key},
    )


def compare_due(connection: Connection) -> int:
    """Compare the pairs in `stories_due` and keep what comes of it; returns how many they are.

    Adds the articles of changed pairs to the temporary table `stories_touched`.
    """
    connection.execute("create or replace temp table compared as from stories.pairs limit 0")
    connection.execute(
        "create or replace temp table pairs_due as "
        "select *, row_number() over (order by article_key, other_key) - 1 as place "
        "from (select distinct article_key, other_key from stories_due)"
    )
    ((count,),) = connection.execute("select count(*) from pairs_due").fetchall()
    for start in range(0, count, COMPARED_AT_ONCE):
        rows = connection.execute(
            "select article_key, other_key from pairs_due where place between ? and ? order by place",
            [start, start + COMPARED_AT_ONCE - 1],
        ).fetchnumpy()
        _compare(connection, np.asarray(rows["article_key"]), np.asarray(rows["other_key"]))
    _keep_compared(connection)
    return int(count)


def _compare(connection: Connection, first_keys: Ints, other_keys: Ints) -> None:
    keys, number = np.unique(np.concatenate([first_keys, other_keys]), return_inverse=True)
    told = fetch_tellings(connection, keys)

    def find_series(first: Ints, other: Ints) -> Flags:
        involved, place = np.unique(np.concatenate([first, other]), return_inverse=True)
        words = fetch_sketches(connection, keys[involved]).words
        return are_series(words, place[: len(first)], place[len(first) :])

    pairs = weigh_pairs(
        told, fetch_cells(connection, told), number[: len(first_keys)], number[len(first_keys) :], find_series
    )
    connection.register("weighed", _as_table(keys, pairs))
    connection.execute("insert into compared by name from weighed")
    connection.unregister("weighed")


def _as_table(keys: Ints, pairs: StoryPairs) -> pa.Table:
    return pa.table(
        {
            "article_key": keys[pairs.first],
            "other_key": keys[pairs.other],
            "odds": pairs.odds.astype(np.int32),
            "is_series": pairs.is_series,
            "is_listed": np.zeros(len(pairs.first), bool),
        }
    )


def _keep_compared(connection: Connection) -> None:
    """Put the compared pairs in the place of what was known of them."""
    connection.execute(
        """
        update compared set is_listed = true
        where (article_key, other_key) in (select (article_key, other_key) from copies.pairs where is_series)
        """
    )
    connection.execute(
        """
        create or replace temp table replaced as
        from stories.pairs where (article_key, other_key) in (select (article_key, other_key) from pairs_due)
        """
    )
    connection.execute(
        """
        insert into stories_touched
        with moved as (
            (from compared except from replaced) union (from replaced except from compared)
        )
        select article_key from moved union select other_key from moved
        """
    )
    connection.execute(
        "delete from stories.pairs where (article_key, other_key) in (select (article_key, other_key) from replaced)"
    )
    connection.execute("insert into stories.pairs by name from compared")


def mark_listed(connection: Connection) -> None:
    """Mark the pairs that the search for copies now knows, or no longer knows, to be of one form.

    Adds their articles to the temporary table `stories_touched`.
    """
    connection.execute(
        """
        create or replace temp table relisted as
        with listed as (
            select article_key, other_key from copies.pairs where is_series
        ),
        known as (
            select article_key, other_key from stories.pairs where is_listed
        )
        select article_key, other_key, true as is_listed
        from (select article_key, other_key from stories.pairs where not is_listed)
        semi join listed using (article_key, other_key)
        union all
        select article_key, other_key, false from known anti join listed using (article_key, other_key)
        """
    )
    connection.execute(
        """
        update stories.pairs as pairs set is_listed = relisted.is_listed
        from relisted
        where relisted.article_key = pairs.article_key and relisted.other_key = pairs.other_key
        """
    )
    connection.execute(
        "insert into stories_touched select article_key from relisted union select other_key from relisted"
    )
