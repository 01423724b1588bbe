-- silent_corrections: Versions that no longer say what the version before said, without a notice of correction or a new time of change; changed figures and names first.
create or replace view silent_corrections as
select
    articles.publisher,
    articles.title,
    article_versions.version,
    article_versions.version_count,
    article_versions.changed_figure_count,
    article_versions.changed_name_count,
    article_versions.added_word_count,
    article_versions.removed_word_count,
    article_versions.removed,
    article_versions.added,
    article_versions.stated_modified_at,
    article_versions.fetched_at,
    article_versions.article_id,
    article_versions.previous_article_id,
    articles.url
from article_versions
join articles using (article_id)
where article_versions.version > 1
  and article_versions.removed_word_count > 0
  and not article_versions.has_notice
  and not article_versions.has_new_time
order by
    changed_figure_count + changed_name_count desc,
    article_versions.removed_word_count desc,
    article_versions.article_id;

comment on view silent_corrections is 'Versions that no longer say what the version before said, without a notice of correction or a new time of change; changed figures and names first. Versions that only grew are not among them, nor are second copies of the same version.';
