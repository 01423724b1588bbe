-- For every expectation, SQL that breaks good data so that it must fail. A line "-- break: name" opens the case of the
-- expectation with that name; the tests refuse an expectation without a case and a case without an expectation.

-- break: documents-are-there
delete from documents;

-- break: documents-have-their-columns
alter table documents alter column byte_length type integer;

-- break: blocks-have-their-columns
alter table blocks alter column ordinal type bigint;

-- break: quarantine-have-their-columns
alter table quarantine drop column uri;

-- break: articles-have-their-columns
alter table articles rename column byline to author;

-- break: clusters-have-their-columns
alter table clusters drop column publisher_count;

-- break: duplicates-have-their-columns
alter table duplicates alter column score type float;

-- break: stories-have-their-columns
alter table stories drop column title;

-- break: time-expressions-have-their-columns
alter table time_expressions alter column begin_on type timestamp;

-- break: event-mentions-have-their-columns
alter table event_mentions alter column end_on type varchar;

-- break: events-have-their-columns
alter table events drop column place;

-- break: document-ids-are-unique
insert into documents from documents where uri like '%envoy';

-- break: document-ids-are-hashes
update documents set document_id = '17' where uri like '%envoy';

-- break: documents-have-a-uri
alter table documents alter column uri drop not null;
update documents set uri = null where uri like '%envoy';

-- break: document-status-is-present
alter table documents alter column status drop not null;
update documents set status = null where uri like '%envoy';

-- break: document-status-is-known
update documents set status = 'half-read' where uri like '%envoy';

-- break: document-lengths-are-not-negative
update documents set byte_length = -1 where uri like '%envoy';

-- break: parsed-documents-have-text
update documents set text = chr(10) where uri like '%envoy';

-- break: documents-decode-cleanly
update documents set text = repeat(chr(65533), 3) || text where uri like '%envoy';

-- break: parsed-documents-have-blocks
delete from blocks where document_id = 'aaaaaaaaaaaaaaaaaaaa';

-- break: quarantined-documents-have-a-reason
delete from quarantine;

-- break: quarantined-documents-keep-no-block
update blocks set document_id = 'dddddddddddddddddddd' where block_id = 'copy-block-0';

-- break: quarantine-reasons-are-known
update quarantine set reason = 'did not like it';

-- break: block-ids-are-unique
update blocks set block_id = 'same' where document_id = 'aaaaaaaaaaaaaaaaaaaa';

-- break: block-places-are-unique
update blocks set ordinal = 0 where document_id = 'aaaaaaaaaaaaaaaaaaaa';

-- break: block-kinds-are-known
update blocks set kind = 'advert' where block_id = 'envoy-block-0';

-- break: blocks-are-not-empty
update blocks set char_end = char_start where block_id = 'envoy-block-0';

-- break: blocks-belong-to-a-document
update blocks set document_id = 'nowhere' where block_id = 'envoy-block-0';

-- break: blocks-tile-the-document
delete from blocks where block_id = 'envoy-block-4';

-- break: blocks-equal-their-slice
update blocks set text = replace(text, 'met', 'saw') where block_id = 'copy-block-0';

-- break: parse-counts-conserve
update stage_counts set kept_count = kept_count - 1 where stage = 'parse';

-- break: clean-counts-conserve
update stage_counts set quarantined_count = 1 where stage = 'clean';

-- break: dedupe-counts-conserve
update stage_counts set duplicate_count = 0 where stage = 'dedupe';

-- break: enrich-counts-conserve
update stage_counts set in_count = 4 where stage = 'enrich';

-- break: parse-quarantine-is-not-unusual
insert into stage_counts select 'run-0' || n, 'parse', 'document', 100, 98, 0, 2, 1 from range(5) as numbers(n);
update stage_counts set in_count = 100, kept_count = 70, quarantined_count = 30 where stage = 'parse' and run_id = 'run-1';

-- break: clean-quarantine-is-not-unusual
update stage_counts set in_count = 100, kept_count = 70, quarantined_count = 30 where stage = 'clean';

-- break: dedupe-quarantine-is-not-unusual
update stage_counts set in_count = 100, kept_count = 70, quarantined_count = 30 where stage = 'dedupe';

-- break: articles-have-not-vanished
insert into stage_counts select 'run-0' || n, 'dedupe', 'article', 300 + n, 300, n, 0, 1 from range(5) as numbers(n);
update stage_counts set in_count = 260, kept_count = 258, duplicate_count = 2 where stage = 'dedupe' and run_id = 'run-1';

-- break: share-of-duplicates-is-not-unusual
insert into stage_counts select 'run-0' || n, 'dedupe', 'article', 300, 270, 30, 0, 1 from range(5) as numbers(n);
update stage_counts set in_count = 400, kept_count = 280, duplicate_count = 120 where stage = 'dedupe' and run_id = 'run-1';

-- break: enrich-quarantine-is-not-unusual
update stage_counts set in_count = 100, kept_count = 70, quarantined_count = 30 where stage = 'enrich';

-- break: articles-are-there
delete from articles;

-- break: article-ids-are-unique
update articles set article_id = 'same';

-- break: article-places-are-unique
update articles set document_id = 'same';

-- break: articles-have-text
update articles set text = chr(160) || chr(10) where article_id = 'envoy-article';

-- break: article-roles-are-known
update articles set role = 'sidebar' where article_id = 'envoy-article';

-- break: leads-come-first
update articles set ordinal = 1 where article_id = 'envoy-article';

-- break: languages-are-codes
update articles set lang = 'en-GB' where article_id = 'envoy-article';

-- break: language-is-known
insert into articles by name
select source.* replace ('more-' || n as article_id, null as lang) from articles as source, range(4) as numbers(n) where article_id = 'vote-article';

-- break: word-counts-are-plausible
update articles set word_count = 900 where article_id = 'envoy-article';

-- break: text-is-free-of-markup
update articles set text = '<p>' || text || '</p> <br/>' where article_id = 'envoy-article';

-- break: parsed-documents-have-articles
delete from articles where article_id = 'envoy-article';

-- break: articles-belong-to-a-parsed-document
update articles set document_id = 'dddddddddddddddddddd' where article_id = 'envoy-article';

-- break: articles-lie-in-their-document
update articles set char_end = char_end + 1000 where article_id = 'envoy-article';

-- break: kept-blocks-belong-to-an-article
update blocks set article_id = 'vote-article' where block_id = 'copy-block-0';

-- break: removed-blocks-name-their-rule
update blocks set removed_by = null where block_id = 'envoy-block-0';

-- break: kept-blocks-are-article-pieces
update blocks set kind = 'promotion' where block_id = 'envoy-block-2';

-- break: article-text-is-its-kept-blocks
update articles set text = text || ' And one sentence that is nowhere.' where article_id = 'envoy-article';

-- break: no-boilerplate-of-advertising
update blocks set text = 'Advertisement' || chr(10) || text where block_id = 'envoy-block-2';

-- break: no-boilerplate-of-legal
update blocks set text = text || '© 2025 Alpha Post. All rights reserved.' where block_id = 'envoy-block-2';

-- break: no-boilerplate-of-navigation
update blocks set text = '  Read more: ten things about grain' where block_id = 'envoy-block-2';

-- break: no-boilerplate-of-newsletters
update blocks set text = 'Sign up for our free daily newsletter!' where block_id = 'envoy-block-2';

-- break: no-boilerplate-of-players
update blocks set text = 'No media source currently available' || chr(10) where block_id = 'envoy-block-2';

-- break: no-boilerplate-of-sharing
update blocks set text = 'Share this article on Facebook' where block_id = 'envoy-block-2';

-- break: no-line-repeats-across-a-publisher
insert into articles by name
select source.* replace ('more-' || n as article_id, 'Story number ' || n || chr(10) || 'Our app is the best way to read.' as text)
from articles as source, range(10) as numbers(n) where article_id = 'vote-article';

-- break: removed-share-is-bounded
insert into articles by name
select source.* replace ('more-' || n as article_id, 'document-' || n as document_id, 'Gamma' as publisher)
from articles as source, range(5) as numbers(n) where article_id = 'vote-article';
insert into blocks by name
select source.* replace ('more-' || n as block_id, 'document-' || n as document_id, false as is_kept, 'furniture' as removed_by)
from blocks as source, range(5) as numbers(n) where block_id = 'vote-block-0';

-- break: html-pages-lose-something
insert into documents by name
select source.* replace ('document-' || n as document_id) from documents as source, range(10) as numbers(n) where uri like '%envoy';
insert into articles by name
select source.* replace ('more-' || n as article_id, 'document-' || n as document_id, 'Gamma' as publisher)
from articles as source, range(10) as numbers(n) where article_id = 'envoy-article';
insert into blocks by name
select source.* replace ('more-' || n as block_id, 'document-' || n as document_id)
from blocks as source, range(10) as numbers(n) where block_id = 'envoy-block-2';

-- break: articles-are-not-mostly-stubs
insert into articles by name
select source.* replace ('more-' || n as article_id, 'Gamma' as publisher, 9 as word_count)
from articles as source, range(10) as numbers(n) where article_id = 'vote-article';

-- break: clusters-are-there
delete from clusters;

-- break: cluster-ids-are-unique
update clusters set cluster_id = 'cluster-1';

-- break: story-ids-are-unique
update stories set story_id = 'story-1';

-- break: duplicate-pairs-are-unique
insert into duplicates from duplicates;

-- break: duplicate-pairs-are-ordered
update duplicates set article_id = other_article_id, other_article_id = article_id;

-- break: relations-are-known
update duplicates set relation = 'similar';

-- break: containment-is-a-share
update duplicates set containment = 1.01;

-- break: resemblance-is-a-share
update duplicates set resemblance = -0.1;

-- break: score-is-a-share
update duplicates set score = 97;

-- break: canonical-reasons-are-known
update clusters set canonical_reason = 'It was longer' where cluster_id = 'cluster-1';

-- break: every-article-is-in-one-cluster
update articles set cluster_id = 'pending' where article_id = 'vote-article';

-- break: cluster-counts-agree
update clusters set article_count = 3 where cluster_id = 'cluster-1';

-- break: one-canonical-in-each-cluster
update articles set is_canonical = true;

-- break: canonical-is-no-fragment
update articles set word_count = 10 where article_id = 'envoy-article';

-- break: canonical-follows-its-rule
update clusters set canonical_reason = 'only-copy' where cluster_id = 'cluster-1';

-- break: duplicate-pairs-are-articles
update duplicates set other_article_id = 'gone';

-- break: clusters-are-connected
update duplicates set is_same_copy = false;

-- break: no-cluster-swallows-the-rest
update clusters set article_count = 60 where cluster_id = 'cluster-1';

-- break: every-article-is-in-one-story
update articles set story_id = 'pending' where article_id = 'vote-article';

-- break: story-counts-agree
update stories set cluster_count = 2 where story_id = 'story-1';

-- break: clusters-lie-in-one-story
update articles set story_id = 'story-2' where article_id = 'copy-article';

-- break: no-two-canonicals-are-the-same-text
update articles set is_canonical = true;

-- break: no-canonical-lies-inside-another
update articles set is_canonical = true;
update articles set text = (
    select string_agg('word' || n, ' ') from range(200) as numbers(n)
) || ' ' || text where article_id = 'envoy-article';

-- break: no-line-repeats-across-stories
insert into articles by name
select source.* replace (
    'more-' || n as article_id, 'story-' || n as story_id,
    'Story number ' || n || chr(10) || 'Our app is the best way to read.' as text
)
from articles as source, range(4) as numbers(n) where article_id = 'vote-article';

-- break: events-are-there
delete from events;

-- break: time-expressions-ids-are-unique
update time_expressions set time_expression_id = 'same';

-- break: event-mentions-ids-are-unique
update event_mentions set event_mention_id = 'same';

-- break: undated-mentions-ids-are-unique
insert into undated_mentions from undated_mentions;

-- break: events-ids-are-unique
update events set event_id = 'event-1';

-- break: mentions-have-a-first-day
update event_mentions set begin_on = null, end_on = null where event_mention_id = 'vote-mention';

-- break: time-expressions-end-after-they-begin
update time_expressions set end_on = begin_on - 1 where time_expression_id = 'vote-time';

-- break: event-mentions-end-after-they-begin
update event_mentions set end_on = begin_on - 1 where event_mention_id = 'vote-mention';

-- break: events-end-after-they-begin
update events set end_on = begin_on - 1 where event_id = 'event-2';

-- break: time-expressions-granularity-is-known
update time_expressions set granularity = 'fortnight' where time_expression_id = 'vote-time';

-- break: event-mentions-granularity-is-known
update event_mentions set granularity = 'fortnight' where event_mention_id = 'vote-mention';

-- break: events-granularity-is-known
update events set granularity = 'fortnight' where event_id = 'event-2';

-- break: time-expressions-value-agrees-with-its-days
update time_expressions set value = '2025-02-30' where time_expression_id = 'vote-time';

-- break: event-mentions-value-agrees-with-its-days
update event_mentions set value = '2025-09' where event_mention_id = 'vote-mention';

-- break: events-value-agrees-with-its-days
update events set value = '2024' where event_id = 'event-2';

-- break: event-mentions-status-is-known
update event_mentions set status = 'rumoured' where event_mention_id = 'vote-mention';

-- break: undated-mentions-status-is-known
update undated_mentions set status = 'rumoured';

-- break: events-status-is-known
update events set status = 'rumoured' where event_id = 'event-2';

-- break: expression-types-are-known
update time_expressions set timex_type = 'date' where time_expression_id = 'vote-time';

-- break: date-sources-are-known
update event_mentions set date_source = 'guess' where event_mention_id = 'vote-mention';

-- break: named-weekday-is-the-weekday-of-the-date
update time_expressions set begin_on = begin_on + 1, end_on = end_on + 1 where time_expression_id = 'envoy-time';

-- break: weekday-in-the-evidence-is-the-events-weekday
update event_mentions set begin_on = begin_on - 7 * 52 - 1, end_on = end_on - 7 * 52 - 1 where event_mention_id = 'vote-mention';

-- break: time-expressions-equal-their-slice
update time_expressions set char_start = char_start + 1 where time_expression_id = 'envoy-time';

-- break: event-mentions-equal-their-slice
update event_mentions set text = 'saw' where event_mention_id = 'envoy-mention';

-- break: event-mentions-sentence-equal-their-slice
update event_mentions set sentence = replace(sentence, 'envoy', 'ambassador') where event_mention_id = 'envoy-mention';

-- break: undated-mentions-equal-their-slice
update undated_mentions set char_start = char_start - 1, char_end = char_end - 1;

-- break: time-expressions-lie-in-their-article
update time_expressions set article_id = 'vote-article' where time_expression_id = 'envoy-time';

-- break: event-mentions-lie-in-their-article
update articles set char_end = 40 where article_id = 'envoy-article';

-- break: undated-mentions-lie-in-their-article
update articles set char_start = 300 where article_id = 'envoy-article';

-- break: sentences-hold-their-event
update event_mentions set sentence_start = char_end where event_mention_id = 'envoy-mention';

-- break: publication-sources-are-present
alter table articles alter column published_source drop not null;
update articles set published_source = null where article_id = 'envoy-article';

-- break: unknown-publication-means-no-day
update articles set published_source = 'unknown' where article_id = 'envoy-article';

-- break: publication-lies-in-its-bounds
update articles set published_latest_on = published_on - 1 where article_id = 'envoy-article';

-- break: publication-time-is-of-its-day
update articles set published_at = published_at + interval 3 days where article_id = 'envoy-article';

-- break: publication-is-not-in-the-future
update articles set published_on = current_date + 3 where article_id = 'envoy-article';

-- break: publication-is-not-before-the-web
update articles set published_on = date '1970-01-01' where article_id = 'envoy-article';

-- break: publication-is-mostly-known
insert into articles by name
select source.* replace ('more-' || n as article_id, null as published_on) from articles as source, range(4) as numbers(n)
where article_id = 'vote-article';

-- break: occurred-events-precede-publication
update articles set published_latest_on = date '2025-08-04' where article_id = 'envoy-article';

-- break: scheduled-events-follow-publication
update articles set published_earliest_on = date '2025-08-10' where article_id = 'vote-article';

-- break: events-lie-within-the-horizon
update event_mentions set begin_on = date '0812-08-08' where event_mention_id = 'vote-mention';

-- break: events-are-mostly-near
insert into event_mentions by name
select source.* replace ('more-' || n as event_mention_id, date '1700-01-01' as begin_on) from event_mentions as source, range(4) as numbers(n)
where event_mention_id = 'vote-mention';

-- break: mentions-belong-to-an-event
delete from events where event_id = 'event-2';

-- break: event-counts-agree
update events set mention_count = 3 where event_id = 'event-1';

-- break: events-have-a-description
update events set description = ' ' where event_id = 'event-1';

-- break: event-days-come-from-a-mention
update events set begin_on = begin_on - 1 where event_id = 'event-1';

-- break: disagreements-belong-to-events
update events set has_disagreement = true where event_id = 'event-1';

-- break: timeline-tells-every-event
delete from articles where article_id = 'vote-article';

-- break: no-event-merges-a-whole-year
update event_mentions set begin_on = begin_on - 400 where event_mention_id = 'copy-mention';

-- break: canonical-articles-show-every-cluster
update articles set is_canonical = false where article_id = 'vote-article';

-- break: timeline-shows-every-event
delete from articles where article_id = 'vote-article';

-- break: removed-text-shows-every-removal
delete from documents where uri like '%vote';

-- break: everything-is-documented
comment on column articles.title is null;

-- break: article-versions-have-their-columns
alter table article_versions drop column removed;

-- break: versions-are-numbered-in-turn
insert into article_versions by name
select article_id, 'group-1' as version_group_id, cluster_id, 1 as version, 2 as version_count, 1 = 2 as is_latest,
    null as previous_article_id, 0 as added_word_count, 0 as removed_word_count, 0 as changed_figure_count,
    0 as changed_name_count, false as has_notice, false as has_new_time, [] as removed, [] as added,
    null::timestamp as stated_modified_at, null::timestamp as fetched_at
from articles where article_id = 'copy-article';
insert into article_versions by name
select article_id, 'group-1' as version_group_id, cluster_id, 3 as version, 2 as version_count, 3 = 2 as is_latest,
    'copy-article' as previous_article_id, 1 as added_word_count, 1 as removed_word_count, 0 as changed_figure_count,
    0 as changed_name_count, false as has_notice, false as has_new_time, ['a'] as removed, ['b'] as added,
    null::timestamp as stated_modified_at, null::timestamp as fetched_at
from articles where article_id = 'envoy-article';

-- break: versions-lie-in-one-cluster
insert into article_versions by name
select article_id, 'group-1' as version_group_id, cluster_id, 1 as version, 2 as version_count, 1 = 2 as is_latest,
    null as previous_article_id, 0 as added_word_count, 0 as removed_word_count, 0 as changed_figure_count,
    0 as changed_name_count, false as has_notice, false as has_new_time, [] as removed, [] as added,
    null::timestamp as stated_modified_at, null::timestamp as fetched_at
from articles where article_id = 'copy-article';
insert into article_versions by name
select article_id, 'group-1' as version_group_id, cluster_id, 2 as version, 2 as version_count, 2 = 2 as is_latest,
    'copy-article' as previous_article_id, 1 as added_word_count, 1 as removed_word_count, 0 as changed_figure_count,
    0 as changed_name_count, false as has_notice, false as has_new_time, ['a'] as removed, ['b'] as added,
    null::timestamp as stated_modified_at, null::timestamp as fetched_at
from articles where article_id = 'vote-article';

-- break: versions-differ-as-they-say
insert into article_versions by name
select article_id, 'group-1' as version_group_id, cluster_id, 1 as version, 2 as version_count, 1 = 2 as is_latest,
    null as previous_article_id, 0 as added_word_count, 0 as removed_word_count, 0 as changed_figure_count,
    0 as changed_name_count, false as has_notice, false as has_new_time, [] as removed, [] as added,
    null::timestamp as stated_modified_at, null::timestamp as fetched_at
from articles where article_id = 'copy-article';
insert into article_versions by name
select article_id, 'group-1' as version_group_id, cluster_id, 2 as version, 2 as version_count, 2 = 2 as is_latest,
    'copy-article' as previous_article_id, 1 as added_word_count, 1 as removed_word_count, 0 as changed_figure_count,
    0 as changed_name_count, false as has_notice, false as has_new_time, ['zeppelin'] as removed, ['balloon'] as added,
    null::timestamp as stated_modified_at, null::timestamp as fetched_at
from articles where article_id = 'envoy-article';

-- break: versions-follow-their-times
insert into article_versions by name
select article_id, 'group-1' as version_group_id, cluster_id, 1 as version, 2 as version_count, 1 = 2 as is_latest,
    null as previous_article_id, 0 as added_word_count, 0 as removed_word_count, 0 as changed_figure_count,
    0 as changed_name_count, false as has_notice, false as has_new_time, [] as removed, [] as added,
    '2025-08-06 12:00:00'::timestamp as stated_modified_at, '2025-08-06 12:00:00'::timestamp as fetched_at
from articles where article_id = 'copy-article';
insert into article_versions by name
select article_id, 'group-1' as version_group_id, cluster_id, 2 as version, 2 as version_count, 2 = 2 as is_latest,
    'copy-article' as previous_article_id, 0 as added_word_count, 0 as removed_word_count, 0 as changed_figure_count,
    0 as changed_name_count, false as has_notice, false as has_new_time, [] as removed, [] as added,
    '2025-08-06 09:00:00'::timestamp as stated_modified_at, '2025-08-06 09:00:00'::timestamp as fetched_at
from articles where article_id = 'envoy-article';

-- break: latest-revision-is-the-latest
update clusters set canonical_reason = 'latest-revision' where cluster_id = 'cluster-1';

-- break: entities-have-their-columns
alter table entities drop column variants;

-- break: entity-mentions-have-their-columns
alter table entity_mentions alter column char_end type varchar;

-- break: entities-ids-are-unique
insert into entities from entities;

-- break: entity-mentions-ids-are-unique
insert into entity_mentions from entity_mentions;

-- break: entities-kind-is-known
update entities set kind = 'ship';

-- break: entity-mentions-equal-their-slice
update entity_mentions set char_start = char_start + 1, char_end = char_end + 1;

-- break: entity-mentions-sentence-equal-their-slice
update entity_mentions set sentence = 'Nobody wrote this.';

-- break: entity-mentions-lie-in-their-article
update articles set char_start = 60 where article_id = 'vote-article';

-- break: names-lie-in-their-sentence
update entity_mentions set sentence_start = char_start + 3;

-- break: names-of-an-article-do-not-overlap
insert into entity_mentions by name
select * replace ('another' as entity_mention_id, char_start + 2 as char_start) from entity_mentions;

-- break: names-belong-to-an-entity
delete from entities;

-- break: entity-counts-agree
update entities set article_count = 3;

-- break: entities-list-their-spellings
update entities set variants = ['Diet'];

-- break: people-are-names-not-sentences
update entities set kind = 'person', name = 'Ten Ways To Save Money Before The Holidays';

-- break: documents-have-no-missing-value
alter table documents alter column media_type drop not null;
update documents set media_type = null;

-- break: sightings-have-no-missing-value
alter table sightings alter column uri drop not null;
update sightings set uri = null;

-- break: blocks-have-no-missing-value
alter table blocks alter column ordinal drop not null;
update blocks set ordinal = null;

-- break: quarantine-have-no-missing-value
alter table quarantine alter column stage drop not null;
update quarantine set stage = null;

-- break: articles-have-no-missing-value
alter table articles alter column role drop not null;
update articles set role = null;

-- break: duplicates-have-no-missing-value
alter table duplicates alter column relation drop not null;
update duplicates set relation = null;

-- break: clusters-have-no-missing-value
alter table clusters alter column canonical_reason drop not null;
update clusters set canonical_reason = null;

-- break: stories-have-no-missing-value
alter table stories alter column publisher_count drop not null;
update stories set publisher_count = null;

-- break: time-expressions-have-no-missing-value
alter table time_expressions alter column value drop not null;
update time_expressions set value = null;

-- break: event-mentions-have-no-missing-value
alter table event_mentions alter column date_source drop not null;
update event_mentions set date_source = null;

-- break: undated-mentions-have-no-missing-value
alter table undated_mentions alter column undated_reason drop not null;
update undated_mentions set undated_reason = null;

-- break: events-have-no-missing-value
alter table events alter column value drop not null;
update events set value = null;

-- break: disagreements-have-no-missing-value
alter table disagreements alter column value drop not null;
insert into disagreements values ('event-1', 'met', '2025-08-06', null, null, 1, [], 'They met.', 'mention-1');
update disagreements set value = null;

-- break: stage-counts-have-no-missing-value
alter table stage_counts alter column unit drop not null;
update stage_counts set unit = null;

-- break: runs-have-no-missing-value
alter table runs alter column status drop not null;
update runs set status = null;

-- break: validations-have-no-missing-value
alter table validations alter column outcome drop not null;
update validations set outcome = null;

-- break: few-documents-are-decoded-wrongly
insert into documents by name
select source.* replace ('document-' || n as document_id, repeat('CafÃ© â€œ', 9) as text) from documents as source, range(4) as numbers(n) where uri like '%envoy';

-- break: documents-are-not-mojibake
update documents set text = repeat('CafÃ© ', 9) || text where uri like '%envoy';

-- break: blocks-are-in-order
update blocks set ordinal = 9 - ordinal where document_id = 'aaaaaaaaaaaaaaaaaaaa';

-- break: documents-and-sightings-match
delete from sightings where uri like '%envoy';

-- break: parse-counts-are-of-the-tables
update stage_counts set in_count = 9, kept_count = 8 where stage = 'parse';

-- break: clean-counts-are-of-the-tables
delete from stage_counts where stage = 'clean';

-- break: dedupe-counts-are-of-the-tables
insert into stage_counts from stage_counts where stage = 'dedupe';

-- break: enrich-counts-are-of-the-tables
update stage_counts set in_count = 9, kept_count = 9 where stage = 'enrich';

-- break: articles-range-over-their-blocks
update articles set char_end = char_end - 30 where article_id = 'vote-article';

-- break: languages-mostly-fit-their-texts
insert into articles by name
select source.* replace ('more-' || n as article_id, 'de' as lang) from articles as source, range(10) as numbers(n) where article_id = 'vote-article';

-- break: languages-fit-their-texts
update articles set lang = 'de' where article_id = 'vote-article';

-- break: no-paragraph-stands-twice
update blocks set text = (select text from blocks where block_id = 'envoy-block-3') where block_id = 'envoy-block-2';

-- break: titles-belong-to-their-documents
insert into articles by name
select source.* replace ('more-' || n as article_id, 'Lighthouse keepers celebrate anniversary' as title) from articles as source, range(4) as numbers(n) where article_id = 'vote-article';

-- break: copies-share-words
update articles set text = 'Lighthouse keepers along several northern coasts celebrated another anniversary yesterday, welcoming hundreds among curious visitors despite autumn weather, flooded meadows, closed bridges, cancelled ferries.' where article_id = 'copy-article';

-- break: stated-dates-are-what-their-words-say
update time_expressions set text = 'August 16, 2025' where time_expression_id = 'envoy-time';

-- break: near-words-are-near-their-anchor
update time_expressions set anchor_on = begin_on - 20 where time_expression_id = 'vote-time';

-- break: mentions-have-the-days-of-their-expression
update event_mentions set begin_on = begin_on - 2, end_on = end_on - 2 where event_mention_id = 'vote-mention';

-- break: time-expressions-are-as-long-as-their-granularity
update time_expressions set end_on = begin_on + 300 where time_expression_id = 'vote-time';

-- break: event-mentions-are-as-long-as-their-granularity
update event_mentions set end_on = begin_on + 20 where event_mention_id = 'vote-mention';

-- break: events-are-as-long-as-their-granularity
update events set end_on = begin_on + 300 where event_id = 'event-2';

-- break: anchors-and-sources-are-known
update time_expressions set anchor_source = 'somewhere' where time_expression_id = 'vote-time';

-- break: event-statuses-come-from-a-mention
update events set status = 'occurred' where event_id = 'event-2';

-- break: one-row-for-each-run
delete from runs;

-- break: run-statuses-are-known
update runs set status = 'fine';

-- break: the-release-passed-its-gates
update validations set evaluated_at = evaluated_at - interval 3 days where stage = 'clean';

-- break: gate-results-are-known
update validations set severity = 'grave' where stage = 'clean' and ordinal = 0;

-- break: copies-share-words-with-their-canonical
update articles set text = 'Lighthouse keepers along several northern coasts celebrated another anniversary yesterday, welcoming hundreds among curious visitors despite autumn weather, flooded meadows, closed bridges, cancelled ferries.' where article_id = 'copy-article';

-- break: time-expressions-values-are-timex3
update time_expressions set value = 'PAS' where time_expression_id = (select min(time_expression_id) from time_expressions);

-- break: event-mentions-values-are-timex3
update event_mentions set value = 'PAS' where event_mention_id = (select min(event_mention_id) from event_mentions);

-- break: events-values-are-timex3
update events set value = 'PAS' where event_id = (select min(event_id) from events);

-- break: quotes-have-their-columns
alter table quotes drop column cue;

-- break: quotes-ids-are-unique
insert into quotes from quotes;

-- break: quotes-speaker-source-is-known
update quotes set speaker_source = 'hearsay';

-- break: quotes-equal-their-slice
update quotes set char_start = char_start + 1;

-- break: speakers-equal-their-slice
update quotes set speaker_start = speaker_start + 1;

-- break: quotes-lie-in-their-article
update articles set char_start = 900 where article_id = 'vote-article';

-- break: speakers-lie-in-their-article
update quotes set speaker_start = char_start, speaker_end = char_start + 4;

-- break: speakers-are-entities
delete from entities;

-- break: unattributed-quotes-say-why
update quotes set entity_id = null;

-- break: utterances-have-all-their-parts
update quotes set part = 2;

-- break: quotes-mostly-have-a-speaker
insert into quotes by name
select quotes.* replace ('quote-' || range as quote_id, 'none' as speaker_source) from quotes, range(60);

-- break: entities-have-no-missing-value
alter table entities alter column name drop not null;
update entities set name = null;

-- break: entity-mentions-have-no-missing-value
alter table entity_mentions alter column text drop not null;
update entity_mentions set text = null;

-- break: quotes-have-no-missing-value
alter table quotes alter column text drop not null;
update quotes set text = null;

-- break: actors-and-places-of-events-are-entities
update events set actor_entity_ids = ['nobody'] where event_id = 'event-1';

-- break: quarantine-stages-are-known
update quarantine set stage = 'somewhere';

-- break: documents-fit-their-bytes
update documents set byte_length = 1 where uri like '%vote';

-- break: articles-are-no-wider-than-their-blocks
update articles set char_end = char_end + 1 where article_id = 'vote-article';

-- break: no-title-is-of-another-document
update articles set title = 'Lighthouse keepers celebrate anniversary' where article_id = 'vote-article';

-- break: verified-copies-lie-in-one-cluster
update articles set cluster_id = 'cluster-2' where article_id = 'copy-article';

-- break: no-story-swallows-the-rest
insert into articles by name
select source.* replace ('more-' || n as article_id) from articles as source, range(31) as numbers(n) where article_id = 'vote-article';
update stories set article_count = 32 where story_id = 'story-2';

-- break: dated-share-is-plausible
insert into undated_mentions by name
select source.* replace ('more-' || n as event_mention_id) from undated_mentions as source, range(200) as numbers(n);

-- break: events-belong-to-a-story
update events set story_id = 'story-9' where event_id = 'event-1';

-- break: events-are-of-their-mentions-days
update event_mentions set begin_on = begin_on + 5, end_on = end_on + 5 where event_mention_id = 'envoy-mention';

-- break: sentences-hold-their-undated-mention
update undated_mentions set sentence_start = char_end, sentence_end = char_end + 9;

-- break: publication-sources-are-known
update articles set published_source = 'somewhere' where article_id = 'vote-article';

-- break: anchors-are-the-publication
update time_expressions set anchor_source = 'published', anchor_on = date '2025-08-01' where time_expression_id = 'vote-time';

-- break: undated-reasons-are-words
update undated_mentions set undated_reason = 'No date?';

-- break: quality-trend-shows-every-run
insert into runs from runs;

-- break: no-boilerplate-of-biographies
update blocks set text = 'Ada Byron writes about bridges for Alpha Post.' where block_id = 'envoy-block-2';

-- break: time-expressions-granularity-fits-the-value
update time_expressions set granularity = 'year' where time_expression_id = (select min(time_expression_id) from time_expressions);

-- break: event-mentions-granularity-fits-the-value
update event_mentions set granularity = 'year' where event_mention_id = (select min(event_mention_id) from event_mentions);

-- break: events-granularity-fits-the-value
update events set granularity = 'year' where event_id = (select min(event_id) from events);

-- break: stories-span-their-articles
update stories set first_published_on = first_published_on - 3 where story_id = 'story-1';

-- break: events-of-several-stories-share-words
update event_mentions set event_id = 'event-1', actors = ['Speaker'] where event_mention_id = 'vote-mention';

-- break: no-event-is-told-twice
update events set description = 'met the minister';
insert into events by name select * replace ('event-3' as event_id) from events where event_id = 'event-1';

-- break: disagreements-name-their-evidence
insert into disagreements by name
select event_id, 'met' as description, value, 1 as article_count, [article_id] as article_ids, 'They met.' as sentence,
    event_mention_id
from event_mentions where event_mention_id = 'envoy-mention';
