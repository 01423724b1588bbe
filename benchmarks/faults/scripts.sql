-- Scripts that make what is derived agree with broken data, so that a fault is not given away by its clumsiness.

-- script: rebuild-articles
create temp table kept as
select
    article_id,
    string_agg(trim(text, chr(9) || chr(10) || chr(13) || chr(32)), chr(10) || chr(10) order by char_start)
        filter (where kind in ('summary', 'paragraph', 'heading', 'quote', 'list', 'table')) as kept_text,
    min(char_start) as first_start,
    max(char_end) as last_end
from blocks
where is_kept and article_id is not null
group by article_id;
update articles
set text = coalesce(kept_text, ''), char_start = first_start, char_end = last_end,
    word_count = len(regexp_extract_all(coalesce(kept_text, ''), '\S+'))
from kept
where kept.article_id = articles.article_id;
drop table kept;

-- script: forget-lost-documents
delete from articles where document_id not in (select document_id from documents);
delete from blocks where document_id not in (select document_id from documents);
delete from duplicates
where article_id not in (select article_id from articles) or other_article_id not in (select article_id from articles);
delete from time_expressions where article_id not in (select article_id from articles);
delete from event_mentions where article_id not in (select article_id from articles);
delete from undated_mentions where article_id not in (select article_id from articles);

-- script: recount
update stage_counts
set kept_count = (select count(distinct document_id) from blocks),
    quarantined_count = in_count - (select count(distinct document_id) from blocks)
where stage = 'parse';
update stage_counts
set in_count = (select count(distinct document_id) from blocks),
    kept_count = (select count(distinct document_id) from articles),
    quarantined_count = (select count(distinct document_id) from blocks) - (select count(distinct document_id) from articles)
where stage = 'clean';
update stage_counts
set in_count = (select count(*) from articles),
    kept_count = (select count(*) from articles where is_canonical),
    duplicate_count = (select count(*) from articles where not is_canonical)
where stage = 'dedupe';

-- script: recount-clusters
delete from clusters where cluster_id not in (select cluster_id from articles);
update clusters
set article_count = members, publisher_count = publishers
from (
    select cluster_id, count(*) as members, greatest(1, count(distinct publisher)) as publishers
    from articles
    group by cluster_id
) as counted
where counted.cluster_id = clusters.cluster_id;
delete from stories where story_id not in (select story_id from articles);
update stories
set article_count = members, cluster_count = clusters_counted, publisher_count = publishers
from (
    select
        story_id, count(*) as members, count(distinct cluster_id) as clusters_counted,
        count(distinct publisher) as publishers
    from articles
    group by story_id
) as counted
where counted.story_id = stories.story_id;

-- script: recount-events
delete from events where event_id not in (select event_id from event_mentions);
delete from disagreements where event_id not in (select event_id from events);
update events
set mention_count = mentions, article_count = articles_counted, publisher_count = publishers, first_reported_on = first_on
from (
    select
        event_id, count(*) as mentions, count(distinct article_id) as articles_counted,
        count(distinct publisher) as publishers, min(published_on) as first_on
    from event_mentions
    join articles using (article_id)
    group by event_id
) as told
where told.event_id = events.event_id;
