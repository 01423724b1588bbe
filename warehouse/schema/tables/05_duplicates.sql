-- duplicates: Pairs of articles verified as sharing their text.
-- Grain: one verified pair, smaller article_id first. Key: article_id, other_article_id. Written by: dedupe.
create table if not exists duplicates (
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

comment on table duplicates is 'Pairs of articles verified as sharing their text. Grain: one verified pair, smaller article_id first. Key: article_id, other_article_id. Written by: dedupe.';
comment on column duplicates.article_id is 'First article of the pair.';
comment on column duplicates.other_article_id is 'Second article of the pair.';
comment on column duplicates.relation is 'What the first is to the second: exact, near, contains, contained, revision.';
comment on column duplicates.is_same_copy is 'Whether the pair speaks for putting both into one cluster.';
comment on column duplicates.containment is 'Share of the smaller text''s word shingles found in the larger, 0 to 1.';
comment on column duplicates.resemblance is 'Jaccard similarity of the two sets of word shingles, 0 to 1.';
comment on column duplicates.head_containment is 'The same containment within the larger text''s head, 0 to 1.';
comment on column duplicates.number_agreement is 'Agreement of the numbers in the matched sentences, 0 to 1.';
comment on column duplicates.name_agreement is 'Agreement of the names in the matched sentences, 0 to 1.';
comment on column duplicates.hours_apart is 'Hours between the two publication times, where both are known.';
comment on column duplicates.score is 'The verdict''s score, 0 to 1.';
comment on column duplicates.evidence is 'JSON list of matched passages: start and end in articles.text of the first, start and end in that of the second. `evidence::bigint[][]` reads it; `dateline explain` shows the passages and where they stand in documents.text.';
