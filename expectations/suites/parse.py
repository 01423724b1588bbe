"""After parse: every document is accounted for, and its blocks are its text, cut into pieces."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check, Suite
from expectations.offenders import ExpectNoOffenders
from expectations.stock import gxe
from expectations.suites.block_checks import BLOCK_CHECKS
from expectations.suites.columns import columns_and_types
from expectations.suites.ledger_checks import SIGHTINGS_MATCH_DOCUMENTS, counts_are_of_the_tables
from expectations.suites.required_values import required_values
from expectations.suites.stage_counts import stage_count_checks
from expectations.suites.text_shape import (
    BLOCKS_ARE_IN_ORDER,
    DOCUMENTS_ARE_NOT_MOJIBAKE,
    DOCUMENTS_FIT_THEIR_BYTES,
    FEW_DOCUMENTS_ARE_BROKEN,
)

DOCUMENTS = (
    Check(
        name="documents-are-there",
        table="documents",
        expectation=gxe.ExpectTableRowCountToBeBetween(min_value=1),
        description="There is at least one document.",
        severity=CRITICAL,
        why="Every other expectation is true of an empty table.",
        breaks="An input folder that was moved, or a glob that matches nothing.",
    ),
    columns_and_types("documents"),
    columns_and_types("blocks"),
    columns_and_types("quarantine"),
    Check(
        name="document-ids-are-unique",
        table="documents",
        expectation=gxe.ExpectColumnValuesToBeUnique(column="document_id"),
        description="No document_id occurs twice.",
        severity=CRITICAL,
        why="The id is a hash of the content, so a second row is the same document loaded twice.",
        breaks="A load that inserts where it should replace.",
        id_column="document_id",
    ),
    Check(
        name="document-ids-are-hashes",
        table="documents",
        expectation=gxe.ExpectColumnValuesToMatchRegex(column="document_id", regex="^[0-9a-f]{20}$"),
        description="Every document_id is 20 hexadecimal digits.",
        severity=CRITICAL,
        why="Ids are hashes of content; anything else would change from run to run.",
        breaks="A loader that invents sequence numbers.",
        id_column="document_id",
    ),
    Check(
        name="documents-have-a-uri",
        table="documents",
        expectation=gxe.ExpectColumnValuesToNotBeNull(column="uri"),
        description="Every document says where it was found.",
        severity=CRITICAL,
        why="Without it nobody can go back to the source.",
        breaks="A reader of a new container format that forgets to number its records.",
        id_column="document_id",
    ),
    Check(
        name="document-status-is-present",
        table="documents",
        expectation=gxe.ExpectColumnValuesToNotBeNull(column="status"),
        description="Every document has a status.",
        severity=CRITICAL,
        why="A missing value would slip through the check of the vocabulary.",
        breaks="A document that left its stage by a way nobody thought of.",
        id_column="document_id",
    ),
    Check(
        name="document-status-is-known",
        table="documents",
        expectation=gxe.ExpectColumnValuesToBeInSet(column="status", value_set=["parsed", "quarantined"]),
        description="Every document is parsed or quarantined.",
        severity=CRITICAL,
        why="There is no third way for a document to end.",
        breaks="A new status that the audit does not know yet.",
        id_column="document_id",
    ),
    Check(
        name="document-lengths-are-not-negative",
        table="documents",
        expectation=gxe.ExpectColumnValuesToBeBetween(column="byte_length", min_value=0),
        description="Every document has a byte length of at least 0.",
        severity=CRITICAL,
        why="A length is a count.",
        breaks="A length taken from a header instead of from the bytes.",
        id_column="document_id",
    ),
    Check(
        name="parsed-documents-have-text",
        table="documents",
        expectation=ExpectNoOffenders(
            query="""
select document_id
from documents
where status = 'parsed' and (encoding is null or not regexp_matches(coalesce(text, ''), '[^\\s]'))"""
        ),
        description="Every parsed document has an encoding and a text that is not blank.",
        severity=CRITICAL,
        why="All offsets count in that text.",
        breaks="An empty page that was not refused.",
        id_column="document_id",
        set_aside="document",
    ),
    Check(
        name="documents-decode-cleanly",
        table="documents",
        expectation=ExpectNoOffenders(
            query="""
select document_id, length(text) - length(replace(text, chr(65533), '')) as replacement_count
from documents
where length(text) - length(replace(text, chr(65533), '')) > 2 + 0.002 * length(text)"""
        ),
        description="No document has more than 2 replacement characters (U+FFFD) and 0.2 % of its text.",
        severity=WARNING,
        why="A page may carry one or two of its own; more means that it was decoded with the wrong encoding.",
        breaks="A page whose header names another encoding than it is written in.",
        id_column="document_id",
    ),
)

CONSERVATION = (
    Check(
        name="parsed-documents-have-blocks",
        table="documents",
        expectation=ExpectNoOffenders(
            query="""
select document_id
from documents
where status = 'parsed' and document_id not in (select document_id from blocks where document_id is not null)"""
        ),
        description="Every parsed document has at least one block.",
        severity=CRITICAL,
        why="Every character of a parsed document lies in a block.",
        breaks="A batch whose part was not loaded.",
        id_column="document_id",
    ),
    Check(
        name="quarantined-documents-have-a-reason",
        table="documents",
        expectation=ExpectNoOffenders(
            query="""
select document_id
from documents
where status = 'quarantined'
    and document_id not in (select document_id from quarantine where document_id is not null)"""
        ),
        description="Every quarantined document has a row in quarantine that says why.",
        severity=CRITICAL,
        why="Nothing is lost without a reason.",
        breaks="A refusal that sets the status and writes no row.",
        id_column="document_id",
    ),
    Check(
        name="quarantined-documents-keep-no-block",
        table="documents",
        expectation=ExpectNoOffenders(
            query="""
select document_id
from documents
where status = 'quarantined' and document_id in (select document_id from blocks where is_kept)"""
        ),
        description="No block of a quarantined document is kept.",
        severity=CRITICAL,
        why="What is refused must not be half published.",
        breaks="A document that was refused after its blocks were loaded.",
        id_column="document_id",
    ),
    Check(
        name="quarantine-reasons-are-known",
        table="quarantine",
        expectation=gxe.ExpectColumnValuesToBeInSet(
            column="reason",
            value_set=[
                "empty",
                "binary",
                "undecodable",
                "too-large",
                "not-text",
                "truncated",
                "malformed-record",
                "unsupported",
                "unreadable",
                "no-article-found",
                "stage-failed",
                "expectation-failed",
            ],
        ),
        description="Every reason for quarantine is one of the documented reasons.",
        severity=CRITICAL,
        why="Whoever looks for refused documents filters on the reason.",
        breaks="A new reason that the audit does not know yet.",
        id_column="document_id",
    ),
    Check(
        name="quarantine-stages-are-known",
        table="quarantine",
        expectation=gxe.ExpectColumnValuesToBeInSet(
            column="stage", value_set=["discover", "parse", "clean", "dedupe", "enrich"]
        ),
        description="Everything in quarantine was refused by discover, parse, clean, dedupe or enrich.",
        severity=CRITICAL,
        why="Whoever mends a stage looks for what it refused.",
        breaks="A new stage that the audit does not know yet.",
        id_column="document_id",
    ),
)

SUITE = Suite(
    "parse",
    (
        *DOCUMENTS,
        *map(required_values, ("documents", "sightings", "blocks", "quarantine")),
        FEW_DOCUMENTS_ARE_BROKEN,
        DOCUMENTS_ARE_NOT_MOJIBAKE,
        DOCUMENTS_FIT_THEIR_BYTES,
        *BLOCK_CHECKS,
        BLOCKS_ARE_IN_ORDER,
        *CONSERVATION,
        SIGHTINGS_MATCH_DOCUMENTS,
        *stage_count_checks("parse"),
        counts_are_of_the_tables("parse"),
    ),
)
