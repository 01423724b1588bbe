"""Clean, over all documents: remove what a publisher's pages repeat, and assemble the articles' texts."""

from __future__ import annotations

from tasks.clean.learned import RULE
from tasks.stages.learned import remove_learned_boilerplate
from warehouse.build_file import Connection
from warehouse.vocabulary import TEXT_KINDS

_KINDS = ", ".join(f"'{kind}'" for kind in TEXT_KINDS)


def clean_articles(connection: Connection, run_id: str, restore_rules: frozenset[str] = frozenset()) -> None:
    """Fill `staging.articles` from the kept blocks, after removing learned boilerplate from them.

    Dates, clusters and stories are placeholders until the later stages fill them in.
    """
    connection.execute("delete from staging.articles")
    remove_learned_boilerplate(connection, is_restored=RULE in restore_rules)
    connection.execute(
        f"""
        create or replace temp table article_texts as
        select
            article_id,
            string_agg(
                regexp_replace(text, '^[\\s\\p{{Z}}]+|[\\s\\p{{Z}}]+$', '', 'g'),
                chr(10) || chr(10) order by ordinal
            ) as text
        from staging.blocks
        where is_kept and kind in ({_KINDS}) and article_id is not null
        group by article_id
        """
    )
    connection.execute(
        r"""
        insert into staging.articles by name
        select
            read.* exclude (published, modified, relative_time, published_source),
            'unknown' as published_source,
            try_cast(if(length(modified) > 10, modified, null) as timestamptz) at time zone 'UTC' as modified_at,
            article_texts.text,
            len(regexp_extract_all(article_texts.text, '[\p{L}\p{N}]+')) as word_count,
            article_id as cluster_id,
            true as is_canonical,
            article_id as story_id
        from page.articles as read
        join article_texts using (article_id)
        join staging.documents as documents using (document_id)
        where documents.status = 'parsed'
          and regexp_matches(article_texts.text, '[\p{L}\p{N}]')
        """
    )
    _refuse_empty_articles(connection, run_id)


def _refuse_empty_articles(connection: Connection, run_id: str) -> None:
    """Quarantine articles of which nothing is left, and give their blocks back to the page."""
    connection.execute(
        """
        insert into ledger.quarantine (run_id, stage, document_id, article_id, reason, detail, uri)
        select
            $run_id, 'clean', document_id, article_id, 'no-article-found', 'nothing of the article''s text is left', uri
        from page.articles
        join staging.documents as documents using (document_id)
        where documents.status = 'parsed'
          and article_id not in (select article_id from staging.articles)
        """,
        {"run_id": run_id},
    )
    connection.execute(
        """
        update staging.blocks
        set article_id = null, is_kept = false, restored_rule = null,
            removed_by = coalesce(removed_by, 'no-article-found')
        where article_id is not null
          and article_id not in (select article_id from staging.articles)
        """
    )
    _refuse_emptied_documents(connection)


def _refuse_emptied_documents(connection: Connection) -> None:
    """Refuse the documents of which no article is left: the rows of their articles in quarantine say why."""
    connection.execute(
        """
        create or replace temp table emptied as
        select document_id from page.articles
        join staging.documents as documents using (document_id)
        where documents.status = 'parsed'
        except
        select document_id from staging.articles
        """
    )
    connection.execute(
        "update staging.documents set status = 'quarantined' where document_id in (select document_id from emptied)"
    )
    connection.execute(
        """
        update staging.blocks
        set is_kept = false, removed_by = coalesce(removed_by, 'no-article-found')
        where document_id in (select document_id from emptied)
        """
    )
