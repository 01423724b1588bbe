-- What each publisher's pages repeat, kept between runs, so that a run counts only what its own documents bring.

create table page.learned_articles (    -- articles whose lines are counted, and what they were read with
    article_id varchar not null,
    source varchar not null,            -- publisher, else the host of the address
    reading varchar not null            -- the batch result and the code that counted; a new one counts anew
);

create table page.learned_lines (       -- one block of such an article or of its page
    source varchar not null,
    line_key ubigint not null,          -- hash of the line's key: lower-case, numbers masked
    article_id varchar not null,
    block_id varchar not null,
    is_kept boolean not null            -- whether the page by itself kept it
);

create table page.line_evidence (       -- one line that several articles of a source hold
    source varchar not null,
    line_key ubigint not null,
    article_count bigint not null,      -- articles that hold it
    kept_count bigint not null,         -- of these, where the page by itself kept it
    compared_count bigint not null,     -- articles of a fixed sample that were compared with one another
    unrelated_count bigint not null,    -- of these, groups that tell different stories
    word_count bigint not null,
    is_prose boolean not null,          -- whether it is as long as a sentence and ends like one
    is_furniture boolean not null
);

alter table if exists staging.blocks add column if not exists evidence varchar;
