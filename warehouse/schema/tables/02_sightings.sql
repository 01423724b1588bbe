-- sightings: Every place where an input document was found.
-- Grain: one document at one place. Key: document_id, uri. Written by: discover.
create table if not exists sightings (
    document_id varchar not null,
    uri varchar not null
);

comment on table sightings is 'Every place where an input document was found. Grain: one document at one place. Key: document_id, uri. Written by: discover.';
comment on column sightings.document_id is 'The document.';
comment on column sightings.uri is 'Where it was found.';
