"""The shape of texts and the extent of articles: what a whole batch read or cut wrongly looks like."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders

#: Two letters that UTF-8 read as Latin-1 or Windows-1252 leaves, and the replacement character.
BROKEN = "Ã[\\x{80}-\\x{BF}]|â€|Â[\\x{A0}-\\x{BF}]|\\x{FFFD}"

#: Articles with a title that shares no long word with the document.
STRANGERS = r"""
with titled as (
    select
        article_id, articles.document_id, title,
        list_distinct(regexp_extract_all(lower(title), '[\p{L}]{4,}')) as words,
        lower(left(documents.text, 100000)) as page
    from articles
    join documents using (document_id)
    where title is not null
),
strangers as (
    select article_id, document_id, title, count(*) over () as stranger_count
    from titled
    where len(words) >= 3 and not list_bool_or(list_transform(words, lambda word: contains(page, word)))
)"""

BLOCKS_ARE_IN_ORDER = Check(
    name="blocks-are-in-order",
    table="blocks",
    expectation=ExpectNoOffenders(
        query="""
select block_id, document_id, ordinal, char_start
from blocks
qualify char_start < lag(char_start) over (partition by document_id order by ordinal)"""
    ),
    description="The numbers of a document's blocks follow their places in the text.",
    severity=CRITICAL,
    why="Whoever reads blocks by number reads the document.",
    breaks="Blocks numbered in the order in which they were found.",
    id_column="block_id",
    set_aside="document",
)

FEW_DOCUMENTS_ARE_BROKEN = Check(
    name="few-documents-are-decoded-wrongly",
    table="documents",
    expectation=ExpectNoOffenders(
        query=f"""
with broken as (
    select document_id, count(*) over () as broken_count
    from documents
    where len(regexp_extract_all(left(text, 20000), '{BROKEN}')) > 2 + 0.002 * least(length(text), 20000)
)
select document_id, broken_count
from broken
where broken_count > 3 and broken_count > 0.05 * (select count(*) from documents)"""
    ),
    description="At most 5 % of the documents (three are always allowed) have signs of a wrong encoding, U+FFFD or "
    "UTF-8 read as Latin-1, more than twice and in more than 0.2 % of their first 20,000 characters.",
    severity=CRITICAL,
    why="Single pages are broken at their source; many at once were decoded wrongly here.",
    breaks="A change of the way in which encodings are found out.",
    id_column="document_id",
)

DOCUMENTS_ARE_NOT_MOJIBAKE = Check(
    name="documents-are-not-mojibake",
    table="documents",
    expectation=ExpectNoOffenders(
        query=f"""
select document_id
from documents
where len(regexp_extract_all(left(text, 20000), '{BROKEN}')) > 2 + 0.002 * least(length(text), 20000)"""
    ),
    description="No document has signs of a wrong encoding more than twice and in more than 0.2 % of its text.",
    severity=WARNING,
    why="A page may quote one or two; more means that UTF-8 was read as Latin-1, here or at the source.",
    breaks="A page whose header names another encoding than it is written in.",
    id_column="document_id",
)

ARTICLES_ARE_THE_RANGE_OF_THEIR_BLOCKS = Check(
    name="articles-range-over-their-blocks",
    table="articles",
    expectation=ExpectNoOffenders(
        query="""
with kept as (
    select article_id, min(char_start) as first_start, max(char_end) as last_end
    from blocks
    where is_kept and article_id is not null
    group by article_id
)
select articles.article_id, document_id, char_start, first_start, char_end, last_end
from articles
join kept using (article_id)
where char_start > first_start or char_end < last_end"""
    ),
    description="The range of every article covers its kept blocks.",
    severity=CRITICAL,
    why="The range is the article's evidence.",
    breaks="Offsets shifted by a character, or taken before blocks were removed.",
    id_column="article_id",
    set_aside="document",
)

NO_PARAGRAPH_TWICE = Check(
    name="no-paragraph-stands-twice",
    table="blocks",
    expectation=ExpectNoOffenders(
        query="""
select block_id, document_id, article_id, char_start
from blocks
where is_kept and restored_rule is null and kind = 'paragraph' and length(text) >= 100 and article_id is not null
qualify row_number() over (
    partition by article_id, hash(trim(text, chr(9) || chr(10) || chr(13) || chr(32))) order by char_start
) > 1"""
    ),
    description="No paragraph of 100 characters or more stands twice in an article.",
    severity=CRITICAL,
    why="Writers do not repeat themselves to the letter. Pages do (a body for each width of screen, a passage in a "
    "box): in 3 of 320 flattened pages. The second copy says nothing new, so up to a tenth of the paragraphs is set "
    "aside.",
    breaks="A body that the page holds twice, or a batch whose blocks were loaded twice.",
    id_column="block_id",
    set_aside="block",
    set_aside_share=0.1,
    population="select count(*) from blocks where is_kept and kind = 'paragraph'",
)

ARTICLES_BEGIN_AND_END_WITH_THEIR_BLOCKS = Check(
    name="articles-are-no-wider-than-their-blocks",
    table="articles",
    expectation=ExpectNoOffenders(
        query="""
with owned as (
    select article_id, min(char_start) as first_start, max(char_end) as last_end
    from blocks
    where article_id is not null
    group by article_id
)
select articles.article_id, document_id, char_start, first_start, char_end, last_end
from articles
join owned using (article_id)
where (char_start < first_start or char_end > last_end)
    and document_id not in (select document_id from blocks where removed_by = 'failed-expectation')"""
    ),
    description="The range of every article begins with its first block and ends with its last (documents of which a "
    "failing block was set aside apart).",
    severity=WARNING,
    why="A range that is too wide shows a neighbour's text as the article's; of 1,900 real articles none had one.",
    breaks="A range taken before the page was cut into several articles.",
    id_column="article_id",
)

TITLES_STAND_IN_THEIR_DOCUMENT = Check(
    name="no-title-is-of-another-document",
    table="articles",
    expectation=ExpectNoOffenders(query=f"{STRANGERS}\nselect article_id, document_id, title from strangers"),
    description="No article has a title of three long words or more, none of which stands in the document.",
    severity=WARNING,
    why="Of 1,900 real titles one was so, full of misprints; a title may be a play on words, so this only reports.",
    breaks="A title taken from a teaser, or columns joined to the wrong rows.",
    id_column="article_id",
)

DOCUMENTS_FIT_THEIR_BYTES = Check(
    name="documents-fit-their-bytes",
    table="documents",
    expectation=ExpectNoOffenders(
        query="""
select document_id, byte_length, length(text) as text_length
from documents
where length(text) > byte_length + 16"""
    ),
    description="No document has more characters of text than bytes.",
    severity=CRITICAL,
    why="Every character takes a byte at least, and rendering a page leaves its tags out; 16 allow for line ends.",
    breaks="A length of another record, or text that was put together from several.",
    id_column="document_id",
    set_aside="document",
)

LANGUAGE_FITS_THE_TEXT = Check(
    name="languages-fit-their-texts",
    table="articles",
    expectation=ExpectNoOffenders(
        query="""
with counted as (
    select
        article_id, document_id, lang,
        list_transform(
            [
                '\\b(?:the|and|of|that|was|with)\\b', '\\b(?:der|die|und|das|nicht|ist)\\b',
                '\\b(?:le|les|des|et|est|dans)\\b', '\\b(?:el|los|las|y|que|por)\\b'
            ],
            lambda pattern: len(regexp_extract_all(lower(left(text, 20000)), pattern))
        ) as counts
    from articles
    where word_count >= 40 and lang is not null
),
misfits as (
    select article_id, document_id, lang, counts, list_position(['en', 'de', 'fr', 'es'], lang) as place
    from counted
    where place is not null and list_max(counts) >= 5 and 4 * counts[place] < list_max(counts)
)
select article_id, document_id, lang from misfits where place is not null"""
    ),
    description="No article of 40 words or more that is called English, German, French or Spanish has four times as "
    "many of the commonest words of another of them.",
    severity=WARNING,
    why="Texts in two languages exist, so this only reports.",
    breaks="A page's own language tag, left over from its template.",
    id_column="article_id",
)

FEW_LANGUAGES_MISFIT = Check(
    name="languages-mostly-fit-their-texts",
    table="articles",
    expectation=ExpectNoOffenders(
        query="""
with shares as (
    select
        lang, count(*) as article_count,
        avg((len(regexp_extract_all(lower(left(text, 5000)), '\\b(?:the|and|of|that|was|with)\\b'))
            > 0.06 * least(word_count, 900))::integer) as english_share
    from articles
    where word_count >= 40 and lang is not null
    group by lang
)
select lang, article_count, english_share from shares
where lang <> 'en' and article_count >= 10 and english_share > 0.5"""
    ),
    description="Of ten or more articles called by another language than English at most half are English, by the "
    "share of its six commonest words (6 %).",
    severity=CRITICAL,
    why="In English these words are about an eighth of a text, elsewhere next to none.",
    breaks="A detector that answers with one language for everything.",
    id_column="lang",
)

TITLES_SHARE_WORDS = Check(
    name="titles-belong-to-their-documents",
    table="articles",
    expectation=ExpectNoOffenders(
        query=f"""{STRANGERS}
select article_id, document_id, stranger_count
from strangers
where stranger_count > 3 and stranger_count > 0.05 * (select count(*) from articles)"""
    ),
    description="At most 5 % of the articles (three are always allowed) have a title of three long words or more, none "
    "of which stands in the document.",
    severity=CRITICAL,
    why="A title takes up words of its text; many that do not belong to other documents.",
    breaks="Columns joined to the wrong rows.",
    id_column="article_id",
)
