-- The search for copies: what comparing needs of each article, and what was found, kept so that a run compares only
-- what is new. Everything here follows from the articles and can be thrown away.

create schema if not exists copies;

create table copies.articles (
    article_key bigint not null,        -- 63 bits of a hash of the article_id
    article_id varchar not null,
    content_key ubigint not null,       -- hash of all that comparing reads of the article
    level utinyint not null,            -- zero bits that its fingerprints end in
    codes blob not null,                -- the words, 32 bits each
    begins blob not null,               -- by word: its first character in the text, 32 bits each
    title_codes blob not null,
    fingerprints blob not null,         -- 64 bits each, ascending
    is_digest boolean not null
);

create table copies.postings (          -- which article has which fingerprint
    fingerprint ubigint not null,
    article_key bigint not null
);

create table copies.spread (            -- fingerprints of two or more articles
    fingerprint ubigint not null,
    article_count integer not null,
    pivots bigint[] not null,           -- the articles with the smallest keys
    is_silent boolean not null          -- so common among unlike articles that it brings none together
);

create table copies.pairs (             -- pairs that met often enough
    article_key bigint not null,        -- the smaller key
    other_key bigint not null,
    score double,                       -- NULL where too little was shared to compare them
    is_series boolean not null
);

create table copies.duplicates (        -- rows of the published table, by key
    article_key bigint not null,
    other_key bigint not null,
    article_id varchar not null,
    other_article_id varchar not null,
    relation varchar not null,
    is_same_copy boolean not null,
    containment double not null,
    resemblance double not null,
    head_containment double,
    number_agreement double,
    name_agreement double,
    hours_apart double,
    score double not null,
    evidence varchar not null
);

create table copies.members (           -- the cluster of each article
    article_key bigint not null,
    cluster_id varchar not null
);

create table copies.clusters (
    cluster_id varchar not null,
    canonical_article_id varchar not null,
    canonical_reason varchar not null,
    article_count integer not null,
    publisher_count integer not null
);
