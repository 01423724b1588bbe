-- Faults that arise while articles are dated, time expressions read, and events merged.

-- fault: publication-off-by-a-week (critical)
-- victims: select article_id from articles where published_on is not null and article_id in (select article_id from time_expressions where anchor_source = 'published')
-- then: recount-events
update articles set published_on = published_on + 7, published_at = published_at + interval 7 days
where article_id = '{article_id}';

-- fault: publication-and-bounds-off-by-a-week (critical)
-- each: -7; 7
-- victims: select article_id from articles where published_on is not null and article_id in (select article_id from time_expressions where anchor_source = 'published')
-- then: recount-events
update articles
set published_on = published_on + {1}, published_at = published_at + interval ({1}) days,
    published_earliest_on = published_earliest_on + {1}, published_latest_on = published_latest_on + {1}
where article_id = '{article_id}';

-- fault: publication-and-bounds-off-by-a-day (other)
-- victims: select article_id from articles where published_on is not null and published_at is not null and article_id in (select article_id from time_expressions where anchor_source = 'published')
-- then: recount-events
update articles
set published_on = published_on - 1, published_at = published_at - interval 1 day,
    published_earliest_on = published_earliest_on - 1, published_latest_on = published_latest_on - 1
where article_id = '{article_id}';

-- fault: publication-in-the-future (critical)
-- victims: select article_id from articles where published_on is not null
-- then: recount-events
update articles
set published_on = current_date + 40, published_at = null, published_earliest_on = current_date + 40, published_latest_on = current_date + 40
where article_id = '{article_id}';

-- fault: publication-time-of-another-day (critical)
-- victims: select article_id from articles where published_at is not null
update articles set published_at = published_at - interval 5 days where article_id = '{article_id}';

-- fault: publication-source-lost (critical)
-- victims: select article_id from articles where published_on is not null
update articles set published_source = 'unknown' where article_id = '{article_id}';

-- fault: publication-source-not-known (critical)
-- victims: select article_id from articles where published_on is not null
update articles set published_source = 'somewhere' where article_id = '{article_id}';

-- fault: all-publication-days-lost (other)
-- then: recount-events
update articles set published_on = null, published_at = null, published_source = 'unknown';

-- fault: all-published-on-one-day (other)
-- then: recount-events
update articles
set published_on = date '2026-03-31', published_at = null, published_earliest_on = date '2026-03-31', published_latest_on = date '2026-03-31',
    published_source = 'fetch-time';

-- fault: mention-off-by-a-week (critical)
-- victims: select event_mention_id from event_mentions where begin_on is not null
update event_mentions set begin_on = begin_on + 7, end_on = end_on + 7 where event_mention_id = '{event_mention_id}';

-- fault: mention-off-by-a-day (critical)
-- victims: select event_mention_id from event_mentions where granularity = 'day' and date_source in ('clause', 'sentence') and begin_on = end_on
update event_mentions set begin_on = begin_on - 1, end_on = end_on - 1, value = strftime(begin_on - 1, '%Y-%m-%d')
where event_mention_id = '{event_mention_id}';

-- fault: event-off-by-a-week (critical)
-- victims: select event_id from events
update events set begin_on = begin_on + 7, end_on = end_on + 7 where event_id = '{event_id}';

-- fault: everything-about-an-event-off-by-a-week (critical)
-- victims: select event_id from events where granularity = 'day' and begin_on = end_on and event_id in (select event_id from event_mentions where date_source in ('clause', 'sentence')) and event_id not in (select event_id from event_mentions where date_source not in ('clause', 'sentence') or granularity <> 'day')
update events set begin_on = begin_on - 7, end_on = end_on - 7, value = strftime(begin_on - 7, '%Y-%m-%d')
where event_id = '{event_id}';
update event_mentions set begin_on = begin_on - 7, end_on = end_on - 7, value = strftime(begin_on - 7, '%Y-%m-%d')
where event_id = '{event_id}';

-- fault: explicit-date-read-wrongly (critical)
-- each: day 1; week 7; month 31; year 365
-- victims: select time_expression_id from time_expressions where granularity = 'day' and regexp_matches(text, '(January|February|March|April|May) \d+, \d+|\d+ (January|February|March|April|May) \d+')
update time_expressions set begin_on = begin_on - {2}, end_on = end_on - {2}, value = strftime(begin_on - {2}, '%Y-%m-%d')
where time_expression_id = '{time_expression_id}';

-- fault: date-without-a-year-read-wrongly (critical)
-- each: day 1; month 31
-- victims: select time_expression_id from time_expressions where granularity = 'day' and regexp_matches(text, '^(January|February|March|April|May) \d+$')
update time_expressions set begin_on = begin_on - {2}, end_on = end_on - {2}, value = strftime(begin_on - {2}, '%Y-%m-%d')
where time_expression_id = '{time_expression_id}';

-- fault: year-read-wrongly (critical)
-- victims: select time_expression_id from time_expressions where granularity = 'year' and regexp_matches(text, '^\d+$')
update time_expressions
set begin_on = begin_on - interval 1 year, end_on = end_on - interval 1 year, value = strftime(begin_on - 30, '%Y')
where time_expression_id = '{time_expression_id}';

-- fault: plain-weekday-off-by-a-day (critical)
-- victims: select time_expression_id from time_expressions where timex_type = 'DATE' and begin_on is not null and regexp_matches(text, '^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$')
update time_expressions set begin_on = begin_on + 1, end_on = end_on + 1, value = strftime(begin_on + 1, '%Y-%m-%d')
where time_expression_id = '{time_expression_id}';

-- fault: plain-weekday-two-weeks-off (critical)
-- victims: select time_expression_id from time_expressions where timex_type = 'DATE' and begin_on is not null and regexp_matches(text, '^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$')
update time_expressions set begin_on = begin_on + 14, end_on = end_on + 14, value = strftime(begin_on + 14, '%Y-%m-%d')
where time_expression_id = '{time_expression_id}';

-- fault: plain-weekday-a-week-back (other)
-- victims: select time_expression_id from time_expressions where timex_type = 'DATE' and begin_on is not null and regexp_matches(text, '^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$')
update time_expressions set begin_on = begin_on - 7, end_on = end_on - 7, value = strftime(begin_on - 7, '%Y-%m-%d')
where time_expression_id = '{time_expression_id}';

-- fault: yesterday-off-by-a-day (critical)
-- victims: select time_expression_id from time_expressions where begin_on is not null and lower(text) in ('today', 'yesterday', 'tomorrow')
update time_expressions set begin_on = begin_on + 1, end_on = end_on + 1, value = strftime(begin_on + 1, '%Y-%m-%d')
where time_expression_id = '{time_expression_id}';

-- fault: event-after-its-article (critical)
-- victims: select event_mention_id, event_id from event_mentions join articles using (article_id) where event_mentions.status = 'occurred' and published_on is not null and granularity = 'day'
update event_mentions
set begin_on = begin_on + 300, end_on = end_on + 300, value = strftime(begin_on + 300, '%Y-%m-%d')
where event_mention_id = '{event_mention_id}';

-- fault: plan-told-as-occurred (critical)
-- victims: select event_mention_id from event_mentions join articles using (article_id) where event_mentions.status = 'scheduled' and begin_on > published_latest_on + 1
update event_mentions set status = 'occurred' where event_mention_id = '{event_mention_id}';

-- fault: event-status-of-no-mention (critical)
-- victims: select event_id from events where status = 'scheduled' and event_id not in (select event_id from event_mentions where status = 'occurred')
update events set status = 'occurred' where event_id = '{event_id}';

-- fault: begin-after-end (critical)
-- each: time_expressions time_expression_id; event_mentions event_mention_id; events event_id
-- victims: select {2} as victim from {1} where begin_on is not null and end_on is not null
update {1} set begin_on = end_on + 3 where {2} = '{victim}';

-- fault: offset-shifted (critical)
-- each: time_expressions char_start char_end; event_mentions char_start char_end; event_mentions sentence_start sentence_end; undated_mentions char_start char_end
-- victims: select rowid as place from {1}
update {1} set {2} = {2} + 1, {3} = {3} + 1 where rowid = {place};

-- fault: undated-sentence-shifted (critical)
-- victims: select rowid as place from undated_mentions
update undated_mentions set sentence_start = char_end, sentence_end = char_end + 40 where rowid = {place};

-- fault: expression-offset-shifted (critical)
-- victims: select rowid as place from event_mentions where expression_start is not null
update event_mentions set expression_start = expression_start + 1, expression_end = expression_end + 1 where rowid = {place};

-- fault: evidence-altered (critical)
-- each: time_expressions text; event_mentions text; event_mentions sentence; undated_mentions text
-- victims: select rowid as place from {1}
update {1} set {2} = {2} || 'x' where rowid = {place};

-- fault: of-another-document (critical)
-- each: time_expressions; event_mentions; undated_mentions
-- victims: select t.rowid as place, a.article_id, a.document_id from {1} as t, (select max(article_id) as article_id, max_by(document_id, article_id) as document_id from articles) as a where a.document_id <> t.document_id
update {1} set article_id = '{article_id}', document_id = '{document_id}' where rowid = {place};

-- fault: of-another-document-alone (critical)
-- each: time_expressions; event_mentions; undated_mentions
-- victims: select t.rowid as place, a.document_id from {1} as t, (select max(document_id) as document_id from articles) as a where a.document_id <> t.document_id
update {1} set document_id = '{document_id}' where rowid = {place};

-- fault: orphan-row (critical)
-- each: time_expressions article_id; time_expressions document_id; event_mentions article_id; event_mentions event_id; undated_mentions article_id; disagreements event_id; events story_id
-- victims: select rowid as place from {1} where {2} is not null
update {1} set {2} = 'ffffffffffffffffffff' where rowid = {place};

-- fault: id-doubled (critical)
-- each: time_expressions; event_mentions; undated_mentions; events
-- victims: select rowid as place from {1}
insert into {1} from {1} where rowid = {place};

-- fault: word-unknown (critical)
-- each: time_expressions granularity; time_expressions timex_type; time_expressions anchor_source; event_mentions granularity; event_mentions status; event_mentions date_source; undated_mentions status; undated_mentions undated_reason; events granularity; events status
-- victims: select rowid as place from {1}
update {1} set {2} = 'Fortnightly?' where rowid = {place};

-- fault: value-of-another-day (critical)
-- each: time_expressions; event_mentions; events
-- victims: select rowid as place from {1} where granularity = 'day' and begin_on is not null and regexp_matches(value, '^\d+-\d+-\d+$')
update {1} set value = strftime(begin_on + 40, '%Y-%m-%d') where rowid = {place};

-- fault: value-not-in-the-calendar (critical)
-- each: time_expressions; event_mentions; events
-- victims: select rowid as place from {1} where granularity = 'day' and begin_on is not null
update {1} set value = '2026-02-30' where rowid = {place};

-- fault: year-claimed-as-a-day (critical)
-- each: time_expressions; event_mentions; events
-- victims: select rowid as place from {1} where granularity = 'year' and begin_on is not null
update {1} set granularity = 'day' where rowid = {place};

-- fault: year-written-as-its-first-day (critical)
-- each: time_expressions; event_mentions
-- victims: select rowid as place from {1} where granularity = 'year' and begin_on is not null
update {1} set granularity = 'day', value = strftime(begin_on, '%Y-%m-%d'), end_on = begin_on where rowid = {place};

-- fault: day-claimed-as-a-year (critical)
-- each: event_mentions; events
-- victims: select rowid as place from {1} where granularity = 'day' and begin_on = end_on
update {1} set granularity = 'year' where rowid = {place};

-- fault: mention-without-any-day (critical)
-- victims: select rowid as place from event_mentions
update event_mentions set begin_on = null, end_on = null where rowid = {place};

-- fault: all-events-undated (critical)
-- then: recount-events
insert into undated_mentions
select event_mention_id, article_id, document_id, sentence_start, sentence_end, char_start, char_end, text, status, 'no-date'
from event_mentions;
delete from event_mentions;

-- fault: events-of-half-the-articles-missing (other)
-- each: 0; 1
-- then: recount-events
delete from event_mentions where hash(article_id) % 2 = {1};
delete from undated_mentions where hash(article_id) % 2 = {1};
delete from time_expressions where hash(article_id) % 2 = {1};

-- fault: event-count-wrong (critical)
-- each: mention_count; article_count; publisher_count
-- victims: select event_id from events
update events set {1} = {1} + 2 where event_id = '{event_id}';

-- fault: first-report-wrong (critical)
-- victims: select event_id from events where first_reported_on is not null
update events set first_reported_on = first_reported_on - 9 where event_id = '{event_id}';

-- fault: event-without-mentions (critical)
-- victims: select event_id from events
delete from event_mentions where event_id = '{event_id}';

-- fault: event-split (other)
-- victims: select event_mention_id, event_id from event_mentions join events using (event_id) where mention_count > 3
-- then: recount-events
update event_mentions set event_id = 'ffffffffffffffffffff' where event_mention_id = '{event_mention_id}';
insert into events by name
select events.* replace ('ffffffffffffffffffff' as event_id, m.begin_on as begin_on, m.end_on as end_on, false as has_disagreement)
from events join event_mentions as m on m.event_mention_id = '{event_mention_id}' where events.event_id = '{event_id}';

-- fault: events-merged-across-dates (critical)
-- victims: select e.event_id, o.event_id as other from events as e join events as o on o.begin_on > e.begin_on + 20 where e.granularity = 'day' and o.granularity = 'day' and not e.has_disagreement and not o.has_disagreement
-- then: recount-events
update event_mentions set event_id = '{event_id}' where event_id = '{other}';

-- fault: events-of-two-stories-merged (other)
-- victims: select e.event_id, o.event_id as other from events as e join events as o on o.begin_on = e.begin_on and o.story_id <> e.story_id where e.granularity = 'day' and o.granularity = 'day' and e.event_id <> o.event_id and not e.has_disagreement and not o.has_disagreement
-- then: recount-events
update event_mentions set event_id = '{event_id}' where event_id = '{other}';

-- fault: disagreement-hidden (critical)
-- victims: select event_id from events where has_disagreement
delete from disagreements where event_id = '{event_id}';

-- fault: description-blank (critical)
-- victims: select event_id from events
update events set description = '' where event_id = '{event_id}';

-- fault: null (critical)
-- each: articles published_source; time_expressions time_expression_id; time_expressions article_id; time_expressions document_id; time_expressions char_start; time_expressions text; time_expressions value; time_expressions timex_type; time_expressions granularity; time_expressions anchor_source; event_mentions event_mention_id; event_mentions event_id; event_mentions article_id; event_mentions document_id; event_mentions char_start; event_mentions char_end; event_mentions sentence_start; event_mentions text; event_mentions sentence; event_mentions value; event_mentions granularity; event_mentions date_source; event_mentions status; undated_mentions event_mention_id; undated_mentions article_id; undated_mentions undated_reason; undated_mentions status; events event_id; events description; events begin_on; events granularity; events value; events status; events mention_count; events has_disagreement; disagreements event_id; disagreements value
-- victims: select rowid as place from {1}
update {1} set {2} = null where rowid = {place};

-- fault: table-emptied (critical)
-- each: time_expressions; event_mentions; events; disagreements; undated_mentions
delete from {1};

-- fault: column-renamed (critical)
-- each: time_expressions value timex; event_mentions begin_on started_on; events actors who; undated_mentions undated_reason reason; disagreements value side
alter table {1} rename column {2} to {3};

-- fault: column-retyped (critical)
-- each: time_expressions begin_on timestamp; event_mentions end_on varchar; events actors varchar; events mention_count double
alter table {1} alter column {2} type {3};

-- fault: enrich-counts-do-not-conserve (critical)
-- each: in_count; kept_count; quarantined_count
update stage_counts set {1} = {1} + 1 where stage = 'enrich';

-- fault: enrich-counts-of-other-tables (critical)
update stage_counts set in_count = in_count + 5, kept_count = kept_count + 5 where stage = 'enrich';

-- fault: batch-not-annotated (critical)
-- victims: select n from range(3) as parts(n)
-- then: recount-events
delete from event_mentions where hash(article_id) % 3 = {n};
delete from undated_mentions where hash(article_id) % 3 = {n};
delete from time_expressions where hash(article_id) % 3 = {n};
update stage_counts
set kept_count = in_count - (select count(*) from articles where hash(article_id) % 3 = {n}),
    quarantined_count = (select count(*) from articles where hash(article_id) % 3 = {n})
where stage = 'enrich';
