"""Parse and clean, over documents: bring the batches' results into the build file and derive the staging tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tasks.parts import PARSED
from warehouse.build_file import Connection

#: Documents that a failed expectation quarantined stay out until `dateline quarantine retry`.
HELD_BACK = """
select document_id from ledger.quarantine
where reason = 'expectation-failed' and document_id is not null and block_id is null
"""
#: Blocks that a failed expectation set aside stay out of their article as long.
SET_ASIDE = "select block_id from ledger.quarantine where reason = 'expectation-failed' and block_id is not null"
#: The rule that such blocks name.
SET_ASIDE_RULE = "failed-expectation"


def loaded_parts(connection: Connection) -> dict[str, str]:
    """Return archive part -> the batch result that is loaded for it."""
    return dict(connection.execute("select raw_part, part from ledger.loaded_parts").fetchall())


def load_parsed_parts(connection: Connection, parts: Mapping[str, str]) -> None:
    """Load batch results (archive part -> folder of the result) in place of what was loaded for those parts."""
    for raw_part, part in sorted(parts.items()):
        former = "(select document_id from ledger.inputs where raw_part = $raw_part)"
        for table in PARSED:
            connection.execute(f"delete from page.{table} where document_id in {former}", {"raw_part": raw_part})
            source = str(Path(part) / f"{table}.parquet")
            extra = ", $raw_part as raw_part" if table == "documents" else ""
            parameters = {"source": source} | ({"raw_part": raw_part} if extra else {})
            connection.execute(
                f"insert into page.{table} by name select *{extra} from read_parquet($source)", parameters
            )
        connection.execute("delete from ledger.loaded_parts where raw_part = ?", [raw_part])
        connection.execute("insert into ledger.loaded_parts values (?, ?)", [raw_part, Path(part).name])


def stage_documents(connection: Connection, run_id: str) -> None:
    """Fill staging with the documents and blocks of every input, and the ledger with what was refused."""
    for table in ("documents", "sightings", "blocks"):
        connection.execute(f"delete from staging.{table}")
    connection.execute("insert into staging.sightings select distinct document_id, uri from ledger.sightings")
    _refresh_refusals(connection, run_id)
    connection.execute(
        f"""
        insert into staging.documents by name
        with first_sighting as (
            select document_id, min(uri) as uri from ledger.sightings group by document_id
        )
        select
            inputs.document_id,
            first_sighting.uri,
            inputs.record_id,
            coalesce(page.documents.media_type, inputs.media_type) as media_type,
            page.documents.encoding,
            page.documents.encoding_source,
            inputs.byte_length,
            page.documents.text,
            inputs.stated,
            inputs.first_run_id,
            case
                when inputs.document_id in (
                    select document_id from ledger.quarantine where article_id is null and block_id is null
                )
                    or inputs.document_id in ({HELD_BACK}) then 'quarantined'
                else 'parsed'
            end as status
        from ledger.inputs as inputs
        join first_sighting using (document_id)
        left join page.documents using (document_id)
        """
    )
    connection.execute(
        f"""
        insert into staging.blocks by name
        select
            blocks.* replace (
                case when set_aside.block_id is null then blocks.article_id end as article_id,
                blocks.is_kept and set_aside.block_id is null as is_kept,
                case when set_aside.block_id is null or not blocks.is_kept then blocks.removed_by
                    else '{SET_ASIDE_RULE}' end as removed_by,
                case when set_aside.block_id is null then blocks.restored_rule end as restored_rule
            ),
            substring(documents.text, blocks.char_start + 1, blocks.char_end - blocks.char_start) as text
        from page.blocks as blocks
        left join (select distinct block_id from ({SET_ASIDE})) as set_aside using (block_id)
        join staging.documents as documents using (document_id)
        where documents.document_id not in ({HELD_BACK})
        """
    )


def _refresh_refusals(connection: Connection, run_id: str) -> None:
    """Bring the quarantine in line with what is refused now; rows that stand keep the run that wrote them."""
    connection.execute(
        """
        create or replace temp table refused as
        with first_sighting as (
            select document_id, min(uri) as uri from ledger.sightings group by document_id
        ),
        refusals as (
            select document_id, 'discover' as stage, reason, detail from ledger.refusals
            union
            select document_id, stage, reason, detail from page.refusals
        )
        select refusals.*, first_sighting.uri from refusals left join first_sighting using (document_id)
        """
    )
    connection.execute(
        """
        delete from ledger.quarantine
        where reason <> 'expectation-failed'
          and (
              article_id is not null
              or (stage, document_id, reason) not in (select stage, document_id, reason from refused)
          )
        """
    )
    connection.execute(  # a block that other code no longer cuts so
        """
        delete from ledger.quarantine
        where block_id is not null and block_id not in (select block_id from page.blocks)
        """
    )
    connection.execute(  # a place where it stands now
        """
        update ledger.quarantine set uri = refused.uri
        from refused
        where quarantine.reason <> 'expectation-failed' and quarantine.uri is distinct from refused.uri
            and (quarantine.stage, quarantine.document_id, quarantine.reason)
                = (refused.stage, refused.document_id, refused.reason)
        """
    )
    connection.execute(
        """
        insert into ledger.quarantine (run_id, stage, document_id, reason, detail, uri)
        select $run_id, stage, document_id, reason, any_value(detail order by detail), any_value(uri)
        from refused
        where (stage, document_id, reason) not in (select stage, document_id, reason from ledger.quarantine)
        group by stage, document_id, reason
        """,
        {"run_id": run_id},
    )


def raw_parts(connection: Connection) -> list[str]:
    """Return the archive parts that hold documents, in order."""
    rows = connection.execute(
        "select distinct raw_part from ledger.inputs where raw_part is not null order by raw_part"
    ).fetchall()
    return [raw_part for (raw_part,) in rows]
