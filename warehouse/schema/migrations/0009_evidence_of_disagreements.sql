-- Each side of a disagreement names the mention that is its evidence; the next run fills it.

alter table if exists staging.disagreements add column if not exists event_mention_id varchar;
