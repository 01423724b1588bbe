"""Which pairs of the index have to be looked at after an update, and what comes of it."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pyarrow as pa

from tasks.dedupe.candidates import FEW_FINGERPRINTS, FULL_GROUP, LEAST_MEETINGS, Candidates
from tasks.dedupe.commonness import judge_pairs, measure_commonness
from tasks.dedupe.fingerprints import share_fingerprints
from tasks.dedupe.lexicon import Flags, Floats, Hashes, Ints
from tasks.dedupe.pipeline import compare_in_batch
from tasks.dedupe.records import DuplicatePair
from tasks.stages.article_texts import fetch_texts
from tasks.stages.blob_columns import insert_rows
from tasks.stages.copy_columns import fetch_fingerprints, fetch_sketches
from tasks.stages.copy_spread import fetch_spread
from tasks.stages.portions import cut_fingerprints, cut_places, cut_rows, portion_bytes
from warehouse.build_file import Connection

#: Bytes that judging a pair takes, besides and for each fingerprint of the two.
JUDGING_BYTES, FINGERPRINT_BYTES = 1_000, 32
#: Bytes that a pair which will be compared takes for each word of the two; pairs of so many meetings likely will.
FETCHED_WORD_BYTES, LIKELY_MEETINGS = 12, 6
#: Bytes that comparing takes for each word of the two articles of each pair of a batch.
WORD_BYTES = 48


def find_pairs(connection: Connection) -> None:
    """Fill the temporary table `due` with the pairs of keys that have to be judged, smaller key first."""
    connection.execute("create or replace temp table due (article_key bigint, other_key bigint, meetings bigint)")
    connection.execute("create or replace temp table met (article_key bigint, other_key bigint, meetings bigint)")
    _pairs_of_changed_fingerprints(connection)
    ((count,),) = connection.execute("select count(*) from fresh_postings").fetchall()
    for in_range in cut_fingerprints(connection, count):
        _count_meetings(connection, in_range)
    connection.execute(
        f"""
        insert into due
        select article_key, other_key, sum(meetings) as meetings
        from met
        group by article_key, other_key
        having sum(meetings) >= {LEAST_MEETINGS} or {_few("article_key")} or {_few("other_key")}
        """
    )


def _pairs_of_changed_fingerprints(connection: Connection) -> None:
    """Find older pairs that share a fingerprint whose spread changed."""
    connection.execute(
        f"""
        insert into due
        with posted as materialized (
            select fingerprint, article_key
            from copies.postings
            semi join changed using (fingerprint)
            anti join fresh_keys using (article_key)
        ),
        known as (
            select pairs.article_key, pairs.other_key
            from copies.pairs as pairs
            join posted using (article_key)
            join posted as others on others.article_key = pairs.other_key and others.fingerprint = posted.fingerprint
        ),
        gaining as (
            select posted.fingerprint, posted.article_key
            from posted
            join changed using (fingerprint)
            join copies.spread as spread using (fingerprint)
            where changed.gains and (spread.article_count <= {FULL_GROUP} or posted.article_key <= spread.pivots[-1])
        ),
        gained as (
            select gaining.article_key, others.article_key as other_key
            from gaining
            join posted as others
                on others.fingerprint = gaining.fingerprint and others.article_key > gaining.article_key
        ),
        either as (from known union from gained)
        select article_key, other_key, null as meetings from either
        """
    )


def _count_meetings(connection: Connection, in_range: str) -> None:
    """Count how often fresh articles meet others at a range of fingerprints: adds to `met`, smaller key first."""
    connection.execute(
        f"""
        insert into met
        with mine as materialized (
            select fingerprint, article_key, article_count, pivots
            from fresh_postings
            join copies.spread using (fingerprint)
            where {in_range} and not is_silent
        ),
        meeting_all as (
            select fingerprint, article_key from mine where article_count <= {FULL_GROUP} or article_key <= pivots[-1]
        ),
        after as (
            select meeting_all.article_key, postings.article_key as other_key
            from meeting_all
            join copies.postings as postings
                on postings.fingerprint = meeting_all.fingerprint and postings.article_key > meeting_all.article_key
        ),
        known_holders as (
            select mine.article_key, postings.article_key as other_key
            from mine
            join copies.postings as postings using (fingerprint)
            where article_count <= {FULL_GROUP}
            union all
            select article_key, unnest(pivots) as other_key from mine where article_count > {FULL_GROUP}
        ),
        before as (
            select other_key as article_key, article_key as other_key
            from known_holders
            where other_key < article_key and other_key not in (from fresh_keys)
        )
        select article_key, other_key, count(*)
        from (from after union all from before)
        group by article_key, other_key
        """
    )


def _few(key: str) -> str:
    """Write the condition that an article may have so few fingerprints that one meeting is enough.

    Those of its own level may be eight times as many as those of the other's.
    """
    return f"{key} in (select article_key from copies.articles where fingerprint_count <= {8 * (FEW_FINGERPRINTS + 1)})"


def judge_due(connection: Connection, source: str) -> None:
    """Judge the pairs in `due`, compare those that share enough, and keep what comes of it."""
    for table in ("pairs", "duplicates"):
        connection.execute(
            f"delete from copies.{table} where (article_key, other_key) in (select article_key, other_key from due)"
        )
    for portion in _cut_due(connection):
        rows = connection.execute(
            "select article_key, other_key from due_pairs where portion = ? order by article_key, other_key", [portion]
        ).fetchnumpy()
        _judge(connection, source, np.asarray(rows["article_key"]), np.asarray(rows["other_key"]))


def _cut_due(connection: Connection) -> list[int]:
    """Cut the pairs in `due` into portions, those of one likely group side by side: each article is fetched seldom."""
    connection.execute(
        f"""
        create or replace temp table neighbours as
        with likely as (select * from due where meetings is null or meetings >= {LIKELY_MEETINGS})
        select article_key, min(other_key) as first_key
        from (
            select article_key, article_key as other_key from likely
            union all
            select other_key, article_key from likely
        )
        group by article_key
        """
    )
    return cut_rows(
        connection,
        "due_pairs",
        f"""
        select
            due.article_key,
            due.other_key,
            coalesce(least(one.first_key, two.first_key), due.article_key) as group_key,
            first.fingerprint_count + other.fingerprint_count as fingerprint_count,
            if(meetings < {LIKELY_MEETINGS}, 0, first.word_count + other.word_count) as word_count
        from due
        join copies.articles as first on first.article_key = due.article_key
        join copies.articles as other on other.article_key = due.other_key
        left join neighbours as one on one.article_key = due.article_key
        left join neighbours as two on two.article_key = due.other_key
        """,
        weight=f"{JUDGING_BYTES} + {FINGERPRINT_BYTES} * fingerprint_count + {FETCHED_WORD_BYTES} * word_count",
        order="group_key, article_key, other_key",
    )


def _judge(connection: Connection, source: str, first_keys: Ints, other_keys: Ints) -> None:
    keys, number = np.unique(np.concatenate([first_keys, other_keys]), return_inverse=True)
    first, other = number[: len(first_keys)], number[len(first_keys) :]
    shared = share_fingerprints(fetch_fingerprints(connection, keys), first, other)
    spread, pivot_keys, pivots = fetch_spread(connection, np.unique(shared.value))
    common = measure_commonness(spread, pivots)
    last_pivot = np.append(pivot_keys, -1)[spread.last_pivots()]
    judgement = judge_pairs(shared, first_keys, spread, last_pivot, common)
    rows = np.flatnonzero(judgement.worth_comparing)
    score, is_series = _compare(connection, source, first_keys[rows], other_keys[rows], spread.value, common)
    scores, series = np.full(len(first), np.nan), np.zeros(len(first), bool)
    scores[rows], series[rows] = score, is_series
    found = pa.table(
        {
            "article_key": first_keys,
            "other_key": other_keys,
            "score": pa.array(scores, from_pandas=True),
            "is_series": series,
        }
    ).filter(pa.array(judgement.met))
    insert_rows(connection, "copies.pairs", found)


def _compare(
    connection: Connection, source: str, first_keys: Ints, other_keys: Ints, value: Hashes, common: Floats
) -> tuple[Floats, Flags]:
    keys, number = np.unique(np.concatenate([first_keys, other_keys]), return_inverse=True)
    sketches, articles = fetch_sketches(connection, keys), fetch_texts(connection, source, keys)
    ids = np.array([article.article_id for article in articles], dtype=object)
    one, two = number[: len(first_keys)], number[len(first_keys) :]
    turned = ids[one] > ids[two] if len(one) else np.zeros(0, bool)
    pairs = Candidates(np.where(turned, two, one), np.where(turned, one, two))
    scores, series, reported = [np.zeros(0)], [np.zeros(0, bool)], []
    words = sketches.words.lengths()
    most = portion_bytes(connection) // (2 * WORD_BYTES)
    for rows in cut_places(words[pairs.first] + words[pairs.other], most):
        verified = compare_in_batch(articles, sketches, pairs.take(rows), value, common)
        scores.append(verified.score)
        series.append(verified.is_series)
        reported.extend(verified.pairs)
    if reported:
        key_of = dict(zip(ids.tolist(), keys.tolist(), strict=True))
        columns: dict[str, list[object]] = {
            field.name: [getattr(pair, field.name) for pair in reported] for field in fields(DuplicatePair)
        }
        ends = [(key_of[pair.article_id], key_of[pair.other_article_id]) for pair in reported]
        columns |= {"article_key": [min(end) for end in ends], "other_key": [max(end) for end in ends]}
        insert_rows(connection, "copies.duplicates", pa.table(columns))
    return np.concatenate(scores), np.concatenate(series)
