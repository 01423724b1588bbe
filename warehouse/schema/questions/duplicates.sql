-- Three questions an analyst asks of duplicates.

-- Which pairs are trims of one another?
select one.title, other.title as other_title, duplicates.relation, round(duplicates.containment, 2) as containment
from duplicates
join articles as one on one.article_id = duplicates.article_id
join articles as other on other.article_id = duplicates.other_article_id
where duplicates.relation in ('contains', 'contained')
order by containment desc;

-- Which articles did their publisher revise?
select one.publisher, one.title, other.title as other_title
from duplicates
join articles as one on one.article_id = duplicates.article_id
join articles as other on other.article_id = duplicates.other_article_id
where duplicates.relation = 'revision'
order by all;

-- Which pairs share text without being copies?
select article_id, other_article_id, relation, round(containment, 2) as containment
from duplicates
where not is_same_copy
order by containment desc;
