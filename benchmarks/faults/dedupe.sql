-- Faults that arise while copies are found, clustered and grouped into stories.

-- fault: cluster-split (critical)
-- victims: select article_id, cluster_id from articles where not is_canonical
-- then: recount-clusters; recount
update articles set cluster_id = 'ffffffffffffffffffff', is_canonical = true where article_id = '{article_id}';
insert into clusters values ('ffffffffffffffffffff', '{article_id}', 'only-copy', 1, 1);
update clusters set canonical_reason = 'only-copy'
where cluster_id = '{cluster_id}' and (select count(*) from articles where cluster_id = '{cluster_id}') = 1;

-- fault: duplicate-pair-dropped (critical)
-- victims: select article_id, cluster_id from articles as a where not is_canonical and exists (from duplicates as d where (a.article_id in (d.article_id, d.other_article_id)) and greatest(containment, resemblance) >= 0.8)
-- then: recount-clusters; recount
delete from duplicates where '{article_id}' in (article_id, other_article_id);
update articles set cluster_id = 'ffffffffffffffffffff', is_canonical = true where article_id = '{article_id}';
insert into clusters values ('ffffffffffffffffffff', '{article_id}', 'only-copy', 1, 1);
update clusters set canonical_reason = 'only-copy'
where cluster_id = '{cluster_id}' and (select count(*) from articles where cluster_id = '{cluster_id}') = 1;

-- fault: restyled-pair-dropped (other)
-- victims: select article_id, cluster_id from articles as a where not is_canonical and not exists (from duplicates as d where (a.article_id in (d.article_id, d.other_article_id)) and greatest(containment, resemblance) >= 0.8)
-- then: recount-clusters; recount
delete from duplicates where '{article_id}' in (article_id, other_article_id);
update articles set cluster_id = 'ffffffffffffffffffff', is_canonical = true where article_id = '{article_id}';
insert into clusters values ('ffffffffffffffffffff', '{article_id}', 'only-copy', 1, 1);
update clusters set canonical_reason = 'only-copy'
where cluster_id = '{cluster_id}' and (select count(*) from articles where cluster_id = '{cluster_id}') = 1;

-- fault: dedupe-did-not-run (critical)
-- then: recount-clusters; recount
delete from duplicates;
delete from clusters;
update articles set cluster_id = article_id, is_canonical = true;
insert into clusters select article_id, article_id, 'only-copy', 1, 1 from articles;

-- fault: clusters-merged-without-a-pair (critical)
-- victims: select a.cluster_id, o.cluster_id as other, a.story_id from articles as a join articles as o on o.story_id <> a.story_id where a.is_canonical and o.is_canonical
-- then: recount-clusters; recount
update articles set cluster_id = '{cluster_id}', is_canonical = false, story_id = '{story_id}' where cluster_id = '{other}';
update clusters set canonical_reason = 'most-complete' where cluster_id = '{cluster_id}';

-- fault: cluster-across-unrelated-articles (critical)
-- victims: select a.article_id, o.article_id as other_id, a.cluster_id, o.cluster_id as other, a.story_id from articles as a join articles as o on o.story_id <> a.story_id and o.article_id > a.article_id where a.is_canonical and o.is_canonical and a.lang = o.lang
-- then: recount-clusters; recount
insert into duplicates values ('{article_id}', '{other_id}', 'near', true, 0.9, 0.9, 0.9, 1, 1, 1, 0.99, '[]');
update articles set cluster_id = '{cluster_id}', is_canonical = false, story_id = '{story_id}' where cluster_id = '{other}';
update clusters set canonical_reason = 'most-complete' where cluster_id = '{cluster_id}';

-- fault: everything-in-one-cluster (critical)
-- then: recount-clusters; recount
insert into duplicates
select least(a.article_id, o.article_id), greatest(a.article_id, o.article_id), 'near', true, 0.9, 0.9, 0.9, 1, 1, 1, 0.99, '[]'
from articles as a, (select min(article_id) as article_id from articles) as o
where a.article_id <> o.article_id;
update articles set cluster_id = first_cluster, story_id = first_story, is_canonical = article_id = first_article
from (select arg_min(cluster_id, article_id) as first_cluster, arg_min(story_id, article_id) as first_story, min(article_id) as first_article from articles) as f;
update clusters set canonical_article_id = f.article_id, canonical_reason = 'original-publisher'
from (select min(article_id) as article_id from articles) as f;

-- fault: two-canonicals-in-a-cluster (critical)
-- victims: select article_id from articles where not is_canonical
-- then: recount
update articles set is_canonical = true where article_id = '{article_id}';

-- fault: no-canonical-in-a-cluster (critical)
-- victims: select article_id from articles where is_canonical
-- then: recount
update articles set is_canonical = false where article_id = '{article_id}';

-- fault: cluster-names-another-canonical (critical)
-- victims: select cluster_id, (select min(article_id) from articles as o where o.cluster_id <> c.cluster_id) as other from clusters as c
update clusters set canonical_article_id = '{other}' where cluster_id = '{cluster_id}';

-- fault: fragment-chosen-as-canonical (critical)
-- victims: select cluster_id, arg_min(article_id, word_count) as fragment from articles group by cluster_id having count(*) > 1 and min(word_count) < 0.5 * max(word_count)
update articles set is_canonical = article_id = '{fragment}' where cluster_id = '{cluster_id}';
update clusters set canonical_article_id = '{fragment}', canonical_reason = 'most-complete' where cluster_id = '{cluster_id}';

-- fault: canonical-reason-unknown (critical)
-- each: Longest; because
-- victims: select cluster_id from clusters
update clusters set canonical_reason = '{1}' where cluster_id = '{cluster_id}';

-- fault: canonical-reason-of-another-choice (other)
-- victims: select cluster_id from clusters where article_count > 1
update clusters set canonical_reason = 'only-copy' where cluster_id = '{cluster_id}';

-- fault: cluster-count-wrong (critical)
-- each: article_count; publisher_count
-- victims: select cluster_id from clusters
update clusters set {1} = {1} + 2 where cluster_id = '{cluster_id}';

-- fault: story-count-wrong (critical)
-- each: article_count; cluster_count; publisher_count
-- victims: select story_id from stories
update stories set {1} = {1} + 2 where story_id = '{story_id}';

-- fault: story-days-wrong (other)
-- victims: select story_id from stories where first_published_on is not null
update stories set first_published_on = first_published_on - 30 where story_id = '{story_id}';

-- fault: cluster-over-two-stories (critical)
-- victims: select a.article_id, o.story_id as other from articles as a join stories as o on o.story_id <> a.story_id where not a.is_canonical
-- then: recount-clusters
update articles set story_id = '{other}' where article_id = '{article_id}';

-- fault: all-articles-one-story (other)
-- then: recount-clusters
update articles set story_id = (select min(story_id) from stories);

-- fault: pair-out-of-order (critical)
-- victims: select article_id, other_article_id from duplicates
update duplicates set article_id = '{other_article_id}', other_article_id = '{article_id}'
where article_id = '{article_id}' and other_article_id = '{other_article_id}';

-- fault: pair-doubled (critical)
-- victims: select article_id, other_article_id from duplicates
insert into duplicates from duplicates where article_id = '{article_id}' and other_article_id = '{other_article_id}';

-- fault: relation-unknown (critical)
-- victims: select rowid as place from duplicates
update duplicates set relation = 'similar' where rowid = {place};

-- fault: share-out-of-range (critical)
-- each: containment 1.4; resemblance -0.2; score 97
-- victims: select rowid as place from duplicates
update duplicates set {1} = {2} where rowid = {place};

-- fault: no-pair-is-a-copy (critical)
update duplicates set is_same_copy = false;

-- fault: orphan-row (critical)
-- each: duplicates article_id; duplicates other_article_id; articles cluster_id; articles story_id
-- victims: select rowid as place from {1}
update {1} set {2} = 'ffffffffffffffffffff' where rowid = {place};

-- fault: cluster-without-articles (critical)
insert into clusters values ('ffffffffffffffffffff', 'eeeeeeeeeeeeeeeeeeee', 'only-copy', 1, 1);

-- fault: story-without-articles (critical)
insert into stories values ('ffffffffffffffffffff', 'Nothing', 1, 1, 1, null, null);

-- fault: id-doubled (critical)
-- each: clusters; stories
-- victims: select rowid as place from {1}
insert into {1} from {1} where rowid = {place};

-- fault: null (critical)
-- each: articles cluster_id; articles is_canonical; articles story_id; clusters cluster_id; clusters canonical_article_id; clusters canonical_reason; clusters article_count; clusters publisher_count; stories story_id; stories article_count; stories cluster_count; duplicates article_id; duplicates other_article_id; duplicates relation; duplicates is_same_copy; duplicates containment; duplicates resemblance; duplicates score
-- victims: select rowid as place from {1}
update {1} set {2} = null where rowid = {place};

-- fault: table-emptied (critical)
-- each: clusters; stories; duplicates
delete from {1};

-- fault: column-renamed (critical)
-- each: clusters canonical_reason reason; stories title name; duplicates relation kind
alter table {1} rename column {2} to {3};

-- fault: column-retyped (critical)
-- each: clusters article_count varchar; duplicates score varchar; duplicates is_same_copy integer
alter table {1} alter column {2} type {3};

-- fault: dedupe-counts-do-not-conserve (critical)
-- each: in_count; kept_count; duplicate_count
update stage_counts set {1} = {1} + 1 where stage = 'dedupe';

-- fault: dedupe-counts-of-other-tables (critical)
update stage_counts set kept_count = kept_count + 1, duplicate_count = duplicate_count - 1 where stage = 'dedupe';
