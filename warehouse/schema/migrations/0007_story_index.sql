-- The search for stories: what comparing needs of each canonical article, and what was found, kept so that a run
-- compares only what is new. Everything here follows from the articles and can be thrown away.

create schema if not exists stories;

create table stories.articles (         -- one canonical article
    article_key bigint not null,        -- as in copies.articles
    content_key ubigint not null,       -- as in copies.articles
    title varchar,
    hours double,                       -- of publication, since 1970
    period integer not null,            -- stretch of the calendar; a number of its own where no time is known
    is_english boolean not null,
    terms blob not null,                -- the weightiest words, 32 bits each, ascending
    weights blob not null,              -- by term, 32-bit floating point
    flags blob not null                 -- by term, 8 bits
);

create table stories.postings (         -- which article has which word that no table knows to be common
    term uinteger not null,
    period integer not null,            -- that of the article
    article_key bigint not null
);

create table stories.cells (            -- words that two or more articles of a period have
    term uinteger not null,
    period integer not null,            -- or all periods, where an article without a time has the word
    article_count integer not null,
    last_host bigint not null           -- the greatest key of those articles that all others meet
);

create table stories.pairs (            -- pairs that may tell of one happening
    article_key bigint not null,        -- the smaller key
    other_key bigint not null,
    odds integer not null,              -- logarithm, in thousandths
    is_series boolean not null,         -- of one form
    is_listed boolean not null          -- known to be of one form from the search for copies
);

create table stories.members (          -- the story of each canonical article
    article_key bigint not null,
    centre_key bigint not null          -- the article that agrees most with the others
);

create table stories.stories (          -- rows of the published table
    centre_key bigint not null,
    content_key ubigint not null,       -- hash of all that the row is made of
    story_id varchar not null,
    title varchar,
    article_count integer not null,
    cluster_count integer not null,
    publisher_count integer not null,
    first_published_on date,
    last_published_on date
);
