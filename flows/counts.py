"""Counts through the stages: for each, in = kept + duplicate + quarantined."""

from __future__ import annotations

from flows.ledger import StageCount
from tasks.stages.discover import Discovery
from warehouse.build_file import Connection


def count_discovered(run_id: str, found: Discovery, seconds: float) -> StageCount:
    """Records of the inputs: new ones, those known already, and those that could not be read."""
    return StageCount(
        run_id, "discover", "record", found.in_count, found.new_count, found.known_count, found.refused_count, seconds
    )


def count_known(connection: Connection) -> int:
    """Return how many input records are known, from this run or an earlier one."""
    return _count(connection, "select count(*) from ledger.inputs")


def count_parsed(connection: Connection, run_id: str, seconds: float) -> StageCount:
    """Documents that have bytes to parse: parsed, or refused while parsing or by an expectation."""
    everything = _count(connection, "select count(*) from ledger.inputs where raw_part is not null")
    kept = _count(
        connection,
        """
        select count(*) from staging.documents as documents
        where document_id in (select document_id from staging.blocks)
        """,
    )
    return StageCount(run_id, "parse", "document", everything, kept, 0, everything - kept, seconds)


def count_cleaned(connection: Connection, run_id: str, seconds: float) -> StageCount:
    """Parsed documents: those with at least one article, and those in which none was found."""
    everything = _count(connection, "select count(distinct document_id) from staging.blocks")
    kept = _count(connection, "select count(distinct document_id) from staging.articles")
    return StageCount(run_id, "clean", "document", everything, kept, 0, everything - kept, seconds)


def count_deduped(connection: Connection, run_id: str, seconds: float) -> StageCount:
    """Articles: canonical ones, and the copies that a canonical one stands for."""
    everything = _count(connection, "select count(*) from staging.articles")
    kept = _count(connection, "select count(*) from staging.articles where is_canonical")
    return StageCount(run_id, "dedupe", "article", everything, kept, everything - kept, 0, seconds)


def count_enriched(connection: Connection, run_id: str, seconds: float) -> StageCount:
    """Articles: every one is annotated, dated or not."""
    everything = _count(connection, "select count(*) from staging.articles")
    kept = _count(
        connection,
        "select count(*) from page.annotations where article_id in (select article_id from staging.articles)",
    )
    return StageCount(run_id, "enrich", "article", everything, kept, 0, everything - kept, seconds)


def _count(connection: Connection, sql: str) -> int:
    ((count,),) = connection.execute(sql).fetchall()  # all of it: a result left open blocks the connection
    return int(count)
