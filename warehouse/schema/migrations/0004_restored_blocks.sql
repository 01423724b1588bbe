-- A block that a run was told to keep names the rule that would have removed it, so that audits can tell it.

alter table page.blocks add column if not exists restored_rule varchar;
alter table if exists staging.blocks add column if not exists restored_rule varchar;
