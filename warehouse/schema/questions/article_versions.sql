-- Three questions an analyst asks of article_versions.

-- How did each article change from version to version?
select articles.publisher, articles.title, version, version_count, fetched_at, added_word_count, removed_word_count
from article_versions
join articles using (article_id)
order by version_group_id, version, fetched_at;

-- Which words replaced which?
select article_id, version, unnest(removed) as removed, unnest(added) as added
from article_versions
where version > 1
order by article_id;

-- Which publishers correct themselves, and how often do they say so?
select articles.publisher, count(*) as changed_versions, count(*) filter (where has_notice) as with_notice
from article_versions
join articles using (article_id)
where removed_word_count > 0
group by articles.publisher
order by changed_versions desc, articles.publisher;
