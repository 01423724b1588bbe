-- removed_text: Every block that was taken out, with the rule that removed it.
create or replace view removed_text as
select
    blocks.removed_by,
    blocks.evidence,
    blocks.kind,
    leads.publisher,
    blocks.text,
    blocks.char_start,
    blocks.char_end,
    blocks.element_path,
    blocks.article_id,
    blocks.document_id,
    documents.uri
from blocks
join documents using (document_id)
left join articles as leads on leads.document_id = blocks.document_id and leads.role = 'lead'
where not blocks.is_kept
  and blocks.kind <> 'whitespace'
order by documents.uri, blocks.ordinal;

comment on view removed_text is 'Every block that was taken out, with the rule that removed it and the publisher of the page.';
