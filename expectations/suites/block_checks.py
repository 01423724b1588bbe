"""What holds for blocks at every stage: they are the document's text, cut into pieces and nothing else."""

from __future__ import annotations

from expectations.checks import CRITICAL, Check
from expectations.offenders import ExpectNoOffenders
from expectations.stock import gxe

BLOCK_KINDS = [
    "headline",
    "byline",
    "dateline",
    "summary",
    "paragraph",
    "heading",
    "quote",
    "list",
    "table",
    "caption",
    "credit",
    "navigation",
    "teaser",
    "promotion",
    "comments",
    "biography",
    "legal",
    "player",
    "furniture",
    "whitespace",
]

BLOCK_CHECKS = (
    Check(
        name="block-ids-are-unique",
        table="blocks",
        expectation=gxe.ExpectColumnValuesToBeUnique(column="block_id"),
        description="No block_id occurs twice.",
        severity=CRITICAL,
        why="The id is a hash of the document and the place, so a second row is the same block loaded twice.",
        breaks="A load that inserts where it should replace.",
        id_column="block_id",
    ),
    Check(
        name="block-places-are-unique",
        table="blocks",
        expectation=gxe.ExpectCompoundColumnsToBeUnique(column_list=["document_id", "ordinal"]),
        description="No two blocks of a document have the same place.",
        severity=CRITICAL,
        why="The order of the blocks is the order of the text.",
        breaks="Blocks that were split and not numbered again.",
        id_column="block_id",
    ),
    Check(
        name="block-kinds-are-known",
        table="blocks",
        expectation=gxe.ExpectColumnValuesToBeInSet(column="kind", value_set=BLOCK_KINDS),
        description="Every block is of a documented kind.",
        severity=CRITICAL,
        why="The clean text is made of some kinds and not of others; an unknown kind would vanish from it.",
        breaks="A new kind that the audit does not know yet.",
        id_column="block_id",
    ),
    Check(
        name="blocks-are-not-empty",
        table="blocks",
        expectation=gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="char_end", column_B="char_start"),
        description="Every block ends after it starts.",
        severity=CRITICAL,
        why="A range of no characters is no evidence.",
        breaks="A splitter that cuts at the same place twice.",
        id_column="block_id",
        set_aside="document",
    ),
    Check(
        name="blocks-belong-to-a-document",
        table="blocks",
        expectation=ExpectNoOffenders(
            query="""
select block_id, blocks.document_id
from blocks
anti join documents using (document_id)"""
        ),
        description="Every block belongs to a document that is there.",
        severity=CRITICAL,
        why="A block without its document has no evidence.",
        breaks="A part left over from another run.",
        id_column="block_id",
    ),
    Check(
        name="blocks-tile-the-document",
        table="blocks",
        expectation=ExpectNoOffenders(
            query="""
with placed as (
    select
        document_id, block_id, char_start, char_end,
        lag(char_end, 1, 0) over (partition by document_id order by char_start, char_end) as previous_end,
        lead(char_start) over (partition by document_id order by char_start, char_end) as next_start
    from blocks
)
select placed.document_id, block_id, previous_end, char_start, char_end, length(documents.text) as document_length
from placed
join documents using (document_id)
where char_start <> previous_end or (next_start is null and char_end is distinct from length(documents.text))"""
        ),
        description="The blocks of a document cover every character of it once: no gap, no overlap.",
        severity=CRITICAL,
        why="Nothing is lost: every character is kept, or removed by a rule that has a name.",
        breaks="A splitter that drops the separator, or offsets counted in bytes or UTF-16 units.",
        id_column="document_id",
        set_aside="document",
    ),
    Check(
        name="blocks-equal-their-slice",
        table="blocks",
        expectation=ExpectNoOffenders(
            query="""
with joined as (
    select document_id, string_agg(text, '' order by char_start) as text, bool_and(length(text) = char_end - char_start)
        and min(char_start) = 0 and max(char_end) = sum(char_end - char_start) as is_consistent
    from blocks
    group by document_id
),
suspects as (
    select documents.document_id, documents.text
    from documents
    join joined using (document_id)
    where not (joined.is_consistent and joined.text = documents.text) is true
)
select block_id, blocks.document_id
from blocks
join suspects using (document_id)
where substring(suspects.text, char_start + 1, char_end - char_start) is distinct from blocks.text"""
        ),
        description="Every block's text is exactly the slice of the document's text that its offsets name.",
        severity=CRITICAL,
        why="Evidence that does not match is none. Slices are cut only where the joined blocks differ from the text, "
        "because cutting is quadratic in the length of a document that is not ASCII.",
        breaks="Text that was trimmed or normalised after its offsets were taken.",
        id_column="block_id",
        set_aside="document",
    ),
)
