"""Evidence: what an expression, an event or a sentence says it quotes stands in the document at that place."""

from __future__ import annotations

from expectations.checks import CRITICAL, Check
from expectations.offenders import ExpectNoOffenders


def slice_matches(table: str, id_column: str, column: str, start: str, end: str) -> Check:
    """Say that a column is exactly the slice of the document's text that two offsets name."""
    what = f"{table}-{column}" if column != "text" else table
    return Check(
        name=f"{what.replace('_', '-')}-equal-their-slice",
        table=table,
        expectation=ExpectNoOffenders(
            query=f"""
select {table}.{id_column}, {table}.document_id, {table}.article_id, {table}.{start}, {table}.{end}
from {table}
left join documents using (document_id)
where {table}.{start} < 0
    or {table}.{end} <= {table}.{start}
    or substring(documents.text, {table}.{start} + 1, {table}.{end} - {table}.{start})
        is distinct from {table}.{column}"""
        ),
        description=f"In {table} the {column} is exactly the slice of the document's text from {start} to {end}.",
        severity=CRITICAL,
        why="Everything has evidence, and evidence that does not match is none.",
        breaks="Offsets that count bytes, UTF-16 units or the clean text instead of the document's characters.",
        id_column=id_column,
    )


def lies_in_article(table: str, id_column: str) -> Check:
    """Say that every row belongs to an article of its document and lies inside that article's range."""
    return Check(
        name=f"{table.replace('_', '-')}-lie-in-their-article",
        table=table,
        expectation=ExpectNoOffenders(
            query=f"""
select {table}.{id_column}, {table}.document_id, {table}.article_id
from {table}
left join articles on articles.article_id = {table}.article_id and articles.document_id = {table}.document_id
where articles.article_id is null
    or {table}.char_start < articles.char_start
    or {table}.char_end > articles.char_end"""
        ),
        description=f"Every row of {table} lies inside an article of its document.",
        severity=CRITICAL,
        why="What is told elsewhere on the page is not told by the article.",
        breaks="Furniture or a neighbouring article that was read along.",
        id_column=id_column,
    )


UNDATED_SENTENCES_HOLD_THEIR_EVENT = Check(
    name="sentences-hold-their-undated-mention",
    table="undated_mentions",
    expectation=ExpectNoOffenders(
        query="""
select event_mention_id, document_id, article_id, sentence_start, char_start, char_end, sentence_end
from undated_mentions
where (sentence_start <= char_start and char_end <= sentence_end) is distinct from true"""
    ),
    description="Every phrase without a date lies inside its sentence.",
    severity=CRITICAL,
    why="The sentence is what says that it has no date.",
    breaks="Offsets of two different sentences.",
    id_column="event_mention_id",
)

SENTENCES_HOLD_THEIR_EVENT = Check(
    name="sentences-hold-their-event",
    table="event_mentions",
    expectation=ExpectNoOffenders(
        query="""
select event_mention_id, document_id, article_id, sentence_start, char_start, char_end, sentence_end
from event_mentions
where (sentence_start <= char_start and char_end <= sentence_end) is distinct from true"""
    ),
    description="Every event phrase lies inside its sentence.",
    severity=CRITICAL,
    why="The sentence is shown as the event's source.",
    breaks="A phrase taken from one sentence and dated by another without saying so.",
    id_column="event_mention_id",
)
