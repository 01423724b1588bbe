-- Faults that arise while articles are found and cleaned.

-- fault: boilerplate-put-back (critical)
-- each: legal; promotion; comments; player; navigation
-- victims: select document_id, min(lead.article_id) as article from blocks join (select document_id, min(article_id) as article_id from articles where role = 'lead' group by 1) as lead using (document_id) where not is_kept and kind = '{1}' group by document_id
-- then: rebuild-articles
update blocks set is_kept = true, removed_by = null, kind = 'paragraph', article_id = '{article}'
where document_id = '{document_id}' and kind = '{1}' and not is_kept;

-- fault: boilerplate-put-back-everywhere (critical)
-- each: legal; promotion; comments; player; navigation; teaser; biography; furniture
-- then: rebuild-articles
update blocks set is_kept = true, removed_by = null, kind = 'paragraph', article_id = leads.article_id
from (select document_id, article_id from articles where role = 'lead') as leads
where leads.document_id = blocks.document_id and kind = '{1}' and not is_kept;

-- fault: teasers-put-back (other)
-- victims: select document_id, lead.article_id as article from (select document_id, article_id from articles where role = 'lead') as lead where document_id in (select document_id from blocks where kind = 'teaser' group by 1 having count(*) >= 4)
-- then: rebuild-articles
update blocks set is_kept = true, removed_by = null, kind = 'paragraph', article_id = '{article}'
where document_id = '{document_id}' and kind = 'teaser' and not is_kept;

-- fault: paragraph-doubled-in-its-article (critical)
-- victims: select b.block_id, b.document_id, b.article_id from blocks as b join articles using (article_id) where b.is_kept and b.kind = 'paragraph' and role = 'lead' and length(b.text) > 150
-- then: rebuild-articles
insert into blocks by name
select
    b.* replace (
        left(md5(b.block_id), 20) as block_id, 100000 as ordinal, length(d.text) as char_start,
        length(d.text) + length(b.text) as char_end
    )
from blocks as b
join documents as d using (document_id)
where b.block_id = '{block_id}';
update documents set text = documents.text || b.text
from (select text, document_id from blocks where block_id = '{block_id}') as b
where b.document_id = documents.document_id;

-- fault: paragraph-doubled-in-the-text-alone (critical)
-- victims: select article_id, split_part(text, chr(10), 1) as line from articles where length(split_part(text, chr(10), 1)) > 60
update articles set text = '{line}' || chr(10) || chr(10) || text where article_id = '{article_id}';

-- fault: body-removed (critical)
-- victims: select article_id from articles where word_count > 80 and role = 'lead'
-- then: rebuild-articles
update blocks set is_kept = false, removed_by = 'layout-box', kind = 'furniture', article_id = null
where article_id = '{article_id}' and is_kept and kind <> 'headline'
    and block_id not in (
        select block_id from blocks where article_id = '{article_id}' and kind = 'paragraph' order by ordinal limit 1
    );

-- fault: bodies-of-a-publisher-removed (critical)
-- victims: select publisher from articles where role = 'lead' and publisher is not null group by publisher having count(*) >= 4
-- then: rebuild-articles
update blocks set is_kept = false, removed_by = 'layout-box', kind = 'furniture', article_id = null
where article_id in (select article_id from articles where publisher = '{publisher}')
    and is_kept and kind <> 'headline'
    and block_id not in (
        select arg_min(block_id, ordinal) from blocks where kind = 'paragraph' and is_kept group by article_id
    );

-- fault: second-half-of-the-articles-missing (critical)
-- then: recount
delete from articles where document_id > (select median(('0x' || left(document_id, 8))::bigint)::varchar from documents)
    and ('0x' || left(document_id, 8))::bigint > (select median(('0x' || left(document_id, 8))::bigint) from documents);

-- fault: article-missing (critical)
-- victims: select article_id from articles
delete from articles where article_id = '{article_id}';

-- fault: embedded-article-missing-with-its-blocks (other)
-- victims: select article_id from articles where role = 'embedded'
-- then: recount
delete from articles where article_id = '{article_id}';
update blocks set is_kept = false, removed_by = 'layout-box', kind = 'furniture', article_id = null
where article_id = '{article_id}';

-- fault: article-doubled (critical)
-- victims: select article_id from articles
insert into articles from articles where article_id = '{article_id}';

-- fault: article-of-another-document (critical)
-- victims: select article_id, (select max(o.document_id) from articles as o where o.document_id <> articles.document_id) as other from articles where role = 'embedded'
update articles set document_id = '{other}', ordinal = 7 where article_id = '{article_id}';

-- fault: article-offset-shifted (critical)
-- victims: select article_id from articles
update articles set char_start = char_start + 1, char_end = char_end + 1 where article_id = '{article_id}';

-- fault: article-range-too-wide (other)
-- victims: select article_id from articles where char_start > 20
update articles set char_start = 0 where article_id = '{article_id}';

-- fault: article-text-truncated (critical)
-- victims: select article_id from articles where length(text) > 300
update articles set text = left(text, 150) where article_id = '{article_id}';

-- fault: article-text-lower-cased (critical)
-- victims: select article_id from articles
update articles set text = lower(text) where article_id = '{article_id}';

-- fault: everything-lower-cased (other)
-- then: rebuild-articles
update documents set text = lower(text) where length(lower(text)) = length(text);
update blocks set text = lower(text) where length(lower(text)) = length(text);

-- fault: document-lower-cased (other)
-- victims: select document_id from articles join documents using (document_id) where word_count > 80 and byte_length < 100000 and length(lower(documents.text)) = length(documents.text)
-- then: rebuild-articles
update documents set text = lower(text) where document_id = '{document_id}';
update blocks set text = lower(text) where document_id = '{document_id}';

-- fault: markup-left-in-the-text (critical)
-- victims: select article_id from articles
update articles set text = '<div><p>' || text || '</p></div>' where article_id = '{article_id}';

-- fault: markup-left-in-text-and-blocks (other)
-- victims: select block_id, document_id from blocks where is_kept and kind = 'paragraph' and char_end - char_start > 120
-- then: rebuild-articles
update documents
set text = left(documents.text, char_start) || '<p><strong>' || substring(documents.text, char_start + 12, char_end - char_start - 22)
    || '</strong></p>' || substring(documents.text, char_end + 3)
from blocks where block_id = '{block_id}' and blocks.document_id = documents.document_id;
update blocks set text = substring(documents.text, char_start + 1, char_end - char_start)
from documents where documents.document_id = blocks.document_id and documents.document_id = '{document_id}';

-- fault: article-text-blank (critical)
-- victims: select article_id from articles
update articles set text = ' ' where article_id = '{article_id}';

-- fault: word-count-doubled (other)
-- victims: select article_id from articles where word_count > 40
update articles set word_count = word_count * 2 where article_id = '{article_id}';

-- fault: word-counts-zero (other)
update articles set word_count = 0;

-- fault: language-tag-of-a-page (critical)
-- each: en-GB; English; EN
-- victims: select article_id from articles
update articles set lang = '{1}' where article_id = '{article_id}';

-- fault: language-of-no-one (other)
-- victims: select article_id from articles
update articles set lang = 'xx' where article_id = '{article_id}';

-- fault: language-wrong (other)
-- victims: select article_id from articles where lang = 'en' and word_count > 60
update articles set lang = 'de' where article_id = '{article_id}';

-- fault: all-languages-missing (critical)
update articles set lang = null;

-- fault: all-languages-the-same (critical)
-- each: de; fr; es
update articles set lang = '{1}';

-- fault: titles-swapped (other)
-- victims: select a.article_id, o.article_id as other from articles as a join articles as o on o.article_id > a.article_id and o.story_id <> a.story_id where a.title is not null and o.title is not null and a.title_source not in ('input') and o.title_source not in ('input')
update articles
set title = swapped.title
from (select article_id, title from articles) as swapped
where (articles.article_id = '{article_id}' and swapped.article_id = '{other}')
    or (articles.article_id = '{other}' and swapped.article_id = '{article_id}');

-- fault: titles-shifted-by-one (critical)
update articles
set title = shifted.title
from (select article_id, lag(title) over (order by article_id) as title from articles) as shifted
where shifted.article_id = articles.article_id;

-- fault: removed-by-missing (critical)
-- victims: select block_id from blocks where not is_kept
update blocks set removed_by = null where block_id = '{block_id}';

-- fault: kept-and-removed (critical)
-- victims: select block_id from blocks where not is_kept and kind <> 'whitespace'
update blocks set is_kept = true where block_id = '{block_id}';

-- fault: kept-block-without-article (critical)
-- victims: select block_id from blocks where is_kept and kind = 'paragraph'
update blocks set article_id = null where block_id = '{block_id}';

-- fault: role-unknown (critical)
-- victims: select article_id from articles
update articles set role = 'sidebar' where article_id = '{article_id}';

-- fault: two-leads (critical)
-- victims: select article_id from articles where role = 'embedded'
update articles set role = 'lead' where article_id = '{article_id}';

-- fault: null (critical)
-- each: articles article_id; articles document_id; articles ordinal; articles role; articles char_start; articles char_end; articles text; articles word_count
-- victims: select rowid as place from {1}
update {1} set {2} = null where rowid = {place};

-- fault: table-emptied (critical)
-- each: articles
delete from {1};

-- fault: column-renamed (critical)
-- each: articles title headline; articles byline author
alter table articles rename column {2} to {3};

-- fault: column-retyped (critical)
-- each: articles published_on timestamp; articles word_count varchar; articles is_canonical integer
alter table articles alter column {2} type {3};

-- fault: clean-counts-do-not-conserve (critical)
-- each: in_count; kept_count; quarantined_count
update stage_counts set {1} = {1} + 1 where stage = 'clean';

-- fault: clean-counts-of-other-tables (critical)
update stage_counts set in_count = in_count + 5, kept_count = kept_count + 5 where stage = 'clean';

-- fault: clean-count-missing (critical)
delete from stage_counts where stage = 'clean';
