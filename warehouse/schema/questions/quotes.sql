-- Three questions an analyst asks of quotes.

-- What did people say, and where was it printed?
select entities.name, quotes.text, articles.publisher, articles.published_on
from quotes
join entities using (entity_id)
join articles using (article_id)
order by entities.name, articles.published_on, quotes.quote_id;

-- Which words are quoted by more than one article?
select lower(trim(text, ' .,;:!?')) as words, count(distinct article_id) as articles
from quotes
group by words
having count(distinct article_id) > 1
order by articles desc, words;

-- Whose quotes could not be attributed, and why?
select unresolved_reason, speaker, text
from quotes
where entity_id is null
order by unresolved_reason, speaker, text;
