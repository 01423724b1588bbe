"""No boilerplate: phrases, repeated lines, and how much was removed. The lists are the audit's own."""

from __future__ import annotations

from expectations.boilerplate_phrases import phrase_lists, whole_line_pattern
from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders

#: What each phrase list is about, in the words of a sentence.
TOPICS = {
    "advertising": "labels of advertisements and sponsored content",
    "biographies": "notes about authors",
    "legal": "copyright, cookie and terms notices",
    "navigation": "navigation and pointers to other stories",
    "newsletters": "newsletter, subscription, account and app boxes",
    "players": "furniture of media players and galleries",
    "sharing": "sharing bars and comment sections",
}


#: Characters of a line that can be furniture as a whole; sources without line ends give an article as one line.
LONGEST_LINE = 400


def no_phrases(name: str) -> Check:
    """Say that no kept block, save restored ones, has a line that a phrase list names as boilerplate."""
    pattern = whole_line_pattern(name).replace("'", "''")
    return Check(
        name=f"no-boilerplate-of-{name}",
        table="blocks",
        expectation=ExpectNoOffenders(
            query=f"""
select block_id, document_id, article_id, kind
from blocks
where is_kept
    and restored_rule is null
    and kind in ('summary', 'paragraph', 'heading', 'quote', 'list', 'table')
    and regexp_matches(text, '{pattern}')
    and len(list_filter(
        string_split(text, chr(10)),
        lambda line: length(line) <= {LONGEST_LINE} and regexp_matches(line, '{pattern}')
    )) > 0"""
        ),
        description=f"No line of an article's text, of up to {LONGEST_LINE} characters, is boilerplate: "
        f"{TOPICS.get(name, name)}. What a run was told to restore is not judged.",
        severity=CRITICAL,
        why=f"The phrases of expectations/phrases/{name}.txt stand alone on a line only as furniture of a page: "
        "of 43,000 lines of labelled article texts 51 matched, nearly all of them furniture left in by the labels. A "
        "longer line is an article's prose with a notice glued to it: for its sake the article is not refused.",
        breaks="A page of a kind whose furniture no cleaning rule knows yet.",
        id_column="block_id",
        set_aside="block",
        population="select count(*) from blocks where is_kept and kind <> 'whitespace'",
    )


NO_REPEATED_LINES = Check(
    name="no-line-repeats-across-a-publisher",
    table="articles",
    expectation=ExpectNoOffenders(
        query=r"""
with sourced as (
    select article_id, text, coalesce(publisher, nullif(regexp_extract(url, '^[a-z]+://([^/]+)', 1), '')) as publisher
    from articles
),
sizes as (
    select publisher, count(distinct hash(text)) as text_count
    from sourced
    where publisher is not null
    group by publisher
),
restored as (
    select distinct article_id, trim(unnest(string_split(text, chr(10)))) as line
    from blocks
    where restored_rule is not null
),
lines as (
    select publisher, article_id, hash(text) as text_hash, unnest(string_split(text, chr(10))) as line from sourced
),
repeated as (
    select publisher, hash(line) as line_hash, count(distinct text_hash) as repeats, min(article_id) as example
    from lines
    anti join restored on restored.article_id = lines.article_id and restored.line = trim(lines.line)
    where length(line) >= 15
    group by publisher, hash(line)
)
select publisher, repeats, text_count, example
from repeated
join sizes using (publisher)
where repeats >= 10 and repeats > 0.2 * text_count"""
    ),
    description="No line of 15 characters or more stands in 10 or more different texts of a publisher that are more "
    "than 20 % of its texts, save lines that a run was told to restore.",
    severity=CRITICAL,
    why="What a site repeats under a fifth of its articles is its own furniture, whatever the words. Copies of one "
    "text count once; templates (weather, results) repeat single lines in fewer articles.",
    breaks="A new box of a publisher that neither the rules nor the learned boilerplate caught.",
    id_column="publisher",
)

BOILERPLATE = (*map(no_phrases, phrase_lists()), NO_REPEATED_LINES)

REMOVED_SHARE = (
    Check(
        name="removed-share-is-bounded",
        table="blocks",
        expectation=ExpectNoOffenders(
            query="""
with documents_of as (
    select
        document_id,
        sum(length(text)) filter (where kind <> 'whitespace') as char_count,
        sum(length(text)) filter (where kind <> 'whitespace' and is_kept) as kept_count
    from blocks
    group by document_id
),
publishers as (
    select coalesce(articles.publisher, '(unknown)') as publisher, documents_of.*
    from documents_of
    join articles using (document_id)
    where articles.ordinal = 0
)
select
    publisher, count(*) as document_count,
    round(1 - median(coalesce(kept_count, 0) / char_count), 3) as removed_share
from publishers
where char_count > 0
group by publisher
having count(*) >= 5 and median(coalesce(kept_count, 0) / char_count) < 0.03"""
        ),
        description="Of the median document of a publisher at most 97 % of the text is removed (publishers with five "
        "documents or more).",
        severity=CRITICAL,
        why="The heaviest news pages known carry about nine tenths furniture; beyond that the article itself is gone.",
        breaks="A publisher's new page layout, of which a rule takes the body for a box.",
        id_column="publisher",
    ),
    Check(
        name="html-pages-lose-something",
        table="blocks",
        expectation=ExpectNoOffenders(
            query="""
with pages as (
    select document_id, bool_or(not is_kept and kind <> 'whitespace') as has_removed
    from blocks
    group by document_id
)
select articles.publisher, count(*) as document_count
from pages
join articles using (document_id)
join documents using (document_id)
where articles.ordinal = 0 and articles.publisher is not null and documents.media_type like '%html%'
group by articles.publisher
having count(*) >= 10 and not bool_or(has_removed)"""
        ),
        description="From at least one HTML page of a publisher something was removed (publishers with ten pages or "
        "more).",
        severity=WARNING,
        why="Real pages have furniture. Ten that have none were stripped before, or cleaning did nothing.",
        breaks="A publisher whose layout hides its navigation from the rules, or a feed of bare articles.",
        id_column="publisher",
    ),
    Check(
        name="articles-are-not-mostly-stubs",
        table="articles",
        expectation=ExpectNoOffenders(
            query="""
select publisher, count(*) as article_count, round(avg((word_count < 25)::integer), 3) as stub_share
from articles
where role = 'lead' and publisher is not null
group by publisher
having count(*) >= 10 and avg((word_count < 25)::integer) > 0.5"""
        ),
        description="At most half of a publisher's lead articles have fewer than 25 words (publishers with ten or "
        "more).",
        severity=WARNING,
        why="A publisher may run flashes of a sentence; mostly stubs means that bodies are lost.",
        breaks="A paywall, a consent page, or a body that is loaded by script.",
        id_column="publisher",
    ),
)
