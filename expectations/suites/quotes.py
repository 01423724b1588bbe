"""Quotations: the words stand in the text, and whoever said them is named there too."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders
from expectations.stock import gxe
from expectations.suites.columns import columns_and_types
from expectations.suites.evidence import lies_in_article, slice_matches

SOURCES = ["name", "pronoun", "description", "same-speaker", "none"]
REASONS = ["not-named", "no-introduction", "pronoun-unresolved", "pronoun-of-the-writer", "passive", "name-of-no-kind"]

QUOTES = (
    columns_and_types("quotes"),
    Check(
        name="quotes-ids-are-unique",
        table="quotes",
        expectation=gxe.ExpectColumnValuesToBeUnique(column="quote_id"),
        description="No quote_id occurs twice in quotes.",
        severity=CRITICAL,
        why="The id is a hash of the place, so a second row is the same words loaded twice.",
        breaks="A speaker that is joined to two entities.",
        id_column="quote_id",
    ),
    Check(
        name="quotes-speaker-source-is-known",
        table="quotes",
        expectation=gxe.ExpectColumnValuesToBeInSet(column="speaker_source", value_set=SOURCES),
        description="Every quote says how its speaker is told: name, pronoun, description, same-speaker, none.",
        severity=CRITICAL,
        why="Every inferred value says how.",
        breaks="A new way to find speakers that the audit does not know yet.",
        id_column="quote_id",
    ),
    slice_matches("quotes", "quote_id", "text", "char_start", "char_end"),
    Check(
        name="speakers-equal-their-slice",
        table="quotes",
        expectation=ExpectNoOffenders(
            query="""
select quotes.quote_id, quotes.document_id, quotes.article_id, speaker_start, speaker_end, speaker
from quotes
left join documents using (document_id)
where (speaker is null) != (speaker_start is null)
    or substring(documents.text, speaker_start + 1, speaker_end - speaker_start) is distinct from speaker"""
        ),
        description="Every speaker is exactly the slice of the document's text from speaker_start to speaker_end.",
        severity=CRITICAL,
        why="Everything has evidence, and evidence that does not match is none.",
        breaks="Offsets that count within a paragraph instead of the document.",
        id_column="quote_id",
    ),
    lies_in_article("quotes", "quote_id"),
    Check(
        name="speakers-lie-in-their-article",
        table="quotes",
        expectation=ExpectNoOffenders(
            query="""
select quotes.quote_id, quotes.document_id, quotes.article_id, speaker_start, speaker_end
from quotes
join articles using (article_id)
where speaker_start < articles.char_start
    or speaker_end > articles.char_end
    or (speaker_start < quotes.char_end and speaker_end > quotes.char_start)"""
        ),
        description="Every speaker is named in the article, outside of the words quoted.",
        severity=CRITICAL,
        why="Nobody is quoted by what they said about somebody.",
        breaks="A name inside a quotation that is taken for its speaker.",
        id_column="quote_id",
    ),
    Check(
        name="speakers-are-entities",
        table="quotes",
        expectation=ExpectNoOffenders(
            query="""
select quote_id, quotes.document_id, quotes.article_id, quotes.entity_id
from quotes
left join entities using (entity_id)
where quotes.entity_id is not null and entities.entity_id is null"""
        ),
        description="Every speaker's entity is there.",
        severity=CRITICAL,
        why="Whoever asks what a person said goes by the entity.",
        breaks="Entities linked before an article was refused.",
        id_column="quote_id",
    ),
    Check(
        name="unattributed-quotes-say-why",
        table="quotes",
        expectation=ExpectNoOffenders(
            query=f"""
select quote_id, document_id, article_id, entity_id, unresolved_reason
from quotes
where (entity_id is null) = (unresolved_reason is null)
    or unresolved_reason not in ({", ".join(f"'{reason}'" for reason in REASONS)})"""
        ),
        description="Every quote has either an entity that said it, or one of the known reasons why none is given.",
        severity=CRITICAL,
        why="A missing speaker must not look like one that nobody looked for.",
        breaks="A new reason that the audit does not know yet.",
        id_column="quote_id",
    ),
    Check(
        name="utterances-have-all-their-parts",
        table="quotes",
        expectation=ExpectNoOffenders(
            query="""
with utterances as (
    select utterance_id, article_id, count(*) as part_count, min(part) as first_part, max(part) as last_part,
        min_by(quote_id, part) as first_id
    from quotes
    group by utterance_id, article_id
)
select utterance_id as quote_id, article_id, part_count, first_part, last_part
from utterances
where first_part != 1 or last_part != part_count or first_id != utterance_id"""
        ),
        description="The parts of each utterance are numbered from 1 without a gap, and the first gives it its name.",
        severity=CRITICAL,
        why="An utterance is put together again from its parts.",
        breaks="A part that was left out after the numbering.",
        id_column="quote_id",
    ),
    Check(
        name="quotes-mostly-have-a-speaker",
        table="quotes",
        expectation=ExpectNoOffenders(
            query="""
with shares as (
    select count(*) as quote_count, count(*) filter (where speaker_source = 'none') as without_count from quotes
)
select quote_count, without_count, 'quotes' as table_name
from shares
where quote_count >= 50 and without_count > 0.3 * quote_count"""
        ),
        description="Of fifty quotes and more, at most 30 % are introduced by nobody.",
        severity=WARNING,
        why="News attributes what it quotes; many quotes by nobody are titles or furniture.",
        breaks="A source of dialogues or of lists of titles.",
        id_column="table_name",
    ),
)
