-- The private tables of the build file: what is known of inputs, and what was read from each document by itself.

create table ledger.files (
    path varchar not null,          -- absolute path of an input file
    byte_length bigint not null,
    modified_ns bigint not null,    -- modification time, nanoseconds since 1970
    max_document_bytes bigint not null, -- the limit it was read with
    record_count bigint not null    -- documents and refusals found in it
);

create table ledger.inputs (
    document_id varchar not null,
    uri varchar not null,           -- the place it was first read from
    record_id varchar,
    media_type varchar not null,
    byte_length bigint not null,
    stated varchar not null,        -- JSON
    raw_part varchar,               -- archive part that holds its bytes; NULL where nothing could be read
    first_run_id varchar not null
);

create table ledger.sightings (
    document_id varchar not null,
    uri varchar not null
);

create table ledger.refusals (      -- refused while reading inputs, before there was a document to parse
    document_id varchar not null,
    uri varchar not null,
    reason varchar not null,
    detail varchar not null,
    run_id varchar not null
);

create table ledger.state (         -- one row a key
    key varchar not null,
    value varchar not null
);

create table ledger.loaded_parts (  -- which batch result is loaded into `page` for each archive part
    raw_part varchar not null,
    part varchar not null
);

create table page.documents (
    document_id varchar not null,
    raw_part varchar not null,
    media_type varchar not null,
    encoding varchar,
    encoding_source varchar,
    text varchar
);

create table page.blocks (
    block_id varchar not null,
    document_id varchar not null,
    article_id varchar,
    ordinal integer not null,
    kind varchar not null,
    char_start bigint not null,
    char_end bigint not null,
    is_kept boolean not null,
    removed_by varchar,
    element_path varchar
);

create table page.articles (
    article_id varchar not null,
    document_id varchar not null,
    ordinal integer not null,
    role varchar not null,
    char_start bigint not null,
    char_end bigint not null,
    title varchar,
    title_source varchar,
    publisher varchar,
    publisher_source varchar,
    byline varchar,
    byline_source varchar,
    authors varchar[] not null,
    url varchar,
    section varchar,
    lang varchar,
    lang_source varchar,
    published varchar,
    published_source varchar,
    modified varchar,
    relative_time varchar
);

create table page.refusals (
    document_id varchar not null,
    stage varchar not null,
    reason varchar not null,
    detail varchar not null
);

create table page.annotations (     -- which annotation of an article is loaded
    article_id varchar not null,
    annotation_key varchar not null -- hash of the article's passages, its date and the code
);

create table page.time_expressions (
    article_id varchar not null,
    char_start bigint not null,
    char_end bigint not null,
    text varchar not null,
    value varchar not null,
    timex_type varchar not null,
    granularity varchar not null,
    begin_on date,
    end_on date,
    anchor_on date,
    anchor_source varchar not null
);

create table page.mentions (
    article_id varchar not null,
    char_start bigint not null,
    char_end bigint not null,
    sentence_start bigint not null,
    sentence_end bigint not null,
    text varchar not null,
    sentence varchar not null,
    value varchar,
    granularity varchar,
    begin_on date,
    end_on date,
    date_source varchar,
    status varchar not null,
    actors varchar[] not null,
    place varchar,
    lemmas varchar[] not null,
    undated_reason varchar,
    expression_start bigint,
    expression_end bigint
);
