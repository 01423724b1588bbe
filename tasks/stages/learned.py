"""Learned boilerplate, over all documents: count what publishers' pages repeat, and remove what is furniture.

The counts are kept in the build file. A run counts the articles that came, takes back those that left (refused, held
back, or read by other code), compares anew the holders of the lines that either of them holds, and decides again in the
sources that changed. What is published follows from the documents alone, so later evidence cleans earlier articles,
and neither the order of arrival nor the split into runs matters.
"""

from __future__ import annotations

import pyarrow as pa

from tasks.clean.learned import MINIMUM_ARTICLES, RULE, SAMPLE, compare_holders, decide_lines
from tasks.fingerprints import code_fingerprint
from warehouse.build_file import Connection
from warehouse.vocabulary import TEXT_KINDS, BlockKind

#: The code that counts and compares; new code counts anew. What reads pages is part of a batch result's name.
SOURCES = ("stages/learned.py", "clean/learned.py")

#: Bylines, datelines, credits and headlines repeat by their nature.
REPEATABLE = ", ".join(f"'{kind}'" for kind in (*TEXT_KINDS, BlockKind.CAPTION))

#: A hash of what a line is known by: lower-case, numbers as "#", single spaces, no punctuation around it.
LINE_KEY = r"""
    md5_number_lower(
        regexp_replace(
            regexp_replace(regexp_replace(lower({text}), '\d+(?:[.,:/]\d+)*', '#', 'g'), '[\s\p{{Z}}]+', ' ', 'g'),
            '^[^\p{{L}}\p{{N}}#©@$€£]+|[^\p{{L}}\p{{N}}#]+$', '', 'g'
        )
    )
"""

TEMPORARY = ("sourced_articles", "entering", "leaving", "entering_lines", "touched", "counted", "shapes", "holders")


def remove_learned_boilerplate(connection: Connection, *, is_restored: bool = False) -> None:
    """Mark the kept blocks that repeat across a publisher's unrelated articles as removed, with the evidence.

    `is_restored` keeps them and marks them as what this rule would have removed.
    """
    find_changed_articles(connection)
    count_lines(connection)
    weigh_evidence(connection)
    decide_evidence(connection)
    mark_blocks(connection, is_restored=is_restored)
    for table in TEMPORARY:
        connection.execute(f"drop table {table}")


def find_changed_articles(connection: Connection) -> None:
    """Find which articles came and which left since lines were last counted: `entering` and `leaving`."""
    connection.execute(
        r"""
        create or replace temp table sourced_articles as
        select
            articles.article_id,
            lower(coalesce(
                nullif(trim(articles.publisher), ''),
                nullif(regexp_extract(articles.url, '^[a-z]+://(?:www\.)?([^/:?#]+)', 1), '')
            )) as source,
            parts.part || '/' || $code as reading
        from page.articles as articles
        join staging.documents as documents using (document_id)
        join page.documents as pages using (document_id)
        join ledger.loaded_parts as parts using (raw_part)
        where documents.status = 'parsed'
        """,
        {"code": code_fingerprint(SOURCES)},
    )
    connection.execute("delete from sourced_articles where source is null")
    counted = "page.learned_articles"
    connection.execute(f"create or replace temp table entering as from sourced_articles except from {counted}")
    connection.execute(f"create or replace temp table leaving as from {counted} except from sourced_articles")


def count_lines(connection: Connection) -> None:
    """Bring the lines of the articles that left and came up to date; `touched` are the lines that they hold.

    Lines that the page by itself removed count too: a line that 30 pages removed is furniture on the page that kept it.
    What was set aside since counts as the page had it, and what a run was told to restore as removed.
    """
    gone = "where article_id in (select article_id from leaving)"
    connection.execute(
        f"create or replace temp table touched as select distinct source, line_key from page.learned_lines {gone}"
    )
    connection.execute(f"delete from page.learned_lines {gone}")
    connection.execute(f"delete from page.learned_articles {gone}")
    connection.execute("insert into page.learned_articles from entering")
    connection.execute(
        f"""
        create or replace temp table entering_lines as
        with leads as (
            select articles.document_id, articles.article_id
            from page.articles as articles
            semi join entering using (article_id)
            where articles.ordinal = 0
        ),
        lines as (
            select
                coalesce(read.article_id, leads.article_id) as article_id,
                block_id,
                read.is_kept and read.restored_rule is null as is_kept,
                blocks.text
            from page.blocks as read
            join staging.blocks as blocks using (block_id)
            left join leads on leads.document_id = read.document_id
            where read.kind <> 'whitespace'
              and (not read.is_kept or read.kind in ({REPEATABLE}))
        )
        select source, {LINE_KEY.format(text="text")} as line_key, article_id, block_id, is_kept
        from lines
        join entering using (article_id)
        where regexp_matches(text, '[\\p{{L}}\\p{{N}}]')
        """
    )
    connection.execute("insert into page.learned_lines from entering_lines")
    connection.execute("insert into touched select distinct source, line_key from entering_lines except from touched")


def weigh_evidence(connection: Connection) -> None:
    """Count and compare the holders of the lines that were touched, and write that in place of what was known."""
    connection.execute(
        f"""
        create or replace temp table counted as
        select
            source,
            line_key,
            count(distinct article_id) as article_count,
            count(distinct article_id) filter (where is_kept) as kept_count
        from page.learned_lines
        semi join touched using (source, line_key)
        group by source, line_key
        having article_count >= {MINIMUM_ARTICLES} and kept_count > 0
        """
    )
    _describe_lines(connection)
    _choose_holders(connection)
    compared = compare_holders(connection.table("holders").to_arrow_table(), _lines_of_holders(connection))
    connection.register("compared", compared)
    connection.execute("delete from page.line_evidence where (source, line_key) in (from touched)")
    connection.execute(
        """
        insert into page.line_evidence by name
        select
            counted.*,
            compared.* exclude (source, line_key),
            shapes.* exclude (source, line_key),
            false as is_furniture
        from counted
        join compared using (source, line_key)
        join shapes using (source, line_key)
        """
    )
    connection.unregister("compared")


def _describe_lines(connection: Connection) -> None:
    """Say how long each counted line is and whether it is prose: as long as a sentence, and ending like one."""
    connection.execute(
        r"""
        create or replace temp table shapes as
        with examples as (
            select lines.source, lines.line_key, min(blocks.text) as text
            from page.learned_lines as lines
            semi join counted using (source, line_key)
            join staging.blocks as blocks using (block_id)
            group by lines.source, lines.line_key
        )
        select
            source,
            line_key,
            len(regexp_extract_all(text, '[\p{L}\p{N}]+')) as word_count,
            word_count >= 12 and regexp_matches(text, '[.!?…。][\p{P}\s\p{Z}]*$') as is_prose
        from examples
        """
    )


def _choose_holders(connection: Connection) -> None:
    """Choose the articles that are compared for each counted line: those with the least hashes, always the same."""
    connection.execute(
        f"""
        create or replace temp table holders as
        select lines.source, lines.line_key, lines.article_id
        from page.learned_lines as lines
        semi join counted using (source, line_key)
        group by lines.source, lines.line_key, lines.article_id
        qualify row_number() over (
            partition by lines.source, lines.line_key order by md5_number_lower(lines.article_id), lines.article_id
        ) <= {SAMPLE}
        order by all
        """
    )


def _lines_of_holders(connection: Connection) -> pa.Table:
    """Return the lines of the chosen articles as their pages by themselves kept them."""
    return connection.sql(
        """
        select lines.article_id, lines.line_key, min(blocks.text) as text
        from page.learned_lines as lines
        join staging.blocks as blocks using (block_id)
        where lines.is_kept and lines.article_id in (select article_id from holders)
        group by lines.article_id, lines.line_key
        order by all
        """
    ).to_arrow_table()


def decide_evidence(connection: Connection) -> None:
    """Decide which repeated lines are furniture, in the sources that changed (all shares of a source change)."""
    evidence = connection.sql(
        """
        with sizes as (
            select source, count(*) as source_count from page.learned_articles group by source
        )
        select evidence.*, sizes.source_count
        from page.line_evidence as evidence
        join sizes using (source)
        where source in (select source from entering union select source from leaving)
        order by source, line_key
        """
    ).to_arrow_table()
    decided = evidence.select(["source", "line_key"]).append_column("is_furniture", pa.array(decide_lines(evidence)))
    connection.register("decided", decided)
    connection.execute(
        """
        update page.line_evidence as evidence set is_furniture = decided.is_furniture
        from decided
        where evidence.source = decided.source
          and evidence.line_key = decided.line_key
          and evidence.is_furniture <> decided.is_furniture
        """
    )
    connection.unregister("decided")


def mark_blocks(connection: Connection, *, is_restored: bool = False) -> None:
    """Mark the kept blocks of furniture lines as removed (or as restored), with the evidence in words.

    A line that is the article's own title stays: elsewhere on the site it points to this article.
    """
    mark = f"restored_rule = '{RULE}'" if is_restored else f"is_kept = false, removed_by = '{RULE}'"
    connection.execute(
        f"""
        update staging.blocks as blocks set {mark}, evidence = furniture.evidence
        from (
            select
                lines.block_id,
                printf(
                    'stands in %d of %d articles of %s; of %d compared with one another, %d are unrelated',
                    article_count, source_count, coalesce(articles.publisher, source), compared_count, unrelated_count
                ) as evidence
            from page.learned_lines as lines
            join page.line_evidence using (source, line_key)
            join (
                select source, count(*) as source_count from page.learned_articles group by source
            ) using (source)
            join page.articles as articles using (article_id)
            where is_furniture
              and lines.is_kept
              and line_key is distinct from {LINE_KEY.format(text="articles.title")}
        ) as furniture
        where blocks.block_id = furniture.block_id and blocks.is_kept
        """
    )
