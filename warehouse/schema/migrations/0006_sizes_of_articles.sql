-- How large an article is, beside what it holds: cutting the work into portions reads sizes, not the words themselves.
-- The index of copies is made anew by the code that writes them.

alter table copies.articles add column word_count integer;
alter table copies.articles add column fingerprint_count integer;
