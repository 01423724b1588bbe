"""After clean: the articles are what was kept, and nothing that belongs to the page rather than to the article."""

from __future__ import annotations

from pathlib import Path

from expectations.checks import CRITICAL, WARNING, Check, Suite
from expectations.offenders import ExpectNoOffenders
from expectations.stock import gxe
from expectations.suites.block_checks import BLOCK_CHECKS
from expectations.suites.boilerplate import BOILERPLATE, REMOVED_SHARE
from expectations.suites.columns import columns_and_types
from expectations.suites.ledger_checks import counts_are_of_the_tables
from expectations.suites.required_values import required_values
from expectations.suites.stage_counts import stage_count_checks
from expectations.suites.text_shape import (
    ARTICLES_ARE_THE_RANGE_OF_THEIR_BLOCKS,
    ARTICLES_BEGIN_AND_END_WITH_THEIR_BLOCKS,
    FEW_LANGUAGES_MISFIT,
    LANGUAGE_FITS_THE_TEXT,
    NO_PARAGRAPH_TWICE,
    TITLES_SHARE_WORDS,
    TITLES_STAND_IN_THEIR_DOCUMENT,
)

#: The codes of ISO 639-1.
LANGUAGE_CODES = [
    code
    for line in (Path(__file__).parents[1] / "language_codes.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for code in line.split()
]

#: SQL character class of everything that Python's str.strip removes.
BLANK = r"[\s\p{Z}\x{0b}\x{1c}-\x{1f}\x{85}]"
NOT_BLANK = r"[^\s\p{Z}\x{0b}\x{1c}-\x{1f}\x{85}]"

ARTICLES = (
    Check(
        name="articles-are-there",
        table="articles",
        expectation=gxe.ExpectTableRowCountToBeBetween(min_value=1),
        description="There is at least one article.",
        severity=CRITICAL,
        why="Every other expectation is true of an empty table, and a warehouse without articles is of no use.",
        breaks="An input of nothing but broken documents.",
    ),
    columns_and_types("articles"),
    columns_and_types("blocks"),
    Check(
        name="article-ids-are-unique",
        table="articles",
        expectation=gxe.ExpectColumnValuesToBeUnique(column="article_id"),
        description="No article_id occurs twice.",
        severity=CRITICAL,
        why="The id is a hash of the document and the place, so a second row is the same article loaded twice.",
        breaks="A load that inserts where it should replace.",
        id_column="article_id",
    ),
    Check(
        name="article-places-are-unique",
        table="articles",
        expectation=gxe.ExpectCompoundColumnsToBeUnique(column_list=["document_id", "ordinal"]),
        description="No two articles of a document have the same place.",
        severity=CRITICAL,
        why="The place tells the lead from the embedded articles.",
        breaks="Articles that were split and not numbered again.",
        id_column="article_id",
    ),
    Check(
        name="articles-have-text",
        table="articles",
        expectation=ExpectNoOffenders(
            query=f"""
select article_id, document_id
from articles
where not regexp_matches(coalesce(text, ''), '{NOT_BLANK}')"""
        ),
        description="Every article has a text that is not blank.",
        severity=CRITICAL,
        why="A page without a text is a refused document, not an empty article.",
        breaks="A rule that removed everything.",
        id_column="article_id",
        set_aside="document",
    ),
    Check(
        name="article-roles-are-known",
        table="articles",
        expectation=gxe.ExpectColumnValuesToBeInSet(column="role", value_set=["lead", "embedded"]),
        description="Every article is the lead of its document or embedded in it.",
        severity=CRITICAL,
        why="People count leads.",
        breaks="A new role that the audit does not know yet.",
        id_column="article_id",
    ),
    Check(
        name="leads-come-first",
        table="articles",
        expectation=ExpectNoOffenders(
            query="select article_id, document_id, role, ordinal from articles where (role = 'lead') <> (ordinal = 0)"
        ),
        description="The lead is the article at place 0 of its document, and no other article is a lead.",
        severity=CRITICAL,
        why="A document has one lead.",
        breaks="Embedded articles that were numbered from 0.",
        id_column="article_id",
    ),
    Check(
        name="languages-are-codes",
        table="articles",
        expectation=gxe.ExpectColumnValuesToBeInSet(column="lang", value_set=LANGUAGE_CODES),
        description="Every stated or detected language is a code of ISO 639-1, of two small letters.",
        severity=CRITICAL,
        why="People filter on it; `en-GB` and `English` would be lost to `lang = 'en'`.",
        breaks="A page's own language tag, taken over as it stands.",
        id_column="article_id",
        set_aside="document",
    ),
    Check(
        name="language-is-known",
        table="articles",
        expectation=ExpectNoOffenders(
            query="""
with unknown as (
    select article_id, publisher, count(*) over () as unknown_count from articles where lang is null
)
select article_id, publisher, unknown_count
from unknown
where unknown_count > 3 and unknown_count > 0.1 * (select count(*) from articles)"""
        ),
        description="At most 10 % of the articles are of unknown language (three are always allowed).",
        severity=CRITICAL,
        why="A text of a few words has no language that can be told; more than that means detection did not run.",
        breaks="Numbers and tables taken for articles, or text decoded with the wrong encoding.",
        id_column="article_id",
    ),
    Check(
        name="word-counts-are-plausible",
        table="articles",
        expectation=ExpectNoOffenders(
            query=r"""
with counted as (
    select
        article_id, document_id, word_count,
        replace(text, chr(10) || chr(10), chr(10)) as tight_text,
        length(tight_text) - length(translate(tight_text, chr(9) || chr(10) || chr(32) || chr(160), '')) + 1
            as counted_words
    from articles
    where coalesce(lang, '') not in ('zh', 'ja', 'th', 'lo', 'km', 'my', 'ko')
)
select article_id, document_id, word_count, counted_words
from counted
where word_count < 0 or abs(word_count - counted_words) > 5 + 0.25 * counted_words"""
        ),
        description="The word count is within 25 % and 5 words of a plain count of words parted by spaces.",
        severity=WARNING,
        why="Ways to count words differ by a few percent; languages without spaces are left out.",
        breaks="A count that was taken before the text was cleaned.",
        id_column="article_id",
    ),
    Check(
        name="text-is-free-of-markup",
        table="articles",
        expectation=ExpectNoOffenders(
            query=r"""
select article_id, document_id
from articles
where len(regexp_extract_all(text, '(?i)</?(?:p|div|span|a|br|li|ul|img|script|strong|em)\b[^<>]{0,300}>|&(?:nbsp|amp|quot|lt|gt|#\d{2,5});')) >= 3"""  # noqa: E501
        ),
        description="No article's text has three or more pieces of HTML in it.",
        severity=WARNING,
        why="An article about HTML may show a tag or two; more are left over from the page.",
        breaks="Pages whose markup is escaped twice, or plain text that was HTML.",
        id_column="article_id",
    ),
)

RELATIONS = (
    Check(
        name="parsed-documents-have-articles",
        table="documents",
        expectation=ExpectNoOffenders(
            query="""
select document_id
from documents
where status = 'parsed' and document_id not in (select document_id from articles where document_id is not null)"""
        ),
        description="Every document that is not quarantined has at least one article.",
        severity=CRITICAL,
        why="Every input document ends as articles or in quarantine.",
        breaks="A page in which no article was found, and which was not refused.",
        id_column="document_id",
    ),
    Check(
        name="articles-belong-to-a-parsed-document",
        table="articles",
        expectation=ExpectNoOffenders(
            query="""
select article_id, articles.document_id
from articles
anti join (select document_id from documents where status = 'parsed') as parsed using (document_id)"""
        ),
        description="Every article belongs to a parsed document that is there.",
        severity=CRITICAL,
        why="An article without its document has no evidence.",
        breaks="A document that was refused after its articles were loaded.",
        id_column="article_id",
    ),
    Check(
        name="articles-lie-in-their-document",
        table="articles",
        expectation=ExpectNoOffenders(
            query="""
select article_id, document_id, char_start, char_end, length(documents.text) as document_length
from articles
join documents using (document_id)
where (char_start >= 0 and char_start < char_end and char_end <= length(documents.text)) is distinct from true"""
        ),
        description="Every article is a range of at least one character of its document's text.",
        severity=CRITICAL,
        why="The range is the article's evidence.",
        breaks="Offsets counted in bytes, or in another version of the text.",
        id_column="article_id",
        set_aside="document",
    ),
    Check(
        name="kept-blocks-belong-to-an-article",
        table="blocks",
        expectation=ExpectNoOffenders(
            query="""
select block_id, blocks.document_id, blocks.kind
from blocks
anti join articles on articles.article_id = blocks.article_id and articles.document_id = blocks.document_id
where (blocks.is_kept and blocks.kind <> 'whitespace') or blocks.article_id is not null"""
        ),
        description="Every kept block belongs to an article of its own document.",
        severity=CRITICAL,
        why="A kept block without an article would be in no text.",
        breaks="An article that was dropped after its blocks were kept.",
        id_column="block_id",
    ),
    Check(
        name="removed-blocks-name-their-rule",
        table="blocks",
        expectation=ExpectNoOffenders(
            query="""
select block_id, document_id, is_kept, removed_by
from blocks
where is_kept is null
    or is_kept = (removed_by is not null)
    or (restored_rule is not null and not is_kept)
    or not regexp_matches(coalesce(removed_by, 'kept'), '^[a-z0-9]+(-[a-z0-9]+)*$')"""
        ),
        description="A block is kept, or it names the rule that removed it, in kebab-case; never both, never neither. "
        "Only a kept block can name a rule that was restored.",
        severity=CRITICAL,
        why="Whoever misses a sentence must be able to find the rule that took it.",
        breaks="A new rule without a name.",
        id_column="block_id",
    ),
    Check(
        name="kept-blocks-are-article-pieces",
        table="blocks",
        expectation=ExpectNoOffenders(
            query="""
select block_id, document_id, kind
from blocks
where is_kept
    and kind in ('navigation', 'teaser', 'promotion', 'comments', 'biography', 'legal', 'player', 'furniture')"""
        ),
        description="No kept block is navigation, teaser, promotion, comments, biography, legal notice, player or "
        "other furniture.",
        severity=CRITICAL,
        why="The kind says that it does not belong to the article.",
        breaks="A rule that names the kind and forgets to remove.",
        id_column="block_id",
    ),
    Check(
        name="article-text-is-its-kept-blocks",
        table="articles",
        expectation=ExpectNoOffenders(
            query=f"""
with kept as (
    select
        article_id,
        string_agg(trim(text, chr(9) || chr(10) || chr(13) || chr(32)), chr(10) || chr(10) order by char_start) as text
    from blocks
    where is_kept and kind in ('summary', 'paragraph', 'heading', 'quote', 'list', 'table')
    group by article_id
)
select articles.article_id, articles.document_id
from articles
left join kept using (article_id)
where articles.text is distinct from coalesce(kept.text, '')
    and regexp_replace(articles.text, '{BLANK}+', '', 'g')
        is distinct from regexp_replace(coalesce(kept.text, ''), '{BLANK}+', '', 'g')"""
        ),
        description="An article's text is its kept summaries, paragraphs, headings, quotes, lists and tables, in "
        "order; only white space may differ.",
        severity=CRITICAL,
        why="Every word of a clean text must have its place in the document.",
        breaks="Text that was changed after the blocks were decided, or a block that was kept and left out.",
        id_column="article_id",
        set_aside="document",
    ),
)

SUITE = Suite(
    "clean",
    (
        *ARTICLES,
        *BLOCK_CHECKS,
        *RELATIONS,
        *BOILERPLATE,
        *REMOVED_SHARE,
        required_values("articles"),
        ARTICLES_ARE_THE_RANGE_OF_THEIR_BLOCKS,
        ARTICLES_BEGIN_AND_END_WITH_THEIR_BLOCKS,
        FEW_LANGUAGES_MISFIT,
        LANGUAGE_FITS_THE_TEXT,
        NO_PARAGRAPH_TWICE,
        TITLES_SHARE_WORDS,
        TITLES_STAND_IN_THEIR_DOCUMENT,
        *stage_count_checks("clean"),
        counts_are_of_the_tables("clean"),
    ),
)
