-- Three questions an analyst asks of entity_mentions.

-- Who is named together most often, sentence by sentence?
select one.name, other.name as other_name, count(distinct (mentions.article_id, mentions.sentence_start)) as sentences
from entity_mentions as mentions
join entity_mentions as others
    on others.article_id = mentions.article_id
    and others.sentence_start = mentions.sentence_start
    and others.entity_id > mentions.entity_id
join entities as one on one.entity_id = mentions.entity_id
join entities as other on other.entity_id = others.entity_id
where one.kind = 'person' and other.kind = 'person'
group by mentions.entity_id, others.entity_id, one.name, other.name
order by sentences desc, one.name, other_name;

-- In which sentences is somebody named, in order of publication?
select articles.published_on, articles.publisher, entity_mentions.text, entity_mentions.sentence
from entity_mentions
join entities using (entity_id)
join articles using (article_id)
where entities.kind = 'person'
order by articles.published_on, articles.article_id, entity_mentions.char_start;

-- Which places does each article name?
select articles.title, list(distinct entities.name order by entities.name) as places
from entity_mentions
join entities using (entity_id)
join articles using (article_id)
where entities.kind = 'place'
group by articles.article_id, articles.title
order by articles.title, articles.article_id;
