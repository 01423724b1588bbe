-- Events name the entities of their actors and place; the next run fills them.

alter table if exists staging.events add column if not exists actor_entity_ids varchar[] default [];
alter table if exists staging.events add column if not exists place_entity_id varchar;
