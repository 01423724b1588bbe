-- documents: Every input document, with the text that all offsets count in.
-- Grain: one input document. Key: document_id. Written by: parse.
create table if not exists documents (
    document_id varchar not null,
    uri varchar not null,
    record_id varchar,
    media_type varchar not null,
    encoding varchar,
    encoding_source varchar,
    byte_length bigint not null,
    text varchar,
    stated varchar,
    first_run_id varchar not null,
    status varchar not null
);

comment on table documents is 'Every input document, with the text that all offsets count in. Grain: one input document. Key: document_id. Written by: parse.';
comment on column documents.document_id is 'Hash of the document''s bytes (and, for a record of a container, of what its record states).';
comment on column documents.uri is 'Where it was found: a file URI, with #n for the n-th record of a container; the first in sort order where the same bytes were found in several places.';
comment on column documents.record_id is 'The identifier that the input gave the record, if any.';
comment on column documents.media_type is 'Media type as recognised: text/plain, text/html, application/xhtml+xml, text/markdown, application/octet-stream.';
comment on column documents.encoding is 'Character encoding the bytes were decoded with.';
comment on column documents.encoding_source is 'How the encoding was found: bom, http, declared, detected, utf-8, repaired.';
comment on column documents.byte_length is 'Length of the raw document, in bytes.';
comment on column documents.text is 'Decoded text: for plain text the input unchanged, for HTML the page''s whole visible text in reading order. Offsets count its Unicode characters. NULL when it could not be decoded.';
comment on column documents.stated is 'JSON object of what the input stated beside the document (url, title, publisher, published, fetched_at and any other field).';
comment on column documents.first_run_id is 'The run that first saw it; it depends on when the document arrived, so comparisons of content leave it out.';
comment on column documents.status is 'parsed or quarantined.';
